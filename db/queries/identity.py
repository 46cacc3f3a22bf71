"""A PESEL or NIP that a client gives, looked at before it is asked to be put on the card."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, query
from db.errors import WrongInput
from db.models import Client, Contract, ContractParty
from db.queries.caller import require_disclosure
from db.queries.client_rows import ClientRow, find_client
from db.queries.contact_rows import contact_in_hand
from db.records.clients import ClientKind
from db.records.identity import IdentityCheck
from db.records.people import Role
from db.records.requests import RequestField
from db.rules.identifiers import parse_nip, parse_pesel
from db.rules.verification import VerificationLevel
from db.words import N_
from db.work import Work

MOST_COUNTED = 100


@query(roles=CLERKS, discloses=True)
def check_identity(work: Work, client_number: str, field: RequestField, value: str) -> IdentityCheck:
    """Check the digits and the day of a PESEL, or the digits of a NIP, and count who else has it.

    On a call an agent needs a caller verified for changes of data (level 3); a letter has nobody to
    verify. Leaves an access entry, since the answer tells whether somebody is a client. A number
    that cannot be one comes back with its `error`. Raises NotFound, NotAllowed.
    """
    client = find_client(work.session, client_number)
    if contact_in_hand(work, client.id) is not None:
        require_disclosure(work, client.id, level=VerificationLevel.L3, exempt=(Role.SUPERVISOR,))
    try:
        number, born = _read(work, client, field, value)
    except WrongInput as wrong:
        return IdentityCheck(field, wrong.message, wrong.params)
    work.looked("VIEW", f"who else has this {field.value}", client_id=client.id)
    column = Client.pesel if field is RequestField.PESEL else Client.nip
    stored = client.pesel if field is RequestField.PESEL else client.nip
    others = sa.select(col(Client.id)).where(col(column) == number, col(Client.id) != client.id)
    own, foreign = _parties(work, client.id, number) if field is RequestField.PESEL else (0, 0)
    return IdentityCheck(
        field=field,
        birth_date=born,
        duplicates=_count(work, others),
        second_parties=foreign,
        own_second_party=own > 0,
        on_file=stored not in (None, number),
    )


def _read(work: Work, client: ClientRow, field: RequestField, value: str) -> tuple[str, date | None]:
    if field is RequestField.PESEL and client.kind is ClientKind.PERSON:
        pesel = parse_pesel(value, today=work.today)
        return pesel.number, pesel.birth_date
    if field is RequestField.NIP and client.kind is ClientKind.BUSINESS:
        return parse_nip(value), None
    raise WrongInput(N_("A person has a PESEL, a business a NIP."))


def _parties(work: Work, client_id: int, pesel: str) -> tuple[int, int]:
    """Return on how many contracts somebody with this PESEL is a further party: the client's, others'."""
    named = (
        sa.select(col(ContractParty.id))
        .join(Contract, col(Contract.id) == col(ContractParty.contract_id))
        .where(col(ContractParty.pesel) == pesel, col(ContractParty.position) > 1)
    )
    own = _count(work, named.where(col(Contract.client_id) == client_id))
    return own, _count(work, named.where(col(Contract.client_id) != client_id))


def _count(work: Work, statement: sa.Select[int | None]) -> int:
    bounded = statement.limit(MOST_COUNTED).subquery()
    return work.session.scalar(sa.select(sa.func.count()).select_from(bounded)) or 0
