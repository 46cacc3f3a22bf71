"""Numbers that could be states: `487`, `00487`, `1 204`, `487,35 m3`, `czterysta osiemdziesiąt siedem`.

A state is written with a decimal point and its decimals as they stand, without leading zeros and
without signs between thousands. A blank parts thousands only behind one or two digits or a leading
zero (`1 204`, `00 487`): three digits and three digits are two numbers. A dot and three digits part
thousands behind one or two digits (`1.204`) and decimals behind more (`487.123`, the red digits); a
comma always begins decimals.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.inbox.fractions import fraction, half
from db.rules.inbox.numerals import parts_of, value_of
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, apart, glued
from db.rules.inbox.units import unit_at

LONGEST = 9
"""Whole digits that a dial, its red digits read too, can have."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number as it stands: pieces from `first` up to before `last`, with its unit up to `unit`."""

    first: int
    last: int
    unit: int
    """Equals `last` where there is none."""
    written: str
    """Whole digits as written, leading zeros too."""
    decimals: str | None
    cubic: bool
    """A unit of volume follows: m3, kubików, metrów."""
    spelt: bool = False
    about: bool = False

    @property
    def state(self) -> str:
        """The number as a state."""
        whole = self.written.lstrip("0") or "0"
        return whole if self.decimals is None else f"{whole}.{self.decimals}"


def literals(pieces: list[Piece]) -> list[Literal]:
    """Return every number that stands free, in order."""
    found: list[Literal] = []
    at = 0
    while at < len(pieces):
        literal = _digits(pieces, at) or _spelt(pieces, at)
        if literal is None:
            at = _past(pieces, at)
            continue
        found.append(literal)
        at = literal.unit
    return found


def _past(pieces: list[Piece], at: int) -> int:
    """Return where to go on behind something that is no number: not inside of `A487` or `1.2.3`."""
    if pieces[at].sort is not Sort.DIGITS:
        return at + 1
    end = at + 1
    while (
        end < len(pieces)
        and glued(pieces, end)
        and (pieces[end].sort in (Sort.DIGITS, Sort.WORD) or pieces[end].is_sign(".,-/:"))
    ):
        end += 1
    return end


def _digits(pieces: list[Piece], at: int) -> Literal | None:
    first = pieces[at]
    if first.sort is not Sort.DIGITS or _bound_before(pieces, at):
        return None
    written, end = _whole(pieces, at)
    decimals: str | None = None
    sign = pieces[end] if end + 1 < len(pieces) else None
    if sign is not None and sign.is_sign(".,") and glued(pieces, end) and glued(pieces, end + 1):
        tail = pieces[end + 1]
        if tail.sort is Sort.DIGITS:
            if (
                sign.plain == "."
                and len(tail.plain) == 3
                and len(written) <= 2
                and not written.startswith("0")
                and not _red(pieces, end)
            ):
                written += tail.plain
            else:
                decimals = tail.plain
            end += 2
            if (
                decimals is None
                and end + 1 < len(pieces)
                and pieces[end].is_sign(",")
                and glued(pieces, end)
                and glued(pieces, end + 1)
                and pieces[end + 1].sort is Sort.DIGITS
            ):
                decimals, end = pieces[end + 1].plain, end + 2
    elif sign is not None and sign.plain in ("przecinek", "koma", "kropka"):
        tail_literal = _after_comma(pieces, end + 1)
        if tail_literal:
            decimals, end = tail_literal
    if decimals is None and (part := fraction(pieces, at, end)):
        decimals, end = part
    if len(written) > LONGEST or _bound_after(pieces, end):
        return None
    unit, cubic = unit_at(pieces, end)
    return Literal(at, end, unit, written, decimals, cubic)


def _red(pieces: list[Piece], at: int) -> bool:
    """Tell whether red digits or decimals are spoken of behind a number."""
    return any(piece.plain.startswith(("czerwon", "przecink", "litr")) for piece in pieces[at : at + 14])


def _bound_before(pieces: list[Piece], at: int) -> bool:
    """Tell whether the digits hang on a word or a sign before them, as in `A487`, `-5` or `3/487`."""
    if not glued(pieces, at):
        return False
    before = pieces[at - 1]
    if before.sort is Sort.WORD:
        return not before.says(Tag.STATE | Tag.METER | Tag.MAIN | Tag.GARDEN)
    if before.is_sign("…") or (before.is_sign(".") and at > 1 and pieces[at - 2].is_sign(".")):
        return True
    if before.is_sign(".,?") and glued(pieces, at - 1):
        return pieces[at - 2].sort is Sort.DIGITS
    if before.is_sign("-") and glued(pieces, at - 1):
        return pieces[at - 2].sort is Sort.WORD and len(pieces[at - 2].plain) <= 2
    named = at > 1 and pieces[at - 2].sort in (Sort.WORD, Sort.DIGITS) and glued(pieces, at - 1)
    return before.is_sign("+#") or (before.is_sign("_") and named)


def _bound_after(pieces: list[Piece], end: int) -> bool:
    """Tell whether something hangs on the digits that makes them no plain number, as in `487A`, `1.2.3`."""
    if not glued(pieces, end):
        return False
    after = pieces[end]
    if after.sort is Sort.WORD:
        return not (unit_at(pieces, end)[1] or len(after.plain) > 3)
    if after.sort is Sort.CLAIM:
        return True
    if after.is_sign("_*?#"):
        return _left_out(pieces, end)
    return after.is_sign(".,:") and glued(pieces, end + 1) and pieces[end + 1].sort is Sort.DIGITS


def _listed(pieces: list[Piece], at: int) -> int:
    """Return where four single digits or more with commas between them end: `0, 1, 2, 0, 8`."""
    run = at + 1
    while (
        run + 1 < len(pieces)
        and run - at < 2 * LONGEST
        and pieces[run].is_sign(",-")
        and pieces[run + 1].sort is Sort.DIGITS
        and len(pieces[run + 1].plain) == 1
    ):
        run += 2
    if run - at >= 5 and _last_listed(pieces, at, run):
        return run + 2
    return run if run - at >= 7 else at


def _last_listed(pieces: list[Piece], at: int, run: int) -> bool:
    """Tell whether `i 4` ends the digits of a dial: `cyferki 0, 0, 8, 1 i 4`; not `lokale 1, 2, 3 i 4`."""
    tail = pieces[run : run + 2]
    if len(tail) < 2 or tail[0].plain not in ("i", "oraz") or tail[1].sort is not Sort.DIGITS:
        return False
    shown = pieces[at].plain == "0" or any(p.says(Tag.STATE) for p in pieces[max(0, at - 4) : at])
    return shown and len(tail[1].plain) == 1


def _left_out(pieces: list[Piece], at: int) -> bool:
    """Tell whether a sign stands for a digit that cannot be read: `12_5`, `7?4`, `48_`."""
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    inside = following is not None and glued(pieces, at + 1) and following.sort is Sort.DIGITS
    return inside or pieces[at].is_sign("_#")


def _whole(pieces: list[Piece], at: int) -> tuple[str, int]:
    """Return whole digits, their groups joined, and where they end."""
    written, end = pieces[at].plain, at + 1
    if len(written) == 1:
        run = end
        while (
            run < len(pieces) and run - at <= LONGEST and len(pieces[run].plain) == 1 and apart(pieces, run)
        ):
            run += 1
        if run - at < 3:
            run = _listed(pieces, at)
        if run - at >= 3:
            return "".join(piece.plain for piece in pieces[at:run] if piece.sort is Sort.DIGITS), run
    if len(written) <= 2 or (written.startswith("0") and len(written) == 3):
        groups = end
        while (
            groups < len(pieces)
            and groups - end <= 2
            and len(pieces[groups].plain) == 3
            and apart(pieces, groups)
        ):
            groups += 1
        if groups - end == 1 or (groups - end == 2 and len(written) == 1):
            return "".join(piece.plain for piece in pieces[at:groups]), groups
    if len(written) >= 5 and written.startswith("0") and apart(pieces, end) and len(pieces[end].plain) == 3:
        return written, end + 1  # the red digits
    return written, end


def _after_comma(pieces: list[Piece], at: int) -> tuple[str, int] | None:
    if at < len(pieces) and pieces[at].sort is Sort.DIGITS:
        return pieces[at].plain, at + 1
    words, end = _numeral(pieces, at)
    value = value_of(words) if words else None
    return (value, end) if value is not None else None


def _spelt(pieces: list[Piece], at: int) -> Literal | None:
    if pieces[at].sort is not Sort.WORD or (at and _half_spelt(pieces[at - 1])):
        return None
    words, end = _numeral(pieces, at)
    value = value_of(words) if words else None
    if value is None:
        return None
    decimals = None
    if end < len(pieces) and pieces[end].plain in ("przecinek", "koma", "kropka"):
        tail = _after_comma(pieces, end + 1)
        if tail:
            decimals, end = tail
    if decimals is None and (part := half(pieces, end)):
        decimals, end = part
    unit, cubic = unit_at(pieces, end)
    return Literal(at, end, unit, value, decimals, cubic, spelt=True)


def _half_spelt(piece: Piece) -> bool:
    """Tell whether a word is a hundred or a ten that nobody can be sure of: `czysta`, `dwiscie`."""
    ends = ("ysta", "scie", "iescie", "dziesci", "dziesiat", "dziescia", "iset", "emset")
    return (
        piece.sort is Sort.WORD
        and piece.plain.endswith(ends)
        and not parts_of(piece.plain)
        and not piece.tags
    )


def _numeral(pieces: list[Piece], at: int) -> tuple[list[str], int]:
    words: list[str] = []
    end = at
    while end < len(pieces) and pieces[end].sort is Sort.WORD and end - at < 12:
        if words and pieces[end].plain == "i" and _adds(pieces, end + 1, words):
            end += 1
        parts = parts_of(pieces[end].plain)
        if not parts or value_of([*words, *parts]) is None:
            break
        words += parts
        end += 1
    return words, end


def _adds(pieces: list[Piece], at: int, words: list[str]) -> bool:
    """Tell whether `i` only joins the last part of a numeral: `tysiąc osiemset i dwa`."""
    parts = parts_of(pieces[at].plain) if at < len(pieces) else ()
    return bool(parts) and value_of([*words, *parts]) is not None and len(words) > len(parts) - 1
