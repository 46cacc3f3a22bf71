"""Values half hidden, and logs without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.masking import mask_email, mask_pesel, mask_phone, redact


def test_masks() -> None:
    assert mask_pesel("44051401359") == "44*******59"
    assert mask_phone("+48600123456") == "600 *** 456"
    assert mask_phone("+48338124567") == "33 *** 45 67"
    assert mask_phone("+4930901820") == "*** 820"
    assert mask_email("zaneta@example.com") == "z***@example.com"


def test_what_has_no_form_is_hidden_whole() -> None:
    assert mask_pesel("4405") == "*" * 11
    assert mask_phone("112") == "***"
    assert mask_email("zaneta") == "***"


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("pesel 44051401359 saved", "pesel [PESEL] saved"),
        ("PESEL=44051401359,", "PESEL=[PESEL],"),
        ("PESEL44051401359", "PESEL[PESEL]"),
        ("to zaneta.k@example.com.", "to [e-mail]"),
        ("tel 600123456", "tel [phone]"),
        ("tel 600 123 456 or 600-123-456", "tel [phone] or [phone]"),
        ("tel +48 600 123 456, +48600123456", "tel [phone], [phone]"),
        ("tel 33 812 45 67 (33) 812 45 67", "tel [phone] [phone]"),
        ("00 48 600 123 456", "[phone]"),
        ("+4930901820", "[phone]"),
        ("account 61109010140000071219812874", "account [account]"),
        ("PL61 1090 1014 0000 0712 1981 2874", "[account]"),
    ],
)
def test_redacted(line: str, clean: str) -> None:
    assert redact(line) == clean


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-22 10:41:33,123 INFO reading 118 of meter 81234567: 00487 m³",
        "client 102481 contact K/2026/0008812",
        "2026-11-22T10:41:33.123456+00:00",
        "127.0.0.1:5432",
    ],
)
def test_kept(line: str) -> None:
    assert redact(line) == line


@given(st.text(max_size=20), st.integers(10**10, 10**11 - 1), st.text(max_size=20))
def test_no_pesel_gets_through(before: str, pesel: int, after: str) -> None:
    assert str(pesel) not in redact(f"{before} {pesel} {after}")


@given(st.text(max_size=60))
def test_redacting_twice_changes_nothing(text: str) -> None:
    assert redact(redact(text)) == redact(text)
