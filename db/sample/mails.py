"""The sample town's inbox: a morning's mail, most of it readings, some of it trouble; the same on each day.

Only where there is somebody to look after it. However large the town, there are some dozens of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import cycle, islice

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.clock import office_day
from db.faults import told_plainly
from db.models import Client, ContactPoint, Contract, Meter, ReadingNotice, Staff, SupplyPoint
from db.office import SYSTEM, House
from db.operations.inbox_intake import take_in_mail
from db.queries.notices import is_open, open_on
from db.queries.reading_context import load_context
from db.queries.supply import FoundMeter, display_name, name_columns
from db.records.incoming import ArrivedMail
from db.records.people import Channel, Role
from db.rules.inbox.source import read_source
from db.rules.inbox.understanding import understand
from db.rules.reading_checks import ReadingEntry, check_reading
from db.sample.cast import HERO

FEWEST, MOST = 12, 60
ONE_OF = 100
"""Clients to one message."""
LOOKED_AT = 5_000
"""Clients among whom the writers are found, however large the town."""
STRANGER = "gosc{at}@example.net"
_APART = timedelta(minutes=11)


@dataclass(frozen=True, slots=True)
class _Writer:
    """A client who writes, and a state that their meter may have."""

    number: str
    name: str
    email: str
    meter: str
    state: int
    previous: int


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message of one kind; the places are filled from its writer, and from the next one for `other`."""

    subject: str
    text: str
    own_address: bool = True
    answered: str = ""
    """Older mail below it."""
    photo: bool = False
    automatic: bool = False


_SURE = (
    _Letter("Stan licznika", "Dzień dobry,\n\npodaję stan wodomierza: {state} m3.\n\nPozdrawiam\n{name}"),
    _Letter("odczyt", "{state}"),
    _Letter("Odczyt wody", "Nr klienta {number}, wodomierz {meter}, stan: {state}\nDziękuję, {name}"),
    _Letter("woda", "dzien dobry podaje licznik {state} kubikow z dzisiaj"),
    _Letter(
        "Re: Zawiadomienie o odczycie",
        "Witam, zgodnie z zawiadomieniem stan na dziś to {state},35 m3.",
        answered="Prosimy o podanie stanu wodomierza.",
    ),
)
"""Booked with one key."""
_OTHERS = (
    _Letter("Stan licznika", "Klient {number}, licznik nr {meter}, stan {state}.\n{name}", own_address=False),
    _Letter(
        "Rachunek", "To są jakieś żarty! Rachunek dwa razy wyższy niż zwykle, składam reklamację. {name}"
    ),
    _Letter("Faktura", "Dzień dobry, nie dostałem faktury za zeszły miesiąc. Proszę o kopię. {number}"),
    _Letter("Odczyt", "Proszę zapisać stan {state}. Numer klienta: {other}."),
    _Letter("stan", "Stan licznika {state}0, nr {meter}"),
    _Letter("Podaję stan", "Dzień dobry, stan wodomierza {meter} to {below}."),
    _Letter("licznik", "W załączeniu zdjęcie.", photo=True),
    _Letter("Nowy adres", "Proszę o zmianę adresu do korespondencji na ul. Polna 7/3. Nr klienta {number}."),
    _Letter("e-faktura", "Chcę dostawać faktury mailem. Klient {number}, {name}"),
    _Letter("Pytanie", "Do której jest dziś czynne biuro?", own_address=False),
    _Letter(
        "Nieobecność", "Jestem na urlopie do końca miesiąca, wiadomości odczytam po powrocie.", automatic=True
    ),
    _Letter("Stan wodomierza", "{state}", own_address=False),
)
"""Looked at by somebody."""


def mail_town(house: House) -> int:
    """Take in a morning's mail of the town, and return how many messages there are; none without an agent."""
    with told_plainly(), Session(house.database.reader) as session:
        agents = col(Staff.role) == Role.AGENT, col(Staff.active)
        if session.scalar(sa.select(col(Staff.id)).where(*agents).limit(1)) is None:
            return 0
        clients = session.scalar(sa.select(sa.func.count()).select_from(Client)) or 0
        writers = list(_writers(session, house, min(MOST, max(FEWEST, clients // ONE_OF))))
    if not writers:
        return 0
    arrived = tuple(_arrived(house, writers))
    return house.office(SYSTEM).do(take_in_mail, arrived).new


def _writers(session: Session, house: House, most: int) -> Iterator[_Writer]:
    """Yield clients with a confirmed address and one meter, those with an open notice first."""
    today = office_day(house.clock())
    notice = (
        sa.select(col(ReadingNotice.id))
        .where(col(ReadingNotice.meter_id) == col(Meter.id), col(ReadingNotice.deadline) >= today, is_open())
        .exists()
    )
    own = aliased(Contract)
    meters = (
        sa.select(sa.func.count())
        .select_from(Meter)
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(own, col(own.id) == col(SupplyPoint.contract_id))
        .where(col(own.client_id) == col(Client.id), col(Meter.removed_on).is_(None))
        .correlate(Client)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            col(Client.id), col(Client.number), *name_columns(), col(ContactPoint.value),
            col(Meter.id), col(Meter.number), col(SupplyPoint.id),
        )
        .join(Contract, col(Contract.client_id) == col(Client.id))
        .join(SupplyPoint, col(SupplyPoint.contract_id) == col(Contract.id))
        .join(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
        .join(ContactPoint, col(ContactPoint.client_id) == col(Client.id))
        .where(
            col(ContactPoint.kind) == "email",
            col(ContactPoint.verified_on).is_not(None),
            col(ContactPoint.removed_on).is_(None),
            col(Meter.removed_on).is_(None),
            col(Contract.ends_on).is_(None),
            sa.or_(meters == 1, col(Client.number) == HERO),
            col(Client.id) <= LOOKED_AT,
        )
        .order_by(sa.case((notice, 0), else_=1), col(Client.id), col(Meter.id))
        .limit(most)
    )  # fmt: skip
    for row in session.execute(statement, open_on(today, house.policy)).all():
        key, number, *names, email, meter_id, meter, point_id = row
        name = display_name(*names)
        found = FoundMeter(meter_id, point_id, key, number, name)
        loaded = load_context(session, found, today=today, policy=house.policy, day=today)
        check = check_reading(ReadingEntry(0, today, Channel.EMAIL), loaded.context)
        before, expected = check.previous.state, check.expectation
        use = max(1, (expected.low + expected.high) // 2)
        yield _Writer(number, name, email, meter, before + use, before)


def _arrived(house: House, writers: Sequence[_Writer]) -> Iterator[ArrivedMail]:
    """Yield a message of each writer, two of five to be looked at."""
    sure, others = cycle(_SURE), cycle(_OTHERS)
    letters = (next(others) if at % 5 in (2, 4) else next(sure) for at in range(len(writers)))
    now = house.clock()
    for at, (writer, letter) in enumerate(zip(writers, islice(letters, len(writers)), strict=True)):
        sent = now - (len(writers) - at) * _APART
        raw = _raw(letter, writer, writers[at - 1], at, sent)
        text = read_source(raw)
        yield ArrivedMail(raw, text, understand(text, fallback_day=office_day(now)), received_at=sent)


def _raw(letter: _Letter, writer: _Writer, other: _Writer, at: int, sent: datetime) -> bytes:
    message = EmailMessage()
    message["From"] = writer.email if letter.own_address else STRANGER.format(at=at)
    message["To"] = "biuro@example.com"
    message["Subject"] = letter.subject
    message["Date"] = sent
    message["Message-ID"] = f"<miasto-{at}@example.com>"
    if letter.automatic:
        message["Auto-Submitted"] = "auto-replied"
    filled = letter.text.format(
        number=writer.number,
        name=writer.name,
        meter=writer.meter,
        state=writer.state,
        below=max(0, writer.previous - 3),
        other=other.number,
    )
    below = (
        f"\n\nW dniu {sent:%d.%m.%Y} biuro@example.com pisze:\n> {letter.answered}" if letter.answered else ""
    )
    message.set_content(f"{filled}{below}\n")
    if letter.photo:
        message.add_attachment(
            b"\xff\xd8\xff\xe0 zdjecie", maintype="image", subtype="jpeg", filename="licznik.jpg"
        )
    return message.as_bytes()
