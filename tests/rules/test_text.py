"""Text from people: in clean, out safe."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.rules.text import (
    _visible,
    all_plain,
    clean,
    clean_line,
    csv_safe,
    fold,
    polish_key,
    safe_file_name,
    safe_terminal,
)

HOSTILE = [
    "[red]x[/red]",
    "x[/]",
    "\x1b]0;t\x07",
    "\x1b[2J",
    "\x1b[6n",
    "\x9b2J",
    "a\0b",
    "a\x7fb",
    "\u202eabc",
    "a\u200bb",
    "x" * 10_000,
    "e" + "\u0301" * 2000,
    "\ud800",
    "👩\u200d👩\u200d👧",
    "שלום",
    "a\r\nBcc: b",
    "=HYPERLINK(1)",
    "../../x",
    "CON",
    "%s%n",
    "{0.__class__}",
    "' OR 1=1--",
]
ANY = st.text(st.characters(), max_size=40) | st.sampled_from(HOSTILE)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Żaneta  ", "Żaneta"),
        ("z\u0307o\u0301łw", "żółw"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\u200b\u202eb\ufeff", "ab"),
        ("a\ud800b", "ab"),
        ("\x07", ""),
        ("[/x] =1+1", "[/x] =1+1"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed, 100) == kept


def test_clean_refuses_what_does_not_fit() -> None:
    assert clean("x" * 120, 120) == "x" * 120
    with pytest.raises(WrongInput, match="121 characters, 120 fit"):
        clean("x" * 121, 120)


def test_clean_keeps_few_marks_on_a_letter() -> None:
    assert len(clean("q" + "\u0301" * 2000, 100)) == 5


def test_a_line_has_no_breaks() -> None:
    assert clean_line(" ul.\tLipowa\r\n 4 ", 40) == "ul. Lipowa 4"


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text, 20_000)
    assert clean(once, 20_000) == once
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in once if char not in "\n\t")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Żółw", "zolw"),
        ("ŁUKASZ", "lukasz"),
        ("Łódź", "lodz"),
        ("Nowak-Łęcka", "nowak lecka"),
        ("  ul.  Lipowa 4/12 ", "ul lipowa 4 12"),
        ("KOWAL-BUD sp. z o.o.", "kowal bud sp z o o"),
        ("O'Brien", "o brien"),
        ("Straße Øre Đuro", "strasse ore duro"),
        ("ＡＢＣ", "abc"),
        ("ﬁt ²", "fit 2"),
        ("İstanbul", "istanbul"),
        ("Жук", "жук"),
        ("!?", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_folding_knows_no_case_or_composition(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text).isascii() or fold(text) == fold(text).casefold()


def test_polish_order() -> None:
    names = ["Cebula", "Ćma", "Dąb", "Lis", "Ławski", "Łoś", "Nowak", "Zając", "Źdźbło", "Żak"]
    mixed = names[::-1]
    assert sorted(mixed, key=polish_key) == names


@pytest.mark.parametrize(
    "order",
    [
        ["Nowak", "Nowak Anna", "Nowakowa"],
        ["Nowak", "Nowak-Łęcka", "Nowakowa"],
        ["2", "A", "ą", "b"],
        ["muller", "Müller Anna", "mullerowa"],
        ["Żak", "Жук"],
    ],
)
def test_more_of_polish_order(order: list[str]) -> None:
    mixed = order[::-1]
    assert sorted(mixed, key=polish_key) == order


def test_polish_keys_are_ascii() -> None:
    assert polish_key("Zażółć gęślą jaźń").isascii()


@given(ANY)
def test_case_does_not_matter_for_order(text: str) -> None:
    assert polish_key(text) == polish_key(unicodedata.normalize("NFD", text))


@given(ANY)
def test_nothing_reaches_the_terminal_but_text(text: str) -> None:
    safe = safe_terminal(text)
    assert len(safe) == len(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in safe if char not in "\n\t")


def test_plain_text_passes_the_terminal() -> None:
    assert safe_terminal("Zażółć [/x] ▁▂▃ 12 m³\n") == "Zażółć [/x] ▁▂▃ 12 m³\n"
    assert safe_terminal("a\x1b[2J\u202eb") == "a\ufffd[2J\ufffdb"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("potwierdzenie P/2026/000118", "potwierdzenie-P-2026-000118.pdf"),
        ("Żółw Łódź", "Zolw-Lodz.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("-rf", "rf.pdf"),
        (".ukryty", "ukryty.pdf"),
        ("CON", "_CON.pdf"),
        ("lpt1.x", "_lpt1.x.pdf"),
        ("", "document.pdf"),
        ("\0\n", "document.pdf"),
        ("Жук", "document.pdf"),
    ],
)
def test_file_names(stem: str, name: str) -> None:
    assert safe_file_name(stem, ".pdf") == name


@given(ANY | st.sampled_from(["nul", "com1", "aux.txt", "prn" * 60, "COM9.a"]))
def test_every_file_name_is_safe(stem: str) -> None:
    name = safe_file_name(stem, ".pdf")
    assert name.isascii()
    assert len(name) <= 100
    assert "/" not in name
    assert "\\" not in name
    assert name[0] not in "-."
    assert name.endswith(".pdf")
    assert name.split(".")[0].casefold() not in {"con", "prn", "aux", "nul", "com1", "com9", "lpt1"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r\n", "\0=1", "＝1", "\u200b=1"])
def test_formulas_are_disarmed(text: str) -> None:
    assert csv_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Lis", "a=b", "'=1", "ul. Lipowa 4", "600 123 456"])
def test_other_cells_stay(text: str) -> None:
    assert csv_safe(text) == text


@given(ANY)
def test_the_quick_way_through_cleaning_changes_nothing(text: str) -> None:
    slow = text.replace("\r\n", "\n").replace("\r", "\n")
    slow = unicodedata.normalize("NFC", _visible(unicodedata.normalize("NFC", slow))).strip()
    assert clean(text, 20_000) == slow


CELLS = st.text(
    st.one_of(st.characters(), st.sampled_from("|ab1 =+-@\t\r\n\0＝\xa0\xad\u200b\u202e\U000e0041"))
)


@given(st.lists(CELLS, max_size=6))
def test_texts_that_are_all_plain_need_nothing_done(texts: list[str]) -> None:
    if all_plain(texts):
        assert [csv_safe(safe_terminal(text)) for text in texts] == texts


def test_names_and_numbers_are_plain_and_one_formula_among_them_is_not() -> None:
    usual = ["Żółw-Łęcka Ewa", "", "100234", "FAK/202610/0000001", "a=b|c"]
    assert all_plain(usual)
    assert not any(
        all_plain([*usual[:2], text, *usual[2:]]) for text in ("=1", "|=1", " -1", "\u200b=1", "a\x1b")
    )
