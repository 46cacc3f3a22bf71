"""The form for a reading: judged at every key, saved by Enter, repaired by F9."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import fit, plain
from bok_tui.screens.reading_bill import ReadingBill
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.draft_words import say_words, show_draft
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.words import Words
from bok_tui.wording.labels import channel_label
from bok_tui.wording.reading import Draft, duty_words, fitting, judge, meter_line, meter_words, repair_words
from db.records.contacts import ContactState
from db.records.people import Channel
from db.records.readings import ReadingForm
from db.rules.dial import format_state
from db.rules.levels import Level

ONE_LINE = 74
"""Columns of the form: a long name takes no line from what is to be read."""
CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON)


class ReadingScreen(ReadingBill):
    """Answers with the reading that was saved, or None. Nothing typed is lost by an error."""

    CSS_PATH = "reading.tcss"
    BINDINGS = bindings("save", "take", "back", "up", "down")
    HINTS = ("save", "take", "back")
    TITLE_TEXT = N_("Recording a reading")
    HELP = N_(
        "Type the black digits of the dial and press Enter; F9 takes the repair that is suggested.\n"
        "The day is today unless you type another one: d-1, 22.11, 22.11.2026. Tab goes on.\n"
        "With several meters the arrows choose one. A warning asks for a reason; what is blocked needs a\n"
        "supervisor, here or later in the work list."
    )

    def __init__(
        self,
        forms: Sequence[ReadingForm],
        contact: ContactState,
        *,
        state: str = "",
        submission: str | None = None,
    ) -> None:
        """`state` is typed in already; `submission` names this form, so that it is saved once."""
        super().__init__(contact, submission or uuid4().hex)
        self.forms = tuple(forms)
        self._initial = state
        self._chosen: int | None = 0 if len(self.forms) == 1 else None
        self._drafts: tuple[Draft, ...] = ()

    def compose(self) -> ComposeResult:
        """Draw the form."""
        channel = self.contact.channel if self.contact.channel in CHANNELS else Channel.PHONE
        with Vertical(classes="box wide form draft"):
            yield Words(id="meter", classes="title")
            with Horizontal(classes="field"):
                yield Label(plain(_("State")))
                yield Field(self._initial, id="state", max_length=40, select_on_focus=False)
                yield Words(id="previous")
            with Horizontal(classes="field"):
                yield Label(plain(_("Day")))
                yield Field(id="day", max_length=20, placeholder=_("today"), select_on_focus=False)
                yield Words(id="day-words")
            with Horizontal(classes="field"):
                yield Label(plain(_("Channel")))
                yield ChoiceField(
                    [(known.value, channel_label(known)) for known in CHANNELS],
                    value=channel.value,
                    id="channel",
                )
            with Horizontal(classes="field"):
                yield Label(plain(_("Use")))
                yield Words(id="use")
                yield Words(id="expected")
            yield Words(id="verdict")
            yield Words(id="repair")
            with Horizontal(classes="field"):
                yield Label(plain(_("Bill")))
                yield Words("–", id="bill")
            with Horizontal(classes="field"):
                yield Label(plain(_("Notice")))
                yield Words(id="notice")
            with Horizontal(classes="field"):
                yield Label(plain(_("Note")))
                yield Field(id="note", max_length=500, select_on_focus=False)
            yield Static(plain(duty_words()), id="duty")
            yield ToldLine(id="said")
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin with the state."""
        self.query_one("#state", Input).focus()
        self._judge()

    @property
    def unsaved(self) -> bool:
        """True when something was typed here."""
        state, day, note = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("state", "day", "note")
        )
        return bool(day or note or state)

    @property
    def draft(self) -> Draft | None:
        """What is typed, for the meter that was chosen; None before one is."""
        return self._drafts[self._chosen] if self._chosen is not None and self._drafts else None

    @property
    def note(self) -> str:
        """The note as typed."""
        return self.query_one("#note", Input).value

    # -- judging

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    def _typed(self, event: Input.Changed | ChoiceField.Changed) -> None:
        event.stop()
        self.query_one("#said", ToldLine).clear()
        self._judge()

    def _judge(self) -> None:
        state, day = (self.query_one(f"#{name}", Input).value for name in ("state", "day"))
        channel = Channel(self.query_one("#channel", ChoiceField).value)
        self._drafts = tuple(judge(form, state=state, day=day, channel=channel) for form in self.forms)
        self._show()

    def _show(self) -> None:
        shown = self.draft or self._drafts[0]
        self._show_meters()
        choose = "" if self.draft is not None else _("choose the meter: ↑ ↓")
        show_draft(self, shown, repair=self._repair_words(), choose=choose)
        self.look_at_bill(self.draft)

    def _show_meters(self) -> None:
        name = " ".join(self.forms[0].client_name.split())
        if len(self.forms) == 1:
            title = _("Reading · %(meter)s · %(client)s") % {
                "meter": meter_words(self.forms[0]),
                "client": name,
            }
            say_words(self, "#meter", fit(title, ONE_LINE).rstrip())
            return
        lines = [
            ("▸ " if at == self._chosen else "  ") + meter_line(draft)
            for at, draft in enumerate(self._drafts)
        ]
        title = fit(_("Reading · %(client)s") % {"client": name}, ONE_LINE).rstrip()
        say_words(self, "#meter", "\n".join([title, *lines]))

    def _repair_words(self) -> str:
        if self.draft is not None:
            words = repair_words(self.draft)
            return words + "  F9" if words else ""
        only = fitting(self._drafts)
        if only is None:
            return ""
        return _("? It fits only the meter %(meter)s.") % {"meter": meter_words(self.forms[only])} + "  F9"

    def say(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """Say something at the foot of the form, with the bell when it is an error."""
        if tone is Tone.ERROR:
            self.app.bell()
        self.query_one("#said", ToldLine).say(words, tone)

    # -- choosing and repairing

    def action_up(self) -> None:
        """Choose the meter above."""
        self._choose(-1)

    def action_down(self) -> None:
        """Choose the meter below."""
        self._choose(1)

    def _choose(self, by: int) -> None:
        if len(self.forms) == 1:
            return
        last = len(self.forms) - 1
        self._chosen = (
            (0 if by > 0 else last) if self._chosen is None else min(max(self._chosen + by, 0), last)
        )
        self.query_one("#said", ToldLine).clear()
        self._show()

    def action_take(self) -> None:
        """Take the state, and the meter, that the screen suggests."""
        if self.draft is None:
            only = fitting(self._drafts)
            if only is not None:
                self._chosen = only
                self.query_one("#said", ToldLine).clear()
                self._show()
            else:
                self.app.bell()
            return
        repair = self.draft.repair
        if repair is None:
            self.app.bell()
            return
        if repair.meter_number is not None:
            meters = [form.meter for form in self.forms]
            if repair.meter_number not in meters:
                self.ask_forms((*meters, repair.meter_number), partial(self._take_meter, repair.meter_number))
                return
            self._chosen = meters.index(repair.meter_number)
        field = self.query_one("#state", Input)
        field.value = format_state(repair.state, self.forms[self._chosen or 0].context.meter.digits)
        field.cursor_position = len(field.value)

    def _take_meter(self, meter: str, forms: tuple[ReadingForm, ...]) -> None:
        self.forms = forms
        self._chosen = [form.meter for form in forms].index(meter)
        self._judge()

    def replace_forms(self, forms: tuple[ReadingForm, ...]) -> None:
        """Judge by what is true now; what is typed stays."""
        self.forms = forms
        self._judge()

    # -- saving

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Save what is typed, or say what stands against it."""
        shown = self._drafts[0]
        if shown.day_error:
            self.query_one("#day", Input).focus()
            self.say(shown.day_error)
        elif not self.query_one("#state", Input).value.strip():
            self.query_one("#state", Input).focus()
            self.say(_("Type the state of the dial: the black digits, whole m³."))
        elif shown.state_error:
            self.query_one("#state", Input).focus()
            self.say(shown.state_error)
        elif self.draft is None:
            self.say(_("Choose the meter first: ↑ ↓, or F9 for the one that fits."))
        elif self.draft.unfinished and not self._finished_well():
            self.app.bell()
        else:
            self.save(self.draft)

    def _finished_well(self) -> bool:
        """Judge what seemed half-typed as it stands; what speaks against it is shown before any question."""
        self._drafts = tuple(replace(draft, unfinished=False) for draft in self._drafts)
        self._show()
        return self.draft is not None and self.draft.check is not None and self.draft.check.level is Level.OK
