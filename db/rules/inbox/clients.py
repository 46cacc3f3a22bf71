"""Client numbers: six digits of a person, four of a business, where the text says that they are one.

A number in no company of words counts only as six digits that stand alone; the client's part of an
invoice number does not: it names the invoice.
"""

from __future__ import annotations

from db.rules.inbox.client_words import TELLING, named_before, named_behind, of_business, refused
from db.rules.inbox.page import Kind, Page
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, apart, glued, kind_of


def claim_clients(page: Page, pieces: list[Piece]) -> None:
    """Claim client numbers that the text names as such."""
    at = 0
    while at < len(pieces):
        end = _number_at(pieces, at)
        if end and refused(pieces, at):
            page.take(Kind.OTHER, pieces[at].start, pieces[end - 1].end)
            at = end
        elif end and (
            named_before(pieces, at, end) or named_behind(pieces, at, end) or of_business(pieces, at, end)
        ):
            _take(page, pieces, at, end)
            at = end
        else:
            at += 1


def claim_lone_client(page: Page, pieces: list[Piece]) -> None:
    """Claim six digits that no word explains, if they are the only such ones."""
    end = next((at for at, piece in enumerate(pieces) if piece.sort is Sort.LINE), 0)
    if end > 1 and _number_at(pieces, 0) == end:
        _take(page, pieces, 0, end)
        return
    if (first := _heads_text(pieces)) is not None:
        _take(page, pieces, *first)
        return
    lone = [at for at in range(len(pieces)) if _number_at(pieces, at) == at + 1 and _alone(pieces, at)]
    lone = lone or [
        at for at in range(len(pieces)) if _number_at(pieces, at) == at + 1 and _called(pieces, at)
    ]
    if not lone:
        _take_called_group(page, pieces)
    if len({pieces[at].plain for at in lone}) == 1:
        for at in lone:
            _take(page, pieces, at, at + 1)


def _heads_text(pieces: list[Piece]) -> tuple[int, int] | None:
    """Return where six digits in groups are all of the text's first line: the field of a form, filled in."""
    at = next((at for at, piece in enumerate(pieces) if piece.sort is not Sort.LINE), 0)
    end = _number_at(pieces, at) if at < len(pieces) else 0
    whole = end > at + 1 and end < len(pieces) and pieces[end].sort is Sort.LINE
    return (at, end) if whole and len(pieces[at].plain) == 3 else None


def _take_called_group(page: Page, pieces: list[Piece]) -> None:
    """Claim `numer, który jest na rachunku, to 144 872`: six digits behind a word for a number."""
    found = [
        at for at in range(len(pieces) - 1) if _number_at(pieces, at) == at + 2 and _numbered(pieces, at)
    ]
    if len(found) == 1 and len(pieces[found[0]].plain) == 3:
        _take(page, pieces, found[0], found[0] + 2)


def _take(page: Page, pieces: list[Piece], at: int, end: int) -> None:
    value = "".join(piece.plain for piece in pieces[at:end] if piece.sort is Sort.DIGITS)
    page.take(Kind.CLIENT, pieces[at].start, pieces[end - 1].end, value)


def _number_at(pieces: list[Piece], at: int) -> int:
    """Return where a client number that begins at `at` ends; 0 if none does."""
    if pieces[at].sort is not Sort.DIGITS or _hangs(pieces, at):
        return 0
    sizes = [len(pieces[at].plain)]
    ends = [at + 1]
    end = at + 1
    while sum(sizes) < 6:
        if apart(pieces, end):
            end += 1
        elif (
            end + 1 < len(pieces)
            and pieces[end].is_sign("-. ")
            and glued(pieces, end)
            and glued(pieces, end + 1)
            and pieces[end + 1].sort is Sort.DIGITS
        ):
            end += 2
        else:
            break
        sizes.append(len(pieces[end - 1].plain))
        ends.append(end)
    for count in (1, 2, 3):
        if tuple(sizes[:count]) in {(6,), (3, 3), (2, 2, 2)} and len(sizes) >= count:
            return 0 if _hung(pieces, ends[count - 1]) else ends[count - 1]
    return at + 1 if sizes[0] == 4 and not _hung(pieces, at + 1) else 0


def _hangs(pieces: list[Piece], at: int) -> bool:
    before = pieces[at - 1] if at else None
    return (
        before is not None
        and glued(pieces, at)
        and (before.is_sign(",./-+") and at > 1 and pieces[at - 2].sort is Sort.DIGITS)
    )


def _hung(pieces: list[Piece], end: int) -> bool:
    if not glued(pieces, end):
        return False
    after = pieces[end]
    if after.sort is Sort.WORD:
        return True
    return after.is_sign(",./-") and glued(pieces, end + 1) and pieces[end + 1].sort is Sort.DIGITS


def _alone(pieces: list[Piece], at: int) -> bool:
    """Tell whether no word right before six digits says what they are, and no unit or decimals follow."""
    if len(pieces[at].plain) != 6 or pieces[at].plain.startswith("00") or _hung(pieces, at + 1):
        return False
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if following is not None and (
        following.plain in ("m", "m3") or following.plain.startswith(("kub", "metr"))
    ):
        return False
    subject = pieces[at].line == 0
    for back in range(at - 1, max(-1, at - 5), -1):
        piece = pieces[back]
        if piece.line != pieces[at].line or piece.clause != pieces[at].clause or piece.is_sign("-/(|"):
            break
        if (
            (piece.says(Tag.PAPER) and piece.plain.endswith("em"))
            or subject
            or (piece.plain.startswith("odczyt") and (_state_follows(pieces, at) or apart(pieces, at + 1)))
        ):
            continue
        if piece.sort is Sort.DIGITS or piece.says(TELLING | Tag.GIVE | Tag.NOW | Tag.OLD | Tag.COPULA):
            return False
        if piece.says(Tag.GARDEN | Tag.MAIN):
            return False
    return True


def _called(pieces: list[Piece], at: int) -> bool:
    """Tell whether `ma nr` or `numer u Państwa mam` leads to six digits, with no meter in the sentence."""
    if len(pieces[at].plain) != 6 or _hung(pieces, at + 1):
        return False
    return pieces[at - 1].plain == "dla" or _numbered(pieces, at)


def _numbered(pieces: list[Piece], at: int) -> bool:
    """Tell whether a word for a number leads to digits, and none for a meter, a paper or a phone."""
    numbered = False
    for back in range(at - 1, max(-1, at - 9), -1):
        piece = pieces[back]
        if piece.sentence != pieces[at].sentence or (numbered and piece.clause != pieces[at].clause):
            break
        if piece.says(Tag.INVOICE) and pieces[back - 1].plain in ("z", "na"):
            continue
        if piece.says(TELLING & ~Tag.MONEY) or piece.sort in (Sort.DIGITS, Sort.CLAIM):
            return False
        numbered = numbered or piece.says(Tag.NUMBER)
    return numbered


def _state_follows(pieces: list[Piece], at: int) -> bool:
    """Tell whether `stan` and a number follow, so that the number before is none: `odczyt 240046 stan 77`."""
    near = pieces[at + 1 : at + 6]
    return any(piece.says(Tag.STATE) for piece in near[:3]) and any(
        piece.sort is Sort.DIGITS for piece in near
    )


def claim_subject_client(page: Page, pieces: list[Piece], stated: set[int]) -> None:
    """Claim four digits of the subject that stand before, behind or in brackets beside its words.

    Called where the text below gives states: then a number of the subject is whose they are; so is
    one alone on a line or before a dash and a name that is none of the `stated` pieces.
    """
    lone = [
        at
        for at, piece in enumerate(pieces)
        if len(piece.plain) == 4
        and _number_at(pieces, at) == at + 1
        and piece.plain[:2] != "20"
        and (piece.line == 0 or (at not in stated and _heads(pieces, at)))
    ]
    if len(lone) == 1:
        _take(page, pieces, lone[0], lone[0] + 1)


def _heads(pieces: list[Piece], at: int) -> bool:
    """Tell whether a number stands alone on its line, or ends a greeting before a dash and a name."""
    behind = pieces[at + 1 : at + 3]
    if not behind or behind[0].sort is Sort.LINE:
        return at > 0 and pieces[at - 1].sort is Sort.LINE
    if len(behind) < 2:
        return False
    begins = at == 0 or pieces[at - 1].sort is Sort.LINE
    if begins and behind[0].is_sign(",;/|") and kind_of(behind[1]) is Kind.METER:
        return True
    return behind[0].is_sign("-") and behind[1].capital and not behind[1].tags
