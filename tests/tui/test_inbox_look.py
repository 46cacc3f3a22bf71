"""How the inbox looks: hostile text stays text, and nothing is cut."""

from __future__ import annotations

import pytest

from bok_tui.i18n import choose_language
from bok_tui.safe_text import HIDDEN
from bok_tui.widgets.key_hints import KeyHints
from db.records.incoming import AttachedFile, TextSpan
from tests.db.mailbag import mail, state, take_in, writer
from tests.tui.floor import Floor, seen
from tests.tui.morning_mail import morning
from tests.tui.pilot import SIZES, burst, running, settle, shown, type_keys

NASTY = "[red]x[/red] [@click=app.leave]x[/] x[/nope] \x1b]0;own\x07\x1b[2J \x9b6n \u202egnp.exe \u200b\x00"


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_message_is_shown_letter_by_letter(floor: Floor, size: tuple[int, int]) -> None:
    writer(floor.builder, number="200000", address="k0@example.org")
    take_in(
        floor.house,
        mail(
            state("499"),
            sender="k0@example.org",
            text=NASTY + " stan 499 " + "a" * 50_000,
            used=(TextSpan(0, 12), TextSpan(5, 30), TextSpan(90_000, 90_010), TextSpan(40, 10)),
            said_subject=NASTY,
            said_sender_name=NASTY,
            said_quoted=NASTY * 100,
            said_files=(AttachedFile(NASTY, NASTY, 10**9),),
        ),
    )
    app = floor.app()
    async with running(app, size):
        for keys in (
            ("f6",),
            ("pagedown",),
            ("e",),
            ("escape", "k"),
            ("escape", "s", "1"),
            ("escape", "escape"),
        ):
            await type_keys(app, *keys)
            assert not HIDDEN.search(shown(app).replace("\n", ""))
        burst(app, *(["pagedown"] * 200))
        await settle(app)
        assert "more characters" in seen(app)
        await type_keys(app, "w", "escape", "r")
        assert not HIDDEN.search(shown(app).replace("\n", ""))


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_cut(floor: Floor, size: tuple[int, int], language: str) -> None:
    morning(floor)
    choose_language(language)
    app = floor.app()
    async with running(app, size):
        await type_keys(app, "f6")
        wide = size[0] >= 110
        for at in range(9):
            detail = app.screen.query_one("#detail")
            proposal, body = app.screen.query_one("#proposal"), app.screen.query_one("#body")
            hints = app.screen.query_one(KeyHints)
            assert all(len(line) <= size[0] for line in shown(app).splitlines())
            assert "…" not in "".join(shown(app).splitlines()[4:]) or not wide
            assert proposal.region.width + (body.region.width if wide else 0) <= size[0]
            assert (body.region.x > proposal.region.x) is wide
            assert ("PgDn" in shown(app)) is (detail.max_scroll_y > 0), f"message {at}"
            assert len(hints.ids) <= 6
            assert hints.region.bottom == size[1]
            await type_keys(app, "n")
        for key in ("e", "k", "s", "f1"):
            await type_keys(app, "home", key)
            assert app.screen is not app.screen_stack[-2]
            box = app.screen.query_one(".box")
            assert box.region.bottom <= size[1]
            assert box.region.right <= size[0]
            await type_keys(app, "escape")
