"""What stands below a message and says nothing: a phone's own line, a scanner's note, a lawyer's."""

from __future__ import annotations

import re

from db.rules.text import without_marks

_DEVICE = (
    r"iphone|ipad|telefon|smartfon|tablet|galaxy|samsung|huawei|xiaomi|redmi|poco|motorola|android|outlook"
    r"|poczt|aplikacj|program|yahoo|gmail|mail|urzadzeni|komork|onet|\bwp\b|\bo2\b|interia|proton|windows"
    r"|bluemail|spark|nokia|sony|xperia|\bhtc\b|\blg\b|oppo|realme|honor|phone|mobile|blackberry|pixel"
)
_PROGRAMS_LINE = re.compile(
    rf"\W*(?:(?:wiadomosc (?:zostala )?)?wysl?a(?:ne|no|na|nej)|sent) "
    rf"(?:z|ze|za|przy|przez|od|from|using|via|with|on)\b(?=.{{0,60}}(?:{_DEVICE})).{{0,120}}"
    r"|\W*(?:pobierz|uzyskaj|zainstaluj|get|download) .{0,30}(?:outlook|aplikacj|bluemail"
    r"|spark|yahoo|mail).{0,140}"
    r"|\W*(?:wolny od wirusow|virus-free|nie zawiera wirusow).{0,120}"
    r"|.{0,20}wiadomosc.{0,60}(?:sprawdzona|przeskanowana).{0,40}wirus.{0,160}"
    r"|.{0,10}this e-?mail (?:has been|was) (?:checked|scanned) .{0,160}"
    r"|\W*(?:secured with|wyslane bezpiecznie|sent securely) .{0,120}"
    r"|https?://www\.(?:avast|avg|eset)\.[a-z]{2,3}\S{0,100}"
)
_LAWYERS_LINE = re.compile(
    r"\W*(?:(?:nota prawna|klauzula poufnosci|disclaimer|confidentiality notice)\s*[:!.-].*"
    r"|(?:niniejsza|ta|powyzsza) (?:wiadomosc|korespondencja|e-?mail|przesylka).{0,160}"
    r"(?:poufn|prawnie|wylacznie|tylko dla|adresat\w* |(?:wraz z|oraz) (?:\w+ ){0,3}zalaczni).*"
    r"|(?:tresc|zawartosc|informacje?) (?:zawart\w+ w )?(?:tej|niniejszej)"
    r" (?:wiadomosci|korespondencji|e-?mail).*"
    r"|(?:jesli|jezeli) (?:nie jest(?:es|escie)? |otrzymal).{0,80}(?:adresat|omylk|pomylk|bled).*"
    r"|(?:this|the) (?:e-?mail|message|information|communication).{0,120}"
    r"(?:confidential|intended|privileged).*"
    r"|if you (?:are not the|have received).{0,60}(?:intended|addressee|error|mistake).*"
    r"|administratorem (?:panstwa|pani|pana|twoich|podanych|danych|powierzonych).{0,80}dan.*)"
)
_SINGLE_LINE = re.compile(
    r".{0,60}(?:zanim wydrukujesz|przed wydrukowaniem|czy musisz (?:go |to )?(?:wy)?drukowac"
    r"|before (?:you )?print|consider the environment|pomysl o srodowisku"
    r"|chron srodowisko|dbajmy o srodowisko).*"
    r"|.{0,200}(?:kapital zakladowy|rejestru przedsiebiorcow|\bkrs\b.{0,30}\d{7,10}"
    r"|sad rejonowy.{0,100}(?:krs|wydzial)).*"
)
_PLACEHOLDER = re.compile(
    r"\[(?:cid|image|obraz|inline image)\b[^\]\n]{0,200}\]|<(?:mailto|tel|https?):[^<>\n]{0,500}>",
    re.IGNORECASE,
)
"""What plain text has in place of a picture, or beside a link."""
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash: .*\n)?"
    r"|^-----BEGIN PGP SIGNATURE-----(?s:.*?)(?:-----END PGP SIGNATURE-----|\Z)",
    re.MULTILINE,
)
_LONGEST_LINE = 3000
"""Characters of a line that are looked at; in HTML a paragraph is one."""
_SAYS = re.compile(r"(?=.*\d).*\b(?:stan(?:u|em|y|ie)?\b|licznik|wodomierz|odczyt)")
"""A state, whatever else stands in its line: that is never small print."""
_DELIMITER = re.compile(r"\s*--\s*")
_WORD = re.compile(r"\w")


def without_small_print(text: str) -> str:
    """Return a message without what its writer did not write.

    A signature stays, for the phone number in it; the line `--` above it goes. A lawyer's paragraph
    goes from the line that begins it to the next blank one.
    """
    kept: list[str] = []
    in_notice = False
    for line in _PLACEHOLDER.sub("", _SIGNED.sub("", text)).split("\n"):
        folded = without_marks(line[:_LONGEST_LINE]).casefold()
        if not _WORD.search(line) and not _DELIMITER.fullmatch(line):
            in_notice = in_notice and bool(line.strip())
            kept.append(line)
        elif _SAYS.match(folded):
            kept.append(line)
        elif _DELIMITER.fullmatch(line) or _PROGRAMS_LINE.fullmatch(folded) or _SINGLE_LINE.fullmatch(folded):
            continue
        elif in_notice or _LAWYERS_LINE.fullmatch(folded):
            in_notice = True
        else:
            kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
