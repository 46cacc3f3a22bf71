"""Numbers that other sentences take out: a joke, what another wrongly sent, a private meter.

What is said of a number behind it, up to the next one and no further than the next sentence, counts
as what is said before it.
"""

from __future__ import annotations

import re

from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_REACH = 40
_REST = 160
_JOKE = re.compile(
    r"(?<!nie )(?<!nie na )(?<!nie to )\b(?:(?:na )?powaznie|(?:na )?serio|zar[tc]\w{0,6}|nabral\w{1,3}"
    r"|zgryw\w{1,4}|naprawde)\b"
    r"(?: (?:oczywiscie|mowiac|piszac|to|jest|mam|mamy|ma|stan|odczyt|licznik|wodomierz|pokazuje|wskazuje"
    r"|wynosi|tak|no|na|liczniku|wodomierzu|tylko|juz|u|mnie|nas|a|dzis|teraz|jasne|rzecz|jasna)){0,6}$"
)
"""What turns from a joke right to the number that is meant."""
_BOOKED = (
    r"(?:(?:za)?ksiegow\w{1,4}|bra(?:c|ny)|bierzcie|uwzgledni\w{1,4}|przyjmow\w{1,4}|przyjmuj\w{0,4}"
    r"|wpisyw\w{1,4}|wpisuj\w{0,4}|zapisyw\w{1,4}|liczyc|wprowadzac|sugerowac)"
)
_IT = r"(?:go|ja|tego|tej|tych|ich|to|jego|jej|tamtego)"
_NOT_OF_PAPERS = (
    r"(?! (?:co )?(?:z|ze|na|w) (?:\w{1,12} )?(?:faktur|rachun|prognoz|blankiet|ebok|system|szacun))"
)
"""`nie brać tego z faktury` is said of another number."""
_REJECTED = re.compile(
    r"\b(?:wziet\w{1,3}|wzial\w{0,3}|wyssan\w{1,3}|podan\w{1,3}|jest|to|strzel\w{1,4})"
    r" (?:\w{1,8} )?z (?:sufitu|kosmosu|palca|powietrza|rekawa)\b|\bz(?:a|e)?mysl(?:on|il)\w{1,3}"
    r"|\bwymysl(?:on|il)\w{1,3}"
    rf"|\b(?:to|co) (?:jest |byla? )?(?:nieprawd\w{{1,5}}|klamstw\w|bzdur\w{{1,2}}|bujd\w)\b"
    rf"|\b{_IT} (?:(?:prosze|prosimy|niech) (?:panstwo )?)?(?:zignor|pomin|odrzuc|skresl|usun|anulow)"
    rf"\w{{2,5}}"
    rf"|\b(?:prosze|prosimy) {_IT} (?:zignor|pomin|odrzuc|skresl|usun|anulow)\w{{2,5}}"
    rf"|\b{_IT} (?:(?:prosze|prosimy) )?nie {_BOOKED}"
    rf"|\bnie {_BOOKED} (?:{_IT}\b{_NOT_OF_PAPERS}|pod uwage(?! \w))"
)
"""What says that a number is not to be booked."""
_OF_OTHERS = re.compile(
    rf"\b(?:pozniejsz|nastepn|kolejn|dalsz|inn|poprzedni|wczesniejsz)\w{{1,4}}"
    rf" (?:\w{{1,12}} ){{0,3}}nie {_BOOKED}"
)
"""The same of other states: `późniejszych wskazań proszę nie brać pod uwagę`."""
_NAMED = re.compile(
    r"^to (?:jest |byl )?(?:moj |nasz |ten |wlasnie |aktualny |obecny |dzisiejszy )?"
    r"(?:stan|odczyt|wskazanie)\b(?! (?:poprzedn|sasiad|z (?:faktur|zeszl|prognoz)|ostatn|szacun|prognoz))"
)
"""What names the number before it a state."""
_NUMBERS = re.compile(
    r"^(?:(?:hm+|nie|oj|ups|a|ale|stop|sorry|sorki|przepraszam|wroc|zaraz|czekajcie|moment|ach|no) ){0,3}"
    r"to (?:jest |byl )?(?:nr|numer|kod|adres|telefon)\b"
)
_FROM_MIND = re.compile(r"\b(?:z|ze) (?:glowy|pamieci)\b")
"""What is weaker: another number that is right has to follow."""
_PEOPLE = (
    r"(?:lokator|najemc|najemczyn|dozorc|dzierzawc|administrator|zarzadc|opiekun|student|wspollokator"
    r"|syn|cork|maz|zon|tesc|brat|siostr|wnuk|wnuczk|dziad|babci|ojciec|tata|matk|mam|kuzyn|szwag)\w{0,4}"
)
_CLAIMS = re.compile(
    r"\b(?:twierdz\w{1,3}|utrzymuj\w{1,2}|upiera\w{1,4}|zarzeka\w{1,3}|podobno|ponoc|rzekomo)\b"
    rf"|\b{_PEOPLE} (?:\w{{1,12}} ){{0,3}}?(?:mowi\w{{0,2}}|podaj[ae]|uwaza\w{{0,2}}|pisze|zapewnia)\b"
)
_VERIFIES = re.compile(
    r"\b(?:sprawdze|zweryfikuje|odczytam|dam znac|pojade|potwierdze)\b|\bnie (?:wierze|ufam|dowierzam)\b"
    r"|\bwole (?:sam|sama|osobiscie)\b|\bpodam (?:\w{1,10} ){0,2}?(?:wlasciw|prawdziw|pewn|dokladn)\w{1,2}"
)
"""Somebody else's claim, and that the writer does not take it over before having looked."""
_HOLD = re.compile(
    r"\b(?:na razie|narazie|jeszcze|poki co|chwilowo|nic)"
    rf" (?:(?:prosze|nic|go|tego|jeszcze) ){{0,2}}nie {_BOOKED}"
    rf"(?! (?:faktur|rachun|prognoz|szacun|wplat|nadplat))"
    rf"|\bnie {_BOOKED} (?:(?:go|tego|nic) )?(?:na razie|jeszcze|poki co)\b"
)
"""Nothing is to be booked yet."""
_NOBODY = re.compile(
    r"\bnik(?:t|ogo) (?:(?!nie)\w{1,12} ){0,4}?nie (?:\w{1,8} )?(?:byl|odczyt|spis|sprawdz|zaglad|wchodz"
    r"|wszed|wpuszcz|mogl)\w{0,8}\b"
)
_OWN_READING = re.compile(
    r"\b(?:podaj\w|przesylam\w{0,2}|zglaszam\w{0,2}|sam[ai]? |odczytal[ae]m|spisal[ae]m|taki)\b"
)
_TOLD_ME = Tag.THEIRS | Tag.INVOICE | Tag.MONEY
"""Nobody read what a bill says: `odczyt wykazał 618`. Nikt u mnie nie był."""
_PRIVATE_BEFORE = re.compile(
    r"\bprywatn\w{1,3}\b(?=.*licznik)|licznik(?=.*\bprywatn\w{1,3}\b)|\bna wlasny uzytek\b"
)
_PRIVATE = re.compile(
    r"\b(?:tylko|wylacznie)"
    r" dla (?:mnie|nas|siebie|wlasn\w{2,4})\b|\bzalozyl\w{1,4} (?:sobie|sam|sama|dla siebie)\b"
    r"|\bnie rozlicza(?:cie|ja|my)?\b(?! mnie| nas)|\bnie podlega\w{0,2} rozlicz"
    r"|\bnie (?:jest |sa )?(?:wasz|panstwa)\b|\b(?:was|panstwa) nie (?:dotyczy|interesuje|obchodzi)\b"
    r"|\bnie (?:dotyczy|interesuje|obchodzi) (?:was|panstwa)\b|\bdo rozliczen\w{1,2} (?:\w{1,6} )?nie\b"
)
"""A meter that the company does not bill."""
_PRIVATE_BESIDE = re.compile(
    r"^(?:\w{1,12} ){0,4}?(?:prywatn\w{1,3}|na wlasny uzytek|do wlasnej wiadomosci)\b"
)
"""The same, in the sentence of the number."""
_LEAST = re.compile(
    r"\b(?:wieks|wyzs|mniejs|nizs)z?\w{0,3} (?:niz|od|lub rown\w{1,3})(?: \w{1,14}){0,2}$"
    r"|\b(?:nie mniej|co najmniej|minimum|minimaln\w{1,3}|maksimum|maksymaln\w{1,3})"
    r"(?: (?:niz|wartosc|stan|odczyt|to|wynosi|dopuszczaln\w)){0,2}$"
)
"""What a form asks for: `stan musi być większy niż`."""
_POURED = ("nalal", "wlal", "przelal", "napelni", "odmierz", "wiadr", "spuscil", "utoczyl", "test", "prob",
           "zmierzyl", "eksperyment", "nalew", "butelk", "konewk", "beczk")  # fmt: skip


def set_aside(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the numbers stand that other words of the text take out."""
    found = _of_experiments(pieces, numbers) | _held(pieces, numbers) | _weighed(pieces, numbers)
    tails = [_tail(pieces, numbers, place) for place in range(len(numbers))]
    heads = [_head(pieces, numbers, place) for place in range(len(numbers))]
    for place, (number, head, tail) in enumerate(zip(numbers, heads, tails, strict=True)):
        last = place + 1 == len(numbers)
        rejected = _REJECTED.search(tail) and not _OF_OTHERS.search(tail)
        if rejected or _LEAST.search(head) or _NUMBERS.search(tail):
            found.add(number.first)
        if _NOBODY.search(tail) and _read_by_none(pieces, number, f"{head} . {tail}"):
            found.add(number.first)
        if not last and (_FROM_MIND.search(tail) or _JOKE.search(tail)):
            found.add(number.first)
        if last and _CLAIMS.search(head) and _VERIFIES.search(_rest(pieces, number)):
            found.add(number.first)
    private = {
        number.first
        for number, head, tail in zip(numbers, heads, tails, strict=True)
        if _PRIVATE_BEFORE.search(head)
        or _PRIVATE.search(tail)
        or _PRIVATE_BESIDE.search(_own(pieces, number, tail))
    }
    if len(private) < len(numbers) - len(found - private):
        found |= private
    return frozenset(found)


def _read_by_none(pieces: list[Piece], number: Literal, around: str) -> bool:
    """Tell whether a bill or a quoted letter says a number, and the writer nothing of an own reading."""
    head = pieces[max(0, number.first - _REACH) : number.first]
    own = [piece for piece in head if piece.sentence == pieces[number.first].sentence]
    told = any(piece.says(_TOLD_ME) or piece.is_sign('"') or kind_of(piece) is Kind.MONEY for piece in own)
    wrote = re.search(
        r"\b(?:pisze(?:cie|ciescie)|twierdzi(?:cie)?|zawiadomi\w{2,5}|otrzymal\w{1,3}|dostal\w{1,3})\b",
        around,
    )
    return (told or wrote is not None) and not _OWN_READING.search(around)


def _weighed(pieces: list[Piece], numbers: list[Literal]) -> set[int]:
    """Return where weights stand: `chłopiec waży 2800, a dziewczynka 2650`."""
    found: set[int] = set()
    for place, number in enumerate(numbers):
        head = _head(pieces, numbers, place)
        listed = place > 0 and numbers[place - 1].first in found and len(head.split()) <= 3
        known = any(piece.says(Tag.STATE | Tag.METER) for piece in pieces[number.first - 3 : number.first])
        if re.search(r"\bwaz(?:y|yl|yla|ylo|a|yly)(?: \w{1,8}){0,2}$", head) or (listed and not known):
            found.add(number.first)
    return found


def meant_behind(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the numbers stand to which a joke turns: `a poważnie: 356`."""
    return frozenset(
        after.first
        for place, after in enumerate(numbers[1:])
        if _JOKE.search(_tail(pieces, numbers, place)) and len(after.written) > 1
    )


def named_states(pieces: list[Piece], numbers: list[Literal]) -> frozenset[int]:
    """Return where the numbers stand of which the next sentence says what they are: `01326. To jest stan.`"""
    return frozenset(
        number.first
        for place, number in enumerate(numbers)
        if _NAMED.search(_tail(pieces, numbers, place)) and len(number.written) > 1
    )


def _plain(pieces: list[Piece]) -> str:
    return " ".join(piece.plain for piece in pieces if piece.sort is Sort.WORD)


def _tail(pieces: list[Piece], numbers: list[Literal], place: int) -> str:
    """Return the words behind a number up to the next, no further than the next sentence."""
    number = numbers[place]
    end = numbers[place + 1].first if place + 1 < len(numbers) else len(pieces)
    last = pieces[number.first].sentence + 1
    behind = pieces[number.unit : min(end, number.unit + _REACH)]
    return _plain([piece for piece in behind if piece.sentence <= last])


def _own(pieces: list[Piece], number: Literal, tail: str) -> str:
    """Return of the words behind a number those of its own sentence."""
    own = pieces[number.first].sentence
    behind = pieces[number.unit : number.unit + _REACH]
    count = sum(piece.sort is Sort.WORD and piece.sentence == own for piece in behind)
    return " ".join(tail.split()[:count])


def _head(pieces: list[Piece], numbers: list[Literal], place: int) -> str:
    """Return the words before a number in its sentence, back to the number before it."""
    first = numbers[place].first
    floor = max(numbers[place - 1].unit if place else 0, first - _REACH)
    return _plain([piece for piece in pieces[floor:first] if piece.sentence == pieces[first].sentence])


def _rest(pieces: list[Piece], number: Literal) -> str:
    return _plain(pieces[number.unit : number.unit + _REST])


def _held(pieces: list[Piece], numbers: list[Literal]) -> set[int]:
    """Return where all numbers stand if the writer asks to book none of them yet."""
    if not numbers or not _HOLD.search(_plain(pieces[: numbers[-1].unit + _REST])):
        return set()
    later = _HOLD.search(_rest(pieces, numbers[-1])) is not None
    return {number.first for number in numbers} if later else set()


def _of_experiments(pieces: list[Piece], numbers: list[Literal]) -> set[int]:
    """Return where numbers stand that tell of litres somebody poured: `nalałem 100 l, nabił 112`."""
    found: set[int] = set()
    for at in range(1, len(pieces)):
        unit = pieces[at].plain
        if not (unit == "l" or unit.startswith("litr")) or pieces[at - 1].sort is not Sort.DIGITS:
            continue
        litres, sentence = int(pieces[at - 1].plain[:9]), pieces[at].sentence
        near = pieces[max(0, at - _REACH) : at + _REACH]
        own = [piece for piece in near if abs(piece.sentence - sentence) <= 1 and piece.sort is Sort.WORD]
        if any(piece.plain.startswith(_POURED) for piece in own):
            found |= {number.first for number in numbers if _like(pieces, number, litres, sentence)}
    return found


def _like(pieces: list[Piece], number: Literal, litres: int, sentence: int) -> bool:
    """Tell whether a number near some litres has their size, and nothing calls it a state."""
    size = int(number.written)
    if not litres / 2 <= size <= 2 * litres or abs(pieces[number.first].sentence - sentence) > 1:
        return False
    led = pieces[max(0, number.first - 4) : number.first]
    return not any(piece.plain.startswith(("stan", "odczyt")) or piece.says(Tag.GIVE) for piece in led)
