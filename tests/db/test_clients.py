"""The client card: what it shows, what it warns of, what it masks, what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.errors import NotAllowed, NotFound
from db.models import metadata
from db.office import House, Office
from db.operations.contacts import end_contact, start_contact
from db.operations.documents import issue_reading_confirmation
from db.operations.inbox import close_mail
from db.operations.readings import record_reading, void_reading
from db.queries.clients import client_card, client_number_of_meter
from db.queries.readings import list_readings, reading_form
from db.queries.utility import utility
from db.records.clients import ClientCard, ClientKind, MeterRole
from db.records.contacts import ContactEnd, Outcome, Purpose
from db.records.people import Channel, Role
from db.rules.levels import Level
from tests.conftest import OWN_PARTICULARS, TestClock
from tests.db.builders import TODAY, Builder, counted, desk, entry, last_access, plan_of, rows, scans
from tests.db.mailbag import mail, take_in, writer


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


def alerts(card: ClientCard) -> dict[str, str]:
    return {alert.code: alert.message % alert.params for alert in card.alerts}


def test_a_card_shows_who_where_and_the_meter_with_its_history(office: Office, builder: Builder) -> None:
    built = builder.household("102481")
    card = office.read(client_card, "102481")
    assert (card.number, card.name, card.kind) == ("102481", "Kowalska Żaneta", ClientKind.PERSON)
    assert card.supply_address is not None
    assert card.supply_address.line == "ul. Lipowa 4/12, 43-400 Przykładowo"
    assert (card.mailing_address, card.contact, card.contact_points) == (None, None, ())
    assert [party.name for party in card.contracts[0].parties] == ["Kowalska Żaneta"]
    (meter,) = card.meters
    assert meter.number == built.meter
    assert meter.last is not None
    assert (meter.last.state, meter.last.day, meter.last.consumption) == (487, date(2026, 8, 31), 12)
    assert (len(meter.monthly), meter.monthly[-4:]) == (24, (meter.monthly[-4], None, None, None))
    assert meter.monthly[-4] is not None, "August was read, the months after it were not"
    assert (meter.used_until, meter.used_year) == (date(2026, 8, 31), Decimal(47))
    assert meter.used_year_before is not None
    assert meter.average_per_month == Decimal("3.9")
    assert meter.expected_low is not None
    assert meter.expected_high is not None
    assert 487 <= meter.expected_low < 498 < meter.expected_high
    assert [line.state for line in meter.recent] == [487, 475, 463, 452, 440]


def test_leading_zeros_count_and_an_unknown_number_is_named(office: Office, builder: Builder) -> None:
    builder.client("000123")
    assert office.read(client_card, " 000123 ").number == "000123"
    for number in ("123", "0000123", "x" * 50):
        with pytest.raises(NotFound, match="no client"):
            office.read(client_card, number)


def test_the_meter_leads_to_its_client(office: Office, builder: Builder) -> None:
    built = builder.client("102481", meter="81234567")
    builder.meter(built.point_id, "70000001", removed_on=TODAY, removed_state=5)
    assert office.read(client_number_of_meter, "8123 4567") == "102481"
    assert office.read(client_number_of_meter, "70000001") == "102481"
    for number in ("999", "8" * 30):
        with pytest.raises(NotFound, match="no meter"):
            office.read(client_number_of_meter, number)


def test_parties_and_addresses_stand_as_filed(office: Office, builder: Builder) -> None:
    built = builder.client("102481")
    builder.add(
        "contract_party", contract_id=built.contract_id, position=2, last_name="[/x]", first_name="=1+1"
    )
    mailing = builder.add(
        "address", street=None, house="7", postal_code="43-401", town="Dolna",
        street_key="dolna", number_key="7", town_key="dolna",
    )  # fmt: skip
    builder.client("4410", company_name="KOWAL-BUD sp. z o.o.", nip="5260250274", mailing_address_id=mailing)
    person, business = office.read(client_card, "102481"), office.read(client_card, "4410")
    assert [(party.position, party.name) for party in person.contracts[0].parties] == [
        (1, "Kowalska Żaneta"),
        (2, "[/x] =1+1"),
    ]
    assert (business.name, business.nip, business.pesel) == ("KOWAL-BUD sp. z o.o.", "5260250274", None)
    assert business.mailing_address is not None
    assert business.mailing_address.line == "Dolna 7, 43-401 Dolna"


def test_meters_stand_in_the_order_of_use(office: Office, builder: Builder) -> None:
    built = builder.client("102481", meter="50000003", meter_removed_on=TODAY, meter_removed_state=9)
    builder.meter(built.point_id, "50000002", role=MeterRole.GARDEN)
    builder.meter(built.point_id, "50000001", replaces_id=built.meter_id, installed_on=TODAY)
    card = office.read(client_card, "102481")
    assert [meter.number for meter in card.meters] == ["50000001", "50000002", "50000003"]
    assert [meter.replaces for meter in card.meters] == ["50000003", None, None]
    assert card.meters[2].expected_low is None


def test_the_plot_goes_on_over_an_exchange_and_a_rollover(office: Office, builder: Builder) -> None:
    built = builder.client(
        "102481",
        meter_digits=4,
        meter_installed_state=9900,
        meter_installed_on=date(2024, 12, 31),
        meter_removed_on=date(2026, 6, 30),
        meter_removed_state=80,
    )
    builder.reading(built.meter_id, date(2025, 6, 30), 9960, 60)
    builder.reading(built.meter_id, date(2025, 12, 31), 20, 60, rollover=True)
    key = builder.meter(
        built.point_id, "70000001", installed_on=date(2026, 6, 30), replaces_id=built.meter_id
    )
    builder.reading(key, date(2026, 10, 31), 40, 40)
    card = office.read(client_card, "102481")
    meter = card.meters[0]
    assert [line.consumption for line in card.meters[1].recent] == [60, 60]
    known = [use for use in meter.monthly if use is not None]
    assert (len(known), meter.monthly[0], meter.monthly[-1]) == (22, None, None)
    assert sum(known) == pytest.approx(220, abs=Decimal("0.1"))
    assert min(known) > 9
    assert "meter_exchanged" not in alerts(card)


def test_alerts_say_what_to_know_before_speaking(office: Office, builder: Builder) -> None:
    built = builder.household(
        "102481", pesel=None, ends_on=date(2026, 10, 31), meter_verified_until=date(2026, 1, 31)
    )
    builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25), number="Z/2026/118")
    builder.contact_point(built.id, "email", "zaneta@example.com")
    for month in (9, 10, 11):
        builder.reading(built.meter_id, date(2026, month, 10), 480 + month, 1, channel=Channel.PHONE)
    builder.reading(built.meter_id, date(2026, 11, 11), 900, 413, needs_approval=True)
    garden = {"role": MeterRole.GARDEN, "verified_until": date(2026, 11, 1)}
    before = builder.meter(
        built.point_id, "70000001", removed_on=date(2026, 11, 2), removed_state=8, **garden
    )
    builder.meter(built.point_id, "70000002", installed_on=date(2026, 11, 2), replaces_id=before, **garden)
    card = office.read(client_card, "102481")
    assert alerts(card) == {
        "open_notice": f"notice Z/2026/118 of 2026-11-18 ({built.meter}): reading wanted by 2026-11-25",
        "reading_pending": f"reading 900 of 2026-11-11 ({built.meter}) waits for a supervisor",
        "contract_ended": "contract ended on 2026-10-31",
        "no_pesel": "no PESEL on file: to be completed",
        "email_unconfirmed": "e-mail not confirmed",
        "verification_expired": (
            f"verification of meter {built.meter} ended on 2026-01-31: we owe an exchange"
        ),
        "client_readings": (
            f"meter {built.meter}: 3 readings by the client in a row, a control reading is due"
        ),
        "meter_exchanged": "meter exchanged on 2026-11-02, now 70000002",
    }
    assert [alert.level.rank for alert in card.alerts] == sorted(
        (alert.level.rank for alert in card.alerts), reverse=True
    )
    assert card.meters[0].notice is not None
    assert any("not deducted" in alert.message for alert in card.alerts if alert.level is Level.WARN)


def test_a_quiet_client_has_no_alerts(office: Office, builder: Builder) -> None:
    built = builder.household("102481")
    builder.contact_point(built.id, "phone", "+48600123456")
    assert alerts(office.read(client_card, "102481")) == {}


def test_the_time_line_tells_everything_newest_first(
    house: House, office: Office, builder: Builder, clock: TestClock
) -> None:
    built = builder.household("102481")
    builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25), number="Z/2026/118")
    state = office.do(start_contact, "102481", Channel.PHONE)
    clock.forward(minutes=1)
    saved = office.for_contact(state.id).do(record_reading, entry(built.meter, 498))
    clock.forward(minutes=1)
    desk(house, builder, Role.SUPERVISOR).do(issue_reading_confirmation, saved.id)
    clock.forward(minutes=1)
    office.do(void_reading, saved.id, "heard wrong")
    office.do(end_contact, ContactEnd(state.id, Outcome.SOLVED, Purpose.READING))
    card = office.read(client_card, "102481")
    events = [(event.kind, event.message % event.params) for event in card.timeline]
    meter, agent = built.meter, office.actor.name
    assert events[:6] == [
        ("decision", f"meter {meter}: reading 498 of 2026-11-22 voided by {agent}"),
        ("document", f"document P/2026/0000001 issued by {rows(house.database, 'staff')[-1]['name']}"),
        ("reading", f"meter {meter}: reading 498, voided, phone"),
        ("contact", f"contact K/2026/0000001, phone, {agent}: reading, solved"),
        ("notice", f"meter {meter}: notice Z/2026/118 left, to be answered by 2026-11-25"),
        ("reading", f"meter {meter}: reading 487, 12 m³, field"),
    ]
    assert events[-2:] == [
        ("installation", f"meter {meter} installed, begins at 0"),
        ("contract", "contract U/2 begins"),
    ]


def test_a_long_past_is_cut_but_never_wrong(office: Office, builder: Builder, house: House) -> None:
    built = builder.client("102481")
    start = date(2022, 1, 1)
    daily = [
        {"meter_id": built.meter_id, "day": start + timedelta(days=at), "state": at, "consumption": 1}
        for at in range(1, 1400)
    ]
    with house.database.writer.connect() as connection, connection.begin():
        common = {
            "rollover": False, "channel": Channel.RADIO, "estimated": False, "needs_approval": False,
            "note": "", "findings": "[]", "recorded_at": house.clock(),
        }  # fmt: skip
        connection.execute(metadata.tables["reading"].insert(), [row | common for row in daily])
    card = office.read(client_card, "102481")
    assert len(card.timeline) == 100
    meter = card.meters[0]
    assert meter.average_per_month == pytest.approx(Decimal("30.4"), abs=Decimal("0.1"))
    assert meter.monthly[5] == 31, "May 2025"
    form = office.read(reading_form, built.meter)
    assert len(form.context.history) == 1200
    assert [line.consumption for line in office.read(list_readings, built.meter, limit=3)] == [1, 1, 1]


def test_mail_that_came_in_stands_on_the_time_line_of_its_client_alone(
    house: House, office: Office, builder: Builder
) -> None:
    own, other = writer(builder, number="102481"), writer(builder, number="102482", address="ob@example.org")
    strange = "nowy@example.org"
    first, *_rest = take_in(
        house,
        mail(said_subject="Stan   licznika " + "x" * 200),
        mail(sender="ob@example.org", said_subject="cudza"),
        mail(sender=strange, client_number="102481", said_subject="może moja"),
        mail(sender=strange, said_subject="niczyja"),
        mail(client_number="102482", said_subject="sprzeczna"),
    )

    def told(number: str) -> list[tuple[str, int | None]]:
        events = office.read(client_card, number).timeline
        return [
            (str(event.message % event.params), event.mail_id) for event in events if event.kind == "mail"
        ]

    (likely, _), (sure, opens) = told("102481")
    assert likely == "e-mail received, still open, not sure whose: może moja"
    assert sure.startswith("e-mail received, still open: Stan licznika xxx")
    assert (len(sure) < 120, opens) == (True, first)
    assert [words for words, _ in told("102482")] == ["e-mail received, still open: cudza"]
    # what is known of the address decides, not what was known when it came
    builder.contact_point(own.id, "email", strange)
    assert "e-mail received, still open: może moja" in [words for words, _ in told("102481")]
    assert "e-mail received, still open, not sure whose: niczyja" in [words for words, _ in told("102481")]
    builder.contact_point(other.id, "email", strange)
    assert "niczyja" not in str(told("102481"))
    # what was decided stays
    office.do(close_mail, first)
    assert f"e-mail received, closed: {sure.partition(': ')[2]}" in [words for words, _ in told("102481")]


def test_a_card_with_much_mail_costs_no_more_than_with_little(
    house: House, office: Office, builder: Builder
) -> None:
    writer(builder, number="102481")
    asked = []
    for count in (1, 119):
        take_in(house, *(mail(said_subject=str(at)) for at in range(count)))
        with counted(house.database) as statements:
            card = office.read(client_card, "102481")
        asked.append(len(statements))
        for text, values in statements:
            if text.startswith("SELECT") and "incoming_message" in text:
                plan = plan_of(house.database, text, values)
                assert "incoming_message" not in scans(plan), plan
    assert asked[0] == asked[1]
    assert len(card.timeline) == 100


def test_each_look_leaves_its_entry(house: House, office: Office, builder: Builder) -> None:
    built = builder.household("102481")
    state = office.do(start_contact, "102481", Channel.PHONE)
    served = office.for_contact(state.id)
    looks = (
        ("client card, level 0", lambda: served.read(client_card, "102481")),
        (f"reading form of meter {built.meter}", lambda: served.read(reading_form, built.meter)),
        (f"readings of meter {built.meter}", lambda: served.read(list_readings, built.meter)),
    )
    for scope, look in looks:
        before = len(rows(house.database, "access_entry"))
        look()
        assert len(rows(house.database, "access_entry")) == before + 1
        entry_ = last_access(house.database)
        assert (entry_["action"], entry_["scope"]) == ("VIEW", scope)
        assert (entry_["client_id"], entry_["contact_id"]) == (built.id, state.id)
        assert entry_["staff_login"] == office.actor.login
    before = len(rows(house.database, "access_entry"))
    with pytest.raises(NotFound):
        office.read(client_card, "999999")
    with pytest.raises(NotAllowed):
        desk(house, builder, Role.ADMIN).read(client_card, "102481")
    assert len(rows(house.database, "access_entry")) == before


def test_a_card_costs_the_same_for_a_flat_and_a_factory(
    house: House, office: Office, builder: Builder
) -> None:
    built = builder.household("102481")
    state = office.do(start_contact, "102481", Channel.PHONE)
    served = office.for_contact(state.id)
    with counted(house.database) as small:
        served.read(client_card, "102481")
    for at in range(45):
        key = builder.meter(built.point_id, f"7{at:07d}")
        if at < 12:
            builder.history(key, {date(2026, month, 28): month * 10 for month in range(1, 12)})
    with counted(house.database) as large:
        card = served.read(client_card, "102481")
    assert len(card.meters) == 40
    assert alerts(card)["many_meters"] == "more than 40 meters: the others open by their number"
    assert len(large) == len(small) <= 26
    assert office.read(client_number_of_meter, "70000044") == "102481"
    assert office.read(reading_form, "70000044").meter == "70000044"


def test_a_card_reads_no_table_from_end_to_end(house: House, office: Office, builder: Builder) -> None:
    built = builder.household("102481")
    state = office.do(start_contact, "102481", Channel.PHONE)
    with counted(house.database) as statements:
        office.for_contact(state.id).read(client_card, "102481")
        office.for_contact(state.id).do(record_reading, entry(built.meter, 498, reason="rechecked"))
    selects = [(text, values) for text, values in statements if text.startswith("SELECT")]
    assert len(selects) > 20
    for text, values in selects:
        plan = plan_of(house.database, text, values)
        assert not {name for name in scans(plan) if not name.startswith("anon")}, f"{text}\n{plan}"


def test_the_utility_stands_as_installed(office: Office) -> None:
    assert office.read(utility).name == OWN_PARTICULARS["name"]
