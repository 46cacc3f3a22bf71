"""The inbox: each message kept once, and judged by what is true now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.clock import office_day
from db.engine import Database
from db.office import SYSTEM, House
from db.operations.inbox_intake import take_in_mail
from db.queries.inbox import inbox_counts, inbox_message, inbox_page, mail_source
from db.records.clients import MeterRole
from db.records.incoming import (
    ArrivedMail,
    Certainty,
    ClientClue,
    InboxFilter,
    TakenMail,
)
from db.records.people import Role
from db.rules.levels import Level
from tests.db.builders import Builder, counted, desk, last_access, plan_of, rows, scans
from tests.db.mailbag import OWN, SENT, again, lines, mail, state, take_in, writer

DAY = office_day(SENT)


def test_each_message_is_kept_once_with_its_source(house: House, database: Database) -> None:
    office = house.office(SYSTEM)
    first = mail(state("499"))
    taken = office.do(take_in_mail, [first, again(first), first])
    assert taken == TakenMail(new=1, known=2, unreadable=0)
    assert office.do(take_in_mail, [again(first)]) == TakenMail(0, 1, 0)
    (source,) = rows(database, "incoming_source")
    assert source["raw"] == first.raw
    assert source["size"] == len(first.raw)


def test_a_forged_message_id_makes_another_message(house: House) -> None:
    first = mail(state("499"))
    assert first.text is not None
    forged = replace(first, raw=first.raw.replace(b"stan.", b"stan 1."), text=replace(first.text, text="x"))
    assert len(take_in(house, first, forged)) == 2


def test_without_a_message_id_all_of_it_tells_messages_apart(house: House) -> None:
    plain = mail(state("499"), said_message_id="")
    raw = plain.raw.replace(b"Message-ID: \r\n", b"")
    other = replace(plain, raw=b"Received: later\r\n" + raw)
    assert len(take_in(house, replace(plain, raw=raw), other, replace(plain, raw=raw))) == 2


def test_the_same_message_ten_thousand_times_is_one(house: House, database: Database) -> None:
    office, message = house.office(SYSTEM), mail(state("499"))
    for _ in range(20):
        office.do(take_in_mail, [message] * 500)
    assert len(rows(database, "incoming_message")) == 1
    assert len(rows(database, "incoming_source")) == 1


def test_what_cannot_be_read_is_kept_and_listed(house: House, builder: Builder) -> None:
    office = house.office(SYSTEM)
    bad = ArrivedMail(b"\x00\xff not a mail at all", None, None, "It is no e-mail message.")
    assert office.do(take_in_mail, [bad]) == TakenMail(1, 0, 1)
    (line,) = lines(office)
    assert (line.unread, line.sure, line.whose.certainty) == (True, False, Certainty.UNKNOWN)
    assert office.read(inbox_message, line.id).troubles == ("It is no e-mail message.",)
    boss = desk(house, builder, Role.SUPERVISOR)
    assert boss.read(mail_source, line.id) == bad.raw
    assert last_access(house.database)["action"] == "EXPORT"


def test_hostile_text_is_stored_by_either_database(house: House) -> None:
    nasty = "a\x00b \ud800 \u202e [/x] =1+1 \x1b[2J"
    (key,) = take_in(house, mail(state("4\x00"), text=nasty, said_sender_name=nasty * 90))
    message = house.office(SYSTEM).read(inbox_message, key)
    assert len(message.text) == len(nasty)
    assert "\x00" not in message.text + message.line.sender_name


def test_a_confirmed_sender_with_one_meter_is_sure(house: House, builder: Builder) -> None:
    built = writer(builder)
    take_in(house, mail(state("499.35")))
    office = desk(house, builder)
    (line,) = lines(office)
    assert line.sure
    assert line.whose.client_number == built.number
    assert line.whose.clues == ((ClientClue.CONFIRMED_SENDER, built.number),)
    assert line.sender == "z***@example.org"
    (reading,) = line.readings
    assert (reading.meter, reading.state, reading.stated) == (built.meter, 499, "499.35")
    assert (reading.previous_state, reading.consumption, reading.level) == (487, 12, Level.OK)
    assert reading.day == DAY
    assert reading.notice is not None
    assert office.read(inbox_message, line.id).line.sender == OWN


@pytest.mark.parametrize(
    ("sender", "understood", "certainty"),
    [
        ("obcy@example.org", {}, Certainty.UNKNOWN),
        ("obcy@example.org", {"client_number": "100001"}, Certainty.LIKELY),
        ("obcy@example.org", {"client_number": "100001", "meters": ("80000001",)}, Certainty.LIKELY),
        (OWN, {"client_number": "100001"}, Certainty.SURE),
        (OWN, {"client_number": "999999"}, Certainty.LIKELY),
        (OWN, {"client_number": "100002"}, Certainty.CONTRADICTION),
        (OWN, {"meters": ("8000 0002",)}, Certainty.CONTRADICTION),
        ("obcy@example.org", {"phone": "600 100 200"}, Certainty.LIKELY),
        (OWN, {"phone": "600 100 300"}, Certainty.CONTRADICTION),
    ],
)
def test_whose_it_is(
    house: House, builder: Builder, sender: str, understood: dict[str, Any], certainty: Certainty
) -> None:
    built = writer(builder, number="100001", meter="80000001")
    other = builder.household(number="100002", meter="80000002")
    builder.contact_point(built.id, "phone", "+48600100200")
    builder.contact_point(other.id, "phone", "+48600100300")
    take_in(house, mail(state("499"), sender=sender, **understood))
    (line,) = lines(desk(house, builder))
    assert line.whose.certainty is certainty
    expected = "100001" if certainty in (Certainty.SURE, Certainty.LIKELY) else None
    assert line.whose.client_number == expected
    assert line.sure is (certainty is Certainty.SURE)
    if expected is None:
        assert all(reading.meter is None for reading in line.readings)


def test_main_and_garden_are_told_apart_and_judged_together(house: House, builder: Builder) -> None:
    built = writer(builder)
    garden = builder.meter(built.point_id, "90000009", role=MeterRole.GARDEN)
    builder.history(garden, {date(2026, 8, 31): 100})
    take_in(
        house,
        mail(state("499"), state("105", role=MeterRole.GARDEN)),
        mail(state("499")),
        mail(state("499", "80000001"), state("500", "80000001")),
    )
    both, one, twice = lines(desk(house, builder))
    assert [reading.meter for reading in both.readings] == [built.meter, "90000009"]
    assert [reading.meter for reading in one.readings] == [None]
    assert [reading.meter for reading in twice.readings] == [None, None]
    assert not one.sure
    assert not twice.sure


def test_a_page_costs_the_same_however_many_messages(house: House, builder: Builder) -> None:
    office = desk(house, builder)
    for at in range(12):
        writer(builder, address=f"k{at}@example.org")
    senders = [f"k{at}@example.org" for at in range(12)]
    take_in(house, mail(state("499"), sender=senders[0]), mail(state("499"), sender=senders[1]))
    with counted(house.database) as few:
        assert all(line.sure for line in lines(office))
    take_in(house, *(mail(state("499"), sender=sender) for sender in senders))
    with counted(house.database) as many:
        assert len(lines(office)) == 14
    assert len(many) == len(few)


def test_a_page_reads_no_table_from_end_to_end(house: House, builder: Builder) -> None:
    built = writer(builder)
    one: dict[str, Any] = {"client_number": built.number, "meters": (built.meter,), "phone": "600 100 200"}
    take_in(house, mail(state("499"), invoice_number="FAK/202611/0000001/100001/20261122", **one))
    office = desk(house, builder)
    with counted(house.database) as seen:
        (line,) = lines(office)
        office.read(inbox_message, line.id)
        office.read(inbox_counts)
    large = {"client", "contact_point", "contract", "meter", "reading", "invoice", "incoming_message"}
    for statement, parameters in seen:
        if statement.startswith("SELECT"):
            assert not scans(plan_of(house.database, statement, parameters)) & large, statement


def test_pages_go_on_behind_each_other(house: House, builder: Builder) -> None:
    writer(builder)
    take_in(house, *(mail(state("499"), sender=OWN if at % 2 else "x@example.org") for at in range(9)))
    office = desk(house, builder)
    wanted, seen, after = InboxFilter(doubtful=False), list[int](), None
    while True:
        page = office.read(inbox_page, wanted, after=after, limit=3)
        seen += [line.id for line in page.lines]
        if not page.more:
            break
        after = page.next_after
    assert len(seen) == 4
    assert seen == sorted(seen)
    counts = office.read(inbox_counts)
    assert (counts.new, counts.sure, counts.doubtful, counts.mine) == (9, 4, 5, 0)


def test_the_thread_is_shown(house: House, builder: Builder) -> None:
    writer(builder)
    first = mail(state("499"))
    assert first.text is not None
    root = first.text.message_id
    one, two = take_in(house, first, mail(said_references=(root, "<b@x>"), said_in_reply_to="<b@x>"))
    office = desk(house, builder)
    assert [line.id for line in office.read(inbox_message, one).thread] == [two]
    assert [line.id for line in office.read(inbox_message, two).thread] == [one]


def test_a_look_leaves_its_entry_on_the_card(house: House, builder: Builder) -> None:
    built = writer(builder)
    (key,) = take_in(house, mail(state("499")))
    office = desk(house, builder)
    lines(office)
    assert last_access(house.database)["scope"] == "inbox, 1 lines"
    office.read(inbox_message, key)
    found = last_access(house.database)
    assert (found["client_id"], found["scope"]) == (built.id, f"incoming mail {key}")


def test_a_wild_clock_makes_no_day(house: House, builder: Builder) -> None:
    writer(builder)
    far = SENT.replace(year=2031)
    take_in(house, mail(state("499"), said_sent_at=far), mail(state("499"), said_sent_at=None))
    assert [line.readings[0].day for line in lines(desk(house, builder))] == [date(2026, 11, 22)] * 2


def test_repairs_are_offered_for_an_opened_message(house: House, builder: Builder) -> None:
    writer(builder)
    (key,) = take_in(house, mail(state("499350")))
    message = desk(house, builder).read(inbox_message, key)
    assert not message.line.sure
    assert [repair.state for repair in message.line.readings[0].repairs] == [499]


def test_a_manager_of_houses_writes_about_forty_meters(house: House, builder: Builder) -> None:
    """All of them are looked up, the last one as well as the first, in no more statements than for one."""
    manager = writer(builder)
    numbers = [manager.meter, *(f"7{at:07d}" for at in range(1, 40))]
    for number in numbers[1:]:
        meter = builder.meter(manager.point_id, number)
        builder.reading(meter, date(2026, 8, 31), 480)
        builder.notice(meter, date(2026, 11, 8), date(2026, 11, 30))
    states = [state("499", number) for number in numbers]
    few, all_ = take_in(
        house,
        mail(*states[:1], meters=(numbers[0],)),
        mail(*states, meters=tuple(numbers)),
    )
    office = desk(house, builder)
    (_, line) = lines(office)
    assert [reading.meter for reading in line.readings] == numbers
    assert {reading.level for reading in line.readings} <= {Level.OK, Level.WARN}
    assert line.whose.certainty is Certainty.SURE
    asked = []
    for key in (few, all_):
        with counted(house.database) as statements:
            office.read(inbox_message, key)
        asked.append(len(statements))
    assert asked[1] <= asked[0] + len(numbers), "repairs alone are looked for meter by meter"


def test_the_fortieth_meter_of_somebody_else_is_no_less_a_contradiction(
    house: House, builder: Builder
) -> None:
    manager, other = writer(builder), builder.household()
    numbers = [f"7{at:07d}" for at in range(1, 40)]
    for number in numbers:
        builder.meter(manager.point_id, number)
    take_in(house, mail(*(state("499", number) for number in (*numbers, other.meter))))
    (line,) = lines(desk(house, builder))
    assert line.whose.certainty is Certainty.CONTRADICTION
    assert not line.sure


def test_hundreds_of_made_up_meters_in_every_message_stop_no_page(house: House, builder: Builder) -> None:
    writer(builder)
    made_up = [[state("499", f"{at:03d}{n:05d}") for n in range(300)] for at in range(120)]
    office = house.office(SYSTEM)
    office.do(take_in_mail, [mail(*readings) for readings in made_up])
    page = office.read(inbox_page, InboxFilter(), limit=200)
    assert len(page.lines) == 120
    assert not any(line.sure for line in page.lines)
