"""States that a letter of another wish only repeats: printed on its bill, or asked about."""

from __future__ import annotations

from itertools import pairwise

from db.records.incoming import MailIntent
from db.rules.inbox.page import Kind, words
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_WISHES = (MailIntent.INVOICE_COPY, MailIntent.QUESTION, MailIntent.COMPLAINT, MailIntent.EINVOICE)
_OF_DIAL = Tag.METER | Tag.GIVE | Tag.NOW | Tag.TOOK | Tag.RIGHT | Tag.KEEP | Tag.MAIN | Tag.GARDEN
_MINE = words("mnie nas moj moja moje nasz nasze ja my widze przyjac wpisac przyjecie wpisanie")
_MEANS = words("oznacza znaczy skad dlaczego czemu")
_PRINTED = words("stoi widnieje pisze napisano podano figuruje wydrukowano")
_WISHED = ("anie", "ania", "enie", "enia", "ac", "slac")
"""How words end of what the office is asked to send: `proszę o przesłanie kopii`."""
_REACH = 60


def own_or_none(pieces: list[Piece], states: list[State], wish: MailIntent) -> list[State]:
    """Return the states without those that a letter with another `wish` says of a bill alone.

    `Na fakturze nic nie widać poza stanem 455`, `co oznacza stan 775 na fakturze?`: no word of the
    sentence says that the writer's dial shows it.
    """
    if wish not in _WISHES:
        return states
    asks = wish is MailIntent.QUESTION
    return [state for state in states if not _of_bill(pieces, state, asks=asks)]


def _of_bill(pieces: list[Piece], state: State, *, asks: bool) -> bool:
    first = state.literal.first
    near = range(max(0, first - _REACH), min(len(pieces), first + _REACH))
    own = [at for at in near if pieces[at].sentence == pieces[first].sentence]
    if asks and _stands_there(pieces, own, first):
        return True
    if any(_shows(pieces[at]) for at in own) or pieces[first - 1].plain in ("mam", "mamy"):
        return False
    billed = any(
        pieces[at].says(Tag.INVOICE) or kind_of(pieces[at]) is Kind.INVOICE for at in own if at < first
    )
    asked = any(pieces[at].is_sign("?") for at in own) and any(pieces[at].plain in _MEANS for at in own)
    return billed or asked


def _stands_there(pieces: list[Piece], own: list[int], first: int) -> bool:
    """Tell whether `na fakturze stoi stan poprzedni 377 i stan obecny 391` names what a bill prints."""
    head = [pieces[at] for at in own if at < first]
    billed = any(two.says(Tag.INVOICE) and one.plain in ("na", "w") for one, two in pairwise(head))
    mine = any(p.plain in _MINE or p.says(Tag.GIVE | Tag.TOOK | Tag.RIGHT | Tag.METER) for p in head)
    return billed and not mine and any(p.plain in _PRINTED for p in head)


def _shows(piece: Piece) -> bool:
    today = piece.claim is not None and piece.claim.kind is Kind.DAY and piece.claim.relative
    wished = piece.plain.endswith(_WISHED) and not piece.says(_OF_DIAL & ~Tag.GIVE)
    return (
        today or (piece.says(_OF_DIAL) and not wished) or (piece.sort is Sort.WORD and piece.plain in _MINE)
    )
