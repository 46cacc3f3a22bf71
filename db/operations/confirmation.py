"""What the confirmation of a reading says, taken from the tables once and for all."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_day
from db.models import AddressRow, Client, Reading, ReadingNotice, SupplyPoint
from db.queries.reading_context import load_context
from db.queries.reading_rows import ReadingRow, use_since
from db.queries.rows import into
from db.queries.supply import FoundMeter, address_columns, name_columns
from db.queries.utility import utility_on_letters
from db.records.clients import Address
from db.records.documents import Letterhead, ReadingConfirmation
from db.records.readings import ReadingStatus
from db.records.utility import UtilityParticulars
from db.rules.identifiers import format_phone
from db.rules.reading_checks import ReadingCheck, ReadingEntry, ReasonCode, check_reading
from db.work import Work

_REASONS: Mapping[ReasonCode, str] = {
    ReasonCode.RECHECKED: "stan sprawdzony ponownie przez klienta",
    ReasonCode.PHOTO_SEEN: "stan potwierdzony zdjęciem wodomierza",
    ReasonCode.PROPERTY_SALE: "sprzedaż nieruchomości",
    ReasonCode.COMPLAINT: "reklamacja",
    ReasonCode.ESTIMATE_CORRECTION: "korekta odczytu szacunkowego",
    ReasonCode.LEAK: "wyciek",
    ReasonCode.LONG_ABSENCE: "dłuższa nieobecność",
    ReasonCode.MORE_USE: "większe zużycie",
    ReasonCode.OTHER: "inny powód podany przez klienta",
}
"""How the letter, which is written in Polish, names each reason."""


def confirmation_of(work: Work, found: FoundMeter, row: ReadingRow) -> ReadingConfirmation:
    """Return what the letter says of a reading today; its number is still to come.

    What the checks told the agent stays inside the office.
    """
    loaded = load_context(
        work.session, found, today=work.today, policy=work.policy, day=row.day, without=row.id
    )
    check = check_reading(ReadingEntry(row.state, row.day, row.channel), loaded.context)
    meter = loaded.context.meter
    supplied, mailing, name, notice = _addressee(work, found, row)
    return ReadingConfirmation(
        number="",
        issued_on=work.today,
        issued_at=work.now,
        letterhead=letterhead_of(utility_on_letters(work)),
        client_number=found.client_number,
        client_name=name,
        mailing_lines=(mailing.first_line, mailing.second_line),
        supply_point=supplied.line,
        meter=meter.number,
        role=meter.role,
        digits=meter.digits,
        state=row.state,
        day=row.day,
        previous_state=check.previous.state,
        previous_day=check.previous.day,
        consumption=_use(row, check, meter.digits),
        channel=row.channel,
        agent=row.agent or work.actor.name,
        status=ReadingStatus(row.status),
        received_on=office_day(row.recorded_at),
        notice=notice,
        reason=_REASONS[ReasonCode(row.reason)] if row.reason else None,
    )


def _use(row: ReadingRow, check: ReadingCheck, digits: int) -> int | None:
    """Return the m³ that the letter names: for a reading that counts those of card and list."""
    if row.counts:
        return use_since(check.previous.state, row.state, digits)
    return check.consumption if check.consumption >= 0 else None


def letterhead_of(own: UtilityParticulars) -> Letterhead:
    """Return the utility as its letters show it."""
    return Letterhead(
        name=own.name,
        address_lines=(own.street, f"{own.postal_code} {own.town}"),
        town=own.town,
        nip=own.nip,
        regon=own.regon,
        phone=format_phone(own.phone),
        email=own.email,
        krs=own.krs,
    )


def _addressee(work: Work, found: FoundMeter, row: ReadingRow) -> tuple[Address, Address, str, str | None]:
    """Return the supplied and the mailing address, the name as on letters, the notice's number."""
    point = (
        sa.select(*address_columns())
        .join(SupplyPoint, col(SupplyPoint.address_id) == col(AddressRow.id))
        .where(col(SupplyPoint.id) == found.point_id)
    )
    supplied = into(Address, work.session.execute(point).one())
    filed = (
        sa.select(*name_columns(), *address_columns())
        .select_from(Client)
        .outerjoin(AddressRow, col(AddressRow.id) == col(Client.mailing_address_id))
        .where(col(Client.id) == found.client_id)
    )
    last, first, company, *mailing = work.session.execute(filed).one()
    name = company if company is not None else f"{first} {last}"
    notice = (
        sa.select(col(ReadingNotice.number))
        .join(Reading, col(Reading.notice_id) == col(ReadingNotice.id))
        .where(col(Reading.id) == row.id)
    )
    address = supplied if mailing[1] is None else into(Address, mailing)
    return supplied, address, name, work.session.scalar(notice)
