"""Lets the tests of a process share what a comparison of tables with the models came to.

`bok db check` reads the whole catalogue of a database and holds it against the models: a third of
a second, and most of what many tests did. The answer depends on the catalogue alone, so it is
looked up by that: whatever a test adds, drops or alters is another catalogue and compared anew.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

import alembic.autogenerate
import sqlalchemy as sa
from alembic.migration import MigrationContext

_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
"""The words of which SQLite itself makes its tables whenever it opens the file."""
_OWN = "{column} >= 16384"  # what a server makes for itself has smaller ones
_POSTGRES = " UNION ALL ".join(
    f"SELECT '{kind}', md5(string_agg(({what})::text, '|' ORDER BY {order}))"
    f" FROM {kind} WHERE {_OWN.format(column=column)}"
    for kind, what, order, column in (
        ("pg_class", "relname, relkind, relnamespace, relam, reloptions, relispartition", "oid", "oid"),
        (
            "pg_attribute",
            "attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attisdropped, attcollation,"
            " attidentity, attgenerated, attndims",
            "attrelid, attnum",
            "attrelid",
        ),
        ("pg_attrdef", "adrelid, adnum, pg_get_expr(adbin, adrelid)", "oid", "oid"),
        ("pg_constraint", "conrelid, conname, convalidated, pg_get_constraintdef(oid)", "oid", "oid"),
        ("pg_index", "indisvalid, indisready, pg_get_indexdef(indexrelid)", "indexrelid", "indexrelid"),
        ("pg_description", "objoid, classoid, objsubid, description", "objoid, classoid, objsubid", "objoid"),
        ("pg_type", "typname, typtype, typnotnull, typbasetype, typtypmod, typdefault", "oid", "oid"),
        ("pg_enum", "enumtypid, enumsortorder, enumlabel", "oid", "oid"),
        ("pg_sequence", "seqrelid, seqtypid, seqstart, seqincrement, seqmax, seqmin", "seqrelid", "seqrelid"),
        ("pg_inherits", "inhrelid, inhparent, inhseqno", "inhrelid, inhparent", "inhrelid"),
    )
)  # fmt: skip


def share_compared() -> None:
    """Compare each catalogue with the models once, from now on, in this process."""
    compare = alembic.autogenerate.compare_metadata
    known: dict[object, list[Any]] = {}

    @wraps(compare)
    def compare_once(context: MigrationContext, metadata: sa.MetaData) -> list[Any]:
        catalogue = _catalogue_of(context)
        if catalogue not in known:
            known[catalogue] = compare(context, metadata)
        return known[catalogue]

    alembic.autogenerate.compare_metadata = compare_once


def _catalogue_of(context: MigrationContext) -> object:
    """Return all that a comparison in this context looks at."""
    connection = context.connection
    assert connection is not None
    name = connection.dialect.name
    rows = connection.exec_driver_sql(_SQLITE if name == "sqlite" else _POSTGRES).all()
    return name, tuple(tuple(row) for row in rows)
