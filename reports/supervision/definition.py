"""What a report is: its views, their columns with what each means, and a report as it came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from db.records.reports import Line
from reports.columns import Column


class Option(StrEnum):
    """What a report can be asked beside its form and its day."""

    PERIOD_OF_DAYS = "from-to"
    BY = "by"
    TOP = "top"
    BUCKET = "bucket"
    PERIODS = "periods"
    STREET = "street"
    CLIENT = "client"
    AGENT = "agent"
    PERIOD = "period"
    UNTIL = "until"
    SUSPICIOUS = "suspicious"
    KIND = "kind"


class Personal(StrEnum):
    """Whose data a column holds, and so how it is hidden unless it is asked for."""

    NAME = "name"
    HOUSE = "house"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Figure(Column):
    """A column of a report."""

    meaning: str = ""
    """One sentence, `N_`-marked: what it counts."""
    personal: Personal | None = None
    bar: bool = False
    """Drawn as bars where there is room."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a report: `--by KEY`."""

    key: str
    title: str
    """`N_`-marked, with `%(as_of)s`, `%(since)s`, `%(until)s`: what it counts, and as of when."""
    columns: tuple[Figure, ...]
    door: str
    """Module and function below `db.queries.reports`: `receivables.ageing`."""
    lists_clients: bool = False
    """Its rows are about single clients: every look is logged."""
    empty: str = ""
    """`N_`-marked: what an empty result says, where that is not what the report's other views say."""
    long: bool = False
    """Its door sorts and cuts the rows, and hands them on as they are read."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the columns."""
        return tuple(column.key for column in self.columns)


@dataclass(frozen=True, slots=True)
class Definition:
    """A report: its name never changes, and `schema_version` grows when its columns do."""

    name: str
    counted: str
    """`N_`-marked: how its figures are counted, for `--help`."""
    views: tuple[View, ...]
    """The first is the one that nobody has to ask for."""
    options: tuple[Option, ...]
    empty: str
    """`N_`-marked: what an empty result says."""
    only: Mapping[Option, tuple[str, ...]] = field(default_factory=dict)
    """The views that an option works in, where these are not all; it needs no `--by`."""
    shortcuts: Mapping[Option, str] = field(default_factory=dict)
    """The view that an option of all views asks for by itself."""
    schema_version: int = 1

    def view(self, key: str) -> View | None:
        """Return the view with this key, the first for an empty one; None for one that is not."""
        return next((view for view in self.views if key in (view.key, "")), None)


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it came out."""

    definition: Definition
    view: View
    as_of: date
    params: Mapping[str, object]
    """Fill the title."""
    rows: Sequence[Line]
    totals: Line
    """Over all rows, also those that a limit left out."""
    more: int = 0
    """Rows that a limit left out."""
    passed: int = 0
    """Rows that were written while they were read, and are not in `rows`."""

    @property
    def columns(self) -> tuple[Figure, ...]:
        """The view's columns."""
        return self.view.columns

    @property
    def empty(self) -> str:
        """What an empty result says, `N_`-marked."""
        return self.view.empty or self.definition.empty
