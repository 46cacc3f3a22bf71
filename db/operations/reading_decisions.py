"""What happens to a reading afterwards: voided, approved, rejected. The reading itself stays as it is."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_day
from db.doors import CLERKS, SUPERVISOR_ONLY, operation
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.models import Reading, ReadingDecision
from db.operations.reading_guards import hold_point, refuse_as_taken, refuse_backwards
from db.queries.contact_rows import contact_in_hand
from db.queries.invoices import invoice_settling
from db.queries.reading_context import load_context
from db.queries.reading_rows import ReadingRow, find_reading, find_row, is_accepted
from db.queries.rows import insert_row
from db.queries.supply import FoundMeter, meter_of_reading
from db.records.clients import ReadingLine
from db.records.people import Role
from db.records.readings import STATUS_WORDS, ReadingStatus
from db.refusals import ReadingRefused
from db.rules.levels import FindingCode, Level
from db.rules.reading_checks import ReadingEntry, check_reading
from db.rules.text import clean
from db.words import N_, Words
from db.work import Work

REASON_LENGTH = 500


@operation(roles=CLERKS)
def void_reading(work: Work, reading_id: int, reason: str) -> ReadingLine:
    """Void a reading: it no longer counts, and stays to be seen.

    An invoice that settled it stays as it is; the line names it, for it is to be corrected.

    An agent voids what they recorded themselves today. Anything else, and a reading on which a
    later one stands, takes a supervisor, in person or by `work.approver`: what was used since is
    counted anew from the reading before.

    Raises NotFound, NotAllowed, WrongInput without a reason, Stale when it was voided already,
    Refused when it was rejected.
    """
    reason = clean(reason, REASON_LENGTH)
    if not reason:
        raise WrongInput(N_("Say why the reading is voided."))
    found, row = _hold_reading(work, reading_id)
    contact_in_hand(work, found.client_id)
    if row.status == ReadingStatus.VOIDED:
        raise Stale(N_("The reading %(state)s of %(day)s was voided already."), **_named(row))
    if row.status == ReadingStatus.REJECTED:
        raise Refused(N_("The reading %(state)s of %(day)s was rejected and never counted."), **_named(row))
    if not _by_supervisor(work):
        _require_own_and_last(work, row)
    settled_by = invoice_settling(work.session, reading_id)
    line = _decide(work, found, row, "voided", reason, ReadingStatus.VOIDED, settled_by=settled_by)
    return replace(line, settled_by=settled_by)


@operation(roles=SUPERVISOR_ONLY)
def decide_reading(work: Work, reading_id: int, approve: bool, reason: str = "") -> ReadingLine:
    """Approve or reject a reading that waits; whoever recorded it may not decide about it.

    Approving checks it again against what is true now, an earlier reading voided meanwhile
    included, and returns the use that follows from that. Raises NotFound, NotAllowed, WrongInput
    for a rejection without a reason, Stale when it no longer waits, ReadingRefused when nobody
    may let it pass.
    """
    reason = clean(reason, REASON_LENGTH)
    if not approve and not reason:
        raise WrongInput(N_("Say why the reading is rejected."))
    found, row = _hold_reading(work, reading_id)
    if row.status != ReadingStatus.PENDING:
        raise Stale(
            N_("The reading %(state)s of %(day)s no longer waits: %(status)s."),
            status=Words(STATUS_WORDS[row.status]),
            **_named(row),
        )
    if row.staff_id == work.actor.id:
        raise NotAllowed(N_("You recorded this reading; another supervisor has to decide about it."))
    if not approve:
        return _decide(work, found, row, "rejected", reason, ReadingStatus.REJECTED)
    used = _check_again(work, found, row)
    return replace(_decide(work, found, row, "approved", reason, ReadingStatus.ACCEPTED), consumption=used)


def _hold_reading(work: Work, reading_id: int) -> tuple[FoundMeter, ReadingRow]:
    """Return a reading and whose it is, held until the transaction ends; raises NotFound."""
    known = find_reading(work.session, reading_id)
    if known is not None:
        found = meter_of_reading(work.session, known[0].meter_id)
        hold_point(work, found.point_id)
        known = find_reading(work.session, reading_id)
        if known is not None:
            return found, known[0]
    raise NotFound(N_("There is no reading %(reading)s."), reading=str(reading_id))


def _named(row: ReadingRow) -> dict[str, object]:
    return {"state": row.state, "day": row.day}


def _by_supervisor(work: Work) -> bool:
    if work.actor.role is Role.SUPERVISOR:
        return True
    return work.approver is not None and work.approver.id != work.actor.id


def _require_own_and_last(work: Work, row: ReadingRow) -> None:
    """Raise NotAllowed unless the agent recorded it today and nothing stands on it."""
    if row.staff_id != work.actor.id or office_day(row.recorded_at) != work.today:
        raise NotAllowed(
            N_("You may void only what you recorded yourself today. A supervisor has to sign for this.")
        )
    later = sa.and_(col(Reading.meter_id) == row.meter_id, col(Reading.day) > row.day, is_accepted())
    if row.counts and (known := find_row(work.session, later)) is not None:
        raise NotAllowed(
            N_(
                "The later reading %(state)s of %(day)s is counted from this one."
                " A supervisor has to sign for voiding it."
            ),
            **_named(known[0]),
        )


def _check_again(work: Work, found: FoundMeter, row: ReadingRow) -> int:
    """Return the m³ used by what is true now; raises when no supervisor may let that pass."""
    loaded = load_context(
        work.session, found, today=work.today, policy=work.policy, day=row.day, without=row.id
    )
    check = check_reading(ReadingEntry(row.state, row.day, row.channel), loaded.context)
    if check.has(FindingCode.SAME_DAY):
        refuse_as_taken(work, found, row.day, check)
    if check.level is Level.REFUSE:
        raise ReadingRefused(check.findings)
    refuse_backwards(check)
    return check.consumption


def _decide(
    work: Work,
    found: FoundMeter,
    row: ReadingRow,
    kind: str,
    reason: str,
    status: ReadingStatus,
    *,
    settled_by: str | None = None,
) -> ReadingLine:
    insert_row(
        work.session,
        ReadingDecision,
        {
            "reading_id": row.id,
            "kind": kind,
            "reason": reason,
            "staff_id": (work.approver or work.actor).id if kind == "voided" else work.actor.id,
            "decided_at": work.now,
        },
    )
    known = find_reading(work.session, row.id)
    number = known[1] if known else ""
    work.changed(
        f"reading.{kind}",
        f"reading {row.id}",
        client_id=found.client_id,
        before={"status": row.status},
        after={
            "status": status.value,
            "meter": number,
            "state": row.state,
            "approved_by": work.approver.login if work.approver else None,
            "settled_by": settled_by,
        },
    )
    return replace(row, status=status.value).line(number)
