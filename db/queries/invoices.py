"""Invoices by number: as people name them, and what stands of one after its corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.doors import DESK, SUPERVISORS, query
from db.errors import NotFound, Refused
from db.models import Client, Invoice, InvoiceMeter, IssuedDocument, Meter, Reading, ReadingDecision
from db.queries.billing_facts import superseded
from db.queries.reading_rows import is_accepted
from db.queries.rows import Statement, into
from db.records.billing import MeterState, SettledRow
from db.records.corrections import InvoiceToCorrect
from db.records.documents import DocumentKind, from_json
from db.records.invoices import Bill, Correction, SettledMeter
from db.records.invoices import Invoice as InvoiceSnapshot
from db.rules.grosze import to_zlotys
from db.words import N_
from db.work import Work

MOST_LISTED = 200
SEGMENTS = 5
"""Of an invoice number: letters, period, serial, client, day of issue."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An invoice and the newest paper of its chain: itself, or the last correction of it."""

    id: int
    number: str
    contract_id: int
    period: str
    round: int
    starts_on: date
    ends_on: date
    issued_on: date
    live_id: int
    live_document_id: int
    estimated: bool
    """Whether what stands today is an estimate."""
    voided: bool
    snapshot: InvoiceSnapshot | Correction

    @property
    def bill(self) -> Bill:
        """What is charged today."""
        return self.snapshot.after if isinstance(self.snapshot, Correction) else self.snapshot.bill

    @property
    def meters(self) -> tuple[SettledMeter, ...]:
        """What is settled today."""
        return self.snapshot.meters


@query(roles=DESK)
def invoice_number(work: Work, text: str) -> str:
    """Return the whole number of an invoice or correction of which the last segments are enough.

    `000118/123456/20261122` will do, and so will `123456/20261122` where it is the only one.
    Raises NotFound, and Refused when several end so.
    """
    wanted = text.strip().strip("/").upper()
    statement = sa.select(col(Invoice.number)).order_by(col(Invoice.id).desc())
    parts = wanted.split("/")
    if len(parts) == SEGMENTS:
        found = work.session.scalars(statement.where(col(Invoice.number) == wanted)).all()
    elif len(parts) > 1:
        padded = parts[-2]
        of_client = col(Client.number).in_({padded, padded.lstrip("0")})
        own = statement.join(Client, col(Client.id) == col(Invoice.client_id)).where(of_client)
        found = [number for number in work.session.scalars(own) if _ends_so(number, parts)]
    else:
        found = []
    if not found:
        raise NotFound(N_("There is no invoice %(invoice)s."), invoice=wanted[:40])
    if len(found) > 1:
        raise Refused(
            N_("%(count)s invoices end in %(invoice)s; type more of the number: %(first)s, %(second)s."),
            count=len(found),
            invoice=wanted[:40],
            first=found[0],
            second=found[1],
        )
    return str(found[0])


def _ends_so(number: str, parts: Sequence[str]) -> bool:
    """Tell whether the last segments are `parts`; zeros at their beginning may be left out."""
    own = number.split("/")[-len(parts) :]
    return all(there.lstrip("0") == typed.lstrip("0") for there, typed in zip(own, parts, strict=True))


@query(roles=SUPERVISORS)
def invoices_to_correct(work: Work) -> tuple[InvoiceToCorrect, ...]:
    """Return the invoices that settled a reading which was voided since, at most 200, oldest first."""
    root, chain = aliased(Invoice), aliased(Invoice)
    gross = (
        sa.select(sa.func.sum(sa.type_coerce(col(chain.gross), sa.BigInteger)))
        .where(sa.or_(col(chain.id) == col(root.id), col(chain.corrects_id) == col(root.id)))
        .correlate(root)
        .scalar_subquery()
    )
    voided = sa.select(col(ReadingDecision.reading_id)).where(col(ReadingDecision.kind) == "voided")
    statement = (
        _settled_by(col(root.number), col(Client.number), col(Meter.number), gross.label("gross"))
        .join(root, col(root.id) == sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id)))
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        # few readings were ever voided: the search begins with them, not with all invoices
        .where(col(Reading.id).in_(voided), ~is_accepted())
        .order_by(col(InvoiceMeter.to_day), col(Invoice.id))
        .limit(MOST_LISTED)
    )
    return tuple(
        InvoiceToCorrect(number, client, meter, day, state, to_zlotys(int(gross)))
        for day, state, number, client, meter, gross in work.session.execute(statement)
    )


def _settled_by(*more: Any) -> Statement:
    """Return a statement of readings with the invoice that settled each and stands today."""
    return (
        sa.select(col(Reading.day), col(Reading.state), *more)
        .select_from(Reading)
        .join(
            InvoiceMeter,
            sa.and_(
                col(InvoiceMeter.meter_id) == col(Reading.meter_id),
                col(InvoiceMeter.to_day) == col(Reading.day),
                col(InvoiceMeter.reading_id) == col(Reading.id),
            ),
        )
        .join(Invoice, col(Invoice.id) == col(InvoiceMeter.invoice_id))
        .where(~superseded())
    )


@lru_cache(maxsize=1)
def _settling() -> Statement:
    root = aliased(Invoice)
    return (
        _settled_by(col(root.number))
        .join(root, col(root.id) == sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id)))
        .where(col(Reading.id) == sa.bindparam("reading"))
        .limit(1)
    )


def invoice_settling(session: Session, reading_id: int) -> str | None:
    """Return the number of the invoice that a reading was settled by; None when there is none."""
    row = session.execute(_settling(), {"reading": reading_id}).one_or_none()
    return None if row is None else str(row[2])


def _standing_statement(which: Callable[[type[Invoice]], sa.ColumnElement[bool]]) -> Statement:
    """Return the statement of the invoices that meet a condition, each with its newest paper."""
    root, live, later = aliased(Invoice), aliased(Invoice), aliased(Invoice)
    newest = (
        sa.select(sa.func.max(col(later.id)))
        .where(sa.or_(col(later.id) == col(root.id), col(later.corrects_id) == col(root.id)))
        .correlate(root)
        .scalar_subquery()
    )
    return (
        sa.select(
            col(root.id),
            col(root.number),
            col(root.contract_id),
            col(root.period),
            col(root.round),
            col(root.starts_on),
            col(root.ends_on),
            col(root.issued_on),
            col(live.id),
            col(live.document_id),
            col(live.estimated),
            col(live.voids),
            col(IssuedDocument.kind),
            col(IssuedDocument.snapshot),
        )
        .select_from(root)
        .join(live, col(live.id) == newest)
        .join(IssuedDocument, col(IssuedDocument.id) == col(live.document_id))
        .where(col(root.corrects_id).is_(None), which(root))
        .order_by(col(root.starts_on), col(root.id))
    )


@lru_cache(maxsize=1)
def _one_standing() -> Statement:
    return _standing_statement(lambda root: col(root.id) == sa.bindparam("root"))


@lru_cache(maxsize=1)
def _later_standing() -> Statement:
    def later(root: type[Invoice]) -> sa.ColumnElement[bool]:
        same = col(root.contract_id) == sa.bindparam("contract")
        return sa.and_(same, col(root.starts_on) > sa.bindparam("since", type_=sa.Date))

    return _standing_statement(later)


def find_root(session: Session, number: str) -> tuple[int, int]:
    """Return the ids of the invoice that a number names or corrects, and of its contract; raises NotFound."""
    statement = sa.select(
        sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id)), col(Invoice.contract_id)
    ).where(col(Invoice.number) == number.strip().upper())
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no invoice %(invoice)s."), invoice=number.strip()[:40])
    return int(row[0]), int(row[1])


def load_standing(session: Session, root_id: int) -> Standing:
    """Return what stands today of the invoice with the id `root_id`."""
    return _standing(session.execute(_one_standing(), {"root": root_id}).one())


def load_later(session: Session, standing: Standing) -> Iterator[Standing]:
    """Yield the invoices of the same contract for later days that were not taken back, oldest first."""
    asked = {"contract": standing.contract_id, "since": standing.starts_on}
    for row in session.execute(_later_standing(), asked).all():
        if not (later := _standing(row)).voided:
            yield later


def _standing(row: Sequence[Any]) -> Standing:
    kind, snapshot = row[-2:]
    said = from_json(DocumentKind(kind), snapshot)
    if not isinstance(said, InvoiceSnapshot | Correction):
        raise AssertionError("an invoice's document is an invoice or a correction")
    return into(Standing, (*row[:-2], said))


def load_meters(session: Session, invoice_id: int) -> tuple[SettledRow, ...]:
    """Return what an invoice or correction settled."""
    statement = (
        sa.select(InvoiceMeter, col(Meter.number))
        .join(Meter, col(Meter.id) == col(InvoiceMeter.meter_id))
        .where(col(InvoiceMeter.invoice_id) == invoice_id)
        .order_by(col(InvoiceMeter.id))
    )
    return tuple(
        SettledRow(
            meter_id=row.meter_id,
            number=number,
            role=row.role,
            start=MeterState(row.from_day, row.from_state),
            end=MeterState(row.to_day, row.to_state, reading_id=row.reading_id),
            consumption=row.consumption,
            estimated=row.estimated,
        )
        for row, number in session.execute(statement)
    )
