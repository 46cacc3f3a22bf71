"""T15 on PostgreSQL: a desk's own role works a whole call and cannot rewrite what is append-only."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, ProgrammingError

from db import passwords
from db.billing_run import run_billing
from db.check import check_database
from db.engine import Database, open_database
from db.errors import WrongInput
from db.grants import desk_grants
from db.models import APPEND_ONLY
from db.office import SYSTEM, House
from db.operations.bank_import import import_bank_file
from db.operations.bank_matching import book_line, dismiss_line
from db.operations.complaints import answer_complaint
from db.operations.contacts import answer_question, end_contact, set_contact_channel, start_contact
from db.operations.corrections import correct_invoice
from db.operations.delivery import queue_for_email
from db.operations.documents import issue_reading_confirmation, note_rendering
from db.operations.ebok import lock_account, register_in_ebok, resend_link, unlock_account
from db.operations.einvoice import activate_due, activate_einvoice, withdraw_einvoice
from db.operations.inbox import (
    choose_mail_client,
    close_mail,
    mail_to_request,
    mark_spam,
    reopen_mail,
    take_mail,
)
from db.operations.inbox_answers import answer_mail
from db.operations.inbox_auto import auto_accept_mail, set_auto_accept
from db.operations.inbox_intake import take_in_mail
from db.operations.interest_rates import add_interest_rate
from db.operations.mail_decisions import resend_mail
from db.operations.mail_sending import begin_sending, claim_mail, note_try
from db.operations.payments import refund_overpayment, reverse_payment, take_payment
from db.operations.reading_batch import drop_rows, keep_rows, resume_batch, save_rows
from db.operations.reading_decisions import void_reading
from db.operations.reading_mapping import remember_mapping, remove_mapping
from db.operations.readings import record_reading
from db.operations.request_decisions import (
    ask_for_information,
    decide_request,
    information_came,
    undo_request,
)
from db.operations.request_undo import REVERSIBLE
from db.operations.requests import submit_request, take_request
from db.operations.settlement import bill_contract
from db.operations.staff import add_staff, set_channel
from db.operations.tariffs import add_tariff_group, add_tariff_price, assign_tariff
from db.portal import confirm_email, note_first_login
from db.queries.bank_lines import waiting_lines
from db.queries.clients import client_card
from db.queries.inbox import inbox_message, mail_source
from db.queries.ledger import account_view
from db.records.charges import Service
from db.records.clients import ClientKind
from db.records.contacts import ContactEnd, Outcome
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.ebok import LinkResult, PortalState
from db.records.incoming import IncomingState, MailboxMark, ReplyTemplate
from db.records.ledger import DeskPayment
from db.records.mail import TryResult
from db.records.money import PaymentMethod
from db.records.people import Channel, NewStaff, Role
from db.records.reading_batch import BatchHead, BatchRow
from db.records.requests import (
    Attachment,
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RequestField,
    RequestKind,
)
from db.search import rebuild_index
from db.search.clients import search_clients
from db.sign_in import open_session, resume_session, sign_in
from reports.documents.registry import render
from tests.conftest import KEY, TestClock, house_rules
from tests.db import ebok_desk, mailbag
from tests.db.bank_town import STRANGER, bank_town, file_of, own_accounts, typical
from tests.db.builders import Builder, entry
from tests.db.ebok_desk import billed, links
from tests.db.request_desk import CASES, by_letter, complaint
from tests.one_database import ON_POSTGRES
from tests.rules.bank_samples import Sent

PASSWORD = "zielony rower 7"
DENIED = "permission denied"


@pytest.fixture(params=[True, False], ids=["granted", "without"])
def desk_database(request: pytest.FixtureRequest, database: Database) -> Iterator[Database]:
    """The database as a desk's role sees it, with the grants of desks or without any."""
    role = f"desk '\" {uuid.uuid4().hex}"
    quoted = '"' + role.replace('"', '""') + '"'
    try:
        _run(database, f"CREATE ROLE {quoted} LOGIN PASSWORD 'tajne'")
    except ProgrammingError as error:
        pytest.skip(f"the given server lets us make no role: {error.orig}")
    if request.param:
        _run(database, *desk_grants(role), *desk_grants(role))
    opened = open_database(
        database.url.set(username=role, password="tajne").render_as_string(hide_password=False)
    )
    yield opened
    opened.close()
    _run(database, f"DROP OWNED BY {quoted}", f"DROP ROLE {quoted}")


def _run(database: Database, *statements: str) -> None:
    with database.writer.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(sa.text(statement.replace(":", r"\:")))


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_a_batch_of_readings_is_typed_and_saved_under_the_desks_role(
    builder: Builder, desk_database: Database, clock: TestClock
) -> None:
    built = builder.household("123456")
    chief = builder.staff(Role.SUPERVISOR)
    office = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY).office(chief)
    head = BatchHead("token", "here", Channel.FIELD, date(2026, 11, 20))
    office.do(keep_rows, head, [BatchRow(1, built.meter, "497", "2026-11-20"), BatchRow(2, "x", "5", "")])
    assert office.do(resume_batch, "there") is not None
    assert office.do(save_rows, "token", "there").recorded == 1
    office.do(drop_rows, "token", "there", [2])
    office.do(remember_mapping, "aqua", {"meter": "Nr"}, "f" * 64)
    office.do(remove_mapping, "aqua")


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_a_whole_call_is_worked_under_the_desks_role(
    house: House, builder: Builder, desk_database: Database, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "COST", passwords.Cost(passes=1, memory_kib=8, lanes=1))
    built = builder.household("123456")
    rebuild_index(house.database)
    for login, role in (("anna", Role.AGENT), ("ewa", Role.ADMIN)):
        new = NewStaff(login, f"Jan {login}", role, "")
        house.office(SYSTEM).do(add_staff, new, passwords.hash_password(PASSWORD))
    at_desk = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY)
    staff = resume_session(at_desk, open_session(at_desk, sign_in(at_desk, "anna", PASSWORD)))
    office = at_desk.office(staff)
    assert [hit.number for hit in office.read(search_clients, "kowalska").hits] == ["123456"]
    state = office.do(start_contact, "123456", Channel.PHONE)
    office = office.for_contact(state.id)
    office.read(client_card, "123456")
    for question, answer in (
        ("client_number", built.number),
        ("meter_number", built.meter),
        ("contract_date", "15.12.2014"),
    ):
        state = office.do(answer_question, state.id, question, answer)
    office.do(set_contact_channel, state.id, Channel.EMAIL)
    saved = office.do(record_reading, entry(built.meter, 498, reason="rechecked"))
    issued = office.do(issue_reading_confirmation, saved.id)
    office.do(note_rendering, issued.id, render(issued.kind, issued.snapshot))
    office.do(void_reading, saved.id, "a slip of the tongue")
    office.do(end_contact, ContactEnd(state.id, Outcome.SOLVED))
    office.do(set_channel, Channel.EMAIL)
    assert [check for check in check_database(at_desk).checks if not check.ok] == []


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_money_is_taken_in_under_the_desks_role(
    house: House, desk_database: Database, clock: TestClock
) -> None:
    town = bank_town(house)
    at_desk = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY)
    chief, agent = at_desk.office(town.supervisor.actor), at_desk.office(town.agent.actor)
    assert chief.do(import_bank_file, "a", file_of(typical(town))).booked == 3
    first, second = agent.read(waiting_lines).lines
    taken = agent.do(book_line, first.id, "100003")
    chief.do(dismiss_line, second.id, "nie nasze")
    chief.do(reverse_payment, taken.payment_id, "inny klient")
    agent.do(take_payment, DeskPayment("100003", Decimal(500), PaymentMethod.CASH, submission="s"))
    chief.do(refund_overpayment, "100003", Decimal(10))
    assert [check.name for check in check_database(house).checks if not check.ok] == ["search"]


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_requests_are_worked_under_the_desks_role(
    house: House, builder: Builder, desk_database: Database, clock: TestClock
) -> None:
    built = builder.household(tariff_group_id=builder.tariff())
    builder.tariff("G2")
    builder.contact_point(built.id, "email", "klient@example.org")
    builder.staff(Role.ADMIN)
    rebuild_index(house.database)
    at_desk = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY)
    agent, boss = (at_desk.office(builder.staff(role)) for role in (Role.AGENT, Role.SUPERVISOR))
    file = Attachment("odpis.pdf", "application/pdf", b"%PDF-")
    for kind, (typed, _) in CASES.items():
        view = agent.do(submit_request, by_letter(built, kind, typed, attachments=(file,)))
        agent.do(take_request, view.line.id)
        agent.do(ask_for_information, view.line.id, "deed")
        agent.do(information_came, view.line.id)
        boss.do(decide_request, view.line.id, approve=True)
        if kind in REVERSIBLE and kind is not RequestKind.TARIFF_GROUP:
            boss.do(decide_request, agent.do(undo_request, view.line.id).line.id, approve=True)
    waits = [agent.do(submit_request, by_letter(built, RequestKind.NAME, {RequestField.LAST_NAME: "Nowak"}))]
    with house.database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE client SET first_name = 'Ewa'")
    boss.do(decide_request, waits[0].line.id, approve=True, over_changes=True)
    complaint_id = agent.do(submit_request, complaint(built, ComplaintAbout(ComplaintSubject.BILL))).line.id
    boss.do(answer_complaint, complaint_id, accept=True, answer="Tak.")
    assert [check for check in check_database(at_desk).checks if not check.ok] == []


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_incoming_mail_is_worked_under_the_desks_role(
    house: House, builder: Builder, desk_database: Database, clock: TestClock
) -> None:
    built = mailbag.writer(builder)
    builder.staff(Role.ADMIN)
    rebuild_index(house.database)
    at_desk = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY)
    agent, boss = (at_desk.office(builder.staff(role)) for role in (Role.AGENT, Role.SUPERVISOR))
    program = at_desk.office(SYSTEM)
    bag = [mailbag.mail(mailbag.state("499")) for _ in range(5)]
    for at in (1, 2):
        program.do(take_in_mail, bag, mark=MailboxMark("imap.example.org:993/bok/INBOX", 1, at))
    one, two, three, four, _five = (line.id for line in mailbag.lines(agent))
    agent.do(choose_mail_client, one, built.number)
    agent.do(take_mail, one)
    agent.do(mark_spam, one)
    agent.do(reopen_mail, one)
    agent.do(close_mail, one, "nic")
    agent.do(answer_mail, two, ReplyTemplate.NEED_METER)
    about = ComplaintAbout(ComplaintSubject.BILL)
    agent.do(mail_to_request, three, NewRequest(built.number, RequestKind.COMPLAINT, complaint=about))
    boss.do(set_auto_accept, True)
    assert program.do(auto_accept_mail) == 1
    assert agent.read(inbox_message, four).line.state is IncomingState.ACCEPTED
    boss.do(set_auto_accept, False)
    assert boss.read(mail_source, four) == bag[3].raw
    assert [check for check in check_database(at_desk).checks if not check.ok] == []


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_e_bok_and_e_invoices_are_worked_under_the_desks_role(
    house: House, builder: Builder, desk_database: Database, clock: TestClock
) -> None:
    built = billed(house, builder)
    builder.staff(Role.ADMIN)
    rebuild_index(house.database)
    at_desk = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY)
    boss, portal = at_desk.office(builder.staff(Role.SUPERVISOR)), at_desk.office(SYSTEM)
    on_call = ebok_desk.verified(at_desk, builder, built)
    assert not on_call.do(register_in_ebok, ebok_desk.typed(identity="02070803628")).ok
    assert on_call.do(register_in_ebok, ebok_desk.typed(einvoice=True)).ok
    assert on_call.do(resend_link, built.number).state is PortalState.PENDING
    portal.do(confirm_email, "guess")
    assert portal.do(confirm_email, links(desk_database)[-1]).result is LinkResult.CONFIRMED
    portal.do(note_first_login, "zaneta.k", False)
    on_call.do(lock_account, built.number, "lost")
    boss.do(unlock_account, built.number, "found")
    on_call.do(withdraw_einvoice, built.number)
    on_call.do(activate_einvoice, built.number)
    clock.forward(days=1)
    assert portal.do(activate_due) == 1
    builder.history(built.meter_id, {date(2026, 11, 30): 520})
    clock.forward(days=10)
    assert run_billing(boss, date(2026, 11, 1)).by_email == 1
    assert [check for check in check_database(at_desk).checks if not check.ok] == []


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_a_month_of_money_is_worked_under_the_desks_role(
    house: House, builder: Builder, desk_database: Database, clock: TestClock
) -> None:
    for number, ends_on in (("100001", None), ("100002", date(2026, 11, 10))):
        built = builder.client(number, ends_on=ends_on)
        builder.history(built.meter_id, {date(2026, 9, 30): 100, date(2026, 10, 31): 110})
        builder.contact_point(built.id, "email", "klient@example.org")
    builder.reading(built.meter_id, date(2026, 11, 10), 114, 4)
    builder.staff(Role.ADMIN)
    own_accounts(house.database)
    rebuild_index(house.database)
    at_desk = House(database=desk_database, clock=clock, policy=house_rules(), key=KEY)
    office = at_desk.office(builder.staff(Role.SUPERVISOR))
    office.do(add_tariff_group, "G1", "gospodarstwa domowe")
    for service in Service:
        office.do(
            add_tariff_price, "G1", service, starts_on=date(2020, 1, 1), price=Decimal(5), vat_rate=Decimal(8)
        )
    office.do(assign_tariff, "G1", kind=ClientKind.PERSON)
    office.do(add_interest_rate, date(2026, 11, 1), Decimal(9))
    assert run_billing(office, date(2026, 10, 1)).billed == 2
    assert office.do(bill_contract, "100002").invoice is not None
    first = office.read(account_view, "100001").invoices[0].number
    bank = [Sent("10.00", "woda", client="100001"), STRANGER]
    assert office.do(import_bank_file, "wyciag.sta", file_of(bank)).booked == 1
    waiting = office.read(waiting_lines).lines[0]
    office.do(book_line, waiting.id, "100002")
    cash = DeskPayment("100001", Decimal("500.00"), PaymentMethod.CASH, invoice=first, submission="s1")
    taken = office.do(take_payment, cash)
    office.do(refund_overpayment, "100001", Decimal("1.00"))
    office.do(reverse_payment, taken.payment_id, "a slip of the keyboard")
    done = office.do(correct_invoice, first, CorrectionOrder(CorrectionKind.VOID, "na wniosek", ""))
    office.do(queue_for_email, done[0].document_id)
    (mail,) = office.do(claim_mail, "example.org")
    sending = office.do(begin_sending, mail)
    assert sending is not None
    office.do(note_try, sending, TryResult.BOUNCED, "550 5.1.1")
    office.do(resend_mail, mail.id)
    assert [check for check in check_database(at_desk).checks if not check.ok] == []


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_what_is_append_only_is_denied_before_any_guard_is_asked(desk_database: Database) -> None:
    attempts = [
        statement
        for table in APPEND_ONLY
        for statement in (
            f"UPDATE {table} SET {_first(table)} = {_first(table)}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER USER",
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({_first(table)})"
            f" DO UPDATE SET {_first(table)} = EXCLUDED.{_first(table)}",
        )
    ]
    attempts += ["UPDATE staff SET role = 'admin'", "UPDATE utility SET nip = ''", "DELETE FROM client"]
    for attempt in attempts:
        with pytest.raises(DBAPIError, match=f"{DENIED}|must be owner"):
            _run(desk_database, attempt)


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [False], indirect=True)
def test_a_role_without_the_grants_sees_nothing(desk_database: Database) -> None:
    """The control: what the desk can do, it can do by the grants."""
    with pytest.raises(DBAPIError, match=DENIED):
        _run(desk_database, "SELECT 1 FROM reading")


@ON_POSTGRES
@pytest.mark.parametrize("desk_database", [True], indirect=True)
def test_with_every_right_on_tables_only_the_guards_refuse(
    database: Database, desk_database: Database, builder: Builder
) -> None:
    """The control: the denial comes from the privileges, not from the triggers."""
    builder.household("123456")
    role = str(desk_database.url.username).replace('"', '""')
    _run(database, f'GRANT ALL ON reading TO "{role}"')
    with pytest.raises(DBAPIError, match="append-only"):
        _run(desk_database, "UPDATE reading SET state = state")


def _first(table: str) -> str:
    from db.models import metadata

    return next(iter(metadata.tables[table].primary_key)).name


@pytest.mark.parametrize("role", ["", " ", "x" * 64, "a\0b", "a\nb"])
def test_what_cannot_be_a_role_is_refused(role: str) -> None:
    with pytest.raises(WrongInput):
        list(desk_grants(role))
