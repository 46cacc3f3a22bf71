"""Everything that is always true, asked of the database itself.

One consistent view is read from beginning to end while others go on writing, row by row or in
one statement of the database: memory stays flat however large it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import col

from db import journal, money_laws, schema
from db.cash_laws import check_cash_days
from db.chain_key import fingerprint
from db.errors import BokError, Refused
from db.evidence import contradictions
from db.evidence_terms import changed_terms
from db.faults import sentence_for, told_plainly
from db.migrations import guards
from db.models import AuditEntry, Counter, DocumentRendering, Installation, IssuedDocument, Staff, metadata
from db.network_share import share_of
from db.office import House
from db.operations.erasure import ANONYMISED
from db.reading_laws import broken_readings, broken_rollovers
from db.records.checks import Check, CheckReport
from db.records.documents import DocumentKind
from db.records.people import Role
from db.request_laws import check_requests
from db.words import N_

JOURNAL_CHECKS = ("journal_key", "access_log", "audit_log")
Law = Callable[["_Place"], None]
"""Returns when all is well; raises Refused, saying what is wrong."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What a law looks at."""

    house: House
    session: Session
    outside: dict[str, journal.Head]

    @property
    def dialect(self) -> str:
        return self.house.database.dialect


def check_database(house: House) -> CheckReport:
    """Return what is true and what is not; changes nothing.

    Raises DatabaseUnavailable when the database cannot be reached at all.
    """
    # Noted before the view is opened: whatever was noted then stands in the view.
    outside = house.heads.read() if house.heads is not None else {}
    engine = house.database.reader
    if house.database.dialect == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with told_plainly(), Session(engine) as session:
        place = _Place(house, session, outside)
        return CheckReport(tuple(_asked(name, law, place) for name, law in _laws(place.dialect)))


def _laws(dialect: str) -> Iterator[tuple[str, Law]]:
    yield "schema", _schema
    if dialect == "sqlite":
        yield "integrity", _integrity
        yield "references", _references
        yield "files", _files
    yield "guards", _guards
    yield "journal_key", _journal_key
    yield "access_log", _whole(journal.ACCESS)
    yield "audit_log", _whole(journal.AUDIT)
    yield "administrator", _administrator
    yield "consumption", _consumption
    yield "rollover", _rollover
    yield "numbering", _numbering
    yield "documents", _documents
    yield "ledger", _of_session(money_laws.check_ledger)
    yield "balances", _of_session(money_laws.check_balances)
    yield "cash", _of_session(check_cash_days)
    yield "invoice_numbers", _of_session(money_laws.check_invoice_numbers)
    yield "invoices", _of_session(money_laws.check_invoices)
    yield "requests", _of_session(check_requests)
    yield "evidence", _evidence
    yield "search", _search


def _asked(name: str, law: Law, place: _Place) -> Check:
    try:
        law(place)
    except BokError as error:
        return Check(name, False, error.message, error.params)
    except DBAPIError as error:
        place.session.rollback()
        plain = sentence_for(error)
        if plain is None:
            raise
        return Check(name, False, plain.message, plain.params)
    return Check(name, True)


def _schema(place: _Place) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (kind in ("table", "index") and (name or "").startswith("search_"))

    schema.overlook_ending_index()
    options = {"include_object": ours, "compare_type": True}
    context = MigrationContext.configure(place.session.connection(), opts=options)
    found = context.get_current_revision()
    if found != schema.HEAD:
        raise Refused(N_("The schema is %(found)s instead of %(needed)s."), found=found, needed=schema.HEAD)
    if differences := compare_metadata(context, metadata):
        raise Refused(
            N_("The tables differ from the program's in %(count)s places. Details of the first: %(first)s"),
            count=len(differences),
            first=str(differences[0])[:200],
        )


def _integrity(place: _Place) -> None:
    found = place.session.connection().exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
    if list(found) != ["ok"]:
        raise Refused(
            N_("The database file is damaged. Details, in SQLite's own words: %(what)s"),
            what="; ".join(found)[:300],
        )


def _references(place: _Place) -> None:
    row = place.session.connection().exec_driver_sql("PRAGMA foreign_key_check").first()
    if row is not None:
        raise Refused(
            N_("A row of %(table)s (%(row)s) points at a row of %(parent)s that is not there."),
            table=row[0],
            row=str(row[1]),
            parent=row[2],
        )


def _files(place: _Place) -> None:
    path = Path(str(place.house.database.url.database))
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        if os.name == "posix" and file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise Refused(N_("%(file)s is readable by others; run: chmod 600 %(file)s"), file=file)
    if kind := share_of(path.absolute()):
        raise Refused(N_("The database lies on a network share (%(kind)s): use PostgreSQL there."), kind=kind)


def _guards(place: _Place) -> None:
    if unsound := guards.unsound(place.session.connection()):
        raise Refused(
            N_("Guards of append-only tables are missing or void: %(names)s. Type: bok db upgrade"),
            names=", ".join(unsound),
        )


def _journal_key(place: _Place) -> None:
    known = place.session.scalar(sa.select(col(Installation.key_fingerprint)))
    if known != fingerprint(place.house.key):
        raise Refused(N_("This desk's journal key is not the one that the database was made with."))


def _whole(log: str) -> Law:
    def law(place: _Place) -> None:
        broken = journal.broken_entry(place.session, log, place.house.key, place.outside.get(log))
        if broken is not None:
            raise broken

    return law


def _administrator(place: _Place) -> None:
    statement = sa.select(col(Staff.id)).where(col(Staff.role) == Role.ADMIN, col(Staff.active).is_(True))
    demo = sa.select(col(Installation.demo))
    if place.session.scalar(statement.limit(1)) is None and not place.session.scalar(demo):
        raise Refused(N_("There is no active administrator."))


def _consumption(place: _Place) -> None:
    _refuse_readings(place.session, broken_readings())


def _rollover(place: _Place) -> None:
    _refuse_readings(place.session, broken_rollovers())


def _refuse_readings(session: Session, broken: sa.Select[int | None]) -> None:
    rows = session.scalars(broken.limit(4)).all()
    if rows:
        shown = ", ".join(str(row) for row in rows[:3]) + (" ..." if len(rows) > 3 else "")
        raise Refused(N_("Readings that cannot be: %(rows)s."), rows=shown)


def _numbering(place: _Place) -> None:
    serial = col(IssuedDocument.serial)
    numbers = sa.select(
        col(IssuedDocument.kind), sa.func.count(), sa.func.min(serial), sa.func.max(serial)
    ).group_by(col(IssuedDocument.kind))
    found = {kind: tuple(row) for kind, *row in place.session.execute(numbers)}
    counters = sa.select(col(Counter.series), col(Counter.value))
    given = {row.series: row.value for row in place.session.execute(counters)}
    for kind in DocumentKind:
        count, first, last = found.get(kind.value, (0, 1, 0))
        counter = given.get(kind.value, 0)
        if (first, last, counter) != (1, count, count):
            raise Refused(
                N_("Documents %(kind)s: %(count)s, numbered %(first)s to %(last)s, counter %(counter)s."),
                kind=kind.value,
                count=count,
                first=first,
                last=last,
                counter=counter,
            )


def _documents(place: _Place) -> None:
    statement = sa.select(
        col(IssuedDocument.id),
        col(IssuedDocument.number),
        col(IssuedDocument.snapshot),
        col(IssuedDocument.snapshot_sha256),
    ).execution_options(yield_per=500)
    erased = _erased_documents(place.session)
    with place.session.execute(statement) as documents:
        for row in documents:
            if row.snapshot == "" and row.id in erased:
                continue
            if hashlib.sha256(row.snapshot.encode()).hexdigest() != row.snapshot_sha256:
                raise Refused(N_("The document %(number)s is not what was issued."), number=row.number)
    papers = (
        sa.select(
            col(IssuedDocument.id),
            col(IssuedDocument.number),
            col(DocumentRendering.pdf),
            col(DocumentRendering.pdf_sha256),
        )
        .join(DocumentRendering, col(DocumentRendering.document_id) == col(IssuedDocument.id))
        .execution_options(yield_per=20)
    )
    with place.session.execute(papers) as found:
        for paper in found:
            if paper.pdf == b"" and paper.id in erased:
                continue
            if hashlib.sha256(paper.pdf).hexdigest() != paper.pdf_sha256:
                raise Refused(N_("The paper of %(number)s is not the one handed out."), number=paper.number)


def _erased_documents(session: Session) -> set[int]:
    """Return the documents of which the journal says that their text was erased (Art. 17 GDPR)."""
    statement = sa.select(col(AuditEntry.after)).where(col(AuditEntry.action) == ANONYMISED)
    return {
        int(key) for after in session.scalars(statement) for key in json.loads(after or "{}")["documents"]
    }


def _of_session(law: Callable[[Session], None]) -> Law:
    return lambda place: law(place.session)


def _evidence(place: _Place) -> None:
    found = list(islice(contradictions(place.session), 4))
    if found:
        # `reading 12` and `document P/2026/000118`: which is which shows without the word
        payments = all(subject.startswith("payment ") for subject in found)
        shown = ", ".join(subject.partition(" ")[2] for subject in found[:3])
        raise Refused(
            N_("Payments that are not what the journal says was booked: %(rows)s.")
            if payments
            else N_("Readings or documents that are not what the journal says was recorded: %(rows)s."),
            rows=shown + (" ..." if len(found) > 3 else ""),
        )
    terms = list(islice(changed_terms(place.session), 4))
    if terms:
        raise Refused(
            N_("Prices or rates of interest that are not what the journal says was added: %(rows)s."),
            rows=", ".join(terms[:3]) + (" ..." if len(terms) > 3 else ""),
        )


def _search(place: _Place) -> None:
    from db.search import check_index

    if (wrong := check_index(place.session)) is not None:
        raise wrong
