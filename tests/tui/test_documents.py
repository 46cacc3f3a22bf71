"""Confirmations from the card: for a verified caller, once, and again byte for byte."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bok_tui.screens.client import ClientScreen
from bok_tui.screens.client_work import open_file
from reports.documents import registry
from tests.tui.floor import NUMBER, Floor, flat, seen
from tests.tui.pilot import running, type_keys

VERIFIED = ("f7", "1", NUMBER, "enter", "3", "Żaneta Kowalska", "enter", "5", "15.12.2014", "enter", "escape")
SAVED = (NUMBER, "enter", "f3", "00502", "enter")


def papers(floor: Floor) -> list[Path]:
    """Return the files that were written."""
    return sorted(floor.settings.documents.glob("*"))


async def test_an_unverified_caller_gets_no_document(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *SAVED, "f4")
        assert isinstance(app.screen, ClientScreen)
        assert "not verified" in flat(app)
        assert "(F7)" in flat(app)
        assert floor.rows("issued_document") == []
        await type_keys(app, "f7", "escape")
        assert "not verified" in flat(app), "nothing has changed"
        await type_keys(app, *VERIFIED)
        assert isinstance(app.screen, ClientScreen)
        assert "not verified" not in flat(app)
        await type_keys(app, "f4")
        assert "P/2026/0000001" in seen(app), "one key still prints the reading just saved"
    assert floor.seen("PRINT") == ["document P/2026/0000001"]


async def test_the_list_prints_anew_and_again_byte_for_byte(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", *VERIFIED, "f4")
        assert "[6 Papers]" in seen(app)
        assert "new: confirmation of 00487 of 31 Aug 2026" in seen(app)
        await type_keys(app, "enter")
        (paper,) = papers(floor)
        first = paper.read_bytes()
        paper.unlink()
        # another version of a library would write the same document in other bytes
        monkeypatch.setattr(registry, "render", lambda kind, snapshot: b"%PDF-2.0 others")
        assert "P/2026/0000001" in seen(app)
        await type_keys(app, "home", "enter")
        assert [path.read_bytes() for path in papers(floor)] == [first]
    assert len(floor.rows("issued_document")) == 1
    assert len(floor.rows("document_rendering")) == 1


async def test_the_file_is_the_owners_alone_and_its_path_is_copied(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *SAVED, *VERIFIED, "f4", "c", "4")
        (paper,) = papers(floor)
        assert app.clipboard == str(paper)
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    assert paper.name == "P-2026-0000001.pdf"


async def test_a_folder_that_cannot_be_written_loses_nothing(floor: Floor) -> None:
    floor.client()
    floor.settings.documents.parent.mkdir(parents=True)
    floor.settings.documents.write_text("not a folder")
    app = floor.app()
    async with running(app):
        await type_keys(app, *SAVED, *VERIFIED, "f4")
        assert isinstance(app.screen, ClientScreen)
        assert "is not a folder" in flat(app)
        floor.settings.documents.unlink()
        await type_keys(app, "f4")
        assert len(papers(floor)) == 1
    assert len(floor.rows("issued_document")) == 1, "the number is not given twice"


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}])
def test_without_a_desktop_nothing_is_opened(tmp_path: Path, environment: dict[str, str]) -> None:
    assert open_file(tmp_path / "paper.pdf", environment) is False
