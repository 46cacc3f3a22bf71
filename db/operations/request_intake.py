"""Taking a request in: reading what was asked for, comparing it with the card, filing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.errors import Refused, Stale, WrongInput
from db.models import Client, Complaint, Contact, ContactPoint, Request, RequestItem, TariffGroup
from db.operations.complaint_intake import complaint_about
from db.operations.invoice_issue import take_numbers
from db.operations.request_files import store_file
from db.operations.request_notice import TELL_BY_LETTER, notice_address, send_notice
from db.operations.request_steps import NOTE_LENGTH, log_step, make_step
from db.queries.calendar import holidays_between
from db.queries.client_rows import ClientRow, find_client
from db.queries.request_rows import IS_OPEN, RequestRow, find_request, hold_client, load_items, new_values
from db.queries.request_values import current_values, own_email
from db.queries.rows import insert_row
from db.records.people import Channel
from db.records.requests import (
    FIELD_WORDS,
    FOUR_EYES,
    NewRequest,
    RequestEvent,
    RequestField,
    RequestKind,
    RequestState,
)
from db.refusals import WrongField
from db.rules.complaints import complaint_deadline
from db.rules.months import month_after
from db.rules.request_fields import Change, changes_of, contending_kinds, contends_for, fields_of, read_values
from db.rules.text import clean
from db.rules.working_days import working_days_after
from db.words import N_, Words
from db.work import Work

OLDEST = timedelta(days=366)
FARTHEST = timedelta(days=366)
_OF_POINTS = {RequestKind.PHONE: "phone", RequestKind.EMAIL: "email"}
EXTERNAL_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Intake:
    """Who brings a request, and what they had proved."""

    channel: Channel
    level: int = 0
    submitted_by: int | None = None
    """None for the portal and the program."""
    inverse_of_id: int | None = None


def find_external(work: Work, new: NewRequest) -> RequestRow | None:
    """Return the request that was taken in before under the same external number; None when there is none.

    Raises Refused when that one was another client's, or asked for something else.
    """
    if new.external_id is None:
        return None
    known = work.session.scalar(
        sa.select(col(Request.id)).where(col(Request.external_id) == new.external_id.strip())
    )
    if known is None:
        return None
    row = find_request(work.session, int(known))
    if (row.client_number, row.kind) != (new.client_number.strip(), new.kind):
        raise Refused(
            N_("The number %(external)s was used for another request, %(request)s."),
            external=new.external_id[:EXTERNAL_LENGTH],
            request=row.number,
        )
    return row


def take_in(work: Work, new: NewRequest, intake: Intake) -> RequestRow:
    """File a request that may be taken in, with everything that belongs to it; older ones give way.

    The client is held until the transaction ends. Raises NotFound, WrongField, WrongInput, Refused, Stale
    when another took it in under the same external number meanwhile.
    """
    client = find_client(work.session, new.client_number)
    hold_client(work, client.id)
    client = find_client(work.session, new.client_number)
    if (known := find_external(work, new)) is not None:
        raise Stale(N_("The request %(request)s was taken in just now."), request=known.number)
    read = _read(work, client, new)
    return file_request(work, client, new, _compared(work, client, new, read), intake)


def _read(work: Work, client: ClientRow, new: NewRequest) -> dict[RequestField, str | None]:
    _require_point(work, client.id, new)
    fields = fields_of(new.kind, client.kind)
    read = read_values(new.kind, fields, new.values, today=work.today)
    if new.kind is RequestKind.EINVOICE_ON and read.get(RequestField.EMAIL) is None:
        read[RequestField.EMAIL] = own_email(work.session, client.id, new.point_id)
    if group := read.get(RequestField.TARIFF_GROUP):
        _require_group(work, group)
    return read


def _require_group(work: Work, group: str) -> None:
    """Refuse a tariff group that nobody is billed by, naming those that there are."""
    known = work.session.scalars(sa.select(col(TariffGroup.code)).order_by(col(TariffGroup.code))).all()
    if group not in known:
        raise WrongField(
            RequestField.TARIFF_GROUP,
            N_("There is no tariff group %(group)s; there are: %(known)s."),
            group=group,
            known=", ".join(known) or "-",
        )


def _compared(
    work: Work, client: ClientRow, new: NewRequest, read: dict[RequestField, str | None]
) -> tuple[Change, ...]:
    """Return the fields beside what the card holds now."""
    if new.kind in _OF_POINTS:
        _refuse_twice(work, client.id, new, read)
    old = current_values(work, client.id, new.kind, point_id=new.point_id, wanted=read)
    fields = fields_of(new.kind, client.kind)
    return changes_of(new.kind, fields, read, old, of_point=new.point_id is not None)


def _require_point(work: Work, client_id: int, new: NewRequest) -> None:
    if new.point_id is None:
        return
    known = work.session.scalar(
        sa.select(col(ContactPoint.kind)).where(
            col(ContactPoint.id) == new.point_id,
            col(ContactPoint.client_id) == client_id,
            col(ContactPoint.removed_on).is_(None),
        )
    )
    if known is None or known != _OF_POINTS.get(new.kind, known):
        raise WrongInput(N_("There is no such phone or e-mail address on the card any more; look again."))


def _refuse_twice(work: Work, client_id: int, new: NewRequest, read: dict[RequestField, str | None]) -> None:
    """Refuse to change one phone or address into another that is on the card, too."""
    (field,) = fields_of(new.kind, find_client(work.session, new.client_number).kind)
    statement = sa.select(col(ContactPoint.id)).where(
        col(ContactPoint.client_id) == client_id,
        col(ContactPoint.kind) == _OF_POINTS[new.kind],
        col(ContactPoint.value) == read.get(field),
        col(ContactPoint.removed_on).is_(None),
        col(ContactPoint.id) != (new.point_id or 0),
    )
    if new.point_id is not None and work.session.scalar(statement) is not None:
        raise WrongField(
            field, N_("This one (%(what)s) is on the card already; take the other away instead."),
            what=Words(FIELD_WORDS[field]),
        )  # fmt: skip


def file_request(
    work: Work, client: ClientRow, new: NewRequest, changes: tuple[Change, ...], intake: Intake
) -> RequestRow:
    """Write a request whose fields are known; the client is held. Raises WrongInput, NotFound, Refused."""
    _refuse_erased(work, client, new.kind)
    received = new.received_on or work.today
    if not work.today - OLDEST <= received <= work.today:
        raise WrongInput(N_("A request came today or in the last year, not on %(day)s."), day=received)
    about = complaint_about(work, client, new)
    values = {
        "number": f"W/{work.today.year}/{take_numbers(work, f'W/{work.today.year}', 1):05d}",
        "kind": new.kind,
        "state": RequestState.SUBMITTED,
        "client_id": client.id,
        "channel": intake.channel,
        "contact_id": _contact_id(work, client.id),
        "submitted_at": work.now,
        "submitted_by": intake.submitted_by,
        "verified_level": intake.level,
        "received_on": received,
        "deadline": deadline_of(work, new.kind, received),
        "effective_on": _effective_day(work, new, changes),
        "point_id": new.point_id,
        "note": clean(new.note, NOTE_LENGTH),
        "external_id": None if new.external_id is None else clean(new.external_id, EXTERNAL_LENGTH) or None,
        "inverse_of_id": intake.inverse_of_id,
        "version": 1,
    }
    request_id = insert_row(work.session, Request, values)
    for change in changes:
        insert_row(
            work.session,
            RequestItem,
            {"request_id": request_id, "field": change.field, "old": change.old, "new": change.new},
        )
    if about is not None:
        work.session.execute(sa.insert(Complaint).values(request_id=request_id, **about))
    row = find_request(work.session, request_id)
    told = notice_address(work, row) if new.kind in FOUR_EYES else None
    note = TELL_BY_LETTER if new.kind in FOUR_EYES and told is None else ""
    log_step(work, row, RequestEvent.SUBMIT, RequestState.SUBMITTED, note=note)
    for file in new.attachments:
        store_file(work, row, file)
    _supersede_older(work, row, changes)
    if told is not None:
        send_notice(work, row, told)
    return row


def _refuse_erased(work: Work, client: ClientRow, kind: RequestKind) -> None:
    """Refuse to put data on the card of a client who was erased; a complaint is heard all the same."""
    if kind is RequestKind.COMPLAINT:
        return
    erased = work.session.scalar(sa.select(col(Client.anonymised_on)).where(col(Client.id) == client.id))
    if erased is not None:
        raise Refused(
            N_("The data of client %(client)s was erased on %(day)s."), client=client.number, day=erased
        )


def deadline_of(work: Work, kind: RequestKind, received: date) -> date:
    """Return the last day for a decision: working days for data, calendar days for a complaint."""
    if kind is RequestKind.COMPLAINT:
        return complaint_deadline(received, work.policy.complaint_days)
    days = work.policy.request_days
    until = received + timedelta(days=3 * days + 30)
    return working_days_after(received, days, holidays_between(work.session, received, until))


def _contact_id(work: Work, client_id: int) -> int | None:
    """Return the contact under way, if it is with this client."""
    if work.contact_id is None:
        return None
    return work.session.scalar(
        sa.select(col(Contact.id)).where(
            col(Contact.id) == work.contact_id, col(Contact.client_id) == client_id
        )
    )


def _effective_day(work: Work, new: NewRequest, changes: tuple[Change, ...]) -> date | None:
    """Return the day from which it holds: today, or the later one that was asked for.

    Another tariff group begins with a month unless a day is asked for: bills are easier to read so.
    """
    if new.kind is RequestKind.COMPLAINT:
        return None
    if new.kind is RequestKind.HANDOVER:
        asked = next(change.new for change in changes if change.field is RequestField.HANDOVER_DAY)
        return max(work.today, date.fromisoformat(asked or work.today.isoformat()))
    usual = month_after(work.today) if new.kind is RequestKind.TARIFF_GROUP else work.today
    day = new.effective_on or usual
    if not work.today <= day <= work.today + FARTHEST:
        raise WrongInput(N_("A request takes effect today or within a year, not on %(day)s."), day=day)
    return day


def _supersede_older(work: Work, row: RequestRow, changes: tuple[Change, ...]) -> None:
    """Let the newer request take the place of open ones about the same."""
    about = contends_for(row.kind, row.point_id, {change.field: change.new for change in changes})
    if about is None:
        return
    older = sa.select(col(Request.id)).where(
        IS_OPEN,
        col(Request.client_id) == row.client_id,
        col(Request.id) < row.id,
        col(Request.kind).in_(contending_kinds(row.kind)),
    )
    for key in work.session.scalars(older.order_by(col(Request.id))).all():
        old = find_request(work.session, key or 0)
        items = load_items(work.session, old.id)
        if contends_for(old.kind, old.point_id, new_values(items)) == about:
            make_step(work, old, RequestEvent.SUPERSEDE, superseded_by_id=row.id)
