"""A street with its number: `ul. Lipowa 12/5`, `os. Słoneczne 4 m. 7`; its numbers are never states."""

from __future__ import annotations

import re

from db.rules.inbox.lexicon import tags_of
from db.rules.inbox.page import BLANK, Kind, Page, words
from db.rules.inbox.tags import Tag

_NUMBER = (
    r"\d{1,4}(?: ?[a-h](?![a-z0-9]))?(?: ?/ ?(?!\d{1,2}[\-.]\d{1,2}[\-.]\d\d)\d{1,4}[a-h]?"
    r"|(?: |, ?)?(?:m|lok|lokal|mieszk"
    r"|mieszkanie|m-?nie)(?:\.|\b) ?(?:nr )?\d{1,4}[a-h]?)?"
)
_MONTH = r"(?:stycz|lut|mar[ec]|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)[a-z]{0,7}"
_STREET = re.compile(
    r"(?<![a-z])(?:ul|ulic[aey]|al|alej[aei]|os|osiedl[aeu]|pl|plac(?:u)?|skwer|rondo)(?:\.|(?![a-z])) ?"
    rf"(?:: ?)?([^\W_]{{1,30}}(?:[. \-]{{1,2}}[^\W_]{{1,30}}){{0,4}}?),? (?:nr |numer )?({_NUMBER})"
    r"(?![0-9/]| ?m3|[.,]\d)"
)
_PLACE = re.compile(
    r"(?<![a-z])(?:adres[a-z]{0,3}|nieruchomosc[a-z]{0,2}|zam(?:\.|ieszkal[a-z]{1,2})?|posesj[a-z]{1,2}"
    r"|lokal[a-z]{0,1}|dom[a-z]{0,2}|dzialk[ai]|dzialce|budyn[a-z]{1,4})(?![a-z]) ?"
    rf"(?::|\.|,|(?:przy|w|na|pod adresem"
    rf"|to)(?![a-z]))? ?(?:ul\. ?)?((?:[^\W\d_]{{1,30}}[.\-]? ){{1,3}}?)"
    rf"(?:nr )?({_NUMBER})(?![0-9/]| ?m3|[.,]\d| {_MONTH})"
)
_BARE = re.compile(
    r"(?<![^\n,;(/|] )(?<![^\W_])((?:[a-z]{3,24}(?:a|iej|ej|ego|ich|ow|y|e|ie|skiego|ki|i)))"
    rf" (?!\d{{4}})({_NUMBER})(?![0-9/]| ?m3| ?m | ?kub|[.,]\d| [a-z]| zl)"
)
_SQUARE = re.compile(
    r"(?<![a-z])((?:ryn(?:ek|ku)|podwal[eau]|podgorz[eau]|podzamcz[eau]|zarzecz[eau]|przedmiesci[eau]"
    r"|zaul(?:ek|ku)|nabrzez[eau]|bulwar(?:u|y|ow)?|deptak(?:u)?|promenad[aeyz]|pawilon(?:u|ie)?|targowisk[oau]"
    r"|bloni[ae]|planty|zacisz[eau]|wybrzez[eau]|pasaz(?:u)?|stragan(?:u)?|stoisk[oau])"
    rf"(?: (?:nr|numer|[a-z]{{3,14}}))?) (?!\d{{4}})({_NUMBER})(?![0-9/]| ?m3| ?m | ?kub|[.,]\d| zl)"
)
"""Squares and the like, which are called so without `ul.`: `Rynek 4`, `pawilon nr 6`."""
_LABELLED = re.compile(
    r"(?<![^\n])(?:miejsce|miejscowosc|lokalizacja|nieruchomosc|obiekt|punkt poboru|dom|mieszkanie|gdzie)"
    rf"(?: poboru| zamieszkania| odczytu)? ?: ?((?:[^\W\d_]{{2,24}} ){{1,3}}?)({_NUMBER})(?= ?[,;\n]|$)"
)
"""A line of a form that names a place."""
_PUBLIC = re.compile(
    r"(?:(?<![^\n])|(?<=[:;,.!(\-] )|(?<=w imieniu )|(?<=licznik w )|(?<=wodomierz w )|(?<=dotyczy ))"
    r"(?:swietlic|remiz|straznic|szkol|przedszkol|zlob|parafi|plebani|koscio|bibliotek|przychodni|stadion"
    r"|osp(?![a-z])|kgw(?![a-z])|ochotnicz|dom(?:u|em|owi)? (?:kultury|ludow|strazak|pomocy|dzieck|senior))"
    r"[a-z]{0,8}((?: [a-z]{1,14}\.?){0,4}?) (?:w|we|nr|na) ([a-z]{3,20}|\d{1,3}(?![0-9.,/]))"
)
"""What there is once in a place: `świetlica wiejska w Borkach`, `Szkoła Podstawowa nr 3`."""
_FEAST_STREET = re.compile(
    r"(?<=[,;] )((?:[13] maja|11 listopada|15 sierpnia|6 sierpnia|8 marca|22 lipca))"
    r" (?!2\d(?!\d|/))(\d{1,3}[a-h]?(?:/\d{1,3})?)(?=[.,;)\n]|$)"
)
_SAYING = re.compile(
    rf"(?<=[a-z], )(now(?:a|ej)|star(?:a|ej)|wodna|wodnej|zimna) (?!\d{{3}})({_NUMBER})(?=[.,;)\n]|$)"
)
"""Streets that are called like something said of a meter; a name stands before them."""
_FLAT = re.compile(r"(?<![^\W_])([a-z]{3,24}) (\d{1,3}[a-h]?/\d{1,3}[a-h]?)(?![0-9/a-z]| ?m3|[.,]\d)")
_AT = re.compile(
    r"(?<![a-z])(?:z|ze|na|przy|mieszka[a-z]{0,3}|zamieszkal[a-z]|spod|adres[a-z]{0,2}:?|dom|domu|mam|ja) "
    rf"((?:[a-z]{{3,24}}(?: [a-z]{{3,24}}){{0,1}})) (?!\d{{3,}}(?! ?/| ?m\b))({_NUMBER})"
    r"(?![0-9/a-z]| ?m3| ?kub| ?metr|[.,]\d| \d)"
)
_DASHED = re.compile(
    rf"(?:(?<=- )|(?<=, )|(?<=; )|(?<=\. )|(?<=! ))([a-z]{{3,24}}(?:a|ej|ego|ich"
    rf"|ow)) (?!\d{{3,}})({_NUMBER})(?=[.,;:!)\n]|$)"
    r"(?![.,]\d)"
)
_LABELLED = re.compile(
    r"(?<![a-z])(?:miejsce(?: odczytu| poboru)?|adres(?: (?:punktu )?(?:poboru|odbioru|odczytu))?"
    r"|gdzie|ulica|obiekt|posesja|nieruchomosc)"
    rf" ?[:=] ?([a-z]{{3,24}}(?: [a-z]{{3,24}})?) (?!\d{{4}})({_NUMBER})(?=[.,;\n]|$)(?![.,]\d)"
)
"""A street behind a preposition, or at the end behind a dash: a name with a capital and a small number."""
_VILLAGE = re.compile(r"(?<![^\n])((?:[^\W\d_]{3,24} ){1,3}?)(\d{1,3}[a-h]?(?:/\d{1,3})?)(?= ?[,;\n]|$)")
_STAIRCASE = re.compile(
    r"(?<![a-z])([a-z]{3,24}) \d{1,3}[a-h]? ?,? ?m(?:\. ?| |(?=[14-9]))\d{1,3}[a-h]?"
    r"(?![0-9/]|[.,]\d| ?m| ?kub)"
)
"""A house with its flat, whatever stands before it: `torowa 2 m 1`."""
_SIGNED = re.compile(
    r"(?<=, )([a-z]{2,20}(?:ow|[sc]k|n)a) (\d{1,3}[a-h]?(?:/\d{1,3})?) ([a-z]{3,20})(?=\n|$)"
)
"""A street before the surname that ends a line: `Akacjowa 66 Kos`."""
_STREETS = ("a", "ej", "ego", "ich", "ow")
_ALLOTMENT = re.compile(
    r"(?<![a-z])(?:rod|ogrod(?:ek|ki|kow|ku)? dzialkow[a-z]{1,3})(?![a-z])[^\n\d]{0,30}?"
    r"(?:dzialk[a-z]{1,2}|dz|nr|altan[a-z]{1,2})"
    r"\.? ?(?:nr ?)?(\d{1,4}[a-h]?)(?![0-9/]|[.,]\d| ?m| ?kub)"
)
"""A plot of an allotment garden: `ROD "Relaks", działka 44`."""
_ROOM = re.compile(
    r"(?<![a-z])(?:mieszkani[aeu]|mieszk|lokal[a-z]{0,2}|lok|nr domu|domu? nr|blok[a-z]{0,2}|klatk[a-z]"
    r"|pietr[oa]|posesj[a-z]{1,2}|nr lokalu|dzialk[aeiu]|dzialce|domek nr)(?:\.| nr\.?| numer)?"
    r" ?(\d{1,3}[a-h]?(?:/\d{1,3})?)(?![0-9/]"
    rf"|[.,]\d| ?m| ?kub| ?-? ?\d| {_MONTH})"
)
_STOP = words(
    "stan stanu licznik licznika wodomierz wodomierza odczyt odczytu glowny glownego ogrodowy"
    " ogrodowego woda wody"
    " zimna ciepla podaje numer klient klienta dnia wynosi wskazuje pokazuje jest teraz obecnie obecny"
    " aktualny"
    " poprzedni poprzednio ogrod dom kuchnia lazienka telefon zuzycie dzisiaj wczoraj razem faktura umowa"
    " legalizacja strona pozycja wskazania wskazanie odczyty stany liczniki domowy piwnica garaz lazienki"
    " kuchni"
    " ogrodu gora dol toalety pralnia podlicznik podlicznika plomba nie tylko wspolnota spolka firma"
    " moje nasze twoje ich jego jej o godz godzinie godziny dnia ok od do liczba ilosc wartosc cyfra"
    " klientka odbiorczyni dokladnie rowne"
    " potwierdzam potwierdzamy oczywiscie owszem faktycznie racja rzeczywiscie powinno chodzilo miala mialo"
    " czarne czarnych czarno czerwone czerwonych czerwono"
    " po przed jutro rano wieczorem kolo nasze"
    " rowno okolo nastapilo nastapila odbylo bylo zostal zostala zostalo"
    " ogrodkowy ogrodkowa ogrodkowego domowa"
    " stajnia stajni obora oborze szklarnia szklarni stodola stodole kotlownia kotlowni suterena"
)


def claim_addresses(page: Page) -> None:
    """Claim every address, its value as written."""
    for pattern in (_STREET, _PLACE):
        for found in list(pattern.finditer(page.rest)):
            named = pattern is _STREET and " " not in found[1].strip() and not _measures(found[1])
            if "\n" not in found[0] and (named or not _tells(found[1])) and not _one_of_rows(found):
                page.take(Kind.ADDRESS, found.start(), found.end(), page.text[found.start() : found.end()])
    _claim_places(page)
    for found in [*_BARE.finditer(page.rest), *_FLAT.finditer(page.rest)]:
        start = found.start(1)
        free = BLANK not in page.rest[start : found.end()]
        if free and page.text[start].isupper() and not _tells(found[1]):
            page.take(Kind.ADDRESS, start, found.end(), page.text[start : found.end()])
    small = page.text.islower()
    for found in [*_AT.finditer(page.rest), *_DASHED.finditer(page.rest), *_LABELLED.finditer(page.rest)]:
        start, stop = found.span(1)
        free = BLANK not in page.rest[start : found.end()]
        proper = all(word.istitle() for word in page.text[start:stop].split())
        if free and (proper or (small and _like_a_street(found[1]))) and not _tells(found[1]):
            page.take(Kind.ADDRESS, start, found.end(), page.text[start : found.end()])
    for found in list(_SIGNED.finditer(page.rest)):
        start, stop = found.start(), found.end(2)
        proper = page.text[start].isupper() and page.text[found.start(3) : found.end()].istitle()
        if proper and not _tells(found[1]) and not _tells(found[3]) and not tags_of(found[1]):
            page.take(Kind.ADDRESS, start, stop, page.text[start:stop])
    for found in list(_VILLAGE.finditer(page.rest)):
        words = page.text[found.start(1) : found.end(1)].split()
        if all(word.istitle() for word in words) and not _tells(found[1]):
            page.take(Kind.ADDRESS, found.start(), found.end(), page.text[found.start() : found.end()])
    for found in [*_STAIRCASE.finditer(page.rest), *_ALLOTMENT.finditer(page.rest)]:
        cubic = found[0].endswith(" m 3") and not found[1].endswith(_STREETS)
        if not cubic and not _tells(found[1]):
            page.take(Kind.ADDRESS, found.start(), found.end(), page.text[found.start() : found.end()])
    for found in list(_ROOM.finditer(page.rest)):
        page.take(Kind.OTHER, found.start(1), found.end())


def _one_of_rows(found: re.Match[str]) -> bool:
    """Tell whether `budynek A 45` is one of several such rows: below it stands `budynek B 1203`."""
    head = found[0].split(" ")[0]
    if len(found[1].strip()) != 1 or not head.isalpha():
        return False
    rows = re.finditer(rf"(?<![a-z]){head} ([a-h]) ?[:\-=]? ?\d", found.string)
    return len({row[1] for row in rows}) > 1


def _claim_places(page: Page) -> None:
    """Claim lines of forms that name a place, squares, and what there is once in a place."""
    for found in [*_LABELLED.finditer(page.rest), *_SQUARE.finditer(page.rest)]:
        if BLANK not in page.rest[found.start() : found.end()] and not _tells(found[1]):
            page.take(Kind.ADDRESS, found.start(1), found.end(), page.text[found.start(1) : found.end()])
    for found in list(_SAYING.finditer(page.rest)):
        before = page.text[: found.start()].rstrip(", ").split()[-2:]
        if all(word.istitle() for word in (*before, page.text[found.start(1) : found.end(1)])):
            page.take(Kind.ADDRESS, found.start(), found.end(), page.text[found.start() : found.end()])
    for found in [*_PUBLIC.finditer(page.rest), *_FEAST_STREET.finditer(page.rest)]:
        text = page.text[found.start() : found.end()]
        name = text.split()[-1 if found.re is _PUBLIC else 1]
        proper = name[0].isupper() or (found.re is _PUBLIC and name.isdigit())
        if proper and BLANK not in page.rest[found.start() : found.end()] and not _tells(found[1]):
            page.take(Kind.ADDRESS, found.start(), found.end(), text)


def _tells(words: str) -> bool:
    """Tell whether words that look like a street's name speak of a meter instead."""
    says = (
        Tag.METER
        | Tag.STATE
        | Tag.NOW
        | Tag.OLD
        | Tag.USE
        | Tag.COPULA
        | Tag.GIVE
        | Tag.NUMBER
        | Tag.CLIENT
        | Tag.PHONE
        | Tag.SEAL
        | Tag.PAST
        | Tag.GAVE
        | Tag.TOOK
        | Tag.ABOUT
    )
    return any(word in _STOP or tags_of(word.strip(".-")) & says for word in words.split())


def _like_a_street(words: str) -> bool:
    """Tell whether a word has a street's ending, of one who writes no capitals: `szpak z akacjowej 22`."""
    return (
        words.endswith(("owej", "skiej", "ckiej", "nej", "skiego", "ckiego"))
        and not tags_of(words)
        and " " not in words
        and words not in ("jednej", "zadnej", "innej", "pewnej", "ladnej")
    )


def _measures(word: str) -> bool:
    """Tell whether the only word behind `ul.` speaks of a meter: no street is called `stan`."""
    return bool(tags_of(word.strip(" .-")) & (Tag.METER | Tag.STATE | Tag.GIVE | Tag.COPULA))
