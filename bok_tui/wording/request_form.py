"""The form of a request: its fields in the order they are asked for, and what the card says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bok_tui.i18n import _, translate_template
from bok_tui.wording.figures import day_text
from db.errors import BokError
from db.records.clients import Address, ClientCard, ClientKind, Masked, Place, PrivateValue
from db.records.ebok import EInvoiceState
from db.records.requests import RequestField, RequestKind
from db.refusals import WrongField
from db.rules.identifiers import format_phone
from db.rules.request_fields import fields_of, read_value

F, K = RequestField, RequestKind
_TYPED: Mapping[RequestKind, tuple[RequestField, ...]] = {
    K.MAILING_ADDRESS: (F.POSTAL_CODE, F.TOWN, F.STREET, F.HOUSE, F.FLAT),
    K.SUPPLY_ADDRESS: (F.POSTAL_CODE, F.TOWN, F.STREET, F.HOUSE, F.FLAT, F.METER),
}
"""An address is asked for by its postal code first: the rest may then be suggested."""
ADDRESS = frozenset({F.POSTAL_CODE, F.TOWN, F.STREET})
"""What is suggested from the addresses on file."""
WHOLE = frozenset({K.MAILING_ADDRESS, K.SUPPLY_ADDRESS, K.SECOND_PARTY})
"""Kinds whose empty fields are taken away; elsewhere what is not typed stays as it is."""
OF_POINTS: Mapping[RequestKind, Masked] = {K.PHONE: Masked.PHONE, K.EMAIL: Masked.EMAIL}
ONE_TYPE: Mapping[RequestKind, ClientKind] = {K.PESEL: ClientKind.PERSON, K.NIP: ClientKind.BUSINESS}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a value while it is typed."""

    words: str
    wrong: bool = False


def kinds_for(card: ClientCard, kinds: tuple[RequestKind, ...]) -> tuple[RequestKind, ...]:
    """Return the kinds that may be asked for by a client of this kind."""
    return tuple(kind for kind in kinds if ONE_TYPE.get(kind, card.kind) is card.kind)


def remarks_for(card: ClientCard) -> dict[RequestKind, str]:
    """Return what this client already has, beside the kinds that it matters for."""
    remarks: dict[RequestKind, str] = {}
    einvoice, portal = card.einvoice, card.portal
    if einvoice is not None and einvoice.state is not EInvoiceState.WITHDRAWN:
        remarks[K.EINVOICE_ON] = _("has it already")
    else:
        remarks[K.EINVOICE_OFF] = _("has none")
    if portal is not None:
        remarks[K.EBOK_REGISTRATION] = _("has an account")
    if card.pesel is None and card.kind is ClientKind.PERSON:
        remarks[K.PESEL] = _("missing! (4 eyes)")
    return remarks


def typed_fields(kind: RequestKind, card: ClientCard) -> tuple[RequestField, ...]:
    """Return the fields in the order in which they are asked for."""
    return _TYPED.get(kind) or fields_of(kind, card.kind)


def filled_in(kind: RequestKind, card: ClientCard, meter: str) -> dict[RequestField, str]:
    """Return what stands in the form at first: what a correction starts from."""
    if kind is K.SUPPLY_ADDRESS:
        return {**_address(card.supply_address), F.METER: meter}
    if kind is K.HANDOVER:
        return {F.METER: meter}
    return {}


def on_the_card(kind: RequestKind, card: ClientCard) -> dict[RequestField, str]:
    """Return what the card says now, masked as it may be shown; what it does not tell is left out."""
    match kind:
        case K.MAILING_ADDRESS:
            if card.mailing_address is None:
                return {F.POSTAL_CODE: _("as the supply address")}
            return _address(card.mailing_address)
        case K.SUPPLY_ADDRESS:
            return _address(card.supply_address)
        case K.NAME:
            return {F.LAST_NAME: card.name, F.COMPANY_NAME: card.name}
        case K.PESEL:
            return {F.PESEL: card.pesel.shown if card.pesel else _("missing")}
        case K.NIP:
            return {F.NIP: card.nip or _("missing")}
        case K.SECOND_PARTY:
            names = [party.name for contract in card.contracts for party in contract.parties[1:]]
            return {F.PARTY_LAST_NAME: names[0]} if names else {}
        case K.EINVOICE_ON | K.EINVOICE_EMAIL:
            return {F.EMAIL: card.einvoice.email} if card.einvoice else {}
        case K.EBOK_EMAIL:
            return {F.EMAIL: card.portal.email} if card.portal else {}
    return {}


def _address(address: Address | None) -> dict[RequestField, str]:
    if address is None:
        return {}
    return {
        F.POSTAL_CODE: address.postal_code,
        F.TOWN: address.town,
        F.STREET: address.street or "",
        F.HOUSE: address.house,
        F.FLAT: address.flat or "",
    }


def place_words(place: Place) -> str:
    """Return a place on file in one line."""
    return " ".join(filter(None, (place.postal_code, place.town, place.street)))


def points_of(kind: RequestKind, card: ClientCard) -> tuple[PrivateValue, ...]:
    """Return the phones or e-mail addresses of the card that a request of this kind may replace."""
    wanted = OF_POINTS.get(kind)
    return tuple(point for point in card.contact_points if point.field is wanted)


def emails_of(card: ClientCard) -> tuple[PrivateValue, ...]:
    """Return the e-mail addresses on the card."""
    return tuple(point for point in card.contact_points if point.field is Masked.EMAIL)


def verdict(field: RequestField, text: str, *, today: date) -> Verdict:
    """Return how a value is understood, or why it cannot be."""
    if not text.strip():
        return Verdict("")
    try:
        value = read_value(field, text, today=today)
    except BokError as error:
        return Verdict(translate_template(error.message, error.params), wrong=True)
    if value is None or value == text.strip():
        return Verdict("✓")
    if field is F.PHONE:
        value = format_phone(value)
    elif field is F.HANDOVER_DAY:
        value = day_text(date.fromisoformat(value))
    return Verdict(f"✓ {value}")


def wrong_field(error: BokError) -> RequestField | None:
    """Return the field that an error is about; None for one about the whole."""
    return error.field if isinstance(error, WrongField) else None
