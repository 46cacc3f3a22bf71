"""The life of e-invoices as a table, and the first day around the days off that move."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from db.errors import Refused
from db.records.consents import CONSENT_TEXTS, consent_text
from db.records.ebok import EInvoiceState
from db.records.people import Channel
from db.rules.einvoice import MOVES, REFUSALS, EInvoiceEvent, consent_confirms, first_day, moved
from db.rules.working_days import polish_holidays

TABLE = """
                 request    confirm    activate  change_address  withdraw
-                requested  no         no        no              no
requested        requested  confirmed  no        requested       withdrawn
confirmed        no         no         active    confirmed       withdrawn
active           no         no         no        active          withdrawn
withdrawn        requested  no         no        no              no
"""
_HEAD, *_LINES = (line.split() for line in TABLE.strip().splitlines())
CELLS = [
    (None if line[0] == "-" else EInvoiceState(line[0]), EInvoiceEvent(event), cell)
    for line in _LINES
    for event, cell in zip(_HEAD, line[1:], strict=True)
]


@pytest.mark.parametrize(("state", "event", "cell"), CELLS)
def test_every_state_meets_every_event(state: EInvoiceState | None, event: EInvoiceEvent, cell: str) -> None:
    if cell == "no":
        with pytest.raises(Refused) as told:
            moved(state, event)
        assert str(told.value).endswith(".")
    else:
        assert moved(state, event) is EInvoiceState(cell)


def test_the_table_is_whole() -> None:
    cells = set(product((None, *EInvoiceState), EInvoiceEvent))
    assert {(state, event) for state, event, _ in CELLS} == cells
    assert MOVES.keys() | REFUSALS.keys() == cells
    assert not MOVES.keys() & REFUSALS.keys()


FIRST_DAYS = """
2025-12-22 mon 2025-12-23   the day before the eve of Christmas Eve
2025-12-23 tue 2025-12-29   Christmas Eve is off since 2025, then a week-end
2025-12-24 wed 2025-12-29
2025-12-26 fri 2025-12-29
2024-12-23 mon 2024-12-24   in 2024 the Eve was a working day
2024-12-24 tue 2024-12-27
2026-12-23 wed 2026-12-28
2026-12-24 thu 2026-12-28
2026-12-31 thu 2027-01-04   New Year on a Friday
2025-12-31 wed 2026-01-02
2026-01-02 fri 2026-01-05
2026-01-05 mon 2026-01-07   Epiphany
2026-01-06 tue 2026-01-07
2027-01-05 tue 2027-01-07
2027-12-31 fri 2028-01-03
2026-04-02 thu 2026-04-03   Good Friday is no holiday in Poland
2026-04-03 fri 2026-04-07   Easter Monday
2026-04-05 sun 2026-04-07
2027-03-26 fri 2027-03-30
2026-04-30 thu 2026-05-04   1 May is a Friday, 3 May a Sunday
2026-05-01 fri 2026-05-04
2027-04-30 fri 2027-05-04   1 May a Saturday, 3 May a Monday
2025-04-30 wed 2025-05-02
2025-05-02 fri 2025-05-05
2026-06-03 wed 2026-06-05   Corpus Christi
2026-06-04 thu 2026-06-05
2027-05-26 wed 2027-05-28
2026-10-30 fri 2026-11-02   All Saints' is a Sunday
2027-10-29 fri 2027-11-02   and here a Monday
2026-11-10 tue 2026-11-12   Independence Day
2025-11-10 mon 2025-11-12
2026-11-20 fri 2026-11-23
2026-11-21 sat 2026-11-23
2026-11-22 sun 2026-11-23
2026-08-14 fri 2026-08-17   the Assumption is a Saturday
"""


@pytest.mark.parametrize("line", FIRST_DAYS.strip().splitlines())
def test_the_first_day_is_the_working_day_after_the_confirmation(line: str) -> None:
    confirmed, weekday, expected = line.split()[:3]
    day = date.fromisoformat(confirmed)
    assert f"{day:%a}".lower() == weekday
    holidays = {off for year in (day.year, day.year + 1) for off in polish_holidays(year)}
    assert first_day(day, holidays).isoformat() == expected


@pytest.mark.parametrize(
    ("channel", "level", "confirms"),
    [
        (Channel.PHONE, 3, True),
        (Channel.IN_PERSON, 3, True),
        (Channel.PHONE, 2, False),
        (Channel.PHONE, 0, False),
        (Channel.EBOK, 3, False),
        (Channel.LETTER, 3, False),
        (Channel.EMAIL, 3, False),
    ],
)
def test_only_a_verified_caller_confirms_by_consenting(channel: Channel, level: int, confirms: bool) -> None:
    assert consent_confirms(channel, level) is confirms


def test_consents_are_dated_and_name_the_address() -> None:
    days = [text.since for text in CONSENT_TEXTS]
    assert days == sorted(set(days))
    assert len({text.version for text in CONSENT_TEXTS}) == len(days)
    assert all(len(text.version) <= 12 and "%(email)s" in text.text for text in CONSENT_TEXTS)
    assert consent_text(date(2026, 11, 22)).version == "EF/2026/1"
    assert consent_text(date(2025, 12, 31)).version == "EF/2021/1"
    assert consent_text(date(2001, 1, 1)) is CONSENT_TEXTS[0]
