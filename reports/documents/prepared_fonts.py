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
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer, PDFCatalog, PDFFont
from fpdf.syntax import PDFContentStream, PDFObject

from reports.documents.glyphs import BOLD, COMMON, REGULAR

FAMILY = "DejaVu"
_FACES = (("", REGULAR), ("B", BOLD))
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


def fill_squares(pdf: FPDF, squares: Iterable[tuple[float, float, float, float]]) -> None:
    """Fill rectangles (x, y, width, height in mm) as one path, in the colour set for filling."""
    scale, top = pdf.k, pdf.h_pt
    path = " ".join(
        f"{x * scale:.2f} {top - (y + height) * scale:.2f} {width * scale:.2f} {height * scale:.2f} re"
        for x, y, width, height in squares
    )
    if path:
        pdf._out(f"{path} f")


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


@lru_cache(maxsize=1)
def _prepared() -> _Prepared:
    """Let fpdf2 make the objects of both faces for every letter of `COMMON`."""
    primer = FPDF()
    add_fonts(primer, prepared=False)
    fonts = {key: font for key, font in primer.fonts.items() if isinstance(font, TTFFont)}
    for font in fonts.values():
        for character in sorted(COMMON):
            font.subset.pick(ord(character))
    producer = OutputProducer(primer)
    by_index: Any = producer._add_fonts({}, {}, {})
    objects = tuple(each for each in producer.pdf_objs if isinstance(each, PDFObject))
    for each in objects:
        if isinstance(each, PDFContentStream) and each.filter is None:  # the tables for searching
            PDFContentStream.__init__(each, each.content_stream(), compress=True)
    return _Prepared(fonts, objects, by_index)


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
