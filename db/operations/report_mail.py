"""Sending a report: its PDF as mail to addresses of the office."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, operation
from db.errors import NotAllowed, WrongInput
from db.models import OutgoingAttachment, OutgoingMessage
from db.operations.outbox import queue_mail
from db.queries.utility import utility
from db.records.mail import MailFile, MailKind, NewMail
from db.rules.report_addresses import office_address
from db.words import N_
from db.work import Work

MOST = 20
"""Addresses at a time."""


@operation(roles=OVERSEERS)
def queue_report(
    work: Work, addresses: Sequence[str], scope: str, subject: str, body: str, file: MailFile
) -> tuple[tuple[int, str], ...]:
    """Queue a report for each of `addresses` once, and return ids and addresses.

    What leaves is logged like an export: `scope` says which report. The program by itself writes only
    to whom a supervisor or an administrator has sent a report before. Raises WrongInput, Refused for
    an address that is not the office's, NotAllowed.
    """
    if not addresses or len(addresses) > MOST:
        raise WrongInput(N_("A report is sent to 1 to %(most)s addresses."), most=MOST)
    own = utility(work).email
    wanted = list(dict.fromkeys(office_address(address, own) for address in addresses))
    if not work.actor.id:
        _require_known(work, wanted)
    queued = []
    for address in wanted:
        new = NewMail(MailKind.REPORT, address, subject, body, file=file)
        queued.append((queue_mail(work, new), address))
        work.looked("EXPORT", f"report {scope} to {address}")
    keys = ", ".join(str(key) for key, _ in queued)
    work.changed("report.queued", f"report {scope}", after={"messages": keys})
    return tuple(queued)


def _require_known(work: Work, addresses: Sequence[str]) -> None:
    """Raise NotAllowed for an address to which nobody who may has sent a report."""
    statement = (
        sa.select(col(OutgoingMessage.address))
        .join(OutgoingAttachment, col(OutgoingAttachment.message_id) == col(OutgoingMessage.id))
        .where(
            col(OutgoingMessage.kind) == MailKind.REPORT,
            col(OutgoingMessage.staff_id).is_not(None),
            col(OutgoingMessage.address).in_(addresses),
        )
        .distinct()
    )
    known = set(work.session.scalars(statement))
    for address in addresses:
        if address not in known:
            raise NotAllowed(
                N_(
                    "Nobody has sent a report to %(address)s yet: a supervisor does it once, signed in,"
                    " without --unattended. After that the timer may."
                ),
                address=address,
            )
