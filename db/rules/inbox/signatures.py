"""Client numbers that no word names: in a signature, in the office's files, or the only six digits."""

from __future__ import annotations

from db.rules.inbox.page import Kind, Page
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, glued

_FILES = (
    "kartotec",
    "kartotek",
    "ewidencj",
    "rejestr",
    "system",
    "baz",
    "panst",
    "was",
    "bok",
    "wodociag",
    "konto",
)
_NO_CLIENT = Tag.METER | Tag.STATE | Tag.SERIAL | Tag.SEAL | Tag.MONEY | Tag.INVOICE | Tag.USE
_NEAR = 4
_LABEL = 12
_TITLES = frozenset(["ks", "dr", "mgr", "inz", "adw", "sp", "pan", "pani", "dyr", "prof", "hab"])
_OPENING = 3
"""Names that a signature has at least before four digits."""


def claim_signed_client(page: Page, pieces: list[Piece]) -> None:
    """Claim the one number that a signature or a label of the office's files gives as the client's."""
    found = {at for at in range(len(pieces)) if _filed(pieces, at)}
    found = found or {at for at in range(len(pieces)) if _only_six(pieces, at)}
    found = found or {at for at in range(len(pieces)) if _signed(pieces, at)}
    if len({pieces[at].plain for at in found}) == 1:
        claimed = {pieces[at].plain for at in found}
        for piece in (piece for piece in pieces if piece.sort is Sort.DIGITS and piece.plain in claimed):
            page.take(Kind.CLIENT, piece.start, piece.end, piece.plain)


def _stands_free(pieces: list[Piece], at: int) -> bool:
    """Tell whether digits hang on nothing before or behind them."""
    if pieces[at].sort is not Sort.DIGITS or (glued(pieces, at) and not pieces[at - 1].is_sign("(:,-.")):
        return False
    behind = pieces[at + 1 : at + 3]
    if not behind or not glued(pieces, at + 1):
        return not behind or behind[0].sort is not Sort.DIGITS
    hung = len(behind) > 1 and behind[1].sort is Sort.DIGITS and glued(pieces, at + 2)
    return behind[0].sort is Sort.LINE or (behind[0].is_sign(".,;)!?") and not hung)


def _line(pieces: list[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """Return what stands before and behind a piece on its line."""
    low, high = at, at + 1
    while low and pieces[low - 1].sort is not Sort.LINE:
        low -= 1
    while high < len(pieces) and pieces[high].sort is not Sort.LINE:
        high += 1
    return pieces[low:at], pieces[at + 1 : high]


def _filed(pieces: list[Piece], at: int) -> bool:
    """Tell whether `Numer parafii w Państwa kartotece:` stands right before four or six digits."""
    if len(pieces[at].plain) not in (4, 6) or not at or not _stands_free(pieces, at):
        return False
    if not pieces[at - 1].is_sign(":-"):
        return False
    label = [p for p in pieces[max(0, at - _LABEL) : at - 1] if p.sentence == pieces[at].sentence]
    words = [piece for piece in label if piece.sort is Sort.WORD]
    return (
        any(piece.says(Tag.NUMBER) for piece in words)
        and any(piece.plain.startswith(_FILES) for piece in words)
        and not any(
            piece.says(_NO_CLIENT | Tag.PHONE) or piece.sort in (Sort.DIGITS, Sort.CLAIM) for piece in label
        )
    )


def _only_six(pieces: list[Piece], at: int) -> bool:
    """Tell whether six digits are no state: without a unit, and no word of a dial or a paper right before."""
    if len(pieces[at].plain) != 6 or pieces[at].plain.startswith("00") or not _stands_free(pieces, at):
        return False
    behind = pieces[at + 1 : at + 2]
    if any(p.plain.startswith(("m", "kub", "metr")) and p.plain in ("m", "m3") for p in behind):
        return False
    if any(p.plain.startswith(("kub", "metr", "zl", "kwh")) for p in behind):
        return False
    before = [p for p in pieces[max(0, at - _NEAR) : at] if p.clause == pieces[at].clause]
    last = next((p for p in reversed(before) if p.sort is Sort.WORD), None)
    filed = any(p.plain.startswith(("kopert", "kart", "nakle", *_FILES)) for p in before)
    if last is not None and not filed and last.says(Tag.GIVE | Tag.COPULA | Tag.NOW | Tag.OLD | Tag.GAVE):
        return False
    called = any(piece.says(Tag.PHONE) for piece in before[-2:])
    return not called and not any(piece.says(_NO_CLIENT) for piece in before)


def _signed(pieces: list[Piece], at: int) -> bool:
    """Tell whether `ks. Jan Nowak, 2716` or `nr 7705` is all of a line near the end."""
    piece = pieces[at]
    if len(piece.plain) != 4 or piece.plain[:2] in ("19", "20", "00") or not _stands_free(pieces, at):
        return False
    before, behind = _line(pieces, at)
    if piece.line == 0 or (any(not p.is_sign(".,;)-/|") for p in behind[:2]) and before):
        return False
    words = [p for p in before if p.sort is Sort.WORD] or [p for p in behind if p.sort is Sort.WORD]
    if any(p.sort in (Sort.DIGITS, Sort.CLAIM) for p in (*before, *behind)) or not words:
        return False
    if len(words) == 1 and words[0].says(Tag.NUMBER) and words[0] in before:
        return True
    named = [p for p in words if p.plain in _TITLES or ((p.capital or p.shouted) and not p.says(_NO_CLIENT))]
    signs = before[-1:] if before else behind[:1]
    parted = all(p.is_sign(",-(/;|") for p in signs)
    return len(named) == len(words) >= 2 and parted
