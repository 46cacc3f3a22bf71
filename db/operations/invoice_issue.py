"""Issuing invoices: snapshots, numbers without a gap, rows and ledger entries, in one transaction."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from db.bulk import Row, stored_instant, take_ids, write_rows
from db.models.types import LITRES
from db.operations.invoice_mail import InvoiceMail, queue_invoices
from db.queries.billed_parties import BilledParty
from db.records.billing import SettledRow
from db.records.documents import DocumentKind, to_json
from db.records.invoices import Bill, Correction, Invoice
from db.records.money import InvoiceKind, LedgerKind
from db.rules.grosze import to_grosze
from db.work import Work

SERIES = {InvoiceKind.INVOICE: "FAK", InvoiceKind.CORRECTION: "KOR"}
_TAKE = sa.text(
    "INSERT INTO counter (series, value) VALUES (:series, :count)"
    " ON CONFLICT (series) DO UPDATE SET value = counter.value + :count RETURNING value"
)

_DOCUMENT = (
    *("id", "kind", "serial", "number", "client_id", "about_id", "snapshot", "snapshot_sha256"),
    *("issued_at", "staff_id", "contact_id"),
)
_INVOICE = (
    *("id", "number", "kind", "period", "serial", "client_id", "contract_id", "corrects_id", "round"),
    *("starts_on", "ends_on", "issued_on", "due_on", "net", "vat", "gross", "estimated", "voids"),
    *("by_email", "document_id", "run_id"),
)
_LINE = (
    *("invoice_id", "position", "service", "starts_on", "ends_on", "quantity", "price", "net", "vat_rate"),
)
_METER = (
    *("invoice_id", "meter_id", "role", "from_day", "from_state", "to_day", "to_state", "consumption"),
    *("reading_id", "estimated"),
)
_ENTRY = ("client_id", "kind", "day", "due_on", "amount", "invoice_id", "recorded_at")


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice or correction that is computed and not yet numbered."""

    party: BilledParty
    period: str
    """The billing period in its number, `YYYYMM`: the month in which the billed days end."""
    snapshot: Invoice | Correction
    """With an empty number."""
    bill: Bill
    """What is charged; of a correction, the difference."""
    meters: tuple[SettledRow, ...]
    estimated: bool = False
    round: int = 1
    voids: bool = False
    corrects_id: int | None = None
    about_id: int | None = None
    """The document that a correction is about."""

    @property
    def kind(self) -> InvoiceKind:
        """What it is in law."""
        return InvoiceKind.CORRECTION if self.corrects_id is not None else InvoiceKind.INVOICE


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice that has its number."""

    id: int
    document_id: int
    number: str
    snapshot: str
    sha256: str
    by_email: bool = False


def take_numbers(work: Work, series: str, count: int) -> int:
    """Take `count` numbers of a series and return the first; its row stays locked until the commit."""
    last = work.session.execute(_TAKE, {"series": series, "count": count}).scalar_one()
    return int(last) - count + 1


def invoice_number(kind: InvoiceKind, period: str, serial: int, client_number: str, issued_on: date) -> str:
    """Return `FAK/YYYYMM/NNNNNNN/CCCCCC/YYYYMMDD`."""
    return f"{SERIES[kind]}/{period}/{serial:07d}/{client_number:0>6}/{issued_on:%Y%m%d}"


def issue(work: Work, drafts: Sequence[Draft], *, run_id: int | None = None) -> list[Issued]:
    """Number and write `drafts`, all of one kind and period; each leaves an audit entry.

    The numbers are taken last, so that the counters are held as briefly as may be.
    """
    if not drafts:
        return []
    kind, period = drafts[0].kind, drafts[0].period
    if any((draft.kind, draft.period) != (kind, period) for draft in drafts):
        raise ValueError("one kind and one period at a time")
    connection = work.session.connection()
    count = len(drafts)
    document_ids = take_ids(connection, "issued_document", count)
    invoice_ids = take_ids(connection, "invoice", count)
    first_document = take_numbers(work, kind.value, count)
    first = take_numbers(work, f"{SERIES[kind]}/{period}", count)
    issued = []
    rows: dict[str, list[Row]] = {"document": [], "invoice": [], "line": [], "meter": [], "entry": []}
    at = stored_instant(work.now)
    for place, draft in enumerate(drafts):
        serial = first + place
        number = invoice_number(kind, period, serial, draft.party.client_number, work.today)
        text = to_json(dataclasses.replace(draft.snapshot, number=number))
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        by_email = draft.party.goes_by_email(work.today)
        done = Issued(invoice_ids[place], document_ids[place], number, text, sha256, by_email)
        issued.append(done)
        rows["document"].append(_document_row(work, draft, done, first_document + place, at))
        rows["invoice"].append(_invoice_row(work, draft, done, serial, run_id))
        rows["line"] += _line_rows(draft, done.id)
        rows["meter"] += _meter_rows(draft.meters, done.id)
        due = None if draft.bill.gross < 0 else _iso(draft.snapshot.due_on)
        rows["entry"].append(
            (
                *(draft.party.client_id, LedgerKind(kind.value).value, _iso(work.today), due),
                *(to_grosze(draft.bill.gross), done.id, at),
            )
        )
        _note(work, draft, done)
    write_rows(connection, "issued_document", _DOCUMENT, rows["document"])
    write_rows(connection, "invoice", _INVOICE, rows["invoice"])
    write_rows(connection, "invoice_line", _LINE, rows["line"])
    write_rows(connection, "invoice_meter", _METER, rows["meter"])
    write_rows(connection, "ledger_entry", _ENTRY, rows["entry"])
    queue_invoices(
        work, [_mail(draft, done) for draft, done in zip(drafts, issued, strict=True) if done.by_email]
    )
    return issued


def _mail(draft: Draft, done: Issued) -> InvoiceMail:
    return InvoiceMail(
        client_id=draft.party.client_id,
        client_number=draft.party.client_number,
        document_id=done.document_id,
        number=done.number,
        address=draft.party.email or "",
        correction=draft.kind is InvoiceKind.CORRECTION,
        amount=draft.bill.gross,
        due_on=draft.snapshot.due_on,
        account=draft.snapshot.account,
    )


def _document_row(work: Work, draft: Draft, done: Issued, serial: int, at: str) -> Row:
    kind = DocumentKind(draft.kind.value)
    return (
        *(done.document_id, kind.value, serial, done.number, draft.party.client_id, draft.about_id),
        *(done.snapshot, done.sha256, at, work.actor.id or None, work.contact_id),
    )


def _invoice_row(work: Work, draft: Draft, done: Issued, serial: int, run_id: int | None) -> Row:
    snapshot, bill = draft.snapshot, draft.bill
    return (
        *(done.id, done.number, draft.kind.value, draft.period, serial, draft.party.client_id),
        *(draft.party.contract_id, draft.corrects_id, draft.round, _iso(snapshot.starts_on)),
        *(_iso(snapshot.ends_on), _iso(work.today), _iso(snapshot.due_on), to_grosze(bill.net)),
        *(
            to_grosze(bill.vat),
            to_grosze(bill.gross),
            int(draft.estimated),
            int(draft.voids),
            int(done.by_email),
            done.document_id,
            run_id,
        ),
    )


def _line_rows(draft: Draft, invoice_id: int) -> Iterable[Row]:
    for position, line in enumerate(draft.bill.lines, 1):
        yield (
            *(invoice_id, position, line.service.value, _iso(line.starts_on), _iso(line.ends_on)),
            *(_fine(line.quantity), _fine(line.price), to_grosze(line.net), _fine(line.vat_rate)),
        )


def _meter_rows(meters: Iterable[SettledRow], invoice_id: int) -> Iterable[Row]:
    for row in meters:
        yield (
            *(invoice_id, row.meter_id, row.role.value, _iso(row.start.day), row.start.state * LITRES),
            *(_iso(row.end.day), row.end.state * LITRES, row.consumption * LITRES, row.end.reading_id),
            int(row.estimated),
        )


def _note(work: Work, draft: Draft, done: Issued) -> None:
    work.changed(
        "document.issued",
        f"document {done.number}",
        client_id=draft.party.client_id,
        after={
            "kind": draft.kind.value,
            "gross": str(draft.bill.gross),
            "sha256": done.sha256,
            "by_email": done.by_email,
        },
    )


def _fine(value: Decimal) -> int:
    """Return ten-thousandths, as stored."""
    return int(value.scaleb(4))


def _iso(day: date) -> str:
    return day.isoformat()
