"""Names that would act on a screen: shown as they are, on the card and on all it opens (T16)."""

from __future__ import annotations

import pytest

from bok_tui.app import BokApp
from bok_tui.safe_text import HIDDEN, visible
from bok_tui.screens.client import ClientScreen
from db.operations.readings import record_reading
from tests.db.builders import TODAY, entry
from tests.reports.hostile import HOSTILE
from tests.tui.floor import DEADLINE, LEFT, NUMBER, Floor, flat
from tests.tui.pilot import running, shown, type_keys


def storable(text: str) -> bool:
    """Tell whether both databases and the shortest column can hold it at all."""
    return 0 < len(text) <= 60 and not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)


TEXTS = [text for text in HOSTILE if storable(text)]
GROUPS = [TEXTS[at : at + 5] for at in range(0, len(TEXTS), 5)]


def intact(app: BokApp) -> str:
    """Return what is on the screen, having checked that nothing in it commands the terminal."""
    text = shown(app)
    assert not HIDDEN.search(text.replace("\n", ""))
    return text


@pytest.mark.parametrize("texts", GROUPS, ids=range(len(GROUPS)))
async def test_hostile_text_is_shown_letter_by_letter(floor: Floor, texts: list[str]) -> None:
    last, first, street, location, reader = (texts * 5)[:5]
    built = floor.builder.client(
        NUMBER, last_name=last, first_name=first, meter_location=location[:60], meter_digits=5
    )
    floor.builder.reading(built.meter_id, LEFT.replace(month=8), 487, 487)
    floor.builder.contact_point(built.id, "email", f"{street}@example.com")
    floor.builder.notice(built.meter_id, LEFT, DEADLINE, reader=reader)
    agent = floor.builder.staff(login="zly", name=street)
    floor.house.office(agent).do(record_reading, entry(built.meter, 9870, hold=True, day=TODAY, note=first))
    app = floor.app(agent)
    async with running(app, (120, 35)):
        await type_keys(app, NUMBER, "enter")
        assert isinstance(app.screen, ClientScreen)
        text = intact(app)
        for part in (last.upper(), location):
            assert " ".join(visible(part).split())[:20] in " ".join(text.split())
        for key in ("2", "3", "4", "5", "6", "7", "1", "c"):
            await type_keys(app, key)
            intact(app)
        await type_keys(app, "escape", "f7", "3", "x")
        intact(app)
        await type_keys(app, "enter", "escape", "v")
        intact(app)
        await type_keys(app, "escape", "f3", "4o7")
        intact(app)
        assert visible(" ".join(last.split())).split()[0][:12] in flat(app)
        await type_keys(app, "escape", "enter", "f8")
        intact(app)
        await type_keys(app, "2")
        intact(app)
        assert app.is_running
