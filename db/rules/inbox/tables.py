"""Tables that people type or paste: a heading line, and rows with as many cells.

What stands in a column of meter numbers is a meter number; what stands in a column of former
states, consumption or anything else than states is no state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from db.rules.inbox.lexicon import tags_of
from db.rules.inbox.page import BLANK, Claim, Kind, Page, flat
from db.rules.inbox.tags import Tag

_SPLIT = re.compile(r"[ \t]{2,40}")
_WORD = re.compile(r"[a-z]{1,20}")
_NUMBER = re.compile(r"[0-9][0-9 .,\-]{0,20}")
_VALUE = re.compile(r"[0-9][0-9 ]{0,9}(?:[.,][0-9]{1,3})?(?: ?m ?\^?3)?")
_CODE = re.compile(r"[a-z0-9][a-z0-9\-/ .]{3,24}")
_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})(?:\.(20\d\d))?\b|\bm3\b")
_HOUSE = re.compile(r"[a-z][a-z .\-]{0,40} ?\d{1,4}[a-z]?(?:/\d{1,4})?")
_ROW = re.compile(
    r"^([a-z .:;,|\t\-]{0,60}?)(?<![a-z])(\d{7,8}) ?[|;:,\t \-]{1,20}"
    r"(\d{1,6}(?:[.,]\d{1,3})?)(?: ?m ?\^?3)?[ .;|]{0,4}$",
    re.MULTILINE,
)
_MOST_CELLS = 12


class Column(StrEnum):
    """What a column holds."""

    METER = "meter"
    STATE = "state"
    CLIENT = "client"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    plain: str


def claim_tables(page: Page) -> None:
    """Claim the cells of tables that are meter or client numbers, and those that are no states.

    `page.cells` is told which states stand in a row with a meter's number. Rows that no heading
    precedes are of the one below them: `2744 / 81234567 / 1477`, `(nr klienta / nr wodomierza / stan)`.
    """
    columns: list[Column] = []
    claims: list[Claim] = []
    headless: list[list[_Cell]] = []
    at = 0
    for line in page.text.split("\n"):
        cells = _cells(page, line, at)
        at += len(line) + 1
        if not cells:
            if line.strip("-+=_|:; \t"):
                columns = []
            continue
        heading = _heading(cells)
        if heading:
            columns = heading
            claims += [
                Claim(Kind.OTHER, cell.start, cell.end)
                for cell, column in zip(cells, columns, strict=True)
                if column is Column.OTHER and _only_day(cell)
            ]
            for row in headless:
                claims += _claims(page, row, columns) if len(row) == len(columns) else []
            headless = []
        elif row := _fitted(cells, len(columns)):
            claims += _claims(page, row, columns)
        elif not columns:
            headless.append(cells)
    page.take_many(sorted(claims, key=lambda claim: claim.start))


def claim_rows(page: Page) -> None:
    """Claim the meters of rows without a heading, `Kuchnia   5520011   88,4`, where there are several.

    A row is a name, a code of seven or eight digits and a number; one that speaks of warm water is
    of another meter.
    """
    rows: list[re.Match[str]] = []
    for found in [*_ROW.finditer(page.rest), None]:
        if found is None or (rows and page.rest[rows[-1].end() : found.start()].strip()):
            page.take_many(_of_rows(rows) if len(rows) > 1 else [])
            rows = []
        if found is not None:
            rows.append(found)


def _of_rows(rows: list[re.Match[str]]) -> list[Claim]:
    found: list[Claim] = []
    for row in rows:
        tags = Tag.NONE
        for word in _WORD.findall(row[1]):
            tags |= Tag.FOREIGN if word.startswith(("ciepl", "gorac")) else tags_of(word)
        if tags & Tag.FOREIGN:
            found += [Claim(Kind.OTHER, *row.span(2)), Claim(Kind.OTHER, *row.span(3))]
        else:
            found.append(Claim(Kind.METER, *row.span(2), row[2]))
    return found


def _cells(page: Page, line: str, at: int) -> list[_Cell]:
    """Return the cells of a line, empty ones too where signs part them; none where it has fewer than two."""
    sign = next((sign for sign in ("|", "\t", ";", " / ") if sign in line.strip("| ")), "")
    around = " |()" if sign == " / " else " |"
    begin = len(line) - len(line.lstrip(around))
    end = len(line.rstrip(around if sign != ";" else " "))
    if sign:
        bounds = [begin]
        while (found := line.find(sign, bounds[-1], end)) >= 0 and len(bounds) <= 2 * _MOST_CELLS:
            bounds += [found, found + len(sign)]
    else:
        bounds = [begin]
        for wide in _SPLIT.finditer(line, begin, end):
            bounds += [wide.start(), wide.end()]
    bounds.append(max(end, bounds[-1]))
    if not 4 <= len(bounds) <= 2 * _MOST_CELLS or begin >= end:
        return []
    return [_cell(page, at, line, start, stop) for start, stop in zip(bounds[::2], bounds[1::2], strict=True)]


def _cell(page: Page, at: int, line: str, start: int, stop: int) -> _Cell:
    """Return a cell without the blanks around what stands in it."""
    inner = line[start:stop]
    start += len(inner) - len(inner.lstrip())
    stop = max(start, stop - (len(inner) - len(inner.rstrip())))
    return _Cell(at + start, at + stop, page.rest[at + start : at + stop])


def _fitted(cells: list[_Cell], count: int) -> list[_Cell]:
    """Return a row of `count` cells, empty ones at its end added or left out; none if it has others."""
    while len(cells) > count and not cells[-1].plain:
        cells = cells[:-1]
    if 2 <= len(cells) < count and count - len(cells) <= 2:
        end = cells[-1].end
        cells = [*cells, *[_Cell(end, end, "")] * (count - len(cells))]
    return cells if len(cells) == count else []


def _heading(cells: list[_Cell]) -> list[Column]:
    """Return the columns that a line without numbers heads, one of them of states; else none."""
    heads = [_DATE.sub(" ", cell.plain) for cell in cells]
    if any(char.isdigit() or char == BLANK for head in heads for char in head):
        return []
    columns = [_column(head) for head in heads]
    if Column.METER in columns and Column.STATE not in columns:
        columns = [
            Column.STATE if _only_day(cell) else column for cell, column in zip(cells, columns, strict=True)
        ]
    if columns.count(Column.STATE) > 1:
        columns = _latest(cells, columns)
    if columns.count(Column.STATE) > 1:
        columns = _present(cells, columns)
    return columns if columns.count(Column.STATE) == 1 else []


def _only_day(cell: _Cell) -> bool:
    """Tell whether a heading is nothing but a day: what stands below are the states of that day."""
    found = _DATE.fullmatch(cell.plain)
    return bool(found and found[1] and int(found[2]) <= 12)


def _latest(cells: list[_Cell], columns: list[Column]) -> list[Column]:
    """Return the columns with only that of the latest day left as one of states, where each has a day."""
    days: dict[int, tuple[str, str, str]] = {}
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        found = _DATE.search(cell.plain)
        if column is Column.STATE and found and found[1]:
            days[place] = (found[3] or "", found[2].zfill(2), found[1].zfill(2))
    if len(days) != columns.count(Column.STATE) or len(set(days.values())) != len(days):
        return columns
    last = max(days, key=days.__getitem__)
    return [
        Column.OTHER if place in days and place != last else column for place, column in enumerate(columns)
    ]


def _present(cells: list[_Cell], columns: list[Column]) -> list[Column]:
    """Return the columns with only that of `obecny` or `końcowy` left as one of states, if there is one."""
    now = [
        place
        for place, column in enumerate(columns)
        if column is Column.STATE and (_tags(cells[place].plain) & Tag.NOW or "koncow" in cells[place].plain)
    ]
    if len(now) != 1:
        return columns
    return [
        Column.OTHER if column is Column.STATE and place not in now else column
        for place, column in enumerate(columns)
    ]


def _column(plain: str) -> Column:
    tags = _tags(plain)
    if tags & (Tag.OLD | Tag.USE | Tag.GUESS | Tag.MONEY | Tag.PAST | Tag.FOREIGN) or "data" in plain:
        return Column.OTHER
    if tags & Tag.CLIENT:
        return Column.CLIENT
    if tags & (Tag.SEAL | Tag.PHONE | Tag.INVOICE | Tag.PAPER) and not tags & Tag.METER:
        return Column.OTHER
    if tags & Tag.NUMBER or tags & Tag.SERIAL:
        return Column.METER
    if tags & (Tag.STATE | Tag.NOW) or plain.strip() == "jest":
        return Column.STATE
    return Column.METER if tags & Tag.METER else Column.OTHER


def _tags(plain: str) -> int:
    tags = Tag.NONE
    for word in _WORD.findall(flat(plain)):
        tags |= Tag.FOREIGN if word.startswith(("ciepl", "gorac")) else tags_of(word)
    return tags


def _claims(page: Page, cells: list[_Cell], columns: list[Column]) -> list[Claim]:
    """Return the claims of a row; one of a sum or of warm water is of no meter at all."""
    texts = [cell for cell, column in zip(cells, columns, strict=True) if column is Column.OTHER]
    said = [_tags(cell.plain) for cell in texts]
    first = next((cell for cell in cells if cell.plain), cells[0])
    away = any(tags & Tag.FOREIGN and not tags & Tag.WATER for tags in said) or _tags(first.plain) & Tag.USE
    if away:
        return [Claim(Kind.OTHER, cell.start, cell.end) for cell in cells if _is_number(cell)]
    found: list[Claim] = []
    meters = 0
    for cell, column in zip(cells, columns, strict=True):
        if BLANK in cell.plain or (column is Column.OTHER and _DATE.search(cell.plain)):
            continue
        value = "".join(char for char in cell.plain if char.isalnum())
        digits = sum(char.isdigit() for char in value)
        if column is Column.METER and digits >= 4 and _CODE.fullmatch(cell.plain):
            found.append(Claim(Kind.METER, cell.start, cell.end, value.upper()))
            meters += 1
        elif column is Column.CLIENT and _NUMBER.fullmatch(cell.plain) and len(value) in (4, 6):
            found.append(Claim(Kind.CLIENT, cell.start, cell.end, value))
        elif column is Column.OTHER and (_NUMBER.fullmatch(cell.plain) or _HOUSE.fullmatch(cell.plain)):
            found.append(Claim(Kind.OTHER, cell.start, cell.end))
    state = cells[columns.index(Column.STATE)]
    if meters == 1 and _is_number(state):
        page.cells[state.start] = next(claim.value for claim in found if claim.kind is Kind.METER)
    return found


def _is_number(cell: _Cell) -> bool:
    return BLANK not in cell.plain and _VALUE.fullmatch(cell.plain) is not None
