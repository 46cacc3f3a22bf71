"""Everything that a recount walks through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
Tables = dict[str, list[Row]]
"""Every row of every table, by the table's name."""
