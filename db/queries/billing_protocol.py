"""What a billing run did: how many invoices, their sum, and who was left out and why."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, query
from db.errors import NotFound
from db.models import BillingRun, BillingSkip, Client, Contract, Invoice
from db.queries.rows import Statement
from db.records.billing import RunReport, Skipped, SkippedContract
from db.records.money import SkipReason
from db.rules.grosze import to_zlotys
from db.words import N_
from db.work import Work

AT_ONCE = 500


@query(roles=SUPERVISORS)
def billing_protocol(work: Work, run_id: int, *, most: int = 1000) -> RunReport:
    """Return the protocol of a run with at most `most` of the contracts that were left out.

    Raises NotFound.
    """
    run = work.session.get(BillingRun, run_id)
    if run is None:
        raise NotFound(N_("There is no billing run %(run)s."), run=str(run_id))
    gross_sum = sa.func.sum(sa.type_coerce(col(Invoice.gross), sa.BigInteger))
    mailed = sa.func.sum(sa.case((col(Invoice.by_email), 1), else_=0))
    sums = sa.select(sa.func.count(), sa.func.coalesce(gross_sum, 0), sa.func.coalesce(mailed, 0))
    billed, gross, by_email = work.session.execute(sums.where(col(Invoice.run_id) + 0 == run_id)).one()
    left_out = (col(BillingSkip.run_id) == run_id, ~_billed_after_all())
    counted = (
        sa.select(col(BillingSkip.reason), sa.func.count()).where(*left_out).group_by(col(BillingSkip.reason))
    )
    reasons = {SkipReason(row[0]): int(row[1]) for row in work.session.execute(counted)}
    listed = (
        sa.select(col(Contract.number), col(Client.number), col(BillingSkip.reason), col(BillingSkip.detail))
        .join(Contract, col(Contract.id) == col(BillingSkip.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
        .where(*left_out)
        .order_by(col(BillingSkip.reason), col(BillingSkip.id))
        .limit(most)
    )
    skipped = tuple(
        SkippedContract(number, client, Skipped.restored(SkipReason(reason), detail))
        for number, client, reason, detail in work.session.execute(listed)
    )
    return RunReport(
        period=f"{run.period[:4]}-{run.period[4:]}",
        billed=int(billed),
        skipped=skipped,
        skipped_count=sum(reasons.values()),
        reasons=reasons,
        gross=to_zlotys(int(gross)),
        dry_run=False,
        by_email=int(by_email),
    )


def _billed_after_all() -> sa.ColumnElement[bool]:
    """Return the condition that a run which stopped and went on billed what it had skipped before.

    The sum keeps SQLite from looking for each skipped contract through all invoices of the run: by
    the contract there are few.
    """
    same = (
        col(Invoice.run_id) + 0 == col(BillingSkip.run_id),
        col(Invoice.contract_id) == col(BillingSkip.contract_id),
    )
    return sa.select(sa.literal(1)).where(*same).correlate(BillingSkip).exists()


@query(roles=SUPERVISORS)
def named_skips(work: Work, skipped: tuple[tuple[int, Skipped], ...]) -> tuple[SkippedContract, ...]:
    """Return skips of contract ids with the numbers that people know."""
    names: dict[int, tuple[str, str]] = {}
    ids = [key for key, _ in skipped]
    for start in range(0, len(ids), AT_ONCE):
        statement: Statement = (
            sa.select(
                col(Contract.id), col(Contract.number).label("contract"), col(Client.number).label("client")
            )
            .join(Client, col(Client.id) == col(Contract.client_id))
            .where(col(Contract.id).in_(ids[start : start + AT_ONCE]))
        )
        for row in work.session.execute(statement):
            names[row.id] = (row.contract, row.client)
    return tuple(SkippedContract(*names[key], found) for key, found in skipped if key in names)
