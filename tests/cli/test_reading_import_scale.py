"""A file of 100,000 lines, three of them bad: few statements, whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.models import metadata
from db.office import House
from db.operations.reading_import import ImportRefused, import_readings
from db.queries.reading_import import judge_file
from db.records.clients import ClientKind, MeterRole
from db.records.people import Role
from db.rules.reading_file import parse_reading_file
from tests.conftest import START
from tests.db.builders import Builder, counted

METERS = 4_000
DAYS = 25
LINES = METERS * DAYS
FIRST = date(2026, 10, 1)
INSTALLED = date(2026, 1, 1)


def build_town(house: House) -> None:
    """Write `METERS` clients with a meter each, in a few statements."""
    keys = range(1, METERS + 1)
    tables: dict[str, list[dict[str, object]]] = {
        "client": [
            {
                "id": key, "number": f"{100_000 + key}", "kind": ClientKind.PERSON, "last_name": "Żółw",
                "first_name": "Anna", "name_key": "zolw anna", "created_at": START, "version": 1,
            }
            for key in keys
        ],
        "contract": [
            {
                "id": key, "number": f"U/{key}", "client_id": key, "signed_on": INSTALLED,
                "starts_on": INSTALLED, "period_months": 1,
            }
            for key in keys
        ],
        "address": [
            {
                "id": key, "client_id": key, "house": str(key), "postal_code": "43-400", "town": "Dolna",
                "street_key": "dolna", "number_key": str(key), "town_key": "dolna",
            }
            for key in keys
        ],
        "supply_point": [{"id": key, "contract_id": key, "address_id": key, "sewage": True} for key in keys],
        "meter": [
            {
                "id": key, "number": f"{80_000_000 + key}", "supply_point_id": key, "role": MeterRole.MAIN,
                "digits": 5, "verified_until": date(2029, 12, 31), "installed_on": INSTALLED,
                "installed_state": 0, "version": 1,
            }
            for key in keys
        ],
    }  # fmt: skip
    with house.database.writer.connect() as connection, connection.begin():
        for name, rows in tables.items():
            connection.execute(metadata.tables[name].insert(), rows)


def write_file(path: Path) -> None:
    """Write 25 days of 4,000 meters, lines 3, 50,000 and 100,001 bad."""
    bad = {3: "99999999;5;2026-10-01", 50_000: "80000007;12,5;2026-10-01", 100_001: "80000009;5;30.02.2026"}
    with path.open("w", encoding="cp1250") as file:
        file.write("Wodomierz;Stan;Dzień\n")
        for at in range(LINES):
            day, meter = divmod(at, METERS)
            line = f"{80_000_001 + meter};{100 + day};{FIRST + timedelta(days=day)}"
            file.write(bad.get(at + 2, line) + "\n")


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_100_000_lines_with_three_bad_ones(house: House, tmp_path: Path) -> None:
    build_town(house)
    file = tmp_path / "big.csv"
    write_file(file)
    office = house.office(Builder(house.database).staff(Role.SUPERVISOR))
    parsed = parse_reading_file(file.read_bytes())
    with counted(house.database) as statements:
        judged = office.read(judge_file, parsed)
        with pytest.raises(ImportRefused) as refused:
            office.do(import_readings, parsed, judged=judged)
    assert len(statements) < LINES / 200
    assert [(finding.line, finding.code) for finding in refused.value.judged.findings] == [
        (3, "unknown_meter"),
        (50_000, "wrong_state"),
        (100_001, "wrong_day"),
    ]
    assert count_readings(house) == 0
    with counted(house.database) as statements:
        assert office.do(import_readings, parsed, skip_bad=True, judged=judged).recorded == LINES - 3
    assert len(statements) < LINES / 100
    assert count_readings(house) == LINES - 3


def count_readings(house: House) -> int:
    statement = sa.select(sa.func.count()).select_from(metadata.tables["reading"])
    with house.database.reader.connect() as connection:
        return int(connection.execute(statement).scalar_one())
