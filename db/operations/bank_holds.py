"""Who may not do the same thing to the bank's money at the same moment."""

from __future__ import annotations

import sqlalchemy as sa

from db.work import Work

_IMPORTS, _LINES = 7_163_301, 7_163_302
"""Keys of advisory locks: rows of append-only tables are held by nobody, desks may not change them."""


def hold_imports(work: Work) -> None:
    """Let one file be imported at a time, until the transaction ends."""
    _hold(work, _IMPORTS, 0)


def hold_line(work: Work, line_id: int) -> None:
    """Keep everybody else from deciding about a line of a bank file, until the transaction ends."""
    _hold(work, _LINES, line_id)


def _hold(work: Work, what: int, which: int) -> None:
    if work.session.get_bind().dialect.name != "postgresql":
        return  # one writer at a time anyway
    work.session.execute(sa.select(sa.func.pg_advisory_xact_lock(what, which)))
