"""Erasing what the law lets go of a client who has left (Art. 17 GDPR), and the letter that says so."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISOR_ONLY, operation, query
from db.errors import Refused, WrongInput
from db.models import Client, Contract, Invoice, LedgerEntry, Meter, Reading, Request, SupplyPoint
from db.operations.confirmation import letterhead_of
from db.operations.erasure_rows import GONE, counted, erase_rows, names_of
from db.operations.letters import account_of, store_letter
from db.operations.payments import hold_client
from db.queries.client_rows import ClientRow, find_client
from db.queries.mailing import mailing_of_last_invoice, supply_lines
from db.queries.utility import utility_on_letters
from db.records.clients import ClientKind
from db.records.documents import DocumentKind
from db.records.erasure import Erasure, ErasurePlan
from db.records.issued import IssuedDocumentView
from db.records.privacy_letters import ErasureDecision, RetainedPart
from db.records.requests import OPEN_STATES
from db.rules.privacy_text import ERASED, INSTRUCTION
from db.rules.retention import claims_until, tax_records_until
from db.rules.text import fold, polish_key
from db.search import index_client
from db.search.forgetting import forget_words
from db.words import N_
from db.work import Work

ANONYMISED = "client.anonymised"
"""The entry of the journal; it names the documents whose text is gone."""


@query(roles=SUPERVISOR_ONLY, discloses=True)
def erasure_plan(work: Work, client_number: str, *, as_of: date | None = None) -> ErasurePlan:
    """Return what an erasure would take away and what it would leave, changing nothing.

    Raises NotFound, WrongInput and Refused as `anonymise_client` does.
    """
    client = find_client(work.session, client_number)
    _require_erasable(work, client, as_of or work.today)
    work.looked("VIEW", "erasure plan", client_id=client.id)
    return ErasurePlan(client.number, counted(work.session, client.id), _retained(work, client.id))


@operation(roles=SUPERVISOR_ONLY)
def anonymise_client(work: Work, client_number: str, *, as_of: date | None = None) -> Erasure:
    """Erase what the law lets go of a client, judged as of a day (today), and issue the letter about it.

    Phones, e-mails, PESEL, NIP, accounts, notes, requests, mails, letters and the name on file go;
    invoices, payments and readings stay (Art. 17(3)(b) GDPR). On PostgreSQL it needs the role that
    owns the tables. The bytes are gone from the files after `db.scrubbing.scrub`. Raises NotFound,
    WrongInput for a day to come, Refused while a contract runs, money is owed or overpaid, a request
    is open, and when it was done before.
    """
    client = hold_client(work, client_number)
    _require_erasable(work, client, as_of or work.today)
    retained = _retained(work, client.id)
    counts = counted(work.session, client.id)
    names = [fold(name) for name in names_of(work.session, client.id)]
    last_lines = mailing_of_last_invoice(work.session, client.id)
    filed = client.mailing_address
    needed = filed is not None and (filed.first_line, filed.second_line) == last_lines
    _empty_client(work, client, keep_mailing=needed)
    letter = _decision(work, client, last_lines or supply_lines(work.session, client.id), retained)
    kept_address = work.session.scalar(
        sa.select(col(Client.mailing_address_id)).where(col(Client.id) == client.id)
    )
    documents = erase_rows(work, client.id, kept_address)
    index_client(work, client.id)
    forget_words(work.session, names)
    until = max(part.until for part in retained)
    noted = {"documents": list(documents), "letter": letter.number, "until": until.isoformat()}
    work.changed(ANONYMISED, f"client {client.number}", client_id=client.id, after=noted)
    return Erasure(client.number, letter.number, until, counts)


def _require_erasable(work: Work, client: ClientRow, day: date) -> None:
    if day > work.today:
        raise WrongInput(N_("An erasure is judged as of today or a day before, not %(day)s."), day=day)
    before = work.session.scalar(sa.select(col(Client.anonymised_on)).where(col(Client.id) == client.id))
    if before is not None:
        raise Refused(
            N_("The data of client %(client)s was erased on %(day)s."), client=client.number, day=before
        )
    running = sa.select(col(Contract.number)).where(
        col(Contract.client_id) == client.id,
        sa.or_(col(Contract.ends_on).is_(None), col(Contract.ends_on) >= day),
    )
    if (contract := work.session.scalar(running.limit(1))) is not None:
        raise Refused(
            N_("The contract %(contract)s of client %(client)s runs: nothing is erased before it ends."),
            contract=contract,
            client=client.number,
        )
    open_ = sa.select(col(Request.number)).where(
        col(Request.client_id) == client.id, col(Request.state).in_(OPEN_STATES)
    )
    if (request := work.session.scalar(open_.limit(1))) is not None:
        raise Refused(
            N_("The request %(request)s of client %(client)s is open: decide it first."),
            request=request,
            client=client.number,
        )
    _require_settled(work, client)


def _require_settled(work: Work, client: ClientRow) -> None:
    balance, _lines = account_of(work, client, work.today)
    if balance.total > 0:
        raise Refused(
            N_("The client %(client)s owes %(amount)s: the data is needed to claim it (Art. 17(3)(e) GDPR)."),
            client=client.number,
            amount=balance.total,
        )
    if balance.total < 0:
        raise Refused(
            N_("The client %(client)s has overpaid %(amount)s: pay it back first."),
            client=client.number,
            amount=-balance.total,
        )


def _empty_client(work: Work, client: ClientRow, *, keep_mailing: bool) -> None:
    """Take the name and identifiers from the client's row; from then on the guards let erasures pass."""
    business = client.kind is ClientKind.BUSINESS
    name = {"company_name": GONE} if business else {"last_name": GONE, "first_name": ""}
    values: dict[str, object] = {
        **name,
        "name_key": polish_key(GONE),
        "pesel": None,
        "nip": None,
        "refund_account": None,
        "anonymised_on": work.today,
        "version": col(Client.version) + 1,
    }
    if not keep_mailing:
        values["mailing_address_id"] = None
    work.session.execute(sa.update(Client).where(col(Client.id) == client.id).values(**values))


def _decision(
    work: Work, client: ClientRow, lines: tuple[str, ...], retained: tuple[RetainedPart, ...]
) -> IssuedDocumentView:
    head = letterhead_of(utility_on_letters(work))

    def said(number: str) -> ErasureDecision:
        return ErasureDecision(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=head,
            client_number=client.number,
            client_name=client.letter_name,
            mailing_lines=lines,
            erased=ERASED,
            retained=retained,
            instruction=INSTRUCTION,
            agent=work.actor.name,
        )

    return store_letter(work, client, DocumentKind.ERASURE_DECISION, said)


def _retained(work: Work, client_id: int) -> tuple[RetainedPart, ...]:
    """What stays: the books with what they stand on, until the term that the law sets."""
    of_client = col(Invoice.client_id) == client_id
    invoiced = work.session.scalar(sa.select(sa.func.max(col(Invoice.issued_on))).where(of_client))
    booked = work.session.scalar(
        sa.select(sa.func.max(col(LedgerEntry.day))).where(col(LedgerEntry.client_id) == client_id)
    )
    last = max((day for day in (invoiced, booked) if day is not None), default=None)
    until = tax_records_until(last) if last is not None else claims_until(work.today)
    parts = []
    if invoiced is not None:
        law = "art. 86 § 1 i art. 70 § 1 Ordynacji podatkowej"
        parts.append(RetainedPart("Faktury i korekty z nazwą i adresem nabywcy", until, law))
    if booked is not None:
        law = "art. 86 § 1 Ordynacji podatkowej i art. 74 ustawy o rachunkowości"
        parts.append(RetainedPart("Wpłaty, zwroty i rozrachunki", until, law))
    if _has_readings(work, client_id):
        law = "art. 86 § 1 Ordynacji podatkowej"
        parts.append(RetainedPart("Umowy, adres punktu poboru, wodomierze i odczyty", until, law))
    law = "art. 5 ust. 2 i art. 17 ust. 3 lit. e RODO"
    parts.append(RetainedPart("Nr klienta oraz rejestr wglądów i zmian, bez treści danych", until, law))
    parts.append(RetainedPart("To pismo", claims_until(work.today), f"{law}, art. 118 Kodeksu cywilnego"))
    return tuple(parts)


def _has_readings(work: Work, client_id: int) -> bool:
    statement = (
        sa.select(col(Reading.id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Contract.client_id) == client_id)
    )
    return work.session.scalar(statement.limit(1)) is not None
