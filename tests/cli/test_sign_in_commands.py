"""Signing in to the shell, and the staff it lets in."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import ADMIN_PASSWORD, Bok

OWN_PASSWORD = "zielony rower 7"


def test_a_token_is_kept_for_the_owner_alone_and_forgotten(admin: Bok, home: Path) -> None:
    token = home / "state" / "session.token"
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert admin("staff", "list").code == 0
    assert admin("sign-out").code == 0
    assert not token.exists()
    answer = admin("staff", "list")
    assert answer.code == 4
    assert "bok sign-in LOGIN" in answer.err
    assert admin("sign-out").code == 0


def test_a_stolen_token_is_worth_nothing_after_sign_out(admin: Bok, home: Path) -> None:
    token = home / "state" / "session.token"
    stolen = token.read_text()
    admin("sign-out")
    token.write_text(stolen)
    assert admin("staff", "list").code == 4


@pytest.mark.parametrize(
    ("login", "stdin", "code"),
    [
        ("anna", "wrong horse battery\n", 4),
        ("nobody", "wrong horse battery\n", 4),
        ("anna", "", 2),
        ("anna", "\n", 2),
        ("' OR 1=1 --", "x\n", 4),
        ("anna\x1b]0;t\x07", "x\n", 4),
        ("anna", "\udcff\n", 2),
    ],
)
def test_who_does_not_get_in(installed: Bok, home: Path, login: str, stdin: str, code: int) -> None:
    answer = installed("sign-in", login, stdin=stdin)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.strip()
    assert "\x1b" not in answer.err
    assert not (home / "state" / "session.token").exists()


def test_the_same_words_for_an_unknown_login_and_a_wrong_password(installed: Bok) -> None:
    wrong = installed("sign-in", "anna", stdin="wrong horse battery\n")
    assert installed("sign-in", "nobody", stdin="wrong horse battery\n") == wrong


def test_a_password_that_the_program_made_has_to_be_changed(admin: Bok) -> None:
    added = admin("staff", "add", "Jan", "--name", "Jan Żak", "--role", "agent")
    assert added.code == 0
    initial = added.out.strip()
    assert len(initial) >= 20
    assert "Jan Żak" in added.err
    refused = admin("sign-in", "jan", stdin=f"{initial}\n")
    assert refused.code == 4
    assert "second line" in refused.err
    assert admin("sign-in", "jan", stdin=f"{initial}\njan.zak1\n").code == 2
    assert admin("sign-in", "jan", stdin=f"{initial}\n{OWN_PASSWORD}\n").code == 0
    assert admin("sign-in", "jan", stdin=f"{initial}\n").code == 4
    assert admin("sign-in", "jan", stdin=f"{OWN_PASSWORD}\n").code == 0


def test_a_password_from_standard_input_is_used_as_it_is(admin: Bok) -> None:
    added = admin(
        "staff", "add", "ewa", "--name", "Ewa Lis", "--role", "supervisor", stdin=f"{OWN_PASSWORD}\n"
    )
    assert (added.code, added.out) == (0, "")
    assert admin("sign-in", "ewa", stdin=f"{OWN_PASSWORD}\n").code == 0


def test_only_an_administrator_manages_staff(admin: Bok) -> None:
    admin("staff", "add", "ewa", "--name", "Ewa Lis", "--role", "agent", stdin=f"{OWN_PASSWORD}\n")
    admin("sign-in", "ewa", stdin=f"{OWN_PASSWORD}\n")
    for arguments in (
        ("staff", "list"),
        ("staff", "disable", "anna"),
        ("staff", "password", "anna"),
        ("staff", "add", "x2", "--name", "X", "--role", "admin"),
    ):
        assert admin(*arguments).code == 4


def test_staff_are_listed_in_each_form(admin: Bok) -> None:
    (only,) = admin("staff", "list", "--format", "json").json
    assert only["login"] == "anna"
    assert only["role"] == "admin"
    assert only["active"] is True
    assert admin("staff", "list", "--format", "csv").out.startswith("login,name,role,active")
    assert "anna" in admin("staff", "list").out


def test_a_disabled_account_is_out_at_once(admin: Bok, home: Path) -> None:
    admin("staff", "add", "ewa", "--name", "Ewa Lis", "--role", "admin", stdin=f"{OWN_PASSWORD}\n")
    token = home / "state" / "session.token"
    of_anna = token.read_text()
    admin("sign-in", "ewa", stdin=f"{OWN_PASSWORD}\n")
    of_ewa = token.read_text()
    token.write_text(of_anna)
    assert admin("staff", "disable", "ewa").code == 0
    token.write_text(of_ewa)
    assert admin("staff", "list").code == 4
    assert admin("sign-in", "ewa", stdin=f"{OWN_PASSWORD}\n").code == 4
    token.write_text(of_anna)
    assert admin("staff", "enable", "ewa").code == 0
    assert admin("sign-in", "ewa", stdin=f"{OWN_PASSWORD}\n").code == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (("staff", "add", "anna", "--name", "Anna", "--role", "agent"), "", 1),
        (("staff", "add", "ANNA", "--name", "Anna", "--role", "agent"), "", 1),
        (("staff", "add", "../x", "--name", "Anna", "--role", "agent"), "", 2),
        (("staff", "add", "system", "--name", "Anna", "--role", "agent"), "", 2),
        (("staff", "add", "ola", "--name", " ", "--role", "agent"), "", 2),
        (("staff", "add", "ola", "--name", "Ola", "--role", "system"), "", 2),
        (("staff", "add", "ola", "--name", "Ola", "--role", "boss"), "", 2),
        (("staff", "add", "ola", "--name", "Ola", "--role", "agent"), "short\n", 2),
        (("staff", "add", "ola", "--name", "Ola", "--role", "agent"), "password1\n", 2),
        (("staff", "disable", "anna"), "", 1),
        (("staff", "disable", "nobody"), "", 3),
        (("staff", "password", "nobody"), "", 3),
        (("staff", "password"), "wrong old one\nnowe dobre 1\n", 4),
        (("staff", "password"), f"{ADMIN_PASSWORD}\n", 2),
    ],
)
def test_what_is_refused_changes_nothing(
    admin: Bok, arguments: tuple[str, ...], stdin: str, code: int
) -> None:
    before = admin("staff", "list", "--format", "json").json
    answer = admin(*arguments, stdin=stdin)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.strip()
    assert admin("staff", "list", "--format", "json").json == before


def test_a_password_of_ones_own_is_changed_and_asks_to_sign_in_again(admin: Bok) -> None:
    assert admin("staff", "password", stdin=f"{ADMIN_PASSWORD}\n{OWN_PASSWORD}\n").code == 0
    assert admin("staff", "list").code == 4
    assert admin("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 4
    assert admin("sign-in", "anna", stdin=f"{OWN_PASSWORD}\n").code == 0


def test_an_administrator_resets_a_password_without_choosing_it(admin: Bok) -> None:
    admin("staff", "add", "ewa", "--name", "Ewa Lis", "--role", "agent", stdin=f"{OWN_PASSWORD}\n")
    answer = admin("staff", "password", "ewa")
    assert answer.code == 0
    assert admin("sign-in", "ewa", stdin=f"{OWN_PASSWORD}\n").code == 4
    new = "calkiem nowe 9"
    assert admin("sign-in", "ewa", stdin=f"{answer.out.strip()}\n{new}\n").code == 0


def test_no_password_is_ever_an_argument(bok: Bok) -> None:
    for command in (("sign-in",), ("staff", "add"), ("staff", "password"), ("db", "create")):
        assert "--password" not in bok(*command, "--help").out
