"""Clients, meters, readings, contacts, documents, staff and the journal.

Revision: 0001, after .
"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""

    op.create_table(
        "access_entry",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_login", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=160), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_access_entry")),
    )
    with op.batch_alter_table("access_entry", schema=None) as batch_op:
        batch_op.create_index("ix_access_entry_client_id", ["client_id", "seq"], unique=False)
        batch_op.create_index("ix_access_entry_staff_id", ["staff_id", "seq"], unique=False)

    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("street", sa.String(length=120), nullable=True),
        sa.Column("house", sa.String(length=20), nullable=False),
        sa.Column("flat", sa.String(length=20), nullable=True),
        sa.Column("postal_code", sa.String(length=6), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("street_key", sa.String(length=120), nullable=False),
        sa.Column("number_key", sa.String(length=42), nullable=False),
        sa.Column("town_key", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_client_id"), ["client_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("staff_login", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_client_id", ["client_id", "seq"], unique=False)

    op.create_table(
        "chain_head",
        sa.Column("log", sa.String(length=12), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counter")),
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("key_fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "agent",
                "supervisor",
                "admin",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
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
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sign_in", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "utility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postal_code", sa.String(length=6), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("nip", sa.String(length=10), nullable=False),
        sa.Column("regon", sa.String(length=14), nullable=False),
        sa.Column("krs", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_utility_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utility")),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=6), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("person", "business", name="kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("last_name", sa.String(length=120), nullable=True),
        sa.Column("first_name", sa.String(length=80), nullable=True),
        sa.Column("company_name", sa.String(length=200), nullable=True),
        sa.Column("pesel", sa.String(length=11), nullable=True),
        sa.Column("nip", sa.String(length=10), nullable=True),
        sa.Column("mailing_address_id", sa.Integer(), nullable=True),
        sa.Column(
            "name_key",
            sa.String(length=220).with_variant(sa.String(length=220, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'person' AND last_name IS NOT NULL AND first_name IS NOT NULL) OR (kind = 'business' AND company_name IS NOT NULL)",
            name=op.f("ck_client_name_by_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'person' AND length(number) = 6) OR (kind = 'business' AND length(number) = 4)",
            name=op.f("ck_client_number_length"),
        ),
        sa.ForeignKeyConstraint(
            ["mailing_address_id"], ["address.id"], name=op.f("fk_client_mailing_address_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("number", name=op.f("uq_client_number")),
    )
    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.create_index(
            "ix_client_without_pesel",
            ["name_key", "id"],
            unique=False,
            sqlite_where=sa.text("pesel IS NULL AND kind = 'person'"),
            postgresql_where=sa.text("pesel IS NULL AND kind = 'person'"),
        )

    op.create_table(
        "staff_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
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
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "reading",
                "document",
                "balance",
                "data_change",
                "einvoice",
                "complaint",
                "information",
                "other",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "solved",
                "passed_on",
                "call_back",
                "refused",
                "dropped",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contact_client_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_contact_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact_client_id_started_at", ["client_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=160), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('phone', 'email')", name=op.f("ck_contact_point_kind")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contact_point_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_point_client_id"), ["client_id"], unique=False)

    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contract_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_client_id"), ["client_id"], unique=False)

    op.create_table(
        "contract_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("last_name", sa.String(length=120), nullable=True),
        sa.Column("first_name", sa.String(length=80), nullable=True),
        sa.Column("pesel", sa.String(length=11), nullable=True),
        sa.CheckConstraint(
            "(client_id IS NULL) = (last_name IS NOT NULL)", name=op.f("ck_contract_party_one_source")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_contract_party_position")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contract_party_client_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_party_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_party")),
        sa.UniqueConstraint("contract_id", "position", name=op.f("uq_contract_party_contract_id_position")),
    )
    op.create_table(
        "supply_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("sewage", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_supply_point_address_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_supply_point_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_point")),
    )
    with op.batch_alter_table("supply_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supply_point_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "verification_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=24), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_verification_answer_client_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_verification_answer_contact_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_verification_answer_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_answer")),
    )
    with op.batch_alter_table("verification_answer", schema=None) as batch_op:
        batch_op.create_index("ix_verification_answer_client_id_at", ["client_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_answer_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_verification_answer_staff_id_at", ["staff_id", "at"], unique=False)

    op.create_table(
        "meter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("supply_point_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("main", "garden", name="role", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=True),
        sa.Column("seal", sa.String(length=20), nullable=True),
        sa.Column("verified_until", sa.Date(), nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=False),
        sa.Column("installed_state", sa.BigInteger(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_state", sa.BigInteger(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(removed_on IS NULL) = (removed_state IS NULL)", name=op.f("ck_meter_removal")),
        sa.CheckConstraint("digits BETWEEN 4 AND 9", name=op.f("ck_meter_digits")),
        sa.CheckConstraint("removed_on IS NULL OR removed_on >= installed_on", name=op.f("ck_meter_order")),
        sa.ForeignKeyConstraint(["replaces_id"], ["meter.id"], name=op.f("fk_meter_replaces_id")),
        sa.ForeignKeyConstraint(
            ["supply_point_id"], ["supply_point.id"], name=op.f("fk_meter_supply_point_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meter")),
        sa.UniqueConstraint("number", name=op.f("uq_meter_number")),
    )
    with op.batch_alter_table("meter", schema=None) as batch_op:
        batch_op.create_index("ix_meter_supply_point_id", ["supply_point_id"], unique=False)

    op.create_table(
        "reading_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.CheckConstraint("deadline >= left_on", name=op.f("ck_reading_notice_order")),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_reading_notice_meter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_reading_notice_number")),
    )
    with op.batch_alter_table("reading_notice", schema=None) as batch_op:
        batch_op.create_index("ix_reading_notice_deadline", ["deadline", "id"], unique=False)
        batch_op.create_index("ix_reading_notice_meter_id_deadline", ["meter_id", "deadline"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("consumption", sa.BigInteger(), nullable=False),
        sa.Column("rollover", sa.Boolean(), nullable=False),
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
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.String(length=40), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("consumption >= 0 OR needs_approval", name=op.f("ck_reading_consumption")),
        sa.CheckConstraint("state >= 0", name=op.f("ck_reading_state")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff.id"], name=op.f("fk_reading_approved_by_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_reading_contact_id")),
        sa.ForeignKeyConstraint(["meter_id"], ["meter.id"], name=op.f("fk_reading_meter_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["reading_notice.id"], name=op.f("fk_reading_notice_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reading_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("submission", name=op.f("uq_reading_submission")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reading_contact_id",
            ["contact_id"],
            unique=False,
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        )
        batch_op.create_index("ix_reading_meter_id_day", ["meter_id", "day"], unique=False)
        batch_op.create_index(
            "ix_reading_notice_id",
            ["notice_id"],
            unique=False,
            sqlite_where=sa.text("notice_id IS NOT NULL"),
            postgresql_where=sa.text("notice_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_reading_pending",
            ["recorded_at", "id"],
            unique=False,
            sqlite_where=sa.text("needs_approval = 1"),
            postgresql_where=sa.text("needs_approval"),
        )

    op.create_table(
        "issued_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_issued_document_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_issued_document_contact_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_issued_document_reading_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_issued_document_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
        sa.UniqueConstraint("kind", "serial", name=op.f("uq_issued_document_kind_serial")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_document_number")),
    )
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.create_index("ix_issued_document_client_id", ["client_id", "id"], unique=False)
        batch_op.create_index("ix_issued_document_reading_id", ["reading_id"], unique=False)

    op.create_table(
        "reading_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('approved', 'rejected', 'voided')", name=op.f("ck_reading_decision_kind")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_reading_decision_reading_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reading_decision_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_decision")),
        sa.UniqueConstraint("reading_id", "kind", name=op.f("uq_reading_decision_reading_id_kind")),
    )
    op.create_table(
        "document_rendering",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_document_rendering_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_rendering")),
    )

    # Each log begins with an empty head: the row that serialises its writers.
    heads = sa.table("chain_head", sa.column("log"), sa.column("seq"), sa.column("mac"))
    op.bulk_insert(heads, [{"log": log, "seq": 0, "mac": "0" * 64} for log in ("access", "audit")])


def downgrade() -> None:
    """Go back down."""

    op.drop_table("document_rendering")
    op.drop_table("reading_decision")
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_index("ix_issued_document_reading_id")
        batch_op.drop_index("ix_issued_document_client_id")

    op.drop_table("issued_document")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reading_pending",
            sqlite_where=sa.text("needs_approval = 1"),
            postgresql_where=sa.text("needs_approval"),
        )
        batch_op.drop_index(
            "ix_reading_notice_id",
            sqlite_where=sa.text("notice_id IS NOT NULL"),
            postgresql_where=sa.text("notice_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_reading_meter_id_day")
        batch_op.drop_index(
            "ix_reading_contact_id",
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        )

    op.drop_table("reading")
    with op.batch_alter_table("reading_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_reading_notice_meter_id_deadline")
        batch_op.drop_index("ix_reading_notice_deadline")

    op.drop_table("reading_notice")
    with op.batch_alter_table("meter", schema=None) as batch_op:
        batch_op.drop_index("ix_meter_supply_point_id")

    op.drop_table("meter")
    with op.batch_alter_table("verification_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_verification_answer_staff_id_at")
        batch_op.drop_index(batch_op.f("ix_verification_answer_contact_id"))
        batch_op.drop_index("ix_verification_answer_client_id_at")

    op.drop_table("verification_answer")
    with op.batch_alter_table("supply_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supply_point_contract_id"))

    op.drop_table("supply_point")
    op.drop_table("contract_party")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_client_id"))

    op.drop_table("contract")
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_point_client_id"))

    op.drop_table("contact_point")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_staff_id"))
        batch_op.drop_index("ix_contact_client_id_started_at")

    op.drop_table("contact")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_staff_id"))

    op.drop_table("staff_session")
    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_client_without_pesel",
            sqlite_where=sa.text("pesel IS NULL AND kind = 'person'"),
            postgresql_where=sa.text("pesel IS NULL AND kind = 'person'"),
        )

    op.drop_table("client")
    op.drop_table("utility")
    op.drop_table("staff")
    op.drop_table("installation")
    op.drop_table("holiday")
    op.drop_table("counter")
    op.drop_table("chain_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_client_id")

    op.drop_table("audit_entry")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_client_id"))

    op.drop_table("address")
    with op.batch_alter_table("access_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_access_entry_staff_id")
        batch_op.drop_index("ix_access_entry_client_id")

    op.drop_table("access_entry")
