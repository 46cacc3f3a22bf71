"""Many readings typed one below the other: nothing stops the typist, nothing typed is lost, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from textual import events

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.screens import reading_batch_keeping, reading_batch_work
from bok_tui.screens.reading_batch import ReadingBatchScreen
from bok_tui.widgets.choice_field import ChoiceField
from db.errors import DatabaseUnavailable
from db.migrations import guards
from db.office import Office
from db.records.people import Channel, Role
from db.records.reading_batch import BatchHead, BatchRow, KeptRows
from db.words import N_
from tests.db.builders import BuiltClient
from tests.db.meter_town import build_meters
from tests.tui.floor import Floor, flat, seen
from tests.tui.pilot import SIZES, burst, running, settle, type_keys, until

OPEN = ("ob", "enter")
SAVE = ("ctrl+s",)


def sheet(app: BokApp) -> ReadingBatchScreen:
    assert isinstance(app.screen, ReadingBatchScreen)
    return app.screen


def typed_row(place: str, state: str, day: str = "") -> tuple[str, ...]:
    """Return the keys of one row."""
    return (place, "enter", state, "enter", *((day,) if day else ()), "enter")


def standings(app: BokApp) -> dict[int, str]:
    return {line: said.standing.value for line, said in sorted(sheet(app).sheet.judged.items())}


@pytest.fixture
def town(floor: Floor) -> list[BuiltClient]:
    """Three households, last read on 31 August at 487."""
    return [floor.client(f"12345{at}", notice=False) for at in range(3)]


@pytest.mark.parametrize("size", SIZES)
async def test_rows_are_typed_judged_and_saved_by_one_key(
    floor: Floor, town: list[BuiltClient], size: tuple[int, int]
) -> None:
    app = floor.app(floor.chief)
    async with running(app, size):
        await type_keys(
            app, *OPEN, *typed_row(town[0].meter, "497", "20.11"), *typed_row(town[1].number, "9870")
        )
        await type_keys(app, *typed_row("nobody", "5"))
        assert standings(app) == {1: "good", 2: "doubtful", 3: "doubtful"}
        text = seen(app)
        assert "✓ 10 m³" in text
        assert "✗" in text
        assert "Doubtful: 2" in text
        assert floor.saved() == []
        await type_keys(app, *SAVE)
        assert "Saved: 1" in seen(app)
        assert [(state, str(day), channel) for state, day, channel, _ in floor.saved()] == [
            (497, "2026-11-20", "field")
        ]
        assert standings(app) == {1: "recorded", 2: "doubtful", 3: "doubtful"}


# -- a burst


def script(meters: list[str]) -> list[str]:
    """Return the keys of one row a meter, every tenth far too high."""
    keys: list[str] = []
    for at, meter in enumerate(meters):
        keys += typed_row(meter, "9999" if at % 10 == 9 else str(130 + at % 3), "20.11" if at == 0 else "")
    return keys


def kept(floor: Floor) -> list[tuple[Any, ...]]:
    return [
        (row["line"], row["place"], row["state"], row["day"], row["done"])
        for row in floor.rows("reading_batch_row")
    ]


def few_wait(app: BokApp, keys: int) -> bool:
    """Tell whether no more keys than that are left, those on their way to the line included."""
    return app.message_queue_size + app.type_ahead.waiting <= keys


async def test_300_rows_typed_at_once_are_the_rows_of_a_slow_typist(floor: Floor) -> None:
    """Keys sent at once and keys sent one by one leave the same rows, verdicts and readings."""
    meters = build_meters(floor.house, 300)
    app = floor.app(floor.chief)
    async with running(app):
        burst(app, *OPEN, *script(meters))
        for keys in range(4_500, -1, -500):  # each part has the patience of a whole test
            await until(partial(few_wait, app, keys))
        await settle(app)
        fast = kept(floor)
        assert len(fast) == 300
        assert standings(app) == {at + 1: "doubtful" if at % 10 == 9 else "good" for at in range(300)}
        assert len(floor.rows("reading_batch")) == 1
    slow = [
        (at + 1, meter, "9999" if at % 10 == 9 else str(130 + at % 3), "2026-11-20", True)
        for at, meter in enumerate(meters)
    ]
    assert fast == slow


async def test_a_burst_with_everything_in_it_does_what_slow_keys_do(floor: Floor) -> None:
    """Rows, corrections, reasons, holding, dropping, saving, leaving: typed at once or one by one."""
    meters = build_meters(floor.house, 15)
    corrected = ("enter", "ctrl+u", "131", "enter", "enter")
    keys = [
        *OPEN, *script(meters[:10]), "down", *corrected, *SAVE,
        *typed_row(meters[10], "131"), *typed_row("nobody", "5"), "down", "delete",
        *typed_row(meters[11], "165"), "down", "6", *typed_row(meters[12], "9999"), "down", "h",
        *typed_row(meters[13], "9999"), "up", *corrected, *SAVE, *typed_row(meters[14], "131"), "escape",
    ]  # fmt: skip
    outcomes = []
    for at_once in (True, False):
        app = floor.app(floor.chief)
        async with running(app):
            if at_once:
                burst(app, *keys)
                await settle(app)
            else:
                await type_keys(app, *keys)
            outcomes.append((kept(floor), protocol(floor), sorted(floor.saved())))
        clear(floor)
    for fast, slow in zip(*outcomes, strict=True):
        assert fast == slow
    assert (len(outcomes[0][0]), len(outcomes[0][1]), len(outcomes[0][2])) == (1, 15, 14)


def protocol(floor: Floor) -> list[tuple[Any, ...]]:
    return [
        (row["line"], row["standing"].value, row["place"], row["state"], row["reason"])
        for row in floor.rows("reading_batch_entry")
    ]


def clear(floor: Floor) -> None:
    """Take back what a run recorded, guards aside."""
    with floor.database.writer.connect() as connection, connection.begin():
        guards.remove(connection)
        for table in ("reading_batch_entry", "reading_batch_row", "reading_batch"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.exec_driver_sql("DELETE FROM reading WHERE submission IS NOT NULL")
        guards.install(connection)


# -- doubtful rows, by keys


@pytest.mark.parametrize(
    ("state", "keys", "outcome"),
    [
        ("548", ("down", "6"), ("recorded", 548, "leak")),
        ("548", ("down", "r", "2"), ("recorded", 548, "photo_seen")),
        ("548", ("down", "9", "podliczone", "enter"), ("recorded", 548, "other")),
        ("9870", ("down", "h"), ("held", 9870, None)),
        ("497123", ("down", "f9"), ("recorded", 497, None)),
        ("9870", ("down", "enter", "ctrl+u", "498", "enter", "enter"), ("recorded", 498, None)),
        ("9870", ("up", "enter", "ctrl+u", "498", "enter", "enter"), ("recorded", 498, None)),
        ("12,5", ("down", "delete"), ("dropped", None, None)),
    ],
)  # fmt: skip
async def test_a_doubtful_row_is_dealt_with_by_keys(
    floor: Floor, town: list[BuiltClient], state: str, keys: tuple[str, ...], outcome: tuple[Any, ...]
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row(town[0].meter, state), *keys)
        assert app.focused is sheet(app).field("place"), "nothing is doubtful any more: typing goes on"
        await type_keys(app, *SAVE)
    (entry,) = floor.rows("reading_batch_entry")
    assert entry["standing"].value == outcome[0]
    assert [(row["state"], row["reason"]) for row in floor.rows("reading", "submission IS NOT NULL")] == (
        [] if outcome[1] is None else [outcome[1:]]
    )


@pytest.mark.parametrize(
    ("state", "keys", "words"),
    [
        ("9870", ("down", "1"), "A reason is not enough: h holds it"),
        ("548", ("down", "h"), "It needs no supervisor: a digit gives the reason"),
        ("12,5", ("down", "1"), "It cannot be saved like this"),
        ("12,5", ("down", "h"), "Nobody may let this pass"),
        ("12,5", ("down", "f9"), "Nothing is suggested for this row"),
        ("497", ("f9",), "Go to the doubtful rows first"),
        ("497", ("enter",), "Type the number of a meter or a client"),
        ("497", ("shift+tab", "shift+tab", "x", "enter"), "Type the day as 22.11"),
    ],
)
async def test_a_key_that_does_not_help_says_what_does(
    floor: Floor, town: list[BuiltClient], state: str, keys: tuple[str, ...], words: str
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row(town[0].meter, state), *keys)
        assert words in flat(app)
        assert kept(floor)[0][1:3] == (town[0].meter, state)


@pytest.mark.parametrize(
    ("place", "state", "day", "words"),
    [
        ("99999999", "5", "", "There is no meter and no client 99999999"),
        ("123456", "5", "", "The client 123456 has 2 meters: 80000001, 70000001"),
        ("M", "12,5", "", "Black digits only, whole m³"),
        ("M", "", "", "Type the state of the dial"),
        ("M", "-5", "", "A dial never shows a negative state"),
        ("M", "497", "30.02", "There is no day 30.02"),
        ("M", "497", "23.11.2026", "The day has not come yet"),
        ("M", "497", "jutro", "Type the day as 22.11"),
        ("[/x]", "[red]", "=1+1", "There is no meter and no client [/x]"),
    ],
)
async def test_what_is_wrong_stands_beside_its_row(
    floor: Floor, place: str, state: str, day: str, words: str
) -> None:
    built = floor.client()
    floor.garden(built)
    app = floor.app(floor.chief)
    async with running(app, (120, 35)):
        await type_keys(app, *OPEN, *typed_row(built.meter if place == "M" else place, state, day))
        assert words in flat(app)
        assert standings(app) == {1: "doubtful"}
        await type_keys(app, *SAVE)
        assert floor.saved() == []
        assert len(kept(floor)) == 1, "it stays until it is corrected or dropped"


async def test_agents_choose_how_the_client_gave_it_and_the_reader_is_not_among_the_choices(
    floor: Floor, town: list[BuiltClient]
) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN)
        assert "‹ letter ›" in seen(app)
        assert Channel.FIELD.value not in dict(sheet(app).query_one("#channel", ChoiceField).choices)
        await type_keys(app, *typed_row(town[0].meter, "497"), "shift+tab", "right")
        assert "‹ phone ›" in seen(app)
        assert floor.rows("reading_batch")[0]["channel"] is Channel.PHONE


async def test_the_day_goes_on_from_the_row_above_and_the_first_one_is_chosen_once(
    floor: Floor, town: list[BuiltClient]
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, "shift+tab", "shift+tab", "ctrl+u", "d-3", "enter")
        await type_keys(app, *typed_row(town[0].meter, "497"), *typed_row(town[1].meter, "497", "2111"))
        await type_keys(app, *typed_row("nobody", "1", "xx"), *typed_row(town[2].meter, "497"))
    assert [row[3] for row in kept(floor)] == ["2026-11-19", "2026-11-21", "xx", "2026-11-21"]


async def test_rows_copied_from_a_spreadsheet_are_pasted(floor: Floor, town: list[BuiltClient]) -> None:
    app = floor.app(floor.chief)
    lines = (
        f"{town[0].meter}\t497\t20.11.2026\n\n{town[1].meter}\t497\n{town[2].meter};12,5;19.11\nnobody 7\n"
    )
    async with running(app):
        await type_keys(app, *OPEN)
        app.post_message(events.Paste(lines))
        await settle(app)
        assert "Pasted rows: 4 of 4" in seen(app)
        app.post_message(events.Paste("80000"))
        await settle(app)
        assert sheet(app).field("place").value == "80000"
    assert [row[1:4] for row in kept(floor)][:4] == [
        (town[0].meter, "497", "2026-11-20"),
        (town[1].meter, "497", "2026-11-20"),
        (town[2].meter, "12,5", "2026-11-19"),
        ("nobody", "7", "2026-11-19"),
    ]


# -- the line drops


async def test_what_was_typed_is_offered_back_the_last_row_half_typed(
    floor: Floor, town: list[BuiltClient]
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row(town[0].meter, "497"), *typed_row("nobody", "5"))
        await type_keys(app, town[1].meter, "enter", "49", "escape")
        assert not isinstance(app.screen, ReadingBatchScreen), "nothing is asked: everything is kept"
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN)
        assert "Offered back: batch 1" in flat(app)
        assert standings(app) == {1: "good", 2: "doubtful", 3: "begun"}
        assert (sheet(app).field("place").value, sheet(app).field("state").value) == (town[1].meter, "49")
        await type_keys(app, "7", "enter", "enter", *SAVE)
    assert [row[0] for row in floor.saved()] == [497, 497]
    assert [row["line"] for row in floor.rows("reading_batch_row")] == [2]


async def test_escape_on_an_older_row_that_was_changed_says_what_it_did_not_take(
    floor: Floor, town: list[BuiltClient]
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row(town[0].meter, "497", "20.11"))
        await type_keys(app, *typed_row(town[1].meter, "498"), "up", "up", "enter")
        await type_keys(app, *["backspace"] * 3, "505", "escape")
        text = flat(app)
        assert f"Row 1 stays as it was: {town[0].meter} · 497 · " in text
        assert f"Not taken over: {town[0].meter} · 505 · 20.11.2026" in text
        assert (sheet(app).line, sheet(app).sheet.rows[1].state) == (3, "497")
        await type_keys(app, "up", "escape")
        assert "Row 2 stays" not in flat(app), "nothing was changed in it"


@pytest.mark.parametrize("way_out", [("f2",), ("escape", "escape")])
async def test_a_changed_older_row_is_kept_by_whoever_leaves_and_by_escape_alone_not(
    floor: Floor, town: list[BuiltClient], way_out: tuple[str, ...]
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row(town[0].meter, "497", "20.11"), "up", "enter")
        await type_keys(app, *["backspace"] * 3, "505")
        assert sheet(app).unsaved
        await type_keys(app, *way_out)
        await settle(app)
    assert [row["state"] for row in floor.rows("reading_batch_row")] == [
        "497" if "escape" in way_out else "505"
    ]


async def test_a_batch_is_set_aside_and_opened_again_by_its_number(
    floor: Floor, town: list[BuiltClient]
) -> None:
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row("nobody", "5"), "down", "n")
        assert "Batch 1 is set aside" in flat(app)
        await type_keys(app, *typed_row("no one", "6"), "escape", "escape", "ctrl+u", "ob 1", "enter")
        assert "Offered back: batch 1" in flat(app)
        assert [row.place for row in sheet(app).sheet.rows.values()] == ["nobody"]
        await type_keys(app, "escape", "ctrl+u", "ob 99", "enter")
        assert "There is no batch 99" in flat(app)


async def test_two_agents_type_at_once_and_neither_sees_the_others_rows(
    floor: Floor, town: list[BuiltClient]
) -> None:
    other = floor.builder.staff(Role.SUPERVISOR, login="ola", name="Ola Druga")
    first, second = floor.app(floor.chief), floor.app(other)
    async with running(first), running(second):
        for app, built in ((first, town[0]), (second, town[1])):
            burst(app, *OPEN, *typed_row(built.meter, "497"), *typed_row(town[2].meter, "498"))
        await settle(first)
        await settle(second)
        assert standings(first) == standings(second) == {1: "good", 2: "good"}
        await type_keys(first, *SAVE)
        await type_keys(second, *SAVE)
        assert standings(second) == {1: "recorded", 2: "doubtful"}
    assert [row[0] for row in sorted(floor.saved())] == [497, 497, 498]


async def test_rows_taken_over_elsewhere_go_on_in_a_new_batch(floor: Floor, town: list[BuiltClient]) -> None:
    here, there = floor.app(floor.chief), floor.app(floor.chief)
    async with running(here):
        await type_keys(here, *OPEN, *typed_row(town[0].meter, "497"))
        async with running(there):
            await type_keys(there, *OPEN)
            assert "Offered back: batch 1" in flat(there)
            await type_keys(here, *typed_row(town[1].meter, "497"))
            assert "was opened at another screen" in flat(here)
            await type_keys(here, *SAVE)
            await type_keys(there, *SAVE)
    assert [row["batch_id"] for row in floor.rows("reading_batch_entry")] == [2, 1]
    assert len(floor.saved()) == 2


async def test_while_the_database_is_away_typing_goes_on_and_every_row_is_kept_later(
    floor: Floor, town: list[BuiltClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, away = reading_batch_work.keep, [True]

    def keep(office: Office, head: BatchHead, rows: Sequence[BatchRow]) -> KeptRows:
        if away[0]:
            raise DatabaseUnavailable(N_("The database does not answer."))
        return real(office, head, rows)

    monkeypatch.setattr(reading_batch_work, "keep", keep)
    monkeypatch.setattr(reading_batch_keeping, "AGAIN", 0.01)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN)
        burst(app, *typed_row(town[0].meter, "497"), *typed_row(town[1].meter, "497"))
        await until(lambda: "Rows not kept yet" in flat(app) and len(sheet(app).sheet.rows) == 2)
        assert kept(floor) == []
        burst(app, "escape")
        await until(lambda: isinstance(app.screen, ConfirmDialog))
        burst(app, "n")
        await until(lambda: isinstance(app.screen, ReadingBatchScreen))
        away[0] = False
        await until(lambda: "The database answers again" in flat(app))
        await settle(app)
        assert [row[1] for row in kept(floor)] == [town[0].meter, town[1].meter]
        assert standings(app) == {1: "good", 2: "good"}
