"""What a caller says against what is stored."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules import answers
from db.rules.answers import matches, pesel_digits, pesel_positions, readable
from db.rules.masking import mask_pesel
from db.rules.verification import Question

Q = Question
HOME = "ul. Lipowa 4/12\n43-400 Przykładowo"


@pytest.mark.parametrize(
    ("question", "stored", "answer"),
    [
        (Q.CLIENT_NUMBER, "012345", "012 345"),
        (Q.ADDRESS, "ul. Lipowa 4 m. 12", "lipowa 4/12"),
        (Q.ADDRESS, HOME, "Lipowa 4/12"),
        (Q.ADDRESS, HOME, "ulica Lipowa 4 m 12 Przykladowo"),
        (Q.ADDRESS, HOME, "ul lipowa 4m12, 43-400 Przykładowo"),
        (Q.ADDRESS, "ul. Lipowa 4/12, 43-400 Przykładowo", "lipowa 4 12"),
        (Q.ADDRESS, "ul. Adama Mickiewicza 5", "mickiewicza 5"),
        (Q.ADDRESS, "ul. Lipowa 4A/2", "lipowa 4 a m. 2"),
        (Q.ADDRESS, "ul. 3 Maja 5", "3 maja 5"),
        (Q.ADDRESS, "os. Słoneczne 7/3", "słoneczne 7 m 3"),
        (Q.ADDRESS, "Dolna 7\n43-400 Dolna", "dolna 7"),
        (Q.NAME, "Kowalska Żaneta", "żaneta kowalska"),
        (Q.NAME, "Kowalska Żaneta", "KOWALSKA ZANETA"),
        (Q.NAME, "Nowak-Łęcka Anna", "anna nowak lecka"),
        (Q.NAME, "KOWAL-BUD sp. z o.o.", "kowal bud"),
        (Q.NAME, "KOWAL-BUD sp. z o.o.", "Kowal-Bud spółka z ograniczoną odpowiedzialnością"),
        (Q.METER_NUMBER, "81234567", "81 234 567"),
        (Q.METER_NUMBER, "081234567", "81234567"),
        (Q.METER_NUMBER, "ab-12", "AB12"),
        (Q.CONTRACT_DATE, "2014-03-14", "14.03.2014"),
        (Q.CONTRACT_DATE, "2014-03-14", "14032014"),
        (Q.CONTRACT_DATE, "2014-03-14", "14.3.14"),
        (Q.CONTRACT_DATE, "1999-03-14", "14.03.99"),
        (Q.PESEL_DIGITS, "359", "3 5 9"),
        (Q.CALL_BACK, "+48600123456", "600 123 456"),
    ],
)
def test_the_same(question: Question, stored: str, answer: str) -> None:
    assert matches(question, stored, answer)
    assert readable(question, answer)


@pytest.mark.parametrize(
    ("question", "stored", "answer"),
    [
        (Q.CLIENT_NUMBER, "012345", "12345"),
        (Q.CLIENT_NUMBER, "012345", "012346"),
        (Q.ADDRESS, HOME, "Lipowa"),
        (Q.ADDRESS, HOME, "4/12"),
        (Q.ADDRESS, HOME, "Przykładowo"),
        (Q.ADDRESS, HOME, "Lipowa 4"),
        (Q.ADDRESS, HOME, "Lipowa 12/4"),
        (Q.ADDRESS, HOME, "Lipowa 41/2"),
        (Q.NAME, "Kowalska Żaneta", "Kowalska"),
        (Q.NAME, "Kowalska Żaneta", "Kowalska Zofia"),
        (Q.METER_NUMBER, "81234567", "8123456"),
        (Q.CONTRACT_DATE, "2014-03-14", "14.03"),
        (Q.CONTRACT_DATE, "2014-03-14", "14.03.2015"),
        (Q.CONTRACT_DATE, "2014-03-14", "wczoraj"),
        (Q.PESEL_DIGITS, "359", "395"),
        (Q.CALL_BACK, "+48600123456", "600 123 457"),
    ],
)
def test_not_the_same(question: Question, stored: str, answer: str) -> None:
    assert not matches(question, stored, answer)


@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize(
    ("stored", "answer"), [("", ""), ("", "x"), ("x", ""), (" ", " "), ("-", "."), ("0", "")]
)
def test_nothing_never_matches(question: Question, stored: str, answer: str) -> None:
    assert not matches(question, stored, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Q.PESEL_DIGITS, "35"),
        (Q.PESEL_DIGITS, "3590"),
        (Q.PESEL_DIGITS, "abc"),
        (Q.CONTRACT_DATE, "14.03"),
        (Q.CONTRACT_DATE, "30.02.2014"),
        (Q.CALL_BACK, "600"),
        (Q.NAME, " "),
    ],
)
def test_what_is_mistyped_is_no_attempt(question: Question, answer: str) -> None:
    assert not readable(question, answer)


def test_every_form_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """An early yes would tell by its time which form fitted."""
    seen: list[str] = []
    compare = answers._equal

    def spy(left: str, right: str) -> bool:
        seen.append(left)
        return compare(left, right)

    monkeypatch.setattr(answers, "_equal", spy)
    assert matches(Q.ADDRESS, HOME, "lipowa 4/12 przykladowo")
    first = len(seen)
    assert not matches(Q.ADDRESS, HOME, "debowa 1")
    assert len(seen) == 2 * first


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(Question))
def test_comparing_is_symmetric_in_what_is_the_same(left: str, right: str, question: Question) -> None:
    assert isinstance(matches(question, left, right), bool)
    if readable(question, left) and question is not Q.ADDRESS:
        assert matches(question, left, left)


@given(st.text(max_size=30))
def test_the_digits_asked_are_neither_shown_by_the_mask_nor_the_day_of_birth(seed: str) -> None:
    asked = pesel_positions(seed)
    assert asked == pesel_positions(seed)
    assert len(set(asked)) == 3
    assert list(asked) == sorted(asked)
    shown = mask_pesel("44051401359")
    assert all(shown[place - 1] == "*" for place in asked)
    assert len({7, 8, 9} & set(asked)) >= 2, "a birthday alone answers one digit at most"
    assert all(5 <= place <= 9 for place in asked)


def test_contacts_ask_for_different_digits() -> None:
    assert len({pesel_positions(f"K/2026/{n}") for n in range(100)}) == 7


def test_digits_of_a_pesel() -> None:
    assert pesel_digits("44051401359", (7, 9, 11)) == "039"
    assert re.fullmatch(r"\d{3}", pesel_digits("44051401359", pesel_positions("K/1")))
    assert pesel_digits("", (7, 9, 11)) == ""
