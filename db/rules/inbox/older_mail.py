"""When the writer asks for a state of older mail: `podtrzymuję stan z poprzedniego maila`."""

from __future__ import annotations

import re

from db.rules.inbox.tokens import Piece, Sort

_MAIL = (
    r"(?:(?:e-?)?mail\w{0,3}|wiadomosc\w{0,2}|korespondencj\w{0,2}|pism\w{0,3}|list\w{0,3}"
    r"|zgloszeni\w{0,2})"
)
_SOMEBODY = (
    r"(?:mam\w|mamusi|tat[yai]|tesci\w{1,4}|rodzic\w{1,4}|babci|dziad\w{1,3}|ojca|matki|zony|meza|syna"
    r"|corki"
    r"|brata|siostry|najemc\w{1,3}|lokator\w{1,3}|wynajm\w{1,6}|dzierzawc\w{1,3}|sasiad\w{1,3}"
    r"|klient\w{1,3}"
    r"|wlasciciel\w{1,3}|pan\w{1,2}|cioci|wujka|mieszkan\w{1,4}|kolegi|kolezanki)\b"
)
_ASKS = re.compile(
    r"\bpodtrzymuj\w{1,3}\b|(?<!nie )\bpotwierdzam\w{0,1}\b|(?<!nie )\bpotwierdzamy\b"
    rf"|\b(?:stan\w{{0,2}}|odczyt\w{{0,2}}|dan\w{{1,3}}|wskazan\w{{1,3}}"
    rf"|wartosc\w{{0,2}})\s(?:\w{{1,14}}\s){{0,4}}?(?:z|ze|w|we)\s(?:\w{{1,14}}\s){{0,2}}?{_MAIL}"
    rf"|\b(?:w|z)\s{_MAIL}\s(?:ponizej|nizej)|\bponizsz\w{{1,3}}\s(?:stan|odczyt|{_MAIL})|\b(?:jak"
    rf"|podan\w|podaje)\s(?:po)?nizej\b"
    r"|\b(?:prosze (?:\w{1,10} ){0,3}?)?(?:przyjmijcie|wpiszcie|wezcie|przyjac|przyjecie|wpisac"
    r"|uwzglednic|uwzglednienie|wziac)\s(?:\S{1,16}\s){0,10}?\(?(?:ponizej|nizej|ponizsz\w{1,3})"
    rf"|\b(?:przesylam|przekazuje|przekazujemy|podaje dalej|wysylam|fyi"
    rf"|w zalaczeniu)\b(?:\W{{1,3}}\w{{1,14}}){{0,3}}?"
    rf"\W{{1,3}}(?:odczyt\w{{0,2}}|stan\w{{0,1}}|{_MAIL}|dane) (?:od )?(?:\w{{1,14}} )?{_SOMEBODY}"
    r"|\b(?:wpisac|przyjac|zapisac|uwzglednic|zaksiegowac|wziac) "
    r"(?:mi )?(?:ten|jej|jego|ich) (?:stan|odczyt)\b"
    rf"|\b(?:przekazuj\w{{1,2}}|przesylam),? (?:to,? )?co (?:\w{{1,4}} )?"
    rf"(?:przys|wys|nades|przes)lal\w{{0,2}} (?:\w{{1,4}} )?{_SOMEBODY}"
    rf"|\bw imieniu (?:\w{{1,14}} )?{_SOMEBODY}"
    rf"|\b(?:ponizej|nizej) (?:\w{{1,12}} ){{0,2}}?{_MAIL} (?:z|ze) (?:odczyt|stan)\w{{1,3}}"
    r"|\bwypelnion\w{1,3} (?:\w{1,10} ){0,2}?(?:ponizej|nizej|druk|druczek|formularz|kupon|ankiet"
    r"|tabel)\w{0,3}\b"
    r"|\b(?:ponizej|nizej) wypelnion\w{1,3}\b"
    r"|\b(?:zapomnial\w{1,3}|uzupelniam|dopisuje|brakowalo)\b[^.\n]{0,40}\b(?:nr|numer\w{0,2}"
    r"|licznik\w{0,2}"
    r"|wodomierz\w{0,2})\b"
    rf"|\b(?:na (?:samym )?(?:dole|dol|koncu)|nizej|w"
    rf"|pod) (?:\w{{1,8}} )?{_MAIL}[^\n]{{0,30}} (?:stoi|jest|macie"
    r"|widnieje|byl)\b|\b(?:tam|ponizej|nizej) (?:stoi|jest podan|macie|jest odczyt|jest stan)"
    r"|\b(?:ten|tamten|ow|tego) (?:stan|odczyt)\w{0,2} (?:\w{1,8} )?(?:przepisa|wpisa|przyja|wzia"
    r"|uwzgled)\w{1,4}"
    rf"|\b(?:stan|odczyt)\w{{0,2}},? (?:ktory|co|jaki) (?:\w{{1,10}} )?(?:podal|przyslal|wyslal"
    rf"|napisal|odczytal)\w{{0,4}}"
    rf" (?:\w{{1,10}} )?{_SOMEBODY}"
    rf"|\b(?:w|z|ze) (?:\w{{1,10}} )?{_MAIL} (?:na (?:samym )?(?:dole|koncu)|nizej|ponizej|pod spodem)\b"
    r"|\b(?:zgadza sie|jest (?:prawidlowy|poprawny|ok|dobry|wlasciwy))\b(?!\?)|\bbez zmian\b"
)
_NOT = re.compile(r"\bnie (?:potwierdz|podtrzym|zgadza)\w{0,4}|\bczy\b[^.\n]{0,80}\?")
_REACH = 16
"""Pieces around a number in which a question about it stands."""
_MARKS = re.compile(r"^[> \t|]{1,40}", re.MULTILINE)


def asks_for_older(text: str) -> bool:
    """Tell whether a bare text asks for the state of the older mail below it."""
    return bool(_ASKS.search(text)) and not _NOT.search(text)


def asked_numbers(pieces: list[Piece]) -> set[str]:
    """Return the numbers of which the older mail asks whether they are right: `czy chodziło o 519?`."""
    found: set[str] = set()
    for at, piece in enumerate(pieces):
        if piece.sort is not Sort.DIGITS or len(piece.plain) < 2:
            continue
        around = pieces[max(0, at - _REACH) : at + _REACH]
        own = [one for one in around if one.sentence == piece.sentence]
        meant = any(one.plain.startswith(("chodzi", "powinn", "prawidlow", "pomyl")) for one in own)
        if meant and any(one.plain == "czy" for one in own) and any(one.is_sign("?") for one in own):
            found.add(piece.plain.lstrip("0"))
    return found


def unmarked(quoted: str) -> str:
    """Return quoted text without the marks at the beginning of its lines."""
    return _MARKS.sub("", quoted)
