"""Turns plans into rows: the client, their contracts, and everything below."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from db.sample import numbers
from db.sample.batch import Batch
from db.sample.calls import Desk
from db.sample.days import Days
from db.sample.ebok import Subscriptions, wrong_nip
from db.sample.plans import AddressPlan, ClientPlan, PointPlan
from db.sample.visits import Visits
from db.sample.water import Pipes


class Files:
    """Writes the rows of clients into a batch."""

    def __init__(self, batch: Batch, days: Days, desk: Desk, *, meters: Iterator[str], offset: int) -> None:
        self._batch, self._days, self._desk = batch, days, desk
        self._meters, self._offset = meters, offset
        self._ebok = Subscriptions(batch, days, desk.staff)

    def file(self, plan: ClientPlan, use: Random) -> None:
        """Write everything about one client."""
        batch = self._batch
        client_id = batch.new_id("client")
        addresses = [self._address(point.address, client_id) for point in plan.points]
        mailing = self._address(plan.mailing, client_id) if plan.mailing else None
        self._client(plan, client_id, mailing)
        self._contact_points(plan, client_id, use)
        contract_id = 0
        for place, (point, address_id) in enumerate(zip(plan.points, addresses, strict=True)):
            if place == 0 or point.own_contract:
                contract_id = self._contract(plan, point, client_id)
            point_id = batch.add("supply_point", contract_id, address_id, int(use.random() < 0.85))
            pipes = Pipes(batch, self._days, self._meters, use, point, point_id)
            Visits(batch, self._days, self._desk, use, point, client_id).make(pipes)
        for _ in range(plan.calls):
            self._desk.matter(use, client_id, self._days.today - 1)

    def _address(self, address: AddressPlan, client_id: int) -> int:
        return self._batch.add(
            "address",
            *(client_id, address.street, address.house, address.flat, address.postal_code, address.town),
            *(address.street_key, address.number_key, address.town_key),
        )

    def _client(self, plan: ClientPlan, client_id: int, mailing: int | None) -> None:
        since = self._days.instant(self._days.today - max(p.contract_age for p in plan.points), 0.3)
        ids: tuple[str | None, ...]
        if plan.company is None:
            pesel = (
                numbers.pesel(plan.serial, female=plan.female, offset=self._offset) if plan.pesel else None
            )
            ids = ("person", plan.last, plan.first, None, pesel, None)
        else:
            nip = wrong_nip(plan, numbers.nip(plan.serial, offset=self._offset))
            ids = ("business", None, None, plan.company, None, nip)
        self._batch.add_with_id("client", (client_id, plan.number, *ids, mailing, plan.name_key, since, 1))

    def _contact_points(self, plan: ClientPlan, client_id: int, use: Random) -> None:
        registered = self._ebok.registered_on(plan)
        for kind, values in (("phone", plan.phones), ("email", plan.emails)):
            for value in values:
                chance = use.random()
                checked = self._days.iso[self._days.today - 1 - int(chance * 900)] if chance < 0.7 else None
                day = registered if kind == "email" else None
                checked = self._ebok.confirmed_on(plan, day, checked)
                point_id = self._batch.add("contact_point", client_id, kind, value, checked, None)
                if day is not None:
                    self._ebok.file(plan, client_id, point_id, day)
                    registered = None

    def _contract(self, plan: ClientPlan, point: PointPlan, client_id: int) -> int:
        batch, days = self._batch, self._days
        start = days.today - point.contract_age
        number = f"U/{days.years[start]}/{batch.count('contract') + 1:07d}"
        end = days.iso[days.today - point.ended_age] if point.ended_age else None
        group = 3 if plan.company else 2 if point.garden_litres else 1
        contract_id = batch.add(
            "contract",
            *(number, client_id, days.iso[start - 3], days.iso[start], end, point.period_months, group),
        )
        batch.add("contract_party", contract_id, 1, client_id, None, None, None)
        if plan.spouse:
            last, first = plan.spouse
            pesel = numbers.pesel(plan.serial, female=not plan.female, spouse=True, offset=self._offset)
            batch.add("contract_party", contract_id, 2, None, last, first, pesel)
        return contract_id
