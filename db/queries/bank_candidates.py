"""Looks up the clients and invoices that lines of a bank file point at, many lines at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Client, Invoice
from db.queries.accounts import balance_of, load_accounts, load_terms
from db.queries.import_points import chunks
from db.queries.rows import Statement
from db.queries.supply import display_name, name_columns
from db.records.bank_file import BankLine
from db.records.money import InvoiceKind, LedgerKind
from db.rules.name_likeness import ALIKE, name_likeness
from db.rules.payment_candidates import Candidates, ClientCandidate, InvoiceCandidate, Wanted, spellings
from db.rules.payment_matching import Match, match_line
from db.rules.text import fold

AT_ONCE = 500
"""Clients or invoices named in one statement."""
NEWEST = 50_000
"""Invoices among which one of a wanted amount is looked for: the last ones, by their ids."""
MOST_OF_AMOUNTS = 1_000
COMPARED = 40
"""Names that are compared closely with that of one payer."""
ALIKE_KEPT, OTHERS_KEPT = 5, 2
"""Clients kept for the amount of one line: those of the payer's name, and others."""

_ZERO = Decimal("0.00")
_Row: TypeAlias = "Sequence[Any]"
"""Of `_invoices`."""
_Named: TypeAlias = "tuple[_Row, str, frozenset[str]]"
"""With the client's name and its words."""


@dataclass(frozen=True, slots=True)
class ClientFound:
    """A client who is there."""

    id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class InvoiceFound:
    """An invoice that is there."""

    id: int
    number: str
    client_number: str


class ByWhatIsNamed(Candidates):
    """Candidates of whom nobody is found by an amount alone: that never makes a payment sure.

    A flat rate is owed by thousands, and to compare all their names with each payer takes long.
    """

    def open_with(self, amount: Decimal) -> list[InvoiceCandidate]:
        """Return nothing."""
        return []

    def owing(self, amount: Decimal) -> list[ClientCandidate]:
        """Return nobody."""
        return []


@dataclass(slots=True)
class Pointed:
    """The clients and invoices that lines point at and that exist, by their numbers."""

    clients: dict[str, ClientFound] = field(default_factory=dict)
    invoices: dict[str, InvoiceFound] = field(default_factory=dict)

    def by_number_alone(self) -> Candidates:
        """Return them as if nobody owed anything: enough for what an account of its own tells."""
        return ByWhatIsNamed(
            [ClientCandidate(client.number, client.name, _ZERO) for client in self.clients.values()],
            [InvoiceCandidate(one.number, one.client_number, _ZERO) for one in self.invoices.values()],
        )

    def with_money(
        self,
        session: Session,
        numbers: Collection[str],
        day: date,
        kind: type[Candidates] = Candidates,
    ) -> Candidates:
        """Return the clients `numbers` with what they owe on `day`, and their invoices with what is open.

        Raises Refused for a day of delay without a rate of interest.
        """
        clients: list[ClientCandidate] = []
        invoices: dict[str, InvoiceCandidate] = {
            one.number: InvoiceCandidate(one.number, one.client_number, _ZERO)
            for one in self.invoices.values()
            if one.client_number in numbers
        }
        for some in chunks(sorted(numbers), AT_ONCE):
            known = [self.clients[number] for number in some if number in self.clients]
            accounts = load_accounts(session, [client.id for client in known])
            terms = load_terms(session, accounts.values(), day)
            for client in known:
                balance = balance_of(accounts[client.id], day, terms)
                clients.append(ClientCandidate(client.number, client.name, balance.with_interest))
                for row in balance.items:
                    if row.item.kind is LedgerKind.INVOICE and row.open:
                        number = row.item.number
                        invoices[number] = InvoiceCandidate(number, client.number, row.open)
        return kind(clients, invoices.values())

    def add(self, row: _Row) -> None:
        """Keep the invoice and its client of a row of `_invoices`; a correction is nobody's payment."""
        kind, invoice_id, number, client_id, client_number, *names = row
        if kind is not InvoiceKind.INVOICE:
            return
        self.invoices[number] = InvoiceFound(invoice_id, number, client_number)
        self.clients[client_number] = ClientFound(client_id, client_number, display_name(*names))


def load_pointed(session: Session, wanted: Wanted) -> Pointed:
    """Return what `wanted` names; its amounts are not looked at (`add_of_amounts`)."""
    found = Pointed()
    for some in chunks(sorted(wanted.clients), AT_ONCE):
        for client_id, number, *names in session.execute(_clients().where(col(Client.number).in_(some))):
            found.clients[number] = ClientFound(client_id, number, display_name(*names))
    for condition in _conditions(wanted):
        for row in session.execute(_invoices().where(condition)):
            found.add(row)
    return found


def matched(
    session: Session, lines: Sequence[BankLine], found: Pointed, day: date, own: tuple[str, str]
) -> Iterator[Match]:
    """Return whose each of `lines` is; accounts are loaded only where what is owed decides.

    `own` are the routing number and the prefix of the clients' own accounts. A payment to a
    client's own account whose title points at nobody else is that client's, whatever they owe.
    """
    routing, prefix = own
    plain = found.by_number_alone()
    first = [match_line(line, plain, routing=routing, prefix=prefix) for line in lines]
    open_ = [match for match in first if not _settled(match)]
    numbers = {one.client_number for match in open_ for one in match.suggestions}
    rich = found.with_money(session, numbers, day, ByWhatIsNamed) if numbers else plain
    for line, match in zip(lines, first, strict=True):
        if match.suggestions and not _settled(match):
            yield match_line(line, rich, routing=routing, prefix=prefix)
        else:
            yield match


def add_of_amounts(session: Session, lines: Sequence[BankLine], found: Pointed) -> Pointed:
    """Return `found` with the clients of the newest invoices of exactly the lines' amounts.

    Those who are called like the payer, and a few others: a flat rate is shared by thousands.
    """
    newest = sa.select(sa.func.coalesce(sa.func.max(col(Invoice.id)), 0)).scalar_subquery()
    amounts = sorted({line.amount for line in lines})
    statement = (
        _invoices()
        .add_columns(col(Invoice.gross))
        .where(col(Invoice.id) > newest - NEWEST, col(Invoice.gross).in_(amounts))
        .order_by(col(Invoice.id).desc())
        .limit(MOST_OF_AMOUNTS)
    )
    of_amount: dict[Decimal, list[_Named]] = {}
    for *row, gross in session.execute(statement):
        name = display_name(*row[5:8])
        of_amount.setdefault(gross, []).append((row, name, _words(name)))
    kept = Pointed(dict(found.clients), dict(found.invoices))
    for line in lines:
        for likely in _likely(line, of_amount.get(line.amount, ())):
            kept.add(likely)
    return kept


def possible(
    session: Session, lines: Sequence[BankLine], found: Pointed, day: date, own: tuple[str, str]
) -> list[Match]:
    """Return whose each of `lines` may be, by everything that `found` has: for a person to look at."""
    rich = found.with_money(session, set(found.clients), day)
    return [match_line(line, rich, routing=own[0], prefix=own[1]) for line in lines]


def _settled(match: Match) -> bool:
    """Tell whether one client alone is pointed at, by their own account."""
    return match.sure and len(match.suggestions) == 1


def _likely(line: BankLine, rows: Sequence[_Named]) -> list[_Row]:
    """Return the rows whose client is called like the payer, and a few others.

    Names are compared closely only where they share the most words with the payer's.
    """
    words = _words(line.name)
    ranked = sorted(rows, key=lambda named: -len(words & named[2]))[:COMPARED]
    alike = [row for row, name, _ in ranked if name_likeness(line.name, name) >= ALIKE][:ALIKE_KEPT]
    others = [row for row, _, _ in rows[: OTHERS_KEPT + len(alike)] if row not in alike]
    return [*alike, *others[:OTHERS_KEPT]]


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())


def _clients() -> Statement:
    return sa.select(col(Client.id), col(Client.number), *name_columns())


def _invoices() -> Statement:
    # corrections are left out afterwards: a condition on the kind would lead SQLite to its index
    return (
        sa.select(
            col(Invoice.kind),
            col(Invoice.id),
            col(Invoice.number),
            col(Client.id),
            col(Client.number),
            *name_columns(),
        )
        .select_from(Invoice)
        .join(Client, col(Client.id) == col(Invoice.client_id))
    )


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    for numbers in chunks(sorted(wanted.invoices), AT_ONCE):
        yield col(Invoice.number).in_(numbers)
    for serials in chunks(sorted(wanted.serials), AT_ONCE):
        yield sa.and_(
            col(Invoice.kind) == InvoiceKind.INVOICE,
            sa.tuple_(col(Invoice.period), col(Invoice.serial)).in_(serials),
        )
    for tails in chunks(sorted(wanted.tails), AT_ONCE // 2):
        days = {day for _, issued in tails if (day := _day(issued))}
        clients = {spelling for number, _ in tails for spelling in spellings(number)}
        yield sa.and_(col(Client.number).in_(sorted(clients)), col(Invoice.issued_on).in_(sorted(days)))


def _day(digits: str) -> date | None:
    """Return the day of `YYYYMMDD`; None for 31 February."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
