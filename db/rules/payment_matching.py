"""Whose payment a line of a bank file is: what is sure is booked, the rest goes to a person.

Sure is only what two things say and nothing denies:
- the client's own account, which is given to nobody else;
- a whole invoice number, whose 27 digits name period, serial, client and day of one invoice, with
  an amount that the client can owe or a payer who is called like the client;
- the end of an invoice number that fits one invoice, with exactly what it asks for;
- a client number, with the client's name and exactly what an invoice of theirs or all of them ask for.
Two clients named in one line are never sure. An amount and a name alone never are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from db.records.bank_file import BankLine
from db.rules.bank_account import client_of_account
from db.rules.name_likeness import ALIKE, name_likeness
from db.rules.payment_candidates import Candidates, ClientCandidate, InvoiceCandidate
from db.rules.payment_title import named_in

MOST_SUGGESTIONS = 5
MOST_OF_ONE_AMOUNT = 200
"""Invoices of one amount whose names are compared; a flat rate is shared by thousands."""


class How(StrEnum):
    """By what the payer was recognised, the strongest first."""

    ACCOUNT = "account"
    INVOICE = "invoice"
    INVOICE_END = "invoice_end"
    CLIENT = "client"
    AMOUNT_AND_NAME = "amount_and_name"
    AMOUNT = "amount"


_WEIGHTS = {
    How.ACCOUNT: 100,
    How.INVOICE: 80,
    How.INVOICE_END: 60,
    How.CLIENT: 50,
    How.AMOUNT_AND_NAME: 20,
    How.AMOUNT: 5,
}
_NAME_WEIGHT, _AMOUNT_WEIGHT = 15, 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A client whose payment it may be."""

    client_number: str
    invoice_number: str | None
    """The invoice that the payer named."""
    how: How
    score: int
    """The higher the likelier."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a line is matched with."""

    client_number: str | None
    """None when nothing points at anybody."""
    invoice_number: str | None
    how: How | None
    sure: bool
    """It may be booked without a person looking."""
    suggestions: tuple[Suggestion, ...]
    """The best first, the match itself among them."""


@dataclass(slots=True)
class _Evidence:
    """What speaks for one client."""

    client: ClientCandidate
    how: How
    likeness: float
    named: dict[str, InvoiceCandidate]
    """Invoices that the title names."""
    on_purpose: bool = False
    """Somebody meant this client; six digits alone may be anything."""


def match_line(line: BankLine, candidates: Candidates, *, routing: str, prefix: str) -> Match:
    """Return whose payment `line` is.

    `routing` and `prefix` are those of the clients' own accounts, empty where there are none. An
    invoice is only ever one that the payer named, never guessed by its amount (KC 451).
    """
    found: dict[str, _Evidence] = {}
    for how, client, invoice, on_purpose in _pointers(line, candidates, routing, prefix):
        evidence = found.get(client.number)
        if evidence is None:
            likeness = name_likeness(line.name, client.name)
            evidence = found[client.number] = _Evidence(client, how, likeness, {})
        evidence.on_purpose |= on_purpose
        if invoice is not None:
            evidence.named[invoice.number] = invoice
    ranked = sorted(
        (_suggestion(line.amount, evidence, candidates) for evidence in found.values()),
        key=lambda suggestion: (-suggestion.score, suggestion.client_number),
    )
    if not ranked:
        return Match(None, None, None, sure=False, suggestions=())
    best = ranked[0]
    serious = [one for one in found.values() if one.on_purpose or _is_sure(line, one, candidates)]
    return Match(
        best.client_number,
        best.invoice_number,
        best.how,
        sure=serious == [found[best.client_number]] and _is_sure(line, serious[0], candidates),
        suggestions=tuple(ranked[:MOST_SUGGESTIONS]),
    )


_Pointer = tuple[How, ClientCandidate, InvoiceCandidate | None, bool]


def _pointers(line: BankLine, candidates: Candidates, routing: str, prefix: str) -> Iterator[_Pointer]:
    """Return everything in the line that points at a client, the strongest first."""
    named = named_in(line.title)
    for account in (line.virtual_account, *named.accounts):
        client = candidates.clients.get(client_of_account(account, routing, prefix) or "")
        if client:
            yield How.ACCOUNT, client, None, True
    whole = [candidates.invoices[number] for number in named.invoices if number in candidates.invoices]
    ends = [invoice for tail in named.tails for invoice in candidates.of_tail(tail)]
    ends += [invoice for serial in named.serials for invoice in candidates.of_serial(*serial)]
    for how, invoices in ((How.INVOICE, whole), (How.INVOICE_END, ends)):
        for invoice in invoices:
            if client := candidates.clients.get(invoice.client_number):
                yield how, client, invoice, True
    # an invoice that is not there still names its client
    lost = [number.split("/")[3] for number in named.invoices if number not in candidates.invoices]
    lost += [tail.client for tail in named.tails if not candidates.of_tail(tail)]
    for numbers, on_purpose in (((*named.clients, *lost), True), (named.possible_clients, False)):
        for number in numbers:
            if client := candidates.client(number):
                yield How.CLIENT, client, None, on_purpose
    yield from _by_amount(line, candidates)


def _by_amount(line: BankLine, candidates: Candidates) -> Iterator[_Pointer]:
    """Return the clients who owe exactly this, on one invoice or in all."""
    owing = [candidates.clients.get(one.client_number) for one in candidates.open_with(line.amount)]
    owing += candidates.owing(line.amount)
    for client in owing[:MOST_OF_ONE_AMOUNT]:
        if client:
            alike = name_likeness(line.name, client.name) >= ALIKE
            yield How.AMOUNT_AND_NAME if alike else How.AMOUNT, client, None, False


def _suggestion(amount: Decimal, evidence: _Evidence, candidates: Candidates) -> Suggestion:
    score = _WEIGHTS[evidence.how] + round(_NAME_WEIGHT * evidence.likeness)
    score += _AMOUNT_WEIGHT * _is_exact(amount, evidence, candidates)
    named = list(evidence.named)
    return Suggestion(evidence.client.number, named[0] if len(named) == 1 else None, evidence.how, score)


def _is_exact(amount: Decimal, evidence: _Evidence, candidates: Candidates) -> bool:
    """Tell whether the amount is what the named invoices, one invoice or all of them ask for."""
    asked = {evidence.client.owed, *(one.open for one in candidates.open_of(evidence.client.number))}
    return amount in asked or (
        bool(evidence.named) and amount == sum(one.open for one in evidence.named.values())
    )


def _is_sure(line: BankLine, evidence: _Evidence, candidates: Candidates) -> bool:
    alike = evidence.likeness >= ALIKE
    match evidence.how:
        case How.ACCOUNT:
            return True
        case How.INVOICE:
            return alike or line.amount <= evidence.client.owed
        case How.INVOICE_END:
            return len(evidence.named) == 1 and line.amount == next(iter(evidence.named.values())).open
        case How.CLIENT:
            return alike and _is_exact(line.amount, evidence, candidates)
    return False
