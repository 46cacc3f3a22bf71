"""Meter numbers: eight digits as a rule, letters and other lengths where the text says so.

`licznik` alone before a number names the meter from seven digits on; fewer are its state. What
belongs to electricity, gas, heat or hot water is no meter of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.rules.inbox.meter_forms import beside_role, called_mine, groups_end, on_housing, zeros_before_state
from db.rules.inbox.meter_places import (
    USUAL,
    bracket_before,
    explained_from,
    far_from_its_word,
    goes_on,
    in_rows,
    kind_named,
    lettered,
    of_other_medium,
    stamped,
)
from db.rules.inbox.page import Claim, Kind, Page, words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, apart, glued, kind_of
from db.rules.inbox.units import unit_at

LONGEST = 20
_REACH = 10
_SKIPPED = words(
    "o to jest moj moja mojego nasz naszego nasza pod z ze na w dla typu oznaczony posiada ma numerze"
    " odpowiednio kolejno"
)
_OTHER = Tag.PAPER | Tag.PHONE | Tag.INVOICE | Tag.MONEY | Tag.SEAL | Tag.CLIENT | Tag.PLACE
_MADE = re.compile(r"(?<=[0-9]{6})/(?:20)?[0-9]{2}$")
"""The year of making behind a number."""
_UNITS = ("m3", "m", "kub", "kubik", "kubikow", "kwh", "zl", "mm", "szt", "gj", "l")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What stands before a code."""

    meter: bool = False
    numbered: bool = False
    stated: bool = False
    other: bool = False
    listed: bool = False
    bare: bool = False
    """`wodomierz` right before it, with no word of a state."""
    placed: bool = False
    """A house or a room, whose number has never as many digits as a meter's."""


_LONGEST_CODE = 24
"""Pieces of one code; what goes on for longer would be read again from each of its pieces."""


def claim_meters(page: Page, pieces: list[Piece]) -> None:
    """Claim the numbers of water meters; those of others as nothing."""
    claims: list[Claim] = []
    at, listed_at = 0, -1
    while at < len(pieces):
        end = _code_end(pieces, at)
        if not end:
            at += 1
            continue
        cue = _cue_before(pieces, at, listed_at)
        end = _joined(pieces, at, end, cue)
        if _is_meter(pieces, at, end, cue):
            foreign = of_other_medium(pieces, at)
            claims.append(_claim(page, pieces, at, end, foreign))
            listed_at = -1 if foreign else end
        at = end
    claims += beside_role(pieces, {claim.start for claim in claims})
    claims = claims or far_from_its_word(pieces) or in_rows(pieces)
    page.take_many(sorted([*claims, *_tails(pieces, claims)], key=lambda claim: claim.start))


def _tails(pieces: list[Piece], claims: list[Claim]) -> list[Claim]:
    """Return the last digits of a meter that the text names whole elsewhere: `wodomierz ...567`."""
    numbers = {claim.value for claim in claims if claim.kind is Kind.METER}
    found: list[Claim] = []
    for at, piece in enumerate(pieces):
        if piece.sort is not Sort.DIGITS or not 3 <= len(piece.plain) <= 5 or not at:
            continue
        before = pieces[at - 1]
        if before.is_sign("…") or (before.is_sign(".") and at > 1 and pieces[at - 2].is_sign(".")):
            whole = [number for number in numbers if number.endswith(piece.plain)]
            found += [Claim(Kind.METER, piece.start, piece.end, whole[0])] if len(whole) == 1 else []
    return found


def _claim(page: Page, pieces: list[Piece], at: int, end: int, foreign: bool) -> Claim:
    start, stop = pieces[at].start, pieces[end - 1].end
    code = _MADE.sub("", page.rest[start:stop])
    value = "".join(char for char in code if char.isalnum())
    return Claim(Kind.OTHER if foreign else Kind.METER, start, stop, value.upper())


def _code_end(pieces: list[Piece], at: int) -> int:
    """Return where a run of digits and capital letters that begins at `at` ends; 0 if none does."""
    first = pieces[at]
    if first.sort not in (Sort.DIGITS, Sort.WORD) or (
        glued(pieces, at)
        and pieces[at - 1].sort in (Sort.DIGITS, Sort.WORD)
        and not pieces[at - 1].says(Tag.METER | Tag.NUMBER | Tag.CLIENT)
    ):
        return 0
    if first.sort is Sort.WORD and (
        len(first.plain) > 5 or first.says(Tag.METER | Tag.NUMBER | Tag.CLIENT) or not goes_on(pieces, at + 1)
    ):
        return 0
    end = at + 1
    if _state_behind(pieces, at):
        return end
    while end - at < _LONGEST_CODE and goes_on(pieces, end):
        end += 1 if pieces[end].sort is not Sort.SIGN else 2
    codes = pieces[at:end]
    if (
        first.sort is Sort.DIGITS
        and end - at > 1
        and pieces[at + 1].sort is Sort.WORD
        and pieces[at + 1].plain in _UNITS
    ):
        return 0
    return end if any(piece.sort is Sort.DIGITS for piece in codes) else 0


def _state_behind(pieces: list[Piece], at: int) -> bool:
    """Tell whether `81234567/502` is a meter and its state: a year of making has two digits or four."""
    behind = pieces[at + 1 : at + 3]
    if (
        len(pieces[at].plain) != USUAL
        or len(behind) < 2
        or not glued(pieces, at + 1)
        or not glued(pieces, at + 2)
    ):
        return False
    year = len(behind[1].plain) == 2 or behind[1].plain.startswith(("19", "20"))
    return behind[0].is_sign("/") and behind[1].sort is Sort.DIGITS and not year


def _joined(pieces: list[Piece], at: int, end: int, cue: _Cue) -> int:
    """Return where the groups of `81 234 567` or `8123 4567` end, behind `nr` only."""
    if end == at + 1 and (mine := called_mine(pieces, at)):
        return mine
    if not (cue.numbered or cue.meter) or pieces[at].sort is Sort.WORD or len(pieces[at].plain) > 5:
        return end
    if end == at + 1 and (grouped := groups_end(pieces, at, metered=cue.bare)) > end:
        return grouped
    total, here = len(pieces[at].plain), at + 1
    while total < USUAL:
        if apart(pieces, here):
            here += 1
        elif _dotted(pieces, here):
            here += 2
        else:
            break
        total += len(pieces[here - 1].plain)
    halves = here - at == 2 and len(pieces[at].plain) == 4
    told = cue.bare and (not pieces[at - 1].is_sign(":") or _number_follows(pieces, here))
    fits = total == USUAL and (cue.numbered or not halves or told)
    return here if fits else end


def _dotted(pieces: list[Piece], at: int) -> bool:
    return (
        glued(pieces, at)
        and pieces[at].is_sign(".-")
        and glued(pieces, at + 1)
        and pieces[at + 1].sort is Sort.DIGITS
    )


def _cue_before(pieces: list[Piece], at: int, listed_at: int) -> _Cue:
    meter = numbered = other = placed = False
    alike = listed_at > 0 and len(pieces[listed_at - 1].plain) == len(pieces[at].plain)
    if alike and (
        bracket_before(pieces, at).start == listed_at
        or (at == listed_at + 1 and pieces[listed_at].is_sign(",;"))
    ):
        return _Cue(True, False, False, False, listed=True)
    if on_housing(pieces, at):
        return _Cue(True, True, False)
    near = explained_from(pieces, at)
    for back in range(near - 1, max(-1, near - 1 - _REACH), -1):
        piece = pieces[back]
        if kind_of(piece) is Kind.METER or back + 1 == listed_at:
            return _Cue(True, numbered, False, False, listed=True)
        if piece.says(Tag.METER):
            before = pieces[max(0, back - 3) : back]
            stated = any(word.says(Tag.STATE) for word in before)
            named = numbered or (bool(before) and before[-1].says(Tag.NUMBER))
            beside = back == near - 1 or (back == at - 2 and pieces[at - 1].is_sign(":"))
            return _Cue(True, named, stated, bare=beside and not stated)
        if piece.says(Tag.SERIAL):
            meter = numbered = True
        elif piece.plain in ("starym", "nowym", "starego", "nowego") and back == at - 1:
            return _Cue(True, True, False)
        elif piece.says(Tag.NUMBER) or stamped(pieces, back, at):
            numbered = True
        elif kind_named(pieces, back, near) or lettered(pieces, back, at) or _counts_off(pieces, back, at):
            continue
        elif piece.says(_OTHER):
            other, placed = True, piece.says(Tag.PLACE)
            break
        elif piece.sort is Sort.LINE:
            if back != at - 1 and not numbered:
                break
        elif piece.sort is Sort.SIGN:
            if piece.plain in "!?;/|" or (piece.plain == "," and not numbered):
                break
        elif not (
            piece.plain in _SKIPPED
            or piece.says(Tag.MAIN | Tag.GARDEN | Tag.HOME | Tag.WATER | Tag.ALSO | Tag.COPULA)
        ):
            break
    return _Cue(meter, numbered, False, other, placed=placed)


def _counts_off(pieces: list[Piece], back: int, at: int) -> bool:
    """Tell whether a digit only counts the meters off: `wodomierz nr 1 (81234567)`, `licznik 2: 81234570`."""
    piece = pieces[back]
    if piece.sort is not Sort.DIGITS or len(piece.plain) > 1 or not back or back + 1 >= at:
        return False
    return pieces[back + 1].is_sign("(:-.)") and pieces[back - 1].says(Tag.METER | Tag.NUMBER)


def _is_meter(pieces: list[Piece], at: int, end: int, cue: _Cue) -> bool:
    codes = [piece for piece in pieces[at:end] if piece.sort is not Sort.SIGN]
    written = "".join(piece.plain for piece in codes)
    digits = sum(len(piece.plain) for piece in codes if piece.sort is Sort.DIGITS)
    if len(written) > LONGEST or (cue.other and not cue.meter):
        return cue.placed and written.isdigit() and digits == USUAL
    if digits < USUAL and unit_at(pieces, end)[1] and not pieces[end].is_sign("(["):
        return False  # `licznik nr 2 - 1203 m3` is a state
    if any(piece.sort is Sort.WORD for piece in codes):
        return digits >= (4 if cue.meter or cue.numbered else 5) and len(written) >= 6
    if zeros_before_state(pieces, at, end):
        return True
    if written.startswith("00") and (cue.stated or not (cue.meter and cue.numbered)):
        return False
    if (
        any(piece.is_sign("-/") for piece in pieces[at:end])
        and not (cue.meter and (cue.numbered or (digits >= 6 and _shows(pieces, end))))
        and len(written) != USUAL
    ):
        return False
    if digits == USUAL:
        return not _is_day(written) or cue.meter
    if digits == USUAL - 1 and at and pieces[at - 1].says(Tag.MAIN | Tag.GARDEN) and written[0] != "0":
        return True  # no state is so long
    if cue.meter and cue.numbered:
        return digits >= 6 or (
            digits >= 4 and not cue.stated and not cue.listed and _number_follows(pieces, end)
        )
    if cue.meter and not cue.listed:
        return digits >= 7 or (digits == 6 and not cue.stated and _number_follows(pieces, end))
    stated = end < len(pieces) and pieces[end].says(Tag.STATE) and digits in (7, 8, 10)
    return 7 <= digits <= 14 and (cue.numbered or cue.listed or stated)


def _shows(pieces: list[Piece], end: int) -> bool:
    """Tell whether what stands before shows a state: `wodomierz 40512/19 wskazuje 60`, `..., stan 60`."""
    end += end < len(pieces) and (pieces[end].is_sign(",:;-)") or pieces[end].sort is Sort.LINE)
    return end < len(pieces) and pieces[end].says(Tag.STATE) and _number_follows(pieces, end)


def _number_follows(pieces: list[Piece], end: int) -> bool:
    """Tell whether another number follows in the sentence or the line below, which would be the state."""
    for piece in pieces[end : end + 14]:
        if piece.line > pieces[end - 1].line + 1:
            return False
        if piece.sort is Sort.DIGITS:
            return True
    return False


def _is_day(written: str) -> bool:
    return written[:2] == "20" and "01" <= written[4:6] <= "12" and "01" <= written[6:] <= "31"
