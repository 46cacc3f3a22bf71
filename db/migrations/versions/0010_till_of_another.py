"""A supervisor counts the till of somebody who is away, and says why.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from db.errors import Refused
from db.words import N_

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTED_BY_ANOTHER = "SELECT 1 FROM cash_day WHERE kind = 'closed' AND by_id <> staff_id LIMIT 1"


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("cash_day", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cash_day_four_eyes"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cash_day_four_eyes"), "kind = 'closed' OR by_id <> staff_id"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_cash_day_why"), "kind <> 'closed' OR by_id = staff_id OR reason <> ''"
        )


def downgrade() -> None:
    """Go back down; refused while somebody has counted another's till: older schemas forbid it."""
    if op.get_bind().execute(sa.text(COUNTED_BY_ANOTHER)).first() is not None:
        raise Refused(
            N_(
                "Older schemas know no till that a supervisor counted for somebody else. Restore a backup instead."
            )
        )
    with op.batch_alter_table("cash_day", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_cash_day_why"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_cash_day_four_eyes"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_cash_day_four_eyes"), "(by_id = staff_id) = (kind = 'closed')"
        )
