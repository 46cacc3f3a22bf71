"""Requests: what a client asks the office to change, decide or answer. Plain records, no personal rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from db.records.people import Channel
from db.words import N_


class RequestKind(StrEnum):
    """What is asked for."""

    MAILING_ADDRESS = "mailing_address"
    SUPPLY_ADDRESS = "supply_address"
    """A correction of how the supplied property is written, no move."""
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    SECOND_PARTY = "second_party"
    REFUND_ACCOUNT = "refund_account"
    PESEL = "pesel"
    NIP = "nip"
    TARIFF_GROUP = "tariff_group"
    EINVOICE_ON = "einvoice_on"
    EINVOICE_OFF = "einvoice_off"
    EINVOICE_EMAIL = "einvoice_email"
    EBOK_REGISTRATION = "ebok_registration"
    EBOK_UNLOCK = "ebok_unlock"
    EBOK_EMAIL = "ebok_email"
    HANDOVER = "handover"
    """The property passes to another client."""
    COMPLAINT = "complaint"


KIND_WORDS: Mapping[RequestKind, str] = {
    RequestKind.MAILING_ADDRESS: N_("mailing address"),
    RequestKind.SUPPLY_ADDRESS: N_("supply address"),
    RequestKind.NAME: N_("name"),
    RequestKind.PHONE: N_("phone"),
    RequestKind.EMAIL: N_("e-mail"),
    RequestKind.SECOND_PARTY: N_("second party"),
    RequestKind.REFUND_ACCOUNT: N_("account for refunds"),
    RequestKind.PESEL: N_("PESEL"),
    RequestKind.NIP: N_("NIP"),
    RequestKind.TARIFF_GROUP: N_("tariff group"),
    RequestKind.EINVOICE_ON: N_("e-invoice on"),
    RequestKind.EINVOICE_OFF: N_("e-invoice off"),
    RequestKind.EINVOICE_EMAIL: N_("address for e-invoices"),
    RequestKind.EBOK_REGISTRATION: N_("registration in e-BOK"),
    RequestKind.EBOK_UNLOCK: N_("unlocking of e-BOK"),
    RequestKind.EBOK_EMAIL: N_("e-mail of e-BOK"),
    RequestKind.HANDOVER: N_("hand-over of the property"),
    RequestKind.COMPLAINT: N_("complaint"),
}
"""What people read for each kind."""

FOUR_EYES = frozenset(
    {
        RequestKind.NAME,
        RequestKind.PESEL,
        RequestKind.NIP,
        RequestKind.REFUND_ACCOUNT,
        RequestKind.EINVOICE_EMAIL,
        RequestKind.EBOK_EMAIL,
    }
)
"""Kinds that another person with the role has to approve; the old contact channel is told."""


class RequestState(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    NEEDS_INFO = "needs_info"
    APPROVED = "approved"
    """Decided; it waits for its effective day."""
    APPLIED = "applied"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    """A newer request for the same field took its place."""


STATE_WORDS: Mapping[RequestState, str] = {
    RequestState.SUBMITTED: N_("submitted"),
    RequestState.IN_REVIEW: N_("in review"),
    RequestState.NEEDS_INFO: N_("waits for information"),
    RequestState.APPROVED: N_("approved"),
    RequestState.APPLIED: N_("applied"),
    RequestState.REJECTED: N_("rejected"),
    RequestState.WITHDRAWN: N_("withdrawn"),
    RequestState.SUPERSEDED: N_("superseded"),
}
"""What people read for each state."""

OPEN_STATES = frozenset(
    {RequestState.SUBMITTED, RequestState.IN_REVIEW, RequestState.NEEDS_INFO, RequestState.APPROVED}
)
"""States in which somebody, or the calendar, still has something to do."""


class RequestEvent(StrEnum):
    """What happens to a request."""

    SUBMIT = "submit"
    TAKE = "take"
    GIVE_BACK = "give_back"
    ASK_INFO = "ask_info"
    INFO_CAME = "info_came"
    APPROVE = "approve"
    APPLY = "apply"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    DEEM_ACCEPTED = "deem_accepted"
    """A consumer's complaint that was not answered in time."""


ASSIGNED: Final = "assigned"
"""The reason of a step by which a supervisor gave a request to somebody, or took it away."""


class RejectReason(StrEnum):
    """Why a request was rejected."""

    NOT_ENTITLED = "not_entitled"
    """Who asked may not ask for this."""
    NOT_PROVED = "not_proved"
    """The document that shows it was not brought."""
    NO_ANSWER = "no_answer"
    """The client did not answer the request for information."""
    WRONG_DATA = "wrong_data"
    DUPLICATE = "duplicate"
    UNFOUNDED = "unfounded"
    """A complaint that proved wrong."""
    OTHER = "other"


class RequestField(StrEnum):
    """A field that a request may change."""

    STREET = "street"
    HOUSE = "house"
    FLAT = "flat"
    POSTAL_CODE = "postal_code"
    TOWN = "town"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    COMPANY_NAME = "company_name"
    PHONE = "phone"
    EMAIL = "email"
    PARTY_LAST_NAME = "party_last_name"
    PARTY_FIRST_NAME = "party_first_name"
    PARTY_PESEL = "party_pesel"
    REFUND_ACCOUNT = "refund_account"
    PESEL = "pesel"
    NIP = "nip"
    TARIFF_GROUP = "tariff_group"
    LOGIN = "login"
    NEW_CLIENT = "new_client"
    """Number of the client who takes the property over."""
    HANDOVER_DAY = "handover_day"
    METER = "meter"
    STATE = "state"
    """Final state of the meter in a hand-over."""


FIELD_WORDS: Mapping[RequestField, str] = {
    RequestField.STREET: N_("street"),
    RequestField.HOUSE: N_("house"),
    RequestField.FLAT: N_("flat"),
    RequestField.POSTAL_CODE: N_("postal code"),
    RequestField.TOWN: N_("town"),
    RequestField.LAST_NAME: N_("last name"),
    RequestField.FIRST_NAME: N_("first name"),
    RequestField.COMPANY_NAME: N_("company name"),
    RequestField.PHONE: N_("phone"),
    RequestField.EMAIL: N_("e-mail"),
    RequestField.PARTY_LAST_NAME: N_("second party, last name"),
    RequestField.PARTY_FIRST_NAME: N_("second party, first name"),
    RequestField.PARTY_PESEL: N_("second party, PESEL"),
    RequestField.REFUND_ACCOUNT: N_("account for refunds"),
    RequestField.PESEL: N_("PESEL"),
    RequestField.NIP: N_("NIP"),
    RequestField.TARIFF_GROUP: N_("tariff group"),
    RequestField.LOGIN: N_("login"),
    RequestField.NEW_CLIENT: N_("new client"),
    RequestField.HANDOVER_DAY: N_("day of the hand-over"),
    RequestField.METER: N_("meter"),
    RequestField.STATE: N_("state"),
}
"""What people read for each field."""


class ComplaintSubject(StrEnum):
    """What a complaint is about."""

    BILL = "bill"
    READING = "reading"
    METER = "meter"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a request."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ComplaintAbout:
    """What a complaint is about, and the bill, reading or meter that it names."""

    subject: ComplaintSubject
    invoice: str | None = None
    reading_id: int | None = None
    meter: str | None = None


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is taken in. Values are as typed; they are read and checked field by field."""

    client_number: str
    kind: RequestKind
    values: Mapping[RequestField, str] = field(default_factory=dict)
    """The new value of each field; an empty one clears it, a missing one leaves it."""
    channel: Channel | None = None
    """None takes the contact's."""
    note: str = ""
    """In the client's words."""
    effective_on: date | None = None
    """None takes the first day that the kind allows."""
    complaint: ComplaintAbout | None = None
    point_id: int | None = None
    """Which phone or e-mail of the card is changed; None adds one."""
    attachments: tuple[Attachment, ...] = ()
    external_id: str | None = None
    """The portal's own number of it: taken in once."""
    received_on: date | None = None
    """The day a letter or e-mail came; None is today. The clock of a complaint starts there."""
