"""How `bok payment` shows what it found and did: columns, rows and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bok_tui.i18n import _
from bok_tui.shell import say
from db.words import N_
from reports.columns import Column, Kind, Row, for_people
from reports.output import Form

if TYPE_CHECKING:
    from db.records.bank_import import LineSuggestion, WaitingLine
    from db.records.ledger import PaymentLine, PaymentTaken

METHODS = {
    "cash": N_("cash"),
    "card": N_("card terminal"),
    "transfer": N_("transfer"),
    "online": N_("online payment"),
}
HOW = {
    "account": N_("own account"),
    "invoice": N_("invoice number"),
    "invoice_end": N_("end of an invoice number"),
    "client": N_("client number"),
    "amount_and_name": N_("amount and name"),
    "amount": N_("amount"),
}
"""By what a payer was recognised."""
PAYMENTS = (
    Column("id", N_("Id")),
    Column("day", N_("Day"), Kind.DAY),
    Column("amount", N_("Amount"), Kind.AMOUNT),
    Column("method", N_("Method"), words=METHODS),
    Column("title", N_("Title")),
    Column("payer", N_("Payer")),
    Column("receipt", N_("Receipt")),
    Column("reversed", N_("Taken back"), Kind.FLAG),
    Column("paid", N_("What it paid")),
)
TAKEN = (
    Column("id", N_("Id")),
    Column("client", N_("Client")),
    Column("receipt", N_("Receipt")),
    Column("balance", N_("Balance"), Kind.AMOUNT),
    Column("paid", N_("What it paid")),
    Column("repeated", N_("Booked before"), Kind.FLAG),
)
WAITING = (
    Column("id", N_("Line")),
    Column("day", N_("Day"), Kind.DAY),
    Column("amount", N_("Amount"), Kind.AMOUNT),
    Column("name", N_("Payer")),
    Column("title", N_("Title")),
    Column("suggestions", N_("May be")),
)
AMOUNT = Column("amount", N_("Amount"), Kind.AMOUNT)
WAITING_FIELDS = (*WAITING, Column("account", N_("Bank account")), Column("file", N_("File")))
"""For programs: people need the width of the screen for names."""


def payment_row(line: PaymentLine, form: Form) -> Row:
    """Return a payment of a client's list."""
    return {
        "id": line.id,
        "day": line.day,
        "amount": line.amount,
        "method": line.method.value,
        "title": line.title,
        "payer": line.payer,
        "receipt": line.receipt,
        "reversed": line.reversed,
        "paid": _paid(line.paid, form),
    }


def taken_row(taken: PaymentTaken, form: Form) -> Row:
    """Return what a booked payment did."""
    return {
        "id": taken.payment_id,
        "client": taken.balance.client_number,
        "receipt": taken.receipt,
        "balance": taken.balance.total,
        "paid": _paid(taken.paid, form),
        "repeated": taken.repeated,
    }


def waiting_row(line: WaitingLine, form: Form) -> Row:
    """Return a payment that waits, with whose it may be."""
    return {
        "id": line.id,
        "day": line.day,
        "amount": line.amount,
        "name": line.name,
        "title": line.title,
        "suggestions": [_suggestion(one, form) for one in line.suggestions],
        "account": line.account,
        "file": line.file,
    }


def tell_taken(taken: PaymentTaken) -> None:
    """Say what a person should know of a booked payment."""
    if taken.repeated:
        say(N_("This key was sent before: nothing was booked again."))
    if taken.balance.overpaid:
        say(N_("Overpaid now: %(amount)s zł."), amount=taken.balance.overpaid)


def _paid(parts: tuple[tuple[str, object], ...], form: Form) -> object:
    if form is Form.TABLE:
        return ", ".join(f"{number} {for_people(amount, AMOUNT, _)}" for number, amount in parts)
    return [{"document": number, "amount": f"{amount:.2f}"} for number, amount in parts]


def _suggestion(one: LineSuggestion, form: Form) -> object:
    if form is Form.TABLE:
        return f"{one.client_number} {one.client_name}"
    return {
        "client": one.client_number,
        "name": one.client_name,
        "invoice": one.invoice,
        "how": one.how,
        "score": one.score,
    }
