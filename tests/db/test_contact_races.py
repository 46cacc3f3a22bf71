"""One agent at many desks at once: the wrong answers they take are counted together."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from db.errors import NotAllowed
from db.office import House, Office
from db.operations import contacts
from db.operations.contacts import answer_question, start_contact
from db.policy import Policy
from db.records.people import Channel
from db.work import Work
from tests.db.builders import Builder, desk, rows
from tests.one_database import ON_POSTGRES
from tests.together import barrier

DESKS = 6
ROUNDS = 5
LIMIT = 2


def wrong_answers(house: House, builder: Builder) -> list[int]:
    """Have one agent take wrong answers about many clients at once, round by round; return how many."""
    strict = replace(house, policy=Policy(agent_failures=LIMIT))
    counts = []
    with ThreadPoolExecutor(DESKS) as pool:
        for _ in range(ROUNDS):
            office = desk(strict, builder)
            calls = [
                office.do(start_contact, builder.client().number, Channel.PHONE).id for _ in range(DESKS)
            ]
            together = barrier(DESKS)

            def answer(call: int, office: Office = office, together: threading.Barrier = together) -> bool:
                together.wait()
                try:
                    office.do(answer_question, call, "contract_date", "1.01.1999")
                except NotAllowed:
                    return False
                return True

            told = list(pool.map(answer, calls))
            kept = rows(house.database, "verification_answer", f"staff_id = {office.actor.id}")
            assert sum(told) == len(kept)
            counts.append(len(kept))
    return counts


def test_the_limit_of_an_agent_holds_at_many_desks_at_once(house: House, builder: Builder) -> None:
    assert wrong_answers(house, builder) == [LIMIT] * ROUNDS


@ON_POSTGRES
def test_counted_apart_they_would_pass_it(
    house: House, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without holding the count, desks do not see each other's answers."""
    met = barrier(DESKS)

    def meet(work: Work) -> None:
        met.wait()

    monkeypatch.setattr(contacts, "_hold_own_count", meet)
    assert max(wrong_answers(house, builder)) > LIMIT
