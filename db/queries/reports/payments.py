"""What money came, by source and day, and what of the bank's nobody has matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import BankFile, BankLine, BankLineDecision, Client, Payment
from db.queries.bank_lines import undecided
from db.queries.reports.common import counted, ends, folded, grosze, summed, zlotys
from db.queries.reports.long_lists import LongList, read_list
from db.queries.supply import display_name, name_columns
from db.records.reports import Found, Line, Question, Take
from db.work import Work

BY_PERSON = "person"
"""How a line was recognised that a person put to a client."""
BANK = "bank"
"""The source of what came with a bank file, whatever the method."""
_COUNTS = ("payments", "by_hand", "taken_back")
_AMOUNTS = ("received", "returned", "net")


@report(roles=OVERSEERS)
def payments(work: Work, question: Question) -> Found:
    """Return the money of the days, by source or by day."""
    by = question.by or "source"
    source: Any = sa.case(
        (col(Payment.bank_line_id).is_not(None), BANK), else_=sa.cast(col(Payment.method), sa.String)
    )
    came = col(Payment.amount) > 0
    amount = grosze(col(Payment.amount))
    back = sa.case((came, 0), else_=-amount)
    statement = (
        sa.select(
            (col(Payment.day) if by == "day" else source).label("key"),
            counted(came),
            counted(col(BankLineDecision.how) == BY_PERSON),
            counted(col(Payment.reverses_id).is_not(None)),
            sa.func.sum(sa.case((came, amount), else_=0)),
            sa.func.sum(back),
            sa.func.sum(amount),
        )
        .select_from(Payment)
        .outerjoin(BankLineDecision, col(BankLineDecision.payment_id) == col(Payment.id))
        .where(col(Payment.day) >= question.since, col(Payment.day) <= question.until)
        .group_by(sa.literal_column("1"))
    )
    rows = []
    for key, figures in folded(work.session.execute(statement), lambda key: key).items():
        counts = dict(zip(_COUNTS, figures[:3], strict=True))
        rows.append({by: key, **counts, **dict(zip(_AMOUNTS, map(zlotys, figures[3:]), strict=True))})
    return Found(tuple(rows), summed(rows, (*_COUNTS, *_AMOUNTS)))


@report(roles=OVERSEERS)
def listed(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return the payments of the days one by one, the newest first, and their sum."""
    source: Any = sa.case(
        (col(Payment.bank_line_id).is_not(None), BANK), else_=sa.cast(col(Payment.method), sa.String)
    )
    statement = (
        sa.select(col(Payment.day), col(Client.number), source, grosze(col(Payment.amount)), *name_columns())
        .select_from(Payment)
        .join(Client, col(Client.id) == col(Payment.client_id))
    )
    listing = LongList(
        col(Payment.id),
        (col(Payment.day) >= question.since, col(Payment.day) <= question.until),
        statement,
        (col(Payment.day).desc(), col(Payment.id).desc()),
        _line,
        {"day": col(Payment.day), "amount": col(Payment.amount)},
        {"amount": (sa.func.sum(grosze(col(Payment.amount))), zlotys)},
    )
    return read_list(work.session, listing, question, take)


def _line(row: Sequence[Any]) -> Line:
    day, number, source, parts, *names = row
    return {
        "day": day,
        "client": number,
        "name": display_name(*names),
        "source": source,
        "amount": zlotys(parts),
    }


@report(roles=OVERSEERS)
def unmatched(work: Work, question: Question) -> Found:
    """Return the lines of bank files that nobody had decided about by the day, the oldest first."""
    statement = (
        sa.select(
            col(BankLine.id), col(BankLine.day), col(BankLine.amount), col(BankLine.name), col(BankFile.name)
        )
        .join(BankFile, col(BankFile.id) == col(BankLine.file_id))
        .where(col(BankFile.imported_at) < ends(question.as_of), _waited(work, question))
        .order_by(col(BankLine.day), col(BankLine.id))
    )
    keys = ("line", "day", "amount", "payer", "file")
    rows = [dict(zip(keys, row, strict=True)) for row in work.session.execute(statement)]
    return Found(tuple(rows), summed(rows, ("amount",)))


def _waited(work: Work, question: Question) -> sa.ColumnElement[bool]:
    """Return the condition that nobody had decided about a line by the day of the report."""
    over = ends(question.as_of)
    if over > work.now:
        # what waits now waited then, and lines that were long decided are passed by
        return undecided()
    decided = sa.select(sa.literal(1)).where(
        col(BankLineDecision.line_id) == col(BankLine.id), col(BankLineDecision.decided_at) < over
    )
    return ~decided.correlate(BankLine).exists()
