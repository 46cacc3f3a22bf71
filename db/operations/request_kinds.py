"""Who applies which kind of request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from db.operations.client_changes import (
    apply_client_column,
    apply_email,
    apply_mailing_address,
    apply_name,
    apply_phone,
    apply_second_party,
    apply_supply_address,
)
from db.records.requests import RequestKind
from db.rules.request_fields import Values
from db.work import Work

Apply: TypeAlias = Callable[[Work, int, int, Values, int | None], None]
"""Given the ids of the request and the client, the new values and the contact point that is meant."""

APPLY: Mapping[RequestKind, Apply] = {
    RequestKind.MAILING_ADDRESS: apply_mailing_address,
    RequestKind.SUPPLY_ADDRESS: apply_supply_address,
    RequestKind.NAME: apply_name,
    RequestKind.PHONE: apply_phone,
    RequestKind.EMAIL: apply_email,
    RequestKind.SECOND_PARTY: apply_second_party,
    RequestKind.REFUND_ACCOUNT: apply_client_column,
    RequestKind.PESEL: apply_client_column,
    RequestKind.NIP: apply_client_column,
}
"""The client is held, and what the card holds was compared. A kind that is missing is refused."""
