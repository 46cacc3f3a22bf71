"""What the client is asked for: a digit picks the text, which is shown as it will be sent."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from db.records.requests import RequestView
from db.rules.mail_texts import INFORMATION_TEMPLATES, MailTemplate, filled, with_own_words

TEMPLATES = tuple(INFORMATION_TEMPLATES)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client is asked for."""

    template: MailTemplate
    note: str
    """The agent's own paragraph."""


class AskDialog(Dialog[Asked | None]):
    """Answers with a text and the agent's own paragraph; Esc goes back to the texts, then answers None."""

    BINDINGS = bindings("ok", "back")
    HINTS = ("ok", "back")
    TITLE_TEXT = N_("Asking the client for information")
    HELP = N_(
        "A digit picks the text, which is shown as it will be sent; then type your own paragraph, or none,\n"
        "and press Enter. The request waits until the answer comes; then i notes that it came."
    )

    def __init__(self, view: RequestView, *, utility: str) -> None:
        super().__init__()
        self._view = view
        self._utility = utility
        self._template: MailTemplate | None = None

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            title = _("Ask the client: %(number)s") % {"number": self._view.line.number}
            yield Static(plain(title), classes="title")
            yield Static(id="texts", classes="options")
            yield Static(id="preview", classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(_("Own paragraph") + " ▸ "))
                yield Input(max_length=1000, disabled=True)
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Wait for the digit of a text."""
        super().on_mount()
        self._pick(None)

    @property
    def unsaved(self) -> bool:
        """True when a paragraph is typed."""
        return bool(self.query_one(Input).value.strip())

    def on_key(self, event: events.Key) -> None:
        """Pick the text of a digit, unless the paragraph is being typed."""
        if self._template is not None:
            return
        character = event.character or ""
        if character.isdecimal() and 1 <= int(character) <= len(TEMPLATES):
            event.stop()
            self._pick(TEMPLATES[int(character) - 1])
        elif event.is_printable:
            self.app.bell()

    def action_back(self) -> None:
        """Leave the paragraph, or the dialog."""
        if self._template is not None and not self.unsaved:
            self._pick(None)
        else:
            super().action_back()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._preview()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """Ask, once there is a text."""
        note = self.query_one(Input).value.strip()
        if self._template is None:
            self._refuse(_("Press the digit of a text."))
        elif self._template is MailTemplate.FREE and not note:
            self._refuse(_("Write what the client is to be asked for, then press Enter."))
        else:
            self.dismiss(Asked(self._template, note))

    def _refuse(self, words: str) -> None:
        self.app.bell()
        self.query_one(ToldLine).say(words, Tone.ERROR)

    def _pick(self, template: MailTemplate | None) -> None:
        self._template = template
        field = self.query_one(Input)
        field.disabled = template is None
        if template is not None:
            field.focus()
        self.query_one(ToldLine).clear()
        lines = [
            Content.assemble(
                (f"{'▸' if one is template else ' '} {digit}  ", "bold $accent"),
                (_(INFORMATION_TEMPLATES[one]), "bold" if one is template else ""),
            )
            for digit, one in enumerate(TEMPLATES, start=1)
        ]
        self.query_one("#texts", Static).update(Content("\n").join(lines))
        self._preview()

    def _preview(self) -> None:
        words = self._as_sent(self.query_one(Input).value) if self._template is not None else ""
        self.query_one("#preview", Static).update(plain(words))

    def _as_sent(self, own: str) -> str:
        """Return the paragraphs as they will be sent; the last day for the answer is set on sending."""
        template = self._template or MailTemplate.FREE
        line = self._view.line
        text = filled(
            template,
            number=line.number,
            client=line.client_number,
            matter=line.kind,
            answer_by=line.deadline,
            utility=self._utility or "–",
            phone="–",
        )
        return "\n".join((text.subject, *with_own_words(template, text.paragraphs, own)))
