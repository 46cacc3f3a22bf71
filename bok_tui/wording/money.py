"""What a person reads about money: balances, invoices, payments."""

from __future__ import annotations

from collections.abc import Mapping

from bok_tui.i18n import _
from bok_tui.wording.figures import day_text, money_text
from db.records.balance import BalanceView
from db.records.ledger import InvoiceState
from db.records.money import InvoiceKind, LedgerKind, PaymentMethod
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
_INVOICES: Mapping[InvoiceKind, str] = {
    InvoiceKind.INVOICE: N_("invoice"),
    InvoiceKind.CORRECTION: N_("correction"),
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


def invoice_label(kind: InvoiceKind) -> str:
    """Return what an invoice is in law."""
    return _(_INVOICES[kind])


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
