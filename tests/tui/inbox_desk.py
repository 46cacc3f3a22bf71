"""What the tests of the inbox screen share: who writes, how things stand, and the cursor."""

from __future__ import annotations

from bok_tui.app import BokApp
from db.records.incoming import IncomingState
from tests.db.builders import BuiltClient
from tests.db.mailbag import writer
from tests.tui.floor import Floor
from tests.tui.pilot import type_keys


def writers(floor: Floor, count: int) -> list[BuiltClient]:
    """Add households, each with a confirmed address of its own and an open notice."""
    return [
        writer(floor.builder, number=f"{200000 + at}", address=f"k{at}@example.org") for at in range(count)
    ]


def states(floor: Floor) -> list[IncomingState]:
    return [row["state"] for row in floor.rows("incoming_message")]


async def at(app: BokApp, index: int) -> None:
    """Go to a message of the morning."""
    await type_keys(app, "f6", *(["n"] * index))
