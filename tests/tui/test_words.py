"""The Polish catalogue is whole and fits its parameters; numbers and days as people here write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from hypothesis import given
from hypothesis import strategies as st

from bok_tui import formats
from bok_tui.i18n import _, choose_language, ngettext, translate_template
from db.errors import NotAllowed, WrongInput
from db.rules.verification import LEVEL_LABELS, VerificationLevel
from db.settings import load_settings
from db.words import Words
from tests import catalogue

PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)(?:![rs])?\}")


def translated() -> list[Message]:
    """Return the texts that have their Polish."""
    whole = catalogue.read()
    gaps = {str(message.id) for message in catalogue.untranslated(whole)}
    return [message for message in whole if message.id and str(message.id) not in gaps]


def test_every_text_has_its_polish() -> None:
    there = {message.id for message in catalogue.read() if message.id}
    marked = {message.id for message in catalogue.extracted() if message.id}
    assert marked - there == set(), "run: python -m tests.catalogue update"
    assert there - marked == set(), "run: python -m tests.catalogue update"
    assert [message.id for message in catalogue.untranslated(catalogue.read())] == []


def test_the_catalogue_compiled_at_start_is_the_one_that_babel_compiles() -> None:
    from bok_tui.catalogue import compile_catalogue

    ours = compile_catalogue(catalogue.SOURCE)
    for message in translated():
        if isinstance(message.id, tuple | list):
            for count, form in ((1, 0), (2, 1), (5, 2)):
                assert ours.ngettext(message.id[0], message.id[1], count) == tuple(message.string or ())[form]
        else:
            assert ours.gettext(message.id) == message.string


def test_every_translation_keeps_its_parameters() -> None:
    for message in translated():
        sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = {found for source in sources for found in PLACES.findall(source)}
        for string in map(str, strings):
            assert set(PLACES.findall(string)) == wanted, message.id
            assert "%s" not in string
            assert string.count("\n") == sources[0].count("\n") or "\n" not in sources[0], message.id


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 trafień"), (1, "1 trafienie"), (2, "2 trafienia"), (5, "5 trafień"), (12, "12 trafień"),
     (22, "22 trafienia"), (25, "25 trafień"), (112, "112 trafień")],
)  # fmt: skip
def test_polish_plurals(count: int, said: str) -> None:
    choose_language("pl")
    assert ngettext("%(count)s hit", "%(count)s hits", count) % {"count": count} == said


def test_the_language_is_chosen_and_anything_else_is_polish() -> None:
    choose_language("en")
    assert _("Search") == "Search"
    choose_language("de")
    assert _("Search") == "Szukaj"
    assert _("") == ""


def test_templates_write_days_and_numbers_their_way() -> None:
    choose_language("pl")
    shown = translate_template(
        "%(used)s m³ used and the contract ended on %(day)s. Whose water is it?",
        {"used": Decimal("1234.5"), "day": date(2026, 11, 22)},
    )
    assert shown == "Zużyto 1\u00a0234,5 m³, a umowa zakończyła się 22.11.2026. Czyja to woda?"


def test_marked_words_inside_a_sentence_are_translated_with_it() -> None:
    choose_language("pl")
    error = NotAllowed(
        "The caller is not verified for this (%(needed)s). Ask more questions first (F7).",
        needed=Words(LEVEL_LABELS[VerificationLevel.L2]),
    )
    assert "(saldo i dokumenty)" in translate_template(error.message, error.params)
    assert "(balance and documents)" in str(error)
    typed = translate_template(error.message, {"needed": "balance and documents"})
    assert "(balance and documents)" in typed  # what people typed is nobody's to translate


def test_a_setting_that_cannot_be_read_is_told_in_one_language(tmp_path: Path) -> None:
    choose_language("pl")
    with pytest.raises(WrongInput) as wrong:
        load_settings({"BOK_HOME": str(tmp_path), "BOK_FPS": "fast"})
    told = translate_template(wrong.value.message, wrong.value.params)
    assert "liczby całkowitej od 1" in told
    assert "whole number" not in told


def test_a_translation_that_does_not_fit_falls_back_to_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bok_tui.i18n._", lambda _message: "%(other)s")
    assert translate_template("Code: %(code)s", {"code": "X"}) == "Code: X"


@pytest.mark.parametrize(
    ("value", "places", "polish", "english"),
    [
        (Decimal("-1234567.5"), 2, "-1\u00a0234\u00a0567,50", "-1,234,567.50"),
        (Decimal("0.005"), 2, "0,01", "0.01"),
        (Decimal("12"), None, "12", "12"),
        (999, None, "999", "999"),
        (1000, None, "1\u00a0000", "1,000"),
    ],
)
def test_numbers(value: Decimal | int, places: int | None, polish: str, english: str) -> None:
    assert formats.number(value, "pl", places=places) == polish
    assert formats.number(value, "en", places=places) == english


def test_money_volume_days_and_times() -> None:
    assert formats.money(Decimal("-1234.5")) == "-1\u00a0234,50\u00a0zł"
    assert formats.money(Decimal("13.82"), "en") == "PLN\u00a013.82"
    assert formats.volume(Decimal("4.1")) == "4,1\u00a0m³"
    assert formats.day(date(2026, 2, 3)) == "03.02.2026"
    assert formats.day(date(2026, 2, 3), "en") == "3\u00a0Feb\u00a02026"
    assert formats.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02.07.2026\u00a000:30"
    assert [formats.duration(s) for s in (-1, 42, 3723)] == ["00:00", "00:42", "1:02:03"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_a_polish_number_says_what_it_is(value: Decimal) -> None:
    text = formats.number(value, "pl")
    assert Decimal(text.replace(formats.GAP, "").replace(",", ".")) == value
