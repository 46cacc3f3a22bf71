"""The root command: what it loads, what it answers, what it says when something goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from bok_tui import __main__ as root
from bok_tui.exit_codes import ExitCode, exit_code_of
from db import errors
from tests.cli.conftest import Bok
from tests.together import PATIENCE

LOADED = """
import sys
from bok_tui.__main__ import main
assert main({arguments!r}) == 0
print(",".join(sorted({{name.split(".")[0] for name in sys.modules}})), file=sys.stderr)
"""
LIGHT = {"bok_tui", "db", "typer", "annotated_doc", "shellingham"}
"""What help may load beside the standard library: ours, Typer and what Typer itself loads."""


def _modules(*arguments: str, language: str = "en") -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
        env={**os.environ, "BOK_LANG": language},
    )
    return set(done.stderr.strip().splitlines()[-1].split(","))


@pytest.mark.parametrize("language", ["en", "pl", ""])
def test_help_loads_nothing_but_typer(language: str) -> None:
    loaded = _modules("--help", language=language)
    third_party = {name for name in loaded if name not in sys.stdlib_module_names}
    assert {name for name in third_party if not name.startswith("_")} <= LIGHT


def test_help_of_a_command_loads_no_database_and_no_screen() -> None:
    loaded = _modules("staff", "add", "--help")
    assert not loaded & {"sqlalchemy", "sqlmodel", "textual", "alembic", "fpdf", "rich"}


@pytest.mark.parametrize("command", root.COMMANDS)
def test_no_command_offers_to_install_completion(bok: Bok, command: str) -> None:
    answer = bok(command, "--help")
    assert answer.code == ExitCode.DONE
    assert "completion" not in answer.out


@pytest.mark.parametrize("arguments", [("--help",), ("-h",)])
def test_help_names_every_command_with_an_example(bok: Bok, arguments: tuple[str, ...]) -> None:
    answer = bok(*arguments)
    assert answer.code == ExitCode.DONE
    assert answer.err == ""
    for name in root.COMMANDS:
        assert f"\n  {name}" in answer.out
    assert "Example:" in answer.out


@pytest.mark.parametrize("group", ["db", "staff", "client", "reading"])
def test_every_command_has_help_with_an_example(bok: Bok, group: str) -> None:
    listing = bok(group, "--help").out
    assert "..." not in listing.partition("Commands:")[2]
    assert "completion" not in listing
    names = re.findall(r"^  ([a-z-]+)  ", listing.partition("Commands:")[2], re.MULTILINE)
    assert len(names) >= 2
    for name in names:
        answer = bok(group, name, "--help")
        assert answer.code == ExitCode.DONE
        assert f"Example: bok {group} {name}" in answer.out


def test_version(bok: Bok) -> None:
    answer = bok("--version")
    assert (answer.code, answer.err) == (ExitCode.DONE, "")
    assert answer.out.strip()[0].isdigit()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("stafff",), "Did you mean 'staff'?"),
        (("staff", "--nonsense"), "There is no option --nonsense."),
        (("staff", "disable"), "LOGIN is missing."),
        (("staff", "list", "--format", "xml"), "xml"),
        (("db", "create", "--admin"), "--admin"),
    ],
)
def test_a_wrong_call_is_told_on_standard_error(bok: Bok, arguments: tuple[str, ...], said: str) -> None:
    answer = bok(*arguments)
    assert answer.code == ExitCode.WRONG_CALL
    assert answer.out == ""
    assert said in answer.err


def test_the_screen_needs_a_terminal(bok: Bok) -> None:
    answer = bok()
    assert answer.code == ExitCode.WRONG_CALL
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), {}, "pl"),
        ((), {"BOK_LANG": "en"}, "en"),
        (("--lang", "en", "info"), {"BOK_LANG": "pl"}, "en"),
        (("--lang=en",), {}, "en"),
        (("info", "--lang", "en"), {}, "pl"),
    ],
)
def test_the_language_is_known_before_help_is_built(
    arguments: tuple[str, ...], environment: dict[str, str], language: str, tmp_path: Path
) -> None:
    assert root.language_of(arguments, {"BOK_HOME": str(tmp_path), **environment}) == language


def test_the_language_stands_in_the_settings_file_too(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "bok.toml").write_text('lang = "en"\n')
    assert root.language_of((), {"BOK_HOME": str(tmp_path)}) == "en"


def test_an_unknown_setting_is_refused_by_name(bok: Bok, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "bok.toml").write_text("colour = 1\n")
    answer = bok("info")
    assert answer.code == ExitCode.WRONG_CALL
    assert "colour" in answer.err


def test_an_unknown_name_in_the_environment_is_refused_by_name(
    bok: Bok, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOK_TEST_ANYTHING", "is nobody's business")
    monkeypatch.setenv("BOK_THEME", "light")
    assert bok("info").code != ExitCode.WRONG_CALL
    monkeypatch.setenv("BOK_THEMEE", "light")
    answer = bok("info")
    assert (answer.code, answer.out) == (ExitCode.WRONG_CALL, "")
    assert "BOK_THEMEE" in answer.err
    assert "BOK_THEME," in answer.err


def test_each_refusal_has_its_exit_code() -> None:
    assert exit_code_of(errors.Refused("x")) == 1
    assert exit_code_of(errors.Stale("x")) == 1
    assert exit_code_of(errors.WrongInput("x")) == 2
    assert exit_code_of(errors.NotFound("x")) == 3
    assert exit_code_of(errors.NotAllowed("x")) == 4
    assert exit_code_of(errors.DatabaseUnavailable("x")) == 5


def test_a_fault_is_one_line_and_its_traceback_is_logged_without_personal_data(
    bok: Bok, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(arguments: list[str]) -> int:
        pesel = "44051401359"
        raise RuntimeError(f"reading of {pesel}, zaneta@example.com, +48 600 123 456 went wrong")

    monkeypatch.setattr(root, "_run", broken)
    answer = bok("info")
    assert answer.code == ExitCode.FAULT
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1
    log = home / "state" / "bok.log"
    (line,) = [json.loads(text) for text in log.read_text().splitlines()]
    assert line["message"].removeprefix("fault ") in answer.err
    assert "RuntimeError" in line["error"]
    for secret in ("44051401359", "zaneta", "600 123 456"):
        assert secret not in log.read_text() + answer.err


def test_ctrl_c_is_130(bok: Bok, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(root, "_run", interrupted)
    answer = bok("info")
    assert (answer.code, answer.out) == (ExitCode.INTERRUPTED, "")
    assert answer.err == "Stopped. What was finished by then stays done.\n"
    assert bok("--lang", "pl", "info").err.startswith("Przerwano. ")


def test_a_question_broken_off_is_130_too(bok: Bok, monkeypatch: pytest.MonkeyPatch) -> None:
    def given_up(*_arguments: object) -> None:
        raise typer.Abort

    monkeypatch.setattr(root, "_open_screen", given_up)
    answer = bok()
    assert answer.code == ExitCode.INTERRUPTED
    assert answer.err.startswith("Stopped. ")


def test_a_reader_that_goes_away_is_no_error_worth_a_word(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "bok_tui", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=PATIENCE,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (ExitCode.PIPE_CLOSED, b"")


@pytest.mark.parametrize("arguments", [("--help",), ("info", "--format", "json")])
def test_a_full_disk_under_the_output_is_one_sentence(home: Path, arguments: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bok_tui", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == ExitCode.UNAVAILABLE
    assert done.stderr.decode().splitlines()[-1].startswith("The disk is full")
    assert b"Error" not in done.stderr


def test_a_closed_standard_output_is_told_to_a_listing(home: Path) -> None:
    closed = ["sh", "-c", '"$0" -m bok_tui "$@" >&-', sys.executable]
    listing = subprocess.run([*closed, "info"], capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert listing.returncode == ExitCode.UNAVAILABLE
    assert listing.stderr.splitlines()[-1].startswith("Standard output is closed")
    version = subprocess.run([*closed, "--version"], capture_output=True, check=False, timeout=PATIENCE)
    assert version.returncode == 0
