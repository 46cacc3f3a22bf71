"""A field with a few fixed values: arrows or the value's first letter change it, nothing drops down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class ChoiceField(Widget, can_focus=True):
    """One line, `‹ phone ›`; the value is one of `choices` (value, label)."""

    DEFAULT_CSS = """
    ChoiceField { height: 1; width: auto; }
    ChoiceField:focus { background: $surface-lighten-1; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    value: reactive[str] = reactive("", layout=True)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, field: ChoiceField, value: str) -> None:
            super().__init__()
            self.field = field
            self.value = value

        @property
        def control(self) -> ChoiceField:
            """The field, for selectors."""
            return self.field

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        *,
        value: str,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.choices = tuple(choices)
        self.set_reactive(ChoiceField.value, value)

    def render(self) -> Content:
        """Return the label of the value between the signs of its keys."""
        return Content(f"‹ {dict(self.choices).get(self.value, self.value)} ›")

    def action_step(self, by: int) -> None:
        """Take the next or the previous value."""
        values = [value for value, _ in self.choices]
        self._take(values[(values.index(self.value) + by) % len(values)])

    def on_key(self, event: events.Key) -> None:
        """Take the next value whose label begins with the letter typed."""
        letter = (event.character or "").casefold()
        if not letter.isalpha():
            return
        values = [value for value, _ in self.choices]
        at = values.index(self.value)
        for value, label in (*self.choices[at + 1 :], *self.choices[: at + 1]):
            if label.casefold().startswith(letter):
                event.stop()
                self._take(value)
                return

    def _take(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))
