"""Recording readings."""

from __future__ import annotations

from datetime import date

import pytest

from db.office import House
from db.operations.readings import record_reading
from db.queries.readings import list_readings, reading_form
from db.queries.worklists import work_counts, work_list
from db.records.people import Channel
from db.records.readings import ReadingStatus
from db.records.worklists import WorkListKind
from db.refusals import Need, ReadingRefused, ReadingTaken
from db.rules.reading_checks import ReadingEntry, check_reading
from tests.db.builders import TODAY, Builder, desk, entry, rows


@pytest.fixture
def builder(house: House) -> Builder:
    return Builder(house.database)


def test_form_check_and_record(house: House, builder: Builder) -> None:
    built = builder.household("102481")
    builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25))
    office = desk(house, builder)
    form = office.read(reading_form, built.meter)
    check = check_reading(ReadingEntry(498, TODAY, Channel.PHONE), form.context)
    assert check.level.value == "ok", check.findings
    typed = entry(built.meter, 498)
    saved = office.do(record_reading, typed)
    assert saved.status is ReadingStatus.ACCEPTED
    assert saved.line.consumption == 11
    again = office.do(record_reading, typed)
    assert again.repeated
    assert again.id == saved.id
    assert rows(house.database, "reading")[-1]["notice_id"] is not None
    with pytest.raises(ReadingTaken) as told:
        office.do(record_reading, entry(built.meter, 499))
    assert office.actor.name in str(told.value)
    assert "498" in str(told.value)
    with pytest.raises(ReadingRefused) as refused:
        office.do(record_reading, entry(built.meter, 487123))
    assert refused.value.need is Need.CORRECTION
    assert [line.state for line in office.read(list_readings, built.meter)][:2] == [498, 487]
    counts = office.read(work_counts)
    assert (counts.open_notices, counts.pending_readings) == (0, 0)
    for kind in WorkListKind:
        assert office.read(work_list, kind).items == ()
