"""What was found in a text: its states, and the numbers that it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.inbox.numbers import Literal
from db.rules.inbox.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class State:
    """A number that is the state of a meter."""

    literal: Literal
    first: int
    """Piece where the words that tell so begin."""
    sure: bool
    """The words say so; else it only stands where a state would stand."""
    verdict: Verdict
    subject: bool = False
    """It stands in the subject."""
    day: str = ""
    """The day that is said of just this number, in ISO form."""
    doubt: bool = False
    """The writer asks or is not certain."""
    month: str = ""
    """The month of a past one: `lipcu`."""

    @property
    def value(self) -> str:
        """The state as a string."""
        return self.literal.state

    @property
    def left_over(self) -> bool:
        """It is the only number that nothing else explains; no word says that it is a state."""
        return self.verdict is Verdict.NONE


@dataclass(frozen=True, slots=True)
class Found:
    """The states of a text, and what of its numbers they leave open."""

    states: list[State]
    unexplained: list[Literal]
    """Numbers of which no word says what else they are, in order."""
    bare: list[State]
    """What stands where states would where no word tells of any: an answer of nothing but numbers."""
    cut: bool
    """There are more numbers than are looked at."""
