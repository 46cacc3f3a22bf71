"""Indexes from which reports answer: steps by their instant, verifications, bounced addresses, who did what.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OF_STAFF = {
    "ix_reading_recorded_at": ("reading", "recorded_at"),
    "ix_contact_started_at": ("contact", "started_at"),
    "ix_access_entry_at": ("access_entry", "at"),
    "ix_issued_document_issued_at": ("issued_document", "issued_at"),
}
"""With who did it in them, what each did is counted without the rows, some of which hold whole documents."""
BOUNCED = "bounced_on IS NOT NULL"


def upgrade() -> None:
    """Go up."""
    for name, (table, instant) in OF_STAFF.items():
        op.drop_index(name, table)
        op.create_index(name, table, [instant, "staff_id"])
    op.create_index("ix_request_step_at", "request_step", ["at", "request_id"])
    op.create_index("ix_meter_verified_until", "meter", ["verified_until"])
    op.create_index(
        "ix_contact_point_bounced_on",
        "contact_point",
        ["bounced_on"],
        sqlite_where=sa.text(BOUNCED),
        postgresql_where=sa.text(BOUNCED),
    )


def downgrade() -> None:
    """Go back down; nothing is lost."""
    op.drop_index("ix_contact_point_bounced_on", "contact_point")
    op.drop_index("ix_meter_verified_until", "meter")
    op.drop_index("ix_request_step_at", "request_step")
    for name, (table, instant) in OF_STAFF.items():
        op.drop_index(name, table)
        op.create_index(name, table, [instant])
