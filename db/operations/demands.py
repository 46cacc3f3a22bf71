"""What presses a client for money, or charges interest: demands for payment and interest notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from db.doors import SUPERVISORS, operation
from db.errors import Refused
from db.models import LedgerEntry
from db.operations.invoice_drafts import Letters
from db.operations.letters import account_of, store_letter
from db.operations.payments import hold_client
from db.queries.rows import insert_row
from db.records.documents import DocumentKind
from db.records.issued import IssuedDocumentView
from db.records.letters import Demand, DemandRow, InterestNote, InterestRow
from db.records.money import LedgerKind
from db.rules.amount_in_words import amount_in_words
from db.rules.balance import ItemBalance
from db.rules.charges_exact import divided
from db.rules.grosze import to_zlotys
from db.words import N_
from db.work import Work

UNPAID_PERIODS = 2
"""Whole billing periods unpaid, after which the supply may be cut off (Art. 8)."""
_ZERO = Decimal("0.00")


@operation(roles=SUPERVISORS)
def issue_demand(work: Work, client_number: str) -> IssuedDocumentView:
    """Issue a demand for payment of everything overdue, with interest up to today.

    What may be time-barred is left out: against a consumer it may not be demanded (KC 117 par.
    2(1)). Raises NotFound, Refused when nothing is left to demand.
    """
    client = hold_client(work, client_number)
    letters, (balance, lines) = Letters(work), account_of(work, client, work.today)
    late = [row for row in balance.items if row.open and row.last_day < work.today]
    rows = tuple(_demanded(row, work.today) for row in late if not row.possibly_time_barred)
    if not rows:
        raise Refused(
            N_("Nothing of the client %(client)s is overdue that may be demanded."), client=client.number
        )
    principal = sum((row.amount for row in rows), _ZERO)
    interest = sum((row.interest for row in rows), _ZERO)
    unpaid = sum(row.item.kind is LedgerKind.INVOICE for row in late)

    def said(number: str) -> Demand:
        return Demand(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=letters.head,
            client_number=client.number,
            client_name=client.letter_name,
            mailing_lines=lines,
            rows=rows,
            principal=principal,
            interest=interest,
            total=principal + interest,
            in_words=amount_in_words(principal + interest),
            pay_by=work.today + timedelta(days=work.policy.payment_days),
            account=letters.account(client.number),
            agent=work.actor.name,
            warns_of_cut_off=unpaid >= UNPAID_PERIODS,
        )

    return store_letter(work, client, DocumentKind.DEMAND, said, after={"total": str(principal + interest)})


@operation(roles=SUPERVISORS)
def issue_interest_note(work: Work, client_number: str) -> IssuedDocumentView:
    """Charge the interest for delay up to today that no note has charged (KC 481).

    The note goes into the ledger and is due in `payment_days`. Raises NotFound, Refused when
    there is no interest to charge.
    """
    client = hold_client(work, client_number)
    letters, (balance, lines) = Letters(work), account_of(work, client, work.today)
    charged = [row for row in balance.items if row.interest.amount and not row.possibly_time_barred]
    rows = tuple(line for row in charged for line in interest_rows(row))
    total = sum((row.interest for row in rows), _ZERO)
    if not total:
        raise Refused(N_("The client %(client)s owes no interest."), client=client.number)

    def said(number: str) -> InterestNote:
        return InterestNote(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=letters.head,
            client_number=client.number,
            client_name=client.letter_name,
            mailing_lines=lines,
            rows=rows,
            total=total,
            in_words=amount_in_words(total),
            due_on=letters.due_on,
            account=letters.account(client.number),
            agent=work.actor.name,
        )

    view = store_letter(work, client, DocumentKind.INTEREST_NOTE, said, after={"gross": str(total)})
    entry = {"client_id": client.id, "kind": LedgerKind.INTEREST, "day": work.today, "due_on": letters.due_on}
    insert_row(
        work.session, LedgerEntry, {**entry, "amount": total, "document_id": view.id, "recorded_at": work.now}
    )
    return view


def interest_rows(row: ItemBalance) -> Sequence[InterestRow]:
    """Return the parts of one item's interest; rounded as running totals, they add up to its amount."""
    found: list[InterestRow] = []
    exact, told = Fraction(0), 0
    for part in row.interest.parts:
        exact += part.exact * 100
        rounded = divided(exact.numerator, exact.denominator)
        found.append(
            InterestRow(
                document=row.item.number,
                principal=part.principal,
                first=part.first,
                last=part.last,
                days=part.days,
                rate=part.percent,
                interest=to_zlotys(rounded - told),
            )
        )
        told = rounded
    return found


def _demanded(row: ItemBalance, day: date) -> DemandRow:
    return DemandRow(
        document=row.item.number,
        due_on=row.item.due_on,
        amount=row.open,
        days_late=(day - row.last_day).days,
        interest=row.interest.amount,
    )
