"""Column types that keep floats and naive instants out of the database."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

LITRES = 1000


class CubicMetres(sa.TypeDecorator[int]):
    """Whole m³ in Python, integer litres in the database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Turn m³ into litres."""
        return None if value is None else value * LITRES

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        """Turn litres into m³; one call for a value, for long lists hold many."""
        return _whole_cubic_metres


def _whole_cubic_metres(value: int | None) -> int | None:
    return None if value is None else int(value) // LITRES


class _Scaled(sa.TypeDecorator[Decimal]):
    """A Decimal in Python, a whole number of its smallest parts in the database."""

    impl = sa.BigInteger
    cache_ok = True
    places = 0

    @property
    def python_type(self) -> type[Decimal]:
        """What rows hold."""
        return Decimal

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn units into parts; refuse what is no whole number of them."""
        if value is None:
            return None
        parts = Decimal(value).scaleb(self.places)
        if parts != parts.to_integral_value():
            raise ValueError(f"{self.places} decimals are kept")
        return int(parts)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Turn parts into units."""
        return None if value is None else Decimal(int(value)).scaleb(-self.places)


class Grosze(_Scaled):
    """Zlotys as a Decimal of 2 places in Python, whole grosze in the database."""

    cache_ok = True
    places = 2


class TenThousandths(_Scaled):
    """Prices, rates and quantities: a Decimal of 4 places in Python, whole 1/10000 in the database."""

    cache_ok = True
    places = 4


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps it as text, PostgreSQL as timestamptz."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:
        """Give every instant its zone back; SQLite's text is read at once, for long lists hold many."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def big_id() -> sa.types.TypeEngine[int]:
    """Return a 64-bit key that SQLite still counts up by itself."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def sorting_key(length: int) -> sa.types.TypeEngine[str]:
    """Return a text column that either database compares character by character."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def choice(kind: type[StrEnum], name: str) -> sa.Enum:
    """Return a text column that holds only the values of `kind`, guarded by a CHECK."""

    def values(enum: type[StrEnum]) -> Sequence[str]:
        return [member.value for member in enum]

    return sa.Enum(
        kind, native_enum=False, values_callable=values, create_constraint=True, length=24, name=name
    )
