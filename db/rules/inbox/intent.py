"""What the writer of a message wants first."""

from __future__ import annotations

import re

from db.records.incoming import MailIntent

MOST = 4_000
"""Characters that are looked at: who wants something says so early."""

_WANTS: tuple[tuple[MailIntent, float, re.Pattern[str]], ...] = tuple(
    (intent, weight, re.compile(pattern))
    for intent, weight, pattern in (
        (
            MailIntent.COMPLAINT,
            3.0,
            r"\breklam\w{2,10}|\bskarg\w{1,3}|\bskarze\b|\bnie zgadzam sie\b|\bkwestionuj\w{1,3}|\bodwolan\w{1,3}|\bodwoluje\b"
            r"|\bsprzeciw\w{0,3}|\bniezgodn\w{1,5}|\bzawyzon\w{1,4}|\bnie zaplace\b|\bblednie (?:nalicz|wystaw)\w{1,8}|\bskandal\w{0,3}",
        ),
        (
            MailIntent.EINVOICE,
            3.0,
            r"\be ?-? ?faktur\w{0,4}|\befaktur\w{0,3}|\bfaktur\w{0,3} (?:elektroniczn\w{1,3}|(?:droga )?(?:mailow\w{1,3}|e-?mail\w{0,3})|na (?:adres )?(?:e-?)?mail\w{0,2}|w (?:formie|wersji|postaci) (?:elektronicznej|pdf))"
            r"|\belektroniczn\w{1,4} faktur\w{0,3}",
        ),
        (
            MailIntent.INVOICE_COPY,
            3.0,
            r"\bduplikat\w{0,3}|\bkopi\w{1,3} (?:\w{1,12} )?(?:faktur\w{0,3}|rachun\w{1,4})|\b(?:ponown\w{1,3}|jeszcze raz) (?:\w{1,12} )?(?:przesl\w{1,4}|wysl\w{1,4}) faktur\w{0,3}"
            r"|\bnie (?:dostal|otrzymal)\w{1,4} (?:\w{1,12} )?(?:faktur\w{0,3}|rachun\w{1,4})|\bzgubil\w{1,3} (?:\w{1,12} )?(?:faktur\w{0,3}|rachun\w{1,4})|\bprzesla\w{1,3} (?:mi )?(?:ostatni\w{1,3} )?faktur\w{0,3}"
            r"|\bfaktur\w{0,3} (?:zaginel\w|nie dotarl\w)",
        ),
        (
            MailIntent.DATA_CHANGE,
            3.0,
            r"\bzmian\w{1,3} (?:\w{1,14} ){0,2}(?:danych|adresu|nazwiska|numeru|telefonu|konta|wlasciciel\w{1,2}|e-?maila?|odbiorcy|korespondencyjn\w{1,4})|\bzmienil\w{1,4} (?:\w{1,12} ){0,3}(?:adres|numer|nr|nazwisko|telefon|e-?mail|konto)\w{0,2}"
            r"|\bnow(?:y|e|ego|ym) (?:\w{1,18} ){0,2}(?:adres|nr telefonu|numer|telefon|nazwisko|e-?mail|wlasciciel)\w{0,2}|\bprzepisa\w{1,4}|\baktualizacj\w{1,3} danych|\bprosze o aktualizacje|\bprzeprowadzi\w{1,5}|\bsprzeda\w{1,5} (?:dom|mieszkanie|nieruchomosc)\w{0,2}|\bzmieni\w{1,3} (?:\w{1,12} ){0,3}(?:adres|numer|nr|nazwisk|telefon|e-?mail|dan)\w{0,4}",
        ),
        (
            MailIntent.READING,
            2.0,
            r"\b(?:podaj\w{1,3}|przesyl\w{1,4}|zglasz\w{1,4}|przekazuj\w{1,2}|wysyl\w{1,3}|melduj\w{1,3}|spisal\w{0,4}|odczytal\w{0,4}) (?:\S{1,14} ){0,5}(?:stan\w{0,2}|odczyt\w{0,2}|wskazan\w{1,3}|licznik\w{0,3}|wodomierz\w{0,3})"
            r"|\b(?:stan\w{0,2}|odczyt\w{0,2}|wskazan\w{1,3}) (?:\S{1,14} )?(?:licznik\w{0,3}|wodomierz\w{0,3}|wody)\b",
        ),
        (
            MailIntent.QUESTION,
            1.0,
            r"\b(?:czy|kiedy|dlaczego|ile|jak|gdzie|jaki|jaka|jakie|kto) [^.?!\n]{2,160}\?|\bprosze o (?:informacj\w{1,3}|wyjasnien\w{1,3}|odpowiedz|kontakt)|\bmam pytanie|\bpytani\w{1,2}\b|\bchcial\w{1,5} (?:sie )?(?:zapytac|dowiedziec|spytac)|\?",
        ),
    )
)


def intent_of(subject: str, text: str, *, readings: int, automatic: bool) -> MailIntent:
    """Return the intent of a bare text and subject (`flat`), which has `readings` states.

    The wish that is spoken of first counts, in the subject before the text; a question only where
    nothing else is wanted, and a state that is given makes a reading unless another wish comes
    before it. A program's message wants nothing.
    """
    if automatic:
        return MailIntent.OTHER
    whole = f"{subject}\n\n{text[:MOST]}"
    firsts: dict[MailIntent, int] = {}
    for intent, _, pattern in _WANTS:
        found = pattern.search(whole)
        if found:
            firsts[intent] = found.start()
    wished = {intent: at for intent, at in firsts.items() if intent is not MailIntent.QUESTION}
    if readings and MailIntent.READING not in wished:
        wished[MailIntent.READING] = len(subject) + 2
    if MailIntent.READING in wished and not readings and MailIntent.QUESTION in firsts:
        return min(
            (intent for intent in wished if intent is not MailIntent.READING),
            key=wished.__getitem__,
            default=MailIntent.QUESTION,
        )
    if wished:
        return min(wished, key=wished.__getitem__)
    return MailIntent.QUESTION if MailIntent.QUESTION in firsts else MailIntent.OTHER
