"""Who looked at whose data, and what of it should be looked into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.errors import NotFound
from db.models import AccessEntry, Client, Staff
from db.queries.reports.common import counted, office_hour, summed, utc_hour, within
from db.queries.reports.long_lists import LongList, read_list
from db.queries.supply import display_name, name_columns
from db.records.reports import Found, Line, Question, Take
from db.rules.text import polish_key
from db.words import N_
from db.work import Work

BULK = 30
"""Clients looked at in one day without a contact that call for a question."""
_ACTIONS = {
    "views": "VIEW",
    "reveals": "REVEAL",
    "prints": "PRINT",
    "exports": "EXPORT",
    "searches": "SEARCH",
}
_SUMS = ("looks", *_ACTIONS, "without_contact")


@report(roles=OVERSEERS)
def by_agent(work: Work, question: Question) -> Found:
    """Return the looks of each login."""
    without = sa.and_(col(AccessEntry.client_id).is_not(None), col(AccessEntry.contact_id).is_(None))
    statement = (
        sa.select(
            col(AccessEntry.staff_login),
            sa.func.count(),
            *(counted(col(AccessEntry.action) == action) for action in _ACTIONS.values()),
            counted(without),
            sa.func.count(sa.distinct(col(AccessEntry.client_id))),
        )
        .where(*_asked(work, question))
        .group_by(col(AccessEntry.staff_login))
        .order_by(col(AccessEntry.staff_login))
    )
    keys = ("agent", *_SUMS, "clients")
    rows = [dict(zip(keys, row, strict=True)) for row in work.session.execute(statement)]
    return Found(tuple(rows), summed(rows, _SUMS))


@report(roles=OVERSEERS)
def look_ups(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return every look in the order of the log, at one client's data if asked. Raises NotFound."""
    statement = (
        sa.select(
            *(col(AccessEntry.at), col(AccessEntry.staff_login), col(Client.number)),
            *(col(AccessEntry.action), col(AccessEntry.scope), col(AccessEntry.contact_id)),
        )
        .select_from(AccessEntry)
        .outerjoin(Client, col(Client.id) == col(AccessEntry.client_id))
    )
    conditions = _asked(work, question)
    if question.client:
        numbers = sa.select(col(Client.id)).where(col(Client.number) == question.client)
        key = work.session.scalar(numbers)
        if key is None:
            raise NotFound(
                N_("There is no client %(client)s. Check the number."), client=question.client[:20]
            )
        conditions.append(col(AccessEntry.client_id) == key)
    listing = LongList(
        col(AccessEntry.seq),
        tuple(conditions),
        statement,
        (col(AccessEntry.seq),),
        partial(_look, cache(_itself)),
        {"at": col(AccessEntry.at)},
    )
    return read_list(work.session, listing, question, take)


def _look(once: Callable[[str], str], row: Sequence[Any]) -> Line:
    at, login, number, action, scope, contact = row
    return {
        "at": at,
        "agent": once(login),
        "client": once(number or ""),
        "action": once(action),
        "scope": once(scope),
        "contact": contact is not None,
    }


@report(roles=OVERSEERS)
def suspicious(work: Work, question: Question) -> Found:
    """Return looks at people of the looker's own name, and days of many looks without a contact."""
    rows = sorted(
        [*_namesakes(work, question), *_bulk(work, question)], key=lambda row: tuple(map(str, row.values()))
    )
    return Found(tuple(rows), summed(rows, ("looks",)))


def _asked(work: Work, question: Question) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of the looks asked about. Raises NotFound for a login that nobody has."""
    conditions: list[sa.ColumnElement[bool]] = [within(col(AccessEntry.at), question.since, question.until)]
    if question.agent:
        logins = sa.select(col(Staff.id)).where(col(Staff.login) == question.agent)
        if work.session.scalar(logins) is None:
            raise NotFound(N_("There is no staff login %(login)s."), login=question.agent[:40])
        conditions.append(col(AccessEntry.staff_login) == question.agent)
    return conditions


def _namesakes(work: Work, question: Question) -> list[Line]:
    """Looks at clients of the looker's last name; of the same whole name: at oneself, perhaps."""
    names = {
        key: _keys(name) for key, name in work.session.execute(sa.select(col(Staff.id), col(Staff.name)))
    }
    last_names = {key: last for key, (last, _) in names.items() if last}
    if not last_names:
        return []
    # not a condition for each of the staff: SQLite would look for each one's looks of all years
    own = sa.case(last_names, value=col(AccessEntry.staff_id))
    # a blank is the character before "!"
    alike = col(Client.name_key).between(own.concat(" "), own.concat("!"))
    statement = (
        sa.select(
            *(
                col(AccessEntry.staff_id),
                col(AccessEntry.staff_login),
                utc_hour(col(AccessEntry.at)).label("hour"),
            ),
            *(col(Client.number), col(Client.name_key), sa.func.count(), *name_columns()),
        )
        .select_from(AccessEntry)
        .join(Client, col(Client.id) == col(AccessEntry.client_id))
        .where(*_asked(work, question), col(Client.last_name).is_not(None), alike)
        .group_by(
            *(col(AccessEntry.staff_id), col(AccessEntry.staff_login), sa.literal_column("hour")),
            *(col(Client.number), col(Client.name_key), *name_columns()),
        )
    )
    found: dict[tuple[str, date, str, str, str], int] = defaultdict(int)
    for key, login, hour, number, name_key, looks, *parts in work.session.execute(statement):
        own = name_key == names[key][1]
        day = office_hour(hour).date()
        found["own_record" if own else "namesake", day, login, number, display_name(*parts)] += looks
    return [_line(*key, looks=looks) for key, looks in found.items()]


def _bulk(work: Work, question: Question) -> list[Line]:
    statement = (
        sa.select(
            *(col(AccessEntry.staff_login), utc_hour(col(AccessEntry.at)).label("hour")),
            *(col(AccessEntry.client_id), sa.func.count()),
        )
        .where(
            *_asked(work, question),
            col(AccessEntry.client_id).is_not(None),
            col(AccessEntry.contact_id).is_(None),
        )
        .group_by(col(AccessEntry.staff_login), sa.literal_column("hour"), col(AccessEntry.client_id))
    )
    seen: dict[tuple[date, str], set[int | None]] = defaultdict(set)
    looks: dict[tuple[date, str], int] = defaultdict(int)
    for login, hour, client, number in work.session.execute(statement):
        key = (office_hour(hour).date(), login)
        seen[key].add(client)
        looks[key] += number
    return [
        _line("bulk", day, login, "", "", looks=looks[day, login])
        for (day, login), clients in seen.items()
        if len(clients) >= BULK
    ]


def _line(kind: str, day: date, agent: str, client: str, name: str, *, looks: int) -> Line:
    return {"kind": kind, "day": day, "agent": agent, "client": client, "name": name, "looks": looks}


def _itself(text: str) -> str:
    """Return the text; remembered, it is kept once for all the rows that have it."""
    return text


def _keys(name: str) -> tuple[str, str]:
    """Return the key of a person's last name and that of the whole name as clients' names are kept."""
    first, _, last = name.rpartition(" ")
    return polish_key(last), polish_key(f"{last} {first}")
