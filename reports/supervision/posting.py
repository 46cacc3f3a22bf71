"""A report as mail: a subject, a few words, and the PDF."""

from __future__ import annotations

from db.records.mail import MailFile
from db.words import N_
from reports.columns import Translate
from reports.supervision.definition import Report
from reports.supervision.forms import ReportForm, Sender, report_bytes
from reports.supervision.wording import title_of

BODY = N_(
    "%(title)s.\n\n%(counted)s\n\nThe report is in the attached file; names of clients are masked in it."
    " What each column means: bok report explain %(name)s"
)


def as_mail(report: Report, sender: Sender, translate: Translate) -> tuple[str, str, MailFile]:
    """Return subject, text and file."""
    title, name = title_of(report, translate), report.definition.name
    body = translate(BODY) % {"title": title, "counted": translate(report.definition.counted), "name": name}
    pdf = report_bytes(report, ReportForm.PDF, sender, translate)
    return title, body, MailFile(f"{name}-{report.view.key}-{report.as_of:%Y-%m-%d}", pdf)
