"""Batches of readings, their rows and protocol, and the columns of other people's files.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "reading_mapping",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("header", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reading_mapping_staff_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reading_mapping")),
        sa.UniqueConstraint("header", name=op.f("uq_reading_mapping_header")),
    )
    op.create_table(
        "reading_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            _choice("channel", "phone", "email", "in_person", "letter", "ebok", "sms", "field", "radio"),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reading_batch_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_batch")),
        sa.UniqueConstraint("token", name=op.f("uq_reading_batch_token")),
    )
    with op.batch_alter_table("reading_batch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reading_batch_open",
            ["staff_id", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "reading_batch_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["reading_batch.id"], name=op.f("fk_reading_batch_row_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["supply_point.id"], name=op.f("fk_reading_batch_row_point_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "line", name=op.f("pk_reading_batch_row")),
    )
    op.create_table(
        "reading_batch_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            _choice("standing", "begun", "good", "doubtful", "recorded", "held", "dropped"),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("meter", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["reading_batch.id"], name=op.f("fk_reading_batch_entry_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["reading.id"], name=op.f("fk_reading_batch_entry_reading_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reading_batch_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_batch_entry")),
        sa.UniqueConstraint("batch_id", "line", name=op.f("uq_reading_batch_entry_batch_id_line")),
    )
    with op.batch_alter_table("reading_batch_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reading_batch_entry_reading_id",
            ["reading_id"],
            unique=False,
            sqlite_where=sa.text("reading_id IS NOT NULL"),
            postgresql_where=sa.text("reading_id IS NOT NULL"),
        )


def downgrade() -> None:
    """Go back down; raises Refused where batches would be lost."""
    if op.get_bind().exec_driver_sql("SELECT 1 FROM reading_batch LIMIT 1").first() is not None:
        raise Refused(
            N_("There are batches of readings; an older schema would lose them. Restore a backup instead.")
        )
    with op.batch_alter_table("reading_batch_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reading_batch_entry_reading_id",
            sqlite_where=sa.text("reading_id IS NOT NULL"),
            postgresql_where=sa.text("reading_id IS NOT NULL"),
        )

    op.drop_table("reading_batch_entry")
    op.drop_table("reading_batch_row")
    with op.batch_alter_table("reading_batch", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reading_batch_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("reading_batch")
    op.drop_table("reading_mapping")
