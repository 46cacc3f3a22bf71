"""Lets all databases of a test process share what SQLAlchemy compiled.

`bok` opens one database and compiles each statement once; every test opens a database of its
own, and compiling the same statements for it anew was most of what it did.
"""

from __future__ import annotations

from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

KEPT = 4_000
"""Statements: more than the whole product has, for two databases."""


def share_compiled() -> None:
    """Keep compiled statements for every engine that this process makes from now on.

    The keys of a cache begin with the dialect: those of two engines are told to be equal, as
    all of one kind are made in the same way. Nothing of the data or of a test is in a cache.
    """
    DefaultDialect.__eq__ = _same  # type: ignore[method-assign]  # there is no door for it
    DefaultDialect.__hash__ = _kind  # type: ignore[assignment, method-assign]  # as above
    cache: LRUCache[object, object] = LRUCache(KEPT)
    sa.create_engine = partial(sa.create_engine, execution_options={"compiled_cache": cache})


def _same(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(one: object) -> int:
    return hash(type(one))
