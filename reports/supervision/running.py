"""Asks for a report: one door, one moment; hides personal data, sorts, limits and has the look logged."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db.errors import WrongInput
from db.records.reports import Found, Line, Question
from db.rules.masking import mask_email, mask_house, mask_name
from db.rules.months import dotted
from db.rules.text import polish_key
from db.words import N_
from reports.supervision.definition import Definition, Figure, Personal, Report, View
from reports.supervision.wording import FILTERS

if TYPE_CHECKING:
    from db.office import Office

_MASKS = {Personal.NAME: mask_name, Personal.HOUSE: mask_house, Personal.EMAIL: mask_email}


def run(
    office: Office,
    definition: Definition,
    question: Question,
    *,
    sort: str = "",
    limit: int = 0,
    reveal: bool = False,
) -> Report:
    """Return the report that `question` asks for; personal data is masked unless `reveal`.

    `sort` is a column's key, with `-` before it for the greatest first; `limit` 0 is no limit.
    Raises WrongInput for an unknown view or column, and what the report's door raises.
    """
    view = definition.view(question.by)
    if view is None:
        known = ", ".join(view.key for view in definition.views)
        raise WrongInput(
            N_('There is no view "%(typed)s"; there are: %(known)s.'), typed=question.by[:40], known=known
        )
    found = _ask(office, view, question)
    rows = _sorted(list(found.rows), view, sort)
    shown = rows[:limit] if limit else rows
    _note(office, definition, view, shown, reveal=reveal)
    if not reveal:
        shown = [_masked(row, view) for row in shown]
    params = {
        "as_of": dotted(question.as_of), "since": dotted(question.since), "until": dotted(question.until),
        "periods": question.periods, **{name: getattr(question, name) for name in FILTERS},
        "period": f"{question.period[:4]}-{question.period[4:]}" if question.period else "",
    }  # fmt: skip
    return Report(definition, view, question.as_of, params, shown, found.totals, len(rows) - len(shown))


def _ask(office: Office, view: View, question: Question) -> Found:
    module, _, name = view.door.partition(".")
    door: Any = getattr(importlib.import_module(f"db.queries.reports.{module}"), name)
    found: Found = office.read(door, question)
    return found


def _sorted(rows: list[Line], view: View, sort: str) -> list[Line]:
    if not sort:
        return rows
    key = sort.removeprefix("-")
    if key not in view.keys:
        raise WrongInput(N_("%(typed)s is none of: %(known)s."), typed=sort[:40], known=", ".join(view.keys))
    known = [row for row in rows if row[key] is not None]
    unknown = [row for row in rows if row[key] is None]
    return sorted(known, key=lambda row: _order(row[key]), reverse=sort.startswith("-")) + unknown


def _order(value: object) -> Any:
    return polish_key(value) if isinstance(value, str) else value


def _note(office: Office, definition: Definition, view: View, rows: Sequence[Line], *, reveal: bool) -> None:
    """Have the look logged before anybody sees it; revealed, it stands in each client's own log."""
    if not view.lists_clients or not rows:
        return
    from db.queries.reports.noting import note_listed, note_revealed

    scope = f"report {definition.name} {view.key}"
    if reveal:
        office.read(
            note_revealed, scope, tuple(sorted({str(row["client"]) for row in rows if row.get("client")}))
        )
    else:
        office.read(note_listed, f"{scope}, {len(rows)} lines, masked")


def _masked(row: Line, view: View) -> Line:
    return {column.key: _hidden(row[column.key], column) for column in view.columns}


def _hidden(value: Any, column: Figure) -> Any:
    return _MASKS[column.personal](value) if column.personal and value else value
