"""Where a meter number may stand but right behind its word: in a row, behind brackets, far from it."""

from __future__ import annotations

from db.rules.inbox.page import Claim, Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, glued

USUAL = 8
"""Digits of most meters."""


def far_from_its_word(pieces: list[Piece]) -> list[Claim]:
    """Return the only seven digits of a text, where their sentence names a meter: no state is so long."""
    found = [
        at
        for at, piece in enumerate(pieces)
        if piece.sort is Sort.DIGITS
        and len(piece.plain) == USUAL - 1
        and not piece.plain.startswith("0")
        and not goes_on(pieces, at + 1)
        and not glued(pieces, at)
    ]
    if len(found) != 1 or of_other_medium(pieces, found[0]):
        return []
    piece = pieces[found[0]]
    head = [p for p in pieces[max(0, found[0] - 30) : found[0]] if p.sentence == piece.sentence]
    metered = any(p.says(Tag.METER) and p.sort is Sort.WORD for p in head)
    if not metered or any(p.says(Tag.PHONE | Tag.INVOICE | Tag.CLIENT) for p in head):
        return []
    return [Claim(Kind.METER, piece.start, piece.end, piece.plain)]


def in_rows(pieces: list[Piece]) -> list[Claim]:
    """Return the long numbers between a role and a state on one line: `główny - 8130045 - 640`."""
    found: list[Claim] = []
    for at, piece in enumerate(pieces):
        if piece.sort is not Sort.DIGITS or not USUAL - 1 <= len(piece.plain) <= USUAL + 2:
            continue
        row = [(here, p) for here, p in enumerate(pieces[max(0, at - 8) : at + 9], max(0, at - 8))]
        row = [(here, p) for here, p in row if p.line == piece.line]
        role = any(p.says(Tag.MAIN | Tag.GARDEN | Tag.HOME | Tag.METER) for here, p in row if here < at)
        state = any(p.sort is Sort.DIGITS and len(p.plain) < USUAL - 1 for here, p in row if here > at)
        other = any(p.says(Tag.PHONE | Tag.INVOICE | Tag.CLIENT) for here, p in row if here < at)
        parted = at + 1 < len(pieces) and pieces[at + 1].is_sign("-:=|,;/")
        if (
            role
            and state
            and parted
            and not other
            and not piece.plain.startswith("0")
            and not glued(pieces, at)
        ):
            found.append(Claim(Kind.METER, piece.start, piece.end, piece.plain))
    return found


def bracket_before(pieces: list[Piece], at: int) -> range:
    """Return where a bracket of a word or two stands between two codes: `5001221 (łaz.) i 5001240`."""
    head = pieces[max(0, at - 7) : at]
    opens = next((here for here in range(len(head) - 1, -1, -1) if head[here].is_sign("(")), None)
    if opens is None or opens == 0:
        return range(0)
    closes = next((here for here in range(opens, len(head)) if head[here].is_sign(")")), None)
    if closes is None or closes - opens > 4 or head[opens - 1].sort is not Sort.DIGITS:
        return range(0)
    between = head[closes + 1 :]
    if not between or not all(piece.says(Tag.ALSO) or piece.is_sign(",;/") for piece in between):
        return range(0)
    first = at - len(head)
    return range(first + opens, first + closes + 1)


def of_other_medium(pieces: list[Piece], at: int) -> bool:
    """Tell whether the clause, before or just behind the number, speaks of another medium than cold water."""
    sentence = pieces[at].sentence
    for back in range(at - 1, max(-1, at - 40), -1):
        if pieces[back].sentence != sentence:
            break
        if pieces[back].says(Tag.FOREIGN):
            return True
        if pieces[back].says(Tag.WATER):
            return False
    return False


_MOST_INSIDE = 8
_OTHERS = Tag.PHONE | Tag.INVOICE | Tag.CLIENT | Tag.PAPER | Tag.SEAL | Tag.FOREIGN | Tag.MONEY | Tag.STATE
_DEEDS = frozenset(["kw", "nip", "krs", "pesel", "regon", "bdo", "oc", "ac", "fa", "fv", "rp", "ks"])


def explained_from(pieces: list[Piece], at: int) -> int:
    """Return where brackets open that only explain the word before them, else `at`.

    `Numer licznika (spod warstwy błota): 63 110 945` has its number right behind its word.
    """
    end = at - 1
    if end > 0 and (pieces[end].is_sign(":-=") or pieces[end].plain == "to"):
        end -= 1
    if end < 2 or not pieces[end].is_sign(")]"):
        return at
    for back in range(end - 1, max(0, end - 1 - _MOST_INSIDE), -1):
        piece = pieces[back]
        if piece.is_sign("(["):
            return back if pieces[back - 1].says(Tag.METER | Tag.NUMBER | Tag.SERIAL) else at
        if piece.sort is not Sort.WORD or piece.says(_OTHERS):
            return at
    return at


def lettered(pieces: list[Piece], back: int, at: int) -> bool:
    """Tell whether two or three capitals only begin a meter's number: `stoi na 223 (numer WZ 6011945)`."""
    code = pieces[back]
    if back + 1 != at or not back or not (code.shouted and 2 <= len(code.plain) <= 3) or code.tags:
        return False
    if code.plain in _DEEDS or not pieces[back - 1].says(Tag.NUMBER) or len(pieces[at].plain) < USUAL - 1:
        return False
    head = [p for p in pieces[max(0, back - 12) : back] if p.sentence == pieces[at].sentence]
    return any(p.says(Tag.METER | Tag.STATE) for p in head) and not any(
        p.says(_OTHERS & ~Tag.STATE) for p in head
    )


_STAMPED = (
    *("wybit", "wytlocz", "wygrawer", "wyryt", "wybij", "nadruk"),
    *("obudow", "korpus", "tabliczk", "wieczk"),
)
"""How words begin that say where a meter bears its number."""


def stamped(pieces: list[Piece], back: int, at: int) -> bool:
    """Tell whether a word says that a long number stands on the meter itself: `licznik ma wybite 6630718`."""
    number, plain = pieces[at].plain, pieces[back].plain
    if len(number) < 6 or number.startswith("0") or not plain.startswith(_STAMPED):
        return False
    near = pieces[max(0, back - 4) : back + 4]
    return any(piece.says(Tag.NUMBER | Tag.METER) for piece in near if piece.sentence == pieces[at].sentence)


def kind_named(pieces: list[Piece], back: int, at: int) -> bool:
    """Tell whether a word only says what kind of meter it is: `wodomierz budowlany 40512/19`."""
    piece = pieces[back]
    kind = piece.sort is Sort.WORD and not piece.tags and piece.plain.endswith(("ny", "wy", "ski", "cki"))
    return kind and back + 1 == at and back > 0 and pieces[back - 1].says(Tag.METER)


def goes_on(pieces: list[Piece], end: int) -> bool:
    """Tell whether a code goes on at `end`: digits, few letters, a sign with either behind it."""
    if not glued(pieces, end):
        return False
    piece = pieces[end]
    if piece.sort is Sort.DIGITS or (piece.sort is Sort.WORD and len(piece.plain) <= 5):
        return True
    if not (piece.is_sign("-/") and glued(pieces, end + 1)):
        return False
    return pieces[end + 1].sort is Sort.DIGITS or (
        pieces[end + 1].sort is Sort.WORD and len(pieces[end + 1].plain) <= 4
    )
