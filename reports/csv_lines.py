"""Rows as CSV: safe to be opened in a spreadsheet, some hundred lines at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any

from db.rules.text import all_plain, csv_safe, safe_terminal
from reports.columns import Column, Kind, Row, for_programs

_LINES = 500
"""Of a long list that are in memory on their way out."""
_SPELT = {int, Decimal, date, datetime, type(None)}
"""Types whose spelling for programs is no formula, whatever the value."""


def csv_text(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """Return rows under the columns' keys, safe to be opened in a spreadsheet."""
    return "".join(csv_pieces(columns, rows))


def csv_pieces(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the same, some hundred lines at a time."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.key for column in columns])
    cells_of = [(column.key, column.kind) for column in columns]
    left = iter(rows)
    while some := list(islice(left, _LINES)):
        cells = [_cells([row.get(key) for row in some], kind) for key, kind in cells_of]
        writer.writerows(zip(*cells, strict=True))
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def _cells(values: Sequence[Any], kind: Kind) -> Sequence[object]:
    """Return the cells of a column, which a CSV writer writes as `_cell` spells each of them."""
    types = set(map(type, values))
    if types == {str} and all_plain(values):
        return values
    if types == {int} and kind is not Kind.AMOUNT:
        return values
    if types <= {date, datetime}:
        return [value.isoformat() for value in values]
    if types <= _SPELT:
        return [for_programs(value, kind) for value in values]
    return [_cell(value, kind) for value in values]


def _cell(value: object, kind: Kind) -> str:
    """Return one cell; only text can be mistaken for a formula, figures stay figures."""
    if value is None:
        return ""
    plain = for_programs(value, kind)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal, date)):
        return str(plain)
    return csv_safe(safe_terminal(_one(plain)))


def _one(plain: object) -> str:
    """Return a list or an object as the text of one cell."""
    if isinstance(plain, list):
        return "; ".join(map(_one, plain))
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, dict) else str(plain)
