"""How well mail is understood: each field right or wrong, and the proposals that an agent would get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from db.records.incoming import Understood
from db.rules.inbox.source import read_source
from db.rules.inbox.understanding import understand
from tests.inbox.corpus import CorpusMessage, Expected, plain_readings, proposals_of

FIELDS = ("intent", "client_number", "invoice_number", "phone", "readings", "taken_on", "sufficient")


@dataclass(slots=True)
class Score:
    """What was found of one field over many messages."""

    right: int = 0
    """Found and expected."""
    wrong: int = 0
    """Found and not expected."""
    missed: int = 0
    """Expected and not found."""

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.right / found if (found := self.right + self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 when nothing is there."""
        return self.right / there if (there := self.right + self.missed) else 1.0

    def count(self, found: Iterable[object], expected: Iterable[object]) -> None:
        """Add what was found in one message to what should have been."""
        here, there = Counter(found), Counter(expected)
        self.right += (here & there).total()
        self.wrong += (here - there).total()
        self.missed += (there - here).total()


@dataclass(slots=True)
class Scores:
    """Scores of a corpus."""

    fields: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIELDS})
    proposals: Score = field(default_factory=Score)
    """(client, meter, state) of each proposal made."""
    holding: int = 0
    """Messages that hold enough for a proposal."""
    proposed: int = 0
    """Messages that hold enough, and for which a proposal was made."""
    misses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of messages with the fields in which something is wrong or missed."""

    @property
    def coverage(self) -> float:
        """Share of the messages that hold enough for which a proposal was made."""
        return self.proposed / self.holding if self.holding else 1.0


def understood_of(raw: bytes) -> Understood:
    """Read and understand a message."""
    return understand(read_source(raw))


def score(corpus: Iterable[CorpusMessage]) -> Scores:
    """Read and understand every message of `corpus`, and compare with what is expected."""
    scores = Scores()
    for message in corpus:
        understood = understood_of(message.raw)
        made, enough = proposals_of(understood), message.expected.proposals
        scores.proposals.count(made, enough)
        scores.holding += message.expected.sufficient
        scores.proposed += message.expected.sufficient and bool(made)
        for name in FIELDS:
            found, expected = values(understood, name), values(message.expected, name)
            scores.fields[name].count(found, expected)
            if Counter(found) != Counter(expected):
                scores.misses[message.name] = (*scores.misses.get(message.name, ()), name)
    return scores


def values(of: Understood | Expected, name: str) -> tuple[object, ...]:
    """Return what `of` holds in the field `name`: nothing for None, each reading for itself."""
    if name == "readings":
        return plain_readings(of.readings) if isinstance(of, Understood) else of.readings
    value = getattr(of, name)
    if name == "sufficient":
        return ("sufficient",) if value else ()
    return () if value is None else (value,)
