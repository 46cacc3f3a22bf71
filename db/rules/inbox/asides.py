"""What a sentence only says by the way before it comes to its number: why, what for, although."""

from __future__ import annotations

from db.rules.inbox.tokens import Piece, Sort

_REASONS = ("bo", "poniewaz", "gdyz", "skoro", "choc", "chociaz", "albowiem", "mimo", "pomimo", "dlatego")
_AIMS = ("zeby", "aby", "azeby", "coby")
_WOULD = ("lbym", "labym", "libysmy", "lybysmy")
_ENDS = ":-=,"


_CONDITIONS = ("gdyby", "jakby", "jesli", "jezeli")
_PICTURES = ("widac", "widocz", "wyrazn", "niewyrazn", "czyteln", "nieczyteln", "zdjec", "fot", "zalacz",
             "plik", "otwier", "otworz", "odczyta", "potrzeb", "zamaz", "doszl", "dotar")  # fmt: skip


def without_brackets(before: list[Piece]) -> list[Piece]:
    """Return the pieces before a number without brackets that hold an aside: `(bo nie trzeba)`."""
    signs = [at for at, piece in enumerate(before) if piece.is_sign("()")]
    if len(signs) < 2 or not before[signs[-2]].is_sign("(") or not before[signs[-1]].is_sign(")"):
        return before
    inside = before[signs[-2] : signs[-1] + 1]
    return [*before[: signs[-2]], *before[signs[-1] + 1 :]] if len(inside) > 5 else before


def past_condition(before: list[Piece]) -> list[Piece]:
    """Return the pieces before a number behind `gdyby było nieczytelne:`, which is said of a picture."""
    ends = [at for at, piece in enumerate(before) if piece.is_sign(":-,")]
    for end in reversed(ends):
        clause = before[end - 1].clause if end else -1
        own = [piece for piece in before[:end] if piece.clause == clause and piece.sort is Sort.WORD]
        if any(p.plain.startswith(_CONDITIONS) for p in own) and any(
            p.plain.startswith(_PICTURES) for p in own
        ):
            return before[end + 1 :]
    return before


def without_reasons(before: list[Piece]) -> list[Piece]:
    """Return the pieces before a number without a reason or what would have been before it.

    `Spisałem dziś, bo poprzedni odczyt był błędny: 512` says of 512 only that it was read today.
    A reason that runs up to the number holds it: `bo na liczniku jest 512`.
    """
    if not before or not before[-1].is_sign(_ENDS):
        return before
    reasons = {piece.clause for piece in before if _gives_reason(piece)}
    kept = [piece for piece in before if piece.clause not in reasons]
    return [*kept, before[-1]] if any(piece.sort is Sort.WORD for piece in kept) else before


def _gives_reason(piece: Piece) -> bool:
    if piece.sort is not Sort.WORD:
        return False
    would = piece.plain.endswith(_WOULD) and not piece.plain.startswith(("chcial", "prosil"))
    return would or piece.plain in _REASONS or piece.plain.startswith(_AIMS)
