"""A confirmation as the office issues it, to be varied by the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from db.records.clients import MeterRole
from db.records.documents import Letterhead, ReadingConfirmation
from db.records.people import Channel
from db.records.readings import ReadingStatus

HEAD = Letterhead(
    name="Wodociągi i Kanalizacja Mirowice Sp. z o.o.",
    address_lines=("ul. Wodna 3", "43-400 Mirowice"),
    town="Mirowice",
    nip="5480000008",
    regon="070000009",
    phone="33 500 00 10",
    email="bok@wik-mirowice.example.pl",
    krs="0000123456",
)

CONFIRMATION = ReadingConfirmation(
    number="P/2026/000118",
    issued_on=date(2026, 11, 22),
    issued_at=datetime(2026, 11, 22, 9, 41, 7, tzinfo=UTC),
    letterhead=HEAD,
    client_number="123456",
    client_name="Łukasz Żółw",
    mailing_lines=("ul. Lipowa 4/12", "43-400 Mirowice"),
    supply_point="ul. Źródlana 7, 43-400 Mirowice",
    meter="81234567",
    role=MeterRole.MAIN,
    digits=5,
    state=1487,
    day=date(2026, 11, 21),
    previous_state=1465,
    previous_day=date(2026, 9, 21),
    consumption=22,
    channel=Channel.PHONE,
    agent="Anna Nowak",
    status=ReadingStatus.ACCEPTED,
    notice="Z/2026/04512",
)


def confirmation(**changes: Any) -> ReadingConfirmation:
    """Return the example with `changes`."""
    return replace(CONFIRMATION, **changes)
