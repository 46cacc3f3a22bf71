"""What an import of a bank file would book: worked out while everybody else goes on working."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, query
from db.errors import Refused
from db.models import BankFile as BankFileRow
from db.models import BankLine as BankLineRow
from db.queries.bank_candidates import Pointed, load_pointed, matched
from db.queries.import_points import chunks
from db.queries.utility import utility
from db.records.bank_file import BankFile, BankLine, Movement, Statement
from db.records.bank_import import BankImported, ImportPlan, PlannedLine, TakenBack
from db.records.utility import UtilityParticulars
from db.rules.bank_account import NRB_DIGITS, PAYER_DIGITS, format_nrb
from db.rules.payment_candidates import wanted_by
from db.rules.payment_matching import Match
from db.words import N_
from db.work import Work

Progress = Callable[[int, int], None]

SLICE = 2_000
"""Lines matched at a time: what they may be matched with is held in memory."""
MOST_UNSEEN = Decimal("1000000.00")
"""PLN of one payment that is booked without a person looking."""
MOST_TAKEN_BACK = 200
_KEYS_AT_ONCE = 500


@query(roles=SUPERVISORS)
def plan_import(work: Work, file: BankFile, *, progress: Progress | None = None) -> ImportPlan:
    """Return whose payments the lines of a file are, as things stand now; writes nothing.

    Who shows a plan to somebody notes it (`note_plan`). Raises Refused for a file of somebody
    else's account, and when a day of delay has no rate of interest.
    """
    require_ours(utility(work), file)
    return planned(work, file, progress=progress)


@query(roles=SUPERVISORS, discloses=True)
def note_plan(work: Work, file: BankFile, plan: ImportPlan, name: str) -> BankImported:
    """Return what importing the file would do, and note that somebody saw whose payments it has."""
    if (before := imported_before(work, file)) is not None:
        return before
    work.looked("VIEW", f"trial of bank file {file.digest[:12]}, {len(plan.lines)} lines")
    return report_of(file, plan, name=name, file_id=None, at=work.now)


def planned(work: Work, file: BankFile, *, progress: Progress | None = None) -> ImportPlan:
    """Return the plan, within a transaction of its own or of the import."""
    own = utility(work)
    accounts = (own.routing_number or "", own.account_prefix or "")
    lines = list(file.lines)
    found: list[PlannedLine | None] = []
    for some in chunks(lines, SLICE):
        pointed = load_pointed(work.session, wanted_by(some, routing=accounts[0], prefix=accounts[1]))
        matches = matched(work.session, some, pointed, work.today, accounts)
        found += [_planned(work, *pair, pointed) for pair in zip(some, matches, strict=True)]
        if progress:
            progress(len(found), len(lines))
    return ImportPlan(file.digest, tuple(found), known_keys(work, [line.key for line in lines]))


def known_keys(work: Work, keys: list[str]) -> frozenset[str]:
    """Return those of `keys` whose lines came in with a file before."""
    known: set[str] = set()
    for some in chunks(keys, _KEYS_AT_ONCE):
        known.update(
            work.session.scalars(sa.select(col(BankLineRow.key)).where(col(BankLineRow.key).in_(some)))
        )
    return frozenset(known)


def imported_before(work: Work, file: BankFile) -> BankImported | None:
    """Return what is told of a file that was imported before; None for a new one."""
    statement = sa.select(col(BankFileRow.id), col(BankFileRow.name), col(BankFileRow.imported_at))
    row = work.session.execute(statement.where(col(BankFileRow.sha256) == file.digest)).one_or_none()
    if row is None:
        return None
    count = sum(1 for _ in file.lines)
    return _report(file, row.name, row.id, row.imported_at, known=count, repeated=True)


def report_of(
    file: BankFile, plan: ImportPlan, *, name: str, file_id: int | None, at: datetime
) -> BankImported:
    """Return what a plan does, or did, with a file."""
    booked = waiting = known = 0
    sum_ = Decimal("0.00")
    for line, found in new_lines(file, plan):
        if line is None:
            known += 1
        elif found is None:
            waiting += 1
        else:
            booked += 1
            sum_ += line.amount
    return _report(file, name, file_id, at, booked=booked, waiting=waiting, known=known, booked_total=sum_)


def new_lines(file: BankFile, plan: ImportPlan) -> Iterable[tuple[BankLine | None, PlannedLine | None]]:
    """Yield each line that is new with what is planned for it; `(None, None)` for a known one.

    A line that stands in the file twice, as in a statement that was sent twice, is new once.
    """
    seen: set[str] = set()
    for line, found in zip(file.lines, plan.lines, strict=True):
        if line.key in plan.known or line.key in seen:
            yield None, None
            continue
        seen.add(line.key)
        yield line, found


def require_ours(own: UtilityParticulars, file: BankFile) -> None:
    """Raise Refused unless the file is about money on the utility's own accounts."""
    if not own.bank_account and not (own.routing_number and own.account_prefix):
        raise Refused(
            N_(
                "The company has no bank account on file, so no bank file is known to be ours."
                " An administrator adds it: bok db utility --bank-account NRB"
            )
        )
    for statement in file.statements:
        foreign = _foreign(own, statement)
        if foreign:
            raise Refused(
                N_(
                    "The file is about the account %(account)s, which is not ours; nothing was imported."
                    " Choose the file of our account, or have an administrator correct ours:"
                    " bok db utility --help"
                ),
                account=format_nrb(foreign),
            )


def _foreign(own: UtilityParticulars, statement: Statement) -> str:
    """Return an account of the statement that is not ours; empty when all are."""
    if statement.account:
        ours = statement.account == own.bank_account or _is_mass(own, statement.account)
        return "" if ours else statement.account
    # a payer's id alone does not tell whose account it is part of
    whole = (line.virtual_account for line in statement.lines if len(line.virtual_account) == NRB_DIGITS)
    return next((account for account in whole if not _is_mass(own, account)), "")


def _is_mass(own: UtilityParticulars, account: str) -> bool:
    """Tell whether an account belongs to our mass payments."""
    known = (own.routing_number or "") + (own.account_prefix or "")
    return bool(own.routing_number and own.account_prefix) and account[2:-PAYER_DIGITS] == known


def _planned(work: Work, line: BankLine, match: Match, found: Pointed) -> PlannedLine | None:
    """Return what is booked at once: a sure payment that has come and is no fortune."""
    client = found.clients.get(match.client_number or "")
    if not match.sure or client is None or match.how is None:
        return None
    if line.day > work.today or line.amount > MOST_UNSEEN:
        return None
    invoice = found.invoices.get(match.invoice_number or "")
    return PlannedLine(
        client_id=client.id,
        client_number=client.number,
        invoice_id=invoice.id if invoice else None,
        invoice_number=invoice.number if invoice else None,
        how=match.how.value,
    )


def _report(
    file: BankFile,
    name: str,
    file_id: int | None,
    at: datetime,
    *,
    booked: int = 0,
    waiting: int = 0,
    known: int = 0,
    booked_total: Decimal = Decimal("0.00"),
    repeated: bool = False,
) -> BankImported:
    others = [line for statement in file.statements for line in statement.others]
    back = [line for line in others if line.movement is Movement.CREDIT_REVERSED]
    return BankImported(
        file_id=file_id,
        name=name,
        kind=file.kind.value,
        account=file.account,
        lines=booked + waiting + known,
        booked=booked,
        waiting=waiting,
        known=known,
        total=file.total,
        booked_total=booked_total,
        others=len(others),
        taken_back=tuple(
            TakenBack(one.line, one.day, one.amount, one.title, one.name) for one in back[:MOST_TAKEN_BACK]
        ),
        repeated=repeated,
        imported_at=at,
    )
