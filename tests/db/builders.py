"""Small hand-made fixtures: staff, clients, meters, readings, notices, written straight to the tables."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from db.engine import Database
from db.models import metadata
from db.office import House, Office
from db.records.charges import Service
from db.records.clients import ClientKind, MeterRole
from db.records.people import Channel, Role, StaffMember
from db.records.readings import ReadingInput
from tests.conftest import START

TODAY = date(2026, 11, 22)
"""The office day of `tests.conftest.START`."""
PESEL = "44051401359"


@dataclass(frozen=True)
class BuiltClient:
    """What a builder made for one client."""

    id: int
    number: str
    contract_id: int
    point_id: int
    meter_id: int
    meter: str


@dataclass
class Builder:
    """Writes rows with sensible defaults; every keyword of a row may be given."""

    database: Database
    count: int = field(default=0)

    def add(self, table: str, **values: Any) -> int:
        """Insert one row and return its id."""
        with self.database.writer.connect() as connection, connection.begin():
            statement = metadata.tables[table].insert().values(**values)
            key = connection.execute(statement).inserted_primary_key
        return int(key[0]) if key else 0

    def next(self) -> int:
        self.count += 1
        return self.count

    def staff(self, role: Role = Role.AGENT, login: str = "", name: str = "") -> StaffMember:
        """Add a member of staff who cannot sign in."""
        login = login or f"{role.value}{self.next()}"
        name = name or f"Jan {login.title()}"
        key = self.add(
            "staff", login=login, name=name, role=role, password_hash="x", active=True,
            channel=Channel.PHONE, must_change_password=False, failures=0, created_at=START, version=1,
        )  # fmt: skip
        return StaffMember(id=key, login=login, name=name, role=role)

    def client(self, number: str = "", *, meter: str = "", **values: Any) -> BuiltClient:
        """Add a person (or, with `company_name`, a business) with a contract, a point and a meter."""
        at = self.next()
        business = "company_name" in values
        number = number or (f"{at:04d}" if business else f"{100000 + at}")
        meter_values = {key[6:]: values.pop(key) for key in list(values) if key.startswith("meter_")}
        contract = {"starts_on": date(2015, 1, 1), "signed_on": date(2014, 12, 15), "ends_on": None,
                    "tariff_group_id": None, "period_months": 1}  # fmt: skip
        contract |= {key: values.pop(key) for key in list(values) if key in contract}
        client: dict[str, Any] = {
            "number": number, "kind": ClientKind.BUSINESS if business else ClientKind.PERSON,
            "last_name": None if business else "Kowalska", "first_name": None if business else "Żaneta",
            "pesel": None if business else PESEL, "name_key": f"kowalska zaneta {at:05d}",
            "created_at": START, "version": 1,
        }  # fmt: skip
        client_id = self.add("client", **(client | values))
        contract_id = self.add("contract", number=f"U/{at}", client_id=client_id, **contract)
        self.add("contract_party", contract_id=contract_id, position=1, client_id=client_id)
        point_id = self.point(client_id, contract_id)
        meter = meter or f"8{at:07d}"
        meter_id = self.meter(point_id, meter, **meter_values)
        return BuiltClient(client_id, number, contract_id, point_id, meter_id, meter)

    def point(self, client_id: int, contract_id: int, **values: Any) -> int:
        """Add a supply point with its address."""
        address: dict[str, Any] = {
            "client_id": client_id, "street": "ul. Lipowa", "house": "4", "flat": "12",
            "postal_code": "43-400", "town": "Przykładowo",
            "street_key": "lipowa", "number_key": "4 12", "town_key": "przykladowo",
        }  # fmt: skip
        address_id = self.add("address", **(address | values))
        return self.add("supply_point", contract_id=contract_id, address_id=address_id, sewage=True)

    def meter(self, point_id: int, number: str, **values: Any) -> int:
        """Add a meter of 5 digits that was installed at 0."""
        meter: dict[str, Any] = {
            "number": number, "supply_point_id": point_id, "role": MeterRole.MAIN, "digits": 5,
            "verified_until": date(2029, 12, 31), "installed_on": date(2022, 1, 1),
            "installed_state": 0, "version": 1,
        }  # fmt: skip
        return self.add("meter", **(meter | values))

    def reading(self, meter_id: int, day: date, state: int, consumption: int = 0, **values: Any) -> int:
        """Add a reading that counts, taken by the company."""
        reading: dict[str, Any] = {
            "meter_id": meter_id, "day": day, "state": state, "consumption": consumption, "rollover": False,
            "channel": Channel.FIELD, "estimated": False, "needs_approval": False, "note": "",
            "findings": "[]", "recorded_at": START - timedelta(days=(TODAY - day).days),
        }  # fmt: skip
        return self.add("reading", **(reading | values))

    def history(self, meter_id: int, states: dict[date, int], **values: Any) -> list[int]:
        """Add readings with the use between them, the meter having begun at 0."""
        before, keys = 0, []
        for day, state in sorted(states.items()):
            keys.append(self.reading(meter_id, day, state, state - before, **values))
            before = state
        return keys

    def tariff(self, code: str = "G1", *prices: tuple[date, str, str, str], vat: str = "8") -> int:
        """Add a tariff group with prices of water, sewage and a standing month from each day on."""
        key = self.add("tariff_group", code=code, name="gospodarstwa domowe")
        for day, *amounts in prices or ((date(2020, 1, 1), "5.12", "7.80", "6.40"),):
            for service, amount in zip(Service, amounts, strict=True):
                self.add(
                    "tariff_price", group_id=key, service=service, starts_on=day, price=Decimal(amount),
                    vat_rate=Decimal(vat), approval="",
                )  # fmt: skip
        return key

    def notice(self, meter_id: int, left_on: date, deadline: date, **values: Any) -> int:
        """Add a meter reader's notice."""
        notice = {"number": f"Z/2026/{self.next():05d}", "reader": "Piotr Wąs", **values}
        return self.add("reading_notice", meter_id=meter_id, left_on=left_on, deadline=deadline, **notice)

    def contact_point(self, client_id: int, kind: str, value: str, verified_on: date | None = None) -> int:
        """Add a phone number (E.164) or an e-mail address."""
        return self.add("contact_point", client_id=client_id, kind=kind, value=value, verified_on=verified_on)

    def household(self, number: str = "", **values: Any) -> BuiltClient:
        """Add a client whose meter uses about 4 m³ a month, last read on 31 August at 487."""
        built = self.client(number, **values)
        self.history(
            built.meter_id,
            {
                date(2025, 8, 31): 440, date(2025, 11, 30): 452, date(2026, 2, 28): 463,
                date(2026, 5, 31): 475, date(2026, 8, 31): 487,
            },
        )  # fmt: skip
        return built


def rows(database: Database, table: str, *conditions: str) -> list[dict[str, Any]]:
    """Return the rows of a table, by their key."""
    found = metadata.tables[table]
    statement = sa.select(found).where(*map(sa.text, conditions)).order_by(*found.primary_key)
    with database.reader.connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


def last_access(database: Database) -> dict[str, Any]:
    """Return the newest access entry."""
    return rows(database, "access_entry")[-1]


@contextmanager
def counted(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are executed meanwhile, each with its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        seen.append((statement, parameters))

    engines = {database.reader, database.looker}  # the writer shares the reader's events
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", note)


def desk(house: House, builder: Builder, role: Role = Role.AGENT) -> Office:
    """Return the door of a new member of staff."""
    return house.office(builder.staff(role))


def entry(meter: str, state: int, **values: Any) -> ReadingInput:
    """Return a reading by phone, of today, each with a submission of its own unless given."""
    fields: dict[str, Any] = {"day": TODAY, "channel": Channel.PHONE, "submission": uuid.uuid4().hex}
    return ReadingInput(meter=meter, state=state, **(fields | values))


def plan_of(database: Database, statement: str, parameters: Any) -> str:
    """Return how the database would run it; PostgreSQL is told that a scan of a table costs much."""
    with database.reader.connect() as connection:
        if database.dialect == "sqlite":
            lines = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
            return "\n".join(str(line[3]) for line in lines)
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL enable_sort = off")
        lines = connection.exec_driver_sql("EXPLAIN " + statement, parameters)
        return "\n".join(str(line[0]) for line in lines)


def scans(plan: str) -> set[str]:
    """Return the tables that a plan reads from end to end without an index."""
    found = re.findall(r"(?:^|\s)SCAN (\w+)$|Seq Scan on (\w+)", plan, re.MULTILINE)
    return {sqlite or postgres for sqlite, postgres in found}
