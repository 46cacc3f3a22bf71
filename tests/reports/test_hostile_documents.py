"""Documents of hostile text: every kind comes out, does nothing, and comes out the same again."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from random import Random
from typing import Any

import pytest

from db.records.documents import Snapshot, to_json
from db.rules.text import safe_file_name
from reports.documents.as_text import as_text
from reports.documents.registry import render
from reports.documents.text_lines import COLUMNS, width_of
from tests.reports.hostile import HOSTILE
from tests.reports.money_examples import EXAMPLES, INVOICE, duplicate
from tests.reports.pdfs import ACTIVE, faults_of, names_in
from tests.trust.scale import SCALE

PARTS = max(10, SCALE.hostile_papers // 200)
"""Each within the time that one test may take on a busy machine."""
KEPT = frozenset({"original", "language", "month"})
"""Ours, never typed by anybody; the original of a duplicate is made hostile itself."""
LETTERS = "aZ9 ąŻ(){}[]<>/\\%$#@&;:'\"|=+-.,\n\t\r\0\x1b\x7f\x9b\u202e\u200b\u0301ЖşאﷺW中😀\ud800\uffff"
INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]")


def text(random: Random) -> str:
    """Return something hostile: known, made up, or common but long."""
    choice = random.random()
    if choice < 0.4:
        return random.choice(HOSTILE)[:3000]
    if choice < 0.8:
        return "".join(random.choices(LETTERS, k=random.randrange(80)))
    return "Żółw " * random.randrange(40)


def spoilt(value: Any, random: Random, share: float) -> Any:
    """Return `value` with about `share` of its texts replaced."""
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            each.name: spoilt(getattr(value, each.name), random, share)
            for each in fields(value)
            if each.name not in KEPT
        }
        return replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(spoilt(item, random, share) for item in value)
    if isinstance(value, str) and not isinstance(value, StrEnum) and random.random() < share:
        return text(random)
    return value


def hostile(number: int) -> Snapshot:
    """Return the hostile document of that number: the same every time."""
    random = Random(number)
    share = random.choice((0.1, 0.3, 1.0))
    example = EXAMPLES[number % len(EXAMPLES)]
    if example.kind.value == "duplicate":
        example = duplicate(spoilt(INVOICE, random, share))
    spoilt_example: Snapshot = spoilt(example, random, share)
    return spoilt_example


@pytest.mark.parametrize("part", range(PARTS))
def test_hostile_text_breaks_no_document_and_wakes_nothing(part: int) -> None:
    for number in range(part, SCALE.hostile_papers, PARTS):
        snapshot = hostile(number)
        stored = to_json(snapshot)
        pdf = render(snapshot.kind, stored)
        assert names_in(pdf).isdisjoint(ACTIVE), number
        if number % 5 == 0:
            assert render(snapshot.kind, stored) == pdf, number
            assert faults_of(pdf) == [], number
        shown = as_text(snapshot.kind, stored)
        assert not INVISIBLE.search(shown), number
        assert all(width_of(line) <= COLUMNS for line in shown.splitlines()), number


def faults_in(name: str) -> list[str]:
    """Return what is wrong with a file name."""
    stem = name.split(".")[0].casefold()
    ports = {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
    wrong = {
        "path": PurePosixPath(name).name != name or PureWindowsPath(name).name != name,
        "letters": not re.fullmatch(r"[A-Za-z0-9._-]+", name),
        "length": not 5 <= len(name) <= 100,
        "beginning": name[:1] in "-.",
        "device": stem in {"con", "prn", "aux", "nul", *ports},
        "suffix": not name.endswith(".pdf"),
    }
    return [fault for fault, is_wrong in wrong.items() if is_wrong]


RESERVED = (
    "CON",
    "nul.x",
    "com1",
    "LPT9.pdf",
    "-rf",
    ".bashrc",
    "..",
    "/etc/passwd",
    "a/../../b",
    "C:\\x",
    "~",
    "",
)


def typed(number: int) -> str:
    random = Random(number)
    return random.choice(RESERVED) if number % 10 == 0 else text(random)


def test_every_text_gives_a_safe_file_name() -> None:
    for number in range(SCALE.names):
        name = typed(number)
        assert faults_in(safe_file_name(name, ".pdf")) == [], name


def test_a_name_put_before_pdf_is_found_out() -> None:
    found = {fault for number in range(2_000) for fault in faults_in(f"{typed(number)}.pdf")}
    assert {"path", "letters", "length", "beginning", "device"} <= found
