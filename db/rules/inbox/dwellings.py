"""Addresses told by their shape alone, however they are typed: `jan nowacki jesionowa 9`, `z lipowej 3/8`.

Letters' size and marks make no difference here. A word or two that may be a street's name stand before
a house number, and something leads to them: the writer's name, `z`, `mieszkam`, a line of their own.
Where nothing but the shape speaks for it, another number has to be left that may be the state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from db.rules.inbox.first_names import FIRST_NAMES
from db.rules.inbox.lexicon import tags_of
from db.rules.inbox.page import BLANK, Kind, Page, words
from db.rules.inbox.tags import Tag

_MONTH = r"(?:stycz|lut(?:y|ego)|mar[ec]|kwie[ct]|maj|czerw|lip(?:ca|iec)|sierp|wrze|pazdz|listop|grud)"
_FLAT = (
    r" ?/ ?\d{1,4}[a-h]?(?![0-9/])"
    r"|(?: |, ?)?(?:m|lok|lokal|mieszk|mieszkanie|m-?nie)(?:\.|\b) ?(?:nr )?\d{1,4}[a-h]?(?![0-9])"
)
_HOUSE = re.compile(
    rf"(?<=[a-z,] )(\d{{1,3}}(?: ?[a-h](?![a-z0-9]))?({_FLAT})?)"
    rf"(?![0-9/a-z]|[.,]\d| ?m3| ?m\b| ?kub| ?metr| zl| ?-? ?\d| {_MONTH})"
)
_HEAD = re.compile(r"(?:[^\W\d_]{1,24}(?:, | - | |\. )){1,7}$")
_WORD = re.compile(r"([^\W\d_]{1,24})(, | - | |\. )")
_OTHER = re.compile(r"(?<![0-9.,/\-a-z])0*(\d{1,5}|\d{1,3} \d{3})(?:,\d{1,3})?(?![0-9/\-:]|[.,]\d)")
_MONTHS = re.compile(rf" ?{_MONTH}|\.?(?:\d|[ivx]{{1,4}}\b)")
_BACK = 160
"""Characters before a house number in which its street and the writer's name stand."""
_FEW = 8
_NEXT = re.compile(r" ([a-z]+)")
_PARTED = (", ", " - ")
_LED = words("z ze na przy spod kolo ulicy")
_LIVES = words("mieszkam mieszkamy mieszka zamieszkaly zamieszkala zam adres adresem moj nasz")
_SPEAKS = words("pisze dzwoni tu tutaj jestem ja to ten ta sasiad sasiadka lokator lokatorka rodzina panstwo")
_ROMAN = words("ii iii iv vi vii xii xvi xxiii")
_STREET = re.compile(
    r".{2,}(?:ow[ae]j?|[sc]k(?:a|iej|iego)|dzk(?:a|iej|iego)|icza|n(?:a|ej)|(?:[^aeiouy])(?:iej|ej|ego)"
    r"|sta|wa|la|ra|ta|cha)"
)
_SURE = re.compile(r".{2,}(?:ow(?:a|ej)|[sc]k(?:a|iej|iego)|dzk(?:a|iej|iego)|icza)")
_SURNAME = re.compile(r".{2,}(?:sk|ck|dzk)[aiy]")
_NO_STREET = words(
    "woda wody zimna ciepla razem laczna lacznie ogrodowa ogrodowej glowna glownej domowa kuchenna lazienkowa"
    " lazienka kuchnia piwniczna garazowa gorna dolna koncowa poczatkowa nowa stara pierwsza druga trzecia"
    " kolejna dodatkowa budowlana zewnetrzna wewnetrzna cala pelna rowna dzienna roczna kwartalna miesieczna"
    " ostatnia poprzednia aktualna biezaca szacunkowa prognozowa probna wlasna moja nasza sama inna"
    " poniedzialek wtorek sroda srody czwartek czwartku piatek piatku sobota soboty niedziela niedzieli"
    " dzisiaj wczoraj przedwczoraj rana rano wieczora wieczorem poludnie"
    " styczniowa lutowa marcowa kwietniowa majowa czerwcowa lipcowa sierpniowa wrzesniowa pazdziernikowa"
    " listopadowa grudniowa czesc halo hej witam pozdrawiam dziekuje prosze panstwa pani pana domu dworze"
    " piwnicy piwnica kuchni lazienki garazu kotlowni studzienki studzienka studni ogrodu gorze dole parterze"
    " pietrze klatce budowie tarczy zegara szczescie szkoda juz sam tylko jeszcze okolo ponad prawie chyba"
    " altana szklarnia stodola obora stajnia szopa weranda pralnia kotlownia toaleta wanna chlewnia hala"
    " styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien"
    " stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia"
    " godzina godziny godzinie minus plus temu przez lat wiek cena kwota suma ilosc liczba"
)
_NO_PLACE = words(
    "panstwa panstwem pani panem biurze bok boku internecie systemie wodociagach wodociagow urzedzie"
    " zwiazku zalaczeniu nawiazaniu odpowiedzi imieniu domu bloku polsce"
)
_NUMBERED = re.compile(
    r"(?<![a-z])(?:(?:(?:dom[a-z]{0,2}|posesj[a-z]|gospodarstw[a-z]|budyn[a-z]{2,3}|chalup[a-z]|zagrod[a-z])"
    r"(?: (?:ma|nosi|jest|to|z|pod))?|mieszka[a-z]{1,3}[^.\n]{0,30} pod) (?:nr|numer[a-z]{0,2})"
    r"|(?:nr|numer)\.? (?:domu|posesji|budynku)(?: to)?)[.:]? ?(\d{1,3}[a-h]?(?:/\d{1,3})?)"
    rf"(?![0-9/]|[.,]\d| ?m3| ?kub| {_MONTH})"
)
"""A house of a village without streets: `nasz dom ma numer 12`."""
_PLACED = re.compile(r"(?<![a-z])(?:w|we|z|ze|wies|wsi|miejscowosci?|osad[ay]|przysiolek) ([a-z]{4,20})")
_TOWN = re.compile(
    r"(?<![0-9\-])\d\d-\d{3} ((?:[a-z]{3,24} ){1,3}?)(\d{1,3}[a-h]?(?:/\d{1,3})?)(?=[.,;)\n]|$)"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word before a house number, where it begins, and what stands behind it."""

    plain: str
    start: int
    parted: bool
    title: bool


def claim_villages(page: Page) -> None:
    """Claim the numbers of houses in villages without streets, where the text names the village."""
    numbered = list(_NUMBERED.finditer(page.rest))
    place = _village(page) if numbered else ""
    for found in numbered:
        if place and BLANK not in found[0]:
            page.take(Kind.ADDRESS, found.start(), found.end(), f"{place} {found[1]}")
    for found in list(_TOWN.finditer(page.rest)):
        start, end = found.start(1), found.end()
        if all(word.istitle() for word in page.text[start : found.end(1)].split()):
            page.take(Kind.ADDRESS, start, end, page.text[start:end])


def claim_dwellings(page: Page) -> None:
    """Claim what is an address by its shape and by what leads to it."""
    others = _others(page.rest)
    for found in list(_HOUSE.finditer(page.rest)):
        street = _street(page, found, others)
        if street is not None:
            page.take(Kind.ADDRESS, street, found.end(), page.text[street : found.end()])


def _village(page: Page) -> str:
    """Return the village that a text names, if one."""
    for found in _PLACED.finditer(page.rest):
        name = page.text[found.start(1) : found.end(1)]
        if name.istitle() and found[1] not in _NO_PLACE and not tags_of(found[1]):
            return name
    return ""


def _street(page: Page, found: re.Match[str], others: list[tuple[int, int]]) -> int | None:
    """Return where the street before a house number begins; None where there is none."""
    rest = page.rest
    low = max(0, found.start() - _BACK)
    line = max(rest.rfind("\n", low, found.start()) + 1, rest.rfind(BLANK, low, found.start()) + 1, low)
    head = _HEAD.search(rest[line : found.start()])
    if head is None or BLANK in found[0] or _counted(rest, found.end()):
        return None
    at = line + head.start()
    parts = [
        _Part(word[1], at + word.start(), word[2] in _PARTED, page.text[at + word.start()].isupper()
              and not page.text[at + word.start() : at + word.end(1)].isupper())
        for word in _WORD.finditer(head[0])
    ]  # fmt: skip
    ends = re.match(r" ?(?:[.,;:!?)\n(]|$)", rest[found.end() :]) is not None
    another = any(end <= found.start() or start >= found.end() for start, end in others)
    for count in (2, 1, 3) if _named_by_two(parts) else (1, 2, 3):
        name, before = parts[-count:], parts[:-count]
        if len(name) < count or any(part.parted for part in name) or not _may_name(name):
            continue
        led = _lives(before) or (
            another and (_by_name(before, name, ends) or _alone(page, found, before, name, ends))
        )
        if led:
            return name[0].start
    return None


def _counted(rest: str, end: int) -> bool:
    """Tell whether a counted thing follows: `mieszkamy tu 4 lata`."""
    after = _NEXT.match(rest, end)
    return after is not None and bool(tags_of(after[1]) & Tag.COUNTED)


def _others(rest: str) -> list[tuple[int, int]]:
    """Return where numbers stand of which one may be the state; more than a few make no difference."""
    found = (one.span() for one in _OTHER.finditer(rest) if not _MONTHS.match(rest, one.end()))
    return list(islice(found, _FEW))


def _may_name(name: list[_Part]) -> bool:
    """Tell whether words may be a street's name: none speaks of anything that is read or counted."""
    for part in name:
        if part.plain in _ROMAN and part is name[-1] and len(name) > 1:
            continue
        if len(part.plain) < 4 - part.title or part.plain in FIRST_NAMES:
            return False
        if (tags_of(part.plain) and not part.title) or (
            part.plain in _NO_STREET and not (part.title and part.plain.endswith(("a", "ej")))
        ):
            return False
        if tags_of(part.plain) & ~(Tag.OLD | Tag.NOW | Tag.WATER):
            return False
    return True


def _person(before: list[_Part]) -> int:
    """Return of how many words the name is that ends what stands before; 0 if it is none."""
    for count in (2, 3, 1):
        name = before[-count:]
        if len(name) < count or any(part.parted for part in name[:-1]):
            continue
        plain = all(len(part.plain) > 1 and not tags_of(part.plain) for part in name)
        if plain and (name[0].plain in FIRST_NAMES or name[-1].plain in FIRST_NAMES):
            return count
    signed = [part for part in before[-2:] if part.title and not tags_of(part.plain)]
    return 2 if len(signed) == 2 and before[-1].parted and not before[-2].parted else 0


def _named_by_two(parts: list[_Part]) -> bool:
    """Tell whether a name and a street of two words end something: `maria stopa wojska polskiego`."""
    street = parts[-2:]
    whole = len(parts) > 3 and street[0].plain not in _LED and not street[0].parted
    return whole and _may_name(street) and _person(parts[:-2]) == 2


def _lives(before: list[_Part]) -> bool:
    """Tell whether `mieszkam`, `mieszkam przy` or `tu halina spod` leads to a street."""
    if not before:
        return False
    if before[-1].plain in _LIVES:
        return before[-1].plain not in ("moj", "nasz")
    if before[-1].plain not in _LED:
        return False
    return bool(before[:-1]) and (before[-2].plain in _LIVES or before[-2].plain in _SPEAKS
                                  or _person(before[:-1]) > 0)  # fmt: skip


def _by_name(before: list[_Part], name: list[_Part], ends: bool) -> bool:
    """Tell whether the writer's name stands right before a street."""
    count = _person(before)
    if not count:
        return False
    street = _STREET.fullmatch(name[-1].plain) is not None or name[-1].plain in _ROMAN
    if before[-1].parted:
        likely = name[-1].title or name[-1].plain.endswith(("a", "ej", "ego"))
        return (ends and likely) or street
    if before[-1].plain in FIRST_NAMES and len(name) == 1 and _SURNAME.fullmatch(name[0].plain):
        return False  # `pani ewa wolska 203`
    names = [part.plain for part in before[-count:]]
    if all(one in FIRST_NAMES for one in names) and len(name) == 1:
        return street and ends and not _SURNAME.fullmatch(name[0].plain)
    return count > 1 and street


def _alone(page: Page, found: re.Match[str], before: list[_Part], name: list[_Part], ends: bool) -> bool:
    """Tell whether a street stands on its own: a line below a name, or one that can be nothing else."""
    start = name[0].start
    if not ends or (before and not before[-1].parted):
        return False
    lines = page.rest[max(0, start - _BACK) : start].split("\n")
    begins = not lines[-1].strip()
    if begins and len(lines) > 1 and _signs(page, lines[-2]):
        return True
    if found[2] and all(_STREET.fullmatch(part.plain) for part in name[-1:]):
        return True
    whole = begins and page.rest[found.end() : found.end() + 1] in ("", "\n")
    return whole and len(lines) > 1 and _SURE.fullmatch(name[-1].plain) is not None


def _signs(page: Page, line: str) -> bool:
    """Tell whether a line is a person's name."""
    names = line.strip(" ,.-").split()
    known = any(one in FIRST_NAMES for one in names)
    return 0 < len(names) <= 3 and known and not any(tags_of(one) for one in names)
