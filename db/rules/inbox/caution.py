"""When not to propose: a state whose sentence also tells of something else, or a number left open.

Of what is proposed nearly all must be right, while one message of ten may go without a proposal: in
doubt an agent reads it. What is found stays listed; only `sufficient` falls.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from db.rules.inbox.asides import without_brackets, without_reasons
from db.rules.inbox.calendar_days import month_of
from db.rules.inbox.elsewhere import below_greeting, of_something_else
from db.rules.inbox.meant import agrees
from db.rules.inbox.numbers import Literal
from db.rules.inbox.page import Kind
from db.rules.inbox.pairing import Paired
from db.rules.inbox.possible import may_be
from db.rules.inbox.sayings import SAME, UNSEEN
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of
from db.rules.inbox.verdicts import Verdict
from db.rules.inbox.wishes import THEFT

_AWAY = re.compile(
    r"\b(?:w|na|z|wg|wedlug|zgodnie z) (?:\w{1,12} )?(?:wydruku|aplikacji|systemie|portalu|ebok\w{0,3}"
    r"|prognoz\w{1,2}|zdjeciu sprzed|faktur\w{1,2}|fv|rachunk\w{1,2}|smsie|umow\w{1,2}|blankiecie)\b"
    r"|\b(?:dostal|otrzymal|przyszedl|przyszla)\w{0,3} (?:\w{1,12} )?(?:sms|mail|list|pism|faktur)\w{0,2}\b"
    rf"|\b(?:gdyby\w{{0,2}}{UNSEEN}(?! (?:bylo|byl|byla|cos|ktos|trzeba|co|mieli|potrzeb|nie|sie))"
    rf"|jesli by|zanim"
    r"|dopiero gdy|jak dojdzie|dojdzie do|osiagnie|przekrocz\w{2,5})\b"
    r"|\bza mnie\b|\bktos\b|\b(?:wasz|panstwa) (?:program|system|pracownik|inkasent)\w{0,2}\b"
    r"|\b(?:ubieg|zeszl|minion)\w{1,3}roczn\w{1,3}|\b(?:sprzed|przed) (?:\w{1,10} )?(?:roku|lat|miesi\w{2,4}"
    r"|remont\w{0,2}|wymian\w|tygodni\w?)\b|\b(?:rok|lata?|miesi\w{2,4}|pol roku|kwartal\w{0,2}) temu\b"
    r"|\bpowinno\b(?! (?:byc|wyn))|\bspodziewa\w{2,4}|\bwyliczy\w{1,4}|\bobliczy\w{1,4}"
    r"|\bpoprzedni\w{0,3} (?:wlasciciel|lokator|najemc|mieszkan)\w{0,4}|\bw tym\b(?! (?:roku|dniu|miesiacu))"
    r"|\blicze ze\b"
    r"|\b(?:wpisali|policzyli|podali|przyjeli|doliczyli|zapisali) (?:mi|nam|mnie|nas)\b|\bzwrot\w{0,2} za\b"
    r"|\btwierdz\w{1,3}\b|\bpodobno\b"
    r"(?! (?:nie )?(?:trzeba|mozna|wystarcz|nalezy|wolno|mus[iz]|licz|potrzeb))"
    r"|\brzekomo\b|\bdojdzi\w{1,4} do\b"
    r"|\b(?:wariuj|oszala|zwariowa|skacze|cofa sie|cofnal sie|do tylu)\w{0,4}\b"
    r"|\b(?:cena|vat|netto|brutto|stawka)\b"
    r"|\bmog\w{1,4} (?:\w{1,6} ){0,3}?pomyli\w{1,3}\b"
    r"|\bnie moglo\b|\bniemozliw\w{1,3}"
    r"|\bskad (?:sie )?(?:wzi\w{2,8}|t[aeo](?:k\w{1,2}|n|j)?\b|u was|macie)|\blimit\w{0,2}\b"
)
"""Phrases of the past, of bills and of suppositions."""
_DENIED = re.compile(
    r"\b(?:sporn|niewazn|kwestionowan)\w{1,3}\b|\b(?:lecz|ale|tylko)(?: \w{1,6}){0,2} (?:z|na|od)"
    r" (?:\w{1,10} )?(?:licznik|wodomierz)\w{0,3} (?:u|sasiad\w{0,3}|innym|obcym)\b"
    r"|(?<!juz )\bnie (?:widzial|sprawdzal|patrzyl)\w{0,3}\b|\bto nie (?:ja|my|moje|moj|nasz|nasze)\b"
    r"|\bczy (?:to|taki\w?|on) (?:\w{1,6} )?(?:mozliw|normaln|prawd|realn|w porzadku)"
    r"|\bnie (?:odpowiada|zgadza sie|pokrywa sie|ma nic wspolnego)\b"
    r"|\bnie jest (?:to )?(?:prawdziw|prawidlow|aktualn|wlasciw|poprawn|moj|nasz)\w{0,3}\b"
)
"""What takes a state back that stands before."""
_ASKS_WHICH = re.compile(
    r"\b(?:co|ktora|ktore|ktory) (?:z (?:tego|nich|tych) |mam |trzeba |nalezy |cyfry |liczby |liczbe ){0,3}"
    r"(?:podac|wpisac|przepisac|odczytac|spisac)\b"
)
"""The writer does not know which number is meant."""
_RUNS_BACK = re.compile(
    r"\b(?:licznik|wodomierz)\w{0,3} (?:\w{1,10} ){0,3}?(?:sie cof(?:a|nal\w?)\b|cof(?:a|nal\w?)"
    r" sie\b(?! nie)|wariuj|oszal|zwariow"
    r"|(?:kreci|chodzi|leci) (?:\w{1,4} )?(?:do tylu|wstecz|w druga|w przeciwn))"
)
_STOPPED = re.compile(
    r"\b(?:zepsu|uszkodz|zacial|zacie[lt]|zablokow)\w{1,5}|\bnie (?:kreci|dziala|nalicza|rusza|chodzi)\b"
)
_LOOKED_AT = 2_000
_WRITER = re.compile(
    r"\b(?:podaj\w{1,3}|przesyl\w{1,4}|zglasz\w{1,4}|przekazuj\w{1,2}|wysyl\w{1,3}|melduj\w{1,3}"
    r"|informuj\w{1,3}|teraz|dzis|dzisiaj|obecnie|aktualnie|wlasnie|faktycznie|rzeczywiscie"
    r"|(?:moj|nasz)\w{0,4} (?:licznik|wodomierz)\w{0,3}|na (?:liczniku|wodomierzu|zegarze|tarczy)"
    r"|u mnie|u nas|wisi|powinno byc|ma byc|prawidlow\w{1,3}|wlasciw\w{1,3}|poprawn\w{1,3}|potwierdzam"
    r"|widz(?:e|imy)(?! na (?:niej|nim|nich|faktur|rachun))|wlasnymi oczami"
    r"|(?:a|ale|natomiast) (?:tam )?(?:jest|mam)\b"
    r"|spisal\w{0,4}|odczytal\w{0,4}|sprawdzil\w{0,4}|odczyt wlasny"
    r"|prosze (?:o )?(?:(?:ten|tego|stan|go|tyle) ){0,2}(?:przyjac|przyjecie|wpisac|wpisanie|zapisac"
    r"|uwzglednic)|prosze (?:\w{1,12} ){0,4}?do (?:stanu|wskazania|odczytu))\b"
)
"""What the writer says of the dial now: it outweighs the above where it is nearer."""
_DIAL = re.compile(
    r"\b(?:licznik|wodomierz)\w{0,3} (?:\w{1,12} ){0,3}?(?:pokaz\w|wskaz\w|stoi|ma|jest|podaj|wybil)\w{0,2}\b"
    r"|\b(?:pokazuj|wskazuj|pokazywal|wskazywal)\w{0,2}\b|\b(?:faktyczn|rzeczywist)\w{1,3}"
    r"|\b(?:stan\w{0,2}|wskazani\w{1,2}|odczyt\w{0,2}) (?:\w{1,12} )?(?:licznik|wodomierz)\w{0,3}\b"
    r"|\bstan (?:na|to|jest|wynosi)\b"
    r"|\bprzyjeci\w{1,2}|\bpowinien byc\b"
)
"""Words of a dial that shows something now."""
_NEAR = 30


def outdated(state: State, today: date | None) -> bool:
    """Tell whether `w sierpniu było 406` is of another month than the message's or, early in it, the last."""
    if state.verdict is not Verdict.PAST or not state.month or today is None:
        return False
    return month_of(state.month) not in {today.month, (today - timedelta(days=10)).month}


def _faulty(pieces: list[Piece], states: Sequence[State]) -> bool:
    """Tell whether the dial itself is said to go wrong: it runs back, or stands at 0 for good."""
    plain = _plain(pieces[:_LOOKED_AT])
    if _RUNS_BACK.search(plain):
        return True
    return any(state.value == "0" for state in states) and bool(_STOPPED.search(plain))


def unclear(pieces: list[Piece], paired: Sequence[Paired], unexplained: Sequence[Literal]) -> bool:
    """Tell whether a careful person would ask before booking the states of `paired`."""
    states = [item.state for item in paired]
    asks = _ASKS_WHICH.search(" ".join(piece.plain for piece in pieces[:_LOOKED_AT]))
    if THEFT.search(" ".join(piece.plain for piece in pieces[:_LOOKED_AT])):
        return True
    if _faulty(pieces, states):
        return True
    if asks and not any(_given_at_last(pieces, state) for state in states):
        return True
    return (
        any(_told_otherwise(pieces, state) for state in states)
        or any(
            _left_open(pieces, number, states) for number in unexplained if not _superseded(number, states)
        )
        or _unpaired(pieces, paired)
    )


def _given_at_last(pieces: list[Piece], state: State) -> bool:
    """Tell whether behind all questions a state is given: `Które podać? Jeśli czarne, to zgłaszam 271`."""
    asked = max((at for at, piece in enumerate(pieces) if piece.is_sign("?")), default=len(pieces))
    return any(
        pieces[at].says(Tag.GIVE) and pieces[at + 1].plain.lstrip("0") == state.value
        for at in range(asked, len(pieces) - 1)
    )


def disputed(pieces: list[Piece], paired: Sequence[Paired]) -> bool:
    """Tell whether a complaint holds a state of which no sentence that names it says the dial shows it."""
    sentences: dict[int, list[Piece]] = {}
    for piece in pieces:
        sentences.setdefault(piece.sentence, []).append(piece)
    shown = {number for number, sentence in sentences.items() if _shown_now(sentence)}
    values = {piece.plain for number in shown for piece in sentences[number] if piece.sort is Sort.DIGITS}
    return any(
        pieces[item.state.literal.first].sentence not in shown
        and not (len(item.state.literal.written) > 1 and item.state.literal.written in values)
        for item in paired
    )


def _shown_now(sentence: list[Piece]) -> bool:
    words = _plain(sentence)
    today = any(piece.claim is not None and piece.claim.relative for piece in sentence)
    return bool(today or _WRITER.search(words) or _DIAL.search(words)) and "manometr" not in words


def _told_otherwise(pieces: list[Piece], state: State) -> bool:
    """Tell whether the words around a state speak of the past, a bill or a guess, and none of the dial."""
    at, sentence = state.literal.first, pieces[state.literal.first].sentence
    before = [p for p in pieces[max(0, at - _NEAR) : at] if p.sentence == sentence]
    behind = [p for p in pieces[state.literal.unit : state.literal.unit + _NEAR] if p.sentence == sentence]
    head, tail = _plain(without_reasons(without_brackets(_from_number(before)))), _plain(_to_number(behind))
    if _DENIED.search(_plain(behind)):
        return True
    if SAME.search(head) or agrees(pieces, state.literal):
        return False
    told = [found.end() for found in _AWAY.finditer(head)]
    if any(piece.plain == "tym" and piece.says(Tag.NOW) for piece in before):
        return False
    if told:
        return not any(found.start() >= told[-1] for found in _WRITER.finditer(head))
    return bool(_AWAY.search(tail)) and not _WRITER.search(f"{head} {tail}")


def _plain(pieces: list[Piece]) -> str:
    return " ".join(piece.plain for piece in pieces if piece.sort is Sort.WORD)


def _from_number(before: list[Piece]) -> list[Piece]:
    """Return what stands behind the last number before a state."""
    ends = [
        at for at, p in enumerate(before) if p.sort is Sort.DIGITS or kind_of(p) in (Kind.CLIENT, Kind.METER)
    ]
    last = ends[-1] if ends else -1
    return before[last + 1 :]


def _to_number(behind: list[Piece]) -> list[Piece]:
    """Return what follows a state: its clause only where the next may be said of another number."""
    client = next((at for at, p in enumerate(behind) if p.says(Tag.CLIENT | Tag.NUMBER)), len(behind))
    behind = behind[:client]
    if not any(piece.sort is Sort.DIGITS for piece in behind):
        return behind
    return [piece for piece in behind if piece.clause == behind[0].clause]


def _superseded(number: Literal, states: Sequence[State]) -> bool:
    """Tell whether the only state stands behind a number and is said to be the right one."""
    only = states[0] if len(states) == 1 else None
    return only is not None and only.verdict is Verdict.RIGHT and number.first < only.literal.first


def _left_open(pieces: list[Piece], number: Literal, states: Sequence[State]) -> bool:
    """Tell whether a number that nothing explains is of the size of a state."""
    if not may_be(pieces, number) or number.spelt or len(number.written) < 2:
        return False
    firsts = [state.literal.first for state in states]
    if below_greeting(pieces, number.first) or of_something_else(pieces, number, firsts):
        return False
    back = pieces[number.first - 1] if number.first else None
    named = back is not None and ((back.capital and not back.tags) or back.plain in ("spod", "pod"))
    if named and len(number.written) < 3:
        return False  # a house
    size = len(number.written.lstrip("0"))
    if size == 4 and number.written[:2] in ("19", "20") and not number.cubic:
        return False
    sizes = {len(state.literal.written.lstrip("0")) for state in states}
    return size in sizes or (size >= 3 and bool({size - 1, size + 1} & sizes - {2}))


def _unpaired(pieces: list[Piece], paired: Sequence[Paired]) -> bool:
    """Tell whether several meters are named and a state is of none or two are of one of them."""
    meters = {p.claim.value for p in pieces if kind_of(p) is Kind.METER and p.claim}
    if len(meters) < 2 or not paired:
        return False
    if len(paired) == 1:
        return paired[0].meter is None and paired[0].role is None
    given = [item.meter for item in paired]
    return len(set(given)) < len(given) or (None in given and not any(item.role for item in paired))
