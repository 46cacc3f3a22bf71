"""Lets the tests of a process share what a comparison of tables with the models came to.

`bok db check` reads the whole catalogue of a database and holds it against the models: a third of
a second, and most of what many tests did. The answer depends on the catalogue, the models and the
options of the comparison, so it is looked up by those: whatever a test adds, drops or alters in
one of them is another question and compared anew.
"""

from __future__ import annotations

from functools import wraps
from types import FunctionType
from typing import Any

import alembic.autogenerate
import sqlalchemy as sa
from alembic.migration import MigrationContext
from sqlalchemy.schema import CreateIndex, CreateTable

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
    """Compare each catalogue with the same models in the same way once, from now on, in this process."""
    compare = alembic.autogenerate.compare_metadata
    known: dict[object, list[Any]] = {}

    @wraps(compare)
    def compare_once(context: MigrationContext, metadata: sa.MetaData) -> list[Any]:
        question = _catalogue_of(context), _models_of(context, metadata), _options_of(context)
        if question not in known:
            known[question] = compare(context, metadata)
        return list(known[question])

    alembic.autogenerate.compare_metadata = compare_once


def _catalogue_of(context: MigrationContext) -> object:
    """Return all of a database that a comparison in this context looks at."""
    connection = context.connection
    assert connection is not None
    name = connection.dialect.name
    rows = connection.exec_driver_sql(_SQLITE if name == "sqlite" else _POSTGRES).all()
    return name, tuple(tuple(row) for row in rows)


def _models_of(context: MigrationContext, metadata: sa.MetaData) -> object:
    """Return what the models say, in the words in which their tables would be made."""
    words: list[object] = []
    for table in metadata.tables.values():
        made: list[CreateTable | CreateIndex] = [
            CreateTable(table),
            *map(CreateIndex, sorted(table.indexes, key=str)),
        ]
        words += [str(part.compile(dialect=context.dialect)) for part in made]
        words += [table.comment, *(column.comment for column in table.columns)]
    return tuple(words)


def _options_of(context: MigrationContext) -> object:
    """Return the options; a function made anew for every comparison is the same by what it does."""
    return frozenset((name, _told(value)) for name, value in context.opts.items())


def _told(option: Any) -> object:
    if not isinstance(option, FunctionType):
        return option
    cells = (cell.cell_contents for cell in option.__closure__ or ())
    return option.__code__, option.__defaults__, tuple(map(_told, cells))
