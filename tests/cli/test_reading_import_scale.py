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
from db.records.people import Role
from db.rules.reading_file import parse_reading_file
from tests.db.builders import Builder, counted
from tests.db.meter_town import build_meters

METERS = 4_000
DAYS = 25
LINES = METERS * DAYS
FIRST = date(2026, 10, 1)


def write_file(path: Path, meters: list[str]) -> None:
    """Write 25 days of `meters`, lines 3, 50,000 and 100,001 bad."""
    bad = {
        3: "99999999;5;2026-10-01",
        50_000: f"{meters[6]};12,5;2026-10-01",
        100_001: f"{meters[8]};5;30.02.2026",
    }
    with path.open("w", encoding="cp1250") as file:
        file.write("Wodomierz;Stan;Dzień\n")
        for at in range(LINES):
            day, meter = divmod(at, METERS)
            line = f"{meters[meter]};{100 + day};{FIRST + timedelta(days=day)}"
            file.write(bad.get(at + 2, line) + "\n")


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_100_000_lines_with_three_bad_ones(house: House, tmp_path: Path) -> None:
    file = tmp_path / "big.csv"
    write_file(file, build_meters(house, METERS, read=False))
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
