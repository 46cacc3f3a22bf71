"""Payments of bank files that nobody has matched yet, and whose they may be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, query
from db.models import BankFile, BankLine, BankLineDecision, Counter, metadata
from db.queries.bank_candidates import add_of_amounts, load_pointed, possible
from db.queries.rows import Statement
from db.queries.utility import utility
from db.records.bank_file import BankLine as Line
from db.records.bank_file import Movement
from db.records.bank_import import LineSuggestion, WaitingLine, WaitingLines
from db.rules.payment_candidates import wanted_by
from db.work import Work

MOST_LINES = 200
PASSED = "bank lines decided"
"""The counter that holds the mark of `pass_decided`."""


@query(roles=DESK, discloses=True)
def waiting_lines(work: Work, *, after: int | None = None, limit: int = 50) -> WaitingLines:
    """Return a page of the lines that wait, the oldest first: those behind the id `after`, at most 200.

    Each comes with at most five clients whose payment it may be. Leaves one access entry a page.
    """
    limit = max(1, min(limit, MOST_LINES))
    found = load_waiting(work, after, limit + 1)
    if found:
        work.looked("VIEW", f"unmatched payments, {min(len(found), limit)} lines")
    return WaitingLines(tuple(found[:limit]), more=len(found) > limit)


def load_waiting(work: Work, after: int | None, limit: int) -> list[WaitingLine]:
    """Return the first `limit` lines that wait behind the id `after`."""
    if after is None:
        after = work.session.scalar(sa.select(_passed())) or 0
    rows = work.session.execute(_waiting(), {"after": after, "most": limit}).all()
    return [_line(row, suggestions) for row, suggestions in zip(rows, _suggested(work, rows), strict=True)]


def undecided() -> sa.ColumnElement[bool]:
    """Return the condition that a line of a bank file waits for somebody.

    Only lines behind the mark of `pass_decided` are looked at, not those of all years.
    """
    return sa.and_(_open(), col(BankLine.id) > _passed())


def pass_decided(work: Work) -> None:
    """Note up to which id every line is decided; called by an import, of which there is one at a time."""
    first = sa.select(sa.func.min(col(BankLine.id))).where(undecided()).scalar_subquery()
    last = sa.select(sa.func.max(col(BankLine.id))).scalar_subquery()
    mark = work.session.scalar(sa.select(sa.func.coalesce(first - 1, last, 0)))
    counter = metadata.tables["counter"]
    known = sa.update(counter).where(counter.c.series == PASSED).values(value=mark)
    if not work.session.execute(known).rowcount:  # type: ignore[attr-defined]  # a cursor result, having updated
        work.session.execute(sa.insert(counter).values(series=PASSED, value=mark))


def _open() -> sa.ColumnElement[bool]:
    decided = sa.select(sa.literal(1)).where(col(BankLineDecision.line_id) == col(BankLine.id))
    return ~decided.correlate(BankLine).exists()


def _passed() -> sa.ColumnElement[int]:
    """Return the id up to which every line is known to be decided."""
    mark = sa.select(col(Counter.value)).where(col(Counter.series) == PASSED)
    return sa.func.coalesce(mark.scalar_subquery(), 0)


@lru_cache(maxsize=1)
def _waiting() -> Statement:
    return (
        sa.select(
            col(BankLine.id),
            col(BankLine.key),
            col(BankLine.day),
            col(BankLine.amount),
            col(BankLine.title),
            col(BankLine.name),
            col(BankLine.account),
            col(BankLine.virtual_account),
            col(BankFile.name).label("file"),
            col(BankFile.imported_at),
        )
        .join(BankFile, col(BankFile.id) == col(BankLine.file_id))
        .where(_open(), col(BankLine.id) > sa.bindparam("after", type_=sa.Integer))
        .order_by(col(BankLine.id))
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


def _suggested(work: Work, rows: Sequence[Any]) -> list[tuple[LineSuggestion, ...]]:
    """Return for each row whose payment it may be, by what it says and by its amount."""
    if not rows:
        return []
    own = utility(work)
    accounts = (own.routing_number or "", own.account_prefix or "")
    lines = [_as_read(row) for row in rows]
    found = load_pointed(work.session, wanted_by(lines, routing=accounts[0], prefix=accounts[1]))
    found = add_of_amounts(work.session, lines, found)
    matches = possible(work.session, lines, found, work.today, accounts)
    return [
        tuple(
            LineSuggestion(
                one.client_number,
                found.clients[one.client_number].name,
                one.invoice_number,
                one.how.value,
                one.score,
            )
            for one in match.suggestions
        )
        for match in matches
    ]


def _as_read(row: Any) -> Line:
    """Return the line as the file had it."""
    return Line(
        key=row.key,
        line=0,
        day=row.day,
        amount=row.amount,
        movement=Movement.CREDIT,
        title=row.title,
        name=row.name,
        account=row.account,
        virtual_account=row.virtual_account,
    )


def _line(row: Any, suggestions: tuple[LineSuggestion, ...]) -> WaitingLine:
    return WaitingLine(
        id=row.id,
        day=row.day,
        amount=row.amount,
        title=row.title,
        name=row.name,
        account=row.account,
        file=row.file,
        imported_at=row.imported_at,
        suggestions=suggestions,
    )
