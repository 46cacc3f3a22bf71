"""Taking a file of the bank into the books: all of it or nothing, in one transaction."""

from __future__ import annotations

from itertools import islice

from db.bulk import Row, stored_instant, take_ids, write_rows
from db.doors import SUPERVISORS, operation
from db.models import BankFile as BankFileRow
from db.operations.bank_holds import hold_imports
from db.queries.bank_import import (
    Progress,
    imported_before,
    known_keys,
    new_lines,
    planned,
    report_of,
    require_ours,
)
from db.queries.bank_lines import pass_decided
from db.queries.rows import insert_row
from db.queries.utility import utility
from db.records.bank_file import BankFile, BankLine
from db.records.bank_import import BankImported, ImportPlan, PlannedLine
from db.records.money import BankLineDecisionKind, LedgerKind, PaymentMethod
from db.rules.grosze import to_grosze
from db.rules.text import clean_line
from db.work import Work

IMPORTED = "bank_file.imported"
ROWS_AT_ONCE = 5_000
LONGEST_NAME = 160
TITLE, PAYER = 200, 160
"""Characters of a bank line's title and name that a payment keeps."""

_LINE = ("id", "file_id", "key", "day", "amount", "title", "name", "account", "virtual_account")
_PAYMENT = (
    *("id", "client_id", "day", "amount", "method", "title", "payer", "note", "invoice_id"),
    *("bank_line_id", "staff_id", "recorded_at"),
)
_ENTRY = ("client_id", "kind", "day", "amount", "payment_id", "recorded_at")
_DECISION = ("line_id", "kind", "payment_id", "how", "reason", "staff_id", "decided_at")

_New = tuple[BankLine, PlannedLine | None]


@operation(roles=SUPERVISORS)
def import_bank_file(
    work: Work,
    name: str,
    file: BankFile,
    *,
    plan: ImportPlan | None = None,
    progress: Progress | None = None,
) -> BankImported:
    """Keep the payments of a file, book those whose payer is sure, and leave the others waiting.

    With `plan`, the answer of `plan_import` about this very file, nobody has to wait while payers
    are looked for. The same file twice books nothing, and a line that came with another file is
    left out. What the bank took back is only told: a person voids the payment. Supervisors look
    after money: one file moves thousands of balances. Raises Refused for a file of somebody
    else's account.
    """
    require_ours(utility(work), file)
    hold_imports(work)
    if (before := imported_before(work, file)) is not None:
        return before
    if plan is None or plan.digest != file.digest:
        plan = planned(work, file)
    else:
        plan = ImportPlan(plan.digest, plan.lines, known_keys(work, [line.key for line in file.lines]))
    file_id = insert_row(work.session, BankFileRow, _file_row(work, name, file))
    lines = ((line, found) for line, found in new_lines(file, plan) if line is not None)
    done = 0
    while some := list(islice(lines, ROWS_AT_ONCE)):
        _write(work, file_id, some)
        done += len(some)
        if progress:
            progress(done, len(plan.lines))
    pass_decided(work)
    report = report_of(file, plan, name=clean_line(name, LONGEST_NAME), file_id=file_id, at=work.now)
    _note_file(work, file, report)
    return report


def _file_row(work: Work, name: str, file: BankFile) -> dict[str, object]:
    return {
        "name": clean_line(name[-LONGEST_NAME:], LONGEST_NAME),
        "sha256": file.digest,
        "kind": file.kind.value,
        "account": file.account,
        "lines": sum(1 for _ in file.lines),
        "imported_at": work.now,
        "staff_id": work.actor.id or None,
    }


def _write(work: Work, file_id: int, some: list[_New]) -> None:
    """Write lines, and for those that are sure the payment, its ledger entry and the decision."""
    connection = work.session.connection()
    line_ids = take_ids(connection, "bank_line", len(some))
    booked = [(line_id, line, found) for line_id, (line, found) in zip(line_ids, some, strict=True) if found]
    payment_ids = take_ids(connection, "payment", len(booked)) if booked else []
    at, staff = stored_instant(work.now), work.actor.id or None
    rows: list[Row] = [
        _line_row(line_id, file_id, line) for line_id, (line, _) in zip(line_ids, some, strict=True)
    ]
    write_rows(connection, "bank_line", _LINE, rows)
    payments: list[Row] = []
    entries: list[Row] = []
    decisions: list[Row] = []
    for payment_id, (line_id, line, found) in zip(payment_ids, booked, strict=True):
        day, grosze = line.day.isoformat(), to_grosze(line.amount)
        payments.append(
            (
                *(payment_id, found.client_id, day, grosze, PaymentMethod.TRANSFER.value),
                *(line.title[:TITLE].rstrip(), line.name[:PAYER].rstrip(), "", found.invoice_id),
                *(line_id, staff, at),
            )
        )
        entries.append((found.client_id, LedgerKind.PAYMENT.value, day, -grosze, payment_id, at))
        decisions.append((line_id, BankLineDecisionKind.BOOKED.value, payment_id, found.how, "", staff, at))
        _note(work, payment_id, line, found)
    write_rows(connection, "payment", _PAYMENT, payments)
    write_rows(connection, "ledger_entry", _ENTRY, entries)
    write_rows(connection, "bank_line_decision", _DECISION, decisions)


def _line_row(line_id: int, file_id: int, line: BankLine) -> Row:
    return (
        *(line_id, file_id, line.key, line.day.isoformat(), to_grosze(line.amount)),
        *(line.title, line.name, line.account, line.virtual_account),
    )


def _note(work: Work, payment_id: int, line: BankLine, found: PlannedLine) -> None:
    """Write down what was booked, as for a payment that was typed."""
    work.changed(
        "payment.booked",
        f"payment {payment_id}",
        client_id=found.client_id,
        after={
            "amount": str(line.amount),
            "day": line.day,
            "kind": LedgerKind.PAYMENT.value,
            "method": PaymentMethod.TRANSFER.value,
            "invoice": found.invoice_id,
        },
    )


def _note_file(work: Work, file: BankFile, report: BankImported) -> None:
    work.changed(
        IMPORTED,
        f"bank file {report.file_id}",
        after={
            "sha256": file.digest,
            "lines": report.lines,
            "booked": report.booked,
            "waiting": report.waiting,
            "known": report.known,
            "total": str(report.total),
            "taken_back": [f"{one.day} {one.amount}" for one in report.taken_back],
        },
    )
