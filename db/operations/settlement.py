"""One contract billed by itself: the final settlement of an ended one, or a period that a run left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, operation
from db.errors import NotFound, Refused
from db.models import Client, Contract
from db.operations.billing import bill_of, rounds_so_far
from db.operations.invoice_drafts import Letters, drafted
from db.operations.invoice_issue import issue
from db.queries.bill_preview import last_billed
from db.queries.billing_facts import load_facts
from db.queries.billing_windows import unbilled
from db.queries.tariffs import load_tariffs
from db.records.billing import ContractBilled, Skipped, Window
from db.rules.billing_case import window_around
from db.rules.charges_tariff import Tariff
from db.words import N_
from db.work import Work

_DAY = timedelta(days=1)


@operation(roles=SUPERVISORS)
def bill_contract(work: Work, number: str, *, estimate: bool = False) -> ContractBilled:
    """Bill one contract, named by its own number or by that of a client who has only one.

    One that has ended is settled to its last day, from where its last invoice left off; one that
    runs is billed to the end of the last billing period that is over, as the run would. Raises
    NotFound, and Refused when those days are billed already or the client has several contracts.
    """
    contract = _held(work, number.strip())
    tariffs = load_tariffs(work.session, on=work.today)
    window = _window(work, contract, tariffs)
    (facts,) = load_facts(work.session, [contract.id or 0], {contract.id or 0: window}, estimate=estimate)
    found = bill_of(facts, tariffs, estimate=estimate)
    party = facts.party
    if isinstance(found, Skipped):
        return ContractBilled(party.contract, party.client_number, window, None, Decimal("0.00"), found)
    rounds = rounds_so_far(work, [facts])
    draft = drafted(Letters(work), facts, found, round_=rounds.get(party.contract_id, 0) + 1)
    (done,) = issue(work, [draft])
    return ContractBilled(party.contract, party.client_number, window, done.number, draft.bill.gross, None)


def _held(work: Work, number: str) -> Contract:
    """Return the contract, held until the transaction ends."""
    of_client = sa.select(col(Client.id)).where(col(Client.number) == number)
    statement = (
        sa.select(col(Contract.id), col(Contract.number))
        .where(sa.or_(col(Contract.number) == number, col(Contract.client_id).in_(of_client)))
        .order_by(col(Contract.id))
        .limit(4)
    )
    rows = work.session.execute(statement).all()
    if not rows:
        raise NotFound(N_("There is no contract %(contract)s."), contract=number[:40])
    if len(rows) > 1:
        raise Refused(
            N_("The client %(client)s has several contracts; name one: %(contracts)s."),
            client=number,
            contracts=", ".join(row.number for row in rows),
        )
    found: Contract = work.session.get_one(Contract, rows[0].id, with_for_update=True)
    return found


def _window(work: Work, contract: Contract, tariffs: Mapping[int, Tariff]) -> Window:
    """Return the days to be billed; raises Refused when they are billed already."""
    key, months, ends_on = contract.id or 0, contract.period_months, contract.ends_on
    if ends_on is not None and ends_on <= work.today:
        window = Window(window_around(ends_on, months).first, ends_on)
    else:
        window = window_around(window_around(work.today, months).first - _DAY, months)
    billed = last_billed(work.session, key)
    if billed is not None and billed >= window.last:
        raise Refused(
            N_("The contract %(contract)s is billed to %(day)s already."),
            contract=contract.number,
            day=billed,
        )
    return unbilled(work.session, {key: window}, tariffs)[key]
