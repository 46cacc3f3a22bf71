"""Reads a CSV file of water put into the network: one town and month a line, nothing guessed.

The first line names the columns town (miejscowość), month (miesiąc), m3, and as needed note (uwagi),
separated by `;`, `,` or a tab; more columns are left aside. A file that may be read in two ways is not
read at all: a line with more cells than the header (`12,500` between commas), a column named twice, a
town that has two lines for one month.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import WrongInput
from db.records.water import WaterFigure
from db.rules.months import month_name
from db.rules.text import fold
from db.rules.text_encoding import decode
from db.rules.water import SHOWN, parse_month, parse_volume
from db.words import N_

MOST_BYTES = 1_000_000
MOST_LINES = 10_000
WORDS: Mapping[str, tuple[str, ...]] = {
    "town": ("town", "miejscowosc", "miasto"),
    "month": ("month", "miesiac", "okres"),
    "m3": (
        *("m3", "volume", "ilosc", "objetosc"),
        *(f"{word}{of} m3" for word in ("volume", "ilosc", "objetosc") for of in ("", " w")),
    ),
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

    Raises WrongInput for what is no such file: empty, too large, without the columns needed or any line
    below them; and for one that may be read in two ways.
    """
    if len(data) > MOST_BYTES:
        raise WrongInput(N_("The file is larger than %(limit)s MB. Split it."), limit=MOST_BYTES // 1_000_000)
    text = decode(data).text.lstrip("\ufeff")
    if not text.strip():
        raise WrongInput(N_("The file is empty."))
    first = text.strip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    lines = tuple(_lines(reader))
    if not lines:
        raise WrongInput(
            N_("The file names its columns and has no line below them: there is nothing to enter.")
        )
    _require_once(lines)
    return lines


def _require_once(lines: Sequence[WaterLine]) -> None:
    """Raise WrongInput when two lines are of one town and month: which of them counts is not guessed."""
    seen: dict[tuple[str, date], int] = {}
    for one in lines:
        if one.figure is None:
            continue
        key = fold(one.figure.town), one.figure.month
        if key in seen:
            raise WrongInput(
                N_("Lines %(first)s and %(second)s are both of %(town)s, %(month)s. Nothing was entered."),
                first=seen[key],
                second=one.line,
                town=one.typed[0],
                month=month_name(one.figure.month),
            )
        seen[key] = one.line


def _lines(reader: Iterator[list[str]]) -> Iterator[WaterLine]:
    places: Mapping[str, int] | None = None
    width = 0
    for count, (line, cells) in enumerate(_records(reader)):
        if count > MOST_LINES:
            raise WrongInput(N_("The file has more than %(limit)s lines. Split it."), limit=MOST_LINES)
        if places is None:
            places, width = _places(cells), len(cells)
        else:
            _require_width(line, cells, width)
            yield _line(line, {name: cells[at] for name, at in places.items() if at < len(cells)})


def _require_width(line: int, cells: Sequence[str], width: int) -> None:
    """Raise WrongInput for a line that says more than the header has names for."""
    if any(cell.strip() for cell in cells[width:]):
        raise WrongInput(
            N_(
                "Line %(line)s has %(cells)s cells, and line 1 names %(width)s columns. Is a figure cut in"
                " two, such as 12,500? Nothing was entered."
            ),
            line=line,
            cells=len(cells),
            width=width,
        )


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
    """Return where our columns stand; raises WrongInput for one that is missing or named twice."""
    folded = [fold(cell) for cell in header]
    found = {name: [at for at, cell in enumerate(folded) if cell in words] for name, words in WORDS.items()}
    if missing := [name for name in NEEDED if not found[name]]:
        raise WrongInput(
            N_("The file has no column %(missing)s. Its first line has to name town, month and m3."),
            missing=", ".join(missing),
        )
    for name, places in found.items():
        if len(places) > 1:
            raise WrongInput(
                N_("The file has the column %(name)s twice: %(headers)s. Which one counts? Take one out."),
                name=name,
                headers=", ".join(header[at].strip()[:SHOWN] for at in places),
            )
    return {name: places[0] for name, places in found.items() if places}


def _line(line: int, cells: Mapping[str, str]) -> WaterLine:
    town, month, volume = (cells.get(name, "").strip() for name in NEEDED)
    typed = town[:SHOWN], month[:SHOWN], volume[:SHOWN]
    try:
        figure = WaterFigure(town, parse_month(month), parse_volume(volume), cells.get("note", ""))
    except WrongInput as error:
        return WaterLine(line, None, typed, error.message, error.params)
    return WaterLine(line, figure, typed)
