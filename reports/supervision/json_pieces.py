"""A report as JSON in pieces: what stands before its rows, each row, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.records.reports import Line
from reports.columns import Translate, for_programs
from reports.output import json_scalar, json_text
from reports.supervision.definition import Report, View
from reports.supervision.wording import title_of

_ROW, _CELL = "\n    ", "\n      "


def json_head(report: Report, translate: Translate) -> str:
    """Return everything up to the rows."""
    head = {
        "report": report.definition.name,
        "view": report.view.key,
        "schema_version": report.definition.schema_version,
        "title": title_of(report, translate),
        "as_of": report.as_of.isoformat(),
        "columns": [
            {
                "key": column.key,
                "kind": column.kind.value,
                "label": translate(column.label),
                "meaning": translate(column.meaning),
            }
            for column in report.columns
        ],
    }
    return json_text(head).removesuffix("\n}\n") + ',\n  "rows": ['


def json_rows(rows: Iterable[Line], view: View) -> Iterator[str]:
    """Yield the rows, one after the other."""
    cells = [(f"{_CELL}{json_scalar(column.key)}: ", column.key, column.kind) for column in view.columns]
    before = _ROW
    for row in rows:
        own = (label + json_scalar(for_programs(row[key], kind)) for label, key, kind in cells)
        yield f"{before}{{{','.join(own)}{_ROW}}}"
        before = f",{_ROW}"
    yield "]" if before == _ROW else "\n  ]"


def json_end(report: Report) -> str:
    """Return everything behind the rows."""
    kinds = {column.key: column.kind for column in report.columns}
    totals = {key: for_programs(value, kinds[key]) for key, value in report.totals.items()}
    return f",{json_text({'totals': totals, 'more': report.more}).removeprefix('{')}"
