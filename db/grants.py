"""What the role that desks sign in to PostgreSQL with may do: the statements that give it just that.

Decided for the database itself, so that a desk's own program, or whoever takes its place, can
no more rewrite a reading, a document or the journal than the screen can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from db.errors import WrongInput
from db.models import APPEND_ONLY, metadata
from db.words import N_

LONGEST_ROLE = 63
SEARCH_TABLES = (
    "search_name",
    "search_place",
    "search_place_word",
    "search_address",
    "search_word",
    "search_client",
)
ROWS_ADDED = (
    *APPEND_ONLY,
    *("billing_run", "contact", "counter", "outgoing_message", "staff_session", "tariff_group"),
    *("request", "request_item", "request_step", "request_attachment", "complaint"),
    *("portal_account", "email_token", "token_attempt", "einvoice"),
    *("incoming_message", "inbox_setting", "mailbox_place"),
    *("reading_batch", "reading_batch_row", "reading_mapping"),
    *("address", "contact_point", "client", "contract", "contract_party", "supply_point", "meter"),
)
"""Tables to which a desk adds rows."""
UPDATED: Mapping[str, tuple[str, ...]] = {
    "billing_run": ("finished_at",),
    "chain_head": ("seq", "mac"),
    "client": (
        *("version", "last_name", "first_name", "company_name", "pesel", "nip", "mailing_address_id"),
        *("name_key", "refund_account"),
    ),
    "complaint": ("deemed_on", "answered_on"),
    "contact": ("channel", "ended_at", "purpose", "outcome", "note"),
    "contact_point": ("verified_on", "bounced_on", "removed_on"),
    "contract": ("tariff_group_id", "ends_on"),
    "counter": ("value",),
    "einvoice": ("state", "point_id", "confirmed_at", "active_from", "withdrawn_from", "version"),
    "email_token": ("used_at", "revoked_at"),
    "inbox_setting": ("auto_accept", "changed_at", "staff_id"),
    "incoming_message": (
        *("state", "client_id", "how", "certainty", "assigned_id", "auto", "decided_at", "decided_by"),
        *("request_id", "reply_id", "note", "version"),
    ),
    "mailbox_place": ("uid_validity", "last_uid", "fetched_at"),
    "meter": ("version", "removed_on", "removed_state"),
    "outgoing_message": (
        *("state", "body", "message_id", "next_try_at", "attempts", "claimed_until", "sent_at", "error"),
    ),
    "portal_account": (
        *("login", "login_key", "point_id", "state", "confirmed_at", "last_login_at", "email_checked_at"),
        *("wants_einvoice", "external_id", "version"),
    ),
    "reading_batch": ("desk", "channel", "kept_at", "closed_at"),
    "request": (
        *("state", "effective_on", "decided_by", "assignee_id", "leased_until", "superseded_by_id"),
        "version",
    ),
    "request_item": ("old",),
    "supply_point": ("address_id",),
    "staff": (
        *("password_hash", "must_change_password", "failures", "wait_until"),
        *("last_sign_in", "channel", "version"),
    ),
    "staff_session": ("ended_at",),
}
"""Columns that a desk changes; holding a client, a contract or a meter asks for the right to one of theirs.

Roles, logins and who is let in are not among them: `bok staff`, and all that changes the
schema, works with the role that owns the tables.
"""
ROWS_REMOVED = ("contract_party", "staff_session", "reading_batch_row", "reading_mapping")


def desk_grants(role: str) -> Iterator[str]:
    """Yield the statements that give `role` what a desk needs and take everything else from it.

    To be run by the owner of the tables. Raises WrongInput when no role can be called so.
    """
    if not role.strip() or not role.isprintable() or len(role.encode()) > LONGEST_ROLE:
        raise WrongInput(N_("A role of PostgreSQL has a name of 1 to 63 bytes."))
    to = '"' + role.replace('"', '""') + '"'
    tables = (*sorted(metadata.tables), *SEARCH_TABLES, "alembic_version")
    yield f"REVOKE ALL ON {', '.join(tables)} FROM {to}"
    yield f"GRANT USAGE ON SCHEMA public TO {to}"
    yield f"GRANT SELECT ON {', '.join(tables)} TO {to}"
    yield f"GRANT INSERT ON {', '.join(ROWS_ADDED)} TO {to}"
    yield f"GRANT USAGE ON SEQUENCE {', '.join(_sequences())} TO {to}"
    for table, columns in UPDATED.items():
        yield f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {to}"
    yield f"GRANT DELETE ON {', '.join(ROWS_REMOVED)} TO {to}"
    # who changes a name or an address changes what the client is found by
    yield f"GRANT INSERT, UPDATE, DELETE ON {', '.join(SEARCH_TABLES)} TO {to}"


def _sequences() -> Iterator[str]:
    for name in ROWS_ADDED:
        counted = metadata.tables[name].autoincrement_column
        if counted is not None:
            yield f"{name}_{counted.name}_seq"
