"""Is the caller who they say they are: the agent types what the caller says, the answer is yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain, visible
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.labels import question_label
from bok_tui.wording.verification import (
    answer_words,
    level_lines,
    question_lines,
)
from db.errors import BokError, WrongInput
from db.records.clients import ClientCard
from db.records.contacts import ContactState
from db.rules.verification import Question

if TYPE_CHECKING:
    from db.office import Office


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of the dialog."""

    contact: ContactState
    end: bool = False
    """True when the agent wants to end the contact now."""


class VerificationDialog(Dialog[Verified]):
    """The score card. A digit picks the question, Enter sends what the caller said."""

    BINDINGS = bindings("back", "end-contact")
    HINTS = ("ok", "end-contact", "back")
    TITLE_TEXT = N_("Verification of the caller")
    HELP = N_(
        "Press the digit of a question, type what the caller says, press Enter.\n"
        "The answer is only yes or no; nothing on file is ever shown here.\n"
        "Every wrong answer asks for one question more, and too many lock the client until tomorrow."
    )

    def __init__(self, card: ClientCard, contact: ContactState) -> None:
        super().__init__()
        self._card = card
        self._contact = contact
        self._available = tuple(map(Question, contact.available))
        self._asked: Question | None = None

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(
                plain(_("Verification of the caller · %(client)s") % {"client": self._card.number}),
                classes="title",
            )
            yield Static(id="levels")
            yield Static(id="questions")
            with Horizontal(classes="field"):
                yield Label(id="asked")
                yield Field(id="said", max_length=200, select_on_focus=False)
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Wait for the digit of a question."""
        self._show()
        self._pick(None)

    @property
    def unsaved(self) -> bool:
        """True while an answer is typed and not sent."""
        return bool(self.query_one("#said", Input).value)

    def nothing(self) -> Verified:
        """Leaving keeps what was proved."""
        return Verified(self._contact)

    def on_key(self, event: events.Key) -> None:
        """Pick the question of a digit, unless an answer is being typed."""
        if self._asked is not None:
            return
        if self._contact.locked:
            if event.is_printable or event.key == "enter":
                self.app.bell()
            return
        character = event.character or ""
        if character.isdecimal() and 1 <= int(character) <= len(self._available):
            event.stop()
            self._pick(self._available[int(character) - 1])
        elif event.is_printable or event.key == "enter":
            self.app.bell()

    def action_back(self) -> None:
        """Leave the question, or the dialog."""
        if self._asked is not None:
            self._pick(None)
        else:
            self.dismiss(self.nothing())

    def action_end_contact(self) -> None:
        """Go on to ending the contact."""
        self.dismiss(Verified(self._contact, end=True))

    @on(Input.Submitted, "#said")
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        said, question = event.value.strip(), self._asked
        if question is None or not said:
            self.app.bell()
            return
        contact_id, name = self._contact.id, question.value

        def send(office: Office) -> ContactState:
            from db.operations.contacts import answer_question

            return office.do(answer_question, contact_id, name, said)

        self._pick(None)
        self.ask(
            send,
            lambda contact: self._take(contact, question),
            refused=lambda error: self._refused(error, question, said),
            contact_id=contact_id,
        )

    def _refused(self, error: BokError, question: Question, said: str) -> None:
        """Say why; what was mistyped stays to be corrected."""
        self._tell(error)
        if isinstance(error, WrongInput):
            self.app.bell()
            self._pick(question, said)

    def _take(self, contact: ContactState, question: Question) -> None:
        self._contact = contact
        self._pick(None)
        right = dict(contact.answered).get(question.value, False)
        self.query_one(ToldLine).say(answer_words(question, right=right), Tone.DONE if right else Tone.ERROR)
        if not right:
            self.app.bell()
        self._show()

    def _tell(self, error: BokError) -> None:
        self.query_one(ToldLine).say(translate_template(error.message, error.params), Tone.ERROR)

    def _pick(self, question: Question | None, said: str = "") -> None:
        """Ask `question`, or none: then the digits pick one."""
        self._asked = question
        field = self.query_one("#said", Input)
        field.value = said
        field.cursor_position = len(said)
        field.disabled = question is None
        label = self.query_one("#asked", Label)
        if question is None:
            locked = self._contact.locked
            label.update(plain("" if locked else _("Press the digit of a question")))
            field.blur()
        else:
            label.update(plain(_("Caller says: %(question)s ▸") % {"question": question_label(question)}))
            field.focus()

    def _show(self) -> None:
        self.query_one("#levels", Static).update(plain("\n".join(level_lines(self._contact))))
        lines = []
        for digit, line in enumerate(question_lines(self._contact), start=1):
            style = "$text-success" if line.answer == _("YES") else "$text-error"
            lines.append(
                Content.assemble(
                    (f"  {digit}  ", "bold $accent"),
                    (f"{visible(line.text):<42}", ""),
                    (line.answer, f"bold {style}"),
                )
            )
        self.query_one("#questions", Static).update(Content("\n").join(lines))
