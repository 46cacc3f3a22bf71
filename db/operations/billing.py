"""Billing: the invoices of a period, a few contracts a transaction, and the final one of a contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.bulk import write_rows
from db.doors import SUPERVISORS, operation, query
from db.errors import NotFound, Refused
from db.models import BillingRun, BillingSkip, Contract, Invoice, TariffGroup
from db.operations.invoice_drafts import Letters, drafted
from db.operations.invoice_issue import Draft, issue
from db.queries.billing_facts import BillingFacts, load_facts
from db.queries.billing_windows import stands, unbilled
from db.queries.rows import insert_row
from db.queries.tariff_groups import group_on
from db.queries.tariffs import load_tariffs
from db.records.billing import ChunkDone, RunStart, Skipped, Window
from db.records.money import InvoiceKind
from db.rules.billing_case import Settlement, settle, tariff_of, window_of
from db.rules.charges_tariff import Tariff
from db.rules.months import month_after, month_name
from db.words import N_
from db.work import Work

CHUNK = 200
"""Contracts billed in one transaction: agents who save meanwhile wait for no more than these."""
MONTHS = (1, 2, 3, 6, 12)
"""Lengths of a billing period."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a billing run was asked for."""

    period: date
    """First day of the month in which the billed periods end."""
    group_id: int | None = None
    estimate: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class _Chunk:
    drafts: list[Draft] = field(default_factory=list)
    skipped: list[tuple[int, Skipped]] = field(default_factory=list)


@operation(roles=SUPERVISORS)
def start_run(work: Work, period: date, *, group: str | None, estimate: bool) -> tuple[RunStart, Order]:
    """Begin to bill the periods that end in the month of `period`, or go on where a run stopped.

    Raises Refused for a month that is not over, or without any tariff; NotFound for the group.
    """
    order = _order(work, period, group=group, estimate=estimate)
    run_id = _open_run(work, order)
    work.changed(
        "billing.started", f"billing {month_name(period)}", after={"group": group, "estimate": estimate}
    )
    return RunStart(run_id, _count_due(work, order)), order


@query(roles=SUPERVISORS)
def plan_run(work: Work, period: date, *, group: str | None, estimate: bool) -> tuple[RunStart, Order]:
    """Return what `start_run` would begin, for a dry run. Raises as it does."""
    order = _order(work, period, group=group, estimate=estimate, dry_run=True)
    return RunStart(None, _count_due(work, order)), order


@operation(roles=SUPERVISORS)
def bill_chunk(work: Work, order: Order, run_id: int, after: int) -> ChunkDone:
    """Bill the next contracts behind the one with the id `after`; those billed already are left out."""
    ids = _due_ids(work, order, after)
    if work.session.get_bind().dialect.name == "postgresql" and ids:
        # two runs at once: the second waits here, then sees what the first has billed
        held = sa.select(col(Contract.id)).where(col(Contract.id).in_(ids)).order_by(col(Contract.id))
        work.session.execute(held.with_for_update(key_share=True))
    chunk = _computed(work, order, _still_due(work, order, ids))
    issue(work, chunk.drafts, run_id=run_id)
    _write_skips(work, run_id, chunk.skipped)
    return ChunkDone(ids[-1] if ids else None, len(chunk.drafts), len(chunk.skipped))


@query(roles=SUPERVISORS)
def try_chunk(work: Work, order: Order, after: int) -> tuple[ChunkDone, list[tuple[int, Skipped]], int]:
    """Compute the next contracts without writing: what was done, the skips, and the sum in grosze."""
    ids = _due_ids(work, order, after)
    chunk = _computed(work, order, ids)
    gross = sum(int(draft.bill.gross * 100) for draft in chunk.drafts)
    by_email = sum(draft.party.goes_by_email(work.today) for draft in chunk.drafts)
    done = ChunkDone(ids[-1] if ids else None, len(chunk.drafts), len(chunk.skipped), by_email)
    return done, chunk.skipped, gross


@operation(roles=SUPERVISORS)
def finish_run(work: Work, run_id: int) -> None:
    """Note that a run has come to its end."""
    work.session.execute(
        sa.update(BillingRun).where(col(BillingRun.id) == run_id).values(finished_at=work.now)
    )
    counted = sa.select(sa.func.count()).where(col(Invoice.run_id) == run_id)
    billed = work.session.scalar(counted)
    work.changed("billing.finished", f"billing run {run_id}", after={"billed": billed})


def _require_over(period: date, today: date) -> None:
    if period.replace(day=1) > today:
        raise Refused(
            N_("The period %(period)s has not begun; bill it from the first day of the month after it."),
            period=month_name(period),
        )
    if month_name(period) == month_name(today):
        raise Refused(
            N_("The period %(period)s is not over; bill it from the first day of the next month."),
            period=month_name(period),
        )


def _order(work: Work, period: date, *, group: str | None, estimate: bool, dry_run: bool = False) -> Order:
    _require_over(period, work.today)
    group_id = None
    if group is not None:
        group_id = work.session.scalar(sa.select(col(TariffGroup.id)).where(col(TariffGroup.code) == group))
        if group_id is None:
            raise NotFound(N_("There is no tariff group %(group)s."), group=group[:40])
    if work.session.scalar(sa.select(col(TariffGroup.id)).limit(1)) is None:
        raise Refused(N_("There are no tariffs yet: add a group and its prices first (bok billing tariff)."))
    return Order(period.replace(day=1), group_id, estimate, dry_run)


def _open_run(work: Work, order: Order) -> int:
    same = (
        col(BillingRun.period) == f"{order.period:%Y%m}",
        col(BillingRun.estimate) == order.estimate,
        col(BillingRun.finished_at).is_(None),
    )
    known = work.session.scalar(
        sa.select(col(BillingRun.id)).where(
            *same, col(BillingRun.group_id).is_not_distinct_from(order.group_id)
        )
    )
    if known is not None:
        return int(known)
    return insert_row(
        work.session,
        BillingRun,
        {
            "period": f"{order.period:%Y%m}",
            "group_id": order.group_id,
            "estimate": order.estimate,
            "started_at": work.now,
            "staff_id": work.actor.id or None,
        },
    )


def _due(order: Order) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a contract that is due in the order's month and has no invoice for it.

    One that ended before and was billed or skipped here, though not to its last day, is due until
    it is settled: the protocol names it.
    """
    windows = {months: window_of(order.period, months) for months in MONTHS}
    due = [
        sa.and_(
            col(Contract.period_months) == months,
            col(Contract.starts_on) <= window.last,
            sa.or_(col(Contract.ends_on).is_(None), col(Contract.ends_on) >= window.first, _known_here()),
            ~_billed(window),
        )
        for months, window in windows.items()
        if window is not None
    ]
    found = [sa.or_(*due)]
    if order.group_id is not None:
        last = month_after(order.period) - timedelta(days=1)
        found.append(group_on(sa.literal(last, sa.Date)) == order.group_id)
    return found


def _billed(window: Window) -> sa.ColumnElement[bool]:
    """Return the condition that an invoice which stands reaches the contract's last day in the window."""
    ended = col(Contract.ends_on) < window.last  # unknown, and so not true, of one that runs
    last = sa.case((ended, col(Contract.ends_on)), else_=sa.literal(window.last, sa.Date))
    return (
        sa.select(sa.literal(1))
        .where(
            col(Invoice.contract_id) == col(Contract.id),
            col(Invoice.ends_on) >= last,
            col(Invoice.starts_on) <= window.last,
            stands(),
        )
        .correlate(Contract)
        .exists()
    )


def _known_here() -> sa.ColumnElement[bool]:
    """Return the condition that a contract was billed here, or a run skipped it."""
    billed = sa.select(sa.literal(1)).where(col(Invoice.contract_id) == col(Contract.id))
    skipped = sa.select(sa.literal(1)).where(col(BillingSkip.contract_id) == col(Contract.id))
    return sa.or_(billed.correlate(Contract).exists(), skipped.correlate(Contract).exists())


def _count_due(work: Work, order: Order) -> int:
    return work.session.scalar(sa.select(sa.func.count()).select_from(Contract).where(*_due(order))) or 0


def _due_ids(work: Work, order: Order, after: int) -> list[int]:
    statement = (
        sa.select(col(Contract.id))
        .where(col(Contract.id) > after, *_due(order))
        .order_by(col(Contract.id))
        .limit(CHUNK)
    )
    return list(work.session.scalars(statement))


def _still_due(work: Work, order: Order, ids: Sequence[int]) -> list[int]:
    if work.session.get_bind().dialect.name != "postgresql":
        return list(ids)  # nobody else writes meanwhile
    return list(
        work.session.scalars(sa.select(col(Contract.id)).where(col(Contract.id).in_(ids), *_due(order)))
    )


def _computed(work: Work, order: Order, ids: Sequence[int]) -> _Chunk:
    chunk = _Chunk()
    if not ids:
        return chunk
    months = sa.select(col(Contract.id), col(Contract.period_months)).where(col(Contract.id).in_(ids))
    windows: dict[int, Window] = {}
    for row in work.session.execute(months):
        if window := window_of(order.period, row.period_months):
            windows[row.id] = window
    tariffs = load_tariffs(work.session, on=work.today)
    windows = unbilled(work.session, windows, tariffs)
    facts = load_facts(work.session, ids, windows, estimate=order.estimate)
    rounds = rounds_so_far(work, facts)
    letters = Letters(work)
    for fact in facts:
        found = bill_of(fact, tariffs, estimate=order.estimate)
        if isinstance(found, Skipped):
            chunk.skipped.append((fact.case.contract_id, found))
        else:
            chunk.drafts.append(
                drafted(letters, fact, found, round_=rounds.get(fact.case.contract_id, 0) + 1)
            )
    return chunk


def bill_of(
    fact: BillingFacts, tariffs: Mapping[int, Tariff], *, estimate: bool = False
) -> Settlement | Skipped:
    """Return the bill that a contract's facts give, or why there is none."""
    return settle(fact.case, tariff_of(fact.case, tariffs), estimate=estimate)


def rounds_so_far(work: Work, facts: Sequence[BillingFacts]) -> dict[int, int]:
    """Return how many invoices each contract has for the beginning of its window, voided ones included."""
    ids = [fact.case.contract_id for fact in facts]
    starts = {fact.case.contract_id: fact.billed_from for fact in facts}
    statement = (
        sa.select(col(Invoice.contract_id), col(Invoice.starts_on), sa.func.max(col(Invoice.round)))
        .where(
            col(Invoice.contract_id).in_(ids),
            col(Invoice.starts_on).in_(set(starts.values())),
            col(Invoice.kind) == InvoiceKind.INVOICE,
        )
        .group_by(col(Invoice.contract_id), col(Invoice.starts_on))
    )
    rows = work.session.execute(statement)
    return {key: int(count) for key, first, count in rows if first == starts[key]}


def _write_skips(work: Work, run_id: int, skipped: Sequence[tuple[int, Skipped]]) -> None:
    rows: list[tuple[Any, ...]] = [
        (run_id, contract, found.reason.value, found.stored()) for contract, found in skipped
    ]
    if not rows:
        return
    known = sa.select(col(BillingSkip.contract_id)).where(
        col(BillingSkip.run_id) == run_id, col(BillingSkip.contract_id).in_([row[1] for row in rows])
    )
    noted = set(work.session.scalars(known))
    write_rows(
        work.session.connection(),
        "billing_skip",
        ("run_id", "contract_id", "reason", "detail"),
        [row for row in rows if row[1] not in noted],
    )
