"""What a document is made of, before anybody decides how it looks.

A document's module says what stands where as a `Paper` of blocks; `drawing` puts them on A4 and
`as_text` on 80 columns. Light: nothing here imports fpdf2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from db.records.paper import Letterhead

Align = Literal["L", "R", "C"]

Fact: TypeAlias = tuple[str, str]
"""A label and what it labels."""


@dataclass(frozen=True, slots=True)
class Head:
    """Our references on the left, the addressee in the envelope's window."""

    facts: tuple[Fact, ...]
    name: str
    lines: tuple[str, ...]
    place: str = ""
    """Town and day, above."""


@dataclass(frozen=True, slots=True)
class Title:
    """What the document is called; `mark` is a word such as DUPLIKAT with its day."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the letter; `quiet` is small print, `strong` is bold."""

    text: str
    quiet: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the paragraphs or dashed sentences under it."""

    heading: str
    sentences: tuple[str, ...]
    dashes: bool = True
    basis: str = ""
    """The legal basis, in small print."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """Labelled values, one a line."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: `Sprzedawca`, `Nabywca`."""

    role: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties side by side."""

    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; widths are mm on paper."""

    title: str
    width: float
    align: Align = "L"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `strong` is bold on a tint: a total."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; one narrower than the page stands at its right edge. The head comes on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: str = ""
    roomy: bool = False
    """With larger type and rows, for a table that is what the letter is about."""
    tight: bool = False
    """With smaller type, for a table that would not fit otherwise."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What is to be paid, how and by when; `payload` is the text of the code to scan."""

    label: str
    amount: str
    facts: tuple[Fact, ...]
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by month, oldest first: (`2026-10`, whole m³)."""

    heading: str
    months: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars across the page: (label, figure as written, part of the longest bar from 0 to 1)."""

    heading: str
    bars: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A transfer form: boxes with a label and what is written in them, one below the other."""

    heading: str
    boxes: tuple[Fact, ...]
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """Small print on the left, the signature on the right."""

    signature: tuple[str, ...]
    """The name of whoever signs, then what they are."""
    greeting: str = "Z poważaniem"
    notes: tuple[str, ...] = (
        "Dokument wystawiono elektronicznie.",
        "Nie wymaga podpisu ani pieczęci.",
    )


Block: TypeAlias = (
    Head
    | Title
    | Paragraph
    | Section
    | Particulars
    | Parties
    | Table
    | Payment
    | Chart
    | Bars
    | Form
    | Closing
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document."""

    title: str
    """For the metadata."""
    number: str
    client_number: str
    letterhead: Letterhead
    created: datetime
    language: str
    blocks: tuple[Block, ...] = field(default=())
