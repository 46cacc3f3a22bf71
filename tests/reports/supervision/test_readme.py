"""The README tells of every report and of each of its views."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.supervision.registry import REPORTS, definition_of

README = Path(__file__).resolve().parents[3] / "README.md"


@pytest.mark.parametrize("name", REPORTS)
def test_the_readme_names_every_report_and_view(name: str) -> None:
    found = re.search(rf"^\| `{name}` \| .+ \| (.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    assert found[1].split(", ") == [view.key for view in definition_of(name).views]


@pytest.mark.parametrize("name", REPORTS)
def test_every_column_says_what_it_counts(name: str) -> None:
    for view in definition_of(name).views:
        assert len(set(view.keys)) == len(view.keys)
        assert all(column.meaning.endswith(".") and column.label for column in view.columns)
        assert view.lists_clients or not any(column.personal for column in view.columns)
