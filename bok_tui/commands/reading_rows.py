"""What the shell writes of readings: rows on standard output, sentences on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bok_tui.i18n import _, translate_template
from bok_tui.shell import say, say_error
from bok_tui.wording.labels import channel_label, level_label, status_label
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import Form

if TYPE_CHECKING:
    from db.office import Office
    from db.records.clients import ReadingLine
    from db.records.readings import ReadingInput, RecordedReading
    from db.refusals import ReadingRefused
    from db.rules.levels import Finding
    from db.rules.reading_facts import Repair

LISTED = (
    Column("id", N_("No.")),
    Column("meter", N_("Meter")),
    Column("day", N_("Day"), Kind.DAY),
    Column("state", N_("State"), Kind.VOLUME),
    Column("consumption", N_("Use in m³"), Kind.VOLUME),
    Column("channel", N_("Channel")),
    Column("estimated", N_("Estimate"), Kind.FLAG),
    Column("status", N_("Status")),
    Column("reason", N_("Reason")),
    Column("agent", N_("Recorded by")),
    Column("recorded_at", N_("Recorded at"), Kind.INSTANT),
)
RECORDED = (
    Column("id", N_("No.")),
    Column("meter", N_("Meter")),
    Column("state", N_("State"), Kind.VOLUME),
    Column("day", N_("Day"), Kind.DAY),
    Column("consumption", N_("Use in m³"), Kind.VOLUME),
    Column("findings", N_("Findings")),
    Column("status", N_("Status")),
    Column("client", N_("Client")),
    Column("repeated", N_("Saved before"), Kind.FLAG),
)


def listed_row(line: ReadingLine, form: Form) -> Row:
    """Return a reading as a row: codes for programs, words for people."""
    people = form is Form.TABLE
    return {
        "id": line.id,
        "meter": line.meter,
        "day": line.day,
        "state": line.state,
        "consumption": line.consumption,
        "channel": channel_label(line.channel) if people else line.channel.value,
        "estimated": line.estimated,
        "status": status_label(line.status) if people else line.status,
        "reason": _reason(line.reason, people=people),
        "agent": line.agent,
        "recorded_at": line.recorded_at,
    }


def recorded_row(recorded: RecordedReading, form: Form) -> Row:
    """Return a reading that was just saved, with what the checks said."""
    line, people = recorded.line, form is Form.TABLE
    findings = [_finding(finding) for finding in recorded.findings]
    return {
        "id": recorded.id,
        "meter": line.meter,
        "state": line.state,
        "day": line.day,
        "consumption": line.consumption,
        "findings": [finding["text"] for finding in findings] if people else findings,
        "status": status_label(recorded.status) if people else recorded.status.value,
        "client": recorded.client_number,
        "repeated": recorded.repeated,
    }


def tell_recorded(recorded: RecordedReading) -> None:
    """Say on standard error what became of a reading, and the sentence that belongs to it."""
    from bok_tui.wording.reading import duty_words
    from db.records.readings import ReadingStatus

    if recorded.repeated:
        say(N_("This was saved before; nothing is saved twice."))
    elif recorded.status is ReadingStatus.PENDING:
        say(N_("Held: it counts once a supervisor has approved it."))
    else:
        say("%(text)s", text=duty_words())


def explain(office: Office, entry: ReadingInput, refused: ReadingRefused) -> None:
    """Say everything that speaks against a reading, what may be meant, and what would let it pass."""
    from db.refusals import Need

    for finding in refused.findings:
        text = translate_template(finding.message, finding.params)
        say("%(level)s: %(text)s", level=level_label(finding.level), text=text)
    if refused.message not in {finding.message for finding in refused.findings}:
        say_error(refused)
    for repair in _repairs(office, entry):
        say(repair.message, **repair.params)
    if refused.need is Need.REASON:
        from db.rules.reading_facts import REASON_LABELS

        say(N_("A reason is needed: --reason CODE. The codes:"))
        for code, label in REASON_LABELS.items():
            say("  %(code)s: %(label)s", code=code.value, label=_(label))
    elif refused.need is Need.SIGN_OFF and _runs_backwards(refused.findings):
        say(N_("Nobody can sign for this; --hold lets it wait until the earlier record is set right."))
    elif refused.need is Need.SIGN_OFF:
        say(N_("This needs a supervisor: --sign-off LOGIN signs it here, --hold lets it wait."))


def _runs_backwards(findings: Iterable[Finding]) -> bool:
    """Tell whether the use is below zero, which no signature lets pass."""
    from db.rules.levels import FindingCode

    return any(
        finding.code in (FindingCode.BELOW_PREVIOUS, FindingCode.EXCHANGE_NOT_RECORDED)
        for finding in findings
    )


def _repairs(office: Office, entry: ReadingInput) -> Iterable[Repair]:
    """Return the states that may be meant instead."""
    from db.queries.readings import reading_form
    from db.rules.reading_checks import ReadingEntry, check_reading

    form = office.read(reading_form, entry.meter)
    return check_reading(ReadingEntry(entry.state, entry.day, entry.channel), form.context).repairs


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code.value,
        "level": finding.level.value,
        "text": translate_template(finding.message, finding.params),
    }


def _reason(code: str | None, *, people: bool) -> str | None:
    from db.rules.reading_facts import REASON_LABELS, ReasonCode

    known = people and code in {reason.value for reason in ReasonCode}
    return _(REASON_LABELS[ReasonCode(code)]) if known and code else code
