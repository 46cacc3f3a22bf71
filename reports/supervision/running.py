"""Asks for a report: one door, one moment; hides personal data, sorts, limits and has the look logged."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.errors import WrongInput
from db.records.reports import Found, Line, Question, Take
from db.rules.first_rows import first_rows
from db.rules.masking import mask_email, mask_house, mask_name
from db.rules.months import dotted
from db.words import N_
from reports.supervision.definition import Definition, Personal, Report, View
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
    view = view_of(definition, question, sort)
    found = _ask(office, view, replace(question, sort=sort, limit=limit))
    rows = list(found.rows if view.long else first_rows(found.rows, sort, limit))
    _note(office, definition, view, len(rows), _clients(rows) if reveal else None)
    shown = rows if reveal else [*map(_masking(view), rows)]
    count = len(found.rows) if found.count is None else found.count
    report = report_of(definition, view, question, shown, found.totals)
    return replace(report, more=count - len(shown))


def pass_on(
    office: Office,
    definition: Definition,
    question: Question,
    write: Callable[[Iterable[Line]], None],
    *,
    sort: str = "",
    limit: int = 0,
    reveal: bool = False,
) -> Report:
    """Have the rows of a long list written while they are read, and return the report without them.

    Nobody may see what was written before this returns: only then is the look logged. Raises as `run`.
    """
    view = view_of(definition, question, sort)
    mask = _masking(view)
    clients: set[str] = set()
    passed = 0

    def passing(rows: Iterable[Line]) -> Iterator[Line]:
        nonlocal passed
        for row in rows:
            passed += 1
            if reveal:
                clients.update(_clients((row,)))
            yield row if reveal else mask(row)

    def take(rows: Iterable[Line]) -> tuple[Line, ...]:
        write(passing(rows))
        return ()

    found = _ask(office, view, replace(question, sort=sort, limit=limit), take)
    _note(office, definition, view, passed, clients if reveal else None)
    report = report_of(definition, view, question, (), found.totals)
    return replace(report, passed=passed, more=(found.count or 0) - passed)


def view_of(definition: Definition, question: Question, sort: str) -> View:
    """Return the view asked for; raises WrongInput where there is none, or no column to `sort` by."""
    view = definition.view(question.by)
    if view is None:
        known = ", ".join(view.key for view in definition.views)
        raise WrongInput(
            N_('There is no view "%(typed)s"; there are: %(known)s.'), typed=question.by[:40], known=known
        )
    if sort and sort.removeprefix("-") not in view.keys:
        raise WrongInput(N_("%(typed)s is none of: %(known)s."), typed=sort[:40], known=", ".join(view.keys))
    return view


def report_of(
    definition: Definition, view: View, question: Question, rows: Sequence[Line], totals: Line
) -> Report:
    """Return a report of these rows; with none yet, what its title says."""
    params = {
        "as_of": dotted(question.as_of), "since": dotted(question.since), "until": dotted(question.until),
        "periods": question.periods, **{name: getattr(question, name) for name in FILTERS},
        "period": f"{question.period[:4]}-{question.period[4:]}" if question.period else "",
    }  # fmt: skip
    return Report(definition, view, question.as_of, params, rows, totals)


def _ask(office: Office, view: View, question: Question, *take: Take) -> Found:
    module, _, name = view.door.partition(".")
    door: Any = getattr(importlib.import_module(f"db.queries.reports.{module}"), name)
    found: Found = office.read(door, question, *take)
    return found


def _clients(rows: Iterable[Line]) -> set[str]:
    return {str(row["client"]) for row in rows if row.get("client")}


def _note(office: Office, definition: Definition, view: View, count: int, clients: set[str] | None) -> None:
    """Have the look logged before anybody sees it; with `clients`, revealed, it stands in each one's log."""
    if not view.lists_clients or not count:
        return
    from db.queries.reports.noting import note_listed, note_revealed

    scope = f"report {definition.name} {view.key}"
    if clients is None:
        office.read(note_listed, f"{scope}, {count} lines, masked")
    else:
        office.read(note_revealed, scope, tuple(sorted(clients)))


def _masking(view: View) -> Callable[[Line], Line]:
    """Return what hides the personal data in a row."""
    hidden = [(column.key, _MASKS[column.personal]) for column in view.columns if column.personal]

    def masked(row: Line) -> Line:
        return {**row, **{key: mask(row[key]) for key, mask in hidden if row[key]}}

    return masked if hidden else lambda row: row
