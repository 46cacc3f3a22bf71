"""Documents in words: those that were issued, those that can be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bok_tui.i18n import _, translate_template
from bok_tui.wording.figures import day_text, money_text
from bok_tui.wording.labels import document_label
from db.clock import office_day
from db.records.billing import ContractBilled
from db.records.clients import MeterCard, ReadingLine
from db.records.issued import DeliveryKind, IssuedDocumentLine
from db.records.money import SKIP_WORDS
from db.rules.dial import format_state
from db.words import N_

DAY, NUMBER = 11, 34
"""Columns of a line; the number of an invoice has 34 characters."""
_LEFT: Mapping[DeliveryKind, str] = {
    DeliveryKind.HANDED_OVER: N_("given"),
    DeliveryKind.QUEUED: N_("e-mail"),
    DeliveryKind.SENT: N_("e-mail sent"),
    DeliveryKind.RETURNED: N_("e-mail not delivered"),
    DeliveryKind.POSTED: N_("posted"),
}


class NewPaper(StrEnum):
    """What can be issued from the card."""

    CONFIRMATION = "confirmation"
    DUPLICATE = "duplicate"
    STATEMENT = "statement"
    SLIP = "slip"
    DEMAND = "demand"
    INTEREST = "interest"
    SETTLEMENT = "settlement"


SUPERVISED = (NewPaper.DEMAND, NewPaper.INTEREST, NewPaper.SETTLEMENT)
"""Issued by supervisors alone."""
_NEW: Mapping[NewPaper, str] = {
    NewPaper.CONFIRMATION: N_("confirmation of the last reading"),
    NewPaper.DUPLICATE: N_("duplicate of %(number)s"),
    NewPaper.STATEMENT: N_("balance statement of the last 12 months"),
    NewPaper.SLIP: N_("transfer form with a QR code over what is due"),
    NewPaper.DEMAND: N_("demand for payment"),
    NewPaper.INTEREST: N_("interest note"),
    NewPaper.SETTLEMENT: N_("final settlement of the contract"),
}


def document_words(document: IssuedDocumentLine) -> str:
    """Return an issued document as a line: day, number, what it is, how it left the office."""
    issued = day_text(office_day(document.issued_at))
    line = f"{issued:<{DAY}} {document.number:<{NUMBER}} {document_label(document.kind)}"
    if document.left is None or document.left_at is None:
        return line
    mark = "!" if document.left is DeliveryKind.RETURNED else "✓"
    return f"{line}  {mark} {_(_LEFT[document.left])} {day_text(office_day(document.left_at))}"


def confirmable_words(line: ReadingLine, meter: MeterCard) -> str:
    """Return a reading that has no confirmation yet as a line of the documents."""
    return _("new: confirmation of %(state)s of %(day)s, meter %(meter)s") % {
        "state": format_state(line.state, meter.digits),
        "day": day_text(line.day),
        "meter": meter.number,
    }


def new_paper_words(paper: NewPaper, *, number: str, supervisor: bool) -> str:
    """Return what can be issued as an option; `number` is of the document that would be duplicated."""
    words = _(_NEW[paper]) % {"number": number or "–"}
    return words + " " + _("(supervisor)") if paper in SUPERVISED and not supervisor else words


def settled_words(billed: ContractBilled) -> str:
    """Return what became of billing a contract: the invoice, or why there is none."""
    if billed.skipped is not None:
        skipped = billed.skipped
        detail = translate_template(skipped.detail, skipped.params) if skipped.params else skipped.detail
        reason = _(SKIP_WORDS[skipped.reason]) + (f" ({detail})" if detail else "")
        return _("Not billed: %(reason)s.") % {"reason": reason}
    return _("Issued: %(number)s, %(gross)s.") % {
        "number": billed.invoice or "–",
        "gross": money_text(billed.gross),
    }
