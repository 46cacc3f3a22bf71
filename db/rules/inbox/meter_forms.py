"""Meter numbers in forms of their own: in groups, on the housing, in brackets beside a role, led by zeros."""

from __future__ import annotations

from collections.abc import Collection

from db.rules.inbox.meter_places import USUAL, explained_from, goes_on, of_other_medium
from db.rules.inbox.page import Claim, Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, apart

_GROUPED = (7, 9, 10)
"""Digits of a meter in groups, but the usual eight."""
_MOST_GROUPS = 5
_HOUSING = (
    "obudow",
    "tabliczk",
    "tabliczc",
    "korpus",
    "blasz",
    "pokryw",
    "kopul",
    "mosiadz",
    "szkielk",
    "plastik",
)
_ON = ("na", "z", "ze", "pod", "przy", "w")
_MINE = ("moj", "nasz")
_ROLES = Tag.MAIN | Tag.GARDEN | Tag.HOME | Tag.METER
_OTHERS = Tag.PHONE | Tag.INVOICE | Tag.CLIENT | Tag.PAPER | Tag.SEAL | Tag.FOREIGN | Tag.MONEY


def groups_end(pieces: list[Piece], at: int, *, metered: bool) -> int:
    """Return where `4 028 117` or `60 55 719` ends behind `nr`; `at + 1` where no such groups stand.

    Three groups or more are one number; two are a meter and its state unless a state is told behind.
    Behind a bare `licznik`, if `metered`, a state is told too; behind a bare `numer` three digits first
    are a phone's.
    """
    end = at + 1
    while end - at <= _MOST_GROUPS and apart(pieces, end):
        end += 1
    total = sum(len(piece.plain) for piece in pieces[at:end])
    if total not in _GROUPED or end == at + 1 or goes_on(pieces, end):
        return at + 1
    told = state_told(pieces, end)
    if not numbered(pieces, at):
        return end if metered and told and end - at > 2 else at + 1
    head = [p for p in pieces[max(0, at - 8) : at] if p.sentence == pieces[at].sentence]
    if len(pieces[at].plain) > 2 and not any(p.says(Tag.METER | Tag.SERIAL) for p in head):
        return at + 1
    return end if told or (end - at > 2 and total == _GROUPED[0]) else at + 1


def numbered(pieces: list[Piece], at: int) -> bool:
    """Tell whether `nr licznika` or `numer fabryczny` stands before a number, and no state."""
    near = explained_from(pieces, at)
    head = [p for p in pieces[max(0, near - 6) : near] if p.sentence == pieces[at].sentence]
    named = [here for here, piece in enumerate(head) if piece.says(Tag.NUMBER | Tag.SERIAL)]
    behind = head[named[-1] + 1 :] if named else []
    parted = any(p.sort is Sort.DIGITS or p.is_sign(",;") or p.says(Tag.STATE) for p in behind)
    return bool(named) and not parted


def called_mine(pieces: list[Piece], at: int) -> int:
    """Return where the groups end of `mój to 26 117 440 i ma 691`; 0 where no such number stands."""
    if at < 2 or pieces[at - 1].plain not in ("to", "jest", "ma") or pieces[at - 2].plain not in _MINE:
        return 0
    end = at + 1
    while end - at <= _MOST_GROUPS and apart(pieces, end):
        end += 1
    total = sum(len(piece.plain) for piece in pieces[at:end])
    behind = [p for p in pieces[end : end + 5] if not (p.is_sign(",;-") or p.plain in ("i", "a", "ze", "z"))]
    told = len(behind) > 1 and behind[0].says(Tag.STATE | Tag.COPULA)
    shown = told and any(p.sort is Sort.DIGITS for p in behind[1:3])
    return end if total == USUAL and end - at > 2 and shown else 0


def state_told(pieces: list[Piece], end: int) -> bool:
    """Tell whether behind a number the same sentence comes to a state by its word: `, stan 412`."""
    told = False
    for piece in pieces[end : end + 10]:
        if piece.sentence != pieces[end - 1].sentence:
            return False
        told = told or piece.says(Tag.STATE)
        if piece.sort is Sort.DIGITS:
            return told
    return False


def on_housing(pieces: list[Piece], at: int) -> bool:
    """Tell whether `numer na obudowie:` or `na tabliczce` leads to a number."""
    head = [p for p in pieces[max(0, at - 6) : at] if p.sentence == pieces[at].sentence]
    places = [here for here, p in enumerate(head) if p.plain.startswith(_HOUSING)]
    if not places or not places[-1] or head[places[-1] - 1].plain not in _ON:
        return False
    behind = head[places[-1] + 1 :]
    if any(p.sort is Sort.DIGITS or p.is_sign(",;") or p.says(_OTHERS | Tag.STATE) for p in behind):
        return False
    return not any(p.says(_OTHERS) for p in head[: places[-1]])


def zeros_before_state(pieces: list[Piece], at: int, end: int) -> bool:
    """Tell whether `wodomierz przy oborze 0012873 stan 3310` names a meter that begins with zeros."""
    if len(pieces[at].plain) < 7 or end != at + 1 or end >= len(pieces) or not state_told(pieces, end):
        return False
    behind = [p for p in pieces[end : end + 2] if not p.is_sign(",:;-")]
    head = [p for p in pieces[max(0, at - 8) : at] if p.sentence == pieces[at].sentence]
    metered = any(p.says(Tag.METER) for p in head)
    return (
        metered
        and behind[:1] != []
        and behind[0].says(Tag.STATE)
        and not any(p.says(Tag.STATE) for p in head)
    )


def beside_role(pieces: list[Piece], taken: Collection[int]) -> list[Claim]:
    """Return long numbers in brackets that a role names: `(ogrodowy, 7013399)`, `na głównym (8190001)`."""
    found: list[Claim] = []
    for at, piece in enumerate(pieces):
        if piece.sort is not Sort.DIGITS or not 7 <= len(piece.plain) <= 10 or piece.start in taken:
            continue
        opens = next((b for b in range(at - 1, max(-1, at - 6), -1) if pieces[b].is_sign("([")), -1)
        closes = at + 1 < len(pieces) and pieces[at + 1].is_sign(")],;")
        if opens < 0 or not closes or piece.plain.startswith("00") or of_other_medium(pieces, at):
            continue
        inside, head = pieces[opens + 1 : at], pieces[max(0, opens - 3) : opens]
        counted = [here for here, p in enumerate(head) if p.sort is Sort.DIGITS or p.is_sign(",;")]
        head = [p for p in head[counted[-1] + 1 if counted else 0 :] if p.sentence == piece.sentence]
        plain = not any(p.sort is Sort.DIGITS or p.is_sign(")") for p in inside)
        plain = plain and not any(p.says(_OTHERS) for p in [*inside, *head])
        if plain and any(p.says(_ROLES) for p in [*inside, *head]):
            found.append(Claim(Kind.METER, piece.start, piece.end, piece.plain))
    return found
