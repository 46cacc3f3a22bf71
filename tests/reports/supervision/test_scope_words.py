"""Every scope that the product notes in the access log is told in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.columns import for_people
from reports.supervision.access import DEFINITION
from reports.supervision.scope_words import scope_words

DB = Path(__file__).parents[3] / "db"


def noted() -> Iterator[str]:
    """Yield the scopes written in `work.looked(...)`, each with 7 for its values."""
    for module in sorted(DB.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "looked":
                yield from written(node.args[1])


def written(scope: ast.expr) -> Iterator[str]:
    for part in ast.walk(scope):
        if isinstance(part, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in part.values)
    if isinstance(scope, ast.Constant):
        yield str(scope.value)


NOTED = sorted(set(noted()))


def test_the_calls_are_found() -> None:
    assert len(NOTED) > 25
    assert {"7 hits: 7", "account", "document 7"} <= set(NOTED)


@pytest.mark.parametrize(
    "scope",
    [
        *NOTED,
        "file of readings 0123456789abcdef: 12 lines, 3 bad",
        "pesel",
        "phone 12",
        "email 3",
        "report receivables client",
        "report receivables client, 222 lines, masked",
        "report daily to szef@example.com",
        "51+ hits: 1 2 3",
    ],
)
def test_each_is_told(scope: str) -> None:
    found = scope_words(scope)
    assert found, scope
    words, values = found
    assert words % values


def test_people_read_it_in_their_language_and_what_is_not_known_as_it_is() -> None:
    view = DEFINITION.view("client")
    assert view
    column = next(column for column in view.columns if column.key == "scope")

    def translate(words: str) -> str:
        return words.replace("client card, level", "karta klienta, poziom")

    assert for_people("client card, level 2", column, translate) == "karta klienta, poziom 2"
    assert for_people("100 %(x)s of something", column, translate) == "100 %(x)s of something"
