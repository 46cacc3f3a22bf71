"""Who applies which kind of request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
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
from db.operations.ebok import apply_ebok_email, apply_ebok_registration, apply_ebok_unlock
from db.operations.einvoice_life import apply_einvoice_email, apply_einvoice_off, apply_einvoice_on
from db.operations.handover import hand_over
from db.operations.tariff_change import apply_tariff_group
from db.queries.request_rows import find_request
from db.records.requests import RequestField, RequestKind
from db.rules.request_fields import Values
from db.work import Work

Apply: TypeAlias = Callable[[Work, int, int, Values, int | None], None]
"""Given the ids of the request and the client, the new values and the contact point that is meant."""


def _tariff_group(work: Work, request_id: int, client_id: int, values: Values, point_id: int | None) -> None:
    row = find_request(work.session, request_id)
    apply_tariff_group(
        work,
        request_id=request_id,
        client_id=client_id,
        group=values.get(RequestField.TARIFF_GROUP) or "",
        starts_on=row.effective_on or work.today,
    )


def _handover(work: Work, request_id: int, client_id: int, values: Values, point_id: int | None) -> None:
    hand_over(
        work,
        request_id=request_id,
        client_id=client_id,
        values=values,
        day=date.fromisoformat(values.get(RequestField.HANDOVER_DAY) or ""),
        channel=find_request(work.session, request_id).channel,
    )


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
    RequestKind.TARIFF_GROUP: _tariff_group,
    RequestKind.EINVOICE_ON: apply_einvoice_on,
    RequestKind.EINVOICE_OFF: apply_einvoice_off,
    RequestKind.EINVOICE_EMAIL: apply_einvoice_email,
    RequestKind.EBOK_REGISTRATION: apply_ebok_registration,
    RequestKind.EBOK_UNLOCK: apply_ebok_unlock,
    RequestKind.EBOK_EMAIL: apply_ebok_email,
    RequestKind.HANDOVER: _handover,
}
"""The client is held, and what the card holds was compared. A complaint is answered instead."""
