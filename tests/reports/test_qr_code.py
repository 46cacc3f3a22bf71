"""The squares of a payment code are those that segno draws."""

from __future__ import annotations

import segno
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.qr_code import MASK, squares

LONGEST = 160
"""Characters of a payment's text, at most."""


def by_segno(text: str) -> list[bytes]:
    """Return the rows of the same code by the library."""
    return [bytes(row) for row in segno.make_qr(text, error="l", boost_error=False, mask=MASK).matrix]


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=LONGEST))
def test_any_ascii_text_gives_the_same_code(text: str) -> None:
    assert squares(text) == by_segno(text)


def test_every_length_gives_the_same_code() -> None:
    for length in range(1, LONGEST + 1):
        text = "".join(chr(0x21 + (7 * place + length) % 0x5E) for place in range(length - 1)) + "|"
        assert squares(text) == by_segno(text), length


@given(st.text(min_size=1, max_size=40))
def test_other_text_is_left_to_the_library(text: str) -> None:
    assert squares(text) == by_segno(text)
