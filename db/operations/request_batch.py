"""The portal's batch: requests taken in as they come, each by itself, none twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from db.doors import SUPERVISORS, operation
from db.errors import BokError
from db.operations.request_intake import Intake, find_external, take_in
from db.portal import portal_registrations
from db.records.ebok import Registration
from db.records.people import Channel
from db.records.requests import NewRequest
from db.words import N_
from db.work import Work

AT_ONCE = 200
"""Entries of one transaction."""


class BatchResult(StrEnum):
    """What became of an entry."""

    TAKEN_IN = "taken_in"
    KNOWN = "known"
    """It came before; nothing was added."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """What became of one entry of a batch."""

    external_id: str
    result: BatchResult
    number: str = ""
    """The request's number, or the client's whose account was made."""
    message: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@operation(roles=SUPERVISORS)
def import_requests(work: Work, batch: Sequence[NewRequest | Registration]) -> tuple[BatchEntry, ...]:
    """Take in up to 200 entries of the portal and return what became of each.

    What cannot be taken in says why and stops no other. An `external_id` that came before adds nothing.
    """
    if len(batch) > AT_ONCE:
        raise ValueError(f"at most {AT_ONCE} entries at once")
    return tuple(_register(work, one) if isinstance(one, Registration) else _take(work, one) for one in batch)


def _take(work: Work, new: NewRequest) -> BatchEntry:
    external = new.external_id or ""
    noted = len(work.audit), len(work.access)
    try:
        with work.session.begin_nested():
            if (known := find_external(work, new)) is not None:
                return BatchEntry(external, BatchResult.KNOWN, known.number)
            row = take_in(work, new, Intake(new.channel or Channel.EBOK))
            return BatchEntry(external, BatchResult.TAKEN_IN, row.number)
    except BokError as error:
        del work.audit[noted[0] :], work.access[noted[1] :]
        return BatchEntry(external, BatchResult.REFUSED, message=error.message, params=error.params)


def _register(work: Work, registration: Registration) -> BatchEntry:
    external = registration.external_id or ""
    (outcome,) = portal_registrations(work, [registration])
    if outcome.account is not None:
        result = BatchResult.TAKEN_IN if outcome.checks else BatchResult.KNOWN
        return BatchEntry(external, result, outcome.account.client_number)
    if outcome.problem:
        return BatchEntry(external, BatchResult.REFUSED, message=outcome.problem, params=outcome.params)
    failed = [check.value for check, result in outcome.checks if result.value != "ok"]
    if outcome.login_taken:
        failed.append("login")
    message = N_("The registration does not fit what is on file: %(failed)s.")
    return BatchEntry(external, BatchResult.REFUSED, message=message, params={"failed": ", ".join(failed)})
