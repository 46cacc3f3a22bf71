"""What the supervisor's board and its lists have done: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bok_tui.wording.board import Behind, Days
from db.clock import office_day
from db.records.reports import Question
from db.rules.cash_day import LOOKED_BACK

if TYPE_CHECKING:
    from db.office import Office
    from db.records.board import Board, Holder
    from db.records.request_views import RequestView
    from reports.supervision.definition import Report

MOST_ROWS = 500
"""Rows of a report that a screen shows; the shell shows all."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has which requests, and who may be given one."""

    holders: tuple[Holder, ...]
    takers: tuple[tuple[str, str], ...]


def board(office: Office) -> Board:
    """Return the figures of the board, all of one moment."""
    from db.queries.reports.board import board

    return office.read(board)


def rows_behind(office: Office, behind: Behind, *, view: str = "", reveal: bool = False) -> Report:
    """Return the report behind a figure, at most `MOST_ROWS` rows; `view` is another of its views."""
    from reports.supervision.registry import definition_of
    from reports.supervision.running import run

    question = _question(office_day(office.house.clock()), behind, view or behind.view)
    return run(office, definition_of(behind.report), question, limit=MOST_ROWS, reveal=reveal)


def _question(today: date, behind: Behind, view: str) -> Question:
    before = today - timedelta(days=1)
    since, until = {
        Days.TODAY: (today, today),
        # as of today: what became known of yesterday since is told, as the board's figures do
        Days.YESTERDAY: (before, before),
        Days.BEFORE: (before, before),
        Days.YEAR: (today - LOOKED_BACK, today),
    }[behind.days]
    return Question(as_of=today, since=since, until=until, by=view)


def holders(office: Office) -> Holders:
    """Return who has which requests."""
    from db.queries.request_holders import request_holders, request_takers

    return Holders(office.read(request_holders), office.read(request_takers))


def takers(office: Office) -> tuple[tuple[str, str], ...]:
    """Return who may be given a request: login and name."""
    from db.queries.request_holders import request_takers

    return office.read(request_takers)


def assign(office: Office, request_id: int, login: str) -> RequestView:
    """Give a request to somebody."""
    from db.operations.request_assign import assign_request

    return office.do(assign_request, request_id, login)


def take_away(office: Office, request_id: int) -> RequestView:
    """Take a request away from whoever has it."""
    from db.operations.request_assign import take_request_away

    return office.do(take_request_away, request_id)
