"""What makes one client differ from the next, and how often."""

from __future__ import annotations

from random import Random

from db.sample.people import Census
from db.sample.plans import ClientPlan, PointPlan, Slip

WITHOUT_PESEL = 0.03
WITHOUT_PHONE = 0.16
WITHOUT_EMAIL = 0.42
SECOND_PHONE = 0.10
WITH_SPOUSE = 0.30
MAILED_ELSEWHERE = 0.09
MOVED = 0.03
"""Persons with a second contract, for the flat they live in or have left."""
ENDED = 0.03
GARDEN = 0.10
EXPIRED = 0.04
ROLLED_OVER = 0.004
EXCHANGED_A_YEAR = 0.06
NOBODY_HOME = 0.30
NEVER_ANSWERED = 0.06
PENDING = 0.0025
VOIDED = 0.004
CALLED = 0.08


def vary_person(census: Census, who: Random, plan: ClientPlan, place: int) -> None:
    """Take something away from an ordinary person, or add something to them."""
    chance = who.random
    if chance() < WITHOUT_PESEL:
        plan.pesel = False
    if chance() < WITHOUT_PHONE:
        plan.phones.clear()
    elif chance() < SECOND_PHONE:
        plan.phones.append(f"+48{601 + int(chance() * 6)}{int(chance() * 1_000_000):06d}")
    if chance() < WITHOUT_EMAIL:
        plan.emails.clear()
    if chance() < WITH_SPOUSE:
        plan.spouse = census.partner(who, plan)
    if chance() < MAILED_ELSEWHERE:
        plan.mailing = census.address(who, place)
    if chance() < MOVED:
        plan.points.append(census.point(who, place, business=False))
        plan.points[-1].own_contract = True


def vary_business(census: Census, who: Random, plan: ClientPlan, place: int) -> None:
    """Give some businesses several supply points under one contract."""
    chance = who.random
    if chance() < 0.10:
        plan.emails.clear()
    if chance() < 0.25:
        plan.points += [census.point(who, place, business=True) for _ in range(1 + int(chance() * 3))]
    if chance() < 0.15:
        plan.mailing = census.address(who, place)


def vary_supply(use: Random, plan: ClientPlan, years: int) -> None:
    """Give the supply points their histories and the client some calls."""
    chance = use.random
    first, *others = plan.points
    shared = [point for point in others if not point.own_contract]
    for point in shared:
        point.contract_age, point.period_months = first.contract_age, first.period_months
        point.installed_age = min(point.installed_age, first.contract_age)
    for point in plan.points:
        _vary_meters(use, point, years, business=plan.company is not None)
        if shared:  # a contract ends for all of its points or for none
            point.ended_age = 0
        _vary_readings(use, point)
    if chance() < CALLED:
        plan.calls = 1 + int(chance() * 2)


def _vary_meters(use: Random, point: PointPlan, years: int, *, business: bool) -> None:
    chance = use.random
    if not business and point.address.flat is None and chance() < GARDEN * 2:
        point.garden_litres = 60 + int(chance() * 200)
        point.garden_expired = chance() < EXPIRED and point.contract_age > 600
    kind = chance()
    if kind < EXPIRED and point.contract_age > 2_500:
        point.installed_age = 2_260 + int(chance() * 200)
    elif kind < EXPIRED + EXCHANGED_A_YEAR * years and point.contract_age > years * 365 + 500:
        point.installed_age = 40 + int(chance() * (years * 365 - 80))
        point.exchanged = True
    elif kind > 1 - ROLLED_OVER and not business:
        point.rollover = True
    if not point.exchanged and chance() < ENDED:
        point.ended_age = 5 + int(chance() * min(point.contract_age - 30, years * 365 - 60))
        point.installed_age = max(point.installed_age, min(point.contract_age, point.ended_age + 200))
        point.meter_taken = chance() < 0.5


def _vary_readings(use: Random, point: PointPlan) -> None:
    chance = use.random
    if point.ended_age:
        return
    if point.phase <= 12 and chance() < NOBODY_HOME:
        point.slip = Slip.OPEN
    elif 15 < point.phase < 45 and chance() < NEVER_ANSWERED:
        point.slip = Slip.OVERDUE
    kind = chance()
    point.pending = kind < PENDING and not point.rollover
    point.voided = kind > 1 - VOIDED and not point.rollover
    if chance() < 0.01:
        point.streak = 1 + int(chance() * 3)
