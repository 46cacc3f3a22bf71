"""Water put into the network: entered by month and town, never changed; a later entry counts instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, operation
from db.errors import BokError, NotFound, WrongInput
from db.models import WaterInput
from db.queries.rows import insert_row
from db.queries.water import supplied_towns
from db.records.water import WaterFigure, WaterOutcome, WaterResult
from db.rules.months import month_after, month_name
from db.rules.text import clean_line, fold, polish_key
from db.rules.water import USUAL_MONTHS, far_from_usual, require_over, require_possible, usual_volume
from db.words import N_
from db.work import Work

NOTE_LENGTH = 160
TOWN_LENGTH = 80
NAMED = 12
"""Towns that a refusal names."""
DOUBTFUL = N_(
    "In %(town)s %(usual)s m³ a month are usual (the last 12 months on file), and %(month)s has"
    " %(volume)s m³."
)


class _Known(NamedTuple):
    """What figures are held against, read before any of them is written."""

    spellings: Mapping[str, Sequence[str]]
    """Supplied towns by their folded names."""
    usual: Mapping[str, int | None]
    """m³ a month by town; empty when somebody has said that the figures are right."""
    last: dict[tuple[str, str], tuple[int, str]]
    """Volume and note that count, by town and month; kept up with what is written."""


@operation(roles=OVERSEERS)
def enter_water(work: Work, figure: WaterFigure, *, sure: bool = False) -> WaterOutcome:
    """Enter what was put into a town's network in a month; of several entries the last counts.

    A figure that counts already is not written again, nor is one far from the town's usual (DOUBTFUL)
    unless somebody is `sure` of it. Raises WrongInput for a month that is not over and for a volume or a
    note that cannot be, NotFound for a town where nobody is supplied.
    """
    return _enter(work, figure, _known(work, [figure], sure=sure))


@operation(roles=OVERSEERS)
def import_water(
    work: Work, figures: Sequence[WaterFigure], *, sure: bool = False
) -> tuple[WaterOutcome, ...]:
    """Enter each of `figures` as `enter_water` does, and say of each what became of it.

    What is usual is taken from what was on file before.
    """
    known = _known(work, figures, sure=sure)
    done = []
    for figure in figures:
        try:
            done.append(_enter(work, figure, known))
        except BokError as error:
            refused = WaterOutcome(figure, WaterResult.REFUSED, None, error.message, error.params)
            done.append(refused)
    return tuple(done)


def _enter(work: Work, figure: WaterFigure, known: _Known) -> WaterOutcome:
    require_over(figure.month, work.today)
    require_possible(figure.volume)
    figure = replace(
        figure, town=_town(figure.town, known.spellings), note=clean_line(figure.note, NOTE_LENGTH)
    )
    month = f"{figure.month:%Y%m}"
    last = known.last.get((figure.town, month))
    if last == (figure.volume, figure.note):
        return WaterOutcome(figure, WaterResult.UNCHANGED, figure.volume)
    before = None if last is None else last[0]
    usual = known.usual.get(figure.town)
    if far_from_usual(figure.volume, usual):
        said = {
            "town": figure.town,
            "usual": usual,
            "month": month_name(figure.month),
            "volume": figure.volume,
        }
        return WaterOutcome(figure, WaterResult.DOUBTFUL, before, DOUBTFUL, said)
    known.last[figure.town, month] = (figure.volume, figure.note)
    return _write(work, figure, before)


def _write(work: Work, figure: WaterFigure, before: int | None) -> WaterOutcome:
    month = f"{figure.month:%Y%m}"
    row = {"town": figure.town, "month": month, "volume": figure.volume, "note": figure.note}
    who = {"staff_id": work.actor.id or None, "entered_at": work.now}
    key = insert_row(work.session, WaterInput, row | who)
    work.changed(
        "water.entered",
        f"water {key}",
        before=None if before is None else {"m3": before},
        after={"town": figure.town, "month": month, "m3": figure.volume, "note": figure.note},
    )
    return WaterOutcome(figure, WaterResult.ENTERED if before is None else WaterResult.REPLACED, before)


def _known(work: Work, figures: Sequence[WaterFigure], *, sure: bool) -> _Known:
    return _Known(_spellings(work), {} if sure else _usual(work), _last(work, figures))


def _last(work: Work, figures: Sequence[WaterFigure]) -> dict[tuple[str, str], tuple[int, str]]:
    """Return volume and note of what counts in the months of `figures`, by town and month."""
    statement = (
        sa.select(col(WaterInput.town), col(WaterInput.month), col(WaterInput.volume), col(WaterInput.note))
        .where(col(WaterInput.month).in_({f"{figure.month:%Y%m}" for figure in figures}))
        .order_by(col(WaterInput.id))
    )
    return {
        (town, month): (int(volume), note) for town, month, volume, note in work.session.execute(statement)
    }


def _usual(work: Work) -> Mapping[str, int | None]:
    """Return what each town usually takes: the median of what counts of the last 12 months."""
    counting = {
        (town, month): volume
        for town, month, volume in work.session.execute(
            sa.select(col(WaterInput.town), col(WaterInput.month), col(WaterInput.volume))
            .where(col(WaterInput.month) >= f"{month_after(work.today, -USUAL_MONTHS):%Y%m}")
            .order_by(col(WaterInput.id))
        )
    }
    volumes: dict[str, list[int]] = defaultdict(list)
    for (town, _month), volume in counting.items():
        volumes[town].append(int(volume))
    return {town: usual_volume(found) for town, found in volumes.items()}


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
