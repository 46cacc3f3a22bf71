"""Two agents at once: one reading is saved, the other agent is told; a double Enter saves once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from db.engine import Database, open_database
from db.office import House, Office
from db.operations.documents import issue_reading_confirmation
from db.operations.readings import record_reading
from db.policy import Policy
from db.records.people import Channel, Role, StaffMember
from db.records.readings import ReadingInput
from db.refusals import ReadingTaken
from tests.conftest import KEY, TestClock
from tests.db.builders import TODAY, Builder, desk, entry, rows
from tests.together import barrier, in_processes

PAIRS = 60
MEETINGS = 25


def many_meters(builder: Builder, count: int) -> list[str]:
    """Add that many meters, ten to a client, each read once in August."""
    meters = []
    for at in range(count):
        if at % 10 == 0:
            built = builder.client()
        number = f"5{at:07d}"
        key = builder.meter(builder.point(built.id, built.contract_id), number)
        builder.reading(key, TODAY.replace(month=8), 480, 480)
        meters.append(number)
    return meters


def submit(office: Office, meter: str, submission: str, state: int = 490) -> tuple[str, int]:
    """Record as a form does; return what the agent is told and the reading's id."""
    typed = ReadingInput(meter, state, TODAY, Channel.PHONE, submission, reason="rechecked")
    try:
        saved = office.do(record_reading, typed)
    except ReadingTaken as taken:
        return str(taken), 0
    return "repeated" if saved.repeated else "saved", saved.id


def submit_all(url: str, agent: StaffMember, work: list[tuple[str, str]]) -> list[tuple[str, int]]:
    """Run in a process of its own: hand in every reading."""
    database = open_database(url)
    house = House(database=database, clock=TestClock(), policy=Policy(), key=KEY)
    office = house.office(agent)
    told = [submit(office, meter, submission) for meter, submission in work]
    database.close()
    return told


def both(
    database: Database, agents: list[StaffMember], works: list[list[tuple[str, str]]]
) -> list[list[tuple[str, int]]]:
    url = database.url.render_as_string(hide_password=False)
    tasks = [(url, agent, work) for agent, work in zip(agents, works, strict=True)]
    return in_processes(submit_all, tasks, processes=2)


def test_two_agents_read_one_meter_at_once(house: House, builder: Builder) -> None:
    """T9: exactly one of the two is saved; the other is told whose stands there."""
    meters = many_meters(builder, MEETINGS)
    offices = [desk(house, builder), desk(house, builder)]
    meet = barrier(2)

    def work(at: int) -> list[tuple[str, int]]:
        told = []
        for meter in meters:
            meet.wait()
            told.append(submit(offices[at], meter, f"{at}-{meter}", 490 + at))
        return told

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(work, range(2))
    saved = {row["id"]: row for row in rows(house.database, "reading") if row["staff_id"]}
    assert len(saved) == MEETINGS
    for one, other in zip(first, second, strict=True):
        winner, loser = sorted((one, other), key=lambda told: told[0] != "saved")
        assert winner[0] == "saved"
        agent = next(office.actor for office in offices if office.actor.id == saved[winner[1]]["staff_id"])
        assert loser == (
            f"{agent.name} recorded the state {saved[winner[1]]['state']}"
            " for this meter and day at 22.11 10:00. Nothing was added.",
            0,
        )


def test_a_double_submit_from_two_processes_saves_once(house: House, builder: Builder) -> None:
    """T10: each pair of the same submission has one effect, and both are told of the same reading."""
    agent = builder.staff()
    work = [(meter, f"form-{meter}") for meter in many_meters(builder, PAIRS)]
    first, second = both(house.database, [agent, agent], [work, list(work)])
    assert [told[1] for told in first] == [told[1] for told in second]
    assert {told[0] for told in (*first, *second)} == {"saved", "repeated"}
    assert [{one[0], other[0]} for one, other in zip(first, second, strict=True)] == [
        {"saved", "repeated"}
    ] * PAIRS
    taken = [row for row in rows(house.database, "reading") if row["submission"]]
    assert len(taken) == PAIRS
    actions = [row["action"] for row in rows(house.database, "audit_entry")]
    assert actions.count("reading.recorded") == PAIRS


def test_two_forms_are_two_submissions(house: House, builder: Builder) -> None:
    """The control of T10: without the same submission the second is told, not acknowledged."""
    agent = builder.staff()
    meters = many_meters(builder, 10)
    works = [[(meter, f"{form}-{meter}") for meter in meters] for form in ("a", "b")]
    first, second = both(house.database, [agent, agent], works)
    assert sum(told[1] > 0 for told in (*first, *second)) == 10
    assert not any(told[0] == "repeated" for told in (*first, *second))


def test_the_submission_is_unique_in_the_database_too(house: House, builder: Builder) -> None:
    meter = many_meters(builder, 1)[0]
    submit(desk(house, builder), meter, "one")
    columns = (
        "meter_id, day, state, consumption, rollover, channel, estimated, needs_approval, note, findings"
    )
    twice = f"{columns}, submission, recorded_at"
    statement = sa.text(
        f"INSERT INTO reading ({twice}) SELECT {twice} FROM reading WHERE submission IS NOT NULL"
    )
    with (
        house.database.writer.connect() as connection,
        pytest.raises(sa.exc.IntegrityError),
    ):
        connection.execute(statement)


def test_numbers_of_documents_have_no_gap_when_many_issue_at_once(house: House, builder: Builder) -> None:
    """T7 in small: a series that did not exist is begun by many at the same instant."""
    chief = desk(house, builder, Role.SUPERVISOR)
    agent = desk(house, builder)
    keys = [
        agent.do(record_reading, entry(meter, 490, reason="rechecked")).id
        for meter in many_meters(builder, 16)
    ]
    meet = barrier(4)

    def issue(share: list[int]) -> list[str]:
        meet.wait()
        return [chief.do(issue_reading_confirmation, key).number for key in share]

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for share in pool.map(issue, [keys[at::4] for at in range(4)]) for number in share]
    assert sorted(numbers) == [f"P/2026/{at:07d}" for at in range(1, 17)]
