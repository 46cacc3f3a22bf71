"""Esc and a key that arrives in the same instant are two keys, on a real terminal as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from bok_tui.escape_key import EscapeFirst
from tests.tui.terminal import Terminal


def keys_of(*chunks: str) -> list[str]:
    """Return what the parser makes of what a terminal sends: names of keys, pasted text in quotes."""
    parser = EscapeFirst()
    found = []
    for chunk in chunks:
        for message in parser.feed(chunk):
            if isinstance(message, events.Key):
                found.append(message.key)
            elif isinstance(message, events.Paste):
                found.append(repr(message.text))
    return found


@pytest.mark.parametrize(
    ("chunks", "keys"),
    [
        (["\x1ba"], ["escape", "a"]),
        (["\x1b117"], ["escape", "1", "1", "7"]),
        (["\x1b", "117"], ["escape", "1", "1", "7"]),
        (["\x1bfb"], ["escape", "f", "b"]),
        (["\x1b\r"], ["escape", "enter"]),
        (["\x1b\x10"], ["escape", "ctrl+p"]),
        (["\x1b\x1bOR"], ["escape", "f3"]),
        (["\x1b\x1b[13~"], ["escape", "f3"]),
        (["\x1b\x1b\x1bOR"], ["escape", "escape", "f3"]),
        (["\x1bab\x1bOR"], ["escape", "a", "b", "f3"]),
        (["\x1bż"], ["escape", "ż"]),
        (["ąĄłŁ"], ["ą", "Ą", "ł", "Ł"]),
        (["\x1bOR", "\x1b[A", "\x1b[", "B"], ["f3", "up", "down"]),
        (["\x1b[Z", "\x1b\t"], ["shift+tab", "shift+tab"]),
        (["\x1b[200~ul. Żółwia 7\x1b[201~", "x"], ["'ul. Żółwia 7'", "x"]),
        (["\x1b[200~a\x1bb\x1b[201~"], []),
    ],
)
def test_esc_is_a_key_of_its_own(chunks: list[str], keys: list[str]) -> None:
    found = keys_of(*chunks)
    if keys:
        assert found == keys
    else:
        assert "escape" not in found, "nothing that is pasted is a key"


def test_esc_and_digits_in_one_breath_on_a_terminal(tmp_path: Path) -> None:
    with Terminal("-m", "tests.tui.plain_desk", str(tmp_path)) as terminal:
        terminal.until_shown("Do zrobienia")
        terminal.send("kowalsk")
        terminal.until_shown("▸ kowalsk")
        terminal.send("\x1b100007")
        terminal.until_shown("▸ 100007")
