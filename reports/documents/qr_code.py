"""The squares of a payment code, ten times as fast as segno draws them.

A run prints a code on every page, all of one size and form. The frame of such a code (the places
to find it by, the word on its form) is taken from segno once and only the data are laid into it:
correction level L, mask 3, versions 1 to 5, of one block each. Everything else is left to segno,
which is also what the tests compare with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

MASK = 3
"""One of the eight patterns, all equally readable; trying them all takes six times as long."""

_LEVEL = "l"
"""The lowest correction, as the recommendation of the banks wants."""
_SIZES = ((19, 7), (34, 10), (55, 15), (80, 20), (108, 26))
"""Bytes of data and of correction in versions 1 to 5 at level L."""
_HEAD = 2
"""Bytes around the text: four bits that say bytes follow, eight that count them, four that end them."""
_NUMERIC_AND_ALIKE = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_BITS = bytes.maketrans(b"01", b"\0\1")


def squares(text: str) -> Sequence[bytes]:
    """Return the rows of the code of `text`, a byte for each square: 1 is dark."""
    data = text.encode("ascii", "replace")
    frame = next((number for number, sizes in enumerate(_SIZES, 1) if len(data) <= sizes[0] - _HEAD), None)
    if frame is None or not text.isascii() or _NUMERIC_AND_ALIKE.issuperset(data):
        return [bytes(row) for row in _by_segno(text)]
    return _frame(frame).filled(data)


def _by_segno(text: str, version: int | None = None) -> Sequence[bytearray]:
    import segno

    code = segno.make_qr(text, error=_LEVEL, boost_error=False, mask=MASK, version=version)
    matrix: Sequence[bytearray] = code.matrix
    return matrix


@dataclass(frozen=True, slots=True)
class _Frame:
    """A version of the code without data."""

    side: int
    room: int
    """Bytes of data."""
    correction: int
    """Bytes of correction."""
    divided: tuple[int, ...]
    """What each leading byte leaves after the division by the generator polynomial."""
    mask: int
    """The mask in the order of the data."""
    gather: Callable[[bytes], tuple[int, ...]]
    """Picks every square from the bits of the data, followed by a light and a dark one."""

    def filled(self, data: bytes) -> Sequence[bytes]:
        """Return the rows of the code of `data`."""
        bits = (4 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data)
        # four bits end the text; segno lays an empty byte after them, which no reader minds
        padded = ((bits << 12).to_bytes(len(data) + 3) + b"\xec\x11" * self.room)[: self.room]
        left = 0
        top = 8 * (self.correction - 1)
        below = (1 << top) - 1
        for byte in padded:
            left = (left & below) << 8 ^ self.divided[left >> top ^ byte]
        words = (int.from_bytes(padded) << 8 * self.correction | left) ^ self.mask
        shown = f"{words:0{8 * (self.room + self.correction)}b}".encode().translate(_BITS)
        flat = bytes(self.gather(shown + b"\0\1"))
        return [flat[at : at + self.side] for at in range(0, len(flat), self.side)]


@lru_cache(maxsize=len(_SIZES))
def _frame(version: int) -> _Frame:
    room, correction = _SIZES[version - 1]
    side = 17 + 4 * version
    count = 8 * (room + correction)
    places = list(_data_places(version, side))
    masked = [(row + column) % 3 == 0 for row, column in places]
    sample = _by_segno("a", version)
    light, dark = count, count + 1
    picked = {place: at for at, place in enumerate(places[:count])}
    for place, is_masked in list(zip(places, masked, strict=True))[count:]:  # bits that are left over
        picked[place] = dark if is_masked else light
    order = [
        picked.get((row, column), dark if sample[row][column] else light)
        for row in range(side)
        for column in range(side)
    ]
    mask = int("".join("1" if is_masked else "0" for is_masked in masked[:count]), 2)
    gather: Any = itemgetter(*order)
    return _Frame(side, room, correction, _divided(correction), mask, gather)


def _data_places(version: int, side: int) -> Iterator[tuple[int, int]]:
    """Yield row and column of the data in their order: up and down, two columns at a time."""
    columns = [*range(side - 1, 6, -2), *range(5, 0, -2)]  # column 6 is a timing line
    for turn, right in enumerate(columns):
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        for row in rows:
            for column in (right, right - 1):
                if not _is_reserved(row, column, version, side):
                    yield row, column


def _is_reserved(row: int, column: int, version: int, side: int) -> bool:
    """Tell whether a square belongs to the corners, the timing lines or the alignment pattern."""
    corner = (row < 9 and (column < 9 or column >= side - 8)) or (row >= side - 8 and column < 9)
    aligned = version > 1 and side - 9 <= row < side - 4 and side - 9 <= column < side - 4
    return corner or aligned or row == 6 or column == 6


def _divided(correction: int) -> tuple[int, ...]:
    """Return the table for dividing by the generator of `correction` bytes (Reed-Solomon, GF(256))."""
    powers = [1]
    for _ in range(254):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0x11D if doubled > 255 else doubled)
    logs = {power: at for at, power in enumerate(powers)}

    def times(left: int, right: int) -> int:
        return powers[(logs[left] + logs[right]) % 255] if left and right else 0

    generator = [1]
    for at in range(correction):
        longer = [*generator, 0]
        for place, factor in enumerate(generator, 1):
            longer[place] ^= times(factor, powers[at])
        generator = longer
    return tuple(
        int.from_bytes(bytes(times(factor, byte) for factor in generator[1:])) for byte in range(256)
    )
