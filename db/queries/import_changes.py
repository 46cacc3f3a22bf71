"""What changed since a file of readings was judged: only that is judged again while others wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import AuditEntry
from db.queries.import_points import MeterPlace
from db.queries.reading_import import Progress, basis_of, judge_lines
from db.records.reading_import import JudgedFile
from db.work import Work

APART = (
    "sign_in.",
    "sign_off.",
    "password_change.",
    "session.",
    "staff.",
    "utility.",
    "readings.imported",
    "readings.batch_",
    "reading_mapping.",
)
"""Changes of no client's that no reading is judged by; imported readings have their own entries."""


def brought_up_to_date(
    work: Work,
    judged: JudgedFile,
    places: Mapping[str, MeterPlace],
    *,
    hold: bool,
    progress: Progress | None = None,
) -> JudgedFile:
    """Return `judged` as its file would be judged now; `places` are those of its meters now.

    Every change leaves its audit entry: the supply points of clients that have a new one are judged
    again, and all of the file where an entry does not tell whom it concerns.
    """
    was, now = judged.basis, basis_of(work, hold=hold)
    clients = _changed_clients(work.session, was.entry) if was is not None else None
    moved = any(
        places.get(good.reading.meter) != MeterPlace(good.meter_id, good.point_id, good.client_id)
        for good in judged.good
    )
    if was is None or clients is None or moved or replace(was, entry=now.entry) != now:
        return judge_lines(work, judged.file, hold=hold, progress=progress)
    again = {place.point_id for place in places.values() if place.client_id in clients}
    return _judged_again(work, judged, places, again, hold=hold) if again else judged


def _changed_clients(session: Session, since: int) -> frozenset[int] | None:
    """Return whose audit entries came after the entry `since`; None when one may concern anybody."""
    statement = sa.select(col(AuditEntry.client_id), col(AuditEntry.action)).where(
        col(AuditEntry.seq) > since
    )
    clients: set[int] = set()
    for client_id, action in session.execute(statement.distinct()):
        if client_id is not None:
            clients.add(client_id)
        elif not action.startswith(APART):
            return None
    return frozenset(clients)


def _judged_again(
    work: Work, judged: JudgedFile, places: Mapping[str, MeterPlace], again: set[int], *, hold: bool
) -> JudgedFile:
    """Return `judged` with the lines of the supply points `again` judged anew."""
    readings = [
        reading
        for reading in judged.file.readings
        if (place := places.get(reading.meter)) is not None and place.point_id in again
    ]
    lines = {reading.line for reading in readings}
    fresh = judge_lines(work, replace(judged.file, readings=tuple(readings), findings=()), hold=hold)
    good = tuple(good for good in judged.good if good.point_id not in again)
    findings = tuple(finding for finding in judged.findings if finding.line not in lines)
    # each of these lines was good, bad or recorded already
    was_good, was_bad = len(judged.good) - len(good), judged.bad - len({found.line for found in findings})
    return replace(
        judged,
        good=good + fresh.good,
        already=judged.already - (len(lines) - was_good - was_bad) + fresh.already,
        findings=tuple(sorted((*findings, *fresh.findings), key=lambda finding: finding.line)),
    )
