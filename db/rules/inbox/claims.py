"""Numbers that are never a state: accounts, invoices, PESEL, phones, amounts, hours, houses, papers.

Each is claimed before states are looked for; what is claimed first is read as nothing else.
"""

from __future__ import annotations

import re

from db.rules.inbox.fractions import with_red
from db.rules.inbox.hours import claim_spans
from db.rules.inbox.page import BLANK, Claim, Kind, Page

_WEB = re.compile(
    r"(?<![^\s<>()\[\],;:\"])(?:[^\s<>@]{1,80}@[^\s<>@]{1,120}|(?:https?:|www\.)[^\s<>]{1,400})(?<![.,;:!?])"
)
_FILE = re.compile(r"(?<![^\s(])[\w\-]{1,80}\.(?:jpe?g|png|pdf|heic|gif|tiff?|docx?|xlsx?)(?![a-z0-9])")
_ACCOUNT = re.compile(r"(?<![0-9a-z])(?:pl ?)?\d{2}(?:[ -]?\d{4}){6}(?!\d)")
_MONTH, _DAY = r"20\d\d(?:0[1-9]|1[0-2])", r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_APART = r"[\s/\\.\-_]{0,4}"
_INVOICE = re.compile(
    rf"(?<![0-9a-z])(?:f[\s./-]{{0,3}}a[\s./-]{{0,3}}k\W{{0,3}})?({_MONTH}){_APART}(\d{{7}}){_APART}"
    rf"(\d{{6}}){_APART}({_DAY})(?!\d)"
)
_OTHER_INVOICE = re.compile(
    r"(?<![a-z])(?:faktur[a-z]{0,2}|fakt|fv|fra|f-ra|f-r[ye]|rachun[a-z]{1,4})(?: (?:vat|za wode"
    r"|korygujac[a-z]{1,2}"
    r"|(?:za|z) [a-z]{3,12}(?: 20\d\d)?))?[.,]? ?(?:o )?(?:nr|numer[a-z]{0,2}|no)?[.:]{0,2} ?"
    r"((?:[a-z]{1,4}[/\-])?\d{1,12}(?:[/\-][0-9a-z]{1,12}){1,5})(?![0-9a-z])"
)
_CODED_INVOICE = re.compile(
    r"(?<![0-9a-z/\-])((?:f(?=[/\-]20\d\d[/\-]\d{3})|fv|fvs|fva|fak|fs|fkt"
    r"|fvk)[/\-][0-9a-z]{1,12}(?:[/\-][0-9a-z]{1,12}){1,4})(?![0-9a-z/])"
)
_SPACED_INVOICE = re.compile(
    r"(?<![a-z])((?:fs|fv|fvs|fak|fkt|fvk) \d{1,7}(?:/\d{1,4}){1,2})(?![0-9/])"
    r"|(?<![a-z])faktur[a-z]{0,2} (?:vat )?(?:(?:za|z) )?(?:[a-z]{3,12} ){0,2}(?:20\d\d )?"
    r"\((?:o )?(?:nr|numer)[.:]? ?((?:[a-z]{1,4}[/\-])?\d{1,12}(?:[/\-][0-9a-z]{1,12}){1,5})\)"
)
"""`FS 5520/11/2026`, `faktura za sierpień (nr 08/1174/2026)`."""
_NOTICE = re.compile(r"(?<![0-9a-z/])z ?/ ?(20\d\d) ?/ ?(\d{1,7})(?![0-9/])")
_NOTICED = re.compile(
    r"(?<![a-z])zawiadom[a-z]{0,8}(?: o odczycie)?(?: (?:nr|numer[a-z]{0,3}|no))?[.:]{0,2} "
    r"([a-z]{1,5}/[0-9a-z/\-]{3,25}|\d{1,6}/\d{2,4}(?:/\d{1,6})?)"
)
_PAPER = re.compile(
    r"(?<![0-9a-z/])[a-z]{1,6}(?:[/\-.][a-z]{1,6}){0,3}/(?:[0-9a-z]{1,12}/){0,4}\d{1,10}"
    r"(?:/[0-9a-z]{1,6})?(?![0-9a-z/])"
    r"|(?<![0-9a-z/\-])\d{1,6}/(?![ivx]{1,4}[/.])[a-z]{2,6}(?:[/.][0-9a-z]{1,6}){1,3}(?![0-9a-z/])"
)
_PAPER_NUMBER = re.compile(
    r"(?<![a-z])(?:zawiadom[a-z]{0,8}|ponagl[a-z]{0,4}|zlece[a-z]{0,4}|upomn[a-z]{0,5}|wezwa[a-z]{0,4}"
    r"|umow[a-z]{0,2}|spraw[a-z]{0,2}|zgloszen[a-z]{0,3}"
    r"|protokol[a-z]{0,2}"
    r"|decyzj[a-z]{0,2}|wnios[a-z]{0,3}|pism[a-z]{0,2}|znak|sygn[a-z]{0,8}|plomb[a-z]{0,2}"
    r"|legalizac[a-z]{0,3}|cech[a-z]{0,2}|dowod[a-z]{0,2}"
    r"|dzialk[a-z]{0,2}|ksieg[a-z]{0,2}|kw|polis[a-z]{0,2}|awiz[a-z]{0,2}|taryf[a-z]{0,2}"
    r"|nakladk[a-z]{0,2}|modul[a-z]{0,2}|nadajnik[a-z]{0,2}|reklamacj[a-z]{0,2}|faktur[a-z]{0,2}"
    r"|fv|rachun[a-z]{1,3})"
    r"(?: (?:o odczycie|radiow[a-z]{1,3}|osobist[a-z]{1,3}|ewid[a-z.]{0,9}))? ?(?:o )?"
    r"(?:nr|numer[a-z]{0,3}|no|#)[.:]{0,2} ?([0-9a-z][0-9a-z/\-.]{0,30})"
)
_SLASHED = re.compile(
    r"(?<![a-z])(?:umow|spraw|zgloszeni|pism|decyzj|wnios|sygn|akt|uchwal|zarzadzeni|postanowieni"
    r"|wyrok)[a-z]{0,6}[.:]{0,2} "
    r"(\d{1,8}(?:/[0-9a-z]{1,8}){1,3})(?![0-9a-z/])"
    r"|(?<![a-z])(?:zleceni|wezwani|awiz|upomnieni|ponagleni|monit|paragon|bilet|polis|plomb)[a-z]{0,3}:? "
    r"(\d{3,9})(?![0-9.,/\-]\d| ?m3| ?kub)"
)
_OFFICIAL = re.compile(
    r"(?<![a-z])(?:licencj[a-z]{1,2}|lic\.|uprawnieni[a-z]{1,3}|upr\.|uchwal[a-z]{1,2}|akt(?! )[a-z]{0,2}\.?"
    r"|akt [ivxlc]{1,5} [a-z]{1,3}|rep\. ?[a-z]|repertorium [a-z]|kapital[a-z]{0,3}(?: zakladowy)?)"
    r"(?: ?zaw(?:od[a-z]{1,6}|\.))?:? {0,2}(?:nr\.? ?)?"
    r"(\d{1,8}(?:[/ .]\d{1,4}){0,2})(?![0-9/])"
)
"""Numbers of a licence, a resolution, a court's file, as they stand in signatures."""
_ACT = re.compile(r"(?<![0-9/])(?:19|20)\d\d/\d{2,5}(?![0-9/])")
_SEASON = re.compile(r"20\d\d/(?:20)?\d\d")
_OF_METER = re.compile(
    r"(?<![a-z])(?:wod|licz|wodomierz[a-z]{0,3}|licznik[a-z]{0,3}|fabr|fabryczn[a-z]{1,3}|seryjn[a-z]{1,3})[.,:]?"
    r" ?(?:[a-z]{1,12} ){0,2}(?:nr|numer[a-z]{0,3})\.? ?:? ?$"
    r"|(?<![a-z])(?:nr|numer[a-z]{0,3})\.? ?(?:wod|licz|fabr|seryj)[a-z]{0,9}[.:]{0,2} ?$"
)
"""An act of the Union: `RODO 2016/679`."""
_FRACTION = re.compile(
    r"(?<![0-9.,/\-])[1-9]/[248](?![0-9/.,])(?: ?(?:\"|cal[a-z]{0,3}))?|(?<![0-9])\d{1,2} ?cal[aei](?![a-z])"
    r"|(?<![0-9])\d{2,4} ?x ?\d{2,4}(?: ?x ?\d{2,4})?(?![0-9])"
)
"""The size of a pipe."""
_STREET = re.compile(
    r"(?<![a-z])[a-z]{2,20}(?:ow(?:a|ej)|[sc]k(?:a|iej|iego)|dzk(?:a|iej|iego)|icza|n(?:a|ej)) $"
    r"|(?<![a-z])(?:ul\.? ?|ulic[ay] )[a-z]{3,24} $|[,\n] ?[a-z]{3,20}(?:a|ej|ego) $"
)
"""What stands before the number of a house."""
_STREET_REACH = 60
"""Characters before a number in which its street stands."""
_DISTANCE = re.compile(
    r"(?<![0-9.,])\d{1,5}(?:[.,]\d)? ?(?:m|metrow|metry|metra|mtr\.?|km|kilometr[a-z]{0,3}) (?:to (?:dla mnie"
    r" )?(?:za )?(?:daleko|kawal)|dalej|stad|od (?:mnie|domu|drogi|szosy|granicy|studni|hydrantu|budynku"
    r"|bloku|rogu|skrzyzowania|przystanku|sklepu)|do (?:mnie|drogi|szosy|sklepu|przystanku|okienka|biura"
    r"|studzienki|licznika|wodomierza)|glebok|wysok|dlug|rur[ay]?|wez|kabl|przylacz)[a-z]{0,4}"
)
_BALANCE = re.compile(
    r"(?<![a-z])stan[a-z]{0,2} (?:konta|rachunku|cywiln[a-z]{1,3}|zdrowia|zapasow|magazynow[a-z]{0,3}"
    r"|portfela|kasy|ducha|techniczn[a-z]{1,3})(?: (?:to|wynosi"
    r"|jest))? ?[:=\-]? {0,2}(\d{1,9}(?:[.,]\d{1,2})?)(?!\d)"
)
"""Other things that have a state."""
_ENDING = re.compile(
    r"(?<![a-z])(?:koncowk[a-z]|kon(?:czy|czacy|czaca|czace) sie)(?: (?:na|to|w|cyfr[a-z]{1,3}))?[ :]{1,2}"
    r"(\d{2,8})(?!\d)|(?<![a-z])kont[oa] (\d{2,5})(?!\d)"
)
_NUMBERED = re.compile(
    r"(?<![a-z])(?:nr|numer|num)\.? ?(?:umow|spraw|zgloszeni|pism|faktur|plomb|dowod|ksieg|polis|dzialk"
    r"|zawiadomieni|wniosk|protokol|zleceni|wezwani|awiz|licencj|uprawnie|uchwal|akt|repertori)[a-z]{0,4}"
    r" ?(?:to|:|-)? {0,2}([0-9a-z][0-9a-z/\-.]{0,30})"
)
_PESEL = re.compile(r"(?<![0-9a-z])\d{11}(?![0-9a-z])")
_PERSON = re.compile(
    r"(?<![a-z])(?:pesel|nip|regon|krs|bdo|dowod[a-z]{0,2}(?: osobist[a-z]{1,3})?)(?: ?(?:nr"
    r"|numer))?[\s.:]{0,3}"
    r"((?:pl ?)?[a-z]{0,3} ?\d(?:[ -]?\d){4,13})(?!\d)"
)
_NIP = re.compile(r"(?<![0-9\-])\d{3}-(?:\d{3}-\d{2}-\d{2}|\d{2}-\d{2}-\d{3})(?![0-9\-])")
_ABROAD = re.compile(
    r"(?<![0-9a-z])(?:\(?(?:\+|00) ?\(?48\)?"
    r"|\(48\))[ .\-]?((?:\(?\d\)?[ .\-]?){8}\d)(?!\d)"
)
_FOREIGN = re.compile(r"(?<![0-9a-z])\+(?!48)[1-9]\d{0,2}(?:[ .\-]?\d){6,11}(?!\d)")
_PHONE = re.compile(
    r"(?<![0-9a-z,/])(?<![0-9][ .\-])"
    r"(?:\d{3}([ .\-])\d{3}\1\d{3}|\(?0?[ -]?\d{2}\)?[ .\-]\d{3}[ .\-]\d{2}[ .\-]\d{2}"
    r"|\(\d{2}\) ?\d{7}|\d{2} \d{7}|\d{3} \d{6}|\d{3}-\d{2}-\d{2}-\d{2}"
    r"|\d{3} \d{2} \d{2} \d{2})(?![0-9a-z]|[ .\-,]\d)"
)
_SOLID = re.compile(r"(?<![0-9a-z.,/\-])(?:45|5[0137]|6[069]|7[2389]|88)\d{7}(?![0-9a-z]|[.,/\-]\d)")
_CALL = re.compile(
    r"(?<![a-z])(?:tel|t(?=[.:]{1,2} ?\+?[\d(])|telefon[a-z]{0,4}|kom|komork[a-z]{0,2}|gsm|mob|mobile"
    r"|fax|faks|dzwon[a-z]{1,4}"
    r"|kontakt[a-z]{0,4}|numer kontaktowy)"
    r"(?:[ .:,/()\-]{1,3}(?:nr|numer|pod|na|kom|tel|to|moj|stacj|telefon[a-z]{0,4}"
    r"|kontaktow[a-z]{1,2})){0,3}[ .:/()\-]{0,4}"
    r"((?:(?:\+|00 ?)?48[ \-]?)?(?:\(?\d\)?[ .\-/]?){6,10}\d)(?!\d)"
)
_CALLED = re.compile(
    r"(?<![a-z])(?:za|do|ob)?(?:dzwoni|telefonowa|sms|pisa"
    r"|wysyla)[a-z]{0,6}(?:-?em)?(?: [a-z0-9]{1,10}){0,3}? (?:na|pod)(?: nr"
    r"| numer)? (\d{3,6})"
    r"(?! ?\d)"
)
_POSTAL = re.compile(r"(?<![0-9\-])\d{2}-\d{3}(?![0-9\-])")
_MONEY = re.compile(
    r"(?<![0-9a-z.,])\d{1,3}(?:[ .]\d{3}){1,3}(?:[.,]\d{1,2})? ?(?:,-)? ?(?:zl|pln|zlot[a-z]{1,3})(?![a-z])"
    r"|(?<![0-9a-z])\d{1,9}(?:[.,]\d{1,2})? ?(?:,-)? ?(?:zl|pln|zlot[a-z]{1,3}|gr|grosz[a-z]{0,2}|eur"
    r"|euro)(?![a-z])"
)
_PAID = re.compile(
    r"(?<![a-z])(?:kwot[a-z]|sum[aye] do zaplaty|zaplaci[a-z]{1,5}|do zaplaty|wplaci[a-z]{1,5}"
    r"|przelal[a-z]{0,3}|saldo|cen[aye]|stawk[a-z])"
    r"(?: ?(?:to|wynosi|w wysokosci|za|:|okolo|ok\.?))?[ :]{1,2}\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
    r"|(?<![a-z])(?:przelal|wplaci|zaplaci|oplaci|uregulowa|przelew|nadplat|niedoplat|doplat|rat)[a-z]{0,5}"
    r"(?: [a-z\x00]{1,12}){0,3}? \d{1,6}[.,]\d\d(?![0-9]| ?m| ?kub)"
    r"|(?<![a-z])(?:abonament[a-z]{0,2}|po) \d{1,4}[.,]\d\d(?![0-9.]| ?m| ?kub)"
    r"|(?<![0-9.,])\d{1,3}[.,]\d\d (?:za|/) ?(?:1 )?(?:m\b|m3|metr|kub)[a-z0-9]{0,4}"
    r"(?:[ ,;a-z]{1,40} \d{1,3}[.,]\d\d(?![0-9]| ?m3| ?kub| ?m ))?"
)
_HOUR = re.compile(
    r"(?<![0-9a-z.,])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![0-9])(?: ?- ?\d{1,2}:\d{2})?"
    r"|(?<![a-z])(?:godz\.?|godzin[a-z]{1,3}|g\.) ?(?:ok\.? |okolo |od |do )?(?:[01]?\d"
    r"|2[0-4])(?:[.:, ]?[0-5]\d)?(?![0-9])(?: ?(?:-|do) ?(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?(?! ?\d))?"
    r"|(?<![a-z])(?:o|do|od|po|przed) (?:1?\d|2[0-3])[.][0-5]\d(?![0-9.]| ?m)"
)
_MILITARY = re.compile(
    r"(?<![a-z])(?:czas|time|godz(?:ina|\.)?)(?: odczytu| spisania)?:? ?[\x00 ,]{0,40}"
    r"((?:[01]\d|2[0-3])[0-5]\d)(?![0-9.,]\d| ?m3| ?m\b| ?kub)(?!\d)"
)
"""An hour of four digits, where a label says so: `Czas: 25 NOV 2026, 0550`."""
_CLOCK = re.compile(r"(?<![0-9.,])(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9](?![0-9.,])")
_SHARE = re.compile(
    r"(?<![0-9])(?:\d{1,3}(?: \d{3}){1,3}|\d{1,9})(?:[.,]\d{1,3})? ?(?:%|proc(?:ent)?(?![a-z])|kwh|mwh|gj"
    r"|m2(?!\d)|mm(?![a-z])|bar(?:y|a|ow)?(?![a-z])|atmosfer[a-z]?|st\. c|l/|(?:tys\. ?)?km(?![a-z]))"
    r"|(?<![a-z])temp[a-z]{0,8}\.? ?(?:(?:wody|powietrza|w piwnicy|w studzience) )?"
    r"(?:to|ok\.|:)? ?-? ?\d{1,2}(?:[.,]\d)?(?![0-9])(?: ?(?:st\b\.?"
    r"|stopni))?"
    r"|(?<![a-z])(?:cen[aey]|koszt[a-z]{0,4}|stawk[a-z]|placi[a-z]{0,2}|po ile"
    r"|taryf[a-z]) (?:[a-z]{1,12} ){0,4}1 ?"
    r"(?:m ?\^?3|m(?![a-z])|metr[a-z]?|kubik[a-z]?)"
    r"|(?<![0-9.,])\d(?= (?:czarn|czerwon)[a-z]{1,4}(?! ?[:=]))"
)
_NOMINAL = re.compile(
    r"(?<![a-z])(?:dn|q3|q1|qn|q|r) ?-?=?:? ?\d{1,4}(?:[.,]\d{1,2})?(?:/\d{1,3})?(?![0-9a-z])"
)
_YEAR = re.compile(
    r"(?:stycz|lut|mar[cz]|kwie|maj|czerw|lip|sierp|wrze|pazdz|listop|grud)[a-z]{0,9} (?:19|20)\d\d(?!\d)"
    r"|(?<![0-9a-z.,/\-])(?:(?:w |z |od |za |koniec |koncu |rok(?:u|iem)? |roku? produkcji |lat(?:a|ach)? "
    r"|legalizacj[a-z]{1,2} (?:do |z |w )?)"
    r"(?:19|20)\d\d(?!\d|[.,]\d| ?m| ?kub)|(?:19|20)\d\d ?(?:r\.|r(?![a-z])|rok[a-z]{0,3}(?![a-z]))"
    r"|(?:kwartal[a-z]{0,3}|kw\.?|polrocz[a-z]|okres|sezon|miesiac) (?:19|20)\d\d(?!\d)"
    r"|20\d\d/20\d\d|\d{1,2}[./-]20\d\d(?!\d))"
)
_OR_PAID = re.compile(r"(?<![\d.,])\d{1,4}(?:[.,]\d\d)? ?(?:czy|lub|albo)(?= \x00)")
"""The first of `150 czy 350 zł`, whose second is claimed."""
_RED = re.compile(
    r"(?:\( ?)?(?<!bez )(?:czerwon[a-z]{1,4}|po przecinku)"
    r"(?: (?:cyfr[a-z]{0,2}|cyferk[a-z]{1,3}|pol[a-z]|kol[ok][a-z]{0,2}|wskazowk[a-z]))?"
    r"(?: (?:to|jest))? ?[:=\-(]? ?\d{1,4}(?![.,]\d\d|\d)(?: ?(?:i|oraz|,) ?\d(?!\d))* ?\)?(?![0-9])"
)


def claim_numbers(page: Page) -> None:
    """Claim the numbers that say what they are by their own form, but days."""
    page.take_all(Kind.OTHER, _FILE, lambda found: "")
    page.take_all(Kind.WEB, _WEB, lambda found: found[0])
    page.take_all(Kind.ACCOUNT, _ACCOUNT, _account)
    page.take_all(Kind.INVOICE, _INVOICE, _invoice)
    _inner(page, Kind.INVOICE, _OTHER_INVOICE)
    _inner(page, Kind.INVOICE, _CODED_INVOICE)
    _inner(page, Kind.INVOICE, _SPACED_INVOICE)
    page.take_all(Kind.NOTICE, _NOTICE, lambda found: f"Z/{found[1]}/{found[2]}")
    _inner(page, Kind.NOTICE, _NOTICED)
    page.take_all(Kind.PAPER, _PAPER, _paper)
    _inner(page, Kind.PERSON, _PERSON)
    _inner(page, Kind.PHONE, _CALL)
    _inner(page, Kind.OTHER, _CALLED)
    page.take_all(Kind.PHONE, _ABROAD, _phone)
    page.take_all(Kind.OTHER, _FOREIGN, lambda found: "")
    _inner(page, Kind.PAPER, _PAPER_NUMBER)
    _inner(page, Kind.PAPER, _NUMBERED)
    _inner(page, Kind.PAPER, _SLASHED)
    _inner(page, Kind.OTHER, _ENDING)
    _inner(page, Kind.PAPER, _OFFICIAL)
    _inner(page, Kind.MONEY, _BALANCE)
    page.take_all(Kind.PAPER, _ACT, lambda found: None if _no_act(found) else "")
    page.take_all(Kind.OTHER, _FRACTION, _pipe)
    page.take_all(Kind.OTHER, _DISTANCE, lambda found: "")
    page.take_all(Kind.PERSON, _NIP, lambda found: "")
    page.take_all(Kind.PHONE, _PHONE, _phone)


def claim_measures(page: Page) -> None:
    """Claim amounts, hours, shares, years and postal codes; called after the days."""
    page.take_all(Kind.MONEY, _MONEY, lambda found: "")
    page.take_all(Kind.MONEY, _PAID, lambda found: "")
    page.take_all(Kind.MONEY, _OR_PAID, lambda found: "")
    page.take_all(Kind.HOUR, _HOUR, lambda found: "")
    _labelled_hours(page)
    _repeated_hours(page)
    claim_spans(page)
    page.take_all(Kind.OTHER, _SHARE, lambda found: "")
    page.take_all(Kind.OTHER, _POSTAL, _postal)
    page.take_all(Kind.OTHER, _NOMINAL, lambda found: "")
    page.take_all(Kind.OTHER, _YEAR, lambda found: "")
    page.take_all(
        Kind.OTHER, _RED, lambda found: None if with_red(found.string, found.start(), found.end()) else ""
    )


def _labelled_hours(page: Page) -> None:
    """Claim an hour of four digits behind a label and perhaps a day."""
    spots = [found.span(1) for found in _MILITARY.finditer(page.rest)]
    page.take_many([Claim(Kind.HOUR, start, end, "") for start, end in spots])


def _repeated_hours(page: Page) -> None:
    """Claim `7.30` where the text says elsewhere that it is an hour: `odczyt dziś 7.30 ... o godz. 7.30`."""
    hours = {found[0] for claim in page.claims if claim.kind is Kind.HOUR
             for found in _CLOCK.finditer(page.text[claim.start : claim.end])}  # fmt: skip
    page.take_all(Kind.HOUR, _CLOCK, lambda found: "" if found[0] in hours else None)


def claim_late(page: Page) -> None:
    """Claim nine digits of a mobile and a PESEL, which a meter number could be; called after the meters."""
    page.take_all(Kind.PERSON, _PESEL, lambda found: "")
    page.take_all(Kind.PHONE, _SOLID, _phone)


def _inner(page: Page, kind: Kind, pattern: re.Pattern[str]) -> None:
    """Claim the group of every match, so that the word before it still says what it says."""
    claims: list[Claim] = []
    for found in pattern.finditer(page.rest):
        group = found.lastindex or 1
        digits = _digits(found[group])
        if BLANK in found[group] or not digits:
            continue
        start = found.start(group)
        end = start + len(found[group].rstrip(" .-/"))
        value = _national(digits) if kind is Kind.PHONE else page.text[start:end].strip()
        if kind is Kind.PHONE and not value and len(digits) < 7:
            continue
        claims.append(Claim(kind, start, end, value))
    page.take_many(claims)


def _account(found: re.Match[str]) -> str | None:
    return _digits(found[0])


def _invoice(found: re.Match[str]) -> str:
    return f"FAK/{found[1]}/{found[2]}/{found[3]}/{found[4]}"


def _paper(found: re.Match[str]) -> str | None:
    """Return the number of a paper; `m/3`, `ul/12` and other short forms are none."""
    return (
        found[0].upper() if len(_digits(found[0])) >= 2 and not found[0].startswith(("m3/", "ul")) else None
    )


def _no_act(found: re.Match[str]) -> bool:
    """Tell whether `2016/88431` is a season, or a meter's number: `wodomierza głównego nr 2017/88431`."""
    return bool(_SEASON.fullmatch(found[0]) or _OF_METER.search(found.string[: found.start()][-40:]))


def _phone(found: re.Match[str]) -> str | None:
    return _national(_digits(found[0])) or None


def _national(digits: str) -> str:
    """Return nine national digits without country code and the old trunk 0; empty if not nine."""
    digits = digits.removeprefix("0048")
    if len(digits) == 11:
        digits = digits.removeprefix("48")
    if len(digits) == 10:
        digits = digits.removeprefix("0")
    return digits if len(digits) == 9 and digits[0] != "0" else ""


def _postal(found: re.Match[str]) -> str:
    return found[0]


def _pipe(found: re.Match[str]) -> str | None:
    """Return no value of a pipe's size; a flat behind a street is none: `Wrzosowa 1/2`."""
    head = max(0, found.start() - _STREET_REACH)
    return None if found[0].isascii() and _STREET.search(found.string, head, found.start()) else ""


def _digits(text: str) -> str:
    return "".join(char for char in text if "0" <= char <= "9")
