"""A bank statement for the sample town: most open invoices are paid, a few lines are hard to match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, query
from db.errors import Refused
from db.models import Client, Installation, Invoice
from db.queries.accounts import balance_of, load_accounts, load_terms
from db.queries.import_points import chunks
from db.queries.supply import display_name, name_columns
from db.queries.utility import utility
from db.records.money import InvoiceKind, LedgerKind
from db.records.utility import UtilityParticulars
from db.rules.bank_account import check_digits, virtual_account
from db.words import N_
from db.work import Work

NEWEST = 20_000
"""Invoices from the last one back among which open ones are paid."""
PAID, BY_ACCOUNT, BY_NUMBER = 0.85, 0.88, 0.06
"""Shares: of open invoices that are paid; of those to the client's own account, by a whole number."""
STRANGERS = (
    ("DOTACJA CELOWA UM-2/2026", "URZĄD MIEJSKI W PRZYKŁADOWIE", "15000.00"),
    ("za wodę", "JAN NIEZNANY UL. DALEKA 9", "87.41"),
    ("przelew", "", "120.00"),
)
OPENING = Decimal("250000.00")
_PIECE, _PIECES, _NAME = 27, 6, 35


@dataclass(frozen=True, slots=True)
class _Due:
    """An invoice that somebody may pay."""

    number: str
    client: str
    name: str
    issued_on: date
    open: Decimal


@dataclass(frozen=True, slots=True)
class _Movement:
    """Money on its way."""

    day: date
    amount: Decimal
    title: str
    name: str
    payer: str
    own: str = ""
    """The client's own account that it is paid to."""
    mark: str = "C"


@query(roles=SUPERVISORS)
def sample_statement(work: Work, *, seed: int = 1) -> bytes:
    """Return an MT940 statement (PKO's dialect, CP1250) that pays most of a demo's open invoices.

    The same seed on the same day and the same books gives the same bytes. Raises Refused where
    something may be real, and without the company's account.
    """
    if not work.session.scalar(sa.select(col(Installation.demo))):
        raise Refused(N_("Made-up payments are for a demo alone: bok demo"))
    own = utility(work)
    if not own.bank_account:
        raise Refused(N_("The company has no bank account on file, so it has no statements."))
    chance = Random(f"{seed} bank {work.today}")  # noqa: S311 - a made-up town is no secret
    movements = [*_payments(chance, _open_invoices(work), own, work.today), *_strangers(chance, work.today)]
    movements.sort(key=lambda one: (one.day, one.title))
    return _statement(own.bank_account, work.today, movements)


def _open_invoices(work: Work) -> Iterator[_Due]:
    newest = sa.select(sa.func.coalesce(sa.func.max(col(Invoice.id)), 0)).scalar_subquery()
    statement = (
        sa.select(col(Client.id), col(Client.number), *name_columns())
        .where(
            col(Client.id).in_(
                sa.select(col(Invoice.client_id)).where(
                    col(Invoice.id) > newest - NEWEST, col(Invoice.kind) == InvoiceKind.INVOICE
                )
            )
        )
        .order_by(col(Client.id))
    )
    for some in chunks(work.session.execute(statement).all()):
        accounts = load_accounts(work.session, [row[0] for row in some])
        terms = load_terms(work.session, accounts.values(), work.today)
        for key, number, *names in some:
            for row in balance_of(accounts[key], work.today, terms).items:
                if row.item.kind is LedgerKind.INVOICE and row.open:
                    issued = row.item.issued_on
                    yield _Due(row.item.number, number, display_name(*names), issued, row.open)


def _payments(
    chance: Random, invoices: Iterable[_Due], own: UtilityParticulars, today: date
) -> Iterator[_Movement]:
    """Pay most invoices: to the client's own account, by the number in the title, or by a bad one."""
    for due in invoices:
        paid, by, back = chance.random() < PAID, chance.random(), int(chance.random() * 3)
        payer = _account(chance)
        if not paid:
            continue
        day = max(due.issued_on, today - timedelta(days=back))
        if by < BY_ACCOUNT and own.routing_number and own.account_prefix:
            account = virtual_account(own.routing_number, own.account_prefix, due.client)
            yield _Movement(day, due.open, "oplata za wode i scieki", due.name, payer, account)
        elif by < BY_ACCOUNT + BY_NUMBER:
            yield _Movement(day, due.open, f"Faktura {due.number}", due.name, payer)
        else:
            yield _Movement(day, due.open, _mistyped(chance, due), due.name, payer)


def _mistyped(chance: Random, due: _Due) -> str:
    """Return a title as people write it who do not copy the number."""
    _, period, serial, client, issued = due.number.split("/")
    digits = list(serial)
    digits[chance.randrange(len(digits))] = chance.choice("0123456789")
    return chance.choice(
        (
            f"fak {period} {serial} {client} {issued}",
            f"FAK/{period}/{''.join(digits)}/{client}/{issued}",
            f"{client}/{issued}",
            f"woda za {period[4:]}.{period[:4]} nr klienta {due.client}",
            f"woda {due.name.split()[0]}",
        )
    )


def _strangers(chance: Random, today: date) -> Iterator[_Movement]:
    for title, name, amount in STRANGERS:
        yield _Movement(today, Decimal(amount), title, name, _account(chance))
    yield _Movement(today, Decimal("64.00"), "Prowizja za prowadzenie rachunku", "", "", mark="D")


def _account(chance: Random) -> str:
    """Return an account at a bank that does not exist."""
    rest = "99990017" + "".join(chance.choices("0123456789", k=16))
    return check_digits(rest) + rest


def _statement(account: str, today: date, movements: Iterable[_Movement]) -> bytes:
    lines = [":20:MT940", f":25:/PL{account}", f":28C:{today.timetuple().tm_yday:05d}/00001"]
    lines.append(f":60F:{_balance(today, OPENING)}")
    total = OPENING
    for place, one in enumerate(movements, start=1):
        total += one.amount if one.mark == "C" else -one.amount
        lines += _written(place, one)
    lines += [f":62F:{_balance(today, total)}", "-", ""]
    return "\r\n".join(lines).encode("cp1250", "replace")


def _balance(day: date, amount: Decimal) -> str:
    return f"{'C' if amount >= 0 else 'D'}{day:%y%m%d}PLN{_figures(abs(amount))}"


def _written(place: int, one: _Movement) -> Iterator[str]:
    yield f":61:{one.day:%y%m%d}{one.day:%m%d}{one.mark}{_figures(one.amount)}N152NONREF//64605005{place:08d}"
    yield "152 0"
    yield ":86:020~00152"
    yield from (f"~2{at}{piece}" for at, piece in enumerate(_pieces(one.title, _PIECE)[:_PIECES]))
    if one.payer:
        yield f"~30{one.payer[2:10]}"
        yield f"~31{one.payer[10:]}"
        yield from (f"~3{at}{piece}" for at, piece in enumerate(_pieces(one.name, _NAME)[:2], start=2))
        yield f"~38PL{one.payer}"
    if one.own:
        yield f"~60{one.own}"


def _figures(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _pieces(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]
