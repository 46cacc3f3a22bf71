"""The statements that read the copy of a client's data; each is given the client's id as `client`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.models import metadata
from db.records.reading_batch import RowStanding
from db.records.requests import RequestField
from db.rules.masking import mask_email, mask_pesel

_T = metadata.tables
_CLIENT: sa.BindParameter[int] = sa.bindparam("client", type_=sa.Integer)


def of_client(table: str, *names: str, order: str = "id") -> sa.Select[Any]:
    """Rows of a client's in one table, oldest first."""
    rows = _T[table]
    return (
        sa.select(*(rows.c[name] for name in names))
        .where(rows.c.client_id == _CLIENT)
        .order_by(rows.c[order])
    )


def person() -> sa.Select[Any]:
    """The client as filed."""
    names = ("number", "kind", "last_name", "first_name", "company_name", "pesel", "nip", "refund_account")
    return sa.select(*(_T["client"].c[name] for name in names)).where(_T["client"].c.id == _CLIENT)


def addresses() -> sa.Select[Any]:
    """Addresses filed for the client: for letters, of a supply point, or one that served before."""
    rows, client, point = _T["address"], _T["client"], _T["supply_point"]
    names = ("street", "house", "flat", "postal_code", "town")
    mailing = client.c.mailing_address_id.is_not_distinct_from(rows.c.id)
    supplied = sa.exists().where(point.c.address_id == rows.c.id)
    return (
        sa.select(
            sa.case((mailing, "mailing"), (supplied, "supply"), else_="former"),
            *(rows.c[name] for name in names),
        )
        .join(client, client.c.id == rows.c.client_id)
        .where(rows.c.client_id == _CLIENT)
        .order_by(rows.c.id)
    )


def parties() -> sa.Select[Any]:
    """The parties of the client's contracts."""
    party, contract, client = _T["contract_party"], _T["contract"], _T["client"]
    return (
        sa.select(
            contract.c.number,
            party.c.position,
            sa.func.coalesce(party.c.last_name, client.c.last_name, client.c.company_name),
            sa.func.coalesce(party.c.first_name, client.c.first_name),
            sa.func.coalesce(party.c.pesel, client.c.pesel),
            sa.func.coalesce(party.c.client_id == _CLIENT, sa.false()),
        )
        .join(contract, contract.c.id == party.c.contract_id)
        .outerjoin(client, client.c.id == party.c.client_id)
        .where(contract.c.client_id == _CLIENT)
        .order_by(contract.c.id, party.c.position)
    )


def own_pesel_only(row: Sequence[Any]) -> Sequence[Any]:
    """A party, another one's PESEL half hidden."""
    contract, position, last, first, pesel, own = row
    return contract, position, last, first, pesel if own or pesel is None else mask_pesel(pesel)


def at_points(table: str, names: Sequence[str], order: str) -> sa.Select[Any]:
    """Rows of a client's meters: the meter's number, then the columns named."""
    meter, point, contract = _T["meter"], _T["supply_point"], _T["contract"]
    rows = _T[table]
    statement = sa.select(meter.c.number, *(rows.c[name] for name in names)).select_from(meter)
    if table != "meter":
        statement = statement.join(rows, rows.c.meter_id == meter.c.id)
    return (
        statement.join(point, point.c.id == meter.c.supply_point_id)
        .join(contract, contract.c.id == point.c.contract_id)
        .where(contract.c.client_id == _CLIENT)
        .order_by(rows.c[order], rows.c.id)
    )


def incoming() -> sa.Select[Any]:
    """E-mails filed under the client, or under nobody and sent from an address that is theirs alone.

    Last stands whether each came from an address of theirs.
    """
    rows, point = _T["incoming_message"], _T["contact_point"]
    other = point.alias()
    names = ("received_at", "sender", "subject", "intent", "state", "own_text")
    theirs = sa.select(point.c.value).where(point.c.client_id == _CLIENT, point.c.kind == "email")
    shared = sa.exists().where(
        other.c.value == point.c.value, other.c.client_id != _CLIENT, other.c.removed_on.is_(None)
    )
    unfiled = sa.and_(
        rows.c.client_id.is_(None), rows.c.sender != "", rows.c.sender.in_(theirs.where(~shared))
    )
    return (
        sa.select(*(rows.c[name] for name in names), rows.c.sender.in_(theirs))
        .where(sa.or_(rows.c.client_id == _CLIENT, unfiled))
        .order_by(rows.c.id)
    )


def own_sender_only(row: Sequence[Any]) -> Sequence[Any]:
    """An e-mail, another person's address half hidden: who writes about a client need not be one."""
    received, sender, *rest, own = row
    return received, sender if own or not sender else mask_email(sender), *rest


def drafts() -> sa.Select[Any]:
    """Readings of the client's meters that somebody types and has not saved."""
    rows, batch = _T["reading_batch_row"], _T["reading_batch"]
    return (
        sa.select(rows.c.place, rows.c.day, rows.c.state, rows.c.note, batch.c.kept_at)
        .join(batch, batch.c.id == rows.c.batch_id)
        .where(sa.or_(rows.c.point_id.in_(_points()), _typed_as_own(rows.c.place)))
        .order_by(rows.c.batch_id, rows.c.line)
    )


def dropped() -> sa.Select[Any]:
    """Readings of the client's meters that were typed and not saved; those that were are readings."""
    rows = _T["reading_batch_entry"]
    about = sa.or_(_typed_as_own(rows.c.meter), _typed_as_own(rows.c.place))
    return (
        sa.select(rows.c.place, rows.c.day, rows.c.state, rows.c.at)
        .where(about, rows.c.standing == RowStanding.DROPPED)
        .order_by(rows.c.id)
    )


def _points() -> sa.Select[Any]:
    point, contract = _T["supply_point"], _T["contract"]
    return (
        sa.select(point.c.id)
        .join(contract, contract.c.id == point.c.contract_id)
        .where(contract.c.client_id == _CLIENT)
    )


def _typed_as_own(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether somebody typed the client's number, or that of one of their meters."""
    client, meter = _T["client"], _T["meter"]
    typed = sa.func.replace(column, " ", "")
    return sa.or_(
        typed.in_(sa.select(client.c.number).where(client.c.id == _CLIENT)),
        typed.in_(sa.select(meter.c.number).where(meter.c.supply_point_id.in_(_points()))),
    )


def of_request(table: str, *names: str) -> sa.Select[Any]:
    """Rows of the client's requests: the request's number, then the columns named."""
    rows, request = _T[table], _T["request"]
    return (
        sa.select(request.c.number, *(rows.c[name] for name in names))
        .join(request, request.c.id == rows.c.request_id)
        .where(request.c.client_id == _CLIENT)
        .order_by(request.c.id, *rows.primary_key.columns)
    )


def others_hidden(row: Sequence[Any]) -> Sequence[Any]:
    """A changed field, another party's PESEL half hidden."""
    number, name, old, new = row
    if name is RequestField.PARTY_PESEL:
        old, new = (None if value is None else mask_pesel(value) for value in (old, new))
    return number, name, old, new


def attachments() -> sa.Select[Any]:
    """Files that came with requests, without their content."""
    rows, request = _T["request_attachment"], _T["request"]
    size = sa.func.length(rows.c.content)
    return (
        sa.select(request.c.number, rows.c.name, rows.c.media_type, size, rows.c.added_at)
        .join(request, request.c.id == rows.c.request_id)
        .where(request.c.client_id == _CLIENT)
        .order_by(rows.c.id)
    )


def invoices() -> sa.Select[Any]:
    """Invoices and corrections."""
    return of_client("invoice", "number", "kind", "period", "issued_on", "due_on", "gross", "by_email")


def answers() -> sa.Select[Any]:
    """Whether questions were answered rightly, when."""
    return of_client("verification_answer", "at", "question", "correct")


def consents() -> sa.Select[Any]:
    """Consents to e-invoices and withdrawals, with the address of each."""
    consent, einvoice, point = _T["einvoice_consent"], _T["einvoice"], _T["contact_point"]
    return (
        sa.select(consent.c.at, consent.c.given, consent.c.channel, point.c.value, consent.c.text_version)
        .join(einvoice, einvoice.c.id == consent.c.einvoice_id)
        .join(point, point.c.id == consent.c.point_id)
        .where(einvoice.c.client_id == _CLIENT)
        .order_by(consent.c.id)
    )


def account() -> sa.Select[Any]:
    """The account in e-BOK."""
    account, point = _T["portal_account"], _T["contact_point"]
    names = ("registered_at", "confirmed_at", "last_login_at")
    return (
        sa.select(account.c.login, account.c.state, point.c.value, *(account.c[name] for name in names))
        .join(point, point.c.id == account.c.point_id)
        .where(account.c.client_id == _CLIENT)
    )


def deliveries() -> sa.Select[Any]:
    """How documents left the office."""
    rows, document = _T["document_delivery"], _T["issued_document"]
    return (
        sa.select(document.c.number, rows.c.how, rows.c.at)
        .join(document, document.c.id == rows.c.document_id)
        .where(document.c.client_id == _CLIENT)
        .order_by(rows.c.id)
    )
