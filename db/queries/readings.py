"""Reading a meter: what the form needs, and the readings there are."""

from __future__ import annotations

from db.doors import DESK, query
from db.queries.caller import level_for
from db.queries.reading_context import load_context
from db.queries.reading_rows import load_histories
from db.queries.supply import find_meter, load_supply
from db.records.clients import ReadingLine
from db.records.readings import ReadingForm
from db.work import Work

MOST_LISTED = 500


@query(roles=DESK, discloses=True)
def reading_form(work: Work, meter: str) -> ReadingForm:
    """Return everything the form needs to check a reading of `meter` while it is typed.

    Leaves an access entry. Raises NotFound for a meter that does not exist.
    """
    found = find_meter(work.session, meter)
    loaded = load_context(work.session, found, today=work.today, policy=work.policy)
    number = loaded.context.meter.number
    work.looked("VIEW", f"reading form of meter {number}", client_id=found.client_id)
    return ReadingForm(
        client_number=found.client_number,
        client_name=found.client_name,
        meter=number,
        context=loaded.context,
        notice=loaded.notice,
        verification_level=level_for(work, found.client_id),
    )


@query(roles=DESK, discloses=True)
def list_readings(work: Work, meter: str, *, limit: int = 50) -> tuple[ReadingLine, ...]:
    """Return the latest readings of `meter`, newest first, voided and waiting ones included.

    At most 500. Leaves an access entry. Raises NotFound for a meter that does not exist.
    """
    found = find_meter(work.session, meter)
    supply = load_supply(work.session, found.client_id, first=found)
    row = next(row for row in supply.meters if row.id == found.meter_id)
    limit = max(1, min(limit, MOST_LISTED))
    history = load_histories(work.session, [row], per_meter=limit + 1)[row.id]
    work.looked("VIEW", f"readings of meter {row.number}", client_id=found.client_id)
    return tuple(reading.line(row.number) for reading in history.rows[:limit])
