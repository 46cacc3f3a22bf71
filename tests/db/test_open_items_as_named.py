"""What the database sums up as open is what the rules leave open, whatever happened to an account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.engine import Database
from db.models import metadata
from db.office import House
from db.queries.reports import open_items
from db.records.clients import ClientKind
from db.records.money import InvoiceKind, LedgerKind, PaymentMethod
from db.rules.allocation import Credit, OpenItem, replay
from db.rules.grosze import to_grosze, to_zlotys
from tests.conftest import START
from tests.db.builders import Builder
from tests.db.test_open_items import BEGINS, histories

DAYS = (BEGINS + timedelta(days=9), BEGINS + timedelta(days=20))
ACCOUNTS = 60
KINDS = (*["invoice"] * 4, *["payment"] * 5, "interest", "refund", "reversal", "correction")
AMOUNTS = (*[1000] * 5, 2000, 500, 50)
EARLIER = timedelta(days=4)
MOST = 100
"""Keys of one history."""
Values = dict[str, Any]
Row = tuple[Any, ...]
Account = tuple[list[Any], list[OpenItem], list[Credit]]
Left = list[tuple[str, date, int]]


@pytest.fixture
def contract(database: Database) -> int:
    """A contract that all invoices are of: nobody asks."""
    return Builder(database).client().contract_id


@pytest.fixture
def bases() -> Iterator[int]:
    return count(MOST, MOST)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=True))
def test_what_is_summed_up_is_what_the_rules_leave_open(
    house: House, contract: int, bases: Iterator[int], chance: Random
) -> None:
    own = {next(bases): some_earlier(*histories(events_of(chance))) for _ in range(ACCOUNTS)}
    put(house.database, contract, {base: rows for base, (rows, _, _) in own.items()})
    found: dict[tuple[date, int], Left] = defaultdict(list)
    with Session(house.database.reader) as session:
        for day, item in open_items.open_items_on(session, DAYS):
            if item.client_id in own:
                found[day, item.client_id].append((item.kind.value, item.due_on, item.amount))
    wanted = {(day, base): left(*own[base][1:], day) for day in DAYS for base in own}
    assert {key: sorted(items) for key, items in found.items()} == {
        key: items for key, items in wanted.items() if items
    }


def test_an_account_whose_payments_name_what_they_pay_is_not_replayed(
    house: House, contract: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [("invoice", 1, 1000, 0, False), ("invoice", 1, 1000, 0, False), ("payment", 1, 50, 1, True)]
    put(house.database, contract, {MOST: histories(events)[0]})
    monkeypatch.setattr(open_items, "replay", None)
    with Session(house.database.reader) as session:
        amounts = [item.amount for item in open_items.open_items(session, DAYS[0])]
    assert amounts == [1000, 950]


def events_of(chance: Random) -> list[Any]:
    """Return what happened to an account, in which most payments name what they pay."""
    return [
        (
            chance.choice(KINDS),
            chance.randint(0, 4),
            chance.choice(AMOUNTS),
            chance.randint(0, 5),
            chance.random() < 0.8,
        )
        for _ in range(chance.randint(1, 9))
    ]


def some_earlier(rows: list[Any], items: list[OpenItem], credits_: list[Credit]) -> Account:
    """Return an account some of whose payments came before what they name was owed."""
    known = {one.id: replace(one, day=one.day - EARLIER if one.id % 4 == 0 else one.day) for one in credits_}
    moved = [(row[0], known[row[4]].day, *row[2:]) if row[3] == LedgerKind.PAYMENT else row for row in rows]
    return moved, items, list(known.values())


def left(items: list[OpenItem], credits_: list[Credit], day: date) -> Left:
    """Return what the rules leave open."""
    told = {item.id: item for item in items}
    amounts = replay(items, credits_, as_of=day).open
    return sorted(
        (told[key].kind.value, told[key].due_on, to_grosze(amount))
        for key, amount in amounts.items()
        if amount
    )


def put(database: Database, contract: int, accounts: dict[int, list[Any]]) -> None:
    """Write accounts to the tables, each with its client; keys are counted from that of the client."""
    person = {"kind": ClientKind.PERSON, "last_name": "X", "first_name": "Y", "name_key": "x y"}
    made = {"created_at": START, "version": 1}
    clients = [{"id": base, "number": f"{200_000 + base}", **person, **made} for base in accounts]
    entries = [
        (base, {"client_id": base, "day": row[1], "amount": to_zlotys(row[2])}, row)
        for base, rows in accounts.items()
        for row in rows
    ]
    insert(database, "client", clients)
    insert(
        database, "issued_document", (document(base, row) for base, _, row in entries if row[8] or row[12])
    )
    insert(database, "invoice", (invoice(base, row, contract) for base, _, row in entries if row[6]))
    insert(database, "payment", (payment(base, told, row) for base, told, row in entries if row[5]))
    insert(database, "ledger_entry", (entry(base, told, row) for base, told, row in entries))


def insert(database: Database, table: str, values: Iterable[Values]) -> None:
    if kept := list(values):
        with database.writer.connect() as connection, connection.begin():
            connection.execute(metadata.tables[table].insert(), kept)


def document(base: int, row: Row) -> Values:
    key, number = base + row[4], f"{row[8] or row[12]}/{base}"
    said = {"snapshot": "{}", "snapshot_sha256": "", "issued_at": START}
    return {"id": key, "kind": row[3], "serial": key, "number": number, "client_id": base, **said}


def invoice(base: int, row: Row, contract: int) -> Values:
    _, day, amount, kind, key, *_ = row
    days = {"starts_on": day, "ends_on": day, "issued_on": day, "due_on": row[7] or day}
    amounts = {"net": to_zlotys(amount), "vat": Decimal(0), "gross": to_zlotys(amount)}
    keys = {"id": base + row[6], "client_id": base, "contract_id": contract, "document_id": base + key}
    about = {"corrects_id": own(base, row[9]), "period": "202601", "serial": base + key, "round": base + key}
    return {**keys, **days, **amounts, **about, "kind": InvoiceKind(kind), "number": f"{row[8]}/{base}"}


def payment(base: int, told: Values, row: Row) -> Values:
    keys = {"id": base + row[5], "invoice_id": own(base, row[11]), "reverses_id": own(base, row[10])}
    made = {"method": PaymentMethod.TRANSFER, "recorded_at": START}
    return {**told, **keys, **made, "amount": -told["amount"]}


def entry(base: int, told: Values, row: Row) -> Values:
    keys = {"invoice_id": own(base, row[6]), "payment_id": own(base, row[5])}
    note = {"document_id": base + row[4] if row[12] else None}
    made = {"id": base + row[4], "kind": LedgerKind(row[3]), "due_on": row[7], "recorded_at": START}
    return {**told, **keys, **note, **made}


def own(base: int, key: int | None) -> int | None:
    return None if key is None else base + key
