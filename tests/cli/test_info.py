"""`bok info` and the log."""

from __future__ import annotations

import json
import logging
import stat
import warnings
from pathlib import Path

import pytest

from bok_tui import log
from tests.cli.conftest import Bok


def test_info_tells_where_everything_is(installed: Bok, home: Path) -> None:
    facts = installed("info", "--format", "json").json
    assert facts["state_folder"] == str(home / "state")
    assert facts["schema"]
    assert "textual" in facts["libraries"]
    assert "Data" in installed("info").out


def test_info_works_without_a_database_and_says_what_to_type(bok: Bok, home: Path) -> None:
    answer = bok("info", "--format", "json")
    assert answer.code == 0
    assert "bok db create" in str(answer.json["warnings"])
    assert not (home / "data").exists()


def test_info_never_shows_a_password(bok: Bok, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOK_DATABASE_URL", "postgresql://anna:tajne@127.0.0.1:1/x")
    answer = bok("info", "--format", "json")
    assert answer.code == 0
    assert "tajne" not in answer.out + answer.err
    assert "server cannot be reached" in str(answer.json["warnings"])


def test_missing_bytecode_is_told(bok: Bok, monkeypatch: pytest.MonkeyPatch) -> None:
    from bok_tui.commands import info

    monkeypatch.setattr(info, "_is_compiled", lambda name: name != "textual")
    assert "compileall" in str(bok("info", "--format", "json").json["warnings"])


class TestLog:
    @pytest.fixture
    def path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        root = logging.getLogger()
        monkeypatch.setattr(root, "handlers", [])
        monkeypatch.setattr(root, "level", root.level)
        log.set_up(tmp_path / "state" / "bok.log")
        return tmp_path / "state" / "bok.log"

    def test_lines_are_json_and_carry_no_personal_data(
        self, path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        logger = logging.getLogger("anything")
        logger.warning("called %s about 44051401359", "zaneta@example.com")
        try:
            raise ValueError("600 123 456\nsecond line")
        except ValueError:
            logger.exception("with\na new line")
        first, second = [json.loads(line) for line in path.read_text().splitlines()]
        assert first["message"] == "called [e-mail] about [PESEL]"
        assert second["message"] == "with\na new line"
        assert "[phone]" in second["error"]
        assert "600" not in path.read_text()
        assert capfd.readouterr() == ("", "")

    def test_it_is_the_owners_alone_and_of_bounded_size(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(log, "LARGEST", 2_000)
        for number in range(200):
            logging.getLogger("bok").error("line %s", number)
        files = sorted(path.parent.iterdir())
        assert [file.name for file in files] == ["bok.log", "bok.log.1"]
        for file in files:
            assert file.stat().st_size < 3_000
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "line 199" in "".join(file.read_text() for file in files)

    def test_two_writers_share_a_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(log, "LARGEST", 500)
        one, other = log.PrivateFile(path), log.PrivateFile(path)
        for handler in (one, other):
            handler.setFormatter(log.JsonLines())
        for number in range(50):
            record = logging.LogRecord("bok", logging.ERROR, "", 0, "line %s", (number,), None)
            (one if number % 2 else other).emit(record)
        for file in path.parent.iterdir():
            for line in file.read_text().splitlines():
                json.loads(line)

    def test_a_log_that_cannot_be_written_stops_nothing(self, capfd: pytest.CaptureFixture[str]) -> None:
        log.set_up(Path("/proc/nowhere/bok.log"))
        logging.getLogger("bok").error("unheard")
        assert capfd.readouterr() == ("", "")

    def test_warnings_of_libraries_stay_off_the_screen(
        self, path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(False)  # `catch_warnings` has undone it behind its back
            log.set_up(path)
            warnings.warn("old age", stacklevel=1)
            logging.captureWarnings(False)
        assert "old age" in path.read_text()
        assert capfd.readouterr() == ("", "")
