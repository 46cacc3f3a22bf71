"""A new client, such as the buyer of a property that is to be handed over."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import Refused, WrongInput
from db.models import Client, ContactPoint
from db.operations.invoice_issue import take_numbers
from db.queries.rows import insert_row
from db.records.clients import ClientKind
from db.rules.identifiers import parse_email, parse_nip, parse_phone
from db.rules.text import clean_line, polish_key
from db.search import index_client
from db.words import N_
from db.work import Work

DIGITS = {ClientKind.PERSON: 6, ClientKind.BUSINESS: 4}


@dataclass(frozen=True, slots=True)
class NewClient:
    """Who is added, as typed: a person by both names, or a business by its name and NIP."""

    last_name: str = ""
    first_name: str = ""
    company_name: str = ""
    nip: str = ""
    phone: str = ""
    email: str = ""


@operation(roles=CLERKS)
def add_client(work: Work, new: NewClient) -> str:
    """Add a client without a contract and return the number.

    A person's PESEL is completed by a request, which another person approves. Raises WrongInput
    for names that are missing and numbers that cannot be, Refused when the numbers are used up or
    the NIP is a client's already.
    """
    kind = ClientKind.BUSINESS if new.company_name.strip() else ClientKind.PERSON
    names = _names(new, kind)
    nip = parse_nip(new.nip) if new.nip.strip() else None
    points = [("phone", parse_phone(new.phone))] if new.phone.strip() else []
    points += [("email", parse_email(new.email).lower())] if new.email.strip() else []
    if nip is not None:
        _refuse_known(work, nip)
    take_numbers(work, f"client/{kind.value}", 1)  # nobody else looks for a free number meanwhile
    number = _free_number(work, kind)
    values = {"number": number, "kind": kind, **names, "nip": nip, "created_at": work.now, "version": 1}
    client_id = insert_row(work.session, Client, values)
    for what, value in points:
        insert_row(work.session, ContactPoint, {"client_id": client_id, "kind": what, "value": value})
    work.changed("client.added", f"client {number}", client_id=client_id, after={"kind": kind.value})
    index_client(work, client_id)
    return number


def _names(new: NewClient, kind: ClientKind) -> dict[str, str | None]:
    last, first = clean_line(new.last_name, 120), clean_line(new.first_name, 80)
    company = clean_line(new.company_name, 200)
    if kind is ClientKind.BUSINESS:
        if last or first:
            raise WrongInput(N_("Name a person, by both names, or a business; not both."))
        return {
            "last_name": None,
            "first_name": None,
            "company_name": company,
            "name_key": polish_key(company),
        }
    if not last or not first:
        raise WrongInput(N_("Type the last name and the first name, or the name of a business."))
    key = polish_key(f"{last} {first}")
    return {"last_name": last, "first_name": first, "company_name": None, "name_key": key}


def _refuse_known(work: Work, nip: str) -> None:
    known = work.session.scalar(sa.select(col(Client.number)).where(col(Client.nip) == nip).limit(1))
    if known is not None:
        raise Refused(N_("The NIP is that of the client %(client)s already."), client=known)


def _free_number(work: Work, kind: ClientKind) -> str:
    """Return the number after the greatest, or the first that was left out below it."""
    digits = DIGITS[kind]
    last = work.session.scalar(sa.select(sa.func.max(col(Client.number))).where(col(Client.kind) == kind))
    if last is None:
        return str(10 ** (digits - 1))
    if int(last) + 1 < 10**digits:
        return f"{int(last) + 1:0{digits}d}"
    other = aliased(Client)
    after = sa.cast(col(Client.number), sa.Integer) + 1
    gap = (
        sa.select(after)
        .outerjoin(other, sa.and_(other.kind == kind, sa.cast(other.number, sa.Integer) == after))  # type: ignore[arg-type]  # columns of the alias
        .where(col(Client.kind) == kind, other.id.is_(None), after < 10**digits)  # type: ignore[union-attr]  # a column
        .order_by(after)
        .limit(1)
    )
    found = work.session.scalar(gap)
    if found is None:
        raise Refused(
            N_(
                "All client numbers of %(digits)s digits are given.",
            ),
            digits=digits,
        )
    return f"{int(found):0{digits}d}"
