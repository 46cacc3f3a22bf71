"""The further rows of the table: is the reading asked for, and its use believable and chargeable?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from db.records.clients import MeterRole
from db.rules.dial import dial_size
from db.rules.levels import Finding, FindingCode, Level
from db.rules.reading_case import Case, finding
from db.rules.reading_facts import FIELD_CHANNELS, Expectation, PastReading
from db.words import N_

FAR_TIMES = 3
"""Times the highest usual use above which a supervisor has to see the reading. A leak seldom
triples a bill, a digit too many multiplies it by ten: asking for a reason is cheap below."""
FAR_ROOM = 30
"""m³ above the highest usual use that never need a supervisor: three times GSAN's floor, so that
a filled pool or a return home in a house with hardly any use stays the agent's affair."""
TRUNCATION = 1
"""m³ by which two dials that cut off their decimals may seem to disagree."""
EXCHANGE_NEAR = timedelta(days=365)
"""A meter this close to the end of its verification, or past it, may have been exchanged."""


def notice_open(case: Case) -> Iterator[Finding]:
    """Warn when the client was not asked for a reading: the notice gate is soft."""
    if case.entry.channel in FIELD_CHANNELS:
        return
    notice = case.context.notice
    if notice is None:
        yield finding(
            FindingCode.NO_NOTICE,
            Level.WARN,
            N_("The meter reader left no notice. Why is the reading given?"),
        )
    elif case.entry.day < notice.left_on:
        yield finding(
            FindingCode.NO_NOTICE,
            Level.WARN,
            N_("The notice %(notice)s was left later, on %(left)s. Why is the reading given?"),
            notice=notice.number,
            left=notice.left_on,
        )
    elif case.context.today > notice.deadline:
        yield finding(
            FindingCode.NOTICE_OVERDUE,
            Level.WARN,
            N_("The notice %(notice)s was to be answered by %(deadline)s. Why is it late?"),
            notice=notice.number,
            deadline=notice.deadline,
        )


def not_below(case: Case) -> Iterator[Finding]:
    """Tell a rollover, an exchange that nobody recorded, and a plain contradiction apart."""
    if case.rollover:
        yield finding(
            FindingCode.ROLLOVER,
            Level.WARN,
            N_("The dial has passed %(top)s and begun again: %(used)s m³. Is the state sure?"),
            top=dial_size(case.context.meter.digits) - 1,
            used=case.consumption,
        )
    elif case.consumption < 0:
        yield _too_small(case)
    estimates = [r for r in case.own if not r.real and case.previous.day < r.day < case.entry.day]
    if estimates and not case.rollover and case.previous.state <= case.entry.state < estimates[-1].state:
        yield finding(
            FindingCode.BELOW_ESTIMATE,
            Level.WARN,
            N_("Below the estimate %(state)s of %(day)s; this reading corrects it. Is it sure?"),
            state=estimates[-1].state,
            day=estimates[-1].day,
        )


def _too_small(case: Case) -> Finding:
    """Return the finding for a state below the previous one that is no rollover."""
    meter = case.context.meter
    ending = meter.verified_until is not None and case.entry.day + EXCHANGE_NEAR >= meter.verified_until
    if (meter.exchange_ordered or ending) and case.entry.state <= case.expectation.high:
        return finding(
            FindingCode.EXCHANGE_NOT_RECORDED,
            Level.BLOCK,
            N_("Below %(previous)s: a new meter? Ask for its number; record the exchange first."),
            previous=case.previous.state,
        )
    return finding(
        FindingCode.BELOW_PREVIOUS,
        Level.BLOCK,
        N_("Below %(previous)s of %(day)s. Ask for the black digits again, from the left."),
        previous=case.previous.state,
        day=case.previous.day,
    )


def far_too_high(expectation: Expectation) -> int:
    """Return the m³ above which a use needs a supervisor."""
    return max(FAR_TIMES * expectation.high, expectation.high + FAR_ROOM)


def in_range(case: Case) -> Iterator[Finding]:
    """Compare the use with the expected range (GSAN, `expected.py`)."""
    used, expectation = case.consumption, case.expectation
    if used > far_too_high(expectation):
        yield finding(
            FindingCode.FAR_TOO_HIGH,
            Level.BLOCK,
            N_("Far too high: %(used)s m³ instead of %(high)s at most. Ask to read the dial again."),
            used=used,
            high=expectation.high,
        )
    elif used > expectation.high:
        yield finding(
            FindingCode.TOO_HIGH,
            Level.WARN,
            N_("High: %(used)s m³ instead of %(high)s at most. Ask about a leak or guests."),
            used=used,
            high=expectation.high,
        )
    elif 0 < used < expectation.low:
        yield finding(
            FindingCode.TOO_LOW,
            Level.WARN,
            N_("Low: %(used)s m³ instead of %(low)s at least. Ask whether anybody lived there."),
            used=used,
            low=expectation.low,
        )


def moved(case: Case) -> Iterator[Finding]:
    """Warn when nothing was used where something is expected."""
    expected = case.expectation.expected
    # over a day or two a household may well use less than the dial can show
    if case.consumption == 0 and expected is not None and expected >= 1:
        yield finding(
            FindingCode.ZERO_AFTER_USE,
            Level.WARN,
            N_("The dial has not moved since %(day)s. Is the house empty, or the meter stuck?"),
            day=case.previous.day,
        )


def contract_runs(case: Case) -> Iterator[Finding]:
    """Block a use after the contract or while cut off: nobody can be billed for it (SAP 96)."""
    context = case.context
    for code, since, message in (
        (
            FindingCode.CONTRACT_ENDED,
            context.contract_ends_on,
            N_("%(used)s m³ used and the contract ended on %(day)s. Whose water is it?"),
        ),
        (
            FindingCode.SUPPLY_CUT_OFF,
            context.cut_off_on,
            N_("%(used)s m³ used and the supply is cut off since %(day)s. Send a visit."),
        ),
    ):
        if since is not None and case.entry.day > since and case.consumption > 0:
            yield finding(code, Level.BLOCK, message, used=case.consumption, day=since)


def garden_below_main(case: Case) -> Iterator[Finding]:
    """Block a garden meter that shows more than the main meter behind which it stands."""
    context = case.context
    if context.meter.role is MeterRole.GARDEN:
        garden: int | None = case.consumption
        main = context.main_consumption
    else:
        garden, main = context.garden_consumption, case.consumption
    if garden is None or main is None or main < 0 or garden <= main + TRUNCATION:
        return
    yield finding(
        FindingCode.GARDEN_ABOVE_MAIN,
        Level.BLOCK,
        N_("Garden %(garden)s m³, main meter only %(main)s m³. Were the two meters mixed up?"),
        garden=garden,
        main=main,
    )


def verified(case: Case) -> Iterator[Finding]:
    """Tell about a verification that has ended: Art. 27 sec. 6 deducts by a sound meter only."""
    meter, day = case.context.meter, case.entry.day
    if meter.verified_until is None or day <= meter.verified_until:
        return
    if meter.role is MeterRole.GARDEN:
        yield finding(
            FindingCode.VERIFICATION_EXPIRED,
            Level.WARN,
            N_("Verification ended on %(until)s: not deducted until the client has it exchanged."),
            until=meter.verified_until,
        )
    else:
        # the company's own duty (Art. 15 sec. 3): nothing that the caller could give a reason for
        yield finding(
            FindingCode.VERIFICATION_EXPIRED,
            Level.OK,
            N_("Verification ended on %(until)s. The reading counts; we owe an exchange."),
            until=meter.verified_until,
        )


def not_too_many(case: Case) -> Iterator[Finding]:
    """Warn when the company has not read the meter itself for long."""
    if case.entry.channel in FIELD_CHANNELS:
        return
    count = 1 + client_readings_in_row(case.own, before=case.entry.day)
    if count > case.context.max_client_readings:
        yield finding(
            FindingCode.CLIENT_READINGS_IN_ROW,
            Level.WARN,
            N_("Client's reading no. %(count)s in a row. Order a control reading."),
            count=count,
        )


def client_readings_in_row(history: tuple[PastReading, ...], *, before: date) -> int:
    """Return how many real readings before that day the client gave since the company's last."""
    count = 0
    for reading in sorted(history, key=lambda r: r.day, reverse=True):
        if reading.day >= before or not reading.real:
            continue
        if reading.channel in FIELD_CHANNELS:
            break
        count += 1
    return count
