"""T18: no text that may hold data reaches a widget bare; and the lint finds one that is planted."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.tui.markup_lint import offences

ROOT = Path(__file__).parent.parent.parent / "bok_tui"
MODULES = sorted(ROOT.rglob("*.py"))


def test_no_bare_text_reaches_a_widget() -> None:
    assert [offence for module in MODULES for offence in offences(module)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "Static(client.name)",
        "yield Label(f'Klient {name}')",
        "app.notify(name)",
        "table.add_row(name)",
        "box.border_title = name",
        "Static('a' + name)",
        "self.query_one(Static).update(name)",
    ],
)
def test_a_planted_one_is_found(tmp_path: Path, planted: str) -> None:
    module = tmp_path / "planted.py"
    module.write_text(
        f"import textual\n\ndef show(name, client, app, table, box, self):\n    {planted}\n", encoding="utf-8"
    )
    assert list(offences(module))


@pytest.mark.parametrize("clean", ["Static(plain(name))", "Static('ours')", "app.notify(name, markup=False)"])
def test_wrapped_text_passes(tmp_path: Path, clean: str) -> None:
    module = tmp_path / "clean.py"
    module.write_text(f"import textual\n\ndef show(name, app):\n    {clean}\n", encoding="utf-8")
    assert not list(offences(module))


def test_no_translation_hides_in_an_f_string() -> None:
    """The extraction of texts does not look into them on Python 3.11."""
    found = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FormattedValue):
                for call in ast.walk(node.value):
                    if (
                        isinstance(call, ast.Call)
                        and getattr(call.func, "id", "") in ("_", "ngettext")
                        and isinstance(call.args[0], ast.Constant)
                    ):
                        found.append(f"{module.name}:{call.lineno}")
    assert found == []
