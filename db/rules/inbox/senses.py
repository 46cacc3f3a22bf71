"""What words say in the company of others: `macie: 296` gives a state, `macie wpisane 296` does not.

A word's own tags say what it usually speaks of. Where its neighbours make something else of it, its
tags are changed here once, so that every rule that asks for them knows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from db.rules.inbox.handing import handed_over, hands_over, orders, since_asked
from db.rules.inbox.page import words
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort

_RESULTS = words("wyszlo wychodzi wyszly wychodza wyszedl")
_FLOWED = ("przesz", "przeplyn", "przelecia", "przelal", "przeciek")
_CHARGES = ("licz", "nalicz", "dolicz", "rozlicz", "pobier", "wystawi", "obciaz", "wykaz")
"""`liczycie mi`, `naliczają`: what the company counts."""
_FAILS = re.compile(
    r"\b(?:blad|bledem|error|nie (?:przyj|dzial|wesz|posz|zapisal|da sie|dalo sie|chcial)\w*|odrzuc\w+"
    r"|zawiesi\w+|wywali\w+|wyrzuci\w+)\b"
)
_WRITES = re.compile(r"\b(?:pisze|podaje|wysylam|przesylam|zglaszam|mailem|mejlem|tutaj|ta droga)\b")
_SITES = words("stronie infografice instrukcji aplikacji apce ulotce bazie ewidencji kartotece")
_NUMBERS = Tag.STATE | Tag.NUMBER | Tag.GUESS | Tag.INVOICE | Tag.PAPER | Tag.USE | Tag.READER | Tag.THEIRS
_OF_STATES = ("roznic", "sredni", "suma", "sume", "sumy", "liczb", "ilosc")
"""What is counted of states is none: `różnica odczytów`."""
_DWELLINGS = (
    "mieszkani",
    "dom",
    "lokal",
    "adres",
    "siedzib",
    "dzialc",
    "dzialk",
    "biurz",
    "kamienic",
    "budyn",
)
_ROLES = {"glowna": Tag.MAIN, "glownej": Tag.MAIN, "ogrodowa": Tag.GARDEN, "ogrodowej": Tag.GARDEN}
"""What names streets too."""
_STREETS = words("nowa nowej stara starej")
_CAME = ("dosz", "dotar", "wysl", "wplyn", "przesz", "zginel", "przepadl", "odebral")
_COMING = ("koniec", "koncu", "przyszl", "nastepn", "kolejn", "nowy", "nowego", "styczn")
_BESIDE = words("przy w na za obok kolo pod od")
_FEW = 3
_REACH = 16
_READ_REACH = 30


def in_company(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` with the tags of words changed that say something else beside their neighbours."""
    return [
        piece
        if piece.sort is not Sort.WORD or (tags := _tags(pieces, at)) == piece.tags
        else replace(piece, tags=tags)
        for at, piece in enumerate(pieces)
    ]


def _tags(pieces: list[Piece], at: int) -> int:
    """Return what a word says in its company: what becomes of a word of its own, or of what it is tagged."""
    found = _of_word(pieces, at)
    return _of_sense(pieces, at) if found is None else found


def _of_word(pieces: list[Piece], at: int) -> int | None:
    """Return what single words say here; None for any other."""
    piece = pieces[at]
    if piece.plain == "macie":
        if orders(pieces, at):
            return Tag.NONE
        return Tag.GIVE if hands_over(pieces, at) or since_asked(pieces, at) else piece.tags
    if piece.plain == "bedzie" and any(p.plain == "niech" for p in _before(pieces, at, _FEW)):
        return Tag.NONE
    if piece.plain == "bedzie" and _amounts_to(pieces, at):
        return Tag.COPULA
    if piece.plain in _ROLES and _of_water(pieces, at):
        return _ROLES[piece.plain]
    if piece.plain == "razem":
        return piece.tags if _sums(pieces, at) else Tag.NONE
    if piece.plain.startswith(_FLOWED) and _through(pieces, at):
        return Tag.USE
    if piece.plain in _RESULTS:
        return Tag.STATE if _was_read(pieces, at) else piece.tags
    if piece.plain.startswith("wasz") and piece.says(Tag.THEIRS):
        wanted = handed_over(pieces, at)
        return piece.tags if _of_their_number(pieces, at) and not wanted else Tag.NONE
    if piece.plain.startswith(_CHARGES) and piece.plain.endswith(("cie", "ja")):
        return Tag.THEIRS
    return None


def _of_sense(pieces: list[Piece], at: int) -> int:
    """Return what is left of a word's tags beside its neighbours."""
    piece = pieces[at]
    if piece.says(Tag.PLACE) and _houses_meter(pieces, at):
        return piece.tags & ~Tag.PLACE
    if piece.says(Tag.STATE) and at and pieces[at - 1].plain.startswith(_OF_STATES):
        return Tag.NONE
    if piece.says(Tag.WATER) and _warm(pieces, at):
        return piece.tags & ~Tag.WATER
    if piece.says(Tag.THEIRS) and piece.plain.endswith("ano") and _in_protocol(pieces, at):
        return Tag.TOOK
    if _repeats(pieces, at):
        return Tag.KEEP
    after = pieces[at + 1] if at + 1 < len(pieces) else piece
    if piece.plain.startswith("sprawdz") and (
        after.says(Tag.INVOICE | Tag.MONEY) or after.plain.startswith(("umow", "kont"))
    ):
        return Tag.NONE  # no dial was looked at
    if piece.says(Tag.GAVE) and _in_vain(pieces, at):
        return Tag.GIVE
    if piece.plain in ("ostatnie", "ostatnia", "ostatnich", "ostatniej") and _of_digits(pieces, at):
        return Tag.NONE
    if piece.says(Tag.OLD) and _of_a_dwelling(pieces, at):
        return Tag.NONE
    if piece.plain in ("zdaje", "wydaje") and not _seems(pieces, at):
        return Tag.NONE
    if piece.says(Tag.DOUBT) and _of_arrival(pieces, at):
        return piece.tags & ~Tag.DOUBT
    if piece.plain in _STREETS and _a_street(pieces, at):
        return Tag.NONE
    if piece.plain.startswith("poczatkow") and any(one.plain.startswith("koncow") for one in pieces):
        return piece.tags & ~Tag.PAST
    if piece.plain == "tym" and _this_one(pieces, at):
        return Tag.NOW
    if piece.says(Tag.OLD) and (_same_as_in(pieces, at) or _when_given(pieces, at)):
        return Tag.KEEP
    return piece.tags


def _before(pieces: list[Piece], at: int, count: int) -> list[Piece]:
    """Return the words before one in its clause."""
    near = pieces[max(0, at - count) : at]
    return [piece for piece in near if piece.sort is Sort.WORD and piece.clause == pieces[at].clause]


def _of_water(pieces: list[Piece], at: int) -> bool:
    """Tell whether `woda główna` or `zimna ogrodowa` stands there, and no street."""
    back = pieces[at - 1] if at else None
    return back is not None and back.plain in ("woda", "wody", "wode", "zimna") and not pieces[at].capital


def _repeats(pieces: list[Piece], at: int) -> bool:
    """Tell whether a state that was given is given again: `tak jak wczoraj pisałem`."""
    if not pieces[at].says(Tag.GAVE):
        return False
    near = _before(pieces, at, _FEW)
    if any(back.plain in ("jak", "co", "przeciez") for back in near):
        return True
    head = [p for p in pieces[max(0, at - _REACH) : at] if p.sentence == pieces[at].sentence]
    return any(back.plain.startswith("ktor") for back in near) and any(p.says(Tag.RIGHT) for p in head)


def _in_vain(pieces: list[Piece], at: int) -> bool:
    """Tell whether what was given did not arrive: `wpisałam 542, wyskoczył błąd, więc piszę`."""
    behind = pieces[at + 1 : at + _READ_REACH]
    near = [p.plain for p in behind if p.sentence <= pieces[at].sentence + 1 and p.sort is Sort.WORD]
    failed = _FAILS.search(" ".join(near))
    return failed is not None and _WRITES.search(" ".join(near), failed.end()) is not None


def _amounts_to(pieces: list[Piece], at: int) -> bool:
    """Tell whether `to będzie` is said of what is so now: `stan wody to będzie 391`."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if not at or pieces[at - 1].plain != "to" or after is None or after.sort is not Sort.DIGITS:
        return False
    own = [p for p in pieces[max(0, at - _REACH) : at] if p.sentence == pieces[at].sentence]
    away = Tag.LATER | Tag.GUESS | Tag.USE | Tag.IF | Tag.MONEY
    later = any(p.says(away) or p.plain.startswith(_COMING) for p in own)
    return not later and any(p.says(Tag.STATE | Tag.METER) for p in own)


def _houses_meter(pieces: list[Piece], at: int) -> bool:
    """Tell whether a place only says which meter shows a state: `licznik przy bramie: 6843`."""
    if at < 2 or pieces[at - 1].plain not in _BESIDE or not pieces[at - 2].says(Tag.METER):
        return False
    behind = pieces[at + 1 : at + 4]
    if len(behind) < 2 or not behind[0].is_sign(":-=") or behind[1].sort is not Sort.DIGITS:
        return False
    grouped = len(behind) > 2 and len(behind[2].plain) == 3 and behind[2].sort is Sort.DIGITS
    return len(behind[1].plain) > 2 or grouped


def _through(pieces: list[Piece], at: int) -> bool:
    """Tell whether water went through the meter: `przez licznik przeszło 9` is a consumption."""
    near = pieces[max(0, at - 6) : at + 5]
    return any(
        one.plain in ("przez", "na")
        and two.clause == pieces[at].clause
        and (two.says(Tag.METER) or two.plain.startswith(("moj", "nasz")))
        and any(piece.says(Tag.METER) for piece in near[place + 1 : place + 3])
        for place, (one, two) in enumerate(pairwise(near))
    )


def _sums(pieces: list[Piece], at: int) -> bool:
    """Tell whether `razem` heads a sum: `razem 64`, `razem to 64`; not `spisaliśmy razem licznik`."""
    near = [pieces[here] for here in (at - 1, at + 1) if 0 <= here < len(pieces)]
    acted = any(piece.says(Tag.TOOK | Tag.GIVE) or piece.plain.endswith("smy") for piece in near)
    told = [piece for piece in pieces[max(0, at - 8) : at] if piece.clause == pieces[at].clause]
    counted = any(piece.sort is Sort.DIGITS for piece in told)
    acted = acted or (not counted and any(piece.says(Tag.TOOK) for piece in told))
    return not (acted or near[-1].says(Tag.METER))


def _was_read(pieces: list[Piece], at: int) -> bool:
    """Tell whether what came out is what somebody read: `wnuk odczytał wodę. Wyszło 1047`."""
    for back in range(at - 1, max(-1, at - _READ_REACH), -1):
        piece = pieces[back]
        if piece.sentence < pieces[at].sentence - 1:
            return False
        if piece.sort is Sort.DIGITS and not _at_first(pieces, back):
            return False
        if piece.says(Tag.USE | Tag.INVOICE | Tag.THEIRS | Tag.GUESS | Tag.FOREIGN):
            return False
        if piece.says(Tag.TOOK) or piece.plain.startswith("odczyt"):
            return True
    return False


def _at_first(pieces: list[Piece], at: int) -> bool:
    """Tell whether a number was only seen at first: `najpierw mówił 1340, potem wyszło 1346`."""
    near = [piece for piece in pieces[max(0, at - 6) : at] if piece.sentence == pieces[at].sentence]
    return any(piece.plain in ("najpierw", "poczatkowo", "pierwszym") for piece in near)


def _of_arrival(pieces: list[Piece], at: int) -> bool:
    """Tell whether not the state is doubted but that a letter came: `jeszcze raz, bo chyba nie doszło`."""
    near = [piece for piece in pieces[at + 1 : at + 6] if piece.clause == pieces[at].clause]
    return any(piece.plain.startswith(_CAME) for piece in near)


def _a_street(pieces: list[Piece], at: int) -> bool:
    """Tell whether `Nowa 12` within a sentence is an address."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is None or after.sort is not Sort.DIGITS or len(after.plain) > 3 or not pieces[at].capital:
        return False
    back = pieces[at - 1] if at else None
    return back is not None and back.sentence == pieces[at].sentence and back.sort is not Sort.LINE


def _same_as_in(pieces: list[Piece], at: int) -> bool:
    """Tell whether a former letter is only where the same stands: `ten co w poprzednim mailu`."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is None or not after.says(Tag.PAPER):
        return False
    return any(back.plain in ("jak", "co", "sam") for back in _before(pieces, at, _FEW + 1))


def _of_a_dwelling(pieces: list[Piece], at: int) -> bool:
    """Tell whether not the state is the old one but a home: `stan w starym mieszkaniu`."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return after is not None and after.sort is Sort.WORD and after.plain.startswith(_DWELLINGS)


def _seems(pieces: list[Piece], at: int) -> bool:
    """Tell whether `zdaje mi się`; not `zdaję lokal`."""
    return any(piece.plain == "sie" for piece in pieces[max(0, at - 2) : at + 3])


def _of_digits(pieces: list[Piece], at: int) -> bool:
    """Tell whether `ostatnie` counts digits: `te trzy ostatnie czerwone`."""
    return any(
        piece.plain.startswith(("cyfr", "czerwon", "miejsc", "przecink", "trzy", "dwie"))
        for piece in pieces[max(0, at - 1) : at + 2]
    )


def _this_one(pieces: list[Piece], at: int) -> bool:
    """Tell whether `w tym` is this month beside the last one: `w zeszłym miesiącu 480, w tym 512`."""
    if not at or pieces[at - 1].plain != "w":
        return False
    near = [piece for piece in pieces[max(0, at - _REACH) : at] if piece.sentence == pieces[at].sentence]
    return not any(piece.says(Tag.USE) for piece in near) and any(
        pieces[back].plain.startswith(("zeszl", "ubiegl", "poprzedni", "minion"))
        and pieces[back + 1].plain.startswith(("mies", "rok", "kwart", "tygod"))
        for back in range(max(0, at - _REACH), at - 1)
        if pieces[back].sentence == pieces[at].sentence
    )


def _when_given(pieces: list[Piece], at: int) -> bool:
    """Tell whether `wcześniej` only says when a state was given: `jak podałem wcześniej: 377`."""
    near = (at - 1, at + 1)
    return any(0 <= here < len(pieces) and _repeats(pieces, here) for here in near)


def _warm(pieces: list[Piece], at: int) -> bool:
    """Tell whether the water is warm: `ciepłą wodę`, `woda gorąca`."""
    near = [pieces[here] for here in (at - 1, at + 1) if 0 <= here < len(pieces)]
    return any(piece.plain.startswith(("ciepl", "gorac")) and piece.says(Tag.FOREIGN) for piece in near)


def _in_protocol(pieces: list[Piece], at: int) -> bool:
    """Tell whether somebody wrote down at a handing over: `w protokole wpisano`."""
    near = pieces[max(0, at - _FEW) : at + _FEW + 1]
    return any(piece.plain.startswith("protokol") for piece in near)


def _of_their_number(pieces: list[Piece], at: int) -> bool:
    """Tell whether `wasz` is said of a number or a paper: `wasz stan`; not `wasz licznik 977`."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is not None and after.is_sign(":-") and pieces[min(at + 2, len(pieces) - 1)].says(Tag.WATER):
        return False  # `tylko wasze: woda 388`
    return (
        after is None
        or after.sort is not Sort.WORD
        or (after.says(_NUMBERS & ~Tag.METER) and not after.says(Tag.WATER))
        or after.plain in _SITES
    )
