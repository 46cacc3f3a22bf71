"""E-mail addresses of a client, and the links by which they are confirmed.

A link holds a random code that is sent and never kept: the database has its hash. It serves once,
for some hours, and a newer one for the same address takes its place.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlmodel import col

from db.models import ContactPoint, EmailToken
from db.operations.outbox import queue_mail
from db.queries.mail_values import office_values
from db.queries.rows import insert_row
from db.queries.utility import portal_page
from db.records.mail import MailKind, NewMail
from db.rules.identifiers import parse_email
from db.rules.mail_texts import Value, mail_text
from db.rules.mail_wording import MailTemplate
from db.work import Work

# Sent in hexadecimal: in the shell a leading "-" makes an option of it, and mail programs cut a last one.
CODE_BYTES = 32


def email_point(work: Work, client_id: int, address: str) -> int:
    """Return the id of the client's contact point of this address, adding it where it is new.

    Raises WrongInput for what is no address.
    """
    value = parse_email(address).lower()
    known = work.session.scalar(
        sa.select(col(ContactPoint.id))
        .where(
            col(ContactPoint.client_id) == client_id,
            col(ContactPoint.kind) == "email",
            sa.func.lower(col(ContactPoint.value)) == value,
            col(ContactPoint.removed_on).is_(None),
        )
        .order_by(col(ContactPoint.id))
        .limit(1)
    )
    if known is not None:
        return int(known)
    return insert_row(work.session, ContactPoint, {"client_id": client_id, "kind": "email", "value": value})


def address_of(work: Work, point_id: int) -> str:
    """Return the e-mail address of a contact point."""
    statement = sa.select(col(ContactPoint.value)).where(col(ContactPoint.id) == point_id)
    return work.session.execute(statement).scalar_one()


def send_link(
    work: Work,
    *,
    client_id: int,
    client_number: str,
    point_id: int,
    account_id: int | None = None,
    login: str = "",
    request_id: int | None = None,
) -> None:
    """Send a link that confirms an address, and with `login` the account; older ones serve no more.

    Raises Refused while the portal's page is not set.
    """
    revoke_links(work, point_id)
    code = secrets.token_hex(CODE_BYTES)
    expires_at = work.now + timedelta(hours=work.policy.link_hours)
    values = {
        "sha256": hash_of(code),
        "point_id": point_id,
        "account_id": account_id,
        "created_at": work.now,
        "expires_at": expires_at,
    }
    insert_row(work.session, EmailToken, values)
    link = f"{portal_page(work)}{code}"
    common: dict[str, Value] = {
        "client": client_number,
        "link": link,
        "expires": expires_at,
        **office_values(work),
    }
    if login:
        kind = MailKind.ACTIVATION
        subject, body = mail_text(MailTemplate.EBOK_ACTIVATION, login=login, **common)
    else:
        kind = MailKind.CONFIRM_EMAIL
        subject, body = mail_text(MailTemplate.CONFIRM_EMAIL, **common)
    address = address_of(work, point_id)
    queue_mail(work, NewMail(kind, address, subject, body, client_id=client_id, request_id=request_id))


def revoke_links(work: Work, point_id: int) -> None:
    """Let the links that were sent to an address and not opened serve no more."""
    work.session.execute(
        sa.update(EmailToken)
        .where(
            col(EmailToken.point_id) == point_id,
            col(EmailToken.used_at).is_(None),
            col(EmailToken.revoked_at).is_(None),
        )
        .values(revoked_at=work.now)
    )


def hash_of(code: str) -> str:
    """Return what is kept of a code: it has 256 random bits, so that a plain hash tells nothing."""
    # what no character stands for is in no code of ours: unknown, like any other
    return sha256(code.strip().encode(errors="replace")).hexdigest()
