"""Recording a reading: the same checks as in the form, on what is true now."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, operation
from db.errors import NotAllowed, Refused, WrongInput
from db.models import Reading
from db.operations.reading_decisions import decide_reading, void_reading
from db.operations.reading_guards import (
    hold_point,
    refuse_as_taken,
    refuse_backwards,
    refuse_second_waiting,
)
from db.queries.contact_rows import contact_in_hand
from db.queries.finding_text import dump_findings, load_findings
from db.queries.reading_context import LoadedContext, load_context
from db.queries.reading_rows import find_reading, find_submitted
from db.queries.rows import insert_row
from db.queries.supply import FoundMeter, find_meter
from db.records.readings import ReadingInput, ReadingStatus, RecordedReading
from db.refusals import ReadingRefused
from db.rules.company_channels import company_channel_refusal
from db.rules.levels import FindingCode, Level
from db.rules.reading_checks import ReadingCheck, ReadingEntry, ReasonCode, check_reading, may_save
from db.rules.text import clean
from db.words import N_
from db.work import Work

__all__ = ["decide_reading", "record_reading", "void_reading"]

NOTE_LENGTH = 500
SUBMISSION_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Verdict:
    """How a reading is saved."""

    check: ReadingCheck
    reason: ReasonCode | None
    held: bool
    """It waits for a supervisor."""
    signed: bool
    """A supervisor's signature was needed and is there."""

    @property
    def status(self) -> ReadingStatus:
        """Where the reading stands once saved."""
        return ReadingStatus.PENDING if self.held else ReadingStatus.ACCEPTED


@operation(roles=DESK)
def record_reading(work: Work, entry: ReadingInput) -> RecordedReading:
    """Check a reading against what is true now and save it.

    A warning needs `reason`; what blocks needs a supervisor's sign-off (`work.approver`) or
    `hold`, which saves it to wait for one. The same `submission` twice is saved once and the
    first result returned with `repeated`.

    Raises ReadingRefused with the findings, ReadingTaken when that meter already has a reading
    of that day, NotFound for an unknown meter, WrongInput for an unknown reason, NotAllowed for
    an agent who says that the company read the meter itself.
    """
    submission = entry.submission.strip()
    if not 0 < len(submission) <= SUBMISSION_LENGTH:
        raise ValueError("a submission has 1 to 40 characters")
    if entry.state < 0:
        raise WrongInput(N_("A dial never shows a negative state. Type the black digits."))
    if (refusal := company_channel_refusal(work.actor.role, entry.channel)) is not None:
        raise NotAllowed(refusal)
    reason = _reason_of(entry)
    found = find_meter(work.session, entry.meter)
    hold_point(work, found.point_id)
    if (before := _saved_before(work, found, entry, submission)) is not None:
        return before
    contact_in_hand(work, found.client_id)
    loaded = load_context(work.session, found, today=work.today, policy=work.policy, day=entry.day)
    verdict = _judge(work, found, entry, loaded, reason)
    return _save(work, found, entry, loaded, verdict)


def _reason_of(entry: ReadingInput) -> ReasonCode | None:
    if not entry.reason:
        return None
    try:
        reason = ReasonCode(entry.reason)
    except ValueError:
        raise WrongInput(
            N_("There is no reason %(reason)s. Reasons: %(known)s."),
            reason=entry.reason[:40],
            known=", ".join(known.value for known in ReasonCode),
        ) from None
    if reason is ReasonCode.OTHER and not entry.note.strip():
        raise WrongInput(N_("Write into the note what the other reason is."))
    return reason


def _saved_before(
    work: Work, found: FoundMeter, entry: ReadingInput, submission: str
) -> RecordedReading | None:
    """Return what this very submission saved earlier, if it did."""
    known = find_submitted(work.session, submission)
    if known is None:
        return None
    row, number = known
    if (row.meter_id, row.state, row.day) != (found.meter_id, entry.state, entry.day):
        raise Refused(N_("This form was already saved with another reading. Open a new one."))
    stored = work.session.scalar(sa.select(col(Reading.findings)).where(col(Reading.id) == row.id))
    return RecordedReading(
        id=row.id,
        line=row.line(number),
        client_number=found.client_number,
        findings=load_findings(stored or "[]"),
        status=ReadingStatus(row.status),
        repeated=True,
    )


def _judge(
    work: Work, found: FoundMeter, entry: ReadingInput, loaded: LoadedContext, reason: ReasonCode | None
) -> _Verdict:
    """Run the checks and decide how the reading is saved; raises when it is not."""
    if loaded.oldest is not None and entry.day <= loaded.oldest:
        raise Refused(
            N_("Too far back: the readings before %(day)s are no longer compared."), day=loaded.oldest
        )
    check = check_reading(ReadingEntry(entry.state, entry.day, entry.channel), loaded.context)
    if check.has(FindingCode.SAME_DAY):
        refuse_as_taken(work, found, entry.day, check)
    signed = check.level is Level.BLOCK and _may_sign(work, check)
    if may_save(check.level, reason=reason, signed_off=signed):
        return _Verdict(check, reason, held=False, signed=signed)
    if check.level is Level.BLOCK and entry.hold:
        refuse_second_waiting(work, found, entry.day, check)
        return _Verdict(check, reason, held=True, signed=False)
    raise ReadingRefused(check.findings)


def _may_sign(work: Work, check: ReadingCheck) -> bool:
    """Tell whether a supervisor signed; raises when nobody could sign for this."""
    if work.approver is None:
        return False
    if work.approver.id == work.actor.id:
        raise NotAllowed(N_("Another supervisor has to sign: nobody signs for themselves."))
    refuse_backwards(check)
    return True


def _save(
    work: Work, found: FoundMeter, entry: ReadingInput, loaded: LoadedContext, verdict: _Verdict
) -> RecordedReading:
    check = verdict.check
    notice = loaded.notice if loaded.notice and entry.day >= loaded.notice.left_on else None
    approver = work.approver if verdict.signed else None
    reading_id = insert_row(
        work.session,
        Reading,
        {
            "meter_id": found.meter_id,
            "day": entry.day,
            "state": entry.state,
            "consumption": check.consumption,
            "rollover": check.rollover,
            "channel": entry.channel,
            "estimated": False,
            "needs_approval": verdict.held,
            "notice_id": notice.id if notice else None,
            "reason": verdict.reason,
            "note": clean(entry.note, NOTE_LENGTH),
            "findings": dump_findings(check.findings),
            "staff_id": work.actor.id or None,
            "approved_by_id": approver.id if approver else None,
            "contact_id": work.contact_id,
            "submission": entry.submission.strip(),
            "recorded_at": work.now,
        },
    )
    _note(work, found, reading_id, entry, verdict)
    saved = find_reading(work.session, reading_id)
    if saved is None:
        raise AssertionError("a reading that was just written is there")
    return RecordedReading(
        id=reading_id,
        line=saved[0].line(saved[1]),
        client_number=found.client_number,
        findings=check.findings,
        status=verdict.status,
    )


def _note(work: Work, found: FoundMeter, reading_id: int, entry: ReadingInput, verdict: _Verdict) -> None:
    """Write down who recorded what, and who signed for it."""
    work.changed(
        "reading.recorded",
        f"reading {reading_id}",
        client_id=found.client_id,
        after={
            "meter": "".join(entry.meter.split()),
            "day": entry.day,
            "state": entry.state,
            "consumption": verdict.check.consumption,
            "status": verdict.status.value,
            "reason": verdict.reason.value if verdict.reason else None,
            "findings": [finding.code.value for finding in verdict.check.findings],
            "approved_by": work.approver.login if verdict.signed and work.approver else None,
        },
    )
