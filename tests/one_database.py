"""For tests of what only one of the two databases has: they run there, and are no skipped ones elsewhere."""

from __future__ import annotations

import pytest

ON_POSTGRES = pytest.mark.parametrize(
    "template", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
