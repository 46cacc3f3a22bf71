"""A client's money: balance, invoices, payments and the ledger with its running balance."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import DESK, query
from db.models import Client, Invoice, IssuedDocument, LedgerEntry, Payment
from db.queries.accounts import Account, balance_of, load_accounts, load_terms
from db.queries.billing_facts import superseded
from db.queries.client_rows import find_client
from db.queries.invoices import invoice_number
from db.queries.rows import Statement
from db.queries.utility import client_account
from db.records.balance import BalanceView
from db.records.ledger import (
    AccountView,
    InvoiceLineView,
    InvoiceState,
    LedgerLine,
    PaymentLine,
)
from db.rules.balance import Balance
from db.work import Work

MOST_LINES = 200


@query(roles=DESK, discloses=True)
def account_view(work: Work, client_number: str, *, as_of: date | None = None) -> AccountView:
    """Return a client's balance, invoices, payments and ledger as of a day, today by default.

    Lists are newest first, at most 200 lines each. Leaves an access entry. Raises NotFound, and
    Refused when a day of delay has no rate of interest.
    """
    client = find_client(work.session, client_number)
    day = as_of or work.today
    account = load_accounts(work.session, [client.id])[client.id]
    balance = balance_of(account, day, load_terms(work.session, [account], day))
    work.looked("VIEW", "account", client_id=client.id)
    invoices = _invoices(work, client.id, account, balance)
    payments = _payments(work, client.id, account, balance)
    entries = _entries(work, client.id, day)
    return AccountView(
        balance=balance_view(client.number, balance),
        invoices=invoices[:MOST_LINES],
        payments=payments[:MOST_LINES],
        entries=entries[:MOST_LINES],
        account=client_account(work, client.number),
        more=max(len(invoices), len(payments), len(entries)) > MOST_LINES,
    )


@query(roles=DESK, discloses=True)
def balance(work: Work, client_number: str, *, as_of: date | None = None) -> BalanceView:
    """Return a client's balance as of a day. Leaves an access entry. Raises as `account_view`."""
    client = find_client(work.session, client_number)
    work.looked("VIEW", "balance", client_id=client.id)
    return balance_now(work, client.id, client.number, as_of=as_of)


@query(roles=DESK)
def client_of_invoice(work: Work, text: str) -> tuple[str, str]:
    """Return the client's number and the whole number of an invoice; its last segments are enough.

    Raises NotFound, and Refused when several end so.
    """
    number = invoice_number(work, text)
    statement = (
        sa.select(col(Client.number))
        .join(Invoice, col(Invoice.client_id) == col(Client.id))
        .where(col(Invoice.number) == number)
    )
    return str(work.session.execute(statement).scalar_one()), number


def balance_now(work: Work, client_id: int, client_number: str, *, as_of: date | None = None) -> BalanceView:
    """Return the balance within a transaction that has its own access entry."""
    account = load_accounts(work.session, [client_id])[client_id]
    day = as_of or work.today
    terms = load_terms(work.session, [account], day)
    return balance_view(client_number, balance_of(account, day, terms))


def balance_view(client_number: str, balance: Balance) -> BalanceView:
    """Return a computed balance as screens show it."""
    overdue = [row.last_day for row in balance.items if row.open and row.last_day < balance.day]
    return BalanceView(
        client_number=client_number,
        as_of=balance.day,
        total=balance.total,
        due=balance.due,
        overdue=balance.overdue,
        not_yet_due=balance.not_yet_due,
        overpaid=balance.overpaid,
        interest=balance.interest,
        possibly_time_barred=balance.possibly_time_barred,
        overdue_since=min(overdue, default=None),
    )


@lru_cache(maxsize=1)
def _invoices_of_client() -> Statement:
    corrected = aliased(Invoice)
    return (
        sa.select(
            col(Invoice.id),
            col(Invoice.number),
            col(Invoice.kind),
            col(Invoice.issued_on),
            col(Invoice.due_on),
            col(Invoice.starts_on),
            col(Invoice.ends_on),
            col(Invoice.gross),
            col(Invoice.estimated),
            col(corrected.number).label("corrects"),
            superseded().label("superseded"),
        )
        .outerjoin(corrected, col(corrected.id) == col(Invoice.corrects_id))
        .where(
            col(Invoice.client_id) == sa.bindparam("client"),
            col(Invoice.issued_on) <= sa.bindparam("day", type_=sa.Date),
        )
        .order_by(col(Invoice.id).desc())
        .limit(MOST_LINES + 1)
    )


def _invoices(work: Work, client_id: int, account: Account, balance: Balance) -> tuple[InvoiceLineView, ...]:
    rows = work.session.execute(_invoices_of_client(), {"client": client_id, "day": balance.day})
    items = {row.item.id: row for row in balance.items}
    found = []
    for row in rows:
        item = items.get(account.invoice_entries[row.id])
        left = item.open if item else Decimal("0.00")
        if item is None:
            state = InvoiceState.CREDIT
        elif not left:
            state = InvoiceState.PAID
        else:
            state = InvoiceState.OVERDUE if item.last_day < balance.day else InvoiceState.OPEN
        found.append(
            InvoiceLineView(
                id=row.id,
                number=row.number,
                kind=row.kind,
                issued_on=row.issued_on,
                due_on=row.due_on,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                gross=row.gross,
                open=left,
                state=state,
                estimated=row.estimated,
                corrects=row.corrects,
                corrected=row.superseded,
            )
        )
    return tuple(found)


def _payments(work: Work, client_id: int, account: Account, balance: Balance) -> tuple[PaymentLine, ...]:
    numbers = {item.id: item.number for item in account.items}
    paid: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    for part in balance.allocation.allocated:
        if not part.by_correction:
            paid[part.credit_id].append((numbers[part.item_id], part.amount))
    reversed_ = {credit.id for credit in account.credits if credit.reversed_on is not None}
    statement: Statement = (
        sa.select(
            col(Payment.id),
            col(Payment.day),
            col(Payment.amount),
            col(Payment.method),
            col(Payment.title),
            col(Payment.payer),
            col(IssuedDocument.number).label("receipt"),
            col(Payment.recorded_at),
        )
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == col(Payment.document_id))
        .where(col(Payment.client_id) == client_id, col(Payment.day) <= balance.day)
        .order_by(col(Payment.day).desc(), col(Payment.id).desc())
        .limit(MOST_LINES + 1)
    )
    return tuple(
        PaymentLine(
            *(row.id, row.day, row.amount, row.method, row.title, row.payer, row.receipt),
            reversed=row.id in reversed_,
            paid=tuple(paid.get(row.id, ())),
            recorded_at=row.recorded_at,
        )
        for row in work.session.execute(statement)
    )


@lru_cache(maxsize=1)
def entries_of_client() -> Statement:
    """Return the statement of a client's ledger with the balance after each entry, newest first."""
    paper = sa.func.coalesce(col(LedgerEntry.document_id), col(Payment.document_id))
    running = sa.func.sum(sa.type_coerce(col(LedgerEntry.amount), sa.BigInteger)).over(
        order_by=(col(LedgerEntry.day), col(LedgerEntry.id))
    )
    return (
        sa.select(
            col(LedgerEntry.day),
            col(LedgerEntry.kind),
            sa.func.coalesce(col(Invoice.number), col(IssuedDocument.number), ""),
            col(LedgerEntry.due_on),
            col(LedgerEntry.amount),
            running.label("running"),
            col(Payment.method),
        )
        .select_from(LedgerEntry)
        .outerjoin(Invoice, col(Invoice.id) == col(LedgerEntry.invoice_id))
        .outerjoin(Payment, col(Payment.id) == col(LedgerEntry.payment_id))
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == paper)
        .where(
            col(LedgerEntry.client_id) == sa.bindparam("client"),
            col(LedgerEntry.day) <= sa.bindparam("day", type_=sa.Date),
        )
        .order_by(col(LedgerEntry.day).desc(), col(LedgerEntry.id).desc())
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


def _entries(work: Work, client_id: int, day: date) -> tuple[LedgerLine, ...]:
    wanted = {"client": client_id, "day": day, "most": MOST_LINES + 1}
    return tuple(
        LedgerLine(
            day=row[0],
            kind=row[1],
            document=row[2],
            due_on=row[3],
            amount=row[4],
            balance=Decimal(int(row[5])).scaleb(-2),
            method=row[6],
        )
        for row in work.session.execute(entries_of_client(), wanted)
    )
