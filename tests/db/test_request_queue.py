"""The queue of requests: taken, given back, asked about, looked through; their files and places."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from db.check import check_database
from db.errors import NotFound, Refused, Stale, WrongInput
from db.office import House
from db.operations.request_decisions import (
    ask_for_information,
    decide_request,
    information_came,
    withdraw_request,
)
from db.operations.requests import (
    attach_file,
    give_back_request,
    release_taken,
    submit_request,
    take_request,
)
from db.queries.addresses import address_suggestions
from db.queries.clients import client_card
from db.queries.requests import attachment, request_counts, request_page, request_view, requests_of_client
from db.records.people import Channel, Role
from db.records.request_views import RequestFilter
from db.records.requests import Attachment, RejectReason, RequestField, RequestKind, RequestState
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, counted, desk, last_access, plan_of, rows, scans
from tests.db.request_desk import by_letter

F, K, S = RequestField, RequestKind, RequestState


@pytest.fixture
def client(builder: Builder) -> BuiltClient:
    """A person with a running contract."""
    group = builder.tariff("G1")
    builder.tariff("G2")
    return builder.household(tariff_group_id=group)


def faultless(house: House) -> list[str]:
    """Return what the check finds wrong of requests."""
    return [
        check.detail for check in check_database(house).checks if check.name == "requests" and not check.ok
    ]


def test_a_lease(house: House, builder: Builder, client: BuiltClient, clock: TestClock) -> None:
    first, second = desk(house, builder), desk(house, builder)
    third = desk(house, builder)
    key = third.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123456"})).line.id
    taken = first.do(take_request, key)
    assert (taken.line.state, taken.line.mine, taken.line.assignee) == (S.IN_REVIEW, True, first.actor.name)
    assert second.read(request_view, key).line.assignee == first.actor.name
    assert (first.read(request_counts).mine, second.read(request_counts).mine) == (1, 0)
    assert [line.id for line in first.read(request_page, RequestFilter(mine=True)).lines] == [key]
    refused: tuple[tuple[Any, dict[str, Any]], ...] = (
        (take_request, {}),
        (give_back_request, {}),
        (withdraw_request, {}),
        (ask_for_information, {"template": "deed"}),
        (decide_request, {"approve": True}),
    )
    for door, more in refused:
        with pytest.raises(Stale, match=f"{first.actor.name} has taken"):
            second.do(door, key, **more)
    clock.forward(minutes=29)
    first.do(take_request, key)
    clock.forward(minutes=29)
    assert second.read(request_view, key).line.assignee == first.actor.name
    clock.forward(minutes=1)
    assert second.read(request_view, key).line.assignee is None
    assert second.do(take_request, key).line.mine
    assert first.do(release_taken) == 0
    assert second.do(release_taken) == 1
    assert second.read(request_view, key).line.state is S.SUBMITTED
    assert faultless(house) == []


def test_information_is_asked_for_and_comes(house: House, builder: Builder, client: BuiltClient) -> None:
    agent, other = desk(house, builder), desk(house, builder)
    key = agent.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123456"})).line.id
    with pytest.raises(WrongInput, match="There is no text"):
        other.do(ask_for_information, key, "poem")
    with pytest.raises(WrongInput, match="note"):
        other.do(ask_for_information, key, "free")
    view = other.do(ask_for_information, key, "deed", "akt notarialny")
    assert (view.line.state, view.steps[-1].reason, view.steps[-1].note) == (
        S.NEEDS_INFO,
        "deed",
        "akt notarialny",
    )
    with pytest.raises(Refused, match="waits for information"):
        other.do(decide_request, key, approve=True)
    assert agent.do(information_came, key).line.state is S.SUBMITTED
    rejected = other.do(decide_request, key, approve=False, reason=RejectReason.NOT_PROVED)
    assert (rejected.line.state, rejected.steps[-1].reason) == (S.REJECTED, "not_proved")
    with pytest.raises(Stale, match="rejected"):
        agent.do(withdraw_request, key)
    with pytest.raises(Refused, match="a new one may be made"):
        other.do(withdraw_request, key)


def test_a_rejection_says_why(house: House, builder: Builder, client: BuiltClient) -> None:
    agent, other = desk(house, builder), desk(house, builder)
    key = agent.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123456"})).line.id
    with pytest.raises(WrongInput, match="Choose why"):
        other.do(decide_request, key, approve=False)
    with pytest.raises(WrongInput, match="other reason"):
        other.do(decide_request, key, approve=False, reason=RejectReason.OTHER)


def test_a_portal_request_is_taken_in_once(house: House, builder: Builder, client: BuiltClient) -> None:
    office = desk(house, builder)
    asked = by_letter(client, K.PHONE, {F.PHONE: "600123456"}, channel=Channel.EBOK, external_id="P-1")
    first, again = office.do(submit_request, asked), office.do(submit_request, asked)
    assert first.line.id == again.line.id
    assert len(rows(house.database, "request")) == 1
    with pytest.raises(Refused, match="used for another"):
        office.do(submit_request, by_letter(client, K.EMAIL, {F.EMAIL: "a@example.com"}, external_id="P-1"))


def test_days_that_cannot_be(house: House, builder: Builder, client: BuiltClient) -> None:
    office, values = desk(house, builder), {F.PHONE: "600123456"}
    for wrong in (
        {"received_on": date(2026, 11, 23)},
        {"received_on": date(2025, 11, 1)},
        {"effective_on": date(2026, 11, 21)},
        {"effective_on": date(2027, 12, 1)},
    ):
        with pytest.raises(WrongInput):
            office.do(submit_request, by_letter(client, K.PHONE, values, **wrong))
    view = office.do(submit_request, by_letter(client, K.PHONE, values, received_on=date(2026, 11, 9)))
    # the 11th is Independence Day
    assert view.line.deadline == date(2026, 11, 24)


def test_files(house: House, builder: Builder, client: BuiltClient) -> None:
    office = desk(house, builder)
    scan = Attachment("C:\\skany\\../akt ślubu.pdf", "application/PDF", b"%PDF-1.7 x")
    view = office.do(submit_request, by_letter(client, K.NAME, {F.LAST_NAME: "Nowak"}, attachments=(scan,)))
    ((key, name, size, sha256),) = view.attachments
    assert (name, size) == ("akt ślubu.pdf", 10)
    assert sha256 == hashlib.sha256(scan.content).hexdigest()
    assert office.read(attachment, key) == Attachment("akt ślubu.pdf", "application/pdf", scan.content)
    assert last_access(house.database)["scope"] == f"file {key} of request W/2026/00001"
    for wrong in (
        Attachment("pusty.pdf", "application/pdf", b""),
        Attachment("duży.pdf", "application/pdf", b"x" * 5_000_001),
        Attachment("zły.pdf", "text/html; charset=x", b"x"),
    ):
        with pytest.raises(WrongInput):
            office.do(attach_file, view.line.id, wrong)
    for _ in range(19):
        office.do(attach_file, view.line.id, scan)
    with pytest.raises(Refused, match="20 files"):
        office.do(attach_file, view.line.id, scan)
    with pytest.raises(NotFound):
        office.read(attachment, 999)


def test_what_the_card_holds_stays_masked_for_an_agent_without_a_caller(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    point = builder.contact_point(client.id, "phone", "+48600123456")
    agent, supervisor = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    key = agent.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123458"}, point_id=point)).line.id
    (item,) = agent.read(request_view, key).items
    assert (item.old, item.current, item.new, item.masked) == (
        "600 *** 456",
        "600 *** 456",
        "+48600123458",
        True,
    )
    (item,) = supervisor.read(request_view, "w/2026/00001").items
    assert (item.old, item.masked) == ("+48600123456", False)
    assert last_access(house.database)["scope"] == "request W/2026/00001"


def test_the_queue(house: House, builder: Builder, client: BuiltClient, clock: TestClock) -> None:
    office, other = desk(house, builder), desk(house, builder)
    for day, phone in ((6, "600123451"), (2, "600123452"), (20, "600123453")):
        office.do(
            submit_request,
            by_letter(client, K.PHONE, {F.PHONE: phone}, received_on=date(2026, 11, day)),
        )
    office.do(submit_request, by_letter(client, K.EMAIL, {F.EMAIL: "a@example.com"}))
    everything = other.read(request_page, RequestFilter())
    assert [line.number[-1] for line in everything.lines] == ["2", "1", "3", "4"]
    first = other.read(request_page, RequestFilter(), limit=2)
    assert first.more
    rest = other.read(request_page, RequestFilter(), after=first.lines[-1].id)
    assert [line.number[-1] for line in rest.lines] == ["3", "4"]
    assert not rest.more
    assert [line.number[-1] for line in other.read(request_page, RequestFilter(overdue=True)).lines] == ["2"]
    by_kind = other.read(request_page, RequestFilter(kinds=frozenset({K.EMAIL})))
    assert [line.number[-1] for line in by_kind.lines] == ["4"]
    other.do(decide_request, by_kind.lines[0].id, approve=True)
    done = other.read(request_page, RequestFilter(states=frozenset({S.APPLIED, S.REJECTED})))
    assert [line.number[-1] for line in done.lines] == ["4"]
    counts = other.read(request_counts)
    assert (counts.to_decide, counts.overdue, counts.complaints_due) == (3, 1, 0)
    clock.forward(days=2)
    assert other.read(request_page, RequestFilter()).lines[0].working_days_old == 2
    for older, found in ((0, 3), (1, 3), (2, 0)):
        assert len(other.read(request_page, RequestFilter(older_than=older)).lines) == found
    assert len(other.read(requests_of_client, client.number)) == 4
    assert other.read(request_page, RequestFilter(client_number=client.number)).lines
    card = other.read(client_card, client.number)
    assert [alert.params["count"] for alert in card.alerts if alert.code == "requests"] == [3]


def test_the_queue_reads_no_table_from_end_to_end(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office = desk(house, builder)
    office.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123451"}))
    with counted(house.database) as statements:
        office.read(request_page, RequestFilter())
        office.read(request_counts)
        office.read(request_view, "W/2026/00001")
        office.read(requests_of_client, client.number)
        office.read(address_suggestions, town="prz", street="lip")
    asked = [(text, values) for text, values in statements if text.startswith("SELECT")]
    assert len(asked) > 15
    for text, values in asked:
        plan = plan_of(house.database, text, values)
        assert not {name for name in scans(plan) if not name.startswith("anon")}, f"{text}\n{plan}"


def test_places_are_suggested(house: House, builder: Builder, client: BuiltClient) -> None:
    for street, key, code, town, town_key in (
        ("ul. Lipowa", "lipowa", "99-802", "Przykładowo", "przykladowo"),
        ("ul. Lipowa Boczna", "lipowa boczna", "99-802", "Przykładowo", "przykladowo"),
        ("os. Łęgi", "legi", "99-802", "Przykładowo", "przykladowo"),
        (None, "nibylas", "99-813", "Nibylas", "nibylas"),
    ):
        for house_number in ("1", "2"):
            builder.point(
                client.id, client.contract_id, street=street, street_key=key, postal_code=code, town=town,
                town_key=town_key, house=house_number,
            )  # fmt: skip
    office = desk(house, builder)

    def found(**typed: Any) -> list[tuple[str, str, str | None]]:
        places = office.read(address_suggestions, **typed)
        return [(place.postal_code, place.town, place.street) for place in places]

    lipowa = ("99-802", "Przykładowo", "ul. Lipowa")
    assert found() == []
    assert found(street="Lip", postal_code="99") == [lipowa, ("99-802", "Przykładowo", "ul. Lipowa Boczna")]
    assert found(street="ul. lipowa", town="PRZYKŁ", postal_code="99-802")[0] == lipowa
    assert found(town="niby") == found(postal_code="99813") == [("99-813", "Nibylas", None)]
    assert found(street="łęgi") == [("99-802", "Przykładowo", "os. Łęgi")]
    assert [code for code, *_ in found(town="p")] == ["43-400", "99-802", "99-802", "99-802"]
    assert found(postal_code="00-001") == found(street="zzz") == found(town="zzz") == []
