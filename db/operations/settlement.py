"""One contract billed by itself: the final settlement of an ended one, or a period that a run left out."""

from __future__ import annotations

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
from db.queries.tariffs import load_tariffs
from db.records.billing import ContractBilled, Skipped, Window
from db.rules.billing_case import window_around
from db.words import N_
from db.work import Work

_DAY = timedelta(days=1)


@operation(roles=SUPERVISORS)
def bill_contract(work: Work, number: str, *, estimate: bool = False) -> ContractBilled:
    """Bill one contract, named by its own number or by that of a client who has only one.

    One that has ended is settled to its last day, from where its last invoice left off; one that
    runs is billed for the last billing period that is over, as the run would. Raises NotFound, and
    Refused when those days are billed already or the client has several contracts.
    """
    contract = _held(work, number.strip())
    window = _window(work, contract)
    (facts,) = load_facts(work.session, [contract.id or 0], {contract.id or 0: window}, estimate=estimate)
    found = bill_of(facts, load_tariffs(work.session, on=work.today), estimate=estimate)
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


def _window(work: Work, contract: Contract) -> Window:
    """Return the days to be billed; raises Refused when they are billed already."""
    billed = last_billed(work.session, contract.id or 0)
    ended = contract.ends_on is not None and contract.ends_on <= work.today
    if ended and contract.ends_on is not None:
        last = contract.ends_on
        first = window_around(last, contract.period_months).first if billed is None else billed + _DAY
    else:
        this = window_around(work.today, contract.period_months)
        before = window_around(this.first - _DAY, contract.period_months)
        first, last = before.first, before.last
    if billed is not None and billed >= min(first, last):
        raise Refused(
            N_("The contract %(contract)s is billed to %(day)s already."),
            contract=contract.number,
            day=billed,
        )
    return Window(first, last)
