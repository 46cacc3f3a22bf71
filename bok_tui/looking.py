"""Looks something up while a field is typed: the newest question counts, keys that need the answer wait."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import events

from bok_tui.searching import EDITING
from bok_tui.type_ahead import TypedEvent

if TYPE_CHECKING:
    from bok_tui.asking import Asking
    from db.office import Office

Q = TypeVar("Q")
A = TypeVar("A")


class Looking(Generic[Q, A]):
    """The questions of one form; at most one is under way, and only the newest answer is shown."""

    def __init__(
        self, form: Asking, work: Callable[[Office, Q], A], show: Callable[[A | None], object]
    ) -> None:
        """`show` gets None where there is nothing to ask, and where the question was refused."""
        self._form = form
        self._work = work
        self._show = show
        self._wanted: Q | None = None
        self._under_way = False

    def ask(self, question: Q | None, contact_id: int | None) -> None:
        """Ask this instead of what was asked before; None asks nothing any more."""
        self._wanted = question
        if question is None:
            self._show(None)
        elif not self._under_way:
            self._begin(question, contact_id)

    def _begin(self, question: Q, contact_id: int | None) -> None:
        self._under_way = True
        answered = partial(self._answered, question, contact_id)
        self._form.ask(
            lambda office: self._work(office, question),
            answered,
            refused=lambda _error: answered(None),
            failed=partial(answered, None),
            contact_id=contact_id,
            passes=_is_editing,
            group="look-up",
        )

    def _answered(self, question: Q, contact_id: int | None, answer: A | None) -> None:
        self._under_way = False
        if self._wanted is not None and self._wanted != question:
            self._begin(self._wanted, contact_id)
            return
        if self._wanted == question:
            self._show(answer)


def _is_editing(event: TypedEvent) -> bool:
    return isinstance(event, events.Paste) or event.is_printable or event.key in EDITING
