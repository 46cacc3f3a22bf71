"""Rows of the sample town on their way into the database, a table a list."""

from __future__ import annotations

import sqlalchemy as sa

from db.bulk import Row, write_rows

COLUMNS: dict[str, tuple[str, ...]] = {
    "address": (
        *("id", "client_id", "street", "house", "flat", "postal_code", "town"),
        *("street_key", "number_key", "town_key"),
    ),
    "client": (
        *("id", "number", "kind", "last_name", "first_name", "company_name", "pesel", "nip"),
        *("mailing_address_id", "name_key", "created_at", "version"),
    ),
    "contact_point": ("id", "client_id", "kind", "value", "verified_on", "removed_on"),
    "portal_account": (
        *(
            "id",
            "client_id",
            "login",
            "login_key",
            "point_id",
            "state",
            "channel",
            "registered_at",
            "staff_id",
        ),
        *("confirmed_at", "last_login_at", "email_checked_at", "wants_einvoice", "external_id", "version"),
    ),
    "email_token": (
        *("id", "sha256", "point_id", "account_id", "created_at", "expires_at", "used_at", "revoked_at"),
    ),
    "einvoice": (
        *("id", "client_id", "state", "point_id", "requested_at", "confirmed_at", "active_from"),
        *("withdrawn_from", "request_id", "version"),
    ),
    "einvoice_consent": (
        *("id", "einvoice_id", "given", "at", "channel", "staff_id", "contact_id", "point_id"),
        "text_version",
    ),
    "contract": (
        *("id", "number", "client_id", "signed_on", "starts_on", "ends_on", "period_months"),
        "tariff_group_id",
    ),
    "contract_party": ("id", "contract_id", "position", "client_id", "last_name", "first_name", "pesel"),
    "supply_point": ("id", "contract_id", "address_id", "sewage"),
    "meter": (
        *("id", "number", "supply_point_id", "role", "digits", "location", "seal", "verified_until"),
        *("installed_on", "installed_state", "removed_on", "removed_state", "replaces_id", "version"),
    ),
    "reading_notice": ("id", "number", "meter_id", "left_on", "deadline", "reader"),
    "contact": (
        *("id", "client_id", "staff_id", "channel", "started_at", "ended_at", "purpose", "outcome", "note"),
    ),
    "verification_answer": ("id", "contact_id", "client_id", "staff_id", "question", "correct", "at"),
    "reading": (
        *("id", "meter_id", "day", "state", "consumption", "rollover", "channel", "estimated"),
        *(
            "needs_approval",
            "notice_id",
            "reason",
            "note",
            "findings",
            "staff_id",
            "contact_id",
            "recorded_at",
        ),
    ),
    "reading_decision": ("id", "reading_id", "kind", "reason", "staff_id", "decided_at"),
}
"""Tables in the order in which they are written, and the columns that are filled."""


class Batch:
    """The rows of some clients; ids run on from batch to batch."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._next = dict.fromkeys(COLUMNS, 1)

    def new_id(self, table: str) -> int:
        """Take the next id of `table`."""
        found = self._next[table]
        self._next[table] = found + 1
        return found

    def add(self, table: str, *values: object) -> int:
        """Add a row but for its id, which is returned."""
        found = self._next[table]
        self._next[table] = found + 1
        self.rows[table].append((found, *values))
        return found

    def add_with_id(self, table: str, row: Row) -> None:
        """Add a whole row whose id was taken before."""
        self.rows[table].append(row)

    def write(self, connection: sa.Connection) -> None:
        """Write everything within the connection's transaction and forget it."""
        for table, rows in self.rows.items():
            write_rows(connection, table, COLUMNS[table], rows)
            rows.clear()

    def count(self, table: str) -> int:
        """Return how many rows `table` was given so far, all batches together."""
        return self._next[table] - 1
