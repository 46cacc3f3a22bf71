"""What `macie` says: `macie: 296` hands a state over, `macie mi policzyć` gives an order."""

from __future__ import annotations

from db.rules.inbox.page import words
from db.rules.inbox.tokens import Piece, Sort

_OPENERS = words("no i to ok wiec tu tutaj teraz prosze oto prosz dobra dobrze tak a")
_WRITTEN = ("wpis", "zapis", "podan", "zaznacz", "zle", "zly", "bled", "zawyz", "zanotow", "przyj")
_ABROAD = words("u w za chyba nie jakies jakis tam")
_DEEDS = ("policz", "nalicz", "rozlicz", "wpisa", "zapisa", "przyja", "uwzgledni", "zaksiegowa", "wystawi")
_FEW = 3
_REACH = 16


def hands_over(pieces: list[Piece], at: int) -> bool:
    """Tell whether `macie` begins a sentence and does not speak of what they have written down."""
    head = pieces[max(0, at - _FEW - 1) : at]
    own = [piece for piece in head if piece.sentence == pieces[at].sentence and piece.sort is Sort.WORD]
    if not all(piece.plain in _OPENERS for piece in own) or len(own) > _FEW:
        return False
    behind = [piece for piece in pieces[at + 1 : at + 3] if piece.sort is Sort.WORD]
    return not any(piece.plain in _ABROAD or piece.plain.startswith(_WRITTEN) for piece in behind)


def handed_over(pieces: list[Piece], at: int) -> bool:
    """Tell whether what is theirs is what they asked for: `macie te wasze cyfry: 1939`."""
    near = range(max(0, at - _FEW), at)
    return any(pieces[here].plain == "macie" and hands_over(pieces, here) for here in near)


def since_asked(pieces: list[Piece], at: int) -> bool:
    """Tell whether what was asked for is handed over: `skoro musi być, to macie >> 926`."""
    behind = next((p for p in pieces[at + 1 : at + 4] if p.sort is not Sort.SIGN), None)
    head = [p for p in pieces[max(0, at - _REACH) : at] if p.sentence == pieces[at].sentence]
    asked = any(p.plain in ("skoro", "jak", "jesli") for p in head)
    return asked and pieces[at - 1].plain == "to" and behind is not None and behind.sort is Sort.DIGITS


def orders(pieces: list[Piece], at: int) -> bool:
    """Tell whether `macie` says what they shall do: `tyle macie mi policzyć`."""
    behind = [p for p in pieces[at + 1 : at + 5] if p.clause == pieces[at].clause and p.sort is Sort.WORD]
    return any(p.plain.startswith(_DEEDS) and p.plain.endswith("c") for p in behind)
