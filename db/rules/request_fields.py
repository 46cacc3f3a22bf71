"""What each kind of request changes, and how the values that were typed are read.

A value that cannot be read raises `WrongField`, so that the words stand beside its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from db.errors import Refused, WrongInput
from db.records.clients import ClientKind
from db.records.requests import FIELD_WORDS, KIND_WORDS, RequestField, RequestKind
from db.refusals import WrongField
from db.rules.addresses import street_of
from db.rules.day_entry import parse_day
from db.rules.identifiers import (
    BUSINESS_DIGITS,
    PERSON_DIGITS,
    parse_email,
    parse_nip,
    parse_nrb,
    parse_pesel,
    parse_phone,
    parse_postal_code,
)
from db.rules.text import clean_line
from db.words import N_, Words

_F, _K = RequestField, RequestKind
Values = Mapping[RequestField, str | None]
"""The value of each field; None where there is none."""

ADDRESS_FIELDS = (_F.STREET, _F.HOUSE, _F.FLAT, _F.POSTAL_CODE, _F.TOWN)
NAME_FIELDS: Mapping[ClientKind, tuple[RequestField, ...]] = {
    ClientKind.PERSON: (_F.LAST_NAME, _F.FIRST_NAME),
    ClientKind.BUSINESS: (_F.COMPANY_NAME,),
}
PARTY_FIELDS = (_F.PARTY_LAST_NAME, _F.PARTY_FIRST_NAME, _F.PARTY_PESEL)
_FIELDS: Mapping[RequestKind, tuple[RequestField, ...]] = {
    _K.MAILING_ADDRESS: ADDRESS_FIELDS,
    _K.SUPPLY_ADDRESS: (_F.METER, *ADDRESS_FIELDS),
    _K.PHONE: (_F.PHONE,),
    _K.EMAIL: (_F.EMAIL,),
    _K.SECOND_PARTY: PARTY_FIELDS,
    _K.REFUND_ACCOUNT: (_F.REFUND_ACCOUNT,),
    _K.PESEL: (_F.PESEL,),
    _K.NIP: (_F.NIP,),
    _K.TARIFF_GROUP: (_F.TARIFF_GROUP,),
    _K.EINVOICE_ON: (_F.EMAIL,),
    _K.EINVOICE_OFF: (),
    _K.EINVOICE_EMAIL: (_F.EMAIL,),
    _K.EBOK_REGISTRATION: (_F.LOGIN, _F.EMAIL),
    _K.EBOK_UNLOCK: (),
    _K.EBOK_EMAIL: (_F.EMAIL,),
    _K.HANDOVER: (_F.NEW_CLIENT, _F.HANDOVER_DAY, _F.METER, _F.STATE),
    _K.COMPLAINT: (),
}
_OPTIONAL = frozenset({_F.STREET, _F.FLAT, _F.PARTY_PESEL, _F.METER})
"""Fields that may be empty while the others of their request are filled."""
_CLEARED = frozenset({_K.MAILING_ADDRESS, _K.SECOND_PARTY, _K.REFUND_ACCOUNT})
"""Kinds that may take away what there is; a phone or an e-mail address that is named may go, too."""
_OF_POINTS = frozenset({_K.PHONE, _K.EMAIL})
_ONLY: Mapping[RequestKind, ClientKind] = {_K.PESEL: ClientKind.PERSON, _K.NIP: ClientKind.BUSINESS}
_LENGTHS: Mapping[RequestField, int] = {
    _F.STREET: 120,
    _F.HOUSE: 20,
    _F.FLAT: 20,
    _F.TOWN: 80,
    _F.LAST_NAME: 120,
    _F.FIRST_NAME: 80,
    _F.COMPANY_NAME: 200,
    _F.PARTY_LAST_NAME: 120,
    _F.PARTY_FIRST_NAME: 80,
    _F.TARIFF_GROUP: 12,
    _F.LOGIN: 60,
    _F.METER: 20,
    _F.EMAIL: 160,
}
_LONGEST = 200
SENSITIVE = frozenset(
    {_F.PESEL, _F.PARTY_PESEL, _F.PHONE, _F.EMAIL, _F.REFUND_ACCOUNT, _F.LOGIN},
)
"""Fields whose value on the card is masked until the caller is verified."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a request: what the card holds and what it is to hold."""

    field: RequestField
    old: str | None
    new: str | None


def fields_of(kind: RequestKind, client: ClientKind) -> tuple[RequestField, ...]:
    """Return the fields of a request of this kind for a client of that kind, in their order.

    Raises Refused for a PESEL of a business or a NIP of a person.
    """
    if _ONLY.get(kind, client) is not client:
        raise Refused(
            N_("A PESEL belongs to a person, a NIP to a business; this client is the other kind (%(kind)s)."),
            kind=Words(KIND_WORDS[kind]),
        )
    return NAME_FIELDS[client] if kind is RequestKind.NAME else _FIELDS[kind]


def read_values(
    kind: RequestKind, fields: tuple[RequestField, ...], typed: Mapping[RequestField, str], *, today: date
) -> dict[RequestField, str | None]:
    """Return the values that were typed, read and checked; an empty one is None.

    Raises WrongField for a value that cannot be read and for a field that the kind has not.
    """
    for field in typed:
        if field not in fields:
            raise WrongField(
                field,
                N_("%(what)s is no part of this request (%(kind)s)."),
                what=Words(FIELD_WORDS[field]),
                kind=Words(KIND_WORDS[kind]),
            )
    read = {field: read_value(field, typed[field], today=today) for field in fields if field in typed}
    if read.get(RequestField.STREET) is not None:
        town = read.get(RequestField.TOWN) or ""
        read[RequestField.STREET] = street_of(read[RequestField.STREET] or "", town)
    return read


def read_value(field: RequestField, text: str, *, today: date) -> str | None:
    """Return a value as it is stored; None for an empty one. Raises WrongField."""
    try:
        typed = clean_line(text, max(len(text), 1))
        if not typed:
            return None
        value = _READERS.get(field, clean_line_of(field))(typed, today)
        return clean_line(value, _LENGTHS.get(field, _LONGEST))
    except WrongField:
        raise
    except WrongInput as error:
        raise WrongField(field, error.message, **error.params) from error


def changes_of(
    kind: RequestKind, fields: tuple[RequestField, ...], read: Values, old: Values, *, of_point: bool = False
) -> tuple[Change, ...]:
    """Return every field of the request beside what the card holds; those not typed stay as they are.

    `of_point` says that a phone or an e-mail address of the card is meant: it may be taken away.
    Raises WrongField for one that is missing, Refused when nothing would change.
    """
    new = {field: read[field] if field in read else old.get(field) for field in fields}
    if all(value is None for value in new.values()):
        may_clear = kind in _CLEARED or (kind in _OF_POINTS and of_point)
        if fields and not (may_clear and any(field in read for field in fields)):
            raise _missing(next((f for f in fields if f not in _OPTIONAL), fields[0]))
    else:
        for field in fields:
            if new[field] is None and field not in _OPTIONAL:
                raise _missing(field)
    changes = tuple(Change(field, old.get(field), new[field]) for field in fields)
    if changes and all(change.old == change.new for change in changes):
        raise Refused(
            N_("Nothing would change (%(kind)s): the card says so already."), kind=Words(KIND_WORDS[kind])
        )
    return changes


def _missing(field: RequestField) -> WrongField:
    return WrongField(field, N_("Type it: %(what)s."), what=Words(FIELD_WORDS[field]))


def clean_line_of(field: RequestField) -> Callable[[str, date], str]:
    """Return the reader of a field that is plain text: names need a letter, a house a digit."""

    def read(typed: str, _: date) -> str:
        if field in _NAMES and not any(char.isalpha() for char in typed):
            raise WrongField(field, N_("A name has letters. Ask for it again."))
        return typed

    return read


_NAMES = frozenset({_F.LAST_NAME, _F.FIRST_NAME, _F.PARTY_LAST_NAME, _F.PARTY_FIRST_NAME, _F.TOWN})


def _house(typed: str, _: date) -> str:
    if not any(char.isdigit() for char in typed):
        raise WrongInput(N_("A house has a number: 4, 4A, 30/2."))
    return typed


def _flat(typed: str, _: date) -> str:
    if not any(char.isdigit() for char in typed) and not (len(typed) == 1 and typed.isalpha()):
        raise WrongInput(N_("A flat has a number or is one letter: 7, 7A, B."))
    return typed


def _client_number(typed: str, _: date) -> str:
    number = "".join(typed.split())
    if not (number.isascii() and number.isdigit() and len(number) in (PERSON_DIGITS, BUSINESS_DIGITS)):
        raise WrongInput(N_("A client number has 6 digits, a business's 4."))
    return number


def _states(typed: str, _: date) -> str:
    """One state, or each meter with its own: what hangs there is known only where it is applied."""
    if not any(char.isdigit() for char in typed):
        raise WrongInput(N_("Type the black digits of the dial, nothing else."))
    return typed


_READERS: Mapping[RequestField, Callable[[str, date], str]] = {
    _F.HOUSE: _house,
    _F.FLAT: _flat,
    _F.POSTAL_CODE: lambda typed, _: parse_postal_code(typed),
    _F.PHONE: lambda typed, _: parse_phone(typed),
    _F.EMAIL: lambda typed, _: parse_email(typed).lower(),
    _F.PARTY_PESEL: lambda typed, today: parse_pesel(typed, today=today).number,
    _F.REFUND_ACCOUNT: lambda typed, _: parse_nrb(typed),
    _F.PESEL: lambda typed, today: parse_pesel(typed, today=today).number,
    _F.NIP: lambda typed, _: parse_nip(typed),
    _F.TARIFF_GROUP: lambda typed, _: typed.upper(),
    _F.NEW_CLIENT: _client_number,
    _F.HANDOVER_DAY: lambda typed, today: parse_day(typed, today=today).isoformat(),
    _F.METER: lambda typed, _: "".join(typed.split()),
    _F.STATE: _states,
}

_SUBJECT: Mapping[RequestKind, str] = {
    _K.EINVOICE_ON: "einvoice",
    _K.EINVOICE_OFF: "einvoice",
    _K.EINVOICE_EMAIL: "einvoice",
}


def contending_kinds(kind: RequestKind) -> tuple[RequestKind, ...]:
    """Return the kinds whose requests may be about the same as one of this kind."""
    subject = _SUBJECT.get(kind, kind)
    return tuple(other for other in RequestKind if _SUBJECT.get(other, other) == subject)


def contends_for(kind: RequestKind, point_id: int | None, new: Values) -> tuple[object, ...] | None:
    """Return what a request is about: a newer one about the same takes its place.

    None for a complaint: it is answered, whatever comes after it.
    """
    if kind is RequestKind.COMPLAINT:
        return None
    if kind in _OF_POINTS:
        return (kind, point_id) if point_id else (kind, *sorted(str(value) for value in new.values()))
    if kind in (RequestKind.SUPPLY_ADDRESS, RequestKind.HANDOVER):
        return (kind, new.get(RequestField.METER))
    return (_SUBJECT.get(kind, kind),)
