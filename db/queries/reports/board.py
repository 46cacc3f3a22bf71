"""The supervisor's board: the figures of `daily`, and who has which requests, all of one moment."""

from __future__ import annotations

from db.doors import OVERSEERS, report
from db.queries.reports.daily import daily
from db.queries.request_holders import load_holders
from db.records.board import Board
from db.records.reports import Question
from db.work import Work


@report(roles=OVERSEERS)
def board(work: Work) -> Board:
    """Return the figures of today as `daily` counts them, with the requests that are in somebody's hands."""
    today = Question(as_of=work.today, since=work.today, until=work.today)
    return Board(work.now, tuple(daily(work, today).rows), load_holders(work))
