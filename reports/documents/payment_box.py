"""What to pay and how: the box on an invoice, the transfer form, and the code banking apps scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.documents.blocks import Form, Payment
from reports.documents.page import LEFT, PAGE_WIDTH, RIGHT, WIDTH, Letter, Style
from reports.documents.qr_code import squares
from reports.documents.words import tied

_CODE = 26.0
"""Side of the code in mm, its white margin of four squares inside."""
_MARGIN = 4
_PAD = 2.4
_LABEL = 31.0
_CAPTION = "Zapłać kodem QR"


def draw_payment(letter: Letter, payment: Payment) -> None:
    """Draw the box: the amount large, the facts under it, the code on the right when there is one."""
    width = WIDTH - 2 * _PAD - (_CODE + 3 if payment.payload else 0)
    rows = [(label, letter.lines(value, Style.DETAIL, width - _LABEL)) for label, value in payment.facts]
    facts = sum(len(lines) for _, lines in rows) * Style.DETAIL.value.line
    height = facts + Style.AMOUNT.value.line + 1 + 2 * _PAD
    if payment.payload:
        height = max(height, _CODE + Style.NOTE.value.line + 2 * _PAD)
    letter.keep_together(height)
    top = letter.get_y()
    letter.fill(LEFT, top, WIDTH, height)
    left, y = LEFT + _PAD, top + _PAD
    _amount(letter, payment, left, y, width)
    y += Style.AMOUNT.value.line + 1
    for label, lines in rows:
        letter.put(label, Style.DETAIL_LABEL, x=left, y=y)
        for line in lines:
            letter.put(line, Style.DETAIL, x=left + _LABEL, y=y)
            y += Style.DETAIL.value.line
    if payment.payload:
        _code(letter, payment.payload, PAGE_WIDTH - RIGHT - _PAD - _CODE, top + _PAD)
    letter.set_y(top + height)


def _amount(letter: Letter, payment: Payment, left: float, y: float, width: float) -> None:
    low = (Style.AMOUNT.value.line - Style.STRONG.value.line) / 2 + 0.7
    label = letter.lines(payment.label, Style.STRONG, width)[0]
    letter.put(label, Style.STRONG, x=left, y=y + low)
    x = max(left + _LABEL, left + letter.width_of(label, Style.STRONG) + 4)
    letter.put(payment.amount, Style.AMOUNT, x=x, y=y)


def draw_form(letter: Letter, form: Form) -> None:
    """Draw the transfer form: framed boxes, small labels, what is written large enough to copy."""
    width = WIDTH - (_CODE + 8 if form.payload else 0)
    rows = [(label, letter.lines(tied(value), Style.STRONG, width - 4)) for label, value in form.boxes]
    heights = [len(lines) * Style.STRONG.value.line + Style.CELL_LABEL.value.line + 2 for _, lines in rows]
    letter.keep_together(sum(heights) + 10)
    letter.say(form.heading, Style.HEADING)
    letter.gap(1)
    top = y = letter.get_y()
    for (label, lines), height in zip(rows, heights, strict=True):
        letter.frame(LEFT, y, width, height)
        letter.put(label, Style.CELL_LABEL, x=LEFT + 2, y=y + 0.6)
        for place, line in enumerate(lines):
            below = Style.CELL_LABEL.value.line + place * Style.STRONG.value.line
            letter.put(line, Style.STRONG, x=LEFT + 2, y=y + 0.8 + below)
        y += height
    if form.payload:
        _code(letter, form.payload, PAGE_WIDTH - RIGHT - _CODE, top)
        y = max(y, top + _CODE + Style.NOTE.value.line)
    letter.set_y(y)


def _code(letter: Letter, payload: str, x: float, y: float) -> None:
    """Draw the code as one path, its caption under it."""
    matrix = squares(payload)
    unit = _CODE / (len(matrix) + 2 * _MARGIN)
    letter.fill(x, y, _CODE, _CODE, (255, 255, 255))
    origin = (x + _MARGIN * unit, y + _MARGIN * unit)
    letter.pen.fill(_runs(matrix), colour=(0, 0, 0), page=letter.page, origin=origin, unit=unit)
    letter.put(_CAPTION, Style.NOTE, x=x, y=y + _CODE + 0.4, width=_CODE, align="C")


def _runs(matrix: Iterable[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the dark runs of each row."""
    for row, line in enumerate(matrix):
        start = line.find(1)
        while start >= 0:
            end = line.find(0, start)
            end = len(line) if end < 0 else end
            yield start, row, end - start, 1
            start = line.find(1, end)
