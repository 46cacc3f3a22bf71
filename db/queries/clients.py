"""The client card: what answers most calls, in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Sequence

from db.doors import DESK, query
from db.queries.caller import state_of, verification_of
from db.queries.client_alerts import Known, alerts
from db.queries.client_events import (
    load_contacts,
    load_decisions,
    load_documents,
    load_notices,
    load_payments,
    load_requests,
)
from db.queries.client_rows import ClientRow, PointRow, find_client, load_contracts, load_points
from db.queries.client_timeline import Happened, timeline
from db.queries.contact_rows import seen_contact
from db.queries.ebok import account_view, load_account
from db.queries.einvoice import einvoice_view, load_einvoice
from db.queries.incoming_of_client import load_received
from db.queries.ledger import balance_now
from db.queries.meter_cards import meter_card, rows_per_meter
from db.queries.notices import open_notices
from db.queries.reading_rows import load_histories
from db.queries.request_rows import load_open_requests
from db.queries.supply import find_meter, load_supply
from db.records.clients import ClientCard, Masked, PrivateValue, TimelineEvent
from db.rules.identifiers import format_phone
from db.rules.masking import mask_email, mask_pesel, mask_phone
from db.rules.verification import Lock, VerificationLevel
from db.work import Work


@query(roles=DESK, discloses=True)
def client_card(work: Work, number: str) -> ClientCard:
    """Return the card of a client, masked by what the caller of this contact has proved.

    PESEL in clear only at level 3, phone and e-mail from level 2. Leaves an access entry.
    Raises NotFound.
    """
    session = work.session
    client = find_client(session, number)
    contact = seen_contact(work, client.id)
    verification = verification_of(work, client.id, contact)
    level = 0 if contact is None or contact.ended_at is not None else int(verification.level)
    work.looked("VIEW", f"client card, level {level}", client_id=client.id)

    known = _known(work, client, verification.lock)
    supply, einvoice, account = known.supply, known.einvoice, known.account
    return ClientCard(
        id=client.id,
        number=client.number,
        kind=client.kind,
        name=client.name,
        pesel=_pesel(client, level),
        nip=client.nip,
        supply_address=supply.address,
        mailing_address=client.mailing_address,
        contact_points=_points(known.points, level),
        contracts=tuple(known.contracts),
        meters=tuple(
            meter_card(meter, supply, known.histories, known.notices.get(meter.id), work.today)
            for meter in supply.meters
        ),
        alerts=alerts(known),
        timeline=_timeline(work, known),
        contact=None if contact is None else state_of(contact, verification),
        balance=balance_now(work, client.id, client.number),
        einvoice=None if einvoice is None else einvoice_view(einvoice, client.number, level),
        portal=None if account is None else account_view(account, client.number, level),
    )


def _known(work: Work, client: ClientRow, lock: Lock | None) -> Known:
    """Load what the card and its alerts are drawn from, a statement each."""
    session = work.session
    supply = load_supply(session, client.id)
    ids = [meter.id for meter in supply.meters]
    return Known(
        client=client,
        points=load_points(session, client.id),
        contracts=load_contracts(session, client.id),
        supply=supply,
        histories=load_histories(session, supply.meters, per_meter=rows_per_meter(len(ids))),
        notices=open_notices(session, ids, today=work.today, policy=work.policy),
        lock=lock,
        today=work.today,
        policy=work.policy,
        einvoice=load_einvoice(session, client.id),
        account=load_account(session, client.id),
        requests=load_open_requests(session, client.id),
    )


def _timeline(work: Work, known: Known) -> tuple[TimelineEvent, ...]:
    session = work.session
    ids = [meter.id for meter in known.supply.meters]
    happened = Happened(
        histories=known.histories.values(),
        decisions=load_decisions(session, ids),
        notices=load_notices(session, ids),
        contacts=load_contacts(session, known.client.id),
        documents=load_documents(session, known.client.id),
        payments=load_payments(session, known.client.id),
        requests=load_requests(session, known.client.id),
        mails=load_received(work, known.client.id),
        meters=known.supply.meters,
        contracts=known.contracts,
        today=known.today,
    )
    return timeline(happened)


@query(roles=DESK)
def client_number_of_meter(work: Work, meter: str) -> str:
    """Return the number of the client whose meter this is or was; raises NotFound."""
    return find_meter(work.session, meter).client_number


def _pesel(client: ClientRow, level: int) -> PrivateValue | None:
    if client.pesel is None:
        return None
    clear = level >= VerificationLevel.L3
    return PrivateValue(Masked.PESEL, 0, client.pesel if clear else mask_pesel(client.pesel), not clear)


def _points(points: Sequence[PointRow], level: int) -> tuple[PrivateValue, ...]:
    clear = level >= VerificationLevel.L2
    shown = []
    for point in points:
        confirmed = point.verified_on is not None
        if point.kind == Masked.PHONE:
            text = format_phone(point.value) if clear else mask_phone(point.value)
            shown.append(PrivateValue(Masked.PHONE, point.id, text, not clear, confirmed))
        else:
            text = point.value if clear else mask_email(point.value)
            shown.append(PrivateValue(Masked.EMAIL, point.id, text, not clear, confirmed))
    return tuple(shown)
