"""Ends a contact: the outcome by one key, the purpose as it follows from what was done."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.wording.labels import outcome_label, purpose_label
from db.records.contacts import ContactEnd, ContactState, Outcome, Purpose

OUTCOMES = tuple(Outcome)


class EndContactDialog(Dialog[ContactEnd | None]):
    """A digit ends the contact with that outcome; Enter takes the first; Esc goes on talking."""

    BINDINGS = bindings("ok", "back")
    HINTS = ("ok", "back")
    TITLE_TEXT = N_("End of the contact")
    HELP = N_(
        "A digit ends the contact with that outcome, Enter with the first one.\n"
        "The purpose follows from what was done; the arrows change it. Tab goes to a note.\n"
        "Esc goes back to the card, and the contact goes on."
    )

    def __init__(self, contact: ContactState, *, clock: str) -> None:
        """`clock` is how long the contact lasts, in words."""
        super().__init__()
        self._contact = contact
        self._clock = clock

    def compose(self) -> ComposeResult:
        """Draw the box."""
        suggested = self._contact.suggested_purpose
        with Vertical(classes="box"):
            yield Static(
                plain(_("End of the contact %(number)s") % {"number": self._contact.number}), classes="title"
            )
            yield Static(plain(self._clock), classes="text")
            with Horizontal(classes="field"):
                yield Label(plain(_("Purpose")))
                yield ChoiceField(
                    [(purpose.value, purpose_label(purpose)) for purpose in Purpose],
                    value=(suggested or Purpose.INFORMATION).value,
                )
                derived = _("from what was done") if suggested else _("nothing recorded; change it with ← →")
                yield Label(plain(derived), classes="muted")
            yield Static(
                Content("\n").join(
                    Content.assemble((f"  {digit}  ", "bold $accent"), (outcome_label(outcome), ""))
                    for digit, outcome in enumerate(OUTCOMES, start=1)
                ),
                classes="options",
            )
            with Horizontal(classes="field"):
                yield Label(plain(_("Note")))
                yield Field(id="note", max_length=2000)
            yield KeyHints()

    def on_mount(self) -> None:
        """The arrows change the purpose from the start."""
        self.query_one(ChoiceField).focus()

    @property
    def unsaved(self) -> bool:
        """True when a note is typed."""
        return bool(self.query_one("#note", Input).value.strip())

    def on_key(self, event: events.Key) -> None:
        """End with the outcome of a digit, unless it is typed into the note."""
        if isinstance(self.focused, Input):
            return
        character = event.character or ""
        if character.isdecimal() and 1 <= int(character) <= len(OUTCOMES):
            event.stop()
            self._end(OUTCOMES[int(character) - 1])

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """End as solved."""
        self._end(OUTCOMES[0])

    def _end(self, outcome: Outcome) -> None:
        self.dismiss(
            ContactEnd(
                contact_id=self._contact.id,
                outcome=outcome,
                purpose=Purpose(self.query_one(ChoiceField).value),
                note=self.query_one("#note", Input).value.strip(),
            )
        )
