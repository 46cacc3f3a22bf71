"""The day's cash: counted, signed for, opened again; desk payments by day and till.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DESK_MONEY = "method IN ('cash', 'card')"


def upgrade() -> None:
    """Go up."""
    kinds = sa.Enum(
        "closed", "signed", "reopened", name="kind", native_enum=False, create_constraint=True, length=24
    )
    op.create_table(
        "cash_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("cash_expected", sa.BigInteger(), nullable=False),
        sa.Column("card_expected", sa.BigInteger(), nullable=False),
        sa.Column("cash_counted", sa.BigInteger(), nullable=False),
        sa.Column("card_counted", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_cash_day_version")),
        sa.CheckConstraint("(by_id = staff_id) = (kind = 'closed')", name=op.f("ck_cash_day_four_eyes")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cash_day_staff_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_cash_day_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_day")),
        sa.UniqueConstraint("staff_id", "day", "version", name=op.f("uq_cash_day_staff_id_day_version")),
    )
    op.create_index("ix_cash_day_day", "cash_day", ["day"])
    op.create_index(
        "ix_payment_desk",
        "payment",
        ["day", "staff_id"],
        sqlite_where=sa.text(DESK_MONEY),
        postgresql_where=sa.text(DESK_MONEY),
    )


def downgrade() -> None:
    """Go down; refused while there are signatures, which would be lost."""
    if op.get_bind().exec_driver_sql("SELECT 1 FROM cash_day LIMIT 1").first():
        raise Refused(N_("Older schemas know no sign-off of a day's cash; going back would lose it."))
    op.drop_index("ix_payment_desk", "payment")
    op.drop_index("ix_cash_day_day", "cash_day")
    op.drop_table("cash_day")
