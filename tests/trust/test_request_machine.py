"""Requests under random work: agents, supervisors, clients, clocks, a card changed behind everybody's back.

After every step no request is lost, nobody decided about their own, no deadline moved, and what the
cards hold is what comes of replaying the applied requests. The controls plant a bug and the same
machine finds it.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db.engine import open_database
from db.errors import BokError
from db.office import SYSTEM, House, Office
from db.operations import client_changes, request_intake, request_steps
from db.operations.complaints import answer_complaint, deem_complaints
from db.operations.request_decisions import (
    apply_due,
    ask_for_information,
    decide_request,
    information_came,
    undo_request,
    withdraw_request,
)
from db.operations.requests import give_back_request, release_taken, submit_request, take_request
from db.queries.requests import request_page
from db.records.clients import ClientKind
from db.records.people import Channel, Role
from db.records.request_views import RequestFilter
from db.records.requests import (
    FOUR_EYES,
    OPEN_STATES,
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RejectReason,
    RequestEvent,
    RequestField,
    RequestKind,
    RequestState,
)
from db.request_laws import check_requests
from tests.conftest import KEY, Template, TestClock, house_rules
from tests.db.builders import Builder, rows
from tests.one_database import ON_SQLITE

F, K = RequestField, RequestKind
FULL = os.environ.get("BOK_TRUST_SCALE") == "full"
EXAMPLES, STEPS = (300, 60) if FULL else (8, 25)
COLUMNS = ("last_name", "first_name", "company_name", "refund_account", "pesel", "nip")
STREETS = ("ul. Polna", "ul. Leśna")
VALUES: dict[RequestKind, list[dict[RequestField, str]]] = {
    K.NAME: [{F.LAST_NAME: name} for name in ("Nowak", "Wilk")],
    K.PHONE: [{F.PHONE: f"60012345{last}"} for last in (1, 2)],
    K.EMAIL: [{F.EMAIL: f"{name}@example.com"} for name in "ab"],
    K.REFUND_ACCOUNT: [{F.REFUND_ACCOUNT: "61109010140000071219812874"}, {F.REFUND_ACCOUNT: ""}],
    K.PESEL: [{F.PESEL: number} for number in ("02070803628", "44051401359")],
    K.NIP: [{F.NIP: "1234563218"}],
    K.MAILING_ADDRESS: [
        {F.STREET: street, F.HOUSE: "7", F.POSTAL_CODE: "43-400", F.TOWN: "Przykładowo"} for street in STREETS
    ],
    K.COMPLAINT: [{}],
}
WHO = st.integers(0, 3)
ASKED = st.sampled_from([(kind, values) for kind, choices in VALUES.items() for values in choices])


class Requests(RuleBasedStateMachine):
    """Two clients and a business, two agents and two supervisors, days that go by."""

    template: Path
    folder: Path
    planted: Callable[[pytest.MonkeyPatch], None] | None = None

    def __init__(self) -> None:
        super().__init__()
        path = self.folder / "machine.sqlite3"
        for old in self.folder.glob("machine.sqlite3*"):
            old.unlink()
        shutil.copy(self.template, path)
        path.chmod(0o600)
        self.clock = TestClock(datetime(2026, 1, 20, 9, tzinfo=UTC))
        self.database = open_database(f"sqlite:///{path}")
        self.house = House(database=self.database, clock=self.clock, policy=house_rules(), key=KEY)
        self.build = Builder(self.database)
        self.offices = [
            self.house.office(self.build.staff(role)) for role in (Role.AGENT, Role.SUPERVISOR) for _ in "12"
        ]
        self.clients = [self.build.client("100001"), self.build.client("100002")]
        self.clients.append(self.build.client(company_name="Piekarnia"))
        for client in self.clients:
            self.build.contact_point(client.id, "email", f"stary{client.number}@example.com")
            self.build.contact_point(client.id, "phone", "+48600123450")
        self.begun = {client.id: self._card(client.id) for client in self.clients}
        self.outside: list[tuple[int, int, str]] = []
        """What was changed behind everybody's back: after which step, whose name, to what."""
        self.taken_in: set[int] = set()
        self.deadlines: dict[int, date] = {}
        self.patch = pytest.MonkeyPatch()
        if self.planted is not None:
            type(self).planted(self.patch)  # type: ignore[misc]  # a plain function of the class

    def teardown(self) -> None:
        self.patch.undo()
        self.database.close()

    # -- what people do

    @rule(
        who=WHO,
        client=st.integers(0, 2),
        asked=ASKED,
        later=st.sampled_from([0, 0, 5]),
        point=st.booleans(),
        at_once=st.booleans(),
    )
    def somebody_asks(
        self,
        who: int,
        client: int,
        asked: tuple[RequestKind, dict[RequestField, str]],
        later: int,
        point: bool,
        at_once: bool,
    ) -> None:
        kind, values = asked
        whose = self.clients[client]
        if kind is K.NAME and client == 2:
            values = {F.COMPANY_NAME: values[F.LAST_NAME]}
        new = NewRequest(
            whose.number, kind, values,
            channel=Channel.LETTER,
            note="Skarga." if kind is K.COMPLAINT else "",
            complaint=ComplaintAbout(ComplaintSubject.BILL) if kind is K.COMPLAINT else None,
            effective_on=self.clock.now.date() + timedelta(days=later) if later else None,
            point_id=self._point(whose.id, kind) if point else None,
        )  # fmt: skip
        key = self._take_in(self.offices[who], submit_request, new)
        if key is not None and at_once:
            self._try(self.offices[3 if who != 3 else 2], decide_request, key, approve=True)

    @rule(who=WHO, data=st.data())
    def somebody_undoes(self, who: int, data: st.DataObject) -> None:
        if self.taken_in:
            self._take_in(self.offices[who], undo_request, data.draw(st.sampled_from(sorted(self.taken_in))))

    def _take_in(self, office: Office, door: Callable[..., Any], asked: object) -> int | None:
        view = self._try(office, door, asked)
        if view is None:
            return None
        assert view.line.id not in self.taken_in
        self.taken_in.add(view.line.id)
        self.deadlines[view.line.id] = view.line.deadline
        return int(view.line.id)

    @staticmethod
    def _try(office: Office, door: Callable[..., Any], *asked: object, **more: object) -> Any:
        """Return what an operation returns; None when it says no, in words."""
        try:
            return office.do(door, *asked, **more)
        except BokError as error:
            said = str(error)
        assert said
        return None

    @rule(
        who=WHO,
        data=st.data(),
        what=st.sampled_from(["take", "give", "ask", "came", "withdraw", "reject", "answer", "deny"]),
    )
    def somebody_works_on_it(self, who: int, data: st.DataObject, what: str) -> None:
        doors: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "take": (take_request, {}),
            "give": (give_back_request, {}),
            "ask": (ask_for_information, {"template": "deed"}),
            "came": (information_came, {}),
            "withdraw": (withdraw_request, {}),
            "reject": (decide_request, {"approve": False, "reason": RejectReason.WRONG_DATA}),
            "answer": (answer_complaint, {"accept": True, "answer": "Tak."}),
            "deny": (answer_complaint, {"accept": False, "answer": "Nie."}),
        }
        door, more = doors[what]
        self._do(who, data, door, **more)

    @rule(who=WHO, data=st.data(), over=st.booleans())
    def somebody_approves(self, who: int, data: st.DataObject, over: bool) -> None:
        self._do(who, data, decide_request, approve=True, over_changes=over)

    def _do(self, who: int, data: st.DataObject, door: Callable[..., Any], **more: Any) -> None:
        if not self.taken_in:
            return
        key = data.draw(st.sampled_from(sorted(self.taken_in)))
        self._try(self.offices[who], door, key, **more)

    @rule(who=WHO)
    def somebody_leaves(self, who: int) -> None:
        self.offices[who].do(release_taken)
        me = self.offices[who].actor.id
        assert not [row for row in rows(self.database, "request") if row["assignee_id"] == me]

    @rule(client=st.integers(0, 1), name=st.sampled_from(["Inna", "Obca"]))
    def the_card_is_changed_behind_everybody(self, client: int, name: str) -> None:
        key = self.clients[client].id
        with self.database.writer.connect() as connection, connection.begin():
            connection.exec_driver_sql("UPDATE client SET last_name = ? WHERE id = ?", (name, key))
        self.outside.append((len(rows(self.database, "request_step")), key, name))

    @rule(minutes=st.sampled_from([1, 29, 31, 60 * 24, 60 * 24 * 4]))
    def time_goes_by(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule()
    def the_jobs_run(self) -> None:
        jobs = self.house.office(SYSTEM)
        jobs.do(apply_due)
        jobs.do(deem_complaints)
        assert (jobs.do(apply_due), jobs.do(deem_complaints)) == (0, 0), "running it twice changes nothing"

    # -- what always holds

    @invariant()
    def no_request_is_lost(self) -> None:
        found = rows(self.database, "request")
        assert {row["id"] for row in found} == self.taken_in
        with Session(self.database.reader) as session:
            check_requests(session)
        office, listed, after = self.offices[0], [], None
        while True:
            page = office.read(request_page, RequestFilter(), after=after, limit=3)
            listed += [line.id for line in page.lines]
            if not page.more:
                break
            after = listed[-1]
        assert Counter(listed) == Counter(row["id"] for row in found if row["state"] in OPEN_STATES)

    @invariant()
    def nobody_approves_their_own(self) -> None:
        supervisors = {office.actor.id for office in self.offices[2:]}
        by_id = {row["id"]: row for row in rows(self.database, "request")}
        for step in rows(self.database, "request_step"):
            request = by_id[step["request_id"]]
            if step["event"] is not RequestEvent.APPROVE or request["kind"] is K.COMPLAINT:
                continue
            assert step["staff_id"] != request["submitted_by"]
            assert request["kind"] not in FOUR_EYES or step["staff_id"] in supervisors

    @invariant()
    def no_deadline_moves(self) -> None:
        assert {row["id"]: row["deadline"] for row in rows(self.database, "request")} == self.deadlines

    @invariant()
    def only_late_complaints_of_people_count_as_accepted(self) -> None:
        by_id = {row["id"]: row for row in rows(self.database, "request")}
        people = {row["id"] for row in rows(self.database, "client") if row["kind"] is ClientKind.PERSON}
        for complaint in rows(self.database, "complaint"):
            request = by_id[complaint["request_id"]]
            if complaint["deemed_on"] is None:
                continue
            assert request["client_id"] in people
            assert complaint["deemed_on"] == request["deadline"] + timedelta(days=1)
            assert complaint["deemed_on"] <= self.clock.now.date()
            assert request["state"] is not RequestState.REJECTED

    @invariant()
    def a_lease_belongs_to_what_is_in_review(self) -> None:
        for row in rows(self.database, "request"):
            taken = row["assignee_id"] is not None
            assert taken is (row["leased_until"] is not None)
            assert not taken or row["state"] is RequestState.IN_REVIEW

    @invariant()
    def the_cards_are_what_was_applied(self) -> None:
        cards = {key: {**card, "points": Counter(card["points"])} for key, card in self.begun.items()}
        outside = list(self.outside)
        by_id = {row["id"]: row for row in rows(self.database, "request")}
        items = rows(self.database, "request_item")
        applied = 0
        for at, step in enumerate(rows(self.database, "request_step")):
            while outside and outside[0][0] <= at:
                _, key, name = outside.pop(0)
                cards[key]["last_name"] = name
            request = by_id[step["request_id"]]
            if step["event"] is RequestEvent.APPLY and request["kind"] is not K.COMPLAINT:
                applied += 1
                for item in items:
                    if item["request_id"] == request["id"]:
                        _replay(cards[request["client_id"]], item)
        for _, key, name in outside:
            cards[key]["last_name"] = name
        for key, card in cards.items():
            now = self._card(key)
            assert {**card, "points": +card["points"]} == {**now, "points": Counter(now["points"])}
        versions = sum(row["version"] - 1 for row in rows(self.database, "client"))
        assert versions == applied

    def _card(self, client_id: int) -> dict[str, Any]:
        (row,) = rows(self.database, "client", f"id = {client_id}")
        points = rows(self.database, "contact_point", f"client_id = {client_id}", "removed_on IS NULL")
        street = None
        if row["mailing_address_id"] is not None:
            (address,) = rows(self.database, "address", f"id = {row['mailing_address_id']}")
            street = address["street"]
        return {
            **{name: row[name] for name in COLUMNS},
            "street": street,
            "points": [point["value"] for point in points],
        }

    def _point(self, client_id: int, kind: RequestKind) -> int | None:
        wanted = f"kind = '{kind.value}'"
        live = rows(self.database, "contact_point", f"client_id = {client_id}", wanted, "removed_on IS NULL")
        return live[-1]["id"] if live else None


def _replay(card: dict[str, Any], item: dict[str, Any]) -> None:
    """Do to a card what one field of an applied request says."""
    if item["field"] in (F.PHONE, F.EMAIL):
        card["points"][item["old"]] -= item["old"] is not None
        card["points"][item["new"]] += item["new"] is not None
    elif item["field"].value in card:
        card[item["field"].value] = item["new"]


def _run(
    template: Template, folder: Path, planted: Callable[[pytest.MonkeyPatch], None] | None = None
) -> None:
    machine = type(
        "Machine",
        (Requests,),
        {
            "template": Path(template.place),
            "folder": folder,
            "planted": staticmethod(planted) if planted else None,
        },
    )
    options = settings(
        max_examples=EXAMPLES if planted is None else 4 * EXAMPLES,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate)
        if planted
        else (Phase.explicit, Phase.generate, Phase.shrink),
    )
    run_state_machine_as_test(machine, settings=options)


@ON_SQLITE  # the machine copies a file for each example; PostgreSQL has its own tests of each step
def test_requests_stay_whole_whatever_is_done(template: Template, tmp_path: Path) -> None:
    _run(template, tmp_path)


def _approves_own(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(request_steps, "deciding_refusal", lambda *_, **__: None)


def _card_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(client_changes, "_set", lambda *_, **__: None)


def _old_phone_stays(patch: pytest.MonkeyPatch) -> None:
    real: Any = client_changes.__dict__["_replace_point"]
    patch.setattr(client_changes, "_replace_point", lambda *args: real(*args[:-1], None))


def _state_not_written(patch: pytest.MonkeyPatch) -> None:
    real = request_steps.log_step

    def log(work: Any, row: Any, event: Any, state: Any, **more: Any) -> None:
        real(work, row, event, row.state if event is RequestEvent.WITHDRAW else state, **more)

    patch.setattr(request_steps, "log_step", log)


def _number_twice(patch: pytest.MonkeyPatch) -> None:
    real: Any = request_intake.__dict__["take_numbers"]
    patch.setattr(request_intake, "take_numbers", lambda work, series, count: real(work, series, count + 1))


@ON_SQLITE
@pytest.mark.parametrize(
    "planted", [_approves_own, _card_forgotten, _old_phone_stays, _state_not_written, _number_twice]
)
def test_a_planted_bug_is_found(
    template: Template, tmp_path: Path, planted: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.raises((AssertionError, BokError, DBAPIError)):
        _run(template, tmp_path, planted)
