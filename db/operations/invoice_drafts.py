"""What an invoice will say, put together from the computed bill and whom it goes to."""

from __future__ import annotations

from datetime import timedelta

from db.errors import Refused
from db.operations.confirmation import letterhead_of
from db.operations.invoice_issue import Draft
from db.queries.billed_parties import BilledParty
from db.queries.billing_facts import BillingFacts
from db.queries.utility import account_for, utility_on_letters
from db.records.billing import PointCase, SettledRow
from db.records.charges import Service
from db.records.clients import MeterRole
from db.records.documents import Letterhead
from db.records.invoices import Bill, BilledLine, Buyer, Invoice, MonthlyUse, SettledMeter, VatTotal
from db.rules.amount_in_words import amount_in_words
from db.rules.bill_explanation import explain
from db.rules.billing_case import Settlement
from db.rules.expected import Period, monthly_consumption
from db.words import N_
from db.work import Work

MONTHS_SHOWN = 24


class Letters:
    """What all invoices of one transaction share: the letterhead, the accounts, the days."""

    def __init__(self, work: Work) -> None:
        """Raises Refused while the letterhead is the example's or no account is known."""
        own = utility_on_letters(work)
        if not own.bank_account and not (own.routing_number and own.account_prefix):
            raise Refused(
                N_(
                    "The company has no bank account yet, and an invoice must name one."
                    " Type: bok db utility --bank-account NRB"
                )
            )
        self.head: Letterhead = letterhead_of(own)
        self.now, self.today = work.now, work.today
        self.due_on = work.today + timedelta(days=work.policy.payment_days)
        self._own = own

    def account(self, client_number: str) -> str:
        """Return the account that a client pays to: their own (mass payments), else the collective one."""
        return account_for(self._own, client_number)


def drafted(letters: Letters, facts: BillingFacts, found: Settlement, *, round_: int) -> Draft:
    """Return the unnumbered invoice of a computed bill."""
    party, case = facts.party, facts.case
    bill = bill_record(found)
    periods = (*facts.periods, *_settled_periods(found))
    snapshot = Invoice(
        number="",
        issued_on=letters.today,
        issued_at=letters.now,
        letterhead=letters.head,
        client_number=party.client_number,
        contract_number=party.contract,
        buyer=buyer_of(party, case.points[0]),
        mailing_lines=mailing_of(party, case.points[0]),
        supply_point=case.points[0].address,
        tariff=party.tariff,
        starts_on=facts.billed_from,
        ends_on=facts.billed_until,
        due_on=letters.due_on,
        account=letters.account(party.client_number),
        bill=bill,
        in_words=amount_in_words(bill.gross),
        meters=tuple(meter_record(row) for row in found.meters),
        history=history_of(periods, facts),
        explanation=explain(
            water=found.water,
            days=found.charges.days,
            last=max(row.end.day for row in found.meters),
            lines=found.charges.lines,
            before=facts.periods,
            estimated=found.charges.estimated,
        ),
    )
    return Draft(
        party=party,
        period=f"{case.window.last:%Y%m}",
        snapshot=snapshot,
        bill=bill,
        meters=found.meters,
        estimated=found.charges.estimated,
        round=round_,
    )


def bill_record(found: Settlement) -> Bill:
    """Return the computed charges as an invoice shows them."""
    charges = found.charges
    places = found.places or (None,) * len(charges.lines)
    lines = tuple(
        BilledLine(
            service=line.service,
            starts_on=line.first,
            ends_on=line.last,
            quantity=line.quantity,
            price=line.price,
            net=line.net,
            vat_rate=line.vat_rate,
            estimated=charges.estimated and line.service is not Service.STANDING,
            supply_point=place,
        )
        for line, place in zip(charges.lines, places, strict=True)
    )
    totals = charges.totals
    return Bill(
        lines=lines,
        vat_totals=tuple(VatTotal(row.rate, row.net, row.vat, row.gross) for row in totals.vat),
        net=totals.net,
        vat=totals.vat_total,
        gross=totals.gross,
    )


def buyer_of(party: BilledParty, point: PointCase) -> Buyer:
    """Return who is charged: the client at their mailing address, else where the water is delivered."""
    return Buyer(party.name, mailing_of(party, point), party.nip)


def mailing_of(party: BilledParty, point: PointCase) -> tuple[str, ...]:
    """Return the address that letters go to."""
    address = party.mailing or point.postal
    return (address.first_line, address.second_line)


def meter_record(row: SettledRow) -> SettledMeter:
    """Return what was settled on a meter as an invoice shows it."""
    return SettledMeter(
        number=row.number,
        role=row.role,
        from_day=row.start.day,
        from_state=row.start.state,
        to_day=row.end.day,
        to_state=row.end.state,
        consumption=row.consumption,
        estimated=row.estimated,
        rollover=row.end.rollover,
        removed=row.removed,
    )


def history_of(periods: tuple[Period, ...], facts: BillingFacts) -> tuple[MonthlyUse, ...]:
    """Return the use of the last 24 months, those of which nothing is known left out."""
    months = monthly_consumption(periods, months=MONTHS_SHOWN, upto=facts.billed_until)
    return tuple(
        MonthlyUse(f"{month.month:%Y-%m}", int(month.consumption.to_integral_value()))
        for month in months
        if month.days
    )


def _settled_periods(found: Settlement) -> tuple[Period, ...]:
    return tuple(
        Period(row.start.day, row.end.day, row.consumption)
        for row in found.meters
        if row.role is MeterRole.MAIN and row.end.day > row.start.day
    )
