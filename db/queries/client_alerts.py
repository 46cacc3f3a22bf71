"""What an agent should know of a client before speaking, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.policy import Policy
from db.queries.client_rows import ClientRow, PointRow
from db.queries.ebok import AccountRow
from db.queries.einvoice import EInvoiceRow
from db.queries.reading_rows import MeterHistory
from db.queries.request_rows import OpenRequest
from db.queries.supply import Supply
from db.records.clients import Alert, ClientKind, ContractView, MeterRole, NoticeView
from db.records.ebok import EInvoiceState, PortalState
from db.records.readings import ReadingStatus
from db.records.requests import RequestKind, RequestState
from db.rules.complaints import is_urgent
from db.rules.levels import Level
from db.rules.reading_checks import client_readings_in_row
from db.rules.verification import LOCK_MESSAGES, Lock
from db.words import N_

EXCHANGED_WITHIN = timedelta(days=90)
"""An exchange stays news for as long as a billing period may still span it."""
ENDING_WITHIN = timedelta(days=90)
"""Days ahead from which the end of a verification is announced."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the alerts are drawn from."""

    client: ClientRow
    points: Sequence[PointRow]
    contracts: Sequence[ContractView]
    supply: Supply
    histories: Mapping[int, MeterHistory]
    notices: Mapping[int, NoticeView]
    lock: Lock | None
    today: date
    policy: Policy
    einvoice: EInvoiceRow | None = None
    account: AccountRow | None = None
    requests: Sequence[OpenRequest] = ()


def alerts(known: Known) -> tuple[Alert, ...]:
    """Return the alerts, the hardest first."""
    found = [
        *_lock(known),
        *_complaints(known),
        *_notices(known),
        *_pending(known),
        *_contract(known),
        *_identity(known),
        *_electronic(known),
        *_requests(known),
        *_verification(known),
        *_in_row(known),
        *_exchanges(known),
        *_many(known),
    ]
    return tuple(sorted(found, key=lambda alert: -alert.level.rank))


def _lock(known: Known) -> Iterator[Alert]:
    if known.lock is not None:
        yield Alert("disclosure_locked", Level.BLOCK, LOCK_MESSAGES[known.lock], {})


def _complaints(known: Known) -> Iterator[Alert]:
    """The clock of complaints (Art. 7a consumer rights act): loud from three days before."""
    for request in known.requests:
        if request.kind is not RequestKind.COMPLAINT:
            continue
        params = {"request": request.number, "deadline": request.deadline}
        if request.state is RequestState.APPROVED:
            message = N_("complaint %(request)s counts as accepted: it was to be answered by %(deadline)s")
        elif not is_urgent(request.deadline, known.today, known.policy.complaint_warning_days):
            continue
        elif request.deadline < known.today:
            message = N_("complaint %(request)s was to be answered by %(deadline)s")
        else:
            message = N_("complaint %(request)s is to be answered by %(deadline)s")
        yield Alert("complaint_due", Level.WARN, message, params)


def _requests(known: Known) -> Iterator[Alert]:
    if not known.requests:
        return
    params = {"count": len(known.requests), "deadline": min(request.deadline for request in known.requests)}
    yield Alert("requests", Level.OK, N_("open requests: %(count)s, the first due on %(deadline)s"), params)


def _notices(known: Known) -> Iterator[Alert]:
    for notice in sorted(known.notices.values(), key=lambda notice: notice.deadline):
        params = {
            "notice": notice.number,
            "meter": notice.meter,
            "left": notice.left_on,
            "deadline": notice.deadline,
        }
        if notice.deadline < known.today:
            message = N_("notice %(notice)s (%(meter)s) was to be answered by %(deadline)s")
        else:
            message = N_("notice %(notice)s of %(left)s (%(meter)s): reading wanted by %(deadline)s")
        yield Alert("open_notice", Level.WARN, message, params)


def _pending(known: Known) -> Iterator[Alert]:
    for history in known.histories.values():
        for row in history.rows:
            if row.status == ReadingStatus.PENDING:
                yield Alert(
                    "reading_pending",
                    Level.WARN,
                    N_("reading %(state)s of %(day)s (%(meter)s) waits for a supervisor"),
                    {"state": row.state, "day": row.day, "meter": history.meter.number},
                )


def _contract(known: Known) -> Iterator[Alert]:
    if not known.contracts:
        yield Alert("no_contract", Level.WARN, N_("no contract"), {})
        return
    if all(contract.ends_on is not None for contract in known.contracts):
        last = max(contract.ends_on for contract in known.contracts if contract.ends_on is not None)
        message = N_("contract ended on %(day)s") if last < known.today else N_("contract ends on %(day)s")
        yield Alert("contract_ended", Level.WARN, message, {"day": last})


def _identity(known: Known) -> Iterator[Alert]:
    if known.client.kind is ClientKind.PERSON and known.client.pesel is None:
        yield Alert("no_pesel", Level.WARN, N_("no PESEL on file: to be completed"), {})
    if any(point.kind == "email" and point.verified_on is None for point in known.points):
        yield Alert("email_unconfirmed", Level.WARN, N_("e-mail not confirmed"), {})
    if not known.points:
        yield Alert("no_contact_point", Level.OK, N_("neither phone nor e-mail on file"), {})


def _electronic(known: Known) -> Iterator[Alert]:
    """Say what is in doubt about e-invoices and the account in e-BOK."""
    einvoice, account = known.einvoice, known.account
    if einvoice is not None and einvoice.state is not EInvoiceState.WITHDRAWN:
        if einvoice.removed_on is not None:
            message = N_("the address for e-invoices is no longer on file: invoices go on paper")
            yield Alert("einvoice_removed", Level.WARN, message, {})
        elif einvoice.bounced_on is not None:
            message = N_("mail to the address for e-invoices came back on %(day)s: invoices go on paper")
            yield Alert("einvoice_bounced", Level.WARN, message, {"day": einvoice.bounced_on})
        elif einvoice.state is EInvoiceState.REQUESTED:
            message = N_("e-invoice asked for, but the link in the e-mail was not opened")
            yield Alert("einvoice_unconfirmed", Level.WARN, message, {})
        elif account is not None and account.last_login_at and account.email_checked_at is None:
            message = N_("address for e-invoices not checked at the first login to e-BOK: read it back")
            yield Alert("einvoice_unchecked", Level.WARN, message, {})
    if account is not None and account.state is PortalState.LOCKED:
        yield Alert("ebok_locked", Level.OK, N_("the account in e-BOK is locked"), {})


def _verification(known: Known) -> Iterator[Alert]:
    for meter in known.supply.meters:
        if meter.removed_on is not None:
            continue
        params = {"meter": meter.number, "until": meter.verified_until}
        if meter.verified_until < known.today:
            if meter.role is MeterRole.GARDEN:
                message = N_("verification of garden meter %(meter)s ended on %(until)s: not deducted")
                yield Alert("verification_expired", Level.WARN, message, params)
            else:
                message = N_("verification of meter %(meter)s ended on %(until)s: we owe an exchange")
                yield Alert("verification_expired", Level.OK, message, params)
        elif meter.verified_until <= known.today + ENDING_WITHIN:
            message = N_("verification of meter %(meter)s ends on %(until)s")
            yield Alert("verification_ends", Level.OK, message, params)


def _in_row(known: Known) -> Iterator[Alert]:
    for history in known.histories.values():
        if history.meter.removed_on is not None:
            continue
        count = client_readings_in_row(history.past(), before=known.today + timedelta(days=1))
        if count >= known.policy.max_client_readings:
            yield Alert(
                "client_readings",
                Level.OK,
                N_("meter %(meter)s: %(count)s readings by the client in a row, a control reading is due"),
                {"meter": history.meter.number, "count": count},
            )


def _exchanges(known: Known) -> Iterator[Alert]:
    for meter in known.supply.meters:
        if (
            meter.replaces_id is not None
            and meter.removed_on is None
            and meter.installed_on >= known.today - EXCHANGED_WITHIN
        ):
            yield Alert(
                "meter_exchanged",
                Level.OK,
                N_("meter exchanged on %(day)s, now %(meter)s"),
                {"day": meter.installed_on, "meter": meter.number},
            )


def _many(known: Known) -> Iterator[Alert]:
    if known.supply.more:
        message = N_("more than %(count)s meters: the others open by their number")
        yield Alert("many_meters", Level.OK, message, {"count": len(known.supply.meters)})
