"""The clients and invoices that payments of a bank file may be for, ready to be looked up.

The caller asks `wanted_by` what to fetch, fetches it in a few queries, and hands it to `Candidates`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from db.records.bank_file import BankLine
from db.rules.bank_account import client_of_account
from db.rules.identifiers import BUSINESS_DIGITS
from db.rules.payment_title import CLIENT_DIGITS, InvoiceTail, named_in


@dataclass(frozen=True, slots=True)
class ClientCandidate:
    """A client who may have paid."""

    number: str
    name: str
    owed: Decimal
    """The client's balance, interest to date included."""


@dataclass(frozen=True, slots=True)
class InvoiceCandidate:
    """An invoice that may have been paid."""

    number: str
    """`FAK/YYYYMM/NNNNNNN/CCCCCC/YYYYMMDD`."""
    client_number: str
    open: Decimal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to fetch so that lines can be matched."""

    clients: set[str] = field(default_factory=set)
    """Client numbers; one that is not found does not exist."""
    invoices: set[str] = field(default_factory=set)
    """Whole invoice numbers."""
    tails: set[tuple[str, str]] = field(default_factory=set)
    """Client number in 6 digits and day of issue as YYYYMMDD."""
    serials: set[tuple[str, int]] = field(default_factory=set)
    """Period as YYYYMM and serial in it."""
    amounts: set[Decimal] = field(default_factory=set)
    """An open invoice of such an amount may be what was paid."""


def wanted_by(lines: Iterable[BankLine], *, routing: str, prefix: str) -> Wanted:
    """Return what the titles, accounts and amounts of `lines` point at.

    `routing` and `prefix` are those of the clients' own accounts; empty where there are none. The
    client of every invoice that is found belongs to the candidates too.
    """
    wanted = Wanted()
    for line in lines:
        named = named_in(line.title)
        for account in (line.virtual_account, *named.accounts):
            wanted.clients.update(filter(None, [client_of_account(account, routing, prefix)]))
        tails = {(tail.client, tail.issued) for tail in named.tails}
        numbers = (*named.clients, *named.possible_clients, *(client for client, _ in tails))
        wanted.clients.update(spelling for number in numbers for spelling in spellings(number))
        wanted.clients.update(
            spelling for number in named.invoices for spelling in spellings(number.split("/")[3])
        )
        wanted.invoices.update(named.invoices)
        wanted.tails.update(tails)
        wanted.serials.update(named.serials)
        wanted.amounts.add(line.amount)
    return wanted


def spellings(number: str) -> tuple[str, ...]:
    """Return the client numbers that six typed digits may mean: `004410` is also client 4410."""
    short = number[CLIENT_DIGITS - BUSINESS_DIGITS :]
    padded = len(number) == CLIENT_DIGITS and number.startswith("0" * (CLIENT_DIGITS - BUSINESS_DIGITS))
    return (number, short) if padded else (number,)


class Candidates:
    """Clients and invoices by everything that a payment may tell of them; built once for a file."""

    def __init__(self, clients: Iterable[ClientCandidate], invoices: Iterable[InvoiceCandidate]) -> None:
        self.clients = {client.number: client for client in clients}
        self.invoices = {invoice.number: invoice for invoice in invoices}
        self._tails: dict[tuple[str, str], list[InvoiceCandidate]] = defaultdict(list)
        self._serials: dict[tuple[str, int], InvoiceCandidate] = {}
        self._amounts: dict[Decimal, list[InvoiceCandidate]] = defaultdict(list)
        self._open: dict[str, list[InvoiceCandidate]] = defaultdict(list)
        for invoice in self.invoices.values():
            _, period, serial, digits, issued = invoice.number.split("/")
            self._tails[digits, issued].append(invoice)
            self._serials[period, int(serial)] = invoice
            if invoice.open > 0:
                self._amounts[invoice.open].append(invoice)
                self._open[invoice.client_number].append(invoice)
        self._owed: dict[Decimal, list[ClientCandidate]] = defaultdict(list)
        for client in self.clients.values():
            if client.owed > 0:
                self._owed[client.owed].append(client)

    def client(self, number: str) -> ClientCandidate | None:
        """Return the client that typed digits mean."""
        found = (self.clients.get(spelling) for spelling in spellings(number))
        return next((client for client in found if client), None)

    def of_tail(self, tail: InvoiceTail) -> list[InvoiceCandidate]:
        """Return the invoices with such an end; the serial decides where it tells them apart."""
        found = self._tails.get((tail.client, tail.issued), [])
        told = [one for one in found if int(one.number.split("/")[2]) == tail.serial]
        return told or found

    def of_serial(self, period: str, serial: int) -> list[InvoiceCandidate]:
        """Return the invoice with this serial of a period, in a list."""
        found = self._serials.get((period, serial))
        return [found] if found else []

    def open_of(self, client_number: str) -> list[InvoiceCandidate]:
        """Return the client's invoices that still ask for something."""
        return self._open.get(client_number, [])

    def open_with(self, amount: Decimal) -> list[InvoiceCandidate]:
        """Return the invoices that ask for exactly `amount`."""
        return self._amounts.get(amount, [])

    def owing(self, amount: Decimal) -> list[ClientCandidate]:
        """Return the clients whose balance is exactly `amount`."""
        return self._owed.get(amount, [])
