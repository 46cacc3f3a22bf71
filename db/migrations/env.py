"""Runs the migrations on the connection that `db.schema` hands over."""

from typing import Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from db.models import metadata
from db.models.types import CubicMetres, Grosze, Instant, TenThousandths


def ours(item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave the search index out of comparisons: it is plain SQL, made by its own module."""
    return not (kind in ("table", "index") and (name or "").startswith("search_"))


def plain_type(kind: str, item: object, autogen_context: object) -> str | Literal[False]:
    """Write our own types into scripts as the plain columns they are, so that scripts stand alone."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, CubicMetres | Grosze | TenThousandths):
        return "sa.BigInteger()"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    include_object=ours,
    render_item=plain_type,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
