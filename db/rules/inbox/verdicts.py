"""What the words around a number make of it: a state, or something that only looks like one."""

from __future__ import annotations

import re
from enum import IntEnum

from db.rules.inbox.lexicon import Tag
from db.rules.inbox.page import Kind
from db.rules.inbox.page import words as words_of
from db.rules.inbox.tokens import Piece, Sort, kind_of

ADVERSE = (
    Tag.OLD
    | Tag.GAVE
    | Tag.USE
    | Tag.GUESS
    | Tag.THEIRS
    | Tag.FOREIGN
    | Tag.TANK
    | Tag.MONEY
    | Tag.WRONG
    | Tag.LATER
)
ANCHOR = Tag.STATE | Tag.GIVE | Tag.NOW | Tag.RIGHT | Tag.TOOK | Tag.METER | Tag.KEEP
_RESTORE = Tag.GIVE | Tag.NOW | Tag.RIGHT | Tag.KEEP
_ON_BILL = re.compile(
    r"(?<!uwzglednienie )(?<!uwzglednic )\b(?:na|w|z|ze|wg|wedlug|podlug|od)\s(?!potrzeb|cel|poczet"
    r"|najblizsz|nastepn|kolejn"
    r"|now)(?:\w+\s){0,2}?(?:faktur\w{0,3}|fv|rachun\w{0,4}|rozliczeni\w{0,2}|blankie\w{0,4}|wydruku|pismie"
    r"|zawiadomieniu|liscie|wezwaniu|nocie|upomnieniu|prognozie)\b"
)
_THEIRS = re.compile(
    r"\b(?:u was|u panstwa|(?:wg|wedlug|zdaniem|przez) (?:was|panstwa)|macie (?:wpisan|zapisan|podan"
    r"|zaznaczon)\w{1,2}|dzieku\w{1,3} za (?:\w+ ){0,2}?(?:potwierdzeni|przyjeci|zaksiegowani)\w{1,2}"
    r"|na podstawie (?:odczyt|stan|wskaza)\w{1,4}|nie zgadza\w{0,2}"
    r"|panstwo (?:\w{1,12} )?(?:podaj|zaloz|zaklad|przyj|polic|nalic)\w{1,6}"
    r"|(?:przyje|nalicz|policz|rozlicz|wystaw)\w{1,6} panstwo|w systemie"
    r"|w ebok\w{0,1})\b"
)
_NOT = re.compile(
    r"\bnie (?:jest|bylo|wynosi|ma|mam|mial\w{0,3}|to|tyle|pokazuje|wskazuje|moze byc)?\s?$|\bzaden\b"
    r"|\bnigdy\b"
    r"|\b(?:liczba|ilosc) (?!m3\b|m\b|metr|kub|wskaz|na licz)"
)
_IF = re.compile(
    r"\b(?:jesli|jezeli|gdyby|gdy|jak dojdzie|dopiero jak|zanim)\b(?! (?:tak|mozna|trzeba|wolno|moge|to"
    r"|juz|potrzeb\w{0,3}|chodzi)\b)"
)
_NOT_TAKE = re.compile(
    r"\bnie (?:\w+ ){0,1}?(?:uwzgledni\w{1,4}|brac|bierzcie|przyjmow\w{1,4}|przyjmuj\w{1,4}"
    r"|zapisyw\w{1,4}|wpisyw\w{1,4}|liczyc|ksiegow\w{1,4})\b"
    r"|\b(?:anulow\w{1,4}|anuluj\w{0,4}|wycofuj\w{1,3}|wycofac|uniewazni\w{1,3}|odwoluj\w{1,2}|usunac"
    r"|skasowac|wykresl\w{1,3})\b"
)
_OTHERS = re.compile(
    r"\b(?:sasiad\w{0,3}|znajom\w{1,2}|koleg\w|kolezank\w|szwag\w{2,4}|kuzyn\w{0,2}|ciotk\w"
    r"|wspollokator\w{0,2})"
    r" (?:\w{1,12} ){0,3}?(?:ma|maja|mial\w{0,2}|mowi\w{0,3}|placi|twierdzi)\b"
    r"|\b(?:lokator|najemc|dzierzawc|podnajemc|wspollokator)\w{0,3}\b(?: \w{1,14}){0,6}? podlicznik"
    r"|\bpodlicznik\w{0,3} (?:\w{1,12} ){0,2}?(?:lokator|najemc|dzierzawc|sasiad)"
)
"""A meter of somebody else's."""
_BILL_SAYS = re.compile(
    r"\b(?:faktura|rachunek|prognoza|wezwanie|pismo|sms|aplikacja|apka|system|portal|wydruk|rozliczenie"
    r"|blankiet|infografika)\b(?: \w{1,12}){0,3}? (?:pokazuje|mowi|ma|wskazuje|twierdzi|widnieje"
    r"|stoi)\b"
)
_MONTHS = (
    "styczniu|lutym|marcu|kwietniu|maju|czerwcu|lipcu|sierpniu|wrzesniu|pazdzierniku|listopadzie|grudniu"
)
_ONCE = re.compile(rf"\bwe? (?:{_MONTHS})\b|\b(?:wiosna|latem|zima|jesienia)\b")
_PAPERS = words_of(
    "faktura fakture faktury fv rachunek pismo wezwanie umowa umowe umowy reklamacja decyzja wniosek"
    " zgloszenie"
    " zlecenie protokol zawiadomienie"
)
_SLIP = re.compile(r"\b(?:blad|pomylka|literowka|przeklamanie) (?:jest|ma byc|powinno byc)$")
_WITH_YOU = re.compile(r"(?:\w+ ){0,2}u was\b|(?:wg|wedlug|zdaniem|od) (?:was|panstwa)\b")
_ON_DIAL = re.compile(
    r"na (?:\w{1,8} )?(?:licznik|wodomierz|zegar|tarcz|liczydl|cyferblat|blac|bebn|bebenk|wyswietlacz|ekran)"
    r"|w (?:okienku|szybce|studzience)\b|tyle (?:stoi|jest|ma|pokazuje|wskazuje|widze|widac)\b"
)
"""`719 na liczniku`."""
_MINE = re.compile(r"^(?:a |ale |tymczasem )?(?:ja |u mnie )")
_OWN = re.compile(
    r"(?:(?:a|ale|i|za to|natomiast) )?(?:ja|my|u mnie|u nas|moj|moje|nasz|nasze)"
    r"(?: (?:natomiast|zas|to|z kolei|za to|mam|mamy|jest|ma|juz|widze|teraz)){0,3}"
)
_FORESEEN = re.compile(
    r"\b(?:wg|wedlug|podlug|zdaniem|zgodnie z|z) (?:\w{1,12} ){0,3}?(?:prognoz|szacun|wylicz|oblicz|was\b"
    r"|panstwa|system|harmonogram|faktur|rachun)\w{0,4}(?: \w{1,12}){0,3}? (?:powin|mial|ma|bedzie|wychodzi"
    r"|jest)"
)
SAME = re.compile(
    r"(?<!nie )(?<!nie jest )\b(?:ten sam|taki sam|to samo|tyle samo|tyle co|ten co|identyczn\w{1,3}"
    r"|bez zmian"
    r"|nie zmienil\w? sie|jak (?:na|w|z) (?:\w{1,10} )?(?:ostatni|poprzedni)\w{1,3})\b"
)
"""The dial shows what a bill says: the writer takes it over."""
_STILL = re.compile(
    r"\b(?:jest|pozostaje) (?:nadal|wciaz|dalej|ciagle) (?:aktualn|prawidlow|tak|dobr|bez)\w{0,4}\b"
)
_LIMITED = re.compile(r"\b(?:od|po|niz|wzgledem|porownaniu (?:z|do)|stosunku do|do|przed)$")
_MOST = 40
"""Pieces of a clause that are looked at."""


class Verdict(IntEnum):
    """What a number is, as far as its words say."""

    NO = 0
    """Something else."""
    NONE = 1
    """They say nothing."""
    PAST = 2
    """A state that was: the present one where none other is named."""
    YES = 3
    RIGHT = 4
    """A state that takes the place of one given before."""


_CERTAIN = ANCHOR | Tag.USE | Tag.GUESS | Tag.INVOICE | Tag.THEIRS | Tag.MONEY | Tag.FOREIGN | Tag.PAST


def judge_before(clauses: list[list[Piece]]) -> Verdict:
    """Judge by the clauses before a number, the nearest first; the nearest that tells counts."""
    shown = bool(clauses) and clauses[0][-1].is_sign(":")
    for place, clause in enumerate(clauses):
        if place and shown and not any(piece.says(_CERTAIN) for piece in clause):
            continue
        verdict = judge_clause(clause[-_MOST:], nearest=place == 0)
        if verdict is not Verdict.NONE:
            return Verdict.NO if verdict < Verdict.RIGHT and _there(clause, clauses) else verdict
    return Verdict.NONE


def gauged(clauses: list[list[Piece]]) -> bool:
    """Tell whether the words since the number before speak of a pressure and then of no water meter."""
    words = [piece for clause in reversed(clauses) for piece in clause]
    told = [
        at
        for at, piece in enumerate(words)
        if piece.says(Tag.STATE | Tag.METER | Tag.WATER | Tag.MAIN | Tag.GARDEN)
        and not piece.plain.startswith(("wskazuj", "pokazuj"))
    ]
    return max(_last(words, Tag.GAUGE), _foreign_meter(words)) > max(told, default=-1)


def _foreign_meter(words: list[Piece]) -> int:
    """Return behind which of some words a meter of electricity or gas is named; -1 if none is."""
    for at in range(len(words) - 1, 0, -1):
        if words[at].says(Tag.FOREIGN) and words[at - 1].plain.startswith(("licznik", "podlicznik")):
            return len(words)
        if words[at].says(Tag.WATER | Tag.METER | Tag.MAIN | Tag.GARDEN):
            return -1
    return -1


def _there(clause: list[Piece], clauses: list[list[Piece]]) -> bool:
    """Tell whether `tam` points to an invoice or a letter spoken of before."""
    if not any(piece.plain == "tam" for piece in clause):
        return False
    return any(piece.says(Tag.INVOICE | Tag.PAPER) for other in clauses for piece in other)


def judge_clause(clause: list[Piece], *, nearest: bool = True) -> Verdict:
    """Judge by one clause that stands before a number, right before it if `nearest`."""
    words = [piece for piece in clause if piece.sort in (Sort.WORD, Sort.CLAIM)]
    if not words:
        return Verdict.NONE
    plain = " ".join(piece.plain for piece in words if piece.sort is Sort.WORD)
    words, limited = _without_comparisons(words)
    if _NOT.search(plain) or _IF.search(plain):
        return Verdict.NO
    if (foreseen := _FORESEEN.search(plain)) and not _now_behind(words, plain, foreseen.end()):
        return Verdict.NO
    if _NOT_TAKE.search(plain) or _OTHERS.search(plain):
        return Verdict.NO
    if (said := _BILL_SAYS.search(plain)) and not _restored(words, plain, said.end()):
        return Verdict.NO
    anchor = _last(words, ANCHOR)
    restored = _last(words, _RESTORE)
    if SAME.search(plain) and any(word.says(Tag.INVOICE | Tag.PAPER | Tag.OLD) for word in words):
        return Verdict.YES
    if (bill := _ON_BILL.search(plain)) and not _restored(words, plain, bill.end()):
        return Verdict.NO
    if (theirs := _THEIRS.search(plain)) and not _restored(words, plain, theirs.end()):
        return Verdict.NO
    if nearest and words and (_hinders(words[-1]) or words[-1].plain in ("od", "przed", "o", "za", "po")):
        return Verdict.NO
    if nearest and words and words[-1] is clause[-1] and words[-1].plain in _PAPERS:
        return Verdict.NO  # its number
    if _SLIP.search(plain):
        return Verdict.RIGHT
    if _last(words, Tag.SEAL) > _last(words, Tag.STATE | Tag.METER | Tag.GIVE | Tag.TOOK):
        return Verdict.NO
    adverse = _last(words, ADVERSE)
    if adverse >= 0 and _counts(words, adverse, anchor, restored):
        return Verdict.NO
    read = (nearest and not clause[-1].is_sign(",")) or any(word.says(Tag.TOOK) for word in words)
    if read and any(word.says(Tag.READER) for word in words) and restored < 0:
        return Verdict.NO
    if any(word.says(Tag.RIGHT) for word in words) or (anchor >= 0 and _MINE.search(plain)):
        return Verdict.RIGHT
    if any(word.says(Tag.PAST) for word in words) or (restored < 0 and _ONCE.search(plain)):
        return Verdict.PAST
    if anchor >= 0:
        return Verdict.YES
    if limited:
        return Verdict.NO
    if _OWN.fullmatch(plain):
        return Verdict.YES
    cold = all(word.plain in ("woda", "wody", "zimna", "zimnej", "zw") for word in words)
    dated = any(kind_of(word) is Kind.DAY for word in words) and len(words) <= 3 and not limited
    dated = dated and not any(word.says(Tag.LIMIT) for word in words)
    return Verdict.YES if cold or dated or _copula(words) else Verdict.NONE


def judge_behind(behind: list[Piece]) -> Verdict:
    """Judge by the words that follow a number and its unit within its clause or the brackets behind it."""
    words = [piece for piece in behind if piece.sort in (Sort.WORD, Sort.CLAIM)][:7]
    if not words:
        return Verdict.NONE
    plain = " ".join(piece.plain for piece in words)
    if words[0].says(Tag.COUNTED | Tag.MONEY | Tag.FOREIGN):
        return Verdict.NO
    if _ON_DIAL.match(plain):
        return Verdict.YES
    red = words[0].plain.startswith("czerwon") and not re.search(r"\b(?:nie|bez|pomij)", plain)
    if _NOT_TAKE.search(plain) or red:
        return Verdict.NO
    if len(words) > 1 and words[0].plain == "na" and words[1].plain.startswith("czerwon"):
        return Verdict.NO
    if _STILL.search(plain):
        return Verdict.YES
    if _ON_BILL.search(plain) or _WITH_YOU.match(plain):
        return Verdict.NO
    if words[0].says(Tag.METER) and not any(w.says(Tag.OLD | Tag.FOREIGN) for w in words[:4]):
        return Verdict.YES
    if words[0].says(Tag.STATE) or (words[0].plain == "tyle" and any(w.says(Tag.STATE) for w in words[1:4])):
        return Verdict.YES if not any(w.says(Tag.OLD | Tag.GUESS) for w in words[:4]) else Verdict.NO
    if words[0].says(Tag.TOOK):
        return Verdict.YES
    for place, word in enumerate(words[:5]):
        if word.says(Tag.GIVE | Tag.NOW) and not word.says(Tag.OLD):
            return Verdict.YES if word.says(Tag.NOW) and place < 2 else Verdict.NONE
        if word.says(Tag.FOREIGN | Tag.GUESS | Tag.TANK | Tag.READER | Tag.THEIRS):
            return Verdict.NO
        if word.says(Tag.KEEP) or (word.plain == "sie" and words[place - 1].plain == "zgadza"):
            return Verdict.NO if any(w.plain == "nie" for w in words[:place]) else Verdict.YES
        if word.says(Tag.USE) and (place < 2 or word.plain in ("zuzycia", "roznicy")):
            return Verdict.NO
        if word.plain in ("wiecej", "mniej") and place < 1:
            return Verdict.NO
        if word.says(Tag.OLD | Tag.GAVE) and not _LIMITED.search(" ".join(w.plain for w in words[:place])):
            return Verdict.NO
        if word.says(Tag.WRONG) and not any(w.plain == "nie" for w in words[:place]):
            return Verdict.NO
    return Verdict.NONE


def month_said(words: list[Piece]) -> str:
    """Return the month or the season that is named as a time: `we wrześniu`, `latem`; nothing if"
    " none is."""
    found = _ONCE.search(" ".join(word.plain for word in words if word.sort is Sort.WORD))
    return found[0].rpartition(" ")[2] if found else ""


def _last(words: list[Piece], tags: int) -> int:
    return next((at for at in range(len(words) - 1, -1, -1) if words[at].says(tags)), -1)


def _without_comparisons(words: list[Piece]) -> tuple[list[Piece], bool]:
    """Return the words without `od ostatniego odczytu` and the like, and whether there was one."""
    kept: list[Piece] = []
    found = False
    at = 0
    while at < len(words):
        if words[at].says(Tag.LIMIT) or words[at].plain in ("do", "z"):
            end = _comparison_end(words, at)
            if end and (words[at].says(Tag.LIMIT) and words[at].plain not in ("ponizej", "powyzej")):
                found, at = True, end
                continue
        kept.append(words[at])
        at += 1
    return kept, found


def _comparison_end(words: list[Piece], at: int) -> int:
    """Return where a comparison that begins with a preposition ends; 0 if nothing former follows."""
    for here in range(at + 1, min(at + 4, len(words))):
        if words[here].says(Tag.OLD):
            end = here + 1
            while (
                end < len(words)
                and end < here + 3
                and (words[end].says(Tag.STATE | Tag.METER) or kind_of(words[end]) is Kind.DAY)
            ):
                if words[end].plain in ("stan", "odczyt", "wskazanie") and end > here + 1:
                    break
                end += 1
            return end
        if words[here].says(ANCHOR) and not words[here].says(Tag.STATE):
            return 0
    return 0


def _restored(words: list[Piece], plain: str, end: int) -> bool:
    """Tell whether behind a place that is not the writer's dial the sentence turns to it."""
    rest = plain[end:].split()
    tail = [word for word in words if word.sort is Sort.WORD][-len(rest) :] if rest else []
    return (
        any(word.says(_RESTORE) and not _of_a_state(word) for word in tail)
        or " na liczniku" in plain[end:]
        or " na wodomierzu" in plain[end:]
    )


def _now_behind(words: list[Piece], plain: str, end: int) -> bool:
    """Tell whether behind a place in a clause its words turn to what is given now."""
    count = len(plain[end:].split())
    return any(word.says(Tag.GIVE | Tag.NOW | Tag.METER) for word in words[len(words) - count :])


def _of_a_state(word: Piece) -> bool:
    """Tell whether a word only says which state a paper prints: `stan bieżący`, `aktualny odczyt`."""
    return word.plain.startswith(("biezac", "obecn", "aktualn")) and not word.plain.endswith("ie")


def _hinders(word: Piece) -> bool:
    """Tell whether the word right before a number says that it counts or names something else."""
    if word.says(Tag.METER | Tag.STATE | Tag.MAIN | Tag.GARDEN):
        return False
    return word.says(
        Tag.NUMBER | Tag.PHONE | Tag.PLACE | Tag.SEAL | Tag.CLIENT | Tag.SERIAL
    ) and not word.says(Tag.HOME)


def _counts(words: list[Piece], adverse: int, anchor: int, restored: int) -> bool:
    """Tell whether an adverse word is about the number: behind the last anchor, or right beside the"
    " state."""
    word = words[adverse]
    if word.says(Tag.STATE | Tag.NOW) and not word.says(Tag.OLD | Tag.GUESS):
        return False
    if adverse > restored >= 0 and adverse < anchor and anchor - adverse > 3:
        return False
    if restored > adverse:
        return False
    metered = words[adverse - 1].says(Tag.METER) and kind_of(words[min(adverse + 1, len(words) - 1)])
    if word.says(Tag.TANK) and adverse and metered is Kind.METER:
        return False
    if word.plain in ("sasiad", "sasiadka") and any(w.says(Tag.TOOK) for w in words):
        return False  # who read it for the writer
    if word.says(Tag.FOREIGN):
        return not any(w.says(Tag.WATER) for w in words[adverse + 1 :])
    told = _last(words, ANCHOR & ~Tag.METER)
    if word.says(Tag.USE) and not word.says(Tag.STATE):
        return told < adverse
    if anchor > adverse and word.says(Tag.MONEY | Tag.LATER | Tag.TANK):
        return False
    return anchor - adverse <= 3


def _copula(words: list[Piece]) -> bool:
    return (
        words[-1].says(Tag.COPULA)
        and words[-1].plain not in ("to", "ma", "mam", "mamy", "sa")
        and (len(words) <= 4 or words[-1].plain in ("stoi", "wynosi"))
    )
