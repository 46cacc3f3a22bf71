"""The same page drawn by ReportLab: every text, line and shape at the place that our layout gave it.

ReportLab is spared what ours pays for: reading the snapshot, saying it, measuring and breaking
lines, PDF/A, metadata. It computes the payment code as ours does.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import segno
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports.documents.blocks import Paper, Payment
from reports.documents.drawing import draw
from reports.documents.glyphs import BOLD, REGULAR
from reports.documents.page import PAGE_HEIGHT
from reports.documents.prepared_fonts import Colour, Pen

POINT = 72 / 25.4
SIZE = (210 * POINT, PAGE_HEIGHT * POINT)
Square = tuple[float, float, float, float]


@dataclass(frozen=True)
class Text:
    """A string with its baseline."""

    text: str
    bold: bool
    size: float
    colour: Colour
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A straight line."""

    ends: Square
    colour: Colour
    thickness: float


@dataclass(frozen=True)
class Fill:
    """Rectangles as one path."""

    squares: tuple[Square, ...]
    colour: Colour
    origin: tuple[float, float]
    unit: float


Drawn = Text | Line | Fill


def recorded(paper: Paper) -> tuple[list[Drawn], str | None]:
    """Return what our layout draws on the one page of `paper`, and the text of its code."""
    drawn: list[Drawn] = []

    class Recorder(Pen):
        def text(
            self, text: str, *, bold: bool, size: float, colour: Colour, x: float, y: float, page: int
        ) -> None:
            drawn.append(Text(text, bold, size, colour, x, y))

        def line(
            self, x: float, y: float, to_x: float, to_y: float, *, colour: Colour, thickness: float, page: int
        ) -> None:
            drawn.append(Line((x, y, to_x, to_y), colour, thickness))

        def fill(
            self,
            squares: Iterable[Square],
            *,
            colour: Colour,
            page: int,
            origin: tuple[float, float] = (0.0, 0.0),
            unit: float = 1.0,
        ) -> None:
            drawn.append(Fill(tuple(squares), colour, origin, unit))

    with patch("reports.documents.page.Pen", Recorder):
        letter = draw(paper, identifier="bok:sha256:0", prepared=True)
        letter.finish()
    assert letter.pages_count == 1
    payloads = [block.payload for block in paper.blocks if isinstance(block, Payment)]
    return drawn, payloads[0] if payloads else None


def register_fonts() -> None:
    """Give ReportLab our two faces, once a process."""
    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", str(REGULAR)))
        pdfmetrics.registerFont(TTFont("DejaVuB", str(BOLD)))


def replay(drawn: list[Drawn], payload: str | None) -> bytes:
    """Return the page as ReportLab writes it."""
    register_fonts()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=SIZE, pageCompression=1, invariant=1)
    if payload:
        segno.make_qr(payload, error="l", boost_error=False, mask=3)
    for each in drawn:
        if isinstance(each, Text):
            canvas.setFont("DejaVuB" if each.bold else "DejaVu", each.size)
            canvas.setFillColorRGB(*(part / 255 for part in each.colour))
            canvas.drawString(each.x * POINT, SIZE[1] - each.y * POINT, each.text)
        elif isinstance(each, Line):
            x, y, to_x, to_y = each.ends
            canvas.setLineWidth(each.thickness * POINT)
            canvas.setStrokeColorRGB(*(part / 255 for part in each.colour))
            canvas.line(x * POINT, SIZE[1] - y * POINT, to_x * POINT, SIZE[1] - to_y * POINT)
        else:
            _fill(canvas, each)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _fill(canvas: Any, each: Fill) -> None:
    canvas.setFillColorRGB(*(part / 255 for part in each.colour))
    path = canvas.beginPath()
    side = each.unit * POINT
    left, top = each.origin[0] * POINT, SIZE[1] - each.origin[1] * POINT
    for x, y, width, height in each.squares:
        path.rect(left + x * side, top - (y + height) * side, width * side, height * side)
    canvas.drawPath(path, stroke=0, fill=1)
