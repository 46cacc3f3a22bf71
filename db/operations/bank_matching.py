"""What a person decides about a line of a bank file that the program could not match."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, SUPERVISORS, operation
from db.errors import NotFound, Refused, Stale, WrongInput
from db.models import BankLine, BankLineDecision, Client, Payment, Staff
from db.operations.bank_holds import hold_line
from db.operations.payments import Booking, book_payment, hold_client, named_invoice, payment_taken
from db.queries.rows import Statement, insert_row
from db.records.ledger import PaymentTaken
from db.records.money import BankLineDecisionKind, PaymentMethod
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

BY_PERSON = "person"
"""How a payer was recognised whom somebody looked up."""
LONGEST_REASON = 200
NOBODY = "bok"
"""Who booked what was booked by the program itself."""


@operation(roles=CLERKS)
def book_line(work: Work, line_id: int, client_number: str, invoice: str = "") -> PaymentTaken:
    """Book a waiting line as the client's payment; `invoice` is the one that the payer named.

    Agents may: the client whose transfer went astray is on the phone with them, the money is
    there already, and nothing can be made up but whose it is; a supervisor takes a wrong one back
    (`reverse_payment`). Raises NotFound for the line, client or invoice, Stale when somebody has
    decided about the line meanwhile, Refused for money that has not come yet.
    """
    line = _held(work, line_id)
    if line.day > work.today:
        raise Refused(N_("This money comes on %(day)s; match it then."), day=line.day)
    client = hold_client(work, client_number)
    booking = Booking(
        client_id=client.id,
        day=line.day,
        amount=line.amount,
        method=PaymentMethod.TRANSFER,
        title=line.title[:200].rstrip(),
        payer=line.name[:160].rstrip(),
        invoice_id=named_invoice(work, client, invoice),
        bank_line_id=line_id,
    )
    payment_id = book_payment(work, booking)
    _decide(work, line_id, BankLineDecisionKind.BOOKED, payment_id=payment_id, how=BY_PERSON)
    return payment_taken(work, client, payment_id, None)


@operation(roles=SUPERVISORS)
def dismiss_line(work: Work, line_id: int, reason: str) -> None:
    """Take a line off the list that is no client's payment: a grant, our own transfer, a mistake.

    Supervisors only: money that came in is kept out of every client's account. Raises NotFound,
    WrongInput without a reason, Stale when somebody has decided about the line meanwhile.
    """
    reason = clean_line(reason, LONGEST_REASON)
    if not reason:
        raise WrongInput(N_("Say why this is no client's payment."))
    line = _held(work, line_id)
    _decide(work, line_id, BankLineDecisionKind.DISMISSED, reason=reason)
    work.changed("bank_line.dismissed", f"bank line {line_id}", after={"amount": str(line.amount)})


def _held(work: Work, line_id: int) -> Any:
    """Return the line, held until the transaction ends; raises NotFound, and Stale once it is decided."""
    hold_line(work, line_id)
    statement = sa.select(
        col(BankLine.day), col(BankLine.amount), col(BankLine.title), col(BankLine.name)
    ).where(col(BankLine.id) == line_id)
    line = work.session.execute(statement).one_or_none()
    if line is None:
        raise NotFound(N_("There is no line %(line)s of a bank file."), line=str(line_id))
    _need_undecided(work, line_id)
    return line


def _need_undecided(work: Work, line_id: int) -> None:
    statement: Statement = (
        sa.select(
            col(BankLineDecision.kind),
            col(BankLineDecision.reason),
            col(Staff.name),
            col(Client.number).label("client"),
        )
        .outerjoin(Staff, col(Staff.id) == col(BankLineDecision.staff_id))
        .outerjoin(Payment, col(Payment.id) == col(BankLineDecision.payment_id))
        .outerjoin(Client, col(Client.id) == col(Payment.client_id))
        .where(col(BankLineDecision.line_id) == line_id)
    )
    done = work.session.execute(statement).one_or_none()
    if done is None:
        return
    who = done.name or NOBODY
    if done.kind is BankLineDecisionKind.BOOKED:
        raise Stale(
            N_("%(who)s has booked this payment for the client %(client)s already; nothing was done."),
            who=who,
            client=done.client,
        )
    raise Stale(
        N_("%(who)s has dismissed this payment already (%(reason)s); nothing was done."),
        who=who,
        reason=done.reason,
    )


def _decide(
    work: Work,
    line_id: int,
    kind: BankLineDecisionKind,
    *,
    payment_id: int | None = None,
    how: str = "",
    reason: str = "",
) -> None:
    insert_row(
        work.session,
        BankLineDecision,
        {
            "line_id": line_id,
            "kind": kind,
            "payment_id": payment_id,
            "how": how,
            "reason": reason,
            "staff_id": work.actor.id or None,
            "decided_at": work.now,
        },
    )
