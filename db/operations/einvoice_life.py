"""A client's e-invoices: asked for, confirmed, in force, changed, withdrawn; each consent is kept.

Agreed to on a call with a caller verified for changes of data, after the agent has read the address
back, the consent is the confirmation. Through the portal, by letter or e-mail the link that is sent
to the address has to be opened first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.errors import Refused
from db.models import Client, EInvoice, EInvoiceConsent, Request
from db.operations.email_links import address_of, email_point, send_link
from db.operations.outbox import queue_mail
from db.queries.calendar import holidays_after
from db.queries.client_rows import load_points
from db.queries.einvoice import EInvoiceRow, load_einvoice
from db.queries.mail_values import office_values
from db.queries.rows import insert_row
from db.records.consents import consent_text
from db.records.ebok import EInvoiceState
from db.records.mail import MailKind, NewMail
from db.records.people import Channel
from db.records.requests import RequestField
from db.rules.einvoice import EInvoiceEvent, consent_confirms, first_day, moved
from db.rules.mail_texts import Value, mail_text
from db.rules.mail_wording import MailTemplate
from db.words import N_
from db.work import Work

DETOUR = timedelta(days=30)
"""So long after a withdrawal e-invoices are switched on with the address they had."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for something, how, and what they had proved."""

    channel: Channel
    level: int = 0
    staff_id: int | None = None
    contact_id: int | None = None
    request_id: int | None = None


def asked_in(work: Work, request_id: int) -> Asked:
    """Return who asked in a request."""
    statement = sa.select(
        col(Request.channel),
        col(Request.verified_level),
        col(Request.submitted_by),
        col(Request.contact_id),
    ).where(col(Request.id) == request_id)
    channel, level, staff, contact = work.session.execute(statement).one()
    return Asked(channel, level, staff, contact, request_id)


def apply_einvoice_on(
    work: Work,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    point_id: int | None,
) -> None:
    """Do what a request for e-invoices asks. Raises Refused when they are on, or no address is known."""
    switch_on(work, client_id, _point(work, client_id, values, point_id), asked_in(work, request_id))


def apply_einvoice_off(
    work: Work,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    point_id: int | None,
) -> None:
    """Do what a request to stop e-invoices asks; from today on they are paper. Raises Refused."""
    switch_off(work, client_id, asked_in(work, request_id))


def apply_einvoice_email(
    work: Work,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    point_id: int | None,
) -> None:
    """Send the invoices to another address from now on. Raises Refused without e-invoices or address."""
    point = _point(work, client_id, values, point_id)
    change_address(work, client_id, point, asked_in(work, request_id))


def switch_on(work: Work, client_id: int, point_id: int, asked: Asked, *, link: bool = True) -> EInvoiceRow:
    """Take a consent; confirm it at once where it is its own confirmation, else send the link.

    Without `link` another link to the same address confirms it: that of a registration. Raises
    Refused when e-invoices are on already.
    """
    number = _hold_client(work, client_id)
    row = load_einvoice(work.session, client_id)
    state = moved(None if row is None else row.state, EInvoiceEvent.REQUEST)
    agreed = consent_confirms(asked.channel, asked.level)
    if agreed:
        _refuse_detour(work, row, point_id)
    if row is not None and row.state is EInvoiceState.REQUESTED:
        update_einvoice(work, row.id, point_id=point_id)
        einvoice_id = row.id
    else:
        values = {
            "client_id": client_id,
            "state": state,
            "point_id": point_id,
            "requested_at": work.now,
            "request_id": asked.request_id,
            "version": 1,
        }
        einvoice_id = insert_row(work.session, EInvoice, values)
    _consent(work, einvoice_id, point_id, asked)
    _note(work, "einvoice.requested", client_id, number, asked, version=consent_text(work.today).version)
    held = _loaded(work, client_id)
    if agreed:
        confirm(work, client_id, number, held, request_id=asked.request_id)
    if link and (not agreed or held.verified_on is None or held.bounced_on is not None):
        send_link(
            work, client_id=client_id, client_number=number, point_id=point_id, request_id=asked.request_id
        )
    return _loaded(work, client_id)


def _refuse_detour(work: Work, row: EInvoiceRow | None, point_id: int) -> None:
    """Let nobody change the address of e-invoices alone by switching them off and on again."""
    if row is None or row.withdrawn_from is None or row.point_id == point_id:
        return
    if work.today < row.withdrawn_from + DETOUR:
        raise Refused(
            N_(
                "The e-invoices went to another address until %(day)s. Switch them on with that address, then"
                " ask for a change of it: another person approves that."
            ),
            day=row.withdrawn_from,
        )


def confirm(
    work: Work, client_id: int, number: str, row: EInvoiceRow, *, request_id: int | None = None
) -> date:
    """Confirm e-invoices and tell the client from which day; return it. Raises Refused as the table does."""
    state = moved(row.state, EInvoiceEvent.CONFIRM)
    starts = first_day(work.today, holidays_after(work.session, work.today))
    update_einvoice(work, row.id, state=state, confirmed_at=work.now, active_from=starts)
    work.changed("einvoice.confirmed", f"client {number}", client_id=client_id, after={"from": starts})
    _tell(work, MailTemplate.EINVOICE_CONFIRMED, client_id, number, row, starts, request_id)
    return starts


def change_address(work: Work, client_id: int, point_id: int, asked: Asked) -> EInvoiceRow:
    """Send the invoices to another address of the client's; a new one is sent its link."""
    number = _hold_client(work, client_id)
    row = load_einvoice(work.session, client_id)
    state = moved(None if row is None else row.state, EInvoiceEvent.CHANGE_ADDRESS)
    assert row is not None  # noqa: S101 - the table lets no address of nothing be changed
    update_einvoice(work, row.id, state=state, point_id=point_id)
    _consent(work, row.id, point_id, asked)
    _note(work, "einvoice.address_changed", client_id, number, asked)
    held = _loaded(work, client_id)
    if held.verified_on is None or held.bounced_on is not None or state is EInvoiceState.REQUESTED:
        send_link(
            work, client_id=client_id, client_number=number, point_id=point_id, request_id=asked.request_id
        )
    return held


def switch_off(work: Work, client_id: int, asked: Asked) -> EInvoiceRow:
    """Withdraw the consent: invoices issued from today on are paper again. Raises Refused without one."""
    number = _hold_client(work, client_id)
    row = load_einvoice(work.session, client_id)
    state = moved(None if row is None else row.state, EInvoiceEvent.WITHDRAW)
    assert row is not None  # noqa: S101 - as above
    update_einvoice(work, row.id, state=state, withdrawn_from=work.today)
    _consent(work, row.id, row.point_id, asked, given=False)
    _note(work, "einvoice.withdrawn", client_id, number, asked)
    if row.confirmed_at is not None:
        _tell(work, MailTemplate.EINVOICE_WITHDRAWN, client_id, number, row, work.today, asked.request_id)
    return _loaded(work, client_id)


def _point(
    work: Work, client_id: int, values: Mapping[RequestField, str | None], point_id: int | None
) -> int:
    """Return the contact point that is meant: the address typed, the one chosen, else the client's own."""
    if address := values.get(RequestField.EMAIL):
        return email_point(work, client_id, address)
    emails = [point for point in load_points(work.session, client_id) if point.kind == "email"]
    chosen = [point.id for point in emails if point_id in (None, point.id)]
    confirmed = [point.id for point in emails if point.verified_on and point.id in chosen]
    if not chosen:
        raise Refused(N_("There is no e-mail address on file; ask for one and read it back."))
    return (confirmed or chosen)[0]


def _hold_client(work: Work, client_id: int) -> str:
    """Return the client's number; nobody else changes their e-invoices until the transaction ends."""
    held = sa.select(col(Client.number)).where(col(Client.id) == client_id).with_for_update(key_share=True)
    return str(work.session.execute(held).scalar_one())


def _loaded(work: Work, client_id: int) -> EInvoiceRow:
    row = load_einvoice(work.session, client_id)
    assert row is not None  # noqa: S101 - it was written in this transaction
    return row


def update_einvoice(work: Work, einvoice_id: int, **values: object) -> None:
    """Change columns of an e-invoice."""
    work.session.execute(
        sa.update(EInvoice)
        .where(col(EInvoice.id) == einvoice_id)
        .values(version=col(EInvoice.version) + 1, **values)
    )


def _consent(work: Work, einvoice_id: int, point_id: int, asked: Asked, *, given: bool = True) -> None:
    values = {
        "einvoice_id": einvoice_id,
        "given": given,
        "at": work.now,
        "channel": asked.channel,
        "staff_id": asked.staff_id,
        "contact_id": asked.contact_id,
        "point_id": point_id,
        "text_version": consent_text(work.today).version,
    }
    insert_row(work.session, EInvoiceConsent, values)


def _note(work: Work, action: str, client_id: int, number: str, asked: Asked, **more: object) -> None:
    after = {"channel": asked.channel.value, "request": asked.request_id, **more}
    work.changed(action, f"client {number}", client_id=client_id, after=after)


def _tell(
    work: Work,
    template: MailTemplate,
    client_id: int,
    number: str,
    row: EInvoiceRow,
    day: date,
    request_id: int | None,
) -> None:
    """Queue the mail that tells the client from which day on something is so."""
    address = address_of(work, row.point_id)
    values: dict[str, Value] = {"client": number, "effective": day, **office_values(work)}
    if template is MailTemplate.EINVOICE_CONFIRMED:
        values["email"] = address
    subject, body = mail_text(template, **values)
    queue_mail(
        work, NewMail(MailKind.REQUEST, address, subject, body, client_id=client_id, request_id=request_id)
    )
