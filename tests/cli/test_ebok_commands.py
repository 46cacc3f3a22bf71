"""`bok ebok` and `bok jobs run`, as scripts and timers call them."""

from __future__ import annotations

from datetime import date

import pytest

from db.operations.ebok import register_in_ebok
from db.records.people import Channel, Role
from tests.cli.shell_desk import ShellDesk
from tests.conftest import START, TestClock
from tests.db.builders import PESEL, BuiltClient, rows
from tests.db.ebok_desk import EMAIL, LATEST, billed, links, mails, request, typed

REGISTER = ("ebok", "register", "102481", "--email", EMAIL, "--login", "zaneta", "--format", "json")


@pytest.fixture
def client(desk: ShellDesk) -> BuiltClient:
    return billed(desk.house, desk.build)


def einvoice(desk: ShellDesk, client: BuiltClient, first: date) -> None:
    point = desk.build.contact_point(client.id, "email", EMAIL, date(2026, 1, 1))
    desk.build.add(
        "einvoice", client_id=client.id, state="confirmed", point_id=point, requested_at=START,
        confirmed_at=START, active_from=first, version=1,
    )  # fmt: skip


def test_a_letter_registers_and_the_link_confirms(desk: ShellDesk, client: BuiltClient) -> None:
    answer = desk.run(*REGISTER, "--invoice", LATEST, "--einvoice", stdin=f"{PESEL}\n")
    assert answer.code == 0, answer.err
    assert {line["result"] for line in answer.json} == {"ok"}
    (code,) = links(desk.database)
    told = desk.run("ebok", "confirm", "-", "--format", "json", stdin=f"{code}\n")
    assert told.code == 0
    assert told.json == {
        "result": "confirmed", "client": "102481", "account": "active", "einvoice_from": "2026-11-23",
    }  # fmt: skip
    again = desk.run("ebok", "confirm", code)
    assert (again.code, again.out) == (1, "")
    assert "used already" in again.err
    shown = desk.run("ebok", "show", "102481", "--format", "json").json
    assert (shown["state"], shown["email"], shown["einvoice"]) == ("active", "z***@example.com", "confirmed")
    assert "23.11.2026" in desk.run("ebok", "show", "102481").out


def test_a_check_that_fails_is_told_and_nothing_is_made(desk: ShellDesk, client: BuiltClient) -> None:
    answer = desk.run(*REGISTER, "--invoice", LATEST.lower(), stdin=f"{PESEL}\n")
    assert answer.code == 1
    assert {line["check"]: line["result"] for line in answer.json}["invoice"] == "lower_case"
    assert rows(desk.database, "portal_account") == []
    assert PESEL not in answer.out + answer.err
    assert desk.run(*REGISTER, "--invoice", LATEST).code == 2  # nobody says the PESEL
    assert desk.run(*REGISTER, "--invoice", LATEST, "--channel", "phone", stdin=f"{PESEL}\n").code == 2


def test_a_code_that_was_never_sent_is_not_found(desk: ShellDesk) -> None:
    answer = desk.run("ebok", "confirm", "made-up")
    assert (answer.code, answer.out) == (3, "")
    assert desk.run("ebok", "confirm", "-").code == 2
    assert len(rows(desk.database, "token_attempt")) == 1


def test_locking_and_unlocking_in_the_shell(desk: ShellDesk, client: BuiltClient) -> None:
    assert desk.run("ebok", "show", "102481").code == 3
    assert desk.run("ebok", "lock", "102481", "--reason", "stolen").code == 1
    assert desk.run(*REGISTER, "--invoice", LATEST, stdin=f"{PESEL}\n").code == 0
    assert desk.run("ebok", "resend", "102481").err == "A new link goes to z***@example.com.\n"
    assert desk.run("ebok", "lock", "102481", "--reason", "stolen").code == 0
    refused = desk.run("ebok", "unlock", "102481", "--reason", "found")
    assert refused.code == 4
    desk.sign_in("ewa")
    assert desk.run("ebok", "unlock", "102481", "--reason", "found").code == 0
    assert [kind for kind, *_ in mails(desk.database)] == ["activation", "activation", "notice"]


def test_jobs_run_twice_do_nothing_the_second_time(
    desk: ShellDesk, client: BuiltClient, clock: TestClock
) -> None:
    einvoice(desk, client, date(2026, 11, 23))
    request(
        desk.build, client, "einvoice_off", state="approved", effective_on=date(2026, 11, 24),
        deadline=date(2026, 12, 6),
    )  # fmt: skip
    complaint = request(
        desk.build, client, "complaint", received_on=date(2026, 11, 8), deadline=date(2026, 11, 22)
    )
    desk.build.add("complaint", request_id=complaint, subject="bill")
    done = desk.run("jobs", "run", "--format", "json")
    assert (done.code, done.json["as_of"], done.json["einvoices_started"]) == (0, "2026-11-22", 0)
    assert done.json["complaints_due"] == 1
    assert "request list --overdue" in done.err
    clock.forward(days=1)
    told = desk.run("jobs", "run", "--format", "json").json
    assert (told["einvoices_started"], told["requests_applied"], told["complaints_deemed"]) == (1, 0, 1)
    before = len(rows(desk.database, "audit_entry"))
    again = desk.run("jobs", "run", "--format", "json").json
    assert (again["einvoices_started"], again["requests_applied"], again["complaints_deemed"]) == (0, 0, 0)
    assert len(rows(desk.database, "audit_entry")) == before
    clock.forward(days=1)
    assert desk.run("jobs", "run", "--format", "json").json["requests_applied"] == 1
    assert rows(desk.database, "einvoice")[0]["state"].value == "withdrawn"


def test_another_day_is_a_supervisors_to_name(desk: ShellDesk, client: BuiltClient) -> None:
    einvoice(desk, client, date(2026, 11, 30))
    assert desk.run("jobs", "run", "--as-of", "2026-11-30").code == 4
    desk.sign_in("ewa")
    assert desk.run("jobs", "run", "--as-of", "2026-13-45").code == 2
    told = desk.run("jobs", "run", "--as-of", "2026-11-30", "--format", "json").json
    assert (told["as_of"], told["einvoices_started"]) == ("2026-11-30", 1)
    assert desk.run("jobs", "run", "--as-of", "2026-11-30", "--format", "json").json["einvoices_started"] == 0
    assert "E-invoices started" in desk.run("jobs", "run").out


def test_jobs_need_no_sign_in(desk: ShellDesk) -> None:
    assert desk.run("sign-out").code == 0
    assert desk.run("jobs", "run").code == 0
    assert desk.run("ebok", "show", "102481").code == 4


def test_by_email_is_said_by_the_run_and_left_out_by_the_printer(
    desk: ShellDesk, clock: TestClock, tmp_path: object
) -> None:
    client = desk.build.client("102481", tariff_group_id=desk.build.tariff())
    desk.build.history(client.meter_id, {date(2026, 9, 30): 487, date(2026, 10, 31): 511})
    einvoice(desk, client, date(2026, 11, 20))
    desk.sign_in("ewa")
    told = desk.run("billing", "run", "--period", "2026-10", "--format", "json")
    assert told.json["by_email"] == 1
    assert "By e-mail: 1, on paper: 0." in told.err
    printed = (
        "billing",
        "print",
        "--period",
        "2026-10",
        "--output",
        f"{tmp_path}/papers",
        "--format",
        "json",
    )
    refused = desk.run(*printed)
    assert (refused.code, "add --all" in refused.err) == (1, True)
    assert desk.run(*printed, "--all").json["written"] == 1


def test_an_agents_registration_in_the_shell_counts_for_no_contact(
    desk: ShellDesk, client: BuiltClient
) -> None:
    chief = desk.house.office(desk.build.staff(Role.SUPERVISOR))
    assert chief.do(register_in_ebok, typed(channel=Channel.EMAIL)).ok
    assert rows(desk.database, "verification_answer") == []
