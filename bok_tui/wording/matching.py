"""Payments to match in words: what the bank wrote, whose it may be, what was booked."""

from __future__ import annotations

from collections.abc import Mapping

from bok_tui.i18n import _
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text, money_text
from bok_tui.wording.money import balance_words
from db.records.bank_import import LineSuggestion, WaitingLine
from db.records.ledger import PaymentTaken
from db.words import N_

WIDTH = 70
"""Cells of a line in the dialog."""
_HOW: Mapping[str, str] = {
    "account": N_("by the account it was paid to"),
    "invoice": N_("by the invoice's number"),
    "invoice_end": N_("by the end of an invoice's number"),
    "client": N_("by the client's number"),
    "amount_and_name": N_("by amount and name"),
    "amount": N_("by the amount alone"),
}


def line_words(line: WaitingLine) -> tuple[str, ...]:
    """Return what the bank wrote: amount and day, payer, title."""
    came = _("%(amount)s of %(day)s") % {"amount": money_text(line.amount), "day": day_text(line.day)}
    payer = _("payer: %(payer)s") % {"payer": line.name or "–"}
    title = _("title: %(title)s") % {"title": line.title or "–"}
    return came, *(fit(words, WIDTH).rstrip() for words in (payer, title))


def suggestion_words(suggestion: LineSuggestion) -> str:
    """Return a client whose payment it may be, in two lines: who; by what, and for which invoice."""
    who = fit(f"{suggestion.client_number}  {suggestion.client_name}", WIDTH).rstrip()
    how = _(_HOW.get(suggestion.how, suggestion.how))
    what = suggestion.invoice or _("oldest due first")
    return f"{who}\n{what} · {how}"


def booked_words(client: str, line: WaitingLine, taken: PaymentTaken) -> str:
    """Return what became of the payment."""
    words = _("Booked for %(client)s: %(amount)s.") % {"client": client, "amount": money_text(line.amount)}
    return f"{words} {balance_words(taken.balance)}"
