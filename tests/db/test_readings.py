"""Recording readings: saved, refused, held; what a form is told; what stands afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.doors import DESK, operation
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.office import House, Office
from db.operations.contacts import start_contact
from db.operations.readings import record_reading
from db.queries.finding_text import dump_findings, load_findings
from db.queries.readings import list_readings, reading_form
from db.records.clients import MeterRole
from db.records.people import Channel, Role
from db.records.readings import ReadingInput, ReadingStatus
from db.refusals import Need, ReadingRefused, ReadingTaken
from db.rules.levels import FindingCode, Level
from db.rules.reading_checks import ReadingEntry, RepairKind, check_reading
from db.work import Work
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, BuiltClient, counted, desk, entry, last_access, rows


@pytest.fixture
def builder(house: House) -> Builder:
    return Builder(house.database)


@pytest.fixture
def built(builder: Builder) -> BuiltClient:
    """About 4 m³ a month, 487 on 31 August, an open notice."""
    built = builder.household("102481")
    builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25), number="Z/2026/118")
    return built


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


@operation(roles=DESK)
def record_and_fail(work: Work, typed: ReadingInput) -> None:
    record_reading(work, typed)
    raise Refused("no")


def codes(refused: ReadingRefused) -> set[FindingCode]:
    return {finding.code for finding in refused.findings}


def test_the_form_can_check_without_the_database(house: House, office: Office, built: BuiltClient) -> None:
    form = office.read(reading_form, built.meter)
    assert (form.client_number, form.client_name, form.meter) == (
        "102481",
        "Kowalska Żaneta",
        built.meter,
    )
    assert form.notice is not None
    assert (form.notice.number, form.verification_level) == ("Z/2026/118", 0)
    with counted(house.database) as statements:
        good = check_reading(ReadingEntry(498, TODAY, Channel.PHONE), form.context)
        red = check_reading(ReadingEntry(487123, TODAY, Channel.PHONE), form.context)
    assert statements == []
    assert (good.level, good.consumption, good.previous.state) == (Level.OK, 11, 487)
    assert RepairKind.RED_DIGITS in {repair.kind for repair in red.repairs}
    access = last_access(house.database)
    assert (access["action"], access["client_id"]) == ("VIEW", built.id)
    with pytest.raises(NotFound, match="no meter"):
        office.read(reading_form, "99999999")


def test_a_plausible_reading_is_saved_with_everything_it_is_tied_to(
    house: House, office: Office, built: BuiltClient
) -> None:
    contact = office.do(start_contact, "102481", Channel.PHONE)
    saved = office.for_contact(contact.id).do(record_reading, entry(built.meter, 498, note=" a\x00b "))
    assert (saved.status, saved.line.consumption, saved.findings) == (ReadingStatus.ACCEPTED, 11, ())
    row = rows(house.database, "reading")[-1]
    assert (row["contact_id"], row["staff_id"], row["note"]) == (contact.id, office.actor.id, "ab")
    assert row["notice_id"] == rows(house.database, "reading_notice")[0]["id"]
    assert row["recorded_at"] == house.clock()
    audit = rows(house.database, "audit_entry")[-1]
    assert (audit["action"], audit["client_id"], audit["contact_id"]) == (
        "reading.recorded",
        built.id,
        contact.id,
    )
    assert office.read(reading_form, built.meter).notice is None, "the notice is answered"


def test_a_day_before_the_notice_was_left_answers_no_notice(
    house: House, office: Office, built: BuiltClient
) -> None:
    typed = entry(built.meter, 497, day=date(2026, 11, 17))
    with pytest.raises(ReadingRefused, match="left later") as refused:
        office.do(record_reading, typed)
    assert codes(refused.value) == {FindingCode.NO_NOTICE}
    office.do(record_reading, replace(typed, reason="rechecked"))
    assert rows(house.database, "reading")[-1]["notice_id"] is None
    assert office.read(reading_form, built.meter).notice is not None, "the notice is still open"
    saved = office.do(record_reading, entry(built.meter, 498, day=date(2026, 11, 18)))
    assert saved.status is ReadingStatus.ACCEPTED


@pytest.mark.parametrize("channel", [Channel.FIELD, Channel.RADIO])
def test_an_agent_does_not_pass_the_notice_by_naming_the_companys_reader(
    house: House, office: Office, builder: Builder, channel: Channel
) -> None:
    built = builder.household("100001")
    typed = entry(built.meter, 498, channel=channel)
    with pytest.raises(NotAllowed, match="recorded by a supervisor"):
        office.do(record_reading, typed)
    with pytest.raises(NotAllowed, match="recorded by a supervisor"):
        office.do_approved(house.grant(builder.staff(Role.SUPERVISOR)), record_reading, typed)
    assert desk(house, builder, Role.SUPERVISOR).do(record_reading, typed).status is ReadingStatus.ACCEPTED


def test_the_same_submission_is_saved_once(
    house: House, office: Office, built: BuiltClient, clock: TestClock
) -> None:
    typed = entry(built.meter, 498)
    first = office.do(record_reading, typed)
    clock.forward(minutes=3)
    again = office.do(record_reading, typed)
    assert (again.id, again.repeated, again.line.recorded_at) == (first.id, True, first.line.recorded_at)
    assert len(rows(house.database, "reading")) == 6
    assert [row["action"] for row in rows(house.database, "audit_entry")].count("reading.recorded") == 1
    with pytest.raises(Refused, match="Open a new one"):
        office.do(record_reading, entry(built.meter, 499, submission=typed.submission))


def test_a_warning_needs_a_reason(house: House, office: Office, builder: Builder) -> None:
    meter = builder.household("100001").meter
    with pytest.raises(ReadingRefused) as refused:
        office.do(record_reading, entry(meter, 498))
    assert (refused.value.need, codes(refused.value)) == (Need.REASON, {FindingCode.NO_NOTICE})
    assert "no notice" in str(refused.value)
    for reason, note, sentence in (
        ("because", "", "no reason because"),
        ("other", " ", "Write into the note"),
    ):
        with pytest.raises(WrongInput, match=sentence):
            office.do(record_reading, entry(meter, 498, reason=reason, note=note))
    saved = office.do(record_reading, entry(meter, 498, reason="property_sale"))
    assert (saved.line.reason, [finding.code for finding in saved.findings]) == (
        "property_sale",
        [FindingCode.NO_NOTICE],
    )
    kept = load_findings(rows(house.database, "reading")[-1]["findings"])
    assert kept == saved.findings


def test_what_blocks_needs_a_supervisor_at_the_desk_or_is_held(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    with pytest.raises(ReadingRefused) as refused:
        office.do(record_reading, entry(built.meter, 900, reason="leak"))
    assert (refused.value.need, codes(refused.value)) == (Need.SIGN_OFF, {FindingCode.FAR_TOO_HIGH})
    supervisor = builder.staff(Role.SUPERVISOR)
    saved = office.do_approved(house.grant(supervisor), record_reading, entry(built.meter, 900))
    assert saved.status is ReadingStatus.ACCEPTED
    assert rows(house.database, "reading")[-1]["approved_by_id"] == supervisor.id
    other = builder.household("100002")
    held = office.do(record_reading, entry(other.meter, 900, hold=True))
    assert held.status is ReadingStatus.PENDING
    form = office.read(reading_form, other.meter)
    assert max(past.state for past in form.context.history) == 487, "what waits is no history"
    fine = office.do(record_reading, entry(other.meter, 498, reason="rechecked"))
    assert (fine.status, fine.line.consumption) == (ReadingStatus.ACCEPTED, 11)


def test_a_supervisor_does_not_sign_for_themselves(
    house: House, builder: Builder, built: BuiltClient
) -> None:
    chief = builder.staff(Role.SUPERVISOR)
    with pytest.raises(ReadingRefused):
        house.office(chief).do(record_reading, entry(built.meter, 900))
    with pytest.raises(NotAllowed, match="nobody signs for themselves"):
        house.office(chief).do_approved(house.grant(chief), record_reading, entry(built.meter, 900))


def test_nobody_signs_for_water_that_flows_back(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    approval = house.grant(builder.staff(Role.SUPERVISOR))
    with pytest.raises(ReadingRefused, match="void the wrong earlier reading") as refused:
        office.do_approved(approval, record_reading, entry(built.meter, 480))
    assert refused.value.need is Need.CORRECTION
    assert office.do(record_reading, entry(built.meter, 480, hold=True)).status is ReadingStatus.PENDING


@pytest.mark.parametrize(
    ("state", "day", "code"),
    [
        (100000, TODAY, FindingCode.STATE_TOO_LONG),
        (10**9, TODAY, FindingCode.STATE_TOO_LONG),
        (498, TODAY + timedelta(days=1), FindingCode.FUTURE_DAY),
        (498, date(2020, 1, 1), FindingCode.METER_NOT_INSTALLED),
    ],
)
def test_what_nobody_may_override(
    house: House,
    office: Office,
    builder: Builder,
    built: BuiltClient,
    state: int,
    day: date,
    code: FindingCode,
) -> None:
    typed = entry(built.meter, state, day=day, reason="leak", hold=True)
    with pytest.raises(ReadingRefused) as refused:
        office.do_approved(house.grant(builder.staff(Role.SUPERVISOR)), record_reading, typed)
    assert refused.value.need is Need.CORRECTION
    assert code in codes(refused.value)
    assert len(rows(house.database, "reading")) == 5


def test_a_negative_state_and_a_bad_submission_never_reach_the_checks(
    office: Office, built: BuiltClient
) -> None:
    with pytest.raises(WrongInput, match="never shows a negative"):
        office.do(record_reading, entry(built.meter, -1))
    for submission in ("", "x" * 41):
        with pytest.raises(ValueError, match="1 to 40"):
            office.do(record_reading, entry(built.meter, 498, submission=submission))
    with pytest.raises(NotFound):
        office.do(record_reading, entry("0", 498))
    with pytest.raises(WrongInput, match="Too long"):
        office.do(record_reading, entry(built.meter, 498, note="x" * 501))


def test_the_second_agent_is_told_who_came_first(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    office.do(record_reading, entry(built.meter, 498))
    other = desk(house, builder)
    for state in (498, 499):
        with pytest.raises(ReadingTaken) as told:
            other.do(record_reading, entry(built.meter, state, hold=True, reason="rechecked"))
        assert str(told.value) == (
            f"{office.actor.name} recorded the state 498 for this meter and day at 22.11 10:00."
            " Nothing was added."
        )


def test_two_readings_of_a_day_do_not_both_wait(office: Office, built: BuiltClient) -> None:
    office.do(record_reading, entry(built.meter, 900, hold=True))
    with pytest.raises(ReadingTaken, match="900"):
        office.do(record_reading, entry(built.meter, 901, hold=True))


def test_an_exception_after_the_write_leaves_nothing(
    house: House, office: Office, built: BuiltClient
) -> None:
    before = [len(rows(house.database, table)) for table in ("reading", "audit_entry", "access_entry")]
    with pytest.raises(Refused, match="no"):
        office.do(record_and_fail, entry(built.meter, 498))
    after = [len(rows(house.database, table)) for table in ("reading", "audit_entry", "access_entry")]
    assert after == before


def test_history_goes_on_over_an_exchange(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    gone = builder.client("100003", meter_removed_on=date(2026, 10, 1), meter_removed_state=492)
    builder.history(gone.meter_id, {date(2026, 3, 31): 466, date(2026, 6, 30): 479, date(2026, 8, 31): 487})
    builder.meter(gone.point_id, "70000001", installed_on=date(2026, 10, 1), replaces_id=gone.meter_id)
    form = office.read(reading_form, "70000001")
    assert [meter.number for meter in form.context.earlier_meters] == [gone.meter]
    check = check_reading(ReadingEntry(7, TODAY, Channel.FIELD), form.context)
    assert (check.level, check.previous.opening, check.consumption) == (Level.OK, True, 7)
    assert check.expectation.average_per_month is not None
    with pytest.raises(ReadingRefused) as refused:
        office.do(record_reading, entry(gone.meter, 495))
    assert codes(refused.value) == {FindingCode.METER_REMOVED}


def test_a_garden_meter_is_compared_with_its_main_one(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    builder.meter(built.point_id, "70000002", role=MeterRole.GARDEN, installed_on=date(2026, 8, 31))
    office.do(record_reading, entry(built.meter, 498))
    form = office.read(reading_form, "70000002")
    assert form.context.main_consumption == 11
    assert [other.number for other in form.context.other_meters] == [built.meter]
    with pytest.raises(ReadingRefused) as refused:
        office.do(record_reading, entry("70000002", 13, reason="more_use"))
    assert FindingCode.GARDEN_ABOVE_MAIN in codes(refused.value)
    assert office.do(record_reading, entry("70000002", 9, reason="more_use")).line.consumption == 9


def test_voided_rejected_and_waiting_readings_are_no_history(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    chief = builder.staff(Role.SUPERVISOR)
    for day, kind in ((date(2026, 9, 5), "voided"), (date(2026, 9, 6), "rejected"), (date(2026, 9, 7), "")):
        held = kind != "voided"
        key = builder.reading(built.meter_id, day, 700, 213, needs_approval=held)
        if kind:
            builder.add(
                "reading_decision",
                reading_id=key,
                kind=kind,
                reason="x",
                staff_id=chief.id,
                decided_at=house.clock(),
            )
    approved = builder.reading(built.meter_id, date(2026, 9, 8), 490, 3, needs_approval=True)
    builder.add(
        "reading_decision",
        reading_id=approved,
        kind="approved",
        reason="",
        staff_id=chief.id,
        decided_at=house.clock(),
    )
    form = office.read(reading_form, built.meter)
    assert max(form.context.history, key=lambda past: past.day).state == 490
    lines = office.read(list_readings, built.meter)
    assert [(line.state, line.status) for line in lines[:4]] == [
        (490, "accepted"),
        (700, "pending"),
        (700, "rejected"),
        (700, "voided"),
    ]
    assert (lines[0].consumption, len(office.read(list_readings, built.meter, limit=2))) == (3, 2)


def test_a_notice_counts_from_its_day_to_a_month_past_its_deadline(office: Office, builder: Builder) -> None:
    built = builder.household("100004")
    builder.notice(built.meter_id, date(2026, 8, 1), date(2026, 8, 8))  # answered on 31 August
    assert office.read(reading_form, built.meter).notice is None
    builder.notice(built.meter_id, date(2026, 10, 10), date(2026, 10, 22))
    assert office.read(reading_form, built.meter).notice is None, "31 days past its deadline"
    builder.notice(built.meter_id, date(2026, 10, 11), date(2026, 10, 23))
    with pytest.raises(ReadingRefused) as refused:
        office.do(record_reading, entry(built.meter, 498))
    assert codes(refused.value) == {FindingCode.NOTICE_OVERDUE}


def test_findings_come_back_with_their_types(office: Office, built: BuiltClient) -> None:
    form = office.read(reading_form, built.meter)
    for state in (487, 498, 540, 480, 900, 100000):
        findings = check_reading(ReadingEntry(state, TODAY, Channel.PHONE), form.context).findings
        assert load_findings(dump_findings(findings)) == findings
    assert load_findings('[{"code":"gone","level":"ok"}]') == ()


def test_a_form_costs_the_same_for_many_meters_and_readings(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    builder.meter(built.point_id, "60000000", role=MeterRole.GARDEN)
    with counted(house.database) as few:
        office.read(reading_form, built.meter)
    for at in range(1, 9):
        key = builder.meter(built.point_id, f"6{at:07d}", role=MeterRole.GARDEN)
        builder.history(key, {date(2026, month, 28): month for month in range(1, 11)})
    with counted(house.database) as many:
        office.read(reading_form, built.meter)
    assert len(few) == len(many) <= 16
