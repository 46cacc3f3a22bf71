"""Batches of readings: kept as they are typed, judged together, saved once, with a protocol."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.errors import NotAllowed, Refused, Stale, WrongInput
from db.office import House, Office
from db.operations.reading_batch import drop_rows, keep_rows, resume_batch, save_rows
from db.operations.readings import record_reading
from db.queries.reading_batch import batch_protocol, list_batches
from db.records.people import Channel, Role
from db.records.reading_batch import BatchHead, BatchRow, BatchState, JudgedRow, RowStanding
from db.records.reading_import import LineFault
from tests.db.builders import TODAY, Builder, BuiltClient, counted, desk, entry, rows
from tests.db.conftest import faults

DAY = "2026-11-20"


def head(channel: Channel = Channel.FIELD, **values: Any) -> BatchHead:
    fields: dict[str, Any] = {"token": uuid.uuid4().hex, "desk": "here", "channel": channel, "day": TODAY}
    return BatchHead(**(fields | values))


def row(line: int, place: str, state: str = "497", day: str = DAY, **values: Any) -> BatchRow:
    return BatchRow(line, place, state, day, **values)


def standings(judged: tuple[JudgedRow, ...]) -> dict[int, str]:
    return {said.line: said.standing.value for said in judged}


def codes(judged: tuple[JudgedRow, ...]) -> dict[int, list[str]]:
    return {said.line: [str(finding.code) for finding in said.findings] for said in judged}


def saved(house: House) -> list[dict[str, Any]]:
    return [found for found in rows(house.database, "reading") if found["submission"] is not None]


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    builder.staff(Role.ADMIN)  # or the check of the database finds none
    return desk(house, builder, Role.SUPERVISOR)


@pytest.fixture
def town(builder: Builder) -> list[BuiltClient]:
    """Three households, last read on 31 August at 487."""
    return [builder.household(f"12345{at}") for at in range(3)]


def test_good_rows_are_saved_and_the_doubtful_stay(
    house: House, office: Office, town: list[BuiltClient]
) -> None:
    batch = head()
    typed = [row(1, town[0].meter), row(2, town[1].meter, "9870"), row(3, "nobody"), row(4, town[2].number)]
    kept = office.do(keep_rows, batch, typed)
    assert standings(kept.judged) == {1: "good", 2: "doubtful", 3: "doubtful", 4: "good"}
    assert codes(kept.judged)[2] == ["far_too_high"]
    assert codes(kept.judged)[3] == [LineFault.UNKNOWN_METER]
    assert kept.judged[0].use == 10
    assert saved(house) == [], "nothing is recorded before it is saved"
    done = office.do(save_rows, batch.token, "here")
    assert (done.recorded, done.held, done.closed) == (2, 0, False)
    assert standings(done.judged) == {1: "recorded", 2: "doubtful", 3: "doubtful", 4: "recorded"}
    assert [(found["meter_id"], found["state"], found["day"]) for found in saved(house)] == [
        (town[0].meter_id, 497, date(2026, 11, 20)),
        (town[2].meter_id, 497, date(2026, 11, 20)),
    ]
    audit = [each["action"] for each in rows(house.database, "audit_entry")]
    assert audit[-3:] == ["reading.recorded", "reading.recorded", "readings.batch_saved"]
    assert faults(house) == []


def test_saving_again_books_nothing_twice(house: House, office: Office, town: list[BuiltClient]) -> None:
    batch = head()
    office.do(keep_rows, batch, [row(1, town[0].meter), row(2, town[1].meter)])
    assert office.do(save_rows, batch.token, "here").recorded == 2
    again = office.do(save_rows, batch.token, "here")
    assert (again.recorded, again.already, again.closed) == (0, 2, True)
    # the answer was lost, and the screen sends the same rows once more
    kept = office.do(keep_rows, batch, [row(1, town[0].meter, "498"), row(2, town[1].meter)])
    assert standings(kept.judged) == {1: "recorded", 2: "recorded"}
    assert len(saved(house)) == 2
    with pytest.raises(Refused):
        office.do(keep_rows, batch, [row(3, town[2].meter)])


def test_the_same_rows_kept_twice_are_kept_once(
    house: House, office: Office, town: list[BuiltClient]
) -> None:
    batch = head()
    for _ in range(2):
        assert office.do(keep_rows, batch, [row(1, town[0].meter)]).number == 1
    assert len(rows(house.database, "reading_batch_row")) == 1
    assert len(rows(house.database, "reading_batch")) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (row(1, ""), LineFault.NO_METER),
        (row(1, "999999"), LineFault.UNKNOWN_METER),
        (row(1, "M", "12,5"), LineFault.WRONG_STATE),
        (row(1, "M", "-5"), LineFault.WRONG_STATE),
        (row(1, "M", ""), LineFault.WRONG_STATE),
        (row(1, "M", "4o7"), LineFault.WRONG_STATE),
        (row(1, "M", day="30.02.2026"), LineFault.WRONG_DAY),
        (row(1, "M", day="jutro"), LineFault.WRONG_DAY),
        (row(1, "M", day="2026-11-23"), "future_day"),
        (row(1, "M", "1234567"), "state_too_long"),
        (row(1, "M", "400"), "below_previous"),
        (row(1, "M", "548", reason="other"), LineFault.WRONG_REASON),
        (row(1, "x" * 30), LineFault.NO_METER),
    ],
)
def test_what_is_wrong_is_said_beside_the_row_and_never_saved(
    house: House, office: Office, town: list[BuiltClient], typed: BatchRow, code: str
) -> None:
    typed = replace(typed, place=town[0].meter if typed.place == "M" else typed.place)
    batch = head()
    (said,) = office.do(keep_rows, batch, [typed]).judged
    assert said.standing is RowStanding.DOUBTFUL
    assert str(said.findings[0].code) == code
    assert office.do(save_rows, batch.token, "here").recorded == 0
    assert saved(house) == []


def test_a_clients_number_stands_for_the_only_meter_in_use(
    house: House, office: Office, builder: Builder, town: list[BuiltClient]
) -> None:
    removed = {"removed_on": date(2025, 1, 1), "removed_state": 400}
    builder.meter(town[0].point_id, "70000009", **removed)
    garden = builder.meter(town[1].point_id, "70000001")
    alone = builder.client("654321", meter_removed_on=TODAY, meter_removed_state=5)
    batch = head()
    typed = [
        row(1, town[0].number),
        row(2, town[1].number),
        row(3, alone.number),
        row(4, " 7000 0001 ", "12"),
    ]
    kept = office.do(keep_rows, batch, typed)
    assert {said.line: said.meter for said in kept.judged} == {1: town[0].meter, 2: "", 3: "", 4: "70000001"}
    several = kept.judged[1].findings[0]
    assert several.code == LineFault.SEVERAL_METERS
    assert several.params["meters"] == f"70000001, {town[1].meter}"
    assert kept.judged[2].findings[0].code == LineFault.SEVERAL_METERS
    assert office.do(save_rows, batch.token, "here").recorded >= 1
    assert garden not in [found["meter_id"] for found in saved(house)][:1]


def test_a_number_that_is_a_meters_and_another_clients_is_doubtful(
    office: Office, builder: Builder, town: list[BuiltClient]
) -> None:
    builder.client("777777", meter="123450")
    (said,) = office.do(keep_rows, head(), [row(1, "123450", "12")]).judged
    assert said.findings[0].code == LineFault.TWO_MEANINGS
    assert said.findings[0].params["meters"] == town[0].meter


def test_rows_of_one_meter_are_judged_with_each_other(office: Office, town: list[BuiltClient]) -> None:
    batch = head()
    meter = town[0].meter
    assert standings(office.do(keep_rows, batch, [row(1, meter)]).judged) == {1: "good"}
    kept = office.do(keep_rows, batch, [row(2, meter, "498"), row(3, meter, "494", "2026-10-31")])
    assert standings(kept.judged) == {1: "good", 2: "doubtful", 3: "good"}
    assert codes(kept.judged)[2] == ["same_day"]
    assert {said.line: said.use for said in kept.judged} == {1: 3, 2: 4, 3: 7}
    # the twin is corrected: the row that it stood in the way of is answered for too
    kept = office.do(keep_rows, batch, [row(1, town[1].meter)])
    assert standings(kept.judged) == {1: "good", 2: "good", 3: "good"}
    assert office.do(save_rows, batch.token, "here").recorded == 3


def test_a_reason_lets_a_warning_pass_and_hold_keeps_what_blocks_for_a_supervisor(
    house: House, office: Office, town: list[BuiltClient]
) -> None:
    batch = head()
    typed = [
        row(1, town[0].meter, "548", reason="leak"),
        row(2, town[1].meter, "9870", hold=True),
        row(3, town[2].meter, "548", hold=True),
    ]
    kept = office.do(keep_rows, batch, typed)
    assert standings(kept.judged) == {1: "good", 2: "good", 3: "doubtful"}, "a warning asks for a reason"
    done = office.do(save_rows, batch.token, "here")
    assert (done.recorded, done.held) == (1, 1)
    assert standings(done.judged) == {1: "recorded", 2: "held", 3: "doubtful"}
    assert [(found["reason"], found["needs_approval"]) for found in saved(house)] == [
        ("leak", False),
        (None, True),
    ]


def test_a_row_that_is_still_typed_is_kept_but_not_saved(
    house: House, office: Office, town: list[BuiltClient]
) -> None:
    batch = head()
    typed = [row(1, town[0].meter, "", done=False), row(2, town[1].meter, "497", done=False)]
    kept = office.do(keep_rows, batch, typed)
    assert standings(kept.judged) == {1: "begun", 2: "begun"}
    assert [said.use for said in kept.judged] == [None, 10], "what is typed so far is judged already"
    assert office.do(save_rows, batch.token, "here").recorded == 0
    draft = office.do(resume_batch, "here")
    assert draft is not None
    assert [(each.state, each.done) for each in draft.rows] == [("", False), ("497", False)]


def test_what_was_kept_is_offered_back_and_the_other_screen_keeps_out(
    office: Office, town: list[BuiltClient]
) -> None:
    assert office.do(resume_batch, "there") is None
    batch = head()
    office.do(keep_rows, batch, [row(1, town[0].meter), row(2, town[1].meter)])
    office.do(save_rows, batch.token, "here")
    office.do(keep_rows, batch := head(), [row(5, "nobody"), row(6, town[2].meter)])
    draft = office.do(resume_batch, "there")
    assert draft is not None
    assert (draft.token, draft.line.number, draft.last, draft.day) == (batch.token, 2, 6, TODAY)
    assert [each.place for each in draft.rows] == ["nobody", town[2].meter]
    assert standings(draft.judged) == {5: "doubtful", 6: "good"}
    for late in (
        lambda: office.do(keep_rows, batch, [row(7, town[0].meter)]),
        lambda: office.do(save_rows, batch.token, "here"),
        lambda: office.do(drop_rows, batch.token, "here", [5]),
    ):
        with pytest.raises(Stale):
            late()
    assert office.do(save_rows, batch.token, "there").recorded == 1


def test_a_dropped_row_stands_in_the_protocol_and_ends_the_batch(
    house: House, office: Office, town: list[BuiltClient]
) -> None:
    batch = head()
    office.do(keep_rows, batch, [row(1, town[0].meter), row(2, "nobody"), row(3, town[1].meter, "9999")])
    office.do(save_rows, batch.token, "here")
    for _ in range(2):
        assert standings(office.do(drop_rows, batch.token, "here", [2]).judged) == {2: "dropped"}
    protocol = office.read(batch_protocol, 1)
    assert protocol.line.state is BatchState.OPEN
    assert [(each.line, each.standing.value, each.place) for each in protocol.rows] == [
        (1, "recorded", town[0].meter),
        (2, "dropped", "nobody"),
        (3, "doubtful", town[1].meter),
    ]
    assert protocol.rows[1].findings[0].message.startswith("There is no meter and no client")
    assert protocol.rows[0].reading == saved(house)[0]["id"]
    assert protocol.rows[0].use == 10
    office.do(drop_rows, batch.token, "here", [3])
    (line,) = office.read(list_batches)
    assert (line.recorded, line.held, line.dropped, line.waiting) == (1, 0, 2, 0)
    assert line.state is BatchState.CLOSED
    assert office.do(resume_batch, "here") is None
    assert faults(house) == []


def test_rows_judged_long_ago_are_judged_again_when_they_are_saved(
    house: House, office: Office, town: list[BuiltClient]
) -> None:
    batch = head()
    office.do(keep_rows, batch, [row(1, town[0].meter), row(2, town[1].meter)])
    office.do(record_reading, entry(town[0].meter, 500, day=date(2026, 11, 20), reason="rechecked"))
    done = office.do(save_rows, batch.token, "here")
    assert standings(done.judged) == {1: "doubtful", 2: "recorded"}
    assert codes(done.judged)[1] == ["same_day"]


def test_agents_neither_say_that_the_company_read_nor_touch_others_batches(
    house: House, builder: Builder, office: Office, town: list[BuiltClient]
) -> None:
    agent = desk(house, builder)
    with pytest.raises(NotAllowed, match="by a supervisor"):
        agent.do(keep_rows, head(), [row(1, town[0].meter)])
    batch = head()
    office.do(keep_rows, batch, [row(1, town[0].meter)])
    for wrong in (
        lambda: agent.do(keep_rows, batch, [row(2, town[1].meter)]),
        lambda: agent.do(save_rows, batch.token, "here"),
        lambda: agent.do(resume_batch, "here", 1),
        lambda: agent.read(batch_protocol, 1),
    ):
        with pytest.raises(NotAllowed):
            wrong()
    assert agent.read(list_batches) == ()
    own = head(Channel.LETTER)
    (said,) = agent.do(keep_rows, own, [row(1, town[1].meter)]).judged
    assert [str(finding.code) for finding in said.findings] == ["no_notice"]
    with pytest.raises(NotAllowed):
        agent.do(keep_rows, replace(own, channel=Channel.FIELD), [row(2, town[2].meter)])
    assert len(office.read(list_batches)) == 2
    assert office.do(resume_batch, "there", 2) is not None


def test_another_channel_holds_for_every_row(office: Office, town: list[BuiltClient]) -> None:
    batch = head(Channel.LETTER)
    assert standings(office.do(keep_rows, batch, [row(1, town[0].meter)]).judged) == {1: "doubtful"}
    batch = replace(batch, channel=Channel.FIELD)
    assert standings(office.do(keep_rows, batch, [row(1, town[0].meter)]).judged) == {1: "good"}


def test_a_set_of_rows_is_judged_by_a_few_statements(house: House, office: Office, builder: Builder) -> None:
    meters = [builder.household().meter for _ in range(30)]
    batch = head()
    office.do(keep_rows, batch, [row(1, meters[0])])
    counts = []
    for size in (2, 29):
        with counted(house.database) as statements:
            office.do(keep_rows, batch, [row(at + 1, meters[at]) for at in range(1, 1 + size)])
        counts.append(len(statements))
    assert counts[0] == counts[1] < 25
    with counted(house.database) as statements:
        assert office.do(save_rows, batch.token, "here").recorded == 30
    assert len(statements) < 45


def test_what_no_field_holds_is_refused(office: Office) -> None:
    for wrong in (
        row(0, "1"),
        row(2_001, "1"),
        row(1, "x" * 41),
        row(1, "1", "9" * 41),
        row(1, "1", reason="?"),
    ):
        with pytest.raises(WrongInput):
            office.do(keep_rows, head(), [wrong])


def test_two_agents_type_the_same_list_at_once_and_each_reading_is_saved_once(
    house: House, builder: Builder
) -> None:
    """Whoever comes second is told so row by row; nothing is recorded twice."""
    meters = [builder.household().meter for _ in range(20)]
    offices = [desk(house, builder, Role.SUPERVISOR) for _ in range(2)]
    batches = [head(desk=f"desk {at}") for at in range(2)]
    start = threading.Barrier(2)
    totals: list[int] = []
    errors: list[BaseException] = []

    def work(at: int) -> None:
        try:
            start.wait()
            order = meters if at == 0 else meters[::-1]
            for line, meter in enumerate(order, start=1):
                offices[at].do(keep_rows, batches[at], [row(line, meter)])
            totals.append(offices[at].do(save_rows, batches[at].token, f"desk {at}").recorded)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sum(totals) == 20
    assert len(saved(house)) == 20
    left = rows(house.database, "reading_batch_row")
    assert len(left) == 20
    builder.staff(Role.ADMIN)
    assert faults(house) == []
