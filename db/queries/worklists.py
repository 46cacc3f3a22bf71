"""Work lists: what waits for somebody, page by page, and how much there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import DESK, query
from db.models import BankLine, Client, Contract, Meter, Reading, ReadingNotice, Staff, SupplyPoint
from db.models.clients import FAILING_NIP, WITHOUT_PESEL
from db.queries.bank_lines import load_waiting, undecided
from db.queries.finding_text import load_findings
from db.queries.identity_lists import doubtful_emails, doubtful_points, failing_nips
from db.queries.notices import is_open, open_on
from db.queries.reading_rows import is_accepted, is_pending
from db.queries.rows import into
from db.queries.supply import display_name, name_columns
from db.records.bank_import import WaitingLine
from db.records.worklists import WorkCounts, WorkItem, WorkList, WorkListKind
from db.rules.dial import rollover_consumption
from db.work import Work

MOST_ITEMS = 200
COUNTED = 1000
"""Counting stops here: that many or more."""


@query(roles=DESK, discloses=True)
def work_list(work: Work, kind: WorkListKind, *, after: int | None = None, limit: int = 50) -> WorkList:
    """Return a page of a work list: the items behind the one with the key `after`, at most 200.

    Readings and payments that wait come oldest first, notices by their deadline, people without
    PESEL and businesses with a wrong NIP by name, addresses as they were filed. An item that is done
    meanwhile still serves as `after`. Leaves one access entry a page.
    """
    limit = max(1, min(limit, MOST_ITEMS))
    match kind:
        case WorkListKind.PENDING_READINGS:
            items = _pending(work, after, limit + 1)
        case WorkListKind.OPEN_NOTICES:
            items = _notices(work, after, limit + 1)
        case WorkListKind.WITHOUT_PESEL:
            items = _without_pesel(work, after, limit + 1)
        case WorkListKind.UNMATCHED_PAYMENTS:
            items = [_unmatched_item(line) for line in load_waiting(work, after, limit + 1)]
        case WorkListKind.FAILING_NIP:
            items = failing_nips(work, after, limit + 1)
        case WorkListKind.UNCONFIRMED_EMAILS:
            items = doubtful_emails(work, after, limit + 1)
    if items:
        work.looked("VIEW", f"work list {kind.value}, {min(len(items), limit)} lines")
    return WorkList(kind, tuple(items[:limit]), more=len(items) > limit)


@query(roles=DESK)
def work_counts(work: Work) -> WorkCounts:
    """Return how much waits on each list; a count of `limit` means that many or more."""
    soon = work.today + timedelta(days=work.policy.notice_warning_days)
    urgent = sa.and_(is_open(), col(ReadingNotice.deadline).between(work.today, soon))
    return WorkCounts(
        pending_readings=_count(work, sa.select(col(Reading.id)).where(is_pending())),
        open_notices=_count(work, sa.select(col(ReadingNotice.id)).where(is_open())),
        urgent_notices=_count(work, sa.select(col(ReadingNotice.id)).where(urgent)),
        without_pesel=_count(
            work,
            sa.select(col(Client.id)).where(sa.text(WITHOUT_PESEL), col(Client.anonymised_on).is_(None)),
        ),
        limit=COUNTED,
        unmatched_payments=_count(work, sa.select(col(BankLine.id)).where(undecided())),
        failing_nip=_count(work, sa.select(col(Client.id)).where(sa.text(FAILING_NIP))),
        unconfirmed_emails=_count(work, doubtful_points()),
    )


def _count(work: Work, statement: sa.Select[Any]) -> int:
    bounded = statement.limit(COUNTED).subquery()
    counting = sa.select(sa.func.count()).select_from(bounded)
    return work.session.scalar(counting, open_on(work.today, work.policy)) or 0


def _pending(work: Work, after: int | None, limit: int) -> list[WorkItem]:
    """Readings in the order in which they were taken in."""
    statement = (
        sa.select(
            col(Reading.id),
            col(Client.number),
            col(Meter.number),
            col(Reading.day),
            col(Reading.state),
            _state_before().label("before"),
            col(Reading.rollover),
            col(Meter.digits),
            col(Reading.reason),
            col(Staff.name),
            col(Reading.findings),
            *name_columns(),
        )
        .select_from(Reading)
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
        .outerjoin(Staff, col(Staff.id) == col(Reading.staff_id))
        .where(is_pending())
        # not by id: SQLite would walk all readings by their key instead of those that wait
        .order_by(col(Reading.recorded_at), col(Reading.id))
        .limit(limit)
    )
    if after is not None:
        last = sa.select(col(Reading.recorded_at)).where(col(Reading.id) == after)
        place = sa.tuple_(col(Reading.recorded_at), col(Reading.id))
        statement = statement.where(place > sa.tuple_(last.scalar_subquery(), sa.literal(after)))
    return [_pending_item(row) for row in work.session.execute(statement)]


def _state_before() -> sa.ColumnElement[int]:
    """Return what a waiting reading is counted from now: a correction may have changed that."""
    earlier = aliased(Reading)
    last = (
        sa.select(col(earlier.state))
        .where(
            col(earlier.meter_id) == col(Reading.meter_id),
            col(earlier.day) < col(Reading.day),
            ~col(earlier.estimated),
            is_accepted(earlier),
        )
        .order_by(col(earlier.day).desc())
        .limit(1)
        .correlate(Reading, Meter)
        .scalar_subquery()
    )
    return sa.func.coalesce(last, col(Meter.installed_state))


def _pending_item(row: Iterable[Any]) -> WorkItem:
    key, client, meter, day, state, before, rollover, digits, reason, agent, findings, *names = row
    turned = rollover and state < before
    return WorkItem(
        key=key,
        client_number=client,
        client_name=display_name(*names),
        meter=meter,
        day=day,
        state=state,
        previous_state=before,
        consumption=rollover_consumption(before, state, digits) if turned else state - before,
        reason=reason,
        agent=agent,
        findings=load_findings(findings),
    )


def _notices(work: Work, after: int | None, limit: int) -> list[WorkItem]:
    """Notices with the nearest deadline first, those past it before all."""
    statement = (
        sa.select(
            col(ReadingNotice.id),
            col(Client.number),
            col(Meter.number),
            col(ReadingNotice.deadline),
            col(ReadingNotice.reader),
            *name_columns(),
        )
        .select_from(ReadingNotice)
        .join(Meter, col(Meter.id) == col(ReadingNotice.meter_id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
        .where(is_open())
        .order_by(col(ReadingNotice.deadline), col(ReadingNotice.id))
        .limit(limit)
    )
    if after is not None:
        last = sa.select(col(ReadingNotice.deadline)).where(col(ReadingNotice.id) == after)
        place = sa.tuple_(col(ReadingNotice.deadline), col(ReadingNotice.id))
        statement = statement.where(place > sa.tuple_(last.scalar_subquery(), sa.literal(after)))
    return [
        WorkItem(
            key=row[0],
            client_number=row[1],
            client_name=display_name(*row[5:8]),
            meter=row[2],
            day=row[3],
            agent=row[4],
        )
        for row in work.session.execute(statement, open_on(work.today, work.policy))
    ]


def _without_pesel(work: Work, after: int | None, limit: int) -> list[WorkItem]:
    """People in the order of their names."""
    statement = (
        sa.select(col(Client.id), col(Client.number), *name_columns())
        .where(sa.text(WITHOUT_PESEL), col(Client.anonymised_on).is_(None))
        .order_by(col(Client.name_key), col(Client.id))
        .limit(limit)
    )
    if after is not None:
        last = sa.select(col(Client.name_key)).where(col(Client.id) == after)
        place = sa.tuple_(col(Client.name_key), col(Client.id))
        statement = statement.where(place > sa.tuple_(last.scalar_subquery(), sa.literal(after)))
    return [
        into(WorkItem, (row[0], row[1], display_name(*row[2:5]))) for row in work.session.execute(statement)
    ]


def _unmatched_item(line: WaitingLine) -> WorkItem:
    """A payment with the client whose it most likely is."""
    best = line.suggestions[0] if line.suggestions else None
    return WorkItem(
        key=line.id,
        client_number=best.client_number if best else "",
        client_name=best.client_name if best else "",
        day=line.day,
        reason=best.how if best else None,
        amount=line.amount,
        payer=line.name,
        title=line.title,
    )
