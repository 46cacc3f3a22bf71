"""Reads a CSV file of water put into the network: one town and month a line, nothing guessed.

The first line names the columns town (miejscowość), month (miesiąc), m3, and as needed note (uwagi),
separated by `;`, `,` or a tab; more columns are left aside.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.errors import WrongInput
from db.records.water import WaterFigure
from db.rules.text import fold
from db.rules.text_encoding import decode
from db.rules.water import SHOWN, parse_month, parse_volume
from db.words import N_

MOST_BYTES = 1_000_000
MOST_LINES = 10_000
WORDS: Mapping[str, tuple[str, ...]] = {
    "town": ("town", "miejscowosc", "miasto"),
    "month": ("month", "miesiac", "okres"),
    "m3": ("m3", "volume", "ilosc", "objetosc"),
    "note": ("note", "uwagi", "zrodlo"),
}
"""Our columns and the folded words that name them."""
NEEDED = ("town", "month", "m3")


@dataclass(frozen=True, slots=True)
class WaterLine:
    """A line of the file: a figure, or why there is none."""

    line: int
    figure: WaterFigure | None
    typed: tuple[str, str, str]
    """Town, month and m³ as they stand there."""
    message: str = ""
    """`N_`-marked."""
    params: Mapping[str, object] | None = None


def parse_water_file(data: bytes) -> tuple[WaterLine, ...]:
    """Return the lines of a file below its header.

    Raises WrongInput for what is no such file: empty, too large, without the columns needed.
    """
    if len(data) > MOST_BYTES:
        raise WrongInput(N_("The file is larger than %(limit)s MB. Split it."), limit=MOST_BYTES // 1_000_000)
    text = decode(data).text.lstrip("\ufeff")
    if not text.strip():
        raise WrongInput(N_("The file is empty."))
    first = text.strip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    return tuple(_lines(reader))


def _lines(reader: Iterator[list[str]]) -> Iterator[WaterLine]:
    places: Mapping[str, int] | None = None
    for count, (line, cells) in enumerate(_records(reader)):
        if count > MOST_LINES:
            raise WrongInput(N_("The file has more than %(limit)s lines. Split it."), limit=MOST_LINES)
        if places is None:
            places = _places(cells)
        else:
            yield _line(line, {name: cells[at] for name, at in places.items() if at < len(cells)})


def _records(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that are not empty, numbered; one that cannot be read has no cells."""
    line = 0
    while True:
        line = getattr(reader, "line_num", line) + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a quotation mark that nothing closes
            cells = [""]
        else:
            if not any(cell.strip() for cell in cells):
                continue
        yield line, cells


def _places(header: Sequence[str]) -> Mapping[str, int]:
    folded = [fold(cell) for cell in header]
    places = {
        name: next(at for at, cell in enumerate(folded) if cell in words)
        for name, words in WORDS.items()
        if any(cell in words for cell in folded)
    }
    if missing := [name for name in NEEDED if name not in places]:
        raise WrongInput(
            N_("The file has no column %(missing)s. Its first line has to name town, month and m3."),
            missing=", ".join(missing),
        )
    return places


def _line(line: int, cells: Mapping[str, str]) -> WaterLine:
    town, month, volume = (cells.get(name, "").strip() for name in NEEDED)
    typed = town[:SHOWN], month[:SHOWN], volume[:SHOWN]
    try:
        figure = WaterFigure(town, parse_month(month), parse_volume(volume), cells.get("note", ""))
    except WrongInput as error:
        return WaterLine(line, None, typed, error.message, error.params)
    return WaterLine(line, figure, typed)
