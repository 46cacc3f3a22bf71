"""Requests of the sample town's cast: every kind of thing that a queue shows, taken in by the real doors.

Only where there is staff to take them in and to decide about them. The same town on the same day has
the same requests.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.clock import office_day
from db.faults import told_plainly
from db.models import Client, Meter, Reading, Staff
from db.office import House, Office
from db.operations.complaints import answer_complaint
from db.operations.request_decisions import ask_for_information, decide_request, withdraw_request
from db.operations.requests import submit_request, take_request
from db.queries.staff import COLUMNS, as_member
from db.records.people import Channel, Role, StaffMember
from db.records.requests import (
    FOUR_EYES,
    Attachment,
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RejectReason,
    RequestField,
    RequestKind,
)
from db.sample import numbers

F, K = RequestField, RequestKind
OPENS = time(8, 0, tzinfo=UTC)
"""The first request of a day; the others follow a few minutes apart."""
_APART = timedelta(minutes=7)
_ADDRESS = {F.STREET: "ul. Polna", F.HOUSE: "7", F.FLAT: "3", F.POSTAL_CODE: "99-801", F.TOWN: "Przykładowo"}
_SCAN = Attachment("odpis-aktu.txt", "text/plain", b"Odpis aktu malzenstwa (przyklad).\n")


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """A request of somebody of the cast, and what became of it."""

    age: int
    """Days before today on which it came."""
    client: str
    kind: RequestKind
    values: Mapping[RequestField, str] = field(default_factory=dict)
    channel: Channel = Channel.LETTER
    note: str = ""
    about: ComplaintSubject | None = None
    effective_in: int = 0
    """Days from today on which it takes effect."""
    files: tuple[Attachment, ...] = ()
    fate: str = ""
    """`approve`, `reject`, `withdraw`, `ask`, `take`, `accept` or `deny`; it waits without."""
    fate_age: int = 0


def _cases() -> tuple[_Case, ...]:
    """Return the requests, the oldest first."""
    portal, mail = Channel.EBOK, Channel.EMAIL
    return (
        _Case(40, "123459", K.COMPLAINT, note="Brak wody przez dwa dni.", about=ComplaintSubject.SERVICE,
              fate="accept", fate_age=35),
        _Case(27, "123473", K.PHONE, {F.PHONE: "600 100 273"}, note="Nowy numer, stary wyłączony."),
        _Case(21, "123474", K.PHONE, {F.PHONE: "600 100 274"}, portal, fate="approve", fate_age=20),
        _Case(19, "123464", K.EMAIL, {F.EMAIL: "cz.kepa@example.com"}, fate="reject", fate_age=15,
              note="Adres nieczytelny."),
        _Case(18, "123461", K.MAILING_ADDRESS, _ADDRESS, mail, fate="withdraw", fate_age=16),
        _Case(16, "123459", K.COMPLAINT, channel=mail, note="Zaginęła faktura.",
              about=ComplaintSubject.SERVICE, fate="deny", fate_age=10),
        _Case(12, "123471", K.COMPLAINT, channel=mail, note="Rachunek dwa razy wyższy niż zwykle.",
              about=ComplaintSubject.BILL),
        _Case(8, "123468", K.PHONE, {F.PHONE: "600 100 268"}, portal),
        _Case(7, "123467", K.MAILING_ADDRESS, _ADDRESS | {F.HOUSE: "9"}, effective_in=14, fate="approve",
              fate_age=5, note="Od przyszłego miesiąca."),
        _Case(6, "123462", K.PESEL, {F.PESEL: numbers.pesel(numbers.PERSON_NUMBERS, female=True)},
              note="Kserokopia dowodu okazana w biurze."),
        _Case(5, "1235", K.COMPLAINT, note="Wodomierz w kuchni stoi.", about=ComplaintSubject.METER),
        _Case(4, "123465", K.NAME, {F.LAST_NAME: "Dębska-Wilk"}, note="Po ślubie.", files=(_SCAN,),
              fate="ask", fate_age=3),
        _Case(3, "1234", K.REFUND_ACCOUNT, {F.REFUND_ACCOUNT: "61 1090 1014 0000 0712 1981 2874"}, mail,
              fate="take"),
        _Case(2, "123476", K.MAILING_ADDRESS, _ADDRESS | {F.FLAT: ""}, mail),
        _Case(1, "123475", K.SUPPLY_ADDRESS, {F.HOUSE: "7A"}, portal, note="Nowy numer nadany przez gminę."),
        _Case(1, "123463", K.EMAIL, {F.EMAIL: "stefania.mzyk@example.com"}),
        _Case(1, "123472", K.HANDOVER, {F.NEW_CLIENT: "123470"}, note="Sprzedaż domu, protokół w teczce."),
        _Case(0, "123466", K.SECOND_PARTY, {F.PARTY_LAST_NAME: "Kowalska", F.PARTY_FIRST_NAME: "Irena"}),
    )  # fmt: skip


def request_town(house: House) -> int:
    """Take in the requests of those of the cast who live in the town, and return how many there are.

    None where nobody could take them in and somebody else decide.
    """
    clerk, boss = _staff(house, Role.AGENT), _staff(house, Role.SUPERVISOR)
    if clerk is None or boss is None:
        return 0
    now = house.clock()
    taken: dict[_Case, int] = {}
    steps = sorted(_steps(), key=lambda step: -step[0])
    for place, (age, case, begins) in enumerate(steps):
        at = min(now, datetime.combine(office_day(now) - timedelta(days=age), OPENS) + place * _APART)
        then = dataclasses.replace(house, clock=lambda at=at: at)  # type: ignore[misc]  # bound here
        # what a supervisor has to decide the agent takes in, and the other way round
        takes, ends = (clerk, boss) if case.kind in FOUR_EYES or case.about else (boss, clerk)
        if begins and (new := _new(house, case, at)) is not None:
            taken[case] = then.office(takes).do(submit_request, new).line.id
        elif not begins and case in taken:
            _end(then.office(ends), taken[case], case)
    return len(taken)


def _steps() -> Iterator[tuple[int, _Case, bool]]:
    """Yield each request's age when it comes, and again when something becomes of it."""
    for case in _cases():
        yield case.age, case, True
        if case.fate:
            yield case.fate_age, case, False


def _staff(house: House, role: Role) -> StaffMember | None:
    """Return the first of a role who may work at once."""
    statement = (
        sa.select(*COLUMNS)
        .where(col(Staff.role) == role, col(Staff.active), ~col(Staff.must_change_password))
        .order_by(col(Staff.id))
        .limit(1)
    )
    with told_plainly(), Session(house.database.reader) as session:
        row = session.execute(statement).one_or_none()
    return None if row is None else as_member(row)


def _new(house: House, case: _Case, at: datetime) -> NewRequest | None:
    """Return a request as it is taken in; None when its client does not live in this town."""
    with told_plainly(), Session(house.database.reader) as session:
        if session.scalar(sa.select(col(Client.id)).where(col(Client.number) == case.client)) is None:
            return None
        values = dict(case.values)
        if case.kind is K.HANDOVER:
            values |= _handed_over(session, office_day(at))
    later = timedelta(days=case.age + case.effective_in)
    return NewRequest(
        client_number=case.client,
        kind=case.kind,
        values=values,
        channel=case.channel,
        note=case.note,
        effective_on=office_day(at) + later if case.effective_in else None,
        complaint=ComplaintAbout(case.about) if case.about else None,
        attachments=case.files,
        external_id=f"demo-{case.client}-{case.age}" if case.channel is Channel.EBOK else None,
    )


def _handed_over(session: Session, day: object) -> dict[RequestField, str]:
    """Return the meter of the house that is sold, and a state a little above the last one."""
    meter = "81234582"
    last = (
        sa.select(sa.func.max(col(Reading.state)))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .where(col(Meter.number) == meter)
    )
    state = session.scalar(last) or 0
    return {F.METER: meter, F.HANDOVER_DAY: str(day), F.STATE: str(state + 4)}


def _end(office: Office, key: int, case: _Case) -> None:
    """Let happen to a request what became of it."""
    match case.fate:
        case "approve":
            office.do(decide_request, key, approve=True)
        case "reject":
            office.do(decide_request, key, approve=False, reason=RejectReason.WRONG_DATA, note=case.note)
        case "withdraw":
            office.do(withdraw_request, key, "Klient zostaje przy starym adresie.")
        case "ask":
            office.do(ask_for_information, key, "name_proof")
        case "take":
            office.do(take_request, key)
        case "accept":
            office.do(answer_complaint, key, accept=True, answer="Przepraszamy za przerwę w dostawie.")
        case _:
            office.do(answer_complaint, key, accept=False, answer="Fakturę wysłano w terminie, oto duplikat.")
