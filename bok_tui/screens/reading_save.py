"""Saving from the reading form: reasons, a supervisor's sign-off, and what came in between."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial

from bok_tui.dialogs.base import Dialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.sign_off import SignOffDialog
from bok_tui.i18n import _, translate_template
from bok_tui.screens import client_work
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.reading import Draft, verdict_words
from db.errors import BokError
from db.records.contacts import ContactState
from db.records.people import Approval
from db.records.readings import ReadingForm, ReadingInput, RecordedReading
from db.refusals import Need, ReadingRefused, ReadingTaken
from db.rules.levels import Level
from db.rules.reading_checks import REASON_LABELS, ReasonCode

SIGN, HOLD, CORRECT = "sign", "hold", "correct"


class ReadingSave(Dialog[RecordedReading | None]):
    """Part of the form: from Enter to the saved row."""

    forms: tuple[ReadingForm, ...]

    def __init__(self, contact: ContactState, submission: str) -> None:
        super().__init__()
        self.contact = contact
        self.submission = submission
        """Names this form: sent twice, it is saved once."""
        self._saving = False
        self._reason: tuple[ReasonCode, Draft] | None = None
        """A reason that waits for its note."""

    @property
    @abstractmethod
    def note(self) -> str:
        """The note as typed; the form knows."""

    @abstractmethod
    def say(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """Say something at the foot of the form; the form does."""

    @abstractmethod
    def replace_forms(self, forms: tuple[ReadingForm, ...]) -> None:
        """Judge by what is true now; the form does."""

    def save(self, draft: Draft) -> None:
        """Save, or ask for what is needed first."""
        if self._saving or draft.check is None:
            return
        match draft.check.level:
            case Level.OK:
                self._send(draft)
            case Level.WARN:
                self._ask_reason(draft)
            case Level.BLOCK:
                self._ask_supervisor(draft)
            case Level.REFUSE:
                self.say(_("It cannot be saved like this: correct what is marked ✗."))

    def _ask_reason(self, draft: Draft) -> None:
        if self._reason is not None and self._reason[1] == draft and self.note.strip():
            self._send(draft, reason=self._reason[0])
            return

        def picked(key: str | None) -> None:
            if key is None:
                return
            reason = ReasonCode(key)
            if reason is ReasonCode.OTHER and not self.note.strip():
                self._reason = (reason, draft)
                self.query_one("#note").focus()
                self.say(_("Write into the note what the reason is, then press Enter."), Tone.WARNING)
                return
            self._send(draft, reason=reason)

        options = [(reason.value, _(label)) for reason, label in REASON_LABELS.items()]
        dialog = PickDialog(_("Why is it saved all the same?"), options, lines=_sentences(draft))
        self.app.push_screen(dialog, picked)

    def _ask_supervisor(self, draft: Draft) -> None:
        def picked(key: str | None) -> None:
            if key == SIGN:
                self.app.push_screen(SignOffDialog(lines=_sentences(draft)), signed)
            elif key == HOLD:
                self._send(draft, hold=True)

        def signed(approval: Approval | None) -> None:
            if approval is not None:
                self._send(draft, approval=approval)

        options = [
            (SIGN, _("a supervisor signs here and now")),
            (HOLD, _("hold it for a supervisor (work list F8)")),
        ]
        title = _("Only a supervisor may let this pass")
        if draft.check is not None and draft.check.consumption < 0:
            # nobody signs for water that flows back; it may count once the earlier state is corrected
            options = [
                (HOLD, _("hold it until the earlier reading is corrected (work list F8)")),
                (CORRECT, _("go back and correct the state or the meter")),
            ]
            title = _("Below the previous state: nobody may sign for that")
        self.app.push_screen(PickDialog(title, options, lines=_sentences(draft)), picked)

    def _send(
        self,
        draft: Draft,
        *,
        reason: ReasonCode | None = None,
        hold: bool = False,
        approval: Approval | None = None,
    ) -> None:
        if draft.entry is None or self._saving:
            return
        self._saving = True
        entry = ReadingInput(
            meter=draft.form.meter,
            state=draft.entry.state,
            day=draft.entry.day,
            channel=draft.entry.channel,
            submission=self.submission,
            reason=reason.value if reason else None,
            note=self.note.strip(),
            hold=hold,
        )
        self.say(_("Saving"), Tone.QUIET)
        self.ask(
            partial(client_work.save_reading, entry=entry, approval=approval),
            self._saved,
            refused=partial(self._not_saved, draft),
            contact_id=self.contact.id,
        )

    def _saved(self, saved: RecordedReading) -> None:
        self.dismiss(saved)

    def _not_saved(self, draft: Draft, error: BokError) -> None:
        """Say why; everything typed stays. What was overtaken by somebody else is read again."""
        self._saving = False
        self.say(translate_template(error.message, error.params))
        if not isinstance(error, ReadingRefused):
            return
        need = error.need
        if isinstance(error, ReadingTaken) or need is Need.CORRECTION:
            self.ask_forms([form.meter for form in self.forms], self.replace_forms)
        elif need is Need.REASON:
            self._ask_reason(draft)
        elif need is Need.SIGN_OFF:
            self._ask_supervisor(draft)

    def ask_forms(self, meters: Sequence[str], then: Callable[[tuple[ReadingForm, ...]], None]) -> None:
        """Read what these meters' readings are judged by, as it is now."""
        self.ask(
            partial(client_work.reading_forms, meters=meters),
            then,
            refused=lambda error: self.say(translate_template(error.message, error.params)),
            contact_id=self.contact.id,
        )


def _sentences(draft: Draft) -> tuple[str, ...]:
    return tuple(words for level, words in verdict_words(draft) if level is not Level.OK)
