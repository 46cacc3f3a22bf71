"""The first line of somebody's file of readings: which of its columns is which of ours.

Ours are found by their own words, or by a mapping: our column to the words above theirs.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.errors import WrongInput
from db.rules.reading_line import COLUMN_WORDS, COLUMNS
from db.rules.text import fold
from db.words import N_

SEPARATORS = (";", ",", "\t")
NEEDED = ("meter", "state", "day")
LONGEST_HEADER = 8192
"""Characters of the first line that are looked at."""
SHOWN = 40
"""Characters of what was typed that a message repeats."""
MOST_NAMED = 12
"""Columns that a message names."""


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: which column is where."""

    separator: str
    width: int
    places: Mapping[str, int]
    ignored: tuple[str, ...]
    print: str
    """The same for every file with these columns."""


def parse_mapping(given: Sequence[str]) -> dict[str, str]:
    """Return our columns to theirs from texts like `meter=Nr wodomierza`. Raises WrongInput."""
    columns: dict[str, str] = {}
    for text in given:
        ours, sign, theirs = text.partition("=")
        name = _our_column(ours)
        if not sign or not fold(theirs):
            raise WrongInput(
                N_('Write --map %(name)s="the words above their column"; this says nothing: %(text)s.'),
                name=name or "meter",
                text=text[:SHOWN],
            )
        if name is None:
            raise WrongInput(
                N_("There is no column %(name)s of ours. Map one of these: %(known)s."),
                name=ours.strip()[:SHOWN],
                known=", ".join(COLUMNS),
            )
        if name in columns or fold(theirs) in map(fold, columns.values()):
            raise WrongInput(
                N_("%(text)s: each column of ours and of theirs is mapped once."), text=text[:SHOWN]
            )
        columns[name] = theirs.strip()
    return columns


def header_prints(text: str) -> tuple[str, ...]:
    """Return the fingerprints that the first line of a file may have, one a separator."""
    first = _first_line(text)
    return tuple(_print(first.split(separator)) for separator in SEPARATORS)


def read_header(text: str, mapping: Mapping[str, str]) -> Header:
    """Read the first line; raises WrongInput when it does not name the columns that are needed."""
    first = _first_line(text)
    if not first:
        raise WrongInput(N_("The file is empty."))
    headers = [_columns(first, separator, mapping) for separator in SEPARATORS]
    header = max(headers, key=lambda found: len(found.places))
    _require_mapped(first, header, mapping)
    if missing := [COLUMN_WORDS[name] for name in NEEDED if name not in header.places]:
        raise WrongInput(
            N_(
                "The file has no column %(missing)s. Its first line names the columns %(needed)s,"
                ' and as needed %(more)s; or say which is which with --map meter="their column".'
            ),
            missing=", ".join(missing),
            needed=", ".join(words for name, words in COLUMN_WORDS.items() if name in NEEDED),
            more=", ".join(words for name, words in COLUMN_WORDS.items() if name not in NEEDED),
        )
    return header


def _require_mapped(first: str, header: Header, mapping: Mapping[str, str]) -> None:
    """Raise WrongInput for a mapped column that the file does not have, naming those that it has."""
    for name, theirs in mapping.items():
        if name not in header.places:
            there = [cell.strip(' "')[:SHOWN] for cell in first.split(header.separator) if cell.strip(' "')]
            raise WrongInput(
                N_("The file has no column %(theirs)s, which is to be our %(ours)s. It has: %(there)s."),
                theirs=theirs[:SHOWN],
                ours=COLUMN_WORDS[name],
                there=", ".join([*there[:MOST_NAMED], *(["…"] if len(there) > MOST_NAMED else [])]),
            )


def _first_line(text: str) -> str:
    lines = (line.strip("\ufeff\0 ") for line in io.StringIO(text, newline=None))
    return next((line for line in lines if line.strip()), "")[:LONGEST_HEADER].rstrip("\r\n")


def _columns(first: str, separator: str, mapping: Mapping[str, str]) -> Header:
    places: dict[str, int] = {}
    ignored: list[str] = []
    cells = first.split(separator)
    mapped = {fold(theirs): name for name, theirs in mapping.items()}
    for place, cell in enumerate(cells):
        label = fold(cell)
        name = mapped.get(label) or _own_name(label, mapping)
        if name in places:
            raise WrongInput(N_("Two columns of the file are called %(name)s."), name=cell.strip()[:SHOWN])
        if name is not None:
            places[name] = place
        elif label:
            ignored.append(cell.strip(' "')[:SHOWN])
    return Header(separator, len(cells), places, tuple(ignored), _print(cells))


def _own_name(label: str, mapping: Mapping[str, str]) -> str | None:
    """Return which column of ours is called so; one that is mapped goes by no other name."""
    name = _our_column(label)
    return None if name in mapping else name


def _our_column(text: str) -> str | None:
    label = fold(text)
    return next((name for name, labels in COLUMNS.items() if label in labels or label == name), None)


def _print(cells: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(map(fold, cells)).encode()).hexdigest()
