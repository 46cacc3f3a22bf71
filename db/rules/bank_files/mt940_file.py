"""Bank statements in MT940 (SWIFT), as Polish banks write them: taken as a whole or refused as a whole."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence

from db.errors import WrongInput
from db.records.bank_file import Statement
from db.rules.bank_files.fields import fields_of
from db.rules.bank_files.limits import MOST_LINES, MOST_STATEMENTS, too_many_lines
from db.rules.bank_files.mt940_statement import StatementReader, unreadable
from db.words import N_

_PAGED = "M"


def read_statements(text: str, *, accounts: Collection[str] = ()) -> tuple[Statement, ...]:
    """Return the statements of `text`, examined as a whole.

    `accounts` are ours, 26 digits each; none means that any is taken. Raises WrongInput, with the
    line, for a file that is cut, damaged, unbalanced, in other money, of another account, or whose
    details follow the form of no bank that is known here.
    """
    if text.count(":61:") > MOST_LINES:
        raise too_many_lines()
    _silence()
    done: list[StatementReader] = []
    for field in fields_of(text):
        if field.tag == "20":
            if len(done) == MOST_STATEMENTS:
                raise WrongInput(N_("The file has more than %(limit)s statements."), limit=MOST_STATEMENTS)
            if done:
                done[-1].end()
            done.append(StatementReader(field.line))
        elif not done:
            raise unreadable(field)
        else:
            done[-1].take(field)
    if not done:
        raise WrongInput(N_("The file holds no statement (:20:). Fetch it from the bank again."))
    done[-1].end()
    _need_pages(done)
    statements = tuple(reading.statement(accounts) for reading in done)
    _need_details(done)
    _need_different(statements)
    return statements


def _need_pages(readings: Sequence[StatementReader]) -> None:
    """Refuse a file in which a page of a statement is followed by anything but its next page."""
    for place, reading in enumerate(readings):
        following = readings[place + 1] if place + 1 < len(readings) else None
        if not reading.closing or reading.closing[0] != _PAGED:
            continue
        if following is None or following.account != reading.account or following.opening != reading.closing:
            raise WrongInput(
                N_(
                    "The statement that begins in line %(line)s goes on, but its next page does not follow:"
                    " the file is cut short. Fetch it from the bank again."
                ),
                line=reading.line,
            )


def _need_details(readings: Sequence[StatementReader]) -> None:
    """Refuse a file whose payments have details, and none of them in a form that is known here."""
    described = any(reading.described for reading in readings)
    if described and not any(reading.known for reading in readings):
        raise WrongInput(
            N_(
                "No payment of the file has details (:86:) in a form that is known here: numbered"
                " sub-fields after <, ~, ^ or +, or the labels of mBank. Ask the bank for the Polish MT940."
            )
        )


def _need_different(statements: Sequence[Statement]) -> None:
    seen: set[str] = set()
    for statement in statements:
        keys = {line.key for line in (*statement.lines, *statement.others)}
        if keys & seen:
            raise WrongInput(
                N_("The file holds the statement %(number)s twice. Fetch it from the bank again."),
                number=statement.number,
            )
        seen |= keys


def _silence() -> None:
    """Keep the library's log from writing statements to stderr, across the screen."""
    logger = logging.getLogger("mt940")
    logger.propagate = False
    logger.setLevel(logging.CRITICAL + 1)
