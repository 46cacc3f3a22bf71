"""Whose a message is: the table of its clues, and the law that no clue is overruled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.incoming import Certainty, ClientClue, MailIntent, StatedReading, Understood
from db.rules.inbox.whose import Clues, KnownTo, Trail, clues_of, decide, sender_known, trails_of

A, B = "100001", "100002"
NUMBER, METER, INVOICE = ClientClue.CLIENT_NUMBER, ClientClue.METER, ClientClue.INVOICE
SENDER, CONFIRMED, PHONE = ClientClue.SENDER, ClientClue.CONFIRMED_SENDER, ClientClue.PHONE
SURE, LIKELY = Certainty.SURE, Certainty.LIKELY
CONTRADICTION, UNKNOWN = Certainty.CONTRADICTION, Certainty.UNKNOWN


def trail(clue: ClientClue, *clients: str) -> Trail:
    return Trail(clue, frozenset(clients))


@pytest.mark.parametrize(
    ("trails", "certainty", "client", "how"),
    [
        ([], UNKNOWN, None, None),
        ([trail(NUMBER, A)], LIKELY, A, NUMBER),
        ([trail(METER, A)], LIKELY, A, METER),
        ([trail(NUMBER, A), trail(METER, A), trail(INVOICE, A)], LIKELY, A, NUMBER),
        ([trail(PHONE, A)], LIKELY, A, PHONE),
        ([trail(SENDER, A)], LIKELY, A, SENDER),
        ([trail(SENDER, A), trail(PHONE, A)], LIKELY, A, SENDER),
        ([trail(SENDER, A), trail(NUMBER, A)], SURE, A, NUMBER),
        ([trail(SENDER, A), trail(METER, A)], SURE, A, METER),
        ([trail(SENDER, A), trail(INVOICE, A)], SURE, A, INVOICE),
        ([trail(CONFIRMED, A), trail(SENDER, A)], SURE, A, CONFIRMED),
        ([trail(CONFIRMED, A), trail(SENDER, A), trail(NUMBER)], LIKELY, A, CONFIRMED),
        ([trail(CONFIRMED, A), trail(SENDER, A), trail(METER)], LIKELY, A, CONFIRMED),
        ([trail(NUMBER)], UNKNOWN, None, None),
        ([trail(NUMBER, A), trail(METER, B)], CONTRADICTION, None, None),
        ([trail(CONFIRMED, A), trail(SENDER, A), trail(NUMBER, B)], CONTRADICTION, None, None),
        ([trail(CONFIRMED, A), trail(SENDER, A), trail(METER, B)], CONTRADICTION, None, None),
        ([trail(SENDER, A), trail(PHONE, B)], CONTRADICTION, None, None),
        ([trail(METER, A), trail(METER, B)], CONTRADICTION, None, None),
        # an address that a couple shares: the number tells which of them
        ([trail(SENDER, A, B)], UNKNOWN, None, None),
        ([trail(CONFIRMED, A), trail(SENDER, A, B)], UNKNOWN, None, None),
        ([trail(SENDER, A, B), trail(NUMBER, B)], SURE, B, NUMBER),
        ([trail(CONFIRMED, A), trail(SENDER, A, B), trail(METER, B)], SURE, B, METER),
    ],
)
def test_the_table(
    trails: list[Trail], certainty: Certainty, client: str | None, how: ClientClue | None
) -> None:
    found = decide(trails)
    assert (found.certainty, found.client_number, found.how) == (certainty, client, how)
    assert sender_known(found.clues, client) is any(
        each.clue in (SENDER, CONFIRMED) and client in each.clients for each in trails
    )


@given(
    st.lists(
        st.builds(
            Trail,
            st.sampled_from([NUMBER, METER, INVOICE, SENDER, PHONE]),
            st.frozensets(st.sampled_from([A, B, "1234"]), max_size=2),
        ),
        max_size=6,
    )
)
def test_no_trail_is_overruled(trails: list[Trail]) -> None:
    found = decide(trails)
    if found.client_number is not None:
        assert all(found.client_number in each.clients for each in trails if each.clients)
    shown = {(clue, client) for clue, client in found.clues}
    assert shown == {(each.clue, client) for each in trails for client in each.clients or {""}}


def test_a_confirmed_sender_is_told_once() -> None:
    found = decide([trail(CONFIRMED, A), trail(SENDER, A)])
    assert found.clues == ((CONFIRMED, A),)


def test_clues_are_looked_up_without_separators() -> None:
    understood = Understood(
        MailIntent.READING,
        client_number="100 001",
        invoice_number="fak/202611/1",
        meters=("8123 4567", "81234567", "bm-12"),
        readings=(StatedReading("7.000.001", None, "4", "4"),),
    )
    clues = clues_of("a@example.org", understood)
    assert clues == Clues("a@example.org", A, ("81234567", "BM12", "7000001"), "FAK/202611/1", "")


def test_a_number_of_nobody_leaves_an_empty_trail_and_an_old_invoice_none() -> None:
    found = trails_of(Clues("x@example.org", A, ("1",), "FAK/1", "600"), KnownTo())
    assert found == (trail(NUMBER), trail(METER))
