"""Days that a text names, as people write them: `22.11`, `22 listopada br.`, `wczoraj`, `z 5-go`.

A day without a year is the latest such day not after the day of the message, behind `na` also one of
the two weeks to come; so is a day without a month. A year of two digits is in this century. Words
that name no day (`rano`, `teraz`, `jutro`, `do piątku`) name none here. A number with a dot is a day
only where it can be one and no unit or amount follows; `22,11` only behind `dnia` and the like,
because a comma is the sign of decimals.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from db.rules.inbox.calendar_days import century, day_in, end_of, latest, month_of, whole
from db.rules.inbox.calendar_words import ENGLISH, FEASTS, ORDINALS, ROMAN, SMALL, WEEKDAYS
from db.rules.inbox.page import Claim, Kind, Page

_YEAR = r"(?:20\d\d|\d\d(?!\d))"
_R = r"(?: ?r(?:oku|\.|(?![a-z0-9])))?"
_EDGE = r"(?<![\d.,/\-a-z])"
_NO_HOUR = r"(?<!godz\. )(?<!godz )(?<!godz\.)(?<!godzina )(?<!godzinie )(?<!godziny )(?<!\bg\. )"
_ISO = re.compile(r"(?<![\d\-/])(20\d\d)([-./])(\d{1,2})\2(\d{1,2})(?!\d)")
_FULL = re.compile(rf"{_EDGE}(\d{{1,2}}) ?([./\-,]) ?(\d{{1,2}}) ?[./\-,] ?({_YEAR})(?!\d|[.,/\-]\d){_R}")
_SPACED = re.compile(rf"{_EDGE}(\d{{1,2}}) (\d{{1,2}}) (20\d\d)(?!\d){_R}")
_LED = rf"(?:{_EDGE}|(?<=odczyt)|(?<=dnia)|(?<=dn\.)|(?<=odcz\.)|(?<=dzien\.)|(?<=dat\.))"
_LATE = r"(?:20\d\d|\d\d(?!\d|[.,]\d| ?(?:m ?\^?3|m\.? ?sz|m(?![a-z])|metr|kub)))"
"""A year behind a month's name: two digits with decimals or a unit are none."""
_MONTHLY = rf"{_EDGE}(\d{{1,2}})(?: ?-? ?(?:go|ego|tego))?\.? {{0,2}}([a-z]{{2,13}})"
_NAMED = re.compile(rf"{_MONTHLY}\.?(?: ?({_LATE}){_R})?")
_YEARLESS = re.compile(rf"{_MONTHLY}()\.?")
_ROMAN = rf"{_LED}(\d{{1,2}}) ?[./ -]? ?(x?i{{1,3}}|i?[vx]|vi{{1,3}})(?![a-z])"
_ROMANS = re.compile(rf"{_ROMAN}(?: ?[./ -]? ?({_LATE}))?{_R}(?: ?br(?![a-z]))?")
_ROMAN_ALONE = re.compile(rf"{_ROMAN}()")
_SHORT = re.compile(
    rf"{_NO_HOUR}{_LED}(\d{{1,2}}) ?([./,]|-(?=\d)) ?(\d{{1,2}})(?!\d|[,/\-]\d"
    rf"|\.\d)(?:\.? ?(?:br|b\. ?r)(?![a-z]))?{_R}"
)
_OF_MONTH = re.compile(
    rf"{_EDGE}(\d{{1,2}})(?: ?-? ?(?:go|ego|tego))?\.? ?"
    r"(bm|b\. ?m|bi?ez\.? (?:m-c|mies\w{0,9})|(?:biezacego|tego) miesiaca"
    r"|ub\.? ?m|(?:zeszlego|ubieglego|poprzedniego) miesiaca)(?![a-z])\.?"
)
_TH = re.compile(rf"{_EDGE}(\d{{1,2}}) ?- ?(?:go|ego|tego|szego|mego|tym|ym|ty|stym|szym|mym)(?![a-z])")
_OF_DAY = re.compile(
    r"(?<![a-z])(?:dni[au]|dn\.?|dzien) (\d{1,2})(?!\d| ?[.,:/\-] ?\d| ?(?:m3|m\^|m |kub|zl|dni|osob))"
)
_SPOKEN = re.compile(
    r"(?<![a-z])([a-z]{3,14}ego)(?: ([a-z]{3,12}ego))? ([a-z]{3,12})(?![a-z])(?: "
    r"(20\d\d))?"
)
_END = re.compile(
    r"(?<![a-z])(?<!co )(?:koniec|koncu|ostatni dzien|ostatniego dnia|ultimo) "
    r"(?:(zeszlego|ubieglego|poprzedniego|minionego) )?([a-z]{3,12})(?![a-z])\.?(?: (20\d\d))?"
)
_RELATIVE = re.compile(
    r"(?<![a-z])(?:(przedw?czora\w{0,6}|przedwczraj)|(wczora\w{0,6}|wczraj\w{0,6}|wcoraj\w{0,6}|wczoaj"
    r"|wczorja|yesterday)"
    r"|(today|dzis(?:iaj|iej|aj|ja|iajsz\w{1,4}|iejsz\w{1,4}|ejsz\w{1,4})?))(?![a-z])"
)
_AGO = re.compile(
    r"(?<![a-z0-9])(?:(\d{1,2}|[a-z]{3,6}) (dni|dzien|tyg(?:odni[ae]?|\.)?)|(tydzien)) (?:temu"
    r"|wstecz)(?![a-z])"
)
_WEEKDAY = re.compile(
    r"(?<![a-z])(w|we|z|ze|na|byl[ao]?)? ?((?:zeszl|ubiegl|ostatni|minion|poprzedni|miniona)[a-z]{0,4})? ?"
    r"\b(poniedzial[a-z]{2,9}|wtor[a-z]{2,8}|srod(?:e|y|a|ow[a-z]{1,4})|czwart(?:ek|ku|kow[a-z]{1,4})"
    r"|piat(?:ek|ku|kow[a-z]{1,4})|sobot(?:e|y|a|ni|niego)|niedziel(?:e|i|a|ny|nego))(?![a-z])"
)
_FEAST = re.compile(r"(?<![a-z])(?:w|we|na) (sylwestra|wigilie|nowy rok|trzech kroli)(?![a-z])")
_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:dnia|dniu|dzien|dn|data|daty|date|z|ze|na|od|do|w|odczytu|za|dat|wg)\.? ?:?|\() ?$"
)
_READ_ON = re.compile(
    r"(?:odczyt|spis|sprawdz|dat|dzien|dnia|kiedy)[a-z]{0,6}(?: (?:odczytu|spisania|stanu))? ?[:\-(=] ?$"
)
"""A label that a weekday alone may stand behind: `Odczytano: sobota`."""
_PART_OF_DAY = re.compile(r" (?:rano|wieczor|w poludnie|po poludniu|z rana)")
_CERTAIN = re.compile(r"(?<![a-z])(?:dnia|dniu|dzien|dn|data|daty|date)\.? ?:? ?$")
_UNIT = re.compile(
    r" ?(?:m ?\^?3|m\.? ?sz|metr|kub|zl|pln|gr(?![a-z])|kwh|gj|%|proc|l(?![a-z])|litr|bar|mm|m2)"
)
_VALUE = re.compile(
    r"(?:stan[a-z]{0,2}|wynos[a-z]{1,3}|wskaz[a-z]{2,8}|pokazuj[a-z]{1,2}|(?<![a-z])(?:to|jest)|licznik[a-z]{0,3}"
    r"|wodomierz[a-z]{0,4}) ?[:=\-]? ?$"
)
_ENDS = re.compile(r" ?(?:[:=,;\n]|$)")
_UPON = re.compile(r"(?<![a-z])na(?: (?:dzien|dn\.?|date))? ?:? ?$")
"""`stan na 30.11` may be a day to come."""
_PLAIN_DAY = re.compile(r"(?<![\d.,/\-a-z])\d{1,2}\.\d{1,2}(?![\d.,/]\d|\d)")
_HEAD = 24


def claim_days(page: Page, today: date | None) -> None:
    """Claim every day in `page`, its value in ISO form; empty where it cannot be told without `today`."""
    for pattern, read in _READERS:
        found: list[Claim] = []
        for match in pattern.finditer(page.rest):
            day = read(match, page.rest, today)
            if day is not None:
                found.append(
                    Claim(
                        Kind.DAY,
                        match.start(),
                        match.end(),
                        day,
                        relative=not any(map(str.isdigit, match[0])),
                    )
                )
        page.take_many(found)
    _repeated(page)


def _repeated(page: Page) -> None:
    """Claim `1.09` where the text says elsewhere that it is a day: `data odczytu: 1.09`."""
    days = {
        page.text[claim.start : claim.end]: claim.value for claim in page.claims if claim.kind is Kind.DAY
    }
    found = [
        Claim(Kind.DAY, match.start(), match.end(), days[match[0]])
        for match in _PLAIN_DAY.finditer(page.rest)
        if match[0] in days and not _UNIT.match(page.rest[match.end() : match.end() + 8])
    ]
    page.take_many(found)


def _iso(found: re.Match[str], _rest: str, _today: date | None) -> str | None:
    return whole(int(found[1]), int(found[3]), int(found[4]))


def _full(found: re.Match[str], _rest: str, _today: date | None) -> str | None:
    return whole(century(found[4]), int(found[3]), int(found[1]))


def _spaced(found: re.Match[str], _rest: str, _today: date | None) -> str | None:
    return whole(int(found[3]), int(found[2]), int(found[1]))


def _named(found: re.Match[str], rest: str, today: date | None) -> str | None:
    month = month_of(found[2]) or (ENGLISH.get(found[2]) if found[3] else None)
    if month is None or _to_come(found[3], today):
        return None
    if len(found[2]) < 4 and found[2] not in {"maj", "maja"} and not found[3]:
        head = rest[max(0, found.start() - _HEAD) : found.start()]
        if not _BEFORE.search(head):
            return None
    ahead = _UPON.search(rest[max(0, found.start() - _HEAD) : found.start()]) is not None
    return day_in(int(found[1]), month, found[3], today, ahead=ahead)


def _to_come(year: str | None, today: date | None) -> bool:
    """Tell whether two digits behind a month name a year to come: they are a number of their own."""
    return bool(year) and len(year or "") == 2 and today is not None and century(year or "") > today.year


def _romans(found: re.Match[str], rest: str, today: date | None) -> str | None:
    month = ROMAN.get(found[2])
    between = rest[found.end(1) : found.start(2)]
    if month is None or _to_come(found[3], today):
        return None
    signs = {".", "/", "-"} if found[3] else {".", "/"}
    if len(found[2]) == 1 and len(found[3] or "") < 4 and not signs & {*between}:
        return None
    return day_in(int(found[1]), month, found[3], today)


def _short(found: re.Match[str], rest: str, today: date | None) -> str | None:
    day, sign, month = int(found[1]), found[2], int(found[3])
    head = rest[max(0, found.start() - _HEAD) : found.start()]
    tail = rest[found.end() : found.end() + 8]
    marked = rest[found.end(3) : found.end()].strip(" .") != ""
    if _UNIT.match(tail):
        return None
    known: object
    if sign in ",-" or not 1 <= month <= 12:
        # `z 26-03` is a day, `z 10-12 lokali` are some
        ends = found[3].startswith("0") or _ENDS.match(tail)
        known = _CERTAIN.search(head) or (sign == "-" and ends and month <= 12 and _BEFORE.search(head))
    elif sign == "/" or len(found[3]) == 1:
        known = marked or _BEFORE.search(head)
    else:
        known = marked or _BEFORE.search(head) or not _VALUE.search(head) or re.match(r" ?[:=\-]", tail)
    return day_in(day, month, None, today, ahead=_UPON.search(head) is not None) if known else None


def _of_month(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    if today is None:
        return ""
    last = found[2].startswith(("ub", "zeszl", "poprz"))
    month = today.replace(day=1) - timedelta(days=1) if last else today
    return whole(month.year, month.month, int(found[1]))


def _day_alone(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    number = int(found[1])
    if not 1 <= number <= 31:
        return None
    if today is None:
        return ""
    return latest(lambda year, month: whole(year, month, number), today)


def _spoken(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    month, tens = month_of(found[3]), ORDINALS.get(found[1])
    if month is None or tens is None:
        return None
    if found[2] is None:
        return day_in(tens, month, found[4], today)
    ones = ORDINALS.get(found[2], 0)
    return day_in(tens + ones, month, found[4], today) if tens in (20, 30) and 1 <= ones <= 9 else None


def _end(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    month = month_of(found[2])
    if month is not None:
        return end_of(month, found[3], today)
    if found[2] not in {"miesiaca", "miesiac"}:
        return None
    if today is None:
        return ""
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return (last if last == today and not found[1] else today.replace(day=1) - timedelta(days=1)).isoformat()


def _relative(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    back = 2 if found[1] else 1 if found[2] else 0
    return (today - timedelta(days=back)).isoformat() if today else ""


def _ago(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    count = found[1]
    number = 7 if found[3] else int(count) if count.isdigit() else SMALL.get(count)
    if number is None:
        return None
    days = number * 7 if (found[2] or "").startswith("tyg") else number
    return (today - timedelta(days=days)).isoformat() if today else ""


def _weekday(found: re.Match[str], rest: str, today: date | None) -> str | None:
    """A weekday with `w`, `z` or an adjective of the past; `do piątku`, `w przyszły wtorek` are none."""
    wanted = WEEKDAYS.get(found[3])
    if wanted is None:
        return None
    adjective = found[3].endswith(("wy", "wego", "ny", "nego", "tni", "tniego"))
    if not (found[1] or found[2] or adjective or _stands_as_day(found, rest)):
        return None
    if re.search(
        r"(?:przyszl|nastepn|najblizsz|kazd)[a-z]{0,4} ?$", rest[max(0, found.start() - 14) : found.start()]
    ):
        return None
    if today is None:
        return ""
    back = (today.weekday() - wanted) % 7
    if back == 0 and found[2]:
        back = 7
    return (today - timedelta(days=back)).isoformat()


def _stands_as_day(found: re.Match[str], rest: str) -> bool:
    """Tell whether a weekday alone is a day: `Odczytano: sobota`, `sobota rano`, `(sobota)`."""
    return bool(
        _READ_ON.search(rest[max(0, found.start() - _HEAD) : found.start(3)])
        or _PART_OF_DAY.match(rest[found.end() : found.end() + _HEAD])
        or f"({found[3]})" in rest[max(0, found.start(3) - 1) : found.end() + 1]
    )


def _feast(found: re.Match[str], _rest: str, today: date | None) -> str | None:
    month, day = FEASTS[found[1]]
    return day_in(day, month, None, today)


_Reader = Callable[[re.Match[str], str, date | None], "str | None"]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_ISO, _iso),
    (_FULL, _full),
    (_SPACED, _spaced),
    (_OF_MONTH, _of_month),
    (_END, _end),
    (_NAMED, _named),
    (_YEARLESS, _named),
    (_ROMANS, _romans),
    (_ROMAN_ALONE, _romans),
    (_SPOKEN, _spoken),
    (_SHORT, _short),
    (_TH, _day_alone),
    (_OF_DAY, _day_alone),
    (_AGO, _ago),
    (_RELATIVE, _relative),
    (_WEEKDAY, _weekday),
    (_FEAST, _feast),
)
