"""Requests, complaints, e-BOK accounts, e-invoices, and what outgoing mail needs.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


_DIGIT = "CAST(substr(nip, %d, 1) AS INTEGER)"
_SUM = " + ".join(
    f"{weight} * {_DIGIT % place}" for place, weight in enumerate((6, 5, 7, 2, 3, 4, 5, 6, 7), 1)
)
PARTIAL = (
    (
        "ix_client_failing_nip",
        "client",
        ["name_key", "id"],
        "kind = 'business' AND anonymised_on IS NULL AND CASE WHEN nip IS NULL THEN 1"
        " WHEN length(nip) <> 10 OR trim(nip, '0123456789') <> '' THEN 1"
        f" WHEN ({_SUM}) % 11 = {_DIGIT % 10} THEN 0 ELSE 1 END = 1",
    ),
    (
        "ix_contact_point_doubtful_email",
        "contact_point",
        ["id"],
        "kind = 'email' AND removed_on IS NULL AND (verified_on IS NULL OR bounced_on IS NOT NULL)",
    ),
)
"""Indexes of work lists on tables that are not rebuilt."""


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "token_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_attempt")),
    )
    with op.batch_alter_table("token_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_attempt_at"), ["at"], unique=False)

    op.create_table(
        "portal_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("login_key", sa.String(length=60), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "active",
                "locked",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "email",
                "in_person",
                "letter",
                "ebok",
                "sms",
                "field",
                "radio",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_einvoice", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.String(length=80), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_portal_account_client_id")),
        sa.ForeignKeyConstraint(["point_id"], ["contact_point.id"], name=op.f("fk_portal_account_point_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_portal_account_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_account")),
        sa.UniqueConstraint("client_id", name=op.f("uq_portal_account_client_id")),
        sa.UniqueConstraint("external_id", name=op.f("uq_portal_account_external_id")),
        sa.UniqueConstraint("login_key", name=op.f("uq_portal_account_login_key")),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mailing_address",
                "supply_address",
                "name",
                "phone",
                "email",
                "second_party",
                "refund_account",
                "pesel",
                "nip",
                "tariff_group",
                "einvoice_on",
                "einvoice_off",
                "einvoice_email",
                "ebok_registration",
                "ebok_unlock",
                "ebok_email",
                "handover",
                "complaint",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "in_review",
                "needs_info",
                "approved",
                "applied",
                "rejected",
                "withdrawn",
                "superseded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "email",
                "in_person",
                "letter",
                "ebok",
                "sms",
                "field",
                "radio",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("verified_level", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("external_id", sa.String(length=80), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inverse_of_id", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'superseded') = (superseded_by_id IS NOT NULL)", name=op.f("ck_request_superseded")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name=op.f("fk_request_assignee_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_request_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_request_contact_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_request_decided_by")),
        sa.ForeignKeyConstraint(["inverse_of_id"], ["request.id"], name=op.f("fk_request_inverse_of_id")),
        sa.ForeignKeyConstraint(["point_id"], ["contact_point.id"], name=op.f("fk_request_point_id")),
        sa.ForeignKeyConstraint(["submitted_by"], ["staff.id"], name=op.f("fk_request_submitted_by")),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["request.id"], name=op.f("fk_request_superseded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("external_id", name=op.f("uq_request_external_id")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index("ix_request_client_id", ["client_id", "id"], unique=False)
        batch_op.create_index("ix_request_contact_id", ["contact_id"], unique=False)
        batch_op.create_index(
            "ix_request_open",
            ["deadline", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('submitted', 'in_review', 'needs_info', 'approved')"),
            postgresql_where=sa.text("state IN ('submitted', 'in_review', 'needs_info', 'approved')"),
        )
        batch_op.create_index("ix_request_submitted_at", ["submitted_at"], unique=False)

    op.create_table(
        "einvoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "confirmed",
                "active",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("withdrawn_from", sa.Date(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_einvoice_client_id")),
        sa.ForeignKeyConstraint(["point_id"], ["contact_point.id"], name=op.f("fk_einvoice_point_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_einvoice_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_einvoice")),
    )
    with op.batch_alter_table("einvoice", schema=None) as batch_op:
        batch_op.create_index("ix_einvoice_client_id", ["client_id", "id"], unique=False)
        batch_op.create_index("ix_einvoice_point_id", ["point_id"], unique=False)
        batch_op.create_index(
            "uq_einvoice_client_id",
            ["client_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "email_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["portal_account.id"], name=op.f("fk_email_token_account_id")
        ),
        sa.ForeignKeyConstraint(["point_id"], ["contact_point.id"], name=op.f("fk_email_token_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_token")),
        sa.UniqueConstraint("sha256", name=op.f("uq_email_token_sha256")),
    )
    with op.batch_alter_table("email_token", schema=None) as batch_op:
        batch_op.create_index("ix_email_token_point_id", ["point_id", "id"], unique=False)

    op.create_table(
        "request_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_attachment_request_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_request_attachment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_attachment")),
    )
    with op.batch_alter_table("request_attachment", schema=None) as batch_op:
        batch_op.create_index("ix_request_attachment_request_id", ["request_id"], unique=False)

    op.create_table(
        "request_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "street",
                "house",
                "flat",
                "postal_code",
                "town",
                "last_name",
                "first_name",
                "company_name",
                "phone",
                "email",
                "party_last_name",
                "party_first_name",
                "party_pesel",
                "refund_account",
                "pesel",
                "nip",
                "tariff_group",
                "login",
                "new_client",
                "handover_day",
                "meter",
                "state",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("old", sa.String(length=200), nullable=True),
        sa.Column("new", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_item_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_item")),
        sa.UniqueConstraint("request_id", "field", name=op.f("uq_request_item_request_id_field")),
    )
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "submit",
                "take",
                "give_back",
                "ask_info",
                "info_came",
                "approve",
                "apply",
                "reject",
                "withdraw",
                "supersede",
                "deem_accepted",
                name="event",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "in_review",
                "needs_info",
                "approved",
                "applied",
                "rejected",
                "withdrawn",
                "superseded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_request_step_contact_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_step_request_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_request_step_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    with op.batch_alter_table("request_step", schema=None) as batch_op:
        batch_op.create_index("ix_request_step_request_id", ["request_id", "id"], unique=False)

    op.create_table(
        "tariff_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_tariff_assignment_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["tariff_group.id"], name=op.f("fk_tariff_assignment_group_id")
        ),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_tariff_assignment_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_assignment")),
        sa.UniqueConstraint(
            "contract_id", "starts_on", name=op.f("uq_tariff_assignment_contract_id_starts_on")
        ),
    )
    op.create_table(
        "einvoice_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("einvoice_id", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "phone",
                "email",
                "in_person",
                "letter",
                "ebok",
                "sms",
                "field",
                "radio",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_einvoice_consent_contact_id")),
        sa.ForeignKeyConstraint(
            ["einvoice_id"], ["einvoice.id"], name=op.f("fk_einvoice_consent_einvoice_id")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["contact_point.id"], name=op.f("fk_einvoice_consent_point_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_einvoice_consent_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_einvoice_consent")),
    )
    with op.batch_alter_table("einvoice_consent", schema=None) as batch_op:
        batch_op.create_index("ix_einvoice_consent_einvoice_id", ["einvoice_id", "id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "bill",
                "reading",
                "meter",
                "service",
                name="subject",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("invoice_id", sa.Integer(), nullable=True),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("meter_id", sa.Integer(), nullable=True),
        sa.Column("deemed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_complaint_invoice_id")),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_complaint_meter_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_complaint_reading_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_complaint_request_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_complaint")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index("ix_complaint_invoice_id", ["invoice_id"], unique=False)
        batch_op.create_index("ix_complaint_reading_id", ["reading_id"], unique=False)

    collation = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    place = ", ".join(f"{column}{collation}" for column in ("postal_code", "town_key", "street_key"))
    op.execute(f"CREATE INDEX search_address_by_place ON address ({place})")

    # not in batches: rebuilding these tables on SQLite would lose the indexes of the search
    op.add_column("client", sa.Column("refund_account", sa.String(length=26), nullable=True))
    op.add_column("client", sa.Column("anonymised_on", sa.Date(), nullable=True))
    op.add_column("contact_point", sa.Column("bounced_on", sa.Date(), nullable=True))
    for name, table, columns, condition in PARTIAL:
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)

    with op.batch_alter_table("document_delivery", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_document_delivery_how"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_document_delivery_how"),
            "how IN ('handed_over', 'queued', 'sent', 'returned', 'posted')",
        )

    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_email", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("request_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_issued_document_request_id", ["request_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_issued_document_request_id"), "request", ["request_id"], ["id"]
        )

    with op.batch_alter_table("meter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_meter_number"), type_="unique")
        batch_op.create_index("ix_meter_number", ["number"], unique=False)
        batch_op.create_index(
            "uq_meter_number_in_use",
            ["number"],
            unique=True,
            sqlite_where=sa.text("removed_on IS NULL"),
            postgresql_where=sa.text("removed_on IS NULL"),
        )

    with op.batch_alter_table("outgoing_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("request_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "document",
                    "invoice",
                    "request",
                    "notice",
                    "activation",
                    "confirm_email",
                    "reply",
                    "report",
                    name="kind",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "queued",
                    "sending",
                    "sent",
                    "doubtful",
                    "failed",
                    "bounced",
                    "cancelled",
                    name="state",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("subject", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("body", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("in_reply_to", sa.String(length=250), nullable=True))
        batch_op.add_column(sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("error", sa.String(length=300), nullable=True))

    _fill_in_messages()
    with op.batch_alter_table("outgoing_message", schema=None) as batch_op:
        for name, kind in (
            ("kind", sa.String(length=24)),
            ("state", sa.String(length=24)),
            ("subject", sa.String(length=200)),
            ("body", sa.Text()),
            ("message_id", sa.String(length=120)),
            ("next_try_at", sa.DateTime(timezone=True)),
            ("attempts", sa.Integer()),
        ):
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        batch_op.alter_column("client_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("document_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_outgoing_message_request_id", ["request_id"], unique=False)
        batch_op.create_index(
            "ix_outgoing_message_waiting",
            ["next_try_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.create_unique_constraint(batch_op.f("uq_outgoing_message_message_id"), ["message_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_message_request_id"), "request", ["request_id"], ["id"]
        )


def _fill_in_messages() -> None:
    """Give the e-mails that wait already what a sender asks for."""
    op.get_bind().execute(
        sa.text(
            "UPDATE outgoing_message SET kind = 'document', state = 'queued', subject = '', body = '',"
            " message_id = '<' || id || '.queued@bok.invalid>', next_try_at = queued_at, attempts = 0"
        )
    )


def _refuse_to_lose_requests() -> None:
    """Raise Refused when there is what the older schema has no place for."""
    tables = ("request", "portal_account", "einvoice", "tariff_assignment")
    there = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in tables)
    mails = "SELECT 1 FROM outgoing_message WHERE document_id IS NULL OR state <> 'queued'"
    sent = "SELECT 1 FROM document_delivery WHERE how IN ('sent', 'returned')"
    meters = "SELECT 1 FROM meter GROUP BY number HAVING count(*) > 1"
    found = " UNION ALL ".join((there, mails, sent, meters))
    if op.get_bind().execute(sa.text(f"{found} LIMIT 1")).first():
        raise Refused(
            N_("The database holds requests, e-BOK accounts or sent mail; an older schema would lose them."),
        )


def downgrade() -> None:
    """Go down, unless that would lose requests. Raises Refused."""
    _refuse_to_lose_requests()
    with op.batch_alter_table("outgoing_message", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outgoing_message_request_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_outgoing_message_message_id"), type_="unique")
        batch_op.drop_index(
            "ix_outgoing_message_waiting",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        )
        batch_op.drop_index("ix_outgoing_message_request_id")
        batch_op.alter_column("document_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.alter_column("client_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_constraint(batch_op.f("ck_outgoing_message_state"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_outgoing_message_kind"), type_="check")
        batch_op.drop_column("error")
        batch_op.drop_column("sent_at")
        batch_op.drop_column("claimed_until")
        batch_op.drop_column("attempts")
        batch_op.drop_column("next_try_at")
        batch_op.drop_column("in_reply_to")
        batch_op.drop_column("message_id")
        batch_op.drop_column("body")
        batch_op.drop_column("subject")
        batch_op.drop_column("state")
        batch_op.drop_column("kind")
        batch_op.drop_column("request_id")

    with op.batch_alter_table("meter", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meter_number_in_use",
            sqlite_where=sa.text("removed_on IS NULL"),
            postgresql_where=sa.text("removed_on IS NULL"),
        )
        batch_op.drop_index("ix_meter_number")
        batch_op.create_unique_constraint(batch_op.f("uq_meter_number"), ["number"])

    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_issued_document_request_id"), type_="foreignkey")
        batch_op.drop_index("ix_issued_document_request_id")
        batch_op.drop_column("request_id")

    with op.batch_alter_table("invoice", schema=None) as batch_op:
        batch_op.drop_column("by_email")

    with op.batch_alter_table("document_delivery", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_document_delivery_how"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_document_delivery_how"), "how IN ('handed_over', 'queued', 'posted')"
        )

    op.execute("DROP INDEX search_address_by_place")
    for name, table, _, _ in PARTIAL:
        op.drop_index(name, table)
    op.drop_column("contact_point", "bounced_on")
    op.drop_column("client", "anonymised_on")
    op.drop_column("client", "refund_account")

    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_reading_id")
        batch_op.drop_index("ix_complaint_invoice_id")

    op.drop_table("complaint")
    with op.batch_alter_table("einvoice_consent", schema=None) as batch_op:
        batch_op.drop_index("ix_einvoice_consent_einvoice_id")

    op.drop_table("einvoice_consent")
    op.drop_table("tariff_assignment")
    with op.batch_alter_table("request_step", schema=None) as batch_op:
        batch_op.drop_index("ix_request_step_request_id")

    op.drop_table("request_step")
    op.drop_table("request_item")
    with op.batch_alter_table("request_attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_request_attachment_request_id")

    op.drop_table("request_attachment")
    with op.batch_alter_table("email_token", schema=None) as batch_op:
        batch_op.drop_index("ix_email_token_point_id")

    op.drop_table("email_token")
    with op.batch_alter_table("einvoice", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_einvoice_client_id",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index("ix_einvoice_point_id")
        batch_op.drop_index("ix_einvoice_client_id")

    op.drop_table("einvoice")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index("ix_request_submitted_at")
        batch_op.drop_index(
            "ix_request_open",
            sqlite_where=sa.text("state IN ('submitted', 'in_review', 'needs_info', 'approved')"),
            postgresql_where=sa.text("state IN ('submitted', 'in_review', 'needs_info', 'approved')"),
        )
        batch_op.drop_index("ix_request_contact_id")
        batch_op.drop_index("ix_request_client_id")

    op.drop_table("request")
    op.drop_table("portal_account")
    with op.batch_alter_table("token_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_attempt_at"))

    op.drop_table("token_attempt")
