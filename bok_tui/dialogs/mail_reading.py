"""The readings of a message, corrected: the same checks as on the reading form, and Enter books them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.dialogs.mail_reasons import settle_findings
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import fit, plain
from bok_tui.screens import inbox_work
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.draft_words import say_words, show_draft
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.words import Words
from bok_tui.wording.mail_reading import (
    UNKNOWN,
    Entry,
    all_judged,
    draft_of,
    entries_of,
    first_doubtful,
    repaired,
    suggestion_words,
)
from bok_tui.wording.reading import meter_words
from db.errors import BokError
from db.records.incoming import AcceptedMail, AcceptedState, InboxLine
from db.records.readings import ReadingForm

ONE_LINE = 74
"""Columns of the form."""


class MailReadingDialog(Dialog[AcceptedMail | None]):
    """Answers with what was booked, or None. Nothing typed is lost by a refusal."""

    BINDINGS = bindings("accept-mail", "take", "back", "up", "down")
    HINTS = ("accept-mail", "take", "back")
    TITLE_TEXT = N_("Correcting the readings of a message")
    HELP = N_(
        "Type over what is wrong: the state, the day, or with the arrows to the sides the meter. It is\n"
        "checked as on the reading form, and F9 takes the repair that is suggested. Up and down change\n"
        "between the readings of one message; a state that is emptied leaves its reading out.\n"
        "Enter books all of them and has the client told. A warning asks for a reason."
    )

    def __init__(self, line: InboxLine, forms: Sequence[ReadingForm], *, take: bool = False) -> None:
        """`forms` are those of the client's meters; `take` begins with the repair that is suggested."""
        super().__init__()
        self._line = line
        self.forms = {form.meter: form for form in forms}
        self._take_first = take
        self._initial = entries_of(line, self.forms)
        self.entries = list(self._initial)
        self.at = first_doubtful(self.entries, self.forms)
        self._saving = False

    def compose(self) -> ComposeResult:
        """Draw the form."""
        entry = self.entry
        choices = [(form.meter, meter_words(form)) for form in self.forms.values()]
        if any(not one.meter for one in self.entries):
            choices.insert(0, (UNKNOWN, _("? choose with ← →")))
        with Vertical(classes="box wide form draft"):
            yield Static(self._title(), classes="title")
            yield Words(id="entries")
            with Horizontal(classes="field"):
                yield Label(plain(_("State")))
                yield Field(entry.state, id="state", max_length=40)
                yield Words(id="previous")
            with Horizontal(classes="field"):
                yield Label(plain(_("Day")))
                yield Field(entry.day, id="day", max_length=20, placeholder=_("today"))
                yield Words(id="day-words")
            with Horizontal(classes="field"):
                yield Label(plain(_("Meter")))
                yield ChoiceField(choices, value=entry.meter, id="which")
            with Horizontal(classes="field"):
                yield Label(plain(_("Use")))
                yield Words(id="use")
                yield Words(id="expected")
            yield Words(id="verdict")
            yield Words(id="repair")
            with Horizontal(classes="field"):
                yield Label(plain(_("Notice")))
                yield Words(id="notice")
            with Horizontal(classes="field"):
                yield Label(plain(_("Note")))
                yield Field(id="note", max_length=500, select_on_focus=False)
            yield ToldLine(id="said")
            yield KeyHints()

    def _title(self) -> Content:
        whose = self._line.whose
        title = _("Readings of a message · %(number)s %(client)s") % {
            "number": whose.client_number,
            "client": " ".join((whose.client_name or "").split()),
        }
        return plain(fit(title, ONE_LINE).rstrip())

    def on_mount(self) -> None:
        """Begin with the state, which typing replaces."""
        super().on_mount()
        field = self.query_one("#state", Input)
        field.focus()
        field.select_all()
        self._show()
        if self._take_first:
            self.action_take()

    @property
    def entry(self) -> Entry:
        """The reading that the fields show."""
        return self.entries[self.at]

    @property
    def note(self) -> str:
        """The note as typed."""
        return self.query_one("#note", Input).value.strip()

    @property
    def unsaved(self) -> bool:
        """True when something was typed here."""
        typed = [replace(entry, finished=False) for entry in self.entries]
        return bool(self.note) or typed != list(self._initial)

    # -- judging

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    def _typed(self, event: Input.Changed | ChoiceField.Changed) -> None:
        event.stop()
        state, day = (self.query_one(f"#{name}", Input).value for name in ("state", "day"))
        meter = self.query_one("#which", ChoiceField).value
        typed = replace(self.entry, meter=meter, state=state, day=day)
        if typed != self.entry:
            self.query_one("#said", ToldLine).clear()
            self.entries[self.at] = replace(typed, finished=False)
        self._show()

    def _show(self) -> None:
        entry = self.entry
        draft = draft_of(entry, self.forms)
        self._show_entries()
        choose = "" if entry.meter in self.forms else _("choose the meter below")
        show_draft(self, draft, repair=suggestion_words(entry, self.forms), choose=choose)

    def _show_entries(self) -> None:
        several = len(self.entries) > 1
        lines = []
        for at, entry in enumerate(self.entries):
            mark = ("▸ " if at == self.at else "  ") if several else ""
            words = f"«{entry.words}»" if entry.words else ""
            line = f"{entry.meter or '?'} → {entry.state.strip() or '–'}  {words}" if several else words
            lines.append(fit(mark + line, ONE_LINE).rstrip())
        say_words(self, "#entries", "\n".join(lines), "$text-muted")

    def say(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """Say something at the foot of the form, with the bell when it is an error."""
        if tone is Tone.ERROR:
            self.app.bell()
        self.query_one("#said", ToldLine).say(words, tone)

    # -- choosing and repairing

    def action_up(self) -> None:
        """Go to the reading above."""
        self._go(max(self.at - 1, 0))

    def action_down(self) -> None:
        """Go to the reading below."""
        self._go(min(self.at + 1, len(self.entries) - 1))

    def _go(self, at: int, field: str = "state") -> None:
        """Show a reading in the fields, with the cursor in one of them."""
        self.at = at
        self._fill()
        self.query_one(f"#{field}").focus()

    def _fill(self) -> None:
        entry = self.entry
        with self.prevent(Input.Changed, ChoiceField.Changed):
            self.query_one("#state", Input).value = entry.state
            self.query_one("#day", Input).value = entry.day
            self.query_one("#which", ChoiceField).value = entry.meter
        self._show()

    def action_take(self) -> None:
        """Take the state, or the meter, that the screen suggests."""
        taken = repaired(self.entry, self.forms)
        if taken is None:
            self.app.bell()
            return
        self.entries[self.at] = taken
        self._fill()

    # -- booking

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_accept_mail()

    def action_accept_mail(self) -> None:
        """Book what is typed, or say what stands against it."""
        found = all_judged(self.entries, self.forms, note=self.note)
        if isinstance(found, list):
            correct = self.query_one("#state", Input).focus
            settle_findings(self.app, found, self._send, correct=correct, note=self.note)
            return
        at, wrong = found
        self.entries[at] = replace(self.entries[at], finished=True)
        self._go(at, wrong.field)
        if wrong.words:
            self.say(wrong.words)
        else:
            self.app.bell()

    def _send(self, readings: tuple[AcceptedState, ...]) -> None:
        if self._saving:
            return
        self._saving = True
        self.say(_("Saving"), Tone.QUIET)
        work = partial(
            inbox_work.accept,
            mail_id=self._line.id,
            readings=readings,
            client_number=self._line.whose.client_number or "",
            version=self._line.version,
        )
        self.ask(work, self._saved, refused=self._not_saved, failed=self._not_now)

    def _saved(self, done: AcceptedMail) -> None:
        self._saving = False
        self.dismiss(done)

    def _not_now(self) -> None:
        self._saving = False
        self.query_one("#said", ToldLine).clear()

    def _not_saved(self, error: BokError) -> None:
        """Say why; everything typed stays, and is judged by what is true now."""
        self._saving = False
        self.say(translate_template(error.message, error.params))
        number = self._line.whose.client_number or ""
        self.ask(
            partial(inbox_work.forms, number=number, meters=tuple(self.forms)),
            self._replace_forms,
            refused=lambda again: self.say(translate_template(again.message, again.params)),
        )

    def _replace_forms(self, forms: tuple[ReadingForm, ...]) -> None:
        self.forms = {form.meter: form for form in forms}
        self._show()
