"""Files that go with a message, and indexes by which reports find the rows of some days.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DAYS = {
    "ix_reading_recorded_at": ("reading", "recorded_at"),
    "ix_contact_started_at": ("contact", "started_at"),
    "ix_access_entry_at": ("access_entry", "at"),
    "ix_payment_day": ("payment", "day"),
    "ix_invoice_issued_on": ("invoice", "issued_on"),
    "ix_issued_document_issued_at": ("issued_document", "issued_at"),
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "outgoing_attachment",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outgoing_message.id"], name=op.f("fk_outgoing_attachment_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_outgoing_attachment")),
    )
    for name, (table, column) in DAYS.items():
        op.create_index(name, table, [column])
    # with the amount in it, sums of accounts need no look at the table
    op.drop_index("ix_ledger_entry_client_id", "ledger_entry")
    op.create_index("ix_ledger_entry_client_id", "ledger_entry", ["client_id", "day", "id", "amount"])


def downgrade() -> None:
    """Go back down; raises Refused where files of messages would be lost."""
    if op.get_bind().exec_driver_sql("SELECT 1 FROM outgoing_attachment LIMIT 1").first() is not None:
        raise Refused(
            N_("There is mail with files; an older schema would lose them. Restore a backup instead.")
        )
    op.drop_index("ix_ledger_entry_client_id", "ledger_entry")
    op.create_index("ix_ledger_entry_client_id", "ledger_entry", ["client_id", "day", "id"])
    for name, (table, _) in DAYS.items():
        op.drop_index(name, table)
    op.drop_table("outgoing_attachment")
