"""What stands above older mail: separators, attributions, blocks of headers, Polish and English.

Everything is matched on bare small letters, since many write without Polish diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from db.rules.text import without_marks

_LONGEST_LINE = 600
_LONGEST_ATTRIBUTION = 4
"""Lines that a mail program may break one attribution into."""
_LONGEST_BLOCK = 16

_PHRASES = (
    r"oryginalna wiadomosc|wiadomosc oryginalna|oryginal wiadomosci|tresc oryginalnej wiadomosci"
    r"|wiadomosc pierwotna|pierwotna wiadomosc|original (?:message|appointment|e-?mail)|urspr\w* nachricht"
    r"|forwarded (?:message|by .{0,80})|przekazana wiadomosc|wiadomosc przekazana|przekazywana wiadomosc"
    r"|przeslana wiadomosc|wiadomosc przeslana dalej|tresc (?:przekazanej|przeslanej) wiadomosci"
    r"|przekazane przez .{0,80}|przeslane (?:dalej )?przez .{0,80}|reply (?:message|above this line)"
    r"|poczatek (?:przekazywanej|przekazanej|przeslanej) wiadomosci|begin forwarded message"
    r"|wiadomosc zrodlowa|koniec mojej odpowiedzi|poprzednia wiadomosc"
)
_SEPARATOR = re.compile(rf"[\s*_=#~-]*(?:{_PHRASES})[\s*_=#~-]*:?[\s*_=#~-]*")
_FORWARD = re.compile(r"forward|przekaz|przesla|fwd")

_WROTE = r"(?:napisal(?:a|i|es|as)?(?: ?\(a\)| ?\(-a\)|/a|/-a)?|pisze|wrote|writes|schrieb|a ecrit|escribio)"
_WROTE_BETWEEN_LINES = re.compile(rf"\s*-{{3,}}\s*.{{1,120}}{_WROTE}\s*:?\s*-{{3,}}\s*")
_WEEKDAYS = (
    r"(?:pon|wt|sr|czw|pt|sob|niedz|nd|poniedzialek|wtorek|sroda|czwartek|piatek|sobota|niedziela"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?)"
)
_BEGINNING = re.compile(
    rf"[\s*]*(?:w dniu |dnia |dn\. |on |am |le "
    r"|w (?:poniedzialek|wtorek|srode|czwartek|piatek|sobote|niedziele)"
    rf"|{_WEEKDAYS}[.,]|\d{{1,2}}[. ]\w|\d{{4}}-\d\d|uzytkownik |wiadomosc napisana "
    r"|cytowanie |cytat |quoting "
    r"|in (?:your )?(?:message|article) |w (?:wiadomosci|liscie) )"
)
_DAY_OR_ADDRESS = re.compile(
    r"\d{1,2}[:.]\d\d|@|\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2} [a-z]{3,12}\.? \d{4}"
)
_ADDRESS_END = re.compile(r"(?:\d{1,2}:\d\d(?::\d\d)?|@[^\s<>]{3,80}>?)\s*\Z")
"""Where a line of an attribution breaks before its verb."""
_SENDER = re.compile(r"\d{1,2}:\d\d|@")
_ENDS_WITH_WROTE = re.compile(rf"{_WROTE}\s*:?[\s*]*\Z")
_COLON_END = re.compile(r":[\s*]*\Z")
_OTHER_ATTRIBUTIONS = re.compile(
    r"[\s*]*(?:wiadomosc napisana (?:przez|w dniu) .{3,300}:"
    r"|\d{4}-\d\d-\d\d,? \d{1,2}:\d\d(?::\d\d)?(?: gmt[+-]\d\d:?\d\d)?,? .{0,120}<[^<>]{3,120}>:"
    r"|(?:cytowanie|cytat|quoting) .{2,200}:"
    r"|uzytkownik .{2,200} (?:napisal|pisze)\S{0,4}:?)[\s*]*"
)

_LABELS = {
    "from": "od nadawca from von expediteur",
    "date": "wyslano wyslane wyslany wyslana data date sent gesendet datum",
    "to": "do adresat odbiorca to an",
    "subject": "temat subject betreff tytul",
    "copy": "dw cc udw bcc kopia wazne waznosc priorytet importance zalaczniki attachments",
}
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
_KINDS |= {"data wyslania": "date", "odpowiedz do": "copy", "reply-to": "copy", "do wiadomosci": "copy"}
_LABEL = re.compile(
    rf"[\s*_|]*({'|'.join(sorted(map(re.escape, _KINDS), key=len, reverse=True))})[*_]*\s*:(.*)"
)
_PEOPLE = ("from", "to", "copy")
"""Headers that are long enough to be broken."""
_FORM_FIELD = re.compile(r"[\s*_]*(?:tresc|wiadomosc|message|tekst|imie)[^:]{0,30}:")
"""A form on a web page sends its fields so, and names no recipient; they are what the writer typed."""
_ONE_LINE = re.compile(
    r"[\s*]*(?:od|from)\s*:.{3,200}(?:wyslan[oea]|sent|data|date)\s*:.{3,100}(?:do|to)\s*:.{3,300}"
    r"(?:temat|subject)\s*:"
)


@lru_cache(maxsize=256)
def bare(line: str) -> str:
    """Return a line as it is matched: small letters without diacritics, not too long."""
    return without_marks(line[:_LONGEST_LINE]).casefold()


def is_quoted(line: str) -> bool:
    """Tell whether a line is marked as quoted: `> ...`, but not `>> STAN 487 <<`."""
    return line.lstrip(" ").startswith(">") and not line.rstrip().endswith("<")


def mark_at(lines: Sequence[str], at: int) -> int:
    """Return how many lines from `at` on introduce older mail; 0 when none does."""
    first = bare(lines[at])
    if not first.strip():
        return 0
    if _SEPARATOR.fullmatch(first) or _WROTE_BETWEEN_LINES.fullmatch(first):
        return 1 + _block_after(lines, at + 1)
    if found := block_at(lines, at):
        return found
    return _attribution_at(lines, at, first)


def is_forward(line: str) -> bool:
    """Tell whether a separator says that the mail below it was passed on, not answered."""
    folded = bare(line)
    return bool(_SEPARATOR.fullmatch(folded) and _FORWARD.search(folded))


def _attribution_at(lines: Sequence[str], at: int, first: str) -> int:
    """Return the lines of `W dniu 12.11.2026 o 10:20, BOK pisze:`, which may be broken."""
    joined = ""
    begins = bool(_BEGINNING.match(first))
    for count in range(1, _LONGEST_ATTRIBUTION + 1):
        if at + count > len(lines) or is_quoted(lines[at + count - 1]):
            return 0
        line = bare(lines[at + count - 1]).strip()
        if not line:
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > _LONGEST_LINE:
            return 0
        if _OTHER_ATTRIBUTIONS.fullmatch(joined):
            return count
        if _ENDS_WITH_WROTE.search(joined):
            known = _DAY_OR_ADDRESS if begins else _SENDER
            named = known.search(joined) or (count == 1 and _quote_follows(lines, at + count))
            return count if named else 0
        if _COLON_END.search(joined) and _SENDER.search(joined) and _quote_follows(lines, at + count):
            return count
        if not begins and not (count == 1 and _ADDRESS_END.search(joined)):
            return 0
    return 0


def _quote_follows(lines: Sequence[str], at: int) -> bool:
    return next((is_quoted(line) for line in lines[at : at + 3] if line.strip()), False)


def block_at(lines: Sequence[str], at: int) -> int:
    """Return how many lines a block of headers has that begins here: `Od: ... Wysłano: ... Temat: ...`."""
    first = bare(lines[at])
    if _ONE_LINE.match(first):
        return 1
    if set(first.strip()) == {"_"} and len(first.strip()) > 9 and at + 1 < len(lines):
        after = at + 1 + (not lines[at + 1].strip())
        found = block_at(lines, after) if after < len(lines) and bare(lines[after])[:1] != "_" else 0
        return after - at + found if found else 0
    label = _LABEL.match(first)
    if label is None or _KINDS[label[1]] not in ("from", "subject"):
        return 0
    kinds, end = _labels(lines, at)
    needed = {"from", "date"} <= kinds and len(kinds) >= 3
    return end - at if needed and ("to" in kinds or not _is_form(lines, end)) else 0


def _block_after(lines: Sequence[str], at: int) -> int:
    """Return how many lines of headers follow a separator, blank lines among them."""
    start = at
    while start < len(lines) and not lines[start].strip() and start < at + 2:
        start += 1
    if start < len(lines) and not is_quoted(lines[start]):
        kinds, end = _labels(lines, start)
        if kinds:
            return end - at
        if attribution := _attribution_at(lines, start, bare(lines[start])):
            return start - at + attribution
    return 0


def _labels(lines: Sequence[str], at: int) -> tuple[set[str], int]:
    """Return which headers stand from `at` on, and where they end."""
    kinds: set[str] = set()
    end, kind, gap = at, "", 0
    for place in range(at, min(at + _LONGEST_BLOCK, len(lines))):
        line = bare(lines[place])
        if label := _LABEL.match(line):
            kind = _KINDS[label[1]]
            if kind in kinds and kind != "copy":
                break
            kinds.add(kind)
            end, gap = place + 1, 0
        elif not line.strip():
            gap += 1
            if gap > 1 or "subject" in kinds:
                break
        elif kind in _PEOPLE and not gap and ("@" in line or line.rstrip().endswith((";", ">"))):
            end = place + 1
        else:
            break
    return kinds, end


def _is_form(lines: Sequence[str], end: int) -> bool:
    return any(_FORM_FIELD.match(bare(line)) for line in lines[end : end + 3])
