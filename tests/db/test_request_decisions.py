"""Requests whose card moved, whose day comes later, that a newer one replaces, that are taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from db.errors import BokError, NotAllowed, Refused, Stale
from db.office import SYSTEM, House, Office
from db.operations.request_decisions import apply_due, decide_request, undo_request, withdraw_request
from db.operations.requests import submit_and_apply, submit_request
from db.queries.requests import request_view
from db.records.people import Role
from db.records.request_views import RequestView
from db.records.requests import NewRequest, RequestEvent, RequestField, RequestKind, RequestState
from db.refusals import ChangedMeanwhile
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, BuiltClient, desk, rows
from tests.db.request_desk import ADDRESS, by_letter, verified
from tests.together import barrier

F, K, S = RequestField, RequestKind, RequestState
LATER = date(2026, 12, 1)


@pytest.fixture
def client(builder: Builder) -> BuiltClient:
    """A person with a running contract."""
    return builder.household()


@pytest.fixture
def clerk(house: House, builder: Builder) -> Office:
    """Who takes requests in."""
    return desk(house, builder)


@pytest.fixture
def boss(house: House, builder: Builder) -> Office:
    """Who decides about them."""
    return desk(house, builder, Role.SUPERVISOR)


def name(client: BuiltClient, last: str, **more: Any) -> NewRequest:
    """Return a request by letter for another last name."""
    return by_letter(client, K.NAME, {F.LAST_NAME: last}, **more)


def moved(view: RequestView, boss: Office, builder: Builder, client: BuiltClient) -> None:
    """Change the card behind a request's back, as another program would."""
    with builder.database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"UPDATE client SET last_name = 'Inna' WHERE id = {client.id}")
    assert any(item.moved for item in boss.read(request_view, view.line.id).items)


def last_name(house: House, client: BuiltClient) -> str:
    """Return the client's last name."""
    return str(rows(house.database, "client", f"id = {client.id}")[0]["last_name"])


def test_a_card_that_was_changed_meanwhile_is_shown_first(
    house: House, builder: Builder, client: BuiltClient, clerk: Office, boss: Office
) -> None:
    view = clerk.do(submit_request, name(client, "Nowak"))
    moved(view, boss, builder, client)
    with pytest.raises(ChangedMeanwhile) as told:
        boss.do(decide_request, view.line.id, approve=True)
    shown = {item.field: (item.old, item.current, item.new) for item in told.value.items}
    assert shown[F.LAST_NAME] == ("Kowalska", "Inna", "Nowak")
    assert last_name(house, client) == "Inna"
    done = boss.do(decide_request, view.line.id, approve=True, over_changes=True)
    assert (done.line.state, last_name(house, client)) == (S.APPLIED, "Nowak")
    assert done.steps[1].reason == "over_changes"
    assert done.items[0].old == "Inna", "what it really changed"


def test_a_caller_verified_meanwhile_proves_nothing_of_a_letter(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office = verified(desk(house, builder), client)
    view = office.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600 123 456"}))
    with pytest.raises(NotAllowed):
        office.do(decide_request, view.line.id, approve=True)


def test_it_is_applied_on_its_day(
    house: House, client: BuiltClient, clerk: Office, boss: Office, clock: TestClock
) -> None:
    jobs = house.office(SYSTEM)
    view = clerk.do(submit_request, name(client, "Nowak", effective_on=LATER))
    approved = boss.do(decide_request, view.line.id, approve=True)
    assert (approved.line.state, approved.line.effective_on) == (S.APPROVED, LATER)
    assert jobs.do(apply_due) == 0
    clock.forward(days=9)
    assert jobs.do(apply_due) == 1
    assert jobs.do(apply_due) == 0
    step = boss.read(request_view, view.line.id).steps[-1]
    assert (step.event, step.agent, last_name(house, client)) == (RequestEvent.APPLY, None, "Nowak")


def test_what_cannot_be_applied_any_more_goes_back_and_stops_no_other(
    house: House, builder: Builder, client: BuiltClient, clerk: Office, boss: Office, clock: TestClock
) -> None:
    other = builder.client()
    jobs = house.office(SYSTEM)
    views = [clerk.do(submit_request, name(whose, "Nowak", effective_on=LATER)) for whose in (client, other)]
    for view in views:
        boss.do(decide_request, view.line.id, approve=True)
    moved(views[0], boss, builder, client)
    clock.forward(days=9)
    before = len(rows(house.database, "audit_entry"))
    assert jobs.do(apply_due) == 1
    actions = [row["action"] for row in rows(house.database, "audit_entry")[before:]]
    assert actions == ["request.give_back", "client.changed", "request.apply"]
    back = boss.read(request_view, views[0].line.id)
    assert (back.line.state, back.steps[-1].event) == (S.SUBMITTED, RequestEvent.GIVE_BACK)
    assert back.steps[-1].note.startswith("The card was changed since")
    assert (last_name(house, client), last_name(house, other)) == ("Inna", "Nowak")
    boss.do(decide_request, views[0].line.id, approve=True, over_changes=True)
    assert last_name(house, client) == "Nowak"


def test_a_part_in_which_all_goes_back_does_not_hold_up_the_next(
    house: House, builder: Builder, client: BuiltClient, clerk: Office, boss: Office, clock: TestClock
) -> None:
    other = builder.client()
    views = [clerk.do(submit_request, name(whose, "Nowak", effective_on=LATER)) for whose in (client, other)]
    for view in views:
        boss.do(decide_request, view.line.id, approve=True)
    moved(views[0], boss, builder, client)
    clock.forward(days=9)
    assert house.office(SYSTEM).do(apply_due, limit=1) == 1
    assert (last_name(house, client), last_name(house, other)) == ("Inna", "Nowak")


def test_a_day_approved_over_changes_stays_approved(
    house: House, builder: Builder, client: BuiltClient, clerk: Office, boss: Office, clock: TestClock
) -> None:
    view = clerk.do(submit_request, name(client, "Nowak", effective_on=LATER))
    moved(view, boss, builder, client)
    boss.do(decide_request, view.line.id, approve=True, over_changes=True)
    clock.forward(days=9)
    assert house.office(SYSTEM).do(apply_due) == 1
    assert last_name(house, client) == "Nowak"


def test_a_newer_request_takes_the_place_of_an_older(
    house: House, client: BuiltClient, clerk: Office, boss: Office
) -> None:
    first = clerk.do(submit_request, name(client, "Nowak", effective_on=LATER))
    boss.do(decide_request, first.line.id, approve=True)
    phone = clerk.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123456"}))
    second = clerk.do(submit_request, name(client, "Nowak-Kowalska"))
    old = boss.read(request_view, first.line.id)
    assert (old.line.state, old.superseded_by) == (S.SUPERSEDED, second.line.number)
    assert boss.read(request_view, phone.line.id).line.state is S.SUBMITTED
    with pytest.raises(Stale, match="superseded by a newer one"):
        boss.do(withdraw_request, first.line.id)
    more = clerk.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123457"}))
    assert boss.read(request_view, phone.line.id).line.state is S.SUBMITTED, "another phone is added"
    again = clerk.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600 123 457"}))
    assert boss.read(request_view, more.line.id).superseded_by == again.line.number


def test_what_was_applied_is_taken_back_by_an_inverse_request(
    house: House, client: BuiltClient, clerk: Office, boss: Office, builder: Builder
) -> None:
    view = clerk.do(submit_request, name(client, "Nowak"))
    with pytest.raises(Refused, match="was not applied"):
        clerk.do(undo_request, view.line.id)
    boss.do(decide_request, view.line.id, approve=True)
    inverse = clerk.do(undo_request, view.line.id)
    assert inverse.inverse_of == view.line.number
    assert [(item.old, item.new) for item in inverse.items] == [("Nowak", "Kowalska"), ("Żaneta", "Żaneta")]
    with pytest.raises(Refused, match="waits already: W/2026/00002"):
        boss.do(undo_request, view.line.id)
    boss.do(decide_request, inverse.line.id, approve=True)
    assert last_name(house, client) == "Kowalska"
    with pytest.raises(Refused, match="changed once more"):
        clerk.do(undo_request, view.line.id)
    assert clerk.do(undo_request, inverse.line.id).items[0].new == "Nowak"


def test_every_change_of_the_card_has_its_inverse(
    house: House, client: BuiltClient, clerk: Office, boss: Office, builder: Builder
) -> None:
    point = builder.contact_point(client.id, "email", "stary@example.com")

    def card() -> list[Any]:
        live = [row["value"] for row in rows(house.database, "contact_point", "removed_on IS NULL")]
        parties = [row["last_name"] for row in rows(house.database, "contract_party", "position = 2")]
        row = rows(house.database, "client")[0]
        return [sorted(live), parties, row["mailing_address_id"] is None, row["refund_account"], row["pesel"]]

    before = card()
    asked = (
        by_letter(client, K.MAILING_ADDRESS, ADDRESS),
        by_letter(client, K.PHONE, {F.PHONE: "600123456"}),
        by_letter(client, K.EMAIL, {F.EMAIL: "nowy@example.com"}, point_id=point),
        by_letter(client, K.SECOND_PARTY, {F.PARTY_LAST_NAME: "Kowalski", F.PARTY_FIRST_NAME: "Jan"}),
        by_letter(client, K.REFUND_ACCOUNT, {F.REFUND_ACCOUNT: "61109010140000071219812874"}),
        by_letter(client, K.PESEL, {F.PESEL: "02070803628"}),
    )
    done = [clerk.do(submit_request, new) for new in asked]
    for view in done:
        boss.do(decide_request, view.line.id, approve=True)
    assert card() == [
        *(["+48600123456", "nowy@example.com"], ["Kowalski"], False),
        *("61109010140000071219812874", "02070803628"),
    ]
    for view in done:
        inverse = clerk.do(undo_request, view.line.id)
        boss.do(decide_request, inverse.line.id, approve=True)
    assert card() == before


def test_what_has_no_inverse(
    house: House, client: BuiltClient, clerk: Office, boss: Office, builder: Builder
) -> None:
    asked = by_letter(client, K.EINVOICE_ON, {F.EMAIL: "faktury@example.com"})
    view = clerk.do(submit_request, asked)
    boss.do(decide_request, view.line.id, approve=True)
    with pytest.raises(Refused, match="has no inverse"):
        clerk.do(undo_request, view.line.id)


def test_e_invoices_are_switched_on_to_the_address_on_file(
    house: House, client: BuiltClient, clerk: Office, builder: Builder
) -> None:
    builder.contact_point(client.id, "email", "pewny@example.com", TODAY)
    called = verified(clerk, client)
    view = called.do(submit_and_apply, NewRequest(client.number, K.EINVOICE_ON))
    assert (view.line.state, view.items[0].new) == (S.APPLIED, "pewny@example.com")
    with pytest.raises(Refused, match="Nothing would change"):
        called.do(submit_and_apply, NewRequest(client.number, K.EINVOICE_ON))
    off = called.do(submit_and_apply, NewRequest(client.number, K.EINVOICE_OFF))
    assert off.line.state is S.APPLIED


def test_of_many_approvers_at_the_same_moment_one_decides(
    house: House, client: BuiltClient, clerk: Office, builder: Builder
) -> None:
    key = clerk.do(submit_request, name(client, "Nowak")).line.id
    offices = [desk(house, builder, Role.SUPERVISOR) for _ in range(4)]
    meeting = barrier(len(offices))

    def decide(office: Office) -> str:
        meeting.wait()
        try:
            return office.do(decide_request, key, approve=True).line.state.value
        except BokError as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(offices)) as pool:
        told = sorted(pool.map(decide, offices))
    assert told == ["Stale", "Stale", "Stale", "applied"]
    assert len([row for row in rows(house.database, "request_step") if row["event"].value == "apply"]) == 1
    assert rows(house.database, "client")[0]["version"] == 2


def test_requests_taken_in_at_the_same_moment_leave_one_open(
    house: House, client: BuiltClient, builder: Builder
) -> None:
    offices = [desk(house, builder) for _ in range(4)]
    meeting = barrier(len(offices))

    def take_in(at: int) -> str:
        meeting.wait()
        return offices[at].do(submit_request, name(client, f"Nowak{'abcd'[at]}")).line.number

    with ThreadPoolExecutor(len(offices)) as pool:
        numbers = sorted(pool.map(take_in, range(len(offices))))
    assert numbers == [f"W/2026/{at:05d}" for at in range(1, 5)]
    states = [row["state"].value for row in rows(house.database, "request")]
    assert sorted(states) == ["submitted", "superseded", "superseded", "superseded"]


def test_one_form_sent_twice_at_the_same_moment_is_taken_in_once(
    house: House, client: BuiltClient, builder: Builder
) -> None:
    """T10 for requests: the portal's own number of it."""
    offices = [desk(house, builder) for _ in range(2)]
    meeting = barrier(len(offices))

    def take_in(office: Office, form: int) -> str:
        meeting.wait()
        asked = by_letter(client, K.PHONE, {F.PHONE: f"6001234{form:02d}"}, external_id=f"P-{form}")
        return office.do(submit_request, asked).line.number

    with ThreadPoolExecutor(len(offices)) as pool:
        for form in range(10, 20):
            first, second = pool.map(take_in, offices, [form] * 2)
            assert first == second
    assert len(rows(house.database, "request")) == 10
