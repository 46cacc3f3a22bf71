"""The page our letters are written on: A4, margins, type sizes, colours, page numbers.

The one place for typography. Every text goes through `printable`, never through fpdf2's
markdown or HTML, so a client's name cannot become a link or a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.output import OutputProducer, PDFCatalog
from fpdf.prefs import ViewerPreferences

from reports.documents import metadata
from reports.documents.glyphs import BOLD, REGULAR, REPLACEMENT, printable
from reports.documents.words import NBSP

FAMILY = "DejaVu"
LEFT, RIGHT, TOP, BOTTOM = 25.0, 20.0, 15.0, 22.0
"""Margins in mm."""
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT

Colour = tuple[int, int, int]
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
    LABEL = Type(9, 4.9, colour=QUIET)
    SMALL = Type(8, 4)
    NOTE = Type(7.5, 3.7, colour=QUIET)
    FOOT = Type(7, 3.6, colour=QUIET)


class _Quiet(OutputProducer):
    """Writes a file that asks nothing of the reader's program: fpdf2 always sets an /OpenAction."""

    def _finalize_catalog(self, catalog_obj: PDFCatalog, *args: Any, **kwargs: Any) -> None:
        super()._finalize_catalog(catalog_obj, *args, **kwargs)
        catalog_obj.open_action = None


class Letter(FPDF):
    """One A4 letter; `foot` stands on every page beside the page number."""

    def __init__(self, *, title: str, author: str, created: datetime, language: str, foot: str) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4", enforce_compliance="PDF/A-3U")
        self._foot = foot
        self.replaced = False
        """True once something had to be printed as `REPLACEMENT`."""
        self._widths: dict[tuple[str, float], dict[str, float]] = {}
        self.add_font(FAMILY, "", REGULAR)
        self.add_font(FAMILY, "B", BOLD)
        self.set_lang(language)
        self.set_creation_date(created)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        title, author = printable(title), printable(author)
        self.set_xmp_metadata(metadata.packet(title=title, author=author, created=created, language=language))
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, margin=BOTTOM)
        self.c_margin = 0
        self.add_page()

    def footer(self) -> None:
        """Write the foot line and `strona 1 z 2`; fpdf2 calls this at each page's end."""
        self.rule(PAGE_HEIGHT - 17, HAIRLINE, 0.15)
        self.set_xy(LEFT, PAGE_HEIGHT - 15.5)
        self.use(Style.FOOT)
        self.cell(WIDTH - 30, Style.FOOT.value.line, printable(self._foot))
        number = f"strona{NBSP}{self.page_no()}{NBSP}z{NBSP}"
        self.set_x(PAGE_WIDTH - RIGHT - self.get_string_width(f"{number}{self.page_no()}"))
        self.cell(None, Style.FOOT.value.line, f"{number}{{nb}}")

    def use(self, style: Style) -> None:
        """Set type and colour."""
        kind = style.value
        self.set_font(FAMILY, "B" if kind.bold else "", kind.size)
        self.set_text_color(*kind.colour)

    def say(
        self,
        text: str,
        style: Style = Style.BODY,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        align: Align = "L",
    ) -> None:
        """Write a paragraph at `x` (mm), as wide as `width`, and go to the line below it."""
        shown = printable(text)
        self.replaced = self.replaced or REPLACEMENT in shown
        height = style.value.line
        for line in self._lines(shown, style, width):
            self.set_x(x)
            self.cell(width, height, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def height_of(self, text: str, style: Style, width: float) -> float:
        """Return how many mm `text` would take."""
        return len(self._lines(printable(text), style, width)) * style.value.line

    def gap(self, height: float) -> None:
        """Leave `height` mm free."""
        self.set_y(self.get_y() + height)

    def keep_together(self, height: float) -> None:
        """Begin a new page when less than `height` mm are left.

        What is taller than a page stays here and flows on, if at least its beginning fits.
        """
        usable = PAGE_HEIGHT - TOP - BOTTOM
        if self.get_y() + (height if height < usable else 20) > PAGE_HEIGHT - BOTTOM:
            self.add_page()

    def rule(self, y: float, colour: Colour = HAIRLINE, thickness: float = 0.2) -> None:
        """Draw a line across the type area at `y`."""
        self.set_draw_color(*colour)
        self.set_line_width(thickness)
        self.line(LEFT, y, PAGE_WIDTH - RIGHT, y)

    def finish(self) -> bytes:
        """Return the finished file."""
        return bytes(self.output(output_producer_class=_Quiet) or b"")

    def _lines(self, text: str, style: Style, width: float) -> list[str]:
        """Break `text` at spaces, and a word longer than a line wherever it must be.

        fpdf2's own breaking measures the line anew at every letter: half the time of a letter.
        """
        self.use(style)
        space = self._measured(" ")
        lines: list[str] = []
        line, used = "", 0.0
        for word in text.split(" "):
            needed = self._measured(word)
            if line and used + space + needed <= width:
                line, used = f"{line} {word}", used + space + needed
                continue
            if line:
                lines.append(line)
            while needed > width:
                fits = self._fitting(word, width)
                lines.append(word[:fits])
                word = word[fits:]
                needed = self._measured(word)
            line, used = word, needed
        return [*lines, line]

    def _fitting(self, word: str, width: float) -> int:
        """Return how many letters of `word` fit, one at least."""
        used = 0.0
        for place, letter in enumerate(word):
            used += self._measured(letter)
            if used > width:
                return max(place, 1)
        return len(word)

    def _measured(self, text: str) -> float:
        """Return the width of `text` in mm in the type in use."""
        widths = self._widths.setdefault((self.font_style, self.font_size_pt), {})
        for letter in text:
            if letter not in widths:
                widths[letter] = self.get_string_width(letter)
        return sum(map(widths.__getitem__, text))
