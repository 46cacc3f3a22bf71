"""Where things are kept without BOK_HOME: where the platform keeps such things."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from db.settings import find_folders

NAMES = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")


@pytest.mark.parametrize("given", [{}, dict.fromkeys(NAMES, "/srv/xdg"), dict.fromkeys(NAMES, " ")])
def test_the_short_way_is_the_platforms_way(
    given: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {"HOME": str(tmp_path), **given}
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    dirs = PlatformDirs("bok", appauthor=False)
    found = find_folders(environment)
    assert (found.data, found.state, found.config) == (
        dirs.user_data_path,
        dirs.user_state_path,
        dirs.user_config_path,
    )
