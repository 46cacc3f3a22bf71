"""The rows that an erasure empties or removes, table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.models import metadata
from db.records.ebok import EInvoiceState
from db.records.incoming import IncomingState
from db.records.mail import MailState
from db.records.paper import KEPT_KINDS
from db.work import Work

GONE = "(dane usunięte)"
"""What stands for the name of a client whose data was erased."""

_T = metadata.tables
_WAITING = (MailState.QUEUED, MailState.SENDING)
_Values = Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What is done to a table: rows emptied of `values`, or removed when there are none."""

    table: str
    of_client: Callable[[int], sa.ColumnElement[bool]]
    values: _Values = None

    def count(self, session: Session, client_id: int) -> int:
        """Return how many rows there are of the client's."""
        rows = _T[self.table]
        counted = sa.select(sa.func.count()).select_from(rows).where(self.of_client(client_id))
        return session.scalar(counted) or 0

    def erase(self, session: Session, client_id: int) -> None:
        """Empty the rows, or remove them."""
        rows = _T[self.table]
        statement: Any = sa.delete(rows) if self.values is None else sa.update(rows).values(**self.values)
        session.execute(statement.where(self.of_client(client_id)))


def _own(table: str) -> Callable[[int], sa.ColumnElement[bool]]:
    return lambda client_id: _T[table].c.client_id == client_id


def _of_requests(table: str) -> Callable[[int], sa.ColumnElement[bool]]:
    request = _T["request"]

    def condition(client_id: int) -> sa.ColumnElement[bool]:
        own = sa.select(request.c.id).where(request.c.client_id == client_id)
        return _T[table].c.request_id.in_(own)

    return condition


def _tokens(client_id: int) -> sa.ColumnElement[bool]:
    points = sa.select(_T["contact_point"].c.id).where(_T["contact_point"].c.client_id == client_id)
    return _T["email_token"].c.point_id.in_(points)


def _mails(client_id: int) -> sa.ColumnElement[bool]:
    """Mails to the client, and those about their requests and documents."""
    mail = _T["outgoing_message"]

    def about(table: str) -> sa.ColumnElement[bool]:
        own = sa.select(_T[table].c.id).where(_T[table].c.client_id == client_id)
        return mail.c[f"{'document' if table == 'issued_document' else 'request'}_id"].in_(own)

    return sa.or_(mail.c.client_id == client_id, about("request"), about("issued_document"))


def _incoming(client_id: int) -> sa.ColumnElement[bool]:
    """Mails from the client: filed under them, or sent from an address that is nobody else's."""
    mail, point = _T["incoming_message"], _T["contact_point"]
    other = point.alias()
    own = sa.select(point.c.value).where(
        point.c.client_id == client_id,
        point.c.kind == "email",
        ~sa.exists().where(
            other.c.value == point.c.value, other.c.client_id != client_id, other.c.removed_on.is_(None)
        ),
    )
    unfiled = sa.and_(mail.c.client_id.is_(None), mail.c.sender != "", mail.c.sender.in_(own))
    return sa.or_(mail.c.client_id == client_id, unfiled)


def _sources(client_id: int) -> sa.ColumnElement[bool]:
    """Sources of the mails from the client."""
    rows, mail = _T["incoming_source"], _T["incoming_message"]
    own = sa.select(mail.c.id).where(_incoming(client_id))
    return sa.and_(rows.c.message_id.in_(own), sa.func.length(rows.c.raw) > 0)


def _drafts(client_id: int) -> sa.ColumnElement[bool]:
    """Rows of batches still typed that are about the client's meters, or begun with their number."""
    rows, meter, client = (_T[name] for name in ("reading_batch_row", "meter", "client"))
    point, contract = _T["supply_point"], _T["contract"]
    points = (
        sa.select(point.c.id)
        .join(contract, contract.c.id == point.c.contract_id)
        .where(contract.c.client_id == client_id)
    )
    typed = sa.func.replace(rows.c.place, " ", "")
    about = sa.or_(
        rows.c.point_id.in_(points),
        typed.in_(sa.select(client.c.number).where(client.c.id == client_id)),
        typed.in_(sa.select(meter.c.number).where(meter.c.supply_point_id.in_(points))),
    )
    return sa.and_(about, rows.c.note != "")


def erasable_documents(client_id: int) -> sa.ColumnElement[bool]:
    """Documents that prove nothing in the books and are not empty yet."""
    rows = _T["issued_document"]
    kept = [kind.value for kind in KEPT_KINDS]
    return sa.and_(rows.c.client_id == client_id, rows.c.kind.not_in(kept), rows.c.snapshot != "")


def _papers(client_id: int) -> sa.ColumnElement[bool]:
    """Papers of documents whose text was erased."""
    rows, document = _T["document_rendering"], _T["issued_document"]
    empty = sa.select(document.c.id).where(document.c.client_id == client_id, document.c.snapshot == "")
    return sa.and_(rows.c.document_id.in_(empty), sa.func.length(rows.c.pdf) > 0)


EMPTIED_ANSWER: Mapping[str, object] = {
    "address": "",
    "subject": "",
    "body": "",
    "error": None,
    "in_reply_to": None,
}
"""An outgoing message whose text was erased."""
EMPTIED_MAIL: Mapping[str, object] = {
    **dict.fromkeys(("message_id", "sender", "sender_name", "subject", "own_text", "quoted", "note"), ""),
    "files": "[]",
    "troubles": "[]",
    "understood": "{}",
}
"""An incoming message whose text was erased."""
STEPS = (
    Erased("email_token", _tokens),
    Erased("portal_account", _own("portal_account")),
    Erased("request_attachment", _of_requests("request_attachment")),
    Erased("request_item", _of_requests("request_item"), {"old": None, "new": None}),
    Erased("request_step", _of_requests("request_step"), {"note": ""}),
    Erased("request", _own("request"), {"note": ""}),
    Erased("contact", _own("contact"), {"note": ""}),
    Erased("reading_batch_row", _drafts, {"note": ""}),
    Erased(
        "outgoing_message",
        _mails,
        EMPTIED_ANSWER,
    ),
    Erased("incoming_source", _sources, {"raw": b""}),
    Erased("incoming_message", _incoming, EMPTIED_MAIL),
    Erased("issued_document", erasable_documents, {"snapshot": ""}),
    Erased("document_rendering", _papers, {"pdf": b""}),
)
"""In this order: what points at a row before the row, a document before its paper."""


def counted(session: Session, client_id: int) -> tuple[tuple[str, int], ...]:
    """Return how many rows an erasure would touch, by table; papers are those of its documents."""
    found = [(step.table, step.count(session, client_id)) for step in STEPS[:-1]]
    points = _T["contact_point"]
    own = sa.select(sa.func.count()).select_from(points).where(points.c.client_id == client_id)
    return tuple((table, count) for table, count in (*found, ("contact_point", session.scalar(own) or 0)))


def erase_rows(work: Work, client_id: int, kept_address: int | None) -> tuple[int, ...]:
    """Empty and remove everything but the client's own row; return the ids of the documents emptied.

    `kept_address` is the mailing address that the last invoice needs.
    """
    rows, mails = _T["issued_document"], _T["outgoing_message"]
    emptied = sa.select(rows.c.id).where(erasable_documents(client_id)).order_by(rows.c.id)
    documents = tuple(work.session.scalars(emptied))
    waiting = sa.update(mails).where(_mails(client_id), mails.c.state.in_(_WAITING))
    work.session.execute(waiting.values(state=MailState.CANCELLED))
    _withdraw_einvoices(work, client_id)
    _file_mails(work, client_id)
    for step in STEPS:
        step.erase(work.session, client_id)
    points = _T["contact_point"]
    gone = {"value": "", "verified_on": None, "removed_on": work.today}
    work.session.execute(sa.update(points).where(points.c.client_id == client_id).values(**gone))
    _erase_addresses(work.session, client_id, kept_address)
    return documents


def _withdraw_einvoices(work: Work, client_id: int) -> None:
    rows = _T["einvoice"]
    running = sa.and_(rows.c.client_id == client_id, rows.c.state != EInvoiceState.WITHDRAWN)
    values = {"state": EInvoiceState.WITHDRAWN, "withdrawn_from": work.today, "version": rows.c.version + 1}
    work.session.execute(sa.update(rows).where(running).values(**values))


def _file_mails(work: Work, client_id: int) -> None:
    """File the client's mails under them, as their sources can only then be emptied; nothing of it waits."""
    rows = _T["incoming_message"]
    closed = sa.case((rows.c.state == IncomingState.NEW, IncomingState.CLOSED), else_=rows.c.state)
    values = {"client_id": client_id, "state": closed, "version": rows.c.version + 1}
    work.session.execute(sa.update(rows).where(_incoming(client_id)).values(**values))


def _erase_addresses(session: Session, client_id: int, kept_address: int | None) -> None:
    """Remove addresses that are of no supplied property."""
    rows, point = _T["address"], _T["supply_point"]
    supplied = sa.select(point.c.address_id)
    unneeded = sa.and_(rows.c.client_id == client_id, rows.c.id.not_in(supplied))
    if kept_address is not None:
        unneeded = sa.and_(unneeded, rows.c.id != kept_address)
    session.execute(sa.delete(rows).where(unneeded))


def names_of(session: Session, client_id: int) -> Iterator[str]:
    """Yield the words of a client's name as filed."""
    rows = _T["client"]
    named = sa.select(rows.c.last_name, rows.c.first_name, rows.c.company_name).where(rows.c.id == client_id)
    yield from (name for name in session.execute(named).one() if name)
