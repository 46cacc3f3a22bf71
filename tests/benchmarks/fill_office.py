"""Put the contacts, requests, complaints and looks of a large office into a benchmark's own database.

    BOK_HOME=/somewhere BOK_DATABASE_URL=... python -m tests.benchmarks.fill_office --years 5

Beside each client of the sample town: 1.2 contacts a year by 40 agents, three looks in each, a
wrong answer in one of twenty, and from one contact of six a request with its steps, one of ten a
complaint. Rows are written as they are, not done by the office: the looks are not chained, so
`bok db check` refuses a database that was filled.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.clock import office_day
from db.house import open_house
from db.models import AccessEntry, Complaint, Contact, Request, RequestStep, Staff, VerificationAnswer
from db.records.contacts import Outcome, Purpose
from db.records.people import Channel, Role
from db.records.requests import ComplaintSubject, RequestEvent, RequestKind, RequestState
from db.settings import load_settings

AGENTS = 40
A_YEAR = 1.2
"""Contacts of a client."""
PLAIN = [kind for kind in RequestKind if kind is not RequestKind.COMPLAINT]
ENDS = [RequestState.APPLIED] * 16 + [RequestState.REJECTED] * 3 + [RequestState.WITHDRAWN]
CLOSED_BY = {
    RequestState.APPLIED: RequestEvent.APPLY,
    RequestState.REJECTED: RequestEvent.REJECT,
    RequestState.WITHDRAWN: RequestEvent.WITHDRAW,
}
CHUNK = 20_000
Row = tuple[type[SQLModel], dict[str, Any]]


def main() -> None:
    """Fill the database that the settings name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    house = open_house(load_settings())
    with house.database.writer.begin() as connection:
        staff = _agents(connection)
        clients = connection.scalars(sa.text("SELECT id FROM client ORDER BY id")).all()
        count = round(len(clients) * A_YEAR * options.years)
        made = _rows(Random(options.seed), clients, staff, options.years, house.clock(), count)
        while some := list(islice(made, CHUNK)):
            for model in (Contact, VerificationAnswer, AccessEntry, Request, RequestStep, Complaint):
                if values := [row for kind, row in some if kind is model]:
                    connection.execute(sa.insert(model), values)
    house.database.close()
    print(f"{count} contacts of {len(clients)} clients over {options.years} years")


def _agents(connection: sa.Connection) -> list[tuple[int, str]]:
    table = SQLModel.metadata.tables[str(Staff.__tablename__)]
    first = connection.execute(sa.select(table).limit(1)).mappings().one()
    top = connection.scalar(sa.select(sa.func.max(table.c.id)))
    made = [
        {**first, "id": top + at, "login": f"agent{at}", "name": f"Agent {at}", "role": Role.AGENT}
        for at in range(1, AGENTS + 1)
    ]
    connection.execute(sa.insert(table), made)
    return [(row["id"], row["login"]) for row in made]


def _rows(
    random: Random,
    clients: Sequence[int],
    staff: Sequence[tuple[int, str]],
    years: int,
    now: datetime,
    count: int,
) -> Iterator[Row]:
    """Yield the rows of `count` contacts, evenly over the years, the newest last."""
    span = timedelta(days=365 * years)
    looks = requests = 0
    for contact in range(1, count + 1):
        start = now - span + span * (contact / count)
        start = start.replace(hour=7 + random.randrange(9), minute=random.randrange(60), tzinfo=UTC)
        client, (agent, login) = random.choice(clients), random.choice(staff)
        who = {"client_id": client, "staff_id": agent}
        yield Contact, _contact(random, contact, start, who)
        if random.random() < 0.05:
            wrong = {"question": "address", "correct": False, "at": start}
            yield VerificationAnswer, {"contact_id": contact, **who, **wrong}
        for _ in range(3):
            looks += 1
            scope = {"contact_id": contact, "action": "VIEW", "scope": "card", "mac": "0" * 64}
            yield AccessEntry, {"seq": looks, "at": start, "staff_login": login, **who, **scope}
        if random.random() < 1 / 6:
            requests += 1
            yield from _request(random, requests, contact, start, client, agent, office_day(now))


def _contact(random: Random, key: int, start: datetime, who: dict[str, int]) -> dict[str, Any]:
    return {
        "id": key,
        **who,
        "channel": random.choice((Channel.PHONE, Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON)),
        "started_at": start,
        "ended_at": start + timedelta(seconds=random.randrange(20, 900)),
        "purpose": random.choice(list(Purpose)),
        "outcome": random.choice(list(Outcome)),
        "note": "",
    }


def _request(
    random: Random, key: int, contact: int, start: datetime, client: int, agent: int, today: date
) -> Iterator[Row]:
    """Yield a request with its steps; one of the last three weeks may be open."""
    received = office_day(start)
    complaint = random.random() < 0.1
    done = start + timedelta(days=random.randrange(25))
    open_still = office_day(done) >= today
    state = RequestState.IN_REVIEW if open_still else random.choice(ENDS)
    yield (
        Request,
        {
            "id": key,
            "number": f"W/{received.year}/{key:07}",
            "kind": RequestKind.COMPLAINT if complaint else random.choice(PLAIN),
            "state": state,
            "client_id": client,
            "channel": Channel.PHONE,
            "contact_id": contact,
            "submitted_at": start,
            "submitted_by": agent,
            "verified_level": 2,
            "received_on": received,
            "deadline": received + timedelta(days=14 if complaint else 30),
            "note": "",
            "version": 1,
        },
    )
    steps = [(start, RequestEvent.SUBMIT, RequestState.SUBMITTED)]
    steps += [(start, RequestEvent.TAKE, RequestState.IN_REVIEW)]
    if not open_still:
        steps.append((done, CLOSED_BY[state], state))
    for at, event, after in steps:
        yield RequestStep, {"request_id": key, "at": at, "event": event, "state": after, "staff_id": agent}
    if complaint:
        answered = None if open_still else office_day(done)
        yield (
            Complaint,
            {"request_id": key, "subject": ComplaintSubject.BILL, "answered_on": answered, "deemed_on": None},
        )


if __name__ == "__main__":
    main()
