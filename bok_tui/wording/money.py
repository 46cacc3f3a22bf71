"""What a person reads about money: balances, invoices, payments."""

from __future__ import annotations

from collections.abc import Mapping

from bok_tui.i18n import _
from bok_tui.wording.figures import day_text, money_text
from db.records.balance import BalanceView
from db.records.ledger import InvoiceLineView, InvoiceState, LedgerLine, PaymentLine, PaymentTaken
from db.records.money import LedgerKind, PaymentMethod
from db.rules.bank_account import format_nrb
from db.words import N_

_METHODS: Mapping[PaymentMethod, str] = {
    PaymentMethod.CASH: N_("cash"),
    PaymentMethod.CARD: N_("card terminal"),
    PaymentMethod.TRANSFER: N_("transfer"),
    PaymentMethod.ONLINE: N_("online payment"),
}
_ENTRIES: Mapping[LedgerKind, str] = {
    LedgerKind.INVOICE: N_("invoice"),
    LedgerKind.CORRECTION: N_("correction"),
    LedgerKind.PAYMENT: N_("payment"),
    LedgerKind.INTEREST: N_("interest note"),
    LedgerKind.REFUND: N_("refund"),
    LedgerKind.REVERSAL: N_("payment taken back"),
}
_STATES: Mapping[InvoiceState, str] = {
    InvoiceState.PAID: N_("paid"),
    InvoiceState.OPEN: N_("to be paid"),
    InvoiceState.OVERDUE: N_("overdue!"),
    InvoiceState.CREDIT: N_("credited"),
}


def method_label(method: PaymentMethod) -> str:
    """Return how money came: `cash`, `transfer`."""
    return _(_METHODS[method])


def entry_label(kind: LedgerKind) -> str:
    """Return what an entry of the ledger stands for."""
    return _(_ENTRIES[kind])


def state_label(state: InvoiceState) -> str:
    """Return where an invoice stands."""
    return _(_STATES[state])


def balance_words(balance: BalanceView) -> str:
    """Return the balance as the card tells it: what is owed first, below zero as on a bank account."""
    parts = [_("BALANCE %(amount)s") % {"amount": money_text(-balance.total)}]
    if balance.overdue:
        since = day_text(balance.overdue_since) if balance.overdue_since else "–"
        values = {"amount": money_text(balance.overdue), "day": since}
        parts.append(_("overdue %(amount)s (since %(day)s)") % values)
    if balance.not_yet_due:
        parts.append(_("not yet due %(amount)s") % {"amount": money_text(balance.not_yet_due)})
    if balance.interest:
        parts.append(_("interest %(amount)s") % {"amount": money_text(balance.interest)})
    if balance.overpaid and balance.total > -balance.overpaid:
        parts.append(_("overpaid %(amount)s") % {"amount": money_text(balance.overpaid)})
    return "   ".join(parts)


def invoice_words(line: InvoiceLineView) -> str:
    """Return an invoice as a line: number, issued, due, amount, where it stands."""
    marks = []
    if line.estimated:
        marks.append(_("estimate"))
    if line.corrects:
        marks.append(_("corrects %(number)s") % {"number": line.corrects})
    elif line.corrected:
        marks.append(_("corrected"))
    left = ""
    if line.state in (InvoiceState.OPEN, InvoiceState.OVERDUE) and line.open != line.gross:
        left = _("left %(amount)s") % {"amount": money_text(line.open)}
    due = _("due %(day)s") % {"day": day_text(line.due_on)}
    state = state_label(line.state)
    parts = [f"{line.number:<35}{due:<17}{money_text(line.gross):>13}  {state}", left, ", ".join(marks)]
    return "  ".join(part for part in parts if part)


def payment_words(line: PaymentLine) -> str:
    """Return a payment as a line: day, amount, how, and what it paid."""
    paid = ", ".join(f"{number} {money_text(amount)}" for number, amount in line.paid)
    rest = line.amount - sum(amount for _number, amount in line.paid)
    if line.reversed:
        paid = _("taken back")
    elif line.amount > 0 and rest:
        paid += (", " if paid else "") + _("overpayment %(amount)s") % {"amount": money_text(rest)}
    amount = f"{money_text(line.amount):>13}"
    receipt = f"  {line.receipt}" if line.receipt else ""
    return f"{day_text(line.day)}  {amount}  {method_label(line.method):<14}{paid}{receipt}"


def entry_words(line: LedgerLine) -> str:
    """Return an entry of the ledger as a line, with the balance after it as on a bank account."""
    kind = entry_label(line.kind)
    amounts = f"{money_text(-line.amount):>13}{money_text(-line.balance):>14}"
    return f"{day_text(line.day)}  {kind:<20}{amounts}  {line.document}"


def ledger_heading(account: str) -> str:
    """Return the heading of the ledger: the account that the client pays to, and what the columns are."""
    columns = _("day, entry, amount, balance after it")
    if not account:
        return columns
    return _("pays to %(account)s") % {"account": format_nrb(account)} + " · " + columns


def paid_words(taken: PaymentTaken) -> str:
    """Return what became of a payment: receipt, what it paid, the balance now."""
    parts = [_("Booked.")]
    if taken.receipt:
        parts.append(_("Receipt %(number)s.") % {"number": taken.receipt})
    parts.append(balance_words(taken.balance) + ".")
    return " ".join(parts)
