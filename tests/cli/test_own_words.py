"""What other programs complain of reaches people in our words, theirs apart from them or in the log."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bok_tui.__main__ import main
from db.errors import NotFound, WrongInput
from db.rules.reading_facts import ReasonCode
from db.system_words import cannot_read, require_readable, told, why
from db.words import Words
from tests.cli.conftest import ADMIN_PASSWORD, Bok

SYSTEM_SAYS = {os.strerror(code) for code in errno.errorcode}
"""Such as `Is a directory`: no sentence of ours may hold it."""
FOREIGN = (
    "Errno",
    "Expected",
    "unable to",
    "Invalid value",
    "Input should",
    "is not one of",
    "Got unexpected",
)


def _sentence(err: str) -> str:
    """Return the last line that is not the system's own."""
    lines = [line for line in err.splitlines() if not line.startswith(("Details", "Help:", "Usage:"))]
    return lines[-1]


def _is_ours(sentence: str) -> bool:
    return not any(words in sentence for words in (*SYSTEM_SAYS, *FOREIGN))


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_every_fault_of_the_system_has_words_of_ours(code: int) -> None:
    fault = OSError(code, os.strerror(code), "/x")
    assert isinstance(why(fault), Words)
    assert why(fault) not in SYSTEM_SAYS
    refusal = told(WrongInput("%(why)s", why=why(fault)), fault)
    if why(fault) == "the system refuses it":
        assert refusal.details == os.strerror(code)
    else:
        assert refusal.details == ""


def test_a_named_file_is_missing_or_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        require_readable(tmp_path / "missing")
    with pytest.raises(WrongInput, match="it is a folder"):
        require_readable(tmp_path)
    assert isinstance(cannot_read("x", OSError(errno.EACCES, "")), WrongInput)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"lang = \n", "look at line 1, column 8"),
        (b'lang = "pl', "look at line 1, column 11|ends too early"),
        (b"theme = \xff\n", "is not UTF-8"),
    ],
)
def test_a_broken_settings_file_is_told_by_the_place(bok: Bok, home: Path, text: bytes, said: str) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "bok.toml").write_bytes(text)
    answer = bok("info")
    assert (answer.code, answer.out) == (2, "")
    sentence = _sentence(answer.err)
    assert any(words in sentence for words in said.split("|"))
    assert _is_ours(sentence)


def test_the_systems_own_words_stand_on_a_line_of_their_own(bok: Bok, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "bok.toml").write_text("lang = \n")
    first, second = bok("info").err.splitlines()
    assert "bok.toml" in first
    assert second.startswith("Details, in the system's own words: ")
    assert "line 1" not in second


def test_a_settings_file_that_is_a_folder(bok: Bok, home: Path) -> None:
    (home / "config" / "bok.toml").mkdir(parents=True)
    answer = bok("info")
    assert answer.code == 2
    assert _sentence(answer.err).endswith("cannot be read: it is a folder.")


def test_a_home_that_is_a_file_is_told_in_our_words(bok: Bok, home: Path) -> None:
    home.write_text("a file where the folder should be")
    answer = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    assert answer.code == 5
    assert _sentence(answer.err).endswith("a file stands where a folder is needed.")


def test_what_the_system_said_is_in_the_log(bok: Bok, home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "bok.sqlite3").write_bytes(b"no database at all" * 400)
    answer = bok("db", "check")
    assert answer.code == 5
    assert _is_ours(_sentence(answer.err))
    assert "file is not a database" in (home / "state" / "bok.log").read_text()


@pytest.mark.parametrize("command", [("db", "restore"), ("reading", "import")])
def test_a_file_that_is_not_there_is_no_such_thing(
    admin: Bok, tmp_path: Path, command: tuple[str, ...]
) -> None:
    if command[0] == "reading":
        admin("staff", "add", "jan", "--name", "Jan Agent", "--role", "agent", stdin="zielony rower 7\n")
        assert admin("sign-in", "jan", stdin="zielony rower 7\n").code == 0
    missing = admin(*command, str(tmp_path / "missing"))
    assert (missing.code, missing.out) == (3, "")
    assert _sentence(missing.err) == f"There is no file {tmp_path / 'missing'}."
    folder = admin(*command, str(tmp_path))
    assert (folder.code, folder.out) == (2, "")
    assert _sentence(folder.err).endswith("cannot be read: it is a folder.")


def test_a_missing_backup_is_told_before_anything_else_is_missing(bok: Bok, tmp_path: Path) -> None:
    assert bok("db", "restore", str(tmp_path / "missing")).code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("reading list 1 --limit x", "--limit cannot be 'x': it needs a whole number from 1 to 500."),
        ("reading list 1 --limit 0", "--limit cannot be '0': it needs a whole number from 1 to 500."),
        ("reading void abc --reason x", "ID cannot be 'abc': it needs a whole number."),
        ("db sample --years 0", "--years cannot be '0': it needs a whole number from 1."),
        ("staff list --format xml", "--format cannot be 'xml'. Choose one of: table, json, csv."),
        ("sign-in a b c", "The command takes fewer words; these are too many: b c."),
        ("db create --admin", "The option --admin needs a value."),
        ("reading add 1 2 --hold=3", "The option --hold takes no value."),
        ("stafff", "Did you mean 'staff'?"),
    ],
)
def test_a_wrong_call_is_told_in_our_words(bok: Bok, arguments: str, said: str) -> None:
    answer = bok(*arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert _sentence(answer.err) == said
    assert _is_ours(answer.err)


def test_nobody_is_given_the_programs_own_role(bok: Bok) -> None:
    answer = bok("staff", "add", "x", "--name", "a", "--role", "system")
    assert answer.code == 2
    assert _sentence(answer.err).endswith("Choose one of: agent, supervisor, admin.")


def test_a_refused_role_is_named_in_words(admin: Bok) -> None:
    answer = admin("client", "find", "zolw")
    assert answer.code == 4
    assert "administrator" in answer.err


def test_usage_speaks_the_chosen_language(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bok_tui import lazy

    monkeypatch.setattr(lazy, "_", lambda text: {"[OPTIONS]": "[OPCJE]"}.get(text, text))
    main(["staff", "--help"])
    assert "bok staff [OPCJE]" in capsys.readouterr().out


def test_codes_are_named_where_they_are_asked_for(admin: Bok) -> None:
    """`reading add` takes the code of a reason, `reading void` a person's own words."""
    helped = " ".join(admin("reading", "add", "--help").out.split())
    wrong = admin("reading", "add", "1", "2", "--reason", "because")
    assert wrong.code == 2
    for code in ReasonCode:
        assert code.value in helped
        assert code.value in wrong.err
    assert "in your own words" in " ".join(admin("reading", "void", "--help").out.split())


@pytest.mark.parametrize("arguments", ["reading import -", "staff add ola --name Ola --role agent"])
def test_a_closed_standard_input_is_no_fault(admin: Bok, arguments: str) -> None:
    """What is not given cannot be read: a sentence, or a password of the program's own making."""
    if "import" in arguments:
        admin("staff", "add", "jan", "--name", "Jan Agent", "--role", "agent", stdin="zielony rower 7\n")
        assert admin("sign-in", "jan", stdin="zielony rower 7\n").code == 0
    closed = ["sh", "-c", '"$0" -m bok_tui "$@" <&-', sys.executable, *arguments.split()]
    done = subprocess.run(closed, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == (2 if "import" in arguments else 0), done.stderr
    assert "went wrong" not in done.stderr


def test_a_password_from_a_closed_standard_input(home: Path) -> None:
    closed = ["sh", "-c", '"$0" -m bok_tui db create --admin anna <&-', sys.executable]
    done = subprocess.run(closed, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("A password is needed")
