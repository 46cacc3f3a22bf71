"""Water put into the network: entered by month and town, never changed; a later entry counts instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, operation
from db.errors import BokError, NotFound, WrongInput
from db.models import WaterInput
from db.queries.rows import insert_row
from db.queries.water import supplied_towns
from db.records.water import WaterFigure, WaterOutcome, WaterResult
from db.rules.text import clean_line, fold, polish_key
from db.rules.water import require_over, require_possible
from db.words import N_
from db.work import Work

NOTE_LENGTH = 160
TOWN_LENGTH = 80
NAMED = 12
"""Towns that a refusal names."""


@operation(roles=OVERSEERS)
def enter_water(work: Work, figure: WaterFigure) -> WaterOutcome:
    """Enter what was put into a town's network in a month; of several entries the last counts.

    A figure that counts already is not written again. Raises WrongInput for a month that is not over
    and for a volume or a note that cannot be, NotFound for a town where nobody is supplied.
    """
    return _enter(work, figure, _spellings(work))


@operation(roles=OVERSEERS)
def import_water(work: Work, figures: Sequence[WaterFigure]) -> tuple[WaterOutcome, ...]:
    """Enter each of `figures` as `enter_water` does, and say of each what became of it."""
    spellings = _spellings(work)
    done = []
    for figure in figures:
        try:
            done.append(_enter(work, figure, spellings))
        except BokError as error:
            refused = WaterOutcome(figure, WaterResult.REFUSED, None, error.message, error.params)
            done.append(refused)
    return tuple(done)


def _enter(work: Work, figure: WaterFigure, spellings: Mapping[str, Sequence[str]]) -> WaterOutcome:
    require_over(figure.month, work.today)
    require_possible(figure.volume)
    figure = replace(figure, town=_town(figure.town, spellings), note=clean_line(figure.note, NOTE_LENGTH))
    month = f"{figure.month:%Y%m}"
    last = work.session.execute(
        sa.select(col(WaterInput.volume), col(WaterInput.note))
        .where(col(WaterInput.month) == month, col(WaterInput.town) == figure.town)
        .order_by(col(WaterInput.id).desc())
        .limit(1)
    ).one_or_none()
    if last is not None and tuple(last) == (figure.volume, figure.note):
        return WaterOutcome(figure, WaterResult.UNCHANGED, figure.volume)
    row = {"town": figure.town, "month": month, "volume": figure.volume, "note": figure.note}
    who = {"staff_id": work.actor.id or None, "entered_at": work.now}
    key = insert_row(work.session, WaterInput, row | who)
    before = None if last is None else int(last[0])
    work.changed(
        "water.entered",
        f"water {key}",
        before=None if before is None else {"m3": before},
        after={"town": figure.town, "month": month, "m3": figure.volume, "note": figure.note},
    )
    return WaterOutcome(figure, WaterResult.ENTERED if last is None else WaterResult.REPLACED, before)


def _spellings(work: Work) -> Mapping[str, Sequence[str]]:
    """Return the supplied towns by their folded names."""
    found: dict[str, list[str]] = defaultdict(list)
    for town in supplied_towns(work.session):
        found[fold(town)].append(town)
    return found


def _town(typed: str, spellings: Mapping[str, Sequence[str]]) -> str:
    """Return a town as addresses spell it; raises WrongInput, NotFound."""
    town = clean_line(typed, TOWN_LENGTH)
    if not town:
        raise WrongInput(N_("Name the town."))
    known = spellings.get(fold(town), ())
    if town in known:
        return town
    if len(known) == 1:
        return known[0]
    if known:
        raise WrongInput(
            N_("%(typed)s may be each of: %(towns)s. Type it as it is on file."),
            typed=town,
            towns=", ".join(sorted(known, key=polish_key)),
        )
    towns = sorted((one for same in spellings.values() for one in same), key=polish_key)
    more = ", ..." if len(towns) > NAMED else ""
    raise NotFound(
        N_("Nobody is supplied in a town %(typed)s. Towns on file: %(towns)s."),
        typed=town,
        towns=(", ".join(towns[:NAMED]) or "-") + more,
    )
