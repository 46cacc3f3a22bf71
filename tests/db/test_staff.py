"""Adding and disabling staff."""

from __future__ import annotations

from functools import partial

import pytest

from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.office import SYSTEM, House, Office
from db.operations.staff import add_staff, disable_staff, enable_staff, set_channel, set_password
from db.queries.staff import list_staff, staff_member
from db.records.people import Channel, NewStaff, Role, StaffMember
from tests.together import barrier, see_off, threads_of


@pytest.fixture
def system(house: House) -> Office:
    return house.office(SYSTEM)


def _add(system: Office, login: str, role: Role = Role.AGENT, name: str = "Jan Nowak") -> StaffMember:
    return system.do(add_staff, NewStaff(login, name, role, ""), "hash")


def test_a_login_is_kept_in_lower_case_and_taken_once(system: Office) -> None:
    assert _add(system, " Jan.Nowak ").login == "jan.nowak"
    with pytest.raises(Refused, match="taken"):
        _add(system, "JAN.NOWAK")


@pytest.mark.parametrize(
    "login", ["", "a", "-x", "żaneta", "a b", "../x", "x" * 41, "system", "a\nb", "[/x]"]
)
def test_what_is_no_login(system: Office, login: str) -> None:
    with pytest.raises(WrongInput):
        _add(system, login)


def test_a_name_is_cleaned_and_kept_whole(system: Office) -> None:
    assert _add(system, "jan", name=" Jan  \x1b[2J [red]Żak[/red] ").name == "Jan [2J [red]Żak[/red]"


def test_staff_are_listed_by_login(system: Office) -> None:
    for login in ("zofia", "adam"):
        _add(system, login)
    assert [member.login for member in system.read(list_staff)] == ["adam", "zofia"]
    assert system.read(staff_member, "ADAM").login == "adam"
    with pytest.raises(NotFound):
        system.read(staff_member, "nobody")


def test_only_administrators_do_these(house: House, system: Office) -> None:
    for role in (Role.AGENT, Role.SUPERVISOR):
        office = house.office(_add(system, role.value, role))
        with pytest.raises(NotAllowed):
            office.do(disable_staff, "agent")
        with pytest.raises(NotAllowed):
            office.do(enable_staff, "agent")
        with pytest.raises(NotAllowed):
            office.do(set_password, "agent", "x", must_change=False)
        with pytest.raises(NotAllowed):
            office.read(list_staff)


def test_the_last_administrator_stays(house: House, system: Office) -> None:
    office = house.office(_add(system, "anna", Role.ADMIN))
    with pytest.raises(Refused, match="last administrator"):
        office.do(disable_staff, "anna")
    _add(system, "ewa", Role.ADMIN)
    assert not office.do(disable_staff, "ewa").active
    with pytest.raises(Refused, match="last administrator"):
        office.do(disable_staff, "anna")
    assert office.do(enable_staff, "ewa").active


def test_two_administrators_cannot_disable_each_other(house: House, system: Office) -> None:
    anna, ewa = (_add(system, login, Role.ADMIN) for login in ("anna", "ewa"))
    start = barrier(2)
    refusals: list[Exception] = []

    def disable(actor: StaffMember, other: StaffMember) -> None:
        start.wait()
        try:
            house.office(actor).do(disable_staff, other.login)
        except (Refused, NotAllowed) as error:
            refusals.append(error)

    for _ in range(10):
        refusals.clear()
        threads = threads_of(partial(disable, anna, ewa), partial(disable, ewa, anna))
        for thread in threads:
            thread.start()
        see_off(threads)
        assert len(refusals) == 1
        active = [login for login in ("anna", "ewa") if system.read(staff_member, login).active]
        assert len(active) == 1
        system.do(enable_staff, "ewa" if active == ["anna"] else "anna")


def test_a_channel_is_ones_own(house: House, system: Office) -> None:
    office = house.office(_add(system, "jan"))
    assert office.do(set_channel, Channel.EMAIL).channel is Channel.EMAIL
    assert system.read(staff_member, "jan").channel is Channel.EMAIL


def test_disabling_twice_is_disabling_once(system: Office) -> None:
    _add(system, "jan")
    system.do(disable_staff, "jan")
    assert not system.do(disable_staff, "JAN ").active
    with pytest.raises(NotFound):
        system.do(disable_staff, "nobody")
