"""Water put into the network, by town and month.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "water_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=6), nullable=False),
        sa.Column("volume", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=160), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("volume >= 0", name=op.f("ck_water_input_volume")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_water_input_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_water_input")),
    )
    op.create_index("ix_water_input_month", "water_input", ["month", "town"])


def downgrade() -> None:
    """Go back down; refused while there are figures, which would be lost."""
    if op.get_bind().exec_driver_sql("SELECT 1 FROM water_input LIMIT 1").first() is not None:
        raise Refused(
            N_(
                "There are figures of water put into the network; an older schema would lose them."
                " Restore a backup instead."
            )
        )
    op.drop_index("ix_water_input_month", "water_input")
    op.drop_table("water_input")
