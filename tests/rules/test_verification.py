"""The score card of a caller."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.verification import (
    LEVEL_LABELS,
    LOCK_MESSAGES,
    NEEDED,
    POINTS,
    QUESTION_LABELS,
    Attempt,
    Limits,
    Lock,
    Question,
    VerificationLevel,
    verify,
)

L0, L1, L2, L3 = VerificationLevel
NUMBER, ADDRESS, NAME, METER, DATE, PESEL, CALL = Question


def right(*questions: Question) -> list[Attempt]:
    return [Attempt(question, True) for question in questions]


def wrong(*questions: Question) -> list[Attempt]:
    return [Attempt(question, False) for question in questions]


@pytest.mark.parametrize(
    ("attempts", "level", "score"),
    [
        pytest.param([], L0, 0, id="nothing asked"),
        pytest.param(right(NUMBER), L0, 1, id="number alone"),
        pytest.param(right(METER), L0, 2, id="meter alone"),
        pytest.param(right(NUMBER, METER), L1, 3, id="number and meter"),
        pytest.param(right(NUMBER, DATE), L0, 3, id="three points without the meter"),
        pytest.param(right(NUMBER, ADDRESS, NAME), L0, 3, id="three weak ones"),
        pytest.param(right(NUMBER, METER, NAME), L2, 4, id="four points"),
        pytest.param(right(METER, DATE), L2, 4, id="two medium ones"),
        pytest.param(right(PESEL), L0, 3, id="one strong answer is one answer"),
        pytest.param(right(PESEL, NAME), L2, 4, id="a strong and a weak one"),
        pytest.param(right(PESEL, METER), L2, 5, id="five points"),
        pytest.param(right(NUMBER, METER, PESEL), L3, 6, id="six points, one strong"),
        pytest.param(right(PESEL, CALL), L3, 6, id="two strong ones"),
        pytest.param(right(NUMBER, ADDRESS, NAME, METER, DATE), L2, 7, id="seven points, none strong"),
        pytest.param(right(NUMBER, NUMBER, NUMBER, METER), L1, 3, id="a question counts once"),
        pytest.param([*right(NUMBER, METER), *wrong(NAME)], L0, 3, id="a wrong answer asks for two more"),
        pytest.param([*right(NUMBER, METER, DATE), *wrong(NAME)], L1, 5, id="and they are given"),
        pytest.param([*right(NUMBER, METER, PESEL), *wrong(NAME)], L2, 6, id="level 3 lost by a wrong one"),
        pytest.param([*right(NUMBER, METER, DATE, PESEL), *wrong(NAME)], L3, 8, id="level 3 won back"),
        pytest.param([*wrong(METER), *right(NUMBER, METER, DATE)], L0, 3, id="no second try at a question"),
        pytest.param(
            [*right(METER, NUMBER), *wrong(METER)], L0, 1, id="a wrong one takes the right one back"
        ),
    ],
)
def test_levels(attempts: list[Attempt], level: VerificationLevel, score: int) -> None:
    state = verify(attempts)
    assert (state.level, state.score) == (level, score)
    assert not state.locked


def test_three_wrong_answers_lock_the_client() -> None:
    state = verify([*right(NUMBER, METER, PESEL, CALL), *wrong(NAME, NAME, ADDRESS)])
    assert (state.lock, state.level, state.failures) == (Lock.CLIENT, L0, 3)


def test_wrong_answers_of_other_contacts_count() -> None:
    assert verify(wrong(NAME), client_failures_before=2).lock is Lock.CLIENT
    assert verify(right(NUMBER, METER), client_failures_before=3).lock is Lock.CLIENT
    assert verify(right(NUMBER, METER), client_failures_before=2).level is L1


def test_an_agent_who_takes_many_wrong_answers_is_stopped() -> None:
    limits = Limits(agent_failures=10)
    assert verify(wrong(NAME), agent_failures_before=9, limits=limits).lock is Lock.AGENT
    assert verify(right(NUMBER, METER), agent_failures_before=9, limits=limits).level is L1


def test_limits_are_settings() -> None:
    assert not verify(wrong(NAME, NAME, NAME), limits=Limits(client_failures=5)).locked


@pytest.mark.parametrize(
    ("attempts", "level", "asked"),
    [
        pytest.param([], L1, (NUMBER, METER), id="from nothing to a reading"),
        pytest.param(right(NUMBER), L1, (METER,), id="the meter is missing"),
        pytest.param(right(NUMBER, METER), L2, (ADDRESS,), id="one weak question more"),
        pytest.param(right(NUMBER, METER), L3, (PESEL,), id="a strong one"),
        pytest.param([*right(NUMBER, METER), *wrong(NAME)], L1, (DATE,), id="the extra one"),
        pytest.param(right(NUMBER, METER), L1, (), id="reached"),
    ],
)
def test_advice(attempts: list[Attempt], level: VerificationLevel, asked: tuple[Question, ...]) -> None:
    advice = verify(attempts).missing_for(level)
    assert advice.questions == asked
    assert advice.message % advice.params


def test_advice_asks_only_what_the_client_can_answer() -> None:
    state = verify(right(NUMBER, METER))
    without_pesel = [question for question in Question if question is not PESEL]
    assert state.missing_for(L3, available=without_pesel).questions == (CALL,)
    weak = state.missing_for(L3, available=[NUMBER, METER, ADDRESS, NAME])
    assert weak.questions == ()
    assert "ID card" in weak.message


def test_advice_when_locked() -> None:
    advice = verify(wrong(NAME, NAME, NAME)).missing_for(L1)
    assert (advice.questions, advice.message) == ((), LOCK_MESSAGES[Lock.CLIENT])


def test_everything_has_words_and_points() -> None:
    assert set(QUESTION_LABELS) == set(POINTS) == set(Question)
    assert set(LEVEL_LABELS) == set(NEEDED) == set(VerificationLevel)
    assert set(LOCK_MESSAGES) == set(Lock)


ATTEMPTS = st.lists(st.builds(Attempt, st.sampled_from(Question), st.booleans()), max_size=8)
NO_LOCK = Limits(client_failures=99, agent_failures=99)


@given(ATTEMPTS, st.sampled_from(Question), st.integers(0, 8))
def test_a_wrong_answer_never_raises_the_level(
    attempts: list[Attempt], question: Question, place: int
) -> None:
    more = [*attempts[:place], Attempt(question, False), *attempts[place:]]
    for limits in (Limits(), NO_LOCK):
        assert verify(more, limits=limits).level <= verify(attempts, limits=limits).level


@given(ATTEMPTS, st.sampled_from(Question))
def test_a_right_answer_never_lowers_the_level(attempts: list[Attempt], question: Question) -> None:
    more = [*attempts, Attempt(question, True)]
    assert verify(more, limits=NO_LOCK).level >= verify(attempts, limits=NO_LOCK).level


@given(ATTEMPTS)
def test_every_level_stands_on_two_answers_and_its_points(attempts: list[Attempt]) -> None:
    state = verify(attempts, limits=NO_LOCK)
    if state.level > L0:
        assert len(state.correct) >= 2
        assert not state.correct & state.spent
        assert state.score >= NEEDED[state.level] + 2 * state.failures


@given(ATTEMPTS, st.sampled_from(VerificationLevel))
def test_advice_leads_where_it_says(attempts: list[Attempt], level: VerificationLevel) -> None:
    state = verify(attempts)
    advice = state.missing_for(level)
    if advice.questions:
        assert verify([*attempts, *right(*advice.questions)]).level >= level
        assert verify([*attempts, *right(*advice.questions[1:])]).level < level
