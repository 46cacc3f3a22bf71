"""The page our letters are written on: A4, margins, type sizes, colours, page numbers.

The one place for typography. Every text goes through `printable`, never through fpdf2's
markdown or HTML, so a client's name cannot become a link or a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import pairwise
from typing import Literal

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from reports.documents import metadata
from reports.documents.glyphs import COMMON, REPLACEMENT, printable
from reports.documents.prepared_fonts import (
    FAMILY,
    Colour,
    Pen,
    PlainProducer,
    PreparedProducer,
    add_fonts,
)
from reports.documents.words import NBSP, foot_words

LEFT, RIGHT, TOP, BOTTOM = 25.0, 20.0, 15.0, 20.0
"""Margins in mm."""
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
LOWEST = PAGE_HEIGHT - BOTTOM
"""Where the type area ends."""

INK: Colour = (28, 28, 30)
QUIET: Colour = (96, 100, 108)
ACCENT: Colour = (23, 66, 104)
HAIRLINE: Colour = (198, 204, 212)
TINT: Colour = (238, 242, 246)

Align = Literal["L", "R", "C"]


@dataclass(frozen=True, slots=True)
class Type:
    """A size in points, its line height in mm, weight and colour."""

    size: float
    line: float
    bold: bool = False
    colour: Colour = INK


class Style(Enum):
    """Every kind of text that our letters use."""

    NAME = Type(12.5, 5.6, bold=True, colour=ACCENT)
    TITLE = Type(14, 6.6, bold=True, colour=ACCENT)
    HEADING = Type(9.5, 5, bold=True, colour=ACCENT)
    BODY = Type(9.5, 4.9)
    STRONG = Type(9.5, 4.9, bold=True)
    SENTENCE = Type(9, 4.5)
    DETAIL = Type(8.7, 4.6, bold=True)
    DETAIL_LABEL = Type(8.4, 4.6, colour=QUIET)
    LABEL = Type(9, 4.9, colour=QUIET)
    SMALL = Type(8, 4)
    NOTE = Type(7.5, 3.7, colour=QUIET)
    FOOT = Type(7, 3.6, colour=QUIET)
    CELL = Type(8, 3.8)
    CELL_STRONG = Type(8, 3.8, bold=True)
    CELL_TIGHT = Type(6.5, 3.2)
    CELL_TIGHT_STRONG = Type(6.5, 3.2, bold=True)
    CELL_TIGHT_HEAD = Type(6, 2.9, bold=True, colour=ACCENT)
    CELL_HEAD = Type(7.3, 3.4, bold=True, colour=ACCENT)
    CELL_LABEL = Type(7.5, 3.8, colour=QUIET)
    AMOUNT = Type(16, 7.4, bold=True, colour=ACCENT)
    TICK = Type(5.8, 2.6, colour=QUIET)
    BAR = Type(5.8, 2.6)


_UNITS: dict[bool, dict[str, float]] = {False: {}, True: {}}
"""Widths of letters by weight, in thousandths of the type size; they are the same in every letter."""


class Letter(FPDF):
    """One A4 letter; `foot` stands on every page beside the page number.

    `identifier` goes into the metadata, so that a finished file can be told without making it
    anew. `prepared` takes the ready-made fonts: then `uncommon` says afterwards whether the letter
    needed a character that they lack, and has to be written again without them.
    """

    def __init__(
        self,
        *,
        title: str,
        author: str,
        created: datetime,
        language: str,
        foot: str,
        identifier: str = "",
        prepared: bool = False,
    ) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4", enforce_compliance="PDF/A-3U")
        self._foot, self.language = foot, language
        self._first_page = 1
        self._prepared = prepared
        self.replaced = False
        """True once something had to be printed as `REPLACEMENT`."""
        self.uncommon = not COMMON.issuperset(printable(foot))
        """True once a character was needed that only the whole faces have."""
        add_fonts(self, prepared=prepared)
        self.pen = Pen(self, prepared=prepared)
        """For shapes that have no method here."""
        self.set_lang(language)
        self.set_creation_date(created)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_xmp_metadata(
            metadata.packet(
                title=printable(title),
                author=printable(author),
                created=created,
                language=language,
                identifier=identifier,
            )
        )
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(False, margin=BOTTOM)
        self.c_margin = 0
        self.add_page()

    def say(
        self,
        text: str,
        style: Style = Style.BODY,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        align: Align = "L",
    ) -> None:
        """Write a paragraph at `x` (mm), as wide as `width`, and go to the line below it.

        What does not fit on the page goes on overleaf.
        """
        height = style.value.line
        for line in self.lines(text, style, width):
            if self.y + height > LOWEST:
                self.add_page()
            y = self.y
            self.put(line, style, x=x, y=y, width=width, align=align)
            self.set_xy(LEFT, y + height)

    def put(
        self,
        line: str,
        style: Style,
        *,
        x: float,
        y: float,
        width: float = 0.0,
        align: Align = "L",
        page: int = 0,
    ) -> None:
        """Write one printable line whose box begins at `x`, `y` (mm) of this page; it is not broken."""
        if not line or (self.uncommon and self._prepared):  # nothing to write, or in vain
            return
        kind = style.value
        if align != "L":
            free = width - self.width_of(line, style)
            x += free if align == "R" else free / 2
        self.pen.text(
            line,
            bold=kind.bold,
            size=kind.size,
            colour=kind.colour,
            x=x,
            y=y + 0.5 * kind.line + 0.3 * kind.size / self.k,
            page=page or self.page,
        )

    def height_of(self, text: str, style: Style, width: float) -> float:
        """Return how many mm `text` would take."""
        return len(self.lines(text, style, width)) * style.value.line

    def gap(self, height: float) -> None:
        """Leave `height` mm free."""
        self.set_y(self.get_y() + height)

    def keep_together(self, height: float) -> None:
        """Begin a new page when less than `height` mm are left.

        What is taller than a page stays here and flows on, if at least its beginning fits.
        """
        usable = PAGE_HEIGHT - TOP - BOTTOM
        if self.get_y() + (height if height < usable else 20) > LOWEST:
            self.add_page()

    def rule(
        self,
        y: float,
        colour: Colour = HAIRLINE,
        thickness: float = 0.2,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        page: int = 0,
    ) -> None:
        """Draw a line across the type area, or `width` mm of it, at `y`."""
        self.pen.line(x, y, x + width, y, colour=colour, thickness=thickness, page=page or self.page)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour = TINT) -> None:
        """Fill a rectangle (mm)."""
        self.pen.fill([(0, 0, width, height)], colour=colour, page=self.page, origin=(x, y))

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the outline of a rectangle (mm)."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        for (from_x, from_y), (to_x, to_y) in pairwise(corners):
            self.pen.line(from_x, from_y, to_x, to_y, colour=HAIRLINE, thickness=0.2, page=self.page)

    def begin_next(self, foot: str) -> None:
        """Begin another letter in the same file, its pages counted from 1."""
        self._write_feet()
        self._foot, self._first_page = foot, self.pages_count + 1
        self.replaced = False
        self.add_page()

    def finish(self) -> bytes:
        """Return the finished file: now that their number is known, every page gets its foot."""
        self._write_feet()
        producer = PreparedProducer if self._prepared else PlainProducer
        return bytes(self.output(output_producer_class=producer) or b"")

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """Break `text` at spaces, and a word longer than a line wherever it must be.

        fpdf2's own breaking measures the line anew at every letter: half the time of a letter.
        """
        shown = self._shown(text)
        if self.width_of(shown, style) <= width:
            return [shown]
        space = self.width_of(" ", style)
        lines: list[str] = []
        line, used = "", 0.0
        for word in shown.split(" "):
            needed = self.width_of(word, style)
            if line and used + space + needed <= width:
                line, used = f"{line} {word}", used + space + needed
                continue
            if line:
                lines.append(line)
            while needed > width:
                fits = self._fitting(word, style, width)
                lines.append(word[:fits])
                word = word[fits:]
                needed = self.width_of(word, style)
            line, used = word, needed
        return [*lines, line]

    def width_of(self, text: str, style: Style) -> float:
        """Return the width of printable `text` in mm."""
        kind = style.value
        units = _UNITS[kind.bold]
        try:
            thousandths = sum(map(units.__getitem__, text))
        except KeyError:
            self._learn(text, style)
            thousandths = sum(map(units.__getitem__, text))
        return thousandths * kind.size * 0.001 / self.k

    def _write_feet(self) -> None:
        y, shown = PAGE_HEIGHT - 15.5, self._shown(self._foot)
        shown = shown[: self._fitting(shown, Style.FOOT, WIDTH - 30)]
        pages, words = range(self._first_page, self.pages_count + 1), foot_words(self.language)
        for place, page in enumerate(pages, 1):
            self.rule(PAGE_HEIGHT - 17, HAIRLINE, 0.15, page=page)
            self.put(shown, Style.FOOT, x=LEFT, y=y, page=page)
            number = f"{words.page}{NBSP}{place}{NBSP}{words.of}{NBSP}{len(pages)}"
            self.put(number, Style.FOOT, x=LEFT, y=y, width=WIDTH, align="R", page=page)

    def _shown(self, text: str) -> str:
        """Return `text` as it can be printed, and note what that took."""
        if COMMON.issuperset(text):
            self.replaced = self.replaced or REPLACEMENT in text
            return text
        shown = printable(text)
        self.replaced = self.replaced or REPLACEMENT in shown
        self.uncommon = self.uncommon or not COMMON.issuperset(shown)
        return shown

    def _learn(self, text: str, style: Style) -> None:
        """Look the letters of `text` up; nothing of that may leave a trace in the file."""
        bold = style.value.bold
        font = self.fonts[f"{FAMILY.lower()}{'B' if bold else ''}"]
        for letter in set(text) - _UNITS[bold].keys():
            _UNITS[bold][letter] = font.get_text_width(letter, 1000, None)[1]

    def _fitting(self, word: str, style: Style, width: float) -> int:
        """Return how many letters of `word` fit, one at least; a number is broken after a slash."""
        if self.width_of(word, style) <= width:
            return len(word)
        used, place = 0.0, 0
        for place, letter in enumerate(word):  # noqa: B007 - the place is what is wanted
            used += self.width_of(letter, style)
            if used > width:
                break
        return word.rfind("/", place // 2, place) + 1 or max(place, 1)
