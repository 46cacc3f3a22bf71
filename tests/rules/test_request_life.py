"""The life of a request as a table: every state x event, for every kind, allowed or refused."""

from __future__ import annotations

from itertools import product

import pytest

from db.records.people import Role
from db.records.requests import FOUR_EYES, OPEN_STATES, RequestEvent, RequestKind, RequestState
from db.rules.request_life import EVENT_WORDS, No, deciding_refusal, may_apply_at_once, outcome

#            subm take back ask  came appr appl rej  with supe deem
TABLE = """
-            S    .    .    .    .    .    .    .    .    .    .
submitted    .    R    .    N    .    A    .    X    W    U    A
in_review    .    R    S    N    .    A    .    X    W    U    A
needs_info   .    .    .    N    S    .    .    X    W    U    A
approved     .    .    S    .    .    .    P    .    W    U    .
applied      .    .    .    .    .    .    .    .    .    .    .
rejected     .    .    .    .    .    .    .    .    .    .    .
withdrawn    .    .    .    .    .    .    .    .    .    .    .
superseded   .    .    .    .    .    .    .    .    .    .    .
"""
"""What follows from each state and event, written by hand; a dot is a refusal."""
LETTERS = dict(zip("SRNAPXWU", RequestState, strict=True))


def written() -> dict[tuple[RequestState | None, RequestEvent], RequestState | None]:
    """Return the table above."""
    found: dict[tuple[RequestState | None, RequestEvent], RequestState | None] = {}
    for line in TABLE.strip().splitlines():
        name, *cells = line.split()
        state = None if name == "-" else RequestState(name)
        for event, cell in zip(RequestEvent, cells, strict=True):
            found[state, event] = LETTERS.get(cell)
    return found


def expected(state: RequestState | None, event: RequestEvent, kind: RequestKind) -> RequestState | None:
    """Return what the table says, but for where a complaint is another."""
    complaint = kind is RequestKind.COMPLAINT
    if event is RequestEvent.DEEM_ACCEPTED and not complaint:
        return None
    if complaint and (
        event is RequestEvent.SUPERSEDE or (state, event) == (RequestState.APPROVED, RequestEvent.GIVE_BACK)
    ):
        return None
    return written()[state, event]


def test_every_state_and_event_of_every_kind_is_as_written() -> None:
    states = (None, *RequestState)
    assert len(written()) == len(states) * len(RequestEvent)
    for kind, state, event in product(RequestKind, states, RequestEvent):
        found = outcome(state, event, kind)
        wanted = expected(state, event, kind)
        if wanted is None:
            assert isinstance(found, No), (kind, state, event, found)
            assert found.message % {"request": "W/2026/00001"}, "a refusal says why"
        else:
            assert found is wanted, (kind, state, event)


def test_whatever_is_open_can_be_closed_and_what_is_closed_stays_so() -> None:
    for state, event in product(RequestState, RequestEvent):
        if state not in OPEN_STATES:
            assert isinstance(outcome(state, event, RequestKind.NAME), No)
    for state in OPEN_STATES:
        assert outcome(state, RequestEvent.WITHDRAW, RequestKind.NAME) is RequestState.WITHDRAWN


def test_every_event_has_words() -> None:
    assert set(EVENT_WORDS) == set(RequestEvent)


@pytest.mark.parametrize("kind", list(RequestKind))
@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("level", [0, 2, 3])
def test_who_may_decide(kind: RequestKind, role: Role, own: bool, level: int) -> None:
    refusal = deciding_refusal(
        kind, role=role, actor_id=7, submitted_by=7 if own else 8, verified_level=level
    )
    if kind in FOUR_EYES:
        allowed = role is Role.SUPERVISOR and not own
    else:
        allowed = kind is RequestKind.COMPLAINT or not own or level == 3
    assert (refusal is None) is allowed


def test_what_one_person_applies_alone() -> None:
    alone = {kind for kind in RequestKind if may_apply_at_once(kind)}
    assert alone == set(RequestKind) - FOUR_EYES - {RequestKind.COMPLAINT}


def test_who_entered_a_batch_is_no_other_pair_of_eyes() -> None:
    for kind, refused in ((RequestKind.NAME, True), (RequestKind.PHONE, False)):
        told = deciding_refusal(
            kind, role=Role.SUPERVISOR, actor_id=7, submitted_by=None, entered_by=7, verified_level=0
        )
        assert (told is not None) is refused
