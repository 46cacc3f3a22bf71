"""Settings: what the law bounds is refused beyond it, and the README tells of every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import WrongInput
from db.settings import load_settings, setting_names

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.parametrize("days", ["14", "21", "365"])
def test_days_to_pay_are_at_least_fourteen(tmp_path: Path, days: str) -> None:
    settings = load_settings({"BOK_HOME": str(tmp_path), "BOK_PAYMENT_DAYS": days})
    assert settings.policy.payment_days == int(days)


@pytest.mark.parametrize("days", ["1", "13", "366", "1000000000"])
def test_days_to_pay_that_the_law_does_not_allow_are_refused(tmp_path: Path, days: str) -> None:
    with pytest.raises(WrongInput, match=f"payment_days is {days}; it may be 14 to 365"):
        load_settings({"BOK_HOME": str(tmp_path), "BOK_PAYMENT_DAYS": days})


def test_a_mistyped_variable_is_refused_with_the_nearest_names(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=r"sets BOK_IDLE_LOCK.* Nearest: BOK_IDLE_LOCK_MINUTES,") as caught:
        load_settings({"BOK_HOME": str(tmp_path), "BOK_IDLE_LOCK": "5"})
    assert str(caught.value).count("BOK_") == 4  # itself and three others


def test_a_mistyped_line_of_the_file_is_refused_with_the_nearest_names(tmp_path: Path) -> None:
    file = tmp_path / "config" / "bok.toml"
    file.parent.mkdir()
    file.write_text('langage = "en"\n', encoding="utf-8")
    with pytest.raises(WrongInput, match=r"there is no setting langage. Nearest: lang,"):
        load_settings({"BOK_HOME": str(tmp_path)})


def test_the_readme_tells_of_every_setting_in_order() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    told = [line.split("`")[1] for line in lines if line.startswith("| `") and line.count("|") == 4]
    assert [name for name in told if name in setting_names()] == list(setting_names())
