"""The letter that confirms a meter reading (potwierdzenie przyjęcia odczytu wodomierza)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from db.records.clients import MeterRole
from db.records.documents import ReadingConfirmation, to_json
from db.records.people import Channel
from db.records.readings import ReadingStatus
from reports.documents.glyphs import REPLACEMENT
from reports.documents.letterhead import write_letterhead
from reports.documents.page import HAIRLINE, LEFT, PAGE_WIDTH, RIGHT, TINT, WIDTH, Align, Letter, Style
from reports.documents.words import cubic_metres, long_day, number_of_days, short_day, tied

TITLE = "Potwierdzenie przyjęcia odczytu wodomierza"

_HOW: Mapping[Channel, str] = {
    Channel.PHONE: "telefonicznie",
    Channel.EMAIL: "pocztą elektroniczną",
    Channel.IN_PERSON: "osobiście",
    Channel.LETTER: "listownie",
    Channel.EBOK: "przez e-BOK",
    Channel.SMS: "wiadomością SMS",
    Channel.FIELD: "odczyt przedstawiciela Przedsiębiorstwa na miejscu",
    Channel.RADIO: "odczyt zdalny (drogą radiową)",
}
_OUR_OWN = (Channel.FIELD, Channel.RADIO)
_ROLES: Mapping[MeterRole, str] = {MeterRole.MAIN: "główny", MeterRole.GARDEN: "ogrodowy"}
_STATUS: Mapping[ReadingStatus, tuple[str, str | None]] = {
    ReadingStatus.ACCEPTED: ("przyjęty", None),
    ReadingStatus.PENDING: (
        "oczekuje na zatwierdzenie",
        "Odczyt wymaga zatwierdzenia; dopiero po nim zostanie przyjęty do rozliczenia.",
    ),
    ReadingStatus.REJECTED: ("odrzucony", "Odczyt został odrzucony i nie będzie podstawą rozliczenia."),
    ReadingStatus.VOIDED: ("unieważniony", "Odczyt został unieważniony i nie będzie podstawą rozliczenia."),
}

DUTY = (
    "Uprzejmie informujemy, że podawanie stanów wodomierzy poprzez usługę e-BOK, telefonicznie, mailowo "
    "lub osobiście nie zwalnia z obowiązku dopuszczenia przedstawiciela Przedsiębiorstwa "
    "wodociągowo-kanalizacyjnego do pomieszczenia wodomierzowego w celu przeprowadzenia odczytu "
    "i kontroli licznika."
)
"""The Art. 7 clause, in the words the utility publishes."""

RIGHT_OF_ENTRY = (
    "„Art. 7. Osoby reprezentujące przedsiębiorstwo wodociągowo-kanalizacyjne, po okazaniu legitymacji "
    "służbowej i pisemnego upoważnienia, mają prawo wstępu na teren nieruchomości lub do obiektu "
    "budowlanego należących do osób, o których mowa w art. 6 ust. 2 i 4–7, w celu: (…) przeprowadzenia "
    "kontroli urządzenia pomiarowego, wodomierza głównego lub wodomierzy zainstalowanych przy punktach "
    "czerpalnych i dokonania odczytu ich wskazań oraz dokonania badań i pomiarów (…)”."
)


def render(snapshot: ReadingConfirmation) -> bytes:
    """Return the letter as PDF/A-3U; the same snapshot gives the same bytes."""
    digest = hashlib.sha256(to_json(snapshot).encode()).hexdigest()[:16]
    seal = " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
    letter = Letter(
        title=f"{TITLE} {snapshot.number}",
        author=snapshot.letterhead.name,
        created=snapshot.issued_at,
        language=snapshot.language,
        foot=f"{snapshot.number} · klient {snapshot.client_number} · znacznik treści {seal}",
    )
    write_letterhead(letter, snapshot.letterhead)
    _address(letter, snapshot)
    _opening(letter, snapshot)
    _particulars(letter, snapshot)
    _states(letter, snapshot)
    _remarks(letter, snapshot)
    _instruction(letter, snapshot)
    _closing(letter, snapshot)
    return letter.finish()


def _address(letter: Letter, snapshot: ReadingConfirmation) -> None:
    """Place and day, our references on the left, the addressee in the envelope's window."""
    letter.gap(6)
    place = f"{snapshot.letterhead.town}, {long_day(snapshot.issued_on)}"
    letter.say(place, align="R")
    letter.gap(6)
    top = letter.get_y()
    for label, value in (("Nr dokumentu", snapshot.number), ("Nr klienta", snapshot.client_number)):
        letter.say(label, Style.NOTE, width=70)
        letter.say(value, Style.STRONG, width=70)
        letter.gap(1)
    lowest = letter.get_y()
    letter.set_y(top)
    page = letter.page
    column = PAGE_WIDTH - RIGHT - 85
    letter.say(snapshot.client_name, Style.STRONG, x=column, width=85)
    for line in snapshot.mailing_lines:
        letter.say(line, x=column, width=85)
    if letter.page == page:
        letter.set_y(max(lowest, letter.get_y(), 76.0))


def _opening(letter: Letter, snapshot: ReadingConfirmation) -> None:
    letter.gap(6)
    letter.say(TITLE, Style.TITLE)
    letter.gap(3)
    letter.say("Szanowni Państwo,")
    letter.gap(1.5)
    received = long_day(snapshot.received_on or snapshot.issued_on)
    if snapshot.channel in _OUR_OWN:
        sentence = f"potwierdzamy zarejestrowanie odczytu wodomierza w dniu {received}"
    else:
        how = _HOW[snapshot.channel]
        sentence = f"potwierdzamy przyjęcie odczytu wodomierza podanego {how} w dniu {received}"
    letter.say(tied(sentence))
    letter.gap(4)


def _particulars(letter: Letter, snapshot: ReadingConfirmation) -> None:
    meter = f"nr {snapshot.meter}, {_ROLES[snapshot.role]}, liczydło {snapshot.digits}-cyfrowe"
    rows = [
        ("Punkt poboru wody", snapshot.supply_point),
        ("Wodomierz", meter),
        ("Sposób podania", _HOW[snapshot.channel]),
        ("Zawiadomienie odczytywacza", f"nr {snapshot.notice}" if snapshot.notice else "brak"),
        ("Uzasadnienie", snapshot.reason),
        ("Pracownik przyjmujący", snapshot.agent),
        ("Status odczytu", _STATUS[snapshot.status][0]),
    ]
    letter.rule(letter.get_y())
    for label, value in rows:
        if value:
            _particular(letter, label, value)
    letter.gap(5)


def _particular(letter: Letter, label: str, value: str) -> None:
    """One labelled line; a long value wraps and may go on overleaf."""
    offset = 55.0
    letter.keep_together(letter.height_of(value, Style.BODY, WIDTH - offset) + 2)
    top = letter.get_y() + 0.8
    letter.set_y(top)
    letter.say(label, Style.LABEL, width=offset)
    letter.set_y(top)
    letter.say(value, x=LEFT + offset, width=WIDTH - offset)
    letter.rule(letter.get_y() + 0.8)
    letter.gap(0.8)


def _states(letter: Letter, snapshot: ReadingConfirmation) -> None:
    """The figures: previous state, the state given, what was used between."""
    letter.keep_together(32)
    _figures(letter, ("Odczyt", "Dzień", "Stan wodomierza"), Style.HEADING, tinted=True)
    if snapshot.previous_state is not None and snapshot.previous_day is not None:
        before = (short_day(snapshot.previous_day), cubic_metres(snapshot.previous_state))
        _figures(letter, ("Poprzedni", *before), Style.BODY)
    _figures(letter, ("Bieżący", short_day(snapshot.day), cubic_metres(snapshot.state)), Style.STRONG)
    if snapshot.consumption is not None:
        period = ""
        if snapshot.previous_day is not None:
            period = number_of_days((snapshot.day - snapshot.previous_day).days)
        _figures(letter, ("Zużycie", period, cubic_metres(snapshot.consumption)), Style.STRONG, tinted=True)
    letter.gap(5)


def _figures(letter: Letter, cells: tuple[str, str, str], style: Style, *, tinted: bool = False) -> None:
    height = 7.0
    widths = (WIDTH * 0.4, WIDTH * 0.25, WIDTH * 0.35)
    aligns: tuple[Align, Align, Align] = ("L", "R", "R")
    top = letter.get_y()
    if tinted:
        letter.set_fill_color(*TINT)
        letter.rect(LEFT, top, WIDTH, height, style="F")
    x = LEFT
    for text, width, align in zip(cells, widths, aligns, strict=True):
        letter.set_y(top + (height - style.value.line) / 2)
        letter.say(text, style, x=x + 2, width=width - 4, align=align)
        x += width
    letter.rule(top + height, HAIRLINE)
    letter.set_y(top + height)


def _remarks(letter: Letter, snapshot: ReadingConfirmation) -> None:
    """What the checks found, and what the status means, when there is something to say."""
    meaning = _STATUS[snapshot.status][1]
    sentences = ([meaning] if meaning else []) + list(snapshot.findings)
    if not sentences:
        return
    letter.keep_together(5 + len(sentences) * Style.BODY.value.line)
    letter.say("Uwagi do odczytu", Style.HEADING)
    for sentence in sentences:
        letter.keep_together(letter.height_of(sentence, Style.BODY, WIDTH - 4))
        top = letter.get_y()
        letter.say("–", width=4)
        letter.set_y(top)
        letter.say(tied(sentence), x=LEFT + 4, width=WIDTH - 4)
    letter.gap(4)


def _instruction(letter: Letter, snapshot: ReadingConfirmation) -> None:
    basis = f"Podstawa prawna: {snapshot.act}: {RIGHT_OF_ENTRY}"
    height = letter.height_of(DUTY, Style.BODY, WIDTH) + letter.height_of(basis, Style.NOTE, WIDTH)
    letter.keep_together(height + 8)
    letter.say("Pouczenie", Style.HEADING)
    letter.say(tied(DUTY))
    letter.gap(1.2)
    letter.say(tied(basis), Style.NOTE)
    letter.gap(4)


def _closing(letter: Letter, snapshot: ReadingConfirmation) -> None:
    head = snapshot.letterhead
    letter.keep_together(32)
    letter.say(
        tied(
            "Prosimy o sprawdzenie powyższych danych. Niezgodności prosimy zgłaszać pod numerem "
            f"telefonu {head.phone} lub na adres {head.email}, podając numer dokumentu."
        )
    )
    letter.gap(5)
    top = letter.get_y()
    letter.say("Dokument wystawiono elektronicznie.", Style.NOTE, width=80)
    letter.say("Nie wymaga podpisu ani pieczęci.", Style.NOTE, width=80)
    if letter.replaced:
        letter.say(f"Znak {REPLACEMENT} zastępuje znak, którego nie można wydrukować.", Style.NOTE, width=80)
    letter.set_y(top)
    column = PAGE_WIDTH - RIGHT - 70
    letter.say("Z poważaniem", x=column, width=70)
    letter.gap(1.5)
    letter.say(snapshot.agent, Style.STRONG, x=column, width=70)
    letter.say("Biuro Obsługi Klienta", x=column, width=70)
