"""What every command's `--help` and every report say at 80 columns, in both languages, word for word.

The texts lie in `tests/cli/golden`. After a change that is meant, one command writes them anew, to be
looked through as a diff (on SQLite, a few seconds):

    BOK_UPDATE_GOLDENS=1 python -m pytest tests/cli/test_goldens.py -q -n 0
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from bok_tui.__main__ import COMMANDS, app
from bok_tui.lazy import build
from db.sample.town import make_town
from reports.supervision.registry import REPORTS
from tests.cli.conftest import Bok
from tests.cli.shell_desk import ShellDesk

GOLDEN = Path(__file__).parent / "golden"
README = Path(__file__).resolve().parents[2] / "README.md"
UPDATING = bool(os.environ.get("BOK_UPDATE_GOLDENS"))
"""Read before the tests clear the environment."""
LANGUAGES = ("en", "pl")
ROWS = 6
"""Rows of a report that are shown."""
ALIKE = {("report", "send")}
"""Groups whose commands are one made for every report: the first stands for all."""


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")


@cache
def commands() -> tuple[tuple[str, ...], ...]:
    """Return the words of every command and group, as one calls them."""
    return tuple(_below(build(app), ()))


def _below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if words:
        yield words
    if not hasattr(command, "list_commands"):
        return
    context = typer.Context(command)
    names = command.list_commands(context)
    for name in names[:1] if words in ALIKE else names:
        yield from _below(command.get_command(context, name), (*words, name))


def compare(name: str, text: str) -> None:
    """Compare with what is kept under `name`, or keep it, when that is asked for."""
    path = GOLDEN / f"{name}.txt"
    if UPDATING:
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text.splitlines() == kept.splitlines(), f"{path} differs; see the head of {__file__}"


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", COMMANDS)
def test_help_says_what_it_said(bok: Bok, group: str, language: str) -> None:
    pages = []
    for words in commands():
        if words[0] == group:
            answer = bok("--lang", language, *words, "--help")
            assert (answer.code, answer.err) == (0, "")
            pages.append(f"$ bok {' '.join(words)} --help\n{_plain(answer.out)}")
    text = "\n".join(pages)
    assert max(map(len, text.splitlines())) <= 80
    compare(f"help-{group}-{language}", text)


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_of_the_root_says_what_it_said(bok: Bok, language: str) -> None:
    compare(f"help-{language}", _plain(bok("--lang", language, "--help").out))


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_say_what_they_said(desk: ShellDesk, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_town(desk.house, clients=12, years=1, seed=3)
    desk.sign_in("ewa")
    monkeypatch.setattr("reports.supervision.forms.screen_of", lambda *_: Screen())
    pages = []
    for name in REPORTS:
        answer = desk.run("--lang", language, "report", name, "--limit", str(ROWS))
        assert answer.code == 0, answer.err
        pages.append(f"$ bok report {name} --limit {ROWS}\n{_plain(answer.out)}{answer.err}")
    text = "\n".join(pages)
    assert max(map(len, text.splitlines())) <= 80
    compare(f"reports-{language}", text)


def _plain(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    groups = {words[:-1] for words in commands()}
    leaves = {words[:2] if words[:2] in ALIKE else words for words in commands() if words not in groups}
    told = {
        words for words in leaves if words[0] != "report" or words[1] not in REPORTS
    }  # these: test_readme
    assert sorted(" ".join(words) for words in told if not is_told(words, text)) == []


def is_told(words: tuple[str, ...], text: str) -> bool:
    """Tell whether the text names a command: `bok db check`, or `bok db upgrade | check FILE`, or `a|b`."""
    if re.search(rf"\bbok {' '.join(words)}\b", text):
        return True
    if len(words) == 1:
        return re.search(rf"^bok .*\| {words[0]}\b", text, re.MULTILINE) is not None
    return any(_is_listed(words[:place], words[place:], text) for place in range(1, len(words)))


def _is_listed(group: tuple[str, ...], rest: tuple[str, ...], text: str) -> bool:
    for line in re.findall(rf"^bok {' '.join(group)} (.+)$", text, re.MULTILINE):
        for part in line.split(" | "):
            heads = [piece.split("|") for piece in part.split()[: len(rest)]]
            if len(heads) == len(rest) and all(word in head for word, head in zip(rest, heads, strict=True)):
                return True
    return False


def test_a_command_that_is_missing_is_found() -> None:
    text = "bok db upgrade | check FILE\nbok billing tariff list|add   lists\nSee `bok info`.\n"
    assert is_told(("db", "check"), text)
    assert is_told(("billing", "tariff", "add"), text)
    assert is_told(("info",), text)
    assert not is_told(("db", "lists"), text)
    assert not is_told(("billing", "tariff", "price"), text)
    assert not is_told(("demo",), text)
    assert is_told(
        ("payment", "cash", "sign"), "bok payment cash close --cash A | list | sign LOGIN   the till"
    )
    assert not is_told(("payment", "sign"), "bok payment cash close --cash A | list   the till")
    assert is_told(("sign-out",), "bok sign-in LOGIN | sign-out   ends it")
