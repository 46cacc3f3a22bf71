"""Bills a period from the first contract to the last, a few a transaction; goes on where it stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from db.office import Office
from db.operations.billing import bill_chunk, finish_run, plan_run, start_run, try_chunk
from db.queries.billing_protocol import billing_protocol, named_skips
from db.records.billing import RunReport, Skipped
from db.records.money import SkipReason
from db.rules.months import month_name

Progress = Callable[[int, int], None]
MOST_SHOWN = 10_000
"""Skipped contracts that a protocol lists."""


def run_billing(
    office: Office,
    period: date,
    *,
    group: str | None = None,
    estimate: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Issue the invoices of every contract whose billing period ends in the month of `period`.

    A contract that was billed is left out, so that a second run, or one after a crash, does only
    what is left; of two at once, each contract is billed by one. Raises what `start_run` raises.
    """
    start, order = office.do(start_run, period, group=group, estimate=estimate)
    assert start.run_id is not None  # noqa: S101 - tells the type checker what always holds
    after, done = 0, 0
    while True:
        chunk = office.do(bill_chunk, order, start.run_id, after)
        if chunk.last_contract_id is None:
            break
        after = chunk.last_contract_id
        done += chunk.billed + chunk.skipped
        if progress:
            progress(min(done, start.contracts), start.contracts)
    office.do(finish_run, start.run_id)
    return office.read(billing_protocol, start.run_id, most=MOST_SHOWN)


def try_billing(
    office: Office,
    period: date,
    *,
    group: str | None = None,
    estimate: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Return the protocol that `run_billing` would have now; writes nothing. Raises as it does."""
    start, order = office.read(plan_run, period, group=group, estimate=estimate)
    after, billed, gross, by_email = 0, 0, 0, 0
    reasons: Counter[SkipReason] = Counter()
    skipped: list[tuple[int, Skipped]] = []
    while True:
        chunk, skips, sum_ = office.read(try_chunk, order, after)
        if chunk.last_contract_id is None:
            break
        after = chunk.last_contract_id
        billed += chunk.billed
        by_email += chunk.by_email
        gross += sum_
        reasons.update(found.reason for _, found in skips)
        skipped += skips[: MOST_SHOWN - len(skipped)]
        if progress:
            progress(min(billed + reasons.total(), start.contracts), start.contracts)
    return RunReport(
        period=month_name(period),
        billed=billed,
        skipped=office.read(named_skips, tuple(skipped)),
        skipped_count=reasons.total(),
        reasons=dict(reasons),
        gross=Decimal(gross).scaleb(-2),
        dry_run=True,
        by_email=by_email,
    )
