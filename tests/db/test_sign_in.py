"""Passwords, sign-ins and the waiting after wrong ones (T25)."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import passwords
from db.errors import NotAllowed, WrongInput
from db.models import AuditEntry, StaffSession
from db.office import SYSTEM, House
from db.operations.staff import add_staff, disable_staff
from db.policy import Policy
from db.records.people import NewStaff, Role, StaffMember
from db.sign_in import (
    change_own_password,
    end_session,
    open_session,
    resume_session,
    sign_in,
    sign_off,
)
from tests.conftest import KEY, START, TestClock
from tests.together import in_processes

PASSWORD = "zielony rower 7"
WRONG = "zielony rower 8"
CHEAP = passwords.Cost(passes=1, memory_kib=8, lanes=1)
OWASP_MEMORY_KIB = 19456
OWASP_PASSES = 2


@pytest.fixture
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", CHEAP)


@pytest.fixture
def anna(house: House, _cheap: None) -> StaffMember:
    return _add(house, "anna", Role.AGENT)


def _add(house: House, login: str, role: Role) -> StaffMember:
    new = NewStaff(login, f"{login.title()} Nowak", role, PASSWORD)
    return house.office(SYSTEM).do(add_staff, new, passwords.hash_password(PASSWORD))


def _audit(house: House) -> list[str]:
    with Session(house.database.reader) as session:
        statement = sa.select(AuditEntry.action).order_by(AuditEntry.seq)  # type: ignore[call-overload]  # SQLModel's columns
        return list(session.scalars(statement))


def _count_verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    real = passwords.verify_password

    def counting(password: str, stored: str) -> bool:
        seen.append(stored)
        return real(password, stored)

    monkeypatch.setattr(passwords, "verify_password", counting)
    return seen


class TestHashes:
    def test_every_hash_costs_more_than_owasp_asks(self) -> None:
        stored = passwords.hash_password(PASSWORD)
        kind, _, costs = stored.split("$")[1:4]
        cost = dict(part.split("=") for part in costs.split(","))
        assert kind == "argon2id"
        assert int(cost["m"]) >= OWASP_MEMORY_KIB
        assert int(cost["t"]) >= OWASP_PASSES
        assert passwords.verify_password(PASSWORD, stored)
        assert not passwords.verify_password(WRONG, stored)
        assert not passwords.is_outdated(stored)

    def test_nobodys_hash_costs_exactly_as_much_and_fits_nobody(self) -> None:
        stored, nobodys = passwords.hash_password(PASSWORD), passwords.nobodys_hash()
        assert nobodys.split("$")[:4] == stored.split("$")[:4]
        assert len(nobodys.split("$")[5]) == len(stored.split("$")[5])
        assert len(nobodys.split("$")[4]) == len(stored.split("$")[4])
        assert not passwords.verify_password(PASSWORD, nobodys)

    @pytest.mark.usefixtures("_cheap")
    def test_a_letter_spelt_as_one_sign_or_two_is_the_same_key(self) -> None:
        password = "Zażółć gęślą jaźń"
        stored = passwords.hash_password(unicodedata.normalize("NFD", password))
        assert passwords.verify_password(unicodedata.normalize("NFC", password), stored)

    @pytest.mark.usefixtures("_cheap")
    def test_nothing_is_cut_or_changed_in_case(self) -> None:
        long = "x y " * 256
        stored = passwords.hash_password(long)
        assert passwords.verify_password(long, stored)
        assert not passwords.verify_password(long[:-1], stored)
        assert not passwords.verify_password(long.upper(), stored)
        assert not passwords.verify_password(long + "x", stored)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "krótkie",
        "x" * 1025,
        "password1",
        "PASSWORD1",
        "zaq12wsx",
        "aaaaaaaabbbb",
        "Wodociagi2026!",
        "wodociągi 2026",
        "anna.nowak1",
        "Nowak-2026",
        "abcdefg\ud800",
    ],
)
def test_a_password_that_is_refused(password: str) -> None:
    with pytest.raises(WrongInput):
        passwords.require_acceptable(password, ("anna.nowak", "Anna Nowak"))


@pytest.mark.parametrize(
    "password", [PASSWORD, "83749201746", "Zażółć gęślą jaźń", "y" * 1000 + "abc", "nowak lubi placki"]
)
def test_a_password_that_is_welcome(password: str) -> None:
    passwords.require_acceptable(password, ("anna.nowak", "Anna Nowak"))


def test_initial_passwords_are_random_and_acceptable() -> None:
    made = {passwords.new_initial_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.require_acceptable(password)


def test_signing_in_is_written_down(house: House, anna: StaffMember) -> None:
    member = sign_in(house, " Anna ", PASSWORD)
    assert (member.login, member.last_sign_in) == ("anna", START)
    with pytest.raises(NotAllowed):
        sign_in(house, "anna", WRONG)
    assert _audit(house)[-2:] == ["sign_in.done", "sign_in.failed"]


@pytest.mark.parametrize("login", ["anna", "nobody", "gone"])
def test_every_try_costs_one_verification(
    house: House, anna: StaffMember, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    _add(house, "gone", Role.AGENT)
    house.office(SYSTEM).do(disable_staff, "gone")
    seen = _count_verified(monkeypatch)
    with pytest.raises(NotAllowed) as refusal:
        sign_in(house, login, WRONG)
    assert str(refusal.value) == "The login or the password is wrong."
    (stored,) = seen
    assert stored.split("$")[:4] == passwords.nobodys_hash().split("$")[:4]


def test_a_disabled_account_does_not_get_in_with_its_password(house: House, anna: StaffMember) -> None:
    house.office(SYSTEM).do(disable_staff, "anna")
    with pytest.raises(NotAllowed, match="wrong"):
        sign_in(house, "anna", PASSWORD)


def test_an_unknown_login_is_not_written_down(house: House, anna: StaffMember) -> None:
    with pytest.raises(NotAllowed):
        sign_in(house, "moje tajne haslo", "")
    with Session(house.database.reader) as session:
        texts = session.execute(sa.text("SELECT subject, staff_login FROM audit_entry")).all()
    assert "tajne" not in str(texts)


def test_the_wait_grows_and_ends(
    house: House, anna: StaffMember, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _count_verified(monkeypatch)
    waits = []
    for _ in range(14):
        with pytest.raises(NotAllowed):
            sign_in(house, "anna", WRONG)
        before = len(seen)
        with pytest.raises(NotAllowed) as refusal:
            sign_in(house, "anna", WRONG)
        seconds = int(str(refusal.value.params.get("seconds", 0)))
        waits.append(seconds if len(seen) == before else 0)
        clock.forward(seconds=seconds)
    # two tries a round until the wait begins: five wrong ones pass freely
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]
    assert sign_in(house, "anna", PASSWORD).login == "anna"
    with pytest.raises(NotAllowed, match="wrong"):
        sign_in(house, "anna", WRONG)


def test_the_right_password_waits_too(house: House, anna: StaffMember, clock: TestClock) -> None:
    for _ in range(house.policy.sign_in_failures):
        with pytest.raises(NotAllowed):
            sign_in(house, "anna", WRONG)
    with pytest.raises(NotAllowed, match="wait 1 s"):
        sign_in(house, "anna", PASSWORD)
    clock.forward(seconds=1)
    sign_in(house, "anna", PASSWORD)


def test_a_clock_set_back_locks_nobody_out(house: House, anna: StaffMember, clock: TestClock) -> None:
    for _ in range(house.policy.sign_in_failures):
        with pytest.raises(NotAllowed):
            sign_in(house, "anna", WRONG)
    clock.forward(days=-1)
    assert sign_in(house, "anna", PASSWORD).login == "anna"


def test_at_most_ten_are_verified_in_a_minute(
    house: House, anna: StaffMember, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _count_verified(monkeypatch)
    for _ in range(240):
        with pytest.raises(NotAllowed):
            sign_in(house, "anna", WRONG)
        clock.forward(milliseconds=250)
    assert len(seen) <= 10


def _try_wrong(url: str, tries: int, times: int) -> None:
    from db.engine import open_database

    passwords.COST = CHEAP
    database = open_database(url)
    house = House(database=database, clock=TestClock(), policy=Policy(), key=KEY)
    for number in range(tries):
        with pytest.raises(NotAllowed):
            sign_in(house, "anna", f"wrong {times} {number}")
    database.close()


def test_a_hundred_tries_from_ten_processes_pass_no_more_than_five(
    house: House, anna: StaffMember, database_url: str
) -> None:
    in_processes(_try_wrong, [(database_url, 10, number) for number in range(10)], processes=4)
    written = _audit(house)
    assert written.count("sign_in.failed") == house.policy.sign_in_failures
    assert written.count("sign_in.told_to_wait") == 100 - house.policy.sign_in_failures


def test_a_cheaper_hash_is_renewed_at_the_next_sign_in(
    house: House, anna: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "COST", passwords.Cost(passes=2, memory_kib=16, lanes=1))
    sign_in(house, "anna", PASSWORD)
    with Session(house.database.reader) as session:
        (stored,) = session.scalars(sa.text("SELECT password_hash FROM staff WHERE login = 'anna'"))
    assert not passwords.is_outdated(stored)
    sign_in(house, "anna", PASSWORD)


def test_hashing_happens_outside_transactions(
    house: House, anna: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    def idle(password: str, stored: str) -> bool:
        assert house.database.writer.pool.checkedout() == 0  # type: ignore[attr-defined]  # a QueuePool
        return True

    monkeypatch.setattr(passwords, "verify_password", idle)
    sign_in(house, "anna", PASSWORD)


class TestSignOff:
    def test_a_supervisor_signs_once(self, house: House, anna: StaffMember) -> None:
        _add(house, "ewa", Role.SUPERVISOR)
        approval = sign_off(house, "ewa", PASSWORD)
        with house.redeemed(approval) as supervisor:
            assert supervisor.login == "ewa"
        with pytest.raises(NotAllowed), house.redeemed(approval):
            pass
        assert "sign_off.done" in _audit(house)

    def test_an_agent_does_not(self, house: House, anna: StaffMember) -> None:
        with pytest.raises(NotAllowed, match="no supervisor"):
            sign_off(house, "anna", PASSWORD)

    def test_wrong_ones_wait_like_sign_ins(self, house: House, anna: StaffMember) -> None:
        _add(house, "ewa", Role.SUPERVISOR)
        for _ in range(house.policy.sign_in_failures):
            with pytest.raises(NotAllowed, match="wrong"):
                sign_off(house, "ewa", WRONG)
        with pytest.raises(NotAllowed, match="wait"):
            sign_in(house, "ewa", PASSWORD)


class TestSessions:
    def test_a_session_lasts_its_hours(self, house: House, anna: StaffMember, clock: TestClock) -> None:
        token = open_session(house, anna)
        clock.forward(hours=house.policy.session_hours, seconds=-1)
        assert resume_session(house, token).login == "anna"
        clock.forward(seconds=1)
        with pytest.raises(NotAllowed, match="bok sign-in"):
            resume_session(house, token)

    def test_only_its_hash_is_kept(self, house: House, anna: StaffMember) -> None:
        token = open_session(house, anna)
        with Session(house.database.reader) as session:
            row = session.execute(sa.select(StaffSession)).scalar_one()
            assert token not in (row.token_hash, str(row))
            assert len(row.token_hash) == 64

    def test_what_ends_a_session(self, house: House, anna: StaffMember) -> None:
        token = open_session(house, anna)
        end_session(house, token)
        with pytest.raises(NotAllowed):
            resume_session(house, token)
        token = open_session(house, anna)
        house.office(SYSTEM).do(disable_staff, "anna")
        with pytest.raises(NotAllowed):
            resume_session(house, token)

    @pytest.mark.parametrize("token", ["", "x" * 43, "\ud800", "' OR 1=1 --"])
    def test_a_made_up_token_is_worth_nothing(self, house: House, anna: StaffMember, token: str) -> None:
        open_session(house, anna)
        with pytest.raises(NotAllowed):
            resume_session(house, token)

    def test_old_sessions_are_cleared(self, house: House, anna: StaffMember, clock: TestClock) -> None:
        open_session(house, anna)
        clock.now += timedelta(days=40)
        open_session(house, anna)
        with Session(house.database.reader) as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(StaffSession)) == 1


class TestOwnPassword:
    def test_it_ends_sessions_and_the_old_one(self, house: House, anna: StaffMember) -> None:
        token = open_session(house, anna)
        change_own_password(house, anna, PASSWORD, "nowy rower 99")
        with pytest.raises(NotAllowed):
            resume_session(house, token)
        with pytest.raises(NotAllowed):
            sign_in(house, "anna", PASSWORD)
        assert not sign_in(house, "anna", "nowy rower 99").must_change_password

    def test_a_wrong_old_one_is_charged(self, house: House, anna: StaffMember) -> None:
        for _ in range(house.policy.sign_in_failures):
            with pytest.raises(NotAllowed, match="wrong"):
                change_own_password(house, anna, WRONG, "nowy rower 99")
        with pytest.raises(NotAllowed, match="wait"):
            change_own_password(house, anna, PASSWORD, "nowy rower 99")

    def test_a_common_one_is_refused_before_anything_is_tried(
        self, house: House, anna: StaffMember, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = _count_verified(monkeypatch)
        with pytest.raises(WrongInput):
            change_own_password(house, anna, PASSWORD, "password1")
        assert seen == []


def test_no_password_reaches_the_database_in_clear(house: House, anna: StaffMember) -> None:
    sign_in(house, "anna", PASSWORD)
    with pytest.raises(NotAllowed):
        sign_in(house, "anna", "tajny kot 12")
    with Session(house.database.reader) as session:
        everything = [
            session.execute(sa.text(f"SELECT * FROM {name}")).all() for name in ("staff", "audit_entry")
        ]
    assert PASSWORD not in str(everything)
    assert "tajny kot" not in str(everything)
