"""T26: who may call what. Every function behind a door has a row here; each cell is tried."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest

import db
from db.doors import ANYONE, DOORS, Door, operation
from db.errors import NotAllowed
from db.office import SYSTEM, House, Office
from db.records.people import Role
from db.work import Work
from tests.db.builders import Builder, rows

A, S, M, P = Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.SYSTEM
"""Agent, supervisor, administrator (manager of the program), the program itself."""

ALLOWED: Mapping[str, set[Role]] = {
    # at the desk
    "operations.contacts.start_contact": {A, S},
    "operations.contacts.answer_question": {A, S},
    "operations.contacts.set_contact_channel": {A, S},
    "operations.contacts.end_contact": {A, S},
    "operations.disclosure.reveal": {A, S, P},
    "operations.documents.issue_reading_confirmation": {A, S},
    "operations.ebok.check_registration": {A, S},
    "operations.ebok.lock_account": {A, S},
    "operations.einvoice.activate_einvoice": {A, S},
    "operations.einvoice.withdraw_einvoice": {A, S},
    "operations.ebok.register_in_ebok": {A, S},
    "operations.ebok.resend_link": {A, S},
    "operations.ebok.unlock_account": {A, S},
    "operations.payments.take_payment": {A, S},
    "operations.cash_day.close_cash_day": {A, S},
    "operations.cash_day.sign_cash_day": {A, S},
    "operations.cash_day.reopen_cash_day": {S},
    "queries.cash_days.cash_day": {A, S},
    "queries.cash_days.cash_days": {A, S},
    "queries.cash_days.till_payments": {A, S},
    "portal.confirm_email": {A, S, P},
    "operations.bank_matching.book_line": {A, S},
    "operations.delivery.mark_delivered": {A, S},
    "operations.delivery.queue_for_email": {A, S},
    "operations.documents.note_rendering": {A, S, P},
    "operations.letters.issue_balance_statement": {A, S},
    "operations.letters.issue_duplicate": {A, S},
    "operations.letters.issue_payment_slip": {A, S},
    "operations.request_letters.issue_request_letter": {A, S},
    "operations.erasure.anonymise_client": {S},
    "operations.erasure.erasure_plan": {S},
    "operations.privacy_letters.issue_data_export": {S},
    "queries.personal_data.personal_data": {S},
    "queries.personal_data.look_ups": {S},
    "operations.request_letters.preview_request_letter": {A, S},
    "operations.complaints.accept_reading_complaint": {S},
    "operations.complaints.answer_complaint": {A, S},
    "operations.complaints.deem_complaints": {S, P},
    "operations.request_decisions.apply_due": {S, P},
    "operations.request_decisions.ask_for_information": {A, S},
    "operations.request_decisions.decide_request": {A, S},
    "operations.request_decisions.information_came": {A, S},
    "operations.request_decisions.withdraw_request": {A, S},
    "operations.request_undo.undo_request": {A, S},
    "operations.request_assign.assign_request": {S},
    "operations.request_assign.take_request_away": {S},
    "queries.request_holders.request_holders": {S},
    "queries.request_holders.request_takers": {S},
    "operations.requests.attach_file": {A, S},
    "operations.requests.give_back_request": {A, S},
    "operations.requests.release_taken": {A, S},
    "operations.requests.submit_and_apply": {A, S},
    "operations.requests.submit_request": {A, S},
    "operations.requests.take_request": {A, S},
    "operations.readings.record_reading": {A, S, P},
    "operations.reading_decisions.void_reading": {A, S},
    "operations.reading_decisions.decide_reading": {S},
    "operations.reading_import.import_readings": {A, S},
    "operations.reading_batch.keep_rows": {A, S},
    "operations.reading_batch.save_rows": {A, S},
    "operations.reading_batch.drop_rows": {A, S},
    "operations.reading_batch.resume_batch": {A, S},
    "operations.reading_mapping.remember_mapping": {S, M},
    "operations.reading_mapping.remove_mapping": {S, M},
    "queries.reading_batch.list_batches": {A, S, P},
    "queries.reading_batch.batch_protocol": {A, S, P},
    "queries.reading_mapping.mapping_to_keep": {S, M},
    "queries.reading_mapping.mappings": {A, S, M, P},
    "queries.bank_lines.waiting_lines": {A, S, P},
    "queries.bill_preview.bill_preview": {A, S, P},
    "queries.clients.client_card": {A, S, P},
    "queries.clients.client_number_of_meter": {A, S, P},
    "queries.documents.document": {A, S, P},
    "queries.documents.documents_of": {A, S, P},
    "queries.documents.rendered_pdf": {A, S, P},
    "queries.reading_import.judge_file": {A, S, P},
    "queries.reading_import.note_judged": {A, S, P},
    "queries.ebok.portal_account_of": {A, S, P},
    "queries.einvoice.einvoice_of": {A, S, P},
    "queries.identity.check_identity": {A, S},
    "queries.invoices.invoice_number": {A, S, P},
    "queries.ledger.account_view": {A, S, P},
    "queries.ledger.balance": {A, S, P},
    "queries.ledger.client_of_invoice": {A, S, P},
    "queries.addresses.address_suggestions": {A, S, P},
    "queries.requests.attachment": {A, S, P},
    "queries.requests.request_counts": {A, S, P},
    "queries.requests.request_page": {A, S, P},
    "queries.requests.request_view": {A, S, P},
    "queries.requests.requests_of_client": {A, S, P},
    "queries.readings.list_readings": {A, S, P},
    "queries.readings.reading_form": {A, S, P},
    "queries.worklists.work_counts": {A, S, P},
    "queries.worklists.work_list": {A, S, P},
    "search.clients.search_clients": {A, S, P},
    "search.clients.note_search": {A, S, P},
    # billing and money, for supervisors
    "operations.einvoice.activate_due": {S, P},
    "portal.portal_registrations": {S, P},
    "operations.billing.start_run": {S, P},
    "operations.billing.bill_chunk": {S, P},
    "operations.billing.finish_run": {S, P},
    "operations.billing.plan_run": {S, P},
    "operations.billing.try_chunk": {S, P},
    "operations.corrections.correct_invoice": {S, P},
    "operations.demands.issue_demand": {S, P},
    "operations.demands.issue_interest_note": {S, P},
    "operations.bank_import.import_bank_file": {S, P},
    "operations.bank_matching.dismiss_line": {S, P},
    "operations.payments.refund_overpayment": {S, P},
    "operations.payments.reverse_payment": {S, P},
    "operations.settlement.bill_contract": {S, P},
    "operations.tariffs.add_tariff_group": {S, P},
    "operations.tariffs.add_tariff_price": {S, P},
    "operations.new_client.add_client": {A, S},
    "operations.request_batch.import_requests": {S, P},
    "operations.tariffs.assign_tariff": {S, P},
    "queries.bank_import.note_plan": {S, P},
    "queries.bank_import.plan_import": {S, P},
    "queries.billing_protocol.billing_protocol": {S, P},
    "sample.bank.sample_statement": {S, P},
    "queries.billing_protocol.named_skips": {S, P},
    "queries.invoices.invoices_to_correct": {S, P},
    "operations.interest_rates.add_interest_rate": {S, P},
    "queries.print_queue.count_of_period": {S, P},
    "queries.print_queue.documents_of_period": {S, P},
    # incoming mail
    "operations.inbox.assign_mail": {A, S},
    "operations.inbox.choose_mail_client": {A, S},
    "operations.inbox.close_mail": {A, S},
    "operations.inbox.mail_to_request": {A, S},
    "operations.inbox.mark_spam": {A, S},
    "operations.inbox.reopen_mail": {A, S},
    "operations.inbox.take_mail": {A, S},
    "operations.inbox_accept.accept_mail": {A, S},
    "operations.inbox_auto.auto_accept_mail": {P},
    "operations.inbox_auto.set_auto_accept": {S},
    "operations.inbox_answers.answer_mail": {A, S},
    "operations.inbox_answers.preview_answer": {A, S},
    "operations.inbox_intake.take_in_mail": {S, M, P},
    "operations.mail_retention.old_mail": {S, P},
    "operations.mail_retention.prune_mail": {S, P},
    "queries.inbox.auto_accept_state": {A, S, P},
    "queries.inbox.inbox_counts": {A, S, P},
    "queries.inbox.inbox_message": {A, S, P},
    "queries.inbox.inbox_page": {A, S, P},
    "queries.inbox.mail_source": {S},
    "queries.inbox.mailbox_mark": {S, M, P},
    # outgoing mail
    "operations.mail_decisions.cancel_mail": {S, P},
    "operations.mail_decisions.note_bounce": {S, P},
    "operations.mail_decisions.resend_mail": {S, P},
    "operations.mail_sending.begin_sending": {S, P},
    "operations.mail_sending.claim_mail": {S, P},
    "operations.mail_sending.note_try": {S, P},
    "operations.mail_sending.release_mail": {S, P},
    "queries.mail.mail_counts": {S, P},
    "queries.mail.next_due": {S, P},
    "queries.mail.outbox": {S, P},
    "queries.mail.sender_particulars": {S, P},
    # reports, for supervisors and administrators; personal data in clear for supervisors alone
    "operations.report_mail.queue_report": {S, M, P},
    "queries.reports.noting.note_listed": {S, M, P},
    "queries.reports.noting.note_revealed": {S},
    "queries.reports.receivables.ageing": {S, M, P},
    "queries.reports.receivables.by_group": {S, M, P},
    "queries.reports.receivables.debtors": {S, M, P},
    "queries.reports.receivables.overpayments": {S, M, P},
    "queries.reports.readings.listed": {S, M, P},
    "queries.reports.voided.listed": {S, M, P},
    "queries.reports.accepted_mails.listed": {S, M, P},
    "queries.reports.readings.readings": {S, M, P},
    "queries.reports.payments.listed": {S, M, P},
    "queries.reports.payments.payments": {S, M, P},
    "queries.reports.payments.unmatched": {S, M, P},
    "queries.reports.vat_register.register": {S, M, P},
    "queries.reports.vat_register.by_rate": {S, M, P},
    "queries.reports.revenue.revenue": {S, M, P},
    "queries.reports.revenue.services": {S, M, P},
    "queries.reports.access.by_agent": {S, M, P},
    "queries.reports.access.look_ups": {S, M, P},
    "queries.reports.access.suspicious": {S, M, P},
    "queries.reports.agents.agents": {S, M, P},
    "queries.reports.contacts.contacts": {S, M, P},
    "queries.reports.contacts.listed": {S, M, P},
    "queries.reports.meters.ages": {S, M, P},
    "queries.reports.meters.exchanges": {S, M, P},
    "queries.reports.meters.expiring": {S, M, P},
    "queries.reports.meters.verifications": {S, M, P},
    "queries.reports.quality.kinds": {S, M, P},
    "queries.reports.quality.listed": {S, M, P},
    "queries.reports.complaints.clock": {S, M, P},
    "queries.reports.complaints.listed": {S, M, P},
    "queries.reports.consumption.changes": {S, M, P},
    "queries.reports.unusual_use.unusual": {S, M, P},
    "queries.reports.consumption.volumes": {S, M, P},
    "queries.reports.losses.losses": {S, M, P},
    "queries.reports.daily.daily": {S, M, P},
    "queries.reports.cash.cash": {S, M, P},
    "queries.reports.cash.unsigned": {S, M, P},
    "queries.reports.board.board": {S, M, P},
    "queries.reports.einvoice.doubtful": {S, M, P},
    "queries.reports.einvoice.measures": {S, M, P},
    "queries.reports.requests.open_requests": {S, M, P},
    "queries.reports.requests.processed": {S, M, P},
    "queries.reports.unread.by_street": {S, M, P},
    "queries.reports.unread.meters": {S, M, P},
    # water put into the network: no clients' data
    "operations.water.enter_water": {S, M, P},
    "operations.water.import_water": {S, M, P},
    "queries.water.water_entries": {S, M, P},
    # everybody, about themselves or the company
    "operations.staff.replace_own_password": {A, S, M, P},
    "operations.staff.set_channel": {A, S, M, P},
    "queries.tariffs.interest_rates": {A, S, M, P},
    "queries.tariffs.tariffs": {A, S, M, P},
    "queries.utility.utility": {A, S, M, P},
    "sign_in.note_success": {A, S, M, P},
    "sign_in.start_session": {A, S, M, P},
    # looking after the program: no clients' data
    "operations.staff.add_staff": {M, P},
    "operations.staff.disable_staff": {M, P},
    "operations.staff.enable_staff": {M, P},
    "operations.staff.set_password": {M, P},
    "operations.utility.set_utility": {M, P},
    "queries.staff.list_staff": {M, P},
    "queries.staff.staff_member": {M, P},
    # the program itself
    "backup.note_restore": {P},
    "operations.installation.install": {P},
    "portal.note_first_login": {P},
    "portal.note_login": {P},
    "sample.demo.enter_demo": {P},
    "sample.pumping.file_water": {P},
    "sample.bills.pay_invoices": {P},
    "sample.bills.post_invoices": {P},
    "sample.town.begin_town": {P},
    "sample.town.count_on_from_town": {P},
    "sample.town.finish_town": {P},
    "sign_in.charge_try": {P},
    "sign_in.finish_session": {P},
    "sign_in.note_failure": {P},
    "sign_in.session_owner": {P},
}

NOBODYS = ("db.migrations.versions", "db.migrations.env")
"""Modules that only Alembic may import."""


def product_doors() -> dict[Callable[..., Any], Door]:
    """Return every registered function of the product; those that tests register are not its doors."""
    for module in pkgutil.walk_packages(db.__path__, "db."):
        if not module.name.startswith(NOBODYS):
            importlib.import_module(module.name)
    return {function: door for function, door in DOORS.items() if function.__module__.startswith("db.")}


def differences(
    doors: Mapping[Callable[..., Any], Door], allowed: Mapping[str, set[Role]]
) -> dict[str, tuple[object, object]]:
    """Return the functions whose door is not as declared, with what is declared and what is there."""
    there: dict[str, frozenset[Role]] = {door.name: door.roles for door in doors.values()}
    names = there.keys() | allowed.keys()
    return {
        name: (allowed.get(name), there.get(name))
        for name in sorted(names)
        if allowed.get(name) != there.get(name)
    }


def is_let_in(office: Office, function: Callable[..., Any], door: Door) -> bool:
    """Tell whether the office runs the function: it is called so that nothing of it can happen."""
    call = office.do if door.operation else office.read
    with pytest.raises((NotAllowed, TypeError), match=r"Your role|nothing_takes_this_argument") as told:
        call(function, nothing_takes_this_argument=True)
    return told.type is TypeError


def offices(house: House) -> dict[Role, Office]:
    """Return a door for a member of each role; the program itself is nobody of the staff."""
    builder = Builder(house.database)
    return {role: house.office(SYSTEM if role is P else builder.staff(role)) for role in Role}


def test_every_function_behind_a_door_is_declared() -> None:
    """T26: a new function without a row fails here, and so does a row without its function."""
    assert differences(product_doors(), ALLOWED) == {}


def test_each_cell_of_the_table_is_enforced(house: House) -> None:
    """T26: the office lets each role in exactly where the table says so."""
    doors, desks = product_doors(), offices(house)
    before = rows(house.database, "audit_entry"), rows(house.database, "access_entry")
    wrong = [
        (door.name, role)
        for function, door in doors.items()
        for role, office in desks.items()
        if is_let_in(office, function, door) is not (role in ALLOWED[door.name])
    ]
    assert wrong == []
    assert (rows(house.database, "audit_entry"), rows(house.database, "access_entry")) == before


def test_a_function_without_a_row_and_a_door_left_open_are_found() -> None:
    """The control of T26: plant an undeclared operation and a door that is too wide."""
    doors = product_doors()

    @operation(roles=ANYONE)
    def newcomer(work: Work) -> None: ...

    planted = DOORS.pop(newcomer)
    assert differences({**doors, newcomer: planted}, ALLOWED) == {planted.name: (None, ANYONE)}
    decide = next(f for f, door in doors.items() if door.name.endswith("decide_reading"))
    loose = dataclasses.replace(doors[decide], roles=ANYONE)
    assert list(differences({**doors, decide: loose}, ALLOWED)) == [loose.name]


def test_a_door_left_open_is_found_by_calling(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of T26: the calls see what the office does, not what the table says."""
    doors = product_doors()
    function = next(f for f, door in doors.items() if door.name.endswith("add_staff"))
    agent = offices(house)[Role.AGENT]
    assert not is_let_in(agent, function, DOORS[function])
    monkeypatch.setitem(DOORS, function, dataclasses.replace(DOORS[function], roles=ANYONE))
    assert is_let_in(agent, function, DOORS[function])


def test_a_sign_off_opens_no_door_of_another_role(house: House) -> None:
    """A supervisor's signature lets an agent's operation pass; it does not make the agent one."""
    doors, desks = product_doors(), offices(house)
    decide = next(f for f, door in doors.items() if door.name.endswith("decide_reading"))
    approval = house.grant(desks[Role.SUPERVISOR].actor)
    with pytest.raises(NotAllowed, match="Your role"):
        desks[Role.AGENT].do_approved(approval, decide, 1, True, "")
    with pytest.raises(NotAllowed, match="sign-off"):
        desks[Role.AGENT].do_approved(
            dataclasses.replace(approval, nonce="made up"),
            next(f for f, door in doors.items() if door.name.endswith("record_reading")),
        )


def test_an_administrator_sees_no_client() -> None:
    """Whoever looks after the program opens no door that tells of clients."""
    of_clients = ("clients", "contacts", "readings", "documents", "worklists", "disclosure", "import")
    for door in product_doors().values():
        if any(word in door.name.split(".")[1] for word in of_clients):
            assert Role.ADMIN not in door.roles, door.name
