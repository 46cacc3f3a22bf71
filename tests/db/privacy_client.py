"""A client who left, with something of everything that is kept about people, each value a mark of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from db.billing_run import run_billing
from db.models import metadata
from db.office import House, Office
from db.operations.documents import issue_reading_confirmation, note_rendering
from db.operations.payments import take_payment
from db.operations.request_letters import issue_request_letter
from db.queries.incoming_json import dump_understood
from db.queries.ledger import balance
from db.records.contacts import Outcome, Purpose
from db.records.documents import DocumentKind
from db.records.ebok import EInvoiceState, PortalState
from db.records.incoming import Certainty, IncomingState, MailIntent, MailSource, Understood
from db.records.ledger import DeskPayment
from db.records.mail import MailKind, MailState
from db.records.money import PaymentMethod
from db.records.people import Channel, Role
from db.records.reading_batch import RowStanding
from db.records.requests import ComplaintSubject, RequestEvent, RequestField, RequestKind, RequestState
from db.rules.bank_account import virtual_account
from reports.documents.registry import render
from tests.conftest import START
from tests.db.builders import TODAY, Builder, BuiltClient

NUMBER = "102481"
MARKS = {
    "phone": "+48601777123",
    "email": "kryptonim.zolw@example.com",
    "old_email": "dawny.kryptonim@example.com",
    "pesel": "44051401359",
    "refund_account": virtual_account("10901098", "7777", NUMBER),
    "last_name": "Kryptonimowska",
    "mailing_street": "ul. Potajemna",
    "contact_note": "notatka-Niejawna",
    "request_note": "prosba-Niejawna",
    "item_old": "wartosc-Dawniejsza",
    "item_new": "wartosc-Nowiutka",
    "step_note": "krok-Niejawny",
    "attachment": "zalacznik-Niejawny",
    "attachment_name": "skan-Niejawny.pdf",
    "login": "zolwikowa77",
    "mail_subject": "temat-Niejawny",
    "mail_body": "tresc-Niejawna",
    "token": hashlib.sha256(b"link").hexdigest(),
    "paragraph": "akapit-Niejawny",
    "incoming_text": "list-Niejawny",
    "incoming_raw": "zrodlo-Niejawne",
    "incoming_words": "slowa-Niejawne",
    "batch_note": "wiersz-Niejawny",
}
"""What an erasure takes away, by what it is; the name also stands on the invoices of some."""
PARTY_PESEL = "02070803628"


@dataclass(frozen=True)
class Departed:
    """The client and what was made for them."""

    client: BuiltClient
    office: Office
    """A supervisor's."""
    request_id: int
    documents: tuple[str, ...]
    """Numbers of the papers that are no accounting documents."""


def departed(house: House, build: Builder, *, billed: bool = True, rendered: bool = True) -> Departed:
    """Return a client whose contract ended three weeks ago, and who owes nothing."""
    office = house.office(build.staff(Role.SUPERVISOR))
    name = MARKS["last_name"] if not billed else "Kowalska"
    client = build.client(
        NUMBER, tariff_group_id=build.tariff() if billed else None, last_name=name,
        name_key=name.lower(), ends_on=date(2026, 10, 31), refund_account=MARKS["refund_account"],
    )  # fmt: skip
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    if billed:
        run_billing(office, date(2026, 9, 1))
        run_billing(office, date(2026, 10, 1))
        owed: Decimal = office.read(balance, NUMBER).total
        office.do(take_payment, DeskPayment(NUMBER, owed, PaymentMethod.CASH, submission="s"))
    _kept_about(build, client)
    request_id = _asked(build, client)
    return Departed(client, office, request_id, _papers(office, build, client, request_id, rendered=rendered))


def _kept_about(build: Builder, client: BuiltClient) -> None:
    build.contact_point(client.id, "phone", MARKS["phone"])
    old = build.contact_point(client.id, "email", MARKS["old_email"])
    email = build.contact_point(client.id, "email", MARKS["email"], verified_on=TODAY)
    build.add(
        "contract_party", contract_id=client.contract_id, position=2, last_name="Inna", first_name="Ewa",
        pesel=PARTY_PESEL,
    )  # fmt: skip
    mailing = build.add(
        "address", client_id=client.id, street=MARKS["mailing_street"], house="1", postal_code="43-400",
        town="Przykładowo", street_key="potajemna", number_key="1", town_key="przykladowo",
    )  # fmt: skip
    _set(build, "client", client.id, mailing_address_id=mailing)
    staff = build.staff()
    build.add(
        "contact", client_id=client.id, staff_id=staff.id, channel=Channel.PHONE, started_at=START,
        ended_at=START, purpose=Purpose.BALANCE, outcome=Outcome.SOLVED, note=MARKS["contact_note"],
    )  # fmt: skip
    account = build.add(
        "portal_account", client_id=client.id, login=MARKS["login"], login_key=MARKS["login"], point_id=email,
        state=PortalState.ACTIVE, channel=Channel.EBOK, registered_at=START, wants_einvoice=True, version=1,
    )  # fmt: skip
    build.add(
        "email_token", sha256=MARKS["token"], point_id=email, account_id=account, created_at=START,
        expires_at=START + timedelta(days=2),
    )  # fmt: skip
    einvoice = build.add(
        "einvoice", client_id=client.id, state=EInvoiceState.ACTIVE, point_id=email, requested_at=START,
        active_from=TODAY, version=1,
    )  # fmt: skip
    build.add(
        "einvoice_consent", einvoice_id=einvoice, given=True, at=START, channel=Channel.PHONE, point_id=old,
        text_version="1",
    )  # fmt: skip


def _asked(build: Builder, client: BuiltClient) -> int:
    request_id = build.add(
        "request", number="W/2026/00001", kind=RequestKind.SECOND_PARTY, state=RequestState.REJECTED,
        client_id=client.id, channel=Channel.LETTER, submitted_at=START, verified_level=3, received_on=TODAY,
        deadline=TODAY, note=MARKS["request_note"], version=1,
    )  # fmt: skip
    for field, old, new in (
        (RequestField.PARTY_LAST_NAME, MARKS["item_old"], MARKS["item_new"]),
        (RequestField.PARTY_PESEL, None, PARTY_PESEL),
    ):
        build.add("request_item", request_id=request_id, field=field, old=old, new=new)
    build.add(
        "request_step", request_id=request_id, at=START, event=RequestEvent.REJECT,
        state=RequestState.REJECTED, reason="wrong_data", note=MARKS["step_note"],
    )  # fmt: skip
    content = MARKS["attachment"].encode()
    build.add(
        "request_attachment", request_id=request_id, name=MARKS["attachment_name"], media_type="text/plain",
        content=content, sha256=hashlib.sha256(content).hexdigest(), added_at=START,
    )  # fmt: skip
    complaint = build.add(
        "request", number="W/2026/00002", kind=RequestKind.COMPLAINT, state=RequestState.REJECTED,
        client_id=client.id, channel=Channel.LETTER, submitted_at=START, verified_level=0, received_on=TODAY,
        deadline=TODAY, note="", version=1,
    )  # fmt: skip
    build.add("complaint", request_id=complaint, subject=ComplaintSubject.SERVICE)
    build.add(
        "request_step", request_id=complaint, at=START, event=RequestEvent.REJECT,
        state=RequestState.REJECTED, reason="unfounded", note=MARKS["step_note"],
    )  # fmt: skip
    with build.database.writer.connect() as connection, connection.begin():
        connection.execute(metadata.tables["counter"].insert().values(series="W/2026", value=2))
    build.add(
        "outgoing_message", client_id=client.id, kind=MailKind.REQUEST, state=MailState.SENT,
        address=MARKS["email"], subject=MARKS["mail_subject"], body=MARKS["mail_body"], message_id="<1@x>",
        queued_at=START, next_try_at=START, attempts=1, sent_at=START,
    )  # fmt: skip
    _wrote(build, client)
    _typed(build, client)
    return request_id


def _wrote(build: Builder, client: BuiltClient) -> None:
    """Two mails: one filed under the client, one that is known by its sender's address alone."""
    for at, (client_id, sender) in enumerate(((client.id, "obcy@example.com"), (None, MARKS["email"])), 1):
        key = build.add(
            "incoming_message", content_sha256=f"{at:064d}", message_id=f"<{at}@y>", thread=f"{at:064d}",
            source=MailSource.IMPORT, received_at=START, taken_at=START, written_on=TODAY, sender=sender,
            own_text=MARKS["incoming_text"], intent=MailIntent.QUESTION, state=IncomingState.NEW,
            understood=dump_understood(Understood(MailIntent.OTHER, address=MARKS["incoming_words"])),
            client_id=client_id, version=1,
            certainty=Certainty.UNKNOWN, sender_name="", subject="", quoted="", files="[]", troubles="[]",
            automatic=False, auto=False, note="",
        )  # fmt: skip
        raw = MARKS["incoming_raw"].encode()
        build.add("incoming_source", message_id=key, raw=raw, size=len(raw), sha256="0" * 64)


def _typed(build: Builder, client: BuiltClient) -> None:
    """Rows of a batch that is still typed, by place, by client and by meter, and one that was dropped."""
    staff = build.staff()
    batch = build.add(
        "reading_batch", token="privacy", desk="privacy", staff_id=staff.id, channel=Channel.PHONE, day=TODAY,
        begun_at=START, kept_at=START,
    )  # fmt: skip
    for line, place, point in ((1, "x", client.point_id), (2, "102 481", None), (3, client.meter, None)):
        build.add(
            "reading_batch_row", batch_id=batch, line=line, place=place, state="131", day="2026-10-30",
            note=MARKS["batch_note"], point_id=point, reason="", hold=False, done=True,
        )  # fmt: skip
    build.add(
        "reading_batch_entry", batch_id=batch, line=4, standing=RowStanding.DROPPED, place=NUMBER, meter="",
        state="132", day="2026-10-30", reason="", findings="[]", staff_id=staff.id, at=START,
    )  # fmt: skip


def _papers(
    office: Office, build: Builder, client: BuiltClient, request_id: int, *, rendered: bool
) -> tuple[str, ...]:
    reading = build.reading(client.meter_id, date(2026, 10, 30), 119, 9)
    papers = (
        office.do(issue_reading_confirmation, reading),
        office.do(
            issue_request_letter, request_id, DocumentKind.REQUEST_DECISION, paragraph=MARKS["paragraph"]
        ),
    )
    for view in papers if rendered else ():
        office.do(note_rendering, view.id, render(view.kind, view.snapshot))
    return tuple(view.number for view in papers)


def _set(build: Builder, table: str, key: int, **values: object) -> None:
    rows = metadata.tables[table]
    with build.database.writer.connect() as connection, connection.begin():
        connection.execute(rows.update().where(rows.c.id == key).values(**values))
