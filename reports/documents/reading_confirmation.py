"""The letter that confirms a meter reading (potwierdzenie przyjęcia odczytu wodomierza)."""

from __future__ import annotations

from collections.abc import Mapping

from db.records.clients import MeterRole
from db.records.documents import ReadingConfirmation, to_json
from db.records.people import Channel
from db.records.readings import ReadingStatus
from db.rules.reading_duty import DUTY, RIGHT_OF_ENTRY
from reports.documents.blocks import (
    Block,
    Closing,
    Column,
    Fact,
    Head,
    Paper,
    Paragraph,
    Particulars,
    Row,
    Section,
    Table,
    Title,
)
from reports.documents.printed import printed
from reports.documents.words import cubic_metres, long_day, number_of_days, short_day

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


def paper(snapshot: ReadingConfirmation) -> Paper:
    """Return what the confirmation says."""
    head = snapshot.letterhead
    blocks: list[Block] = [
        Head(
            (("Nr dokumentu", snapshot.number), ("Nr klienta", snapshot.client_number)),
            snapshot.client_name,
            snapshot.mailing_lines,
            f"{head.town}, {long_day(snapshot.issued_on)}",
        ),
        Title(TITLE),
        Paragraph("Szanowni Państwo,"),
        Paragraph(_opening(snapshot)),
        Particulars(_particulars(snapshot)),
        _states(snapshot),
        *_remarks(snapshot),
        Section(
            "Pouczenie",
            (DUTY,),
            dashes=False,
            basis=f"Podstawa prawna: {snapshot.act}: {RIGHT_OF_ENTRY}",
        ),
        Paragraph(
            "Prosimy o sprawdzenie powyższych danych. Niezgodności prosimy zgłaszać pod numerem "
            f"telefonu {head.phone} lub na adres {head.email}, podając numer dokumentu."
        ),
        Closing((snapshot.agent, "Biuro Obsługi Klienta")),
    ]
    return Paper(
        title=f"{TITLE} {snapshot.number}",
        number=snapshot.number,
        client_number=snapshot.client_number,
        letterhead=head,
        created=snapshot.issued_at,
        language=snapshot.language,
        blocks=tuple(blocks),
    )


def render(snapshot: ReadingConfirmation) -> bytes:
    """Return the letter as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(snapshot), to_json(snapshot))


def _opening(snapshot: ReadingConfirmation) -> str:
    received = long_day(snapshot.received_on or snapshot.issued_on)
    if snapshot.channel in _OUR_OWN:
        return f"potwierdzamy zarejestrowanie odczytu wodomierza w dniu {received}"
    how = _HOW[snapshot.channel]
    return f"potwierdzamy przyjęcie odczytu wodomierza podanego {how} w dniu {received}"


def _particulars(snapshot: ReadingConfirmation) -> tuple[Fact, ...]:
    meter = f"nr {snapshot.meter}, {_ROLES[snapshot.role]}, liczydło {snapshot.digits}-cyfrowe"
    rows = (
        ("Punkt poboru wody", snapshot.supply_point),
        ("Wodomierz", meter),
        ("Sposób podania", _HOW[snapshot.channel]),
        ("Zawiadomienie odczytywacza", f"nr {snapshot.notice}" if snapshot.notice else "brak"),
        ("Uzasadnienie", snapshot.reason or ""),
        ("Pracownik przyjmujący", snapshot.agent),
        ("Status odczytu", _STATUS[snapshot.status][0]),
    )
    return tuple((label, value) for label, value in rows if value)


def _states(snapshot: ReadingConfirmation) -> Table:
    """The figures: previous state, the state given, what was used between."""
    rows: list[Row] = []
    if snapshot.previous_state is not None and snapshot.previous_day is not None:
        before = (short_day(snapshot.previous_day), cubic_metres(snapshot.previous_state))
        rows.append(Row(("Poprzedni", *before)))
    rows.append(Row(("Bieżący", short_day(snapshot.day), cubic_metres(snapshot.state))))
    if snapshot.consumption is not None:
        period = ""
        if snapshot.previous_day is not None:
            period = number_of_days((snapshot.day - snapshot.previous_day).days)
        rows.append(Row(("Zużycie", period, cubic_metres(snapshot.consumption)), strong=True))
    columns = (Column("Odczyt", 66), Column("Dzień", 41, "R"), Column("Stan wodomierza", 58, "R"))
    return Table(columns, tuple(rows), roomy=True)


def _remarks(snapshot: ReadingConfirmation) -> tuple[Section, ...]:
    """What the checks found, and what the status means, when there is something to say."""
    meaning = _STATUS[snapshot.status][1]
    sentences = (*((meaning,) if meaning else ()), *snapshot.findings)
    return (Section("Uwagi do odczytu", sentences),) if sentences else ()
