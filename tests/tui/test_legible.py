"""What must be legible everywhere: fields among sixteen colours, lines that no toast may cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.widgets import Input
from textual.widgets._toast import Toast

from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.themes import THEMES
from tests.tui.fakes import desk_app
from tests.tui.floor import NUMBER, Floor
from tests.tui.pilot import SIZES, running, type_keys


@pytest.mark.parametrize("size", SIZES)
async def test_a_toast_covers_no_line_that_tells_something(tmp_path: Path, size: tuple[int, int]) -> None:
    app = desk_app(tmp_path)
    async with app.run_test(size=size, notifications=True):
        await type_keys(app, "kowal", "f9")
        assert isinstance(app.screen, DeskScreen)
        (toast,) = app.screen.query(Toast)
        for told in ("#message", "#waiting", "KeyHints"):
            assert not toast.region.overlaps(app.screen.query_one(told).region)


async def test_on_the_card_a_toast_leaves_what_is_read_out(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with app.run_test(notifications=True):
        await type_keys(app, NUMBER, "enter", "f3", "00502", "enter", "f9")
        assert isinstance(app.screen, ClientScreen)
        (toast,) = app.screen.query(Toast)
        for told in ("#told", "#duty", "ClientHead"):
            assert not toast.region.overlaps(app.screen.query_one(told).region)


@pytest.mark.parametrize("theme", THEMES)
async def test_a_field_is_seen_to_be_one_in_every_theme(floor: Floor, theme: str) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f3")
        app.theme = theme
        note, box = app.screen.query_one("#note", Input), app.screen.query_one(".box")
        assert note.styles.background != box.styles.background
        hint = note.get_component_styles("input--placeholder").color
        if theme == "contrast":  # which stands in where there are sixteen colours
            seen = [
                color.rich_color.downgrade(ColorSystem.STANDARD).number
                for color in (note.styles.background, box.styles.background, hint, note.styles.color)
            ]
            assert len(set(seen[:3])) == 3
            assert seen[0] != seen[3]
