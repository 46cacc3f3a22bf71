"""Readings: the meter reader's round, the slips left behind, and what clients send in."""

from __future__ import annotations

from random import Random

from db.sample import names
from db.sample.batch import Batch
from db.sample.calls import Desk
from db.sample.days import Days
from db.sample.plans import PointPlan, Slip
from db.sample.waiting import Told, what_is_wrong
from db.sample.water import LITRES, Dial, Pipes

DEADLINE = 14
"""Days to answer a notice."""
BY_CLIENT = 0.12
"""Readings that the client gives, on a notice."""
ESTIMATED = 0.006
CHANNELS = ("phone", "phone", "phone", "phone", "ebok", "ebok", "ebok", "email", "email", "in_person")
MONTH = 30


class Visits:
    """Writes every reading of one supply point, oldest first."""

    def __init__(
        self, batch: Batch, days: Days, desk: Desk, use: Random, point: PointPlan, client_id: int
    ) -> None:
        self._batch, self._days, self._desk, self._use = batch, days, desk, use
        self._point, self._client_id = point, client_id
        self._told: list[Told] = []
        """What was read on the main meter; kept only where a reading will wait for a supervisor."""

    def make(self, pipes: Pipes) -> None:
        """Let the water run from visit to visit and write what was read."""
        point = self._point
        rounds = self._rounds(max(pipes.today, pipes.contract_start))
        missed = rounds.pop() if rounds and (point.slip is not Slip.NONE or point.meter_taken) else 0
        if point.rollover and len(rounds) > 1:
            pipes.turn_over((rounds[-1] + rounds[-2]) // 2)
        for left, day in enumerate(rounds, 1 - len(rounds)):
            day += day == pipes.exchange  # a meter is not read on the day it comes
            self._visit(pipes, day, left)
        self._last(pipes, missed)
        pipes.write()

    def _rounds(self, since: int) -> list[int]:
        """Return the days of the round, oldest first."""
        point = self._point
        day = self._days.today - (point.ended_age or point.phase)
        floor = max(self._days.start, since) + 10
        found = []
        while day > floor:
            found.append(day)
            day -= point.period_months * MONTH - 2 + int(self._use.random() * 5)
        found.reverse()
        return found

    def _visit(self, pipes: Pipes, day: int, left: int) -> None:
        """Read the meters of the point; `left` is 0 at the last visit, -1 at the one before."""
        before = pipes.today
        pipes.run_to(day)
        chance = self._use.random()
        point = self._point
        plain = point.garden_litres == 0 and not point.rollover and not point.exchanged
        if point.voided and left == 0 and self._desk.staff:
            self._mistyped(pipes.main, day)
            self._given(pipes, day, before)
        elif -left < point.streak or chance < BY_CLIENT:
            self._given(pipes, day, before)
        elif chance > 1 - ESTIMATED and plain and left < 0:
            self._estimate(pipes.main, day)
        else:
            at = self._days.instant(day, self._use.random())
            self._read(pipes.main, day, "field", None, None, None, at)
            if pipes.garden:
                self._read(pipes.garden, day, "field", None, None, None, at)

    def _given(self, pipes: Pipes, day: int, before: int) -> None:
        """The client answers a notice, for each meter its own."""
        chance = self._use.random
        channel = CHANNELS[int(chance() * len(CHANNELS))]
        if self._point.voided:
            channel = "phone"
        left_on = max(before + 1, day - 1 - int(chance() * 9))
        staff_id, contact_id, at = self._desk.reading_call(self._use, self._client_id, day, channel)
        for dial in (pipes.main, pipes.garden):
            if dial is not None:
                notice = self._notice(dial, max(left_on, dial.installed))
                self._read(dial, day, channel, notice, staff_id, contact_id, at)

    def _read(
        self,
        dial: Dial,
        day: int,
        channel: str,
        notice: int | None,
        staff_id: int | None,
        contact_id: int | None,
        at: str,
    ) -> None:
        total = dial.litres // LITRES
        state = dial.state()
        self._batch.add(
            "reading",
            *(dial.id, self._days.iso[day], state * LITRES, (total - dial.counted) * LITRES),
            *(int(state < dial.shown), channel, 0, 0, notice, None, "", "[]", staff_id, contact_id, at),
        )
        if self._point.pending and dial.role == "main":
            self._told.append((dial.number, day, state, total - dial.counted, channel))
        dial.counted, dial.shown = total, state

    def _estimate(self, dial: Dial, day: int) -> None:
        """Nobody answered the notice: nine tenths of the usual are put down."""
        self._notice(dial, day - DEADLINE - 2)
        used = (dial.litres // LITRES - dial.counted) * 9 // 10
        self._odd(dial, day, dial.shown + used, channel="field", estimated=1)

    def _mistyped(self, dial: Dial, day: int) -> None:
        """A state was typed wrong and voided the same day."""
        wrong = self._odd(dial, day, dial.state() + 90, channel="phone")
        at = self._days.instant(day, 0.99)
        reason = "Pomyłka przy wpisywaniu, klient podał inny stan."
        self._batch.add("reading_decision", wrong, "voided", reason, self._desk.somebody(self._use), at)

    def _odd(
        self,
        dial: Dial,
        day: int,
        state: int,
        *,
        channel: str,
        estimated: int = 0,
        waits: int = 0,
        findings: str = "[]",
    ) -> int:
        """Write a reading that does not count as a real one and return its id."""
        staff_id = None if channel == "field" else self._desk.somebody(self._use)
        at = self._days.instant(day, 0.0)
        consumption = (state - dial.shown) * LITRES
        return self._batch.add(
            "reading",
            *(dial.id, self._days.iso[day], state * LITRES, consumption, 0, channel, estimated, waits),
            *(None, None, "", findings, staff_id, None, at),
        )

    def _last(self, pipes: Pipes, missed: int) -> None:
        """Tell what came after the last reading: a slip, a removal, a reading that waits."""
        point, today = self._point, self._days.today
        if point.meter_taken and missed:
            pipes.run_to(missed)
            pipes.remove()
            return
        if pipes.exchange:  # there was no visit after it
            pipes.run_to(pipes.exchange)
        if point.slip is not Slip.NONE and missed:
            for dial in (pipes.main, pipes.garden):
                if dial is not None:
                    self._notice(dial, missed)
        if point.pending and pipes.today < today - 1:
            state = pipes.main.shown + 480 + point.litres
            findings = what_is_wrong(pipes.main, self._days, self._told, state, today - 1)
            self._odd(pipes.main, today - 1, state, channel="phone", waits=1, findings=findings)

    def _notice(self, dial: Dial, left_on: int) -> int:
        number = self._batch.count("reading_notice") + 1
        iso = self._days.iso
        reader = names.READERS[number % len(names.READERS)]
        return self._batch.add(
            "reading_notice",
            *(f"Z/{self._days.years[left_on]}/{number:07d}", dial.id),
            *(iso[left_on], iso[left_on + DEADLINE], reader),
        )
