"""fpdf2 from the inside: typefaces that are made ready once, and files that ask nothing.

fpdf2 parses, subsets and compresses its fonts anew for every file, nine tenths of the time of a
letter. Here that is done once for the letters of `COMMON`; every later file takes the finished
objects. A letter with any other character goes the plain way, with fpdf2's own subset of the
whole faces, and so does whoever asks for it: the tests compare the two.

The only module that leans on parts that fpdf2 does not promise (`fpdf2<2.9`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from fpdf import FPDF
from fpdf.enums import PDFResourceType
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer, PDFCatalog, PDFFont
from fpdf.syntax import PDFContentStream, PDFObject

from reports.documents.glyphs import BOLD, COMMON, REGULAR

FAMILY = "DejaVu"
Colour = tuple[int, int, int]
_FACES = (("", REGULAR), ("B", BOLD))
_KEYS = ("dejavu", "dejavuB")
"""How fpdf2 names the two."""
_NUMBERING = Lock()
"""Objects get their numbers while they are written, and the finished ones are shared."""


def add_fonts(pdf: FPDF, *, prepared: bool) -> None:
    """Give `pdf` our two faces, ready-made for the letters of `COMMON` or fpdf2's plain way."""
    if prepared:
        pdf.fonts.update(_prepared().fonts)
        return
    for style, path in _FACES:
        pdf.add_font(FAMILY, style, path)


class PlainProducer(OutputProducer):
    """Writes a file that asks nothing of the reader's program: fpdf2 always sets an /OpenAction."""

    def _finalize_catalog(self, catalog_obj: PDFCatalog, *args: Any, **kwargs: Any) -> None:
        super()._finalize_catalog(catalog_obj, *args, **kwargs)
        catalog_obj.open_action = None


class PreparedProducer(PlainProducer):
    """The same with the ready-made fonts of `add_fonts(prepared=True)`."""

    def _add_fonts(self, *_: Any, **__: Any) -> Any:
        finished, by_index = _numbered(self.obj_id + 1)
        for each in finished:
            self._add_pdf_obj(each, "fonts")
        return by_index


class Pen:
    """Writes text and shapes straight into a page's content, in mm from its upper left corner.

    fpdf2's own calls check, convert and repeat the state of everything for each word.
    """

    def __init__(self, pdf: FPDF, *, prepared: bool) -> None:
        self._pdf = pdf
        self._scale, self._top = pdf.k, pdf.h_pt
        self._codes = _prepared().codes if prepared else None
        self._fonts = tuple(_face(pdf, key) for key in _KEYS)
        self._begun: set[int] = set()

    def text(
        self, text: str, *, bold: bool, size: float, colour: Colour, x: float, y: float, page: int
    ) -> None:
        """Write `text` with its baseline at `y` on `page`; every character must have a glyph."""
        if page not in self._begun:
            self._begun.add(page)
            for face in self._fonts:
                self._pdf._resource_catalog.add(PDFResourceType.FONT, face.i, page)
        font = self._fonts[bold]
        if self._codes is None:
            shown = font.encode_text(text)
        else:
            shown = f"({''.join(map(self._codes[bold].__getitem__, text))}) Tj"
        place = f"{x * self._scale:.2f} {self._top - y * self._scale:.2f}"
        self._write(f"BT /F{font.i} {size:g} Tf {_operands(colour)} rg {place} Td {shown} ET", page)

    def line(
        self, x: float, y: float, to_x: float, to_y: float, *, colour: Colour, thickness: float, page: int
    ) -> None:
        """Draw a straight line of `thickness` mm."""
        scale, top = self._scale, self._top
        ends = f"{x * scale:.2f} {top - y * scale:.2f} m {to_x * scale:.2f} {top - to_y * scale:.2f} l"
        self._write(f"{thickness * scale:.2f} w {_operands(colour)} RG {ends} S", page)

    def fill(
        self,
        squares: Iterable[tuple[float, float, float, float]],
        *,
        colour: Colour,
        page: int,
        origin: tuple[float, float] = (0.0, 0.0),
        unit: float = 1.0,
    ) -> None:
        """Fill rectangles (x, y, width, height) as one path, counted from `origin` in `unit` mm."""
        path = " ".join(["%g %g %g %g re" % square for square in squares])  # noqa: UP031 - half the time
        if path:
            side = unit * self._scale
            x, y = origin[0] * self._scale, self._top - origin[1] * self._scale
            grid = f"{side:.5f} 0 0 {-side:.5f} {x:.2f} {y:.2f} cm"
            self._write(f"q {grid} {_operands(colour)} rg {path} f Q", page)

    def _write(self, operators: str, page: int) -> None:
        content = self._pdf.pages[page].contents
        if not isinstance(content, bytearray):
            raise TypeError("the file is finished")
        content += operators.encode("latin-1")
        content.append(0x0A)


@lru_cache(maxsize=64)
def _operands(colour: Colour) -> str:
    return " ".join(f"{part / 255:.4g}" for part in colour)


def _face(pdf: FPDF, key: str) -> TTFFont:
    font = pdf.fonts[key]
    if not isinstance(font, TTFFont):
        raise TypeError(f"{key} is no TrueType face")
    return font


class _Finished(PDFObject):
    """An object of a font as it is written under one number."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def serialize(self, *_: Any, **__: Any) -> str:
        return self._text


@dataclass(frozen=True, slots=True)
class _Prepared:
    fonts: dict[str, TTFFont]
    objects: tuple[PDFObject, ...]
    by_index: dict[int, PDFFont]
    codes: tuple[dict[str, str], ...]
    """How each letter is written inside the parentheses of a string, regular and bold."""


@lru_cache(maxsize=1)
def _prepared() -> _Prepared:
    """Let fpdf2 make the objects of both faces for every letter of `COMMON`."""
    primer = FPDF()
    add_fonts(primer, prepared=False)
    fonts = {key: _face(primer, key) for key in _KEYS}
    codes = tuple(
        {letter: font.encode_text(letter).removeprefix("(").removesuffix(") Tj") for letter in sorted(COMMON)}
        for font in fonts.values()
    )
    producer = OutputProducer(primer)
    by_index: Any = producer._add_fonts({}, {}, {})
    objects = tuple(each for each in producer.pdf_objs if isinstance(each, PDFObject))
    for each in objects:
        if isinstance(each, PDFContentStream) and each.filter is None:  # the tables for searching
            PDFContentStream.__init__(each, each.content_stream(), compress=True)
    return _Prepared(fonts, objects, by_index, codes)


@lru_cache(maxsize=16)
def _numbered(first: int) -> tuple[tuple[_Finished, ...], dict[int, _Finished]]:
    """Return the objects with numbers from `first` on: it depends on the number of pages only."""
    prepared = _prepared()
    with _NUMBERING:
        for number, each in enumerate(prepared.objects, first):
            each.id = number
        finished = tuple(_Finished(each.serialize()) for each in prepared.objects)
    places = {id(each): place for place, each in enumerate(prepared.objects)}
    return finished, {index: finished[places[id(font)]] for index, font in prepared.by_index.items()}
