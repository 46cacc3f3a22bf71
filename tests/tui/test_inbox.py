"""The inbox: ten sure messages in ten keys, doubtful ones in five, and nothing that a message says obeyed."""

from __future__ import annotations

import pytest

from bok_tui.screens.inbox import InboxScreen
from db.records.incoming import IncomingState
from tests.db.builders import BuiltClient
from tests.db.mailbag import mail, state, take_in, writer
from tests.tui.floor import Floor, flat
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, type_keys


def writers(floor: Floor, count: int) -> list[BuiltClient]:
    """Add households, each with a confirmed address of its own and an open notice."""
    return [
        writer(floor.builder, number=f"{200000 + at}", address=f"k{at}@example.org") for at in range(count)
    ]


def states(floor: Floor) -> list[IncomingState]:
    return [row["state"] for row in floor.rows("incoming_message")]


@pytest.mark.parametrize("size", SIZES)
async def test_ten_sure_messages_in_ten_keys(floor: Floor, size: tuple[int, int]) -> None:
    written = writers(floor, 10)
    take_in(floor.house, *(mail(state(f"{499 + at}"), sender=f"k{at}@example.org") for at in range(10)))
    app = floor.app()
    script = ["enter"] * 10
    assert len(keys_of(*script)) == 10
    async with running(app, size):
        await type_keys(app, "f6")
        assert isinstance(app.screen, InboxScreen)
        assert "[1 New 10]" in flat(app)
        assert f"{written[0].meter} → 499" in flat(app)
        burst(app, *script)
        await settle(app)
        assert "no message is to be seen here" in flat(app)
    assert sorted(floor.saved()) == sorted(
        (499 + at, *saved[1:]) for at, saved in enumerate(floor.saved())
    ), "each of them once"
    assert len(floor.saved()) == 10
    assert {row["channel"].value for row in floor.rows("reading", "submission IS NOT NULL")} == {"email"}
    assert states(floor) == [IncomingState.ACCEPTED] * 10
    assert len(floor.rows("outgoing_message")) == 10, "the client of each is told"
