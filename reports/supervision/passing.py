"""A long list for programs, written while it is read.

No more than a few thousand of its rows are held, but all of them where it is sorted by a column that the
database does not sort, such as a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from db.records.reports import Line, Question
from reports.columns import Translate
from reports.csv_lines import csv_pieces
from reports.output import STDOUT, written_whole
from reports.supervision.definition import Definition, Report, View
from reports.supervision.forms import ReportForm
from reports.supervision.json_pieces import json_end, json_head, json_rows
from reports.supervision.running import pass_on, report_of, view_of

if TYPE_CHECKING:
    from db.office import Office


def is_passed_on(view: View | None, form: ReportForm) -> bool:
    """Tell whether the rows of a view in a form are written while they are read."""
    return view is not None and view.long and form in (ReportForm.JSON, ReportForm.CSV)


def write_passing(
    office: Office,
    definition: Definition,
    question: Question,
    form: ReportForm,
    *,
    translate: Translate,
    sort: str = "",
    limit: int = 0,
    reveal: bool = False,
    output: str = STDOUT,
    force: bool = False,
    stdout: TextIO | None = None,
) -> Report:
    """Write the rows of a long list, whole or not at all, and return the report without them.

    Raises as `run` and `write_report` do.
    """
    view = view_of(definition, question, sort)
    with written_whole(output=output, force=force, stdout=stdout) as write:

        def write_rows(rows: Iterable[Line]) -> None:
            if form is ReportForm.CSV:
                pieces = csv_pieces(view.columns, rows)
            else:
                write(json_head(report_of(definition, view, question, (), {}), translate))
                pieces = json_rows(rows, view)
            for piece in pieces:
                write(piece)

        report = pass_on(office, definition, question, write_rows, sort=sort, limit=limit, reveal=reveal)
        if form is ReportForm.JSON:
            write(json_end(report))
    return report
