"""Correction invoices (Art. 106j VAT act): what was, what should have been, and the difference.

An issued invoice is never changed. A correction of a correction starts from what the last one
left, so that an invoice and its corrections always add up to the last bill.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, operation
from db.errors import NotFound, Refused, WrongInput
from db.models import Contract, TariffGroup
from db.operations.invoice_drafts import Letters, bill_record, buyer_of, mailing_of, meter_record
from db.operations.invoice_issue import Draft, issue
from db.queries.billing_facts import BillingFacts, load_facts
from db.queries.invoices import Standing, find_root, load_later, load_meters, load_standing
from db.queries.tariffs import load_tariffs
from db.records.billing import SettledRow, Skipped, Window
from db.records.corrections import CorrectionKind, CorrectionOrder, IssuedCorrection
from db.records.invoices import Bill, Buyer, Correction, SettledMeter
from db.records.money import SKIP_WORDS, SkipReason
from db.rules.amount_in_words import amount_in_words
from db.rules.billing_case import settle, tariff_of
from db.rules.charges_tariff import Tariff
from db.rules.corrections import difference, nothing_of
from db.rules.text import clean_line
from db.words import N_, Words
from db.work import Work

_REASONS: Mapping[CorrectionKind, str] = {
    CorrectionKind.READING: "błędny odczyt wodomierza",
    CorrectionKind.PRICE: "błędna cena",
    CorrectionKind.BUYER: "błędne dane nabywcy",
    CorrectionKind.VOID: "anulowanie faktury",
}
"""How the letter, which is written in Polish, names what was wrong."""


_SAY_WHAT_NEXT: Mapping[SkipReason, str] = {
    SkipReason.NO_READING: N_(
        "%(invoice)s cannot be computed anew: no reading of the meter %(meter)s closes its days, which end"
        " on %(day)s. Record the right reading of the meter %(meter)s of %(day)s or a day shortly before it"
        " first, or take the invoice back whole."
    ),
    SkipReason.SUSPECT_READING: N_(
        "%(invoice)s cannot be computed anew: a reading of the meter %(meter)s of %(day)s or before it waits"
        " for a supervisor. Approve or reject it first, or take the invoice back whole."
    ),
}
"""What to do where a bill cannot be computed for want of a reading."""


@dataclass(frozen=True, slots=True)
class _Right:
    """What should have been."""

    bill: Bill
    rows: tuple[SettledRow, ...]
    meters: tuple[SettledMeter, ...]
    buyer: Buyer
    tariff: str
    estimated: bool
    voids: bool = False


@operation(roles=SUPERVISORS)
def correct_invoice(work: Work, number: str, order: CorrectionOrder) -> tuple[IssuedCorrection, ...]:
    """Correct an invoice; `number` may be its own or that of a correction of it.

    A wrong reading is computed anew for the same days from the readings that count today (or by
    an estimate, where the order lets it and no reading closes them), a wrong
    price by another group or by the prices of today; later invoices that were settled from where
    this one left off are corrected with it, oldest first. Returns the corrections, the one that
    was asked for first. Raises NotFound, WrongInput without a reason, and Refused when nothing
    differs, when the invoice was taken back already, or when a bill cannot be computed.
    """
    why = clean_line(order.why, 200)
    if not why:
        raise WrongInput(N_("Say why the invoice is corrected."))
    standing = _held(work, number)
    if standing.voided:
        raise Refused(
            N_("The invoice %(invoice)s was taken back whole; bill its period anew instead."),
            invoice=standing.number,
        )
    letters = Letters(work)
    reason = f"{_REASONS[order.kind]}: {why}"
    facts = _facts(work, standing, estimate=order.may_estimate)
    right = _right(work, standing, facts, order)
    if right is None:
        raise Refused(
            N_("The invoice %(invoice)s says already what it would say; nothing was corrected."),
            invoice=standing.number,
        )
    first = _issue(work, letters, standing, facts, right, reason)
    if order.kind is CorrectionKind.BUYER:
        return (first,)
    return (first, *_followers(work, letters, standing, right, reason))


def _held(work: Work, number: str) -> Standing:
    """Return what stands of an invoice, its contract held until the transaction ends."""
    root_id, contract_id = find_root(work.session, number)
    work.session.execute(sa.select(col(Contract.id)).where(col(Contract.id) == contract_id).with_for_update())
    return load_standing(work.session, root_id)


def _facts(work: Work, standing: Standing, *, estimate: bool = False) -> BillingFacts:
    """Return the facts of an invoice's days as they are today, without it and those after it."""
    window = Window(standing.starts_on, standing.ends_on)
    (facts,) = load_facts(
        work.session,
        [standing.contract_id],
        {standing.contract_id: window},
        estimate=estimate or standing.estimated,
        before=standing.starts_on,
    )
    return facts


def _right(work: Work, standing: Standing, facts: BillingFacts, order: CorrectionOrder) -> _Right | None:
    """Return what should have been; None when it is what was."""
    if order.kind is CorrectionKind.VOID:
        _refuse_unless_last(work, standing)
        said = standing.snapshot
        return _Right(nothing_of(standing.bill), (), (), said.buyer, said.tariff, estimated=False, voids=True)
    if order.kind is CorrectionKind.BUYER:
        return _with_buyer(work, standing, buyer_of(facts.party, facts.case.points[0]))
    code = order.group if order.kind is CorrectionKind.PRICE else standing.snapshot.tariff.split(" – ")[0]
    return _computed(work, standing, facts, code, estimate=order.may_estimate)


def _refuse_unless_last(work: Work, standing: Standing) -> None:
    later = list(load_later(work.session, standing))
    if later:
        raise Refused(
            N_("The later invoice %(later)s goes on from %(invoice)s; take back the newest one first."),
            later=later[-1].number,
            invoice=standing.number,
        )


def _with_buyer(work: Work, standing: Standing, buyer: Buyer) -> _Right | None:
    said = standing.snapshot
    if buyer == said.buyer:
        return None
    rows = load_meters(work.session, standing.live_id)
    return _Right(standing.bill, rows, standing.meters, buyer, said.tariff, standing.estimated)


def _computed(
    work: Work, standing: Standing, facts: BillingFacts, code: str, *, estimate: bool = False
) -> _Right | None:
    """Return the bill of the same days by the readings that count today and a group's prices.

    The VAT rates are those of the day on which the invoice was issued (Art. 19a(5)(4) VAT act).
    """
    prices, tariff = _prices(work, facts, code, standing.issued_on)
    found = settle(facts.case, prices, estimate=estimate or standing.estimated)
    if isinstance(found, Skipped):
        raise _impossible(standing, found)
    bill, meters = bill_record(found), tuple(meter_record(row) for row in found.meters)
    if bill == standing.bill and meters == standing.meters:
        return None
    return _Right(bill, found.meters, meters, standing.snapshot.buyer, tariff, found.charges.estimated)


def _prices(work: Work, facts: BillingFacts, code: str, on: date) -> tuple[Tariff | None, str]:
    """Return the prices and the label of a tariff group; without a code, of the contract's own groups."""
    tariffs, own, code = load_tariffs(work.session, on=on), facts.party.tariff, code.strip().upper()
    if own and code in ("", own.split(" – ")[0]):
        return tariff_of(facts.case, tariffs), own
    columns = sa.select(col(TariffGroup.id), col(TariffGroup.code), col(TariffGroup.name))
    row = work.session.execute(columns.where(col(TariffGroup.code) == code)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no tariff group %(group)s."), group=code[:40] or "?")
    return tariffs.get(int(row.id)), f"{row.code} – {row.name}"


def _impossible(standing: Standing, found: Skipped) -> Refused:
    if found.reason is SkipReason.REFUSED:
        return Refused(found.detail, **found.params)
    if found.reason in _SAY_WHAT_NEXT:
        return Refused(
            _SAY_WHAT_NEXT[found.reason],
            invoice=standing.number,
            meter=found.detail,
            day=standing.ends_on,
        )
    return Refused(
        N_(
            "%(invoice)s cannot be computed anew: %(why)s. Record what is missing first, or take the"
            " invoice back whole."
        ),
        invoice=standing.number,
        why=Words(SKIP_WORDS[found.reason]),
    )


def _followers(
    work: Work, letters: Letters, standing: Standing, right: _Right, reason: str
) -> Iterator[IssuedCorrection]:
    """Correct the later invoices that went on from what this one settled or estimated before."""
    changed = standing.estimated or right.estimated
    if right.voids or (_left_off(right.meters) == _left_off(standing.meters) and not changed):
        return
    for later in load_later(work.session, standing):
        if later.estimated:
            continue  # an estimate stands until a reading settles it
        facts = _facts(work, later)
        then = _computed(work, later, facts, later.snapshot.tariff.split(" – ")[0])
        if then is None:
            return
        yield _issue(work, letters, later, facts, then, reason)


def _left_off(meters: tuple[SettledMeter, ...]) -> dict[str, tuple[date, int]]:
    return {meter.number: (meter.to_day, meter.to_state) for meter in meters}


def _issue(
    work: Work, letters: Letters, standing: Standing, facts: BillingFacts, right: _Right, reason: str
) -> IssuedCorrection:
    changed = difference(standing.bill, right.bill)
    draft = Draft(
        party=facts.party,
        period=standing.period,
        snapshot=_snapshot(letters, standing, facts, right, changed, reason),
        bill=changed,
        meters=right.rows,
        estimated=right.estimated,
        round=standing.round,
        voids=right.voids,
        corrects_id=standing.id,
        about_id=standing.live_document_id,
    )
    (done,) = issue(work, [draft])
    return IssuedCorrection(
        number=done.number,
        document_id=done.document_id,
        corrects=standing.number,
        before=standing.bill.gross,
        after=right.bill.gross,
        difference=changed.gross,
    )


def _snapshot(
    letters: Letters, standing: Standing, facts: BillingFacts, right: _Right, changed: Bill, reason: str
) -> Correction:
    """Return what the letter says; its number is drawn when it is issued."""
    said, party = standing.snapshot, facts.party
    return Correction(
        number="",
        issued_on=letters.today,
        issued_at=letters.now,
        letterhead=letters.head,
        client_number=party.client_number,
        contract_number=party.contract,
        corrected_number=standing.number,
        corrected_on=standing.issued_on,
        reason=reason,
        buyer=right.buyer,
        buyer_before=None if right.buyer == said.buyer else said.buyer,
        mailing_lines=mailing_of(party, facts.case.points[0]),
        supply_point=said.supply_point,
        tariff=right.tariff,
        starts_on=standing.starts_on,
        ends_on=standing.ends_on,
        due_on=letters.due_on,
        account=letters.account(party.client_number),
        before=standing.bill,
        after=right.bill,
        difference=changed,
        in_words=amount_in_words(abs(changed.gross)),
        meters=right.meters,
    )
