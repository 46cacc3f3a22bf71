"""Incoming mail, its sources and what came of it; contact points are found by their value.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "mailbox_place",
        sa.Column("mailbox", sa.String(length=300), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_mailbox_place")),
    )
    op.create_table(
        "inbox_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("auto_accept", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_inbox_setting_single")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_inbox_setting_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_setting")),
    )
    op.create_table(
        "incoming_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=250), nullable=False),
        sa.Column("thread", sa.String(length=64), nullable=False),
        sa.Column(
            "source",
            sa.Enum("import", "imap", name="source", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("own_text", sa.Text(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("troubles", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column(
            "intent",
            sa.Enum(
                "reading",
                "data_change",
                "einvoice",
                "complaint",
                "invoice_copy",
                "question",
                "other",
                name="intent",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "accepted",
                "request",
                "answered",
                "closed",
                "spam",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column(
            "how",
            sa.Enum(
                "client_number",
                "meter",
                "invoice",
                "sender",
                "confirmed_sender",
                "phone",
                "chosen",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "certainty",
            sa.Enum(
                "sure",
                "likely",
                "contradiction",
                "unknown",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("assigned_id", sa.Integer(), nullable=True),
        sa.Column("auto", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_id"], ["staff.id"], name=op.f("fk_incoming_message_assigned_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_incoming_message_client_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_incoming_message_decided_by")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["outgoing_message.id"], name=op.f("fk_incoming_message_reply_id")
        ),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_incoming_message_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_message")),
        sa.UniqueConstraint("content_sha256", name=op.f("uq_incoming_message_content_sha256")),
    )
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.create_index("ix_incoming_message_client_id", ["client_id", "id"], unique=False)
        batch_op.create_index("ix_incoming_message_request_id", ["request_id"], unique=False)
        batch_op.create_index("ix_incoming_message_sender", ["sender", "id"], unique=False)
        batch_op.create_index("ix_incoming_message_state", ["state", "id"], unique=False)
        batch_op.create_index("ix_incoming_message_thread", ["thread", "id"], unique=False)

    op.create_table(
        "incoming_reading",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["incoming_message.id"], name=op.f("fk_incoming_reading_message_id")
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_incoming_reading_reading_id")),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_incoming_reading")),
    )
    with op.batch_alter_table("incoming_reading", schema=None) as batch_op:
        batch_op.create_index("ix_incoming_reading_message_id", ["message_id"], unique=False)

    op.create_table(
        "incoming_source",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["incoming_message.id"], name=op.f("fk_incoming_source_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_incoming_source")),
    )
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.create_index("ix_contact_point_value", ["value"], unique=False)


def downgrade() -> None:
    """Go back down; raises Refused where mail would be lost."""
    if op.get_bind().exec_driver_sql("SELECT 1 FROM incoming_message LIMIT 1").first() is not None:
        raise Refused(N_("There is incoming mail; an older schema would lose it. Restore a backup instead."))
    with op.batch_alter_table("contact_point", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_point_value")

    op.drop_table("incoming_source")
    with op.batch_alter_table("incoming_reading", schema=None) as batch_op:
        batch_op.drop_index("ix_incoming_reading_message_id")

    op.drop_table("incoming_reading")
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.drop_index("ix_incoming_message_thread")
        batch_op.drop_index("ix_incoming_message_state")
        batch_op.drop_index("ix_incoming_message_sender")
        batch_op.drop_index("ix_incoming_message_request_id")
        batch_op.drop_index("ix_incoming_message_client_id")

    op.drop_table("incoming_message")
    op.drop_table("inbox_setting")
    op.drop_table("mailbox_place")
