"""Readings from the card: recording one, voiding one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.sign_off import SignOffDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _, translate_template
from bok_tui.screens import client_work
from bok_tui.screens.client_part import CardPart
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.client import reading_words
from bok_tui.wording.reading import duty_words, saved_words
from db.clock import office_day
from db.errors import BokError, NotAllowed
from db.records.clients import MeterCard, ReadingLine
from db.records.people import Approval, Role
from db.records.readings import ReadingForm, ReadingStatus, RecordedReading
from db.rules.verification import VerificationLevel

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_FORMS = 8
"""Meters whose readings are judged side by side while a state is typed."""


class CardReadings(CardPart):
    """Part of the card: F3 and `v`."""

    fresh: RecordedReading | None = None
    """The reading saved last on this card, until its confirmation is printed."""

    def action_record_reading(self) -> None:
        """Open the form for a reading."""
        self.open_reading()

    def open_reading(self, *, state: str = "") -> None:
        """Open the form; `state` is typed into it already."""
        if self.card is None:
            return
        meters = [meter.number for meter in self.card.meters if meter.removed_on is None]
        if not meters:
            self.app.bell()
            self.tell(_("This client has no meter to read."), Tone.ERROR)
            return
        self.ask(
            partial(client_work.reading_forms, meters=self._nearest(meters)),
            lambda forms: self._show_form(forms, state),
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def _nearest(self, meters: list[str]) -> list[str]:
        """Return the meters to offer: all, or those from the cursor on when there are very many."""
        at = meters.index(self.current_meter.number) if self._cursor_on(meters) and self.current_meter else 0
        return meters if len(meters) <= MOST_FORMS else meters[at : at + MOST_FORMS]

    def _cursor_on(self, meters: list[str]) -> bool:
        return self.current_meter is not None and self.current_meter.number in meters

    def _show_form(self, forms: Sequence[ReadingForm], state: str) -> None:
        from bok_tui.screens.reading import ReadingScreen

        if self.contact is not None:
            self.app.push_screen(ReadingScreen(tuple(forms), self.contact, state=state), self._recorded)

    def _recorded(self, saved: RecordedReading | None) -> None:
        if saved is None or self.card is None:
            return
        self.fresh = saved
        digits = {meter.number: meter.digits for meter in self.card.meters}
        words = saved_words(
            state=saved.line.state,
            digits=digits.get(saved.line.meter, 5),
            day=saved.line.day,
            used=saved.line.consumption,
            pending=saved.status is ReadingStatus.PENDING,
        )
        self.tell(words + "  " + self._next_step(), duty=duty_words())
        self.reload()

    def _next_step(self) -> str:
        """Promise no paper that the caller has not been verified for."""
        if self.contact is not None and self.contact.level >= VerificationLevel.L2:
            return _("F4 prints the confirmation.")
        return _("For its confirmation: F7, then F4.")

    # -- voiding

    def action_void_reading(self) -> None:
        """Void a reading: one's own of today, any with a supervisor's sign-off."""
        choices = self._voidable()
        if not choices:
            self.app.bell()
            self.tell(
                _("There is no reading of today to void; older ones are for a supervisor."), Tone.WARNING
            )
            return
        if len(choices) == 1:
            self._ask_reason(*choices[0])
            return
        options = [(str(line.id), f"{line.meter}  {reading_words(line, digits)}") for line, digits in choices]
        by_id = {str(line.id): (line, digits) for line, digits in choices}

        def picked(key: str | None) -> None:
            if key is not None:
                self._ask_reason(*by_id[key])

        self.app.push_screen(PickDialog(_("Which reading is to be voided?"), options), picked)

    def _voidable(self) -> list[tuple[ReadingLine, int]]:
        place = self.bok.workplace
        today = office_day(place.clock())
        every = place.staff is not None and place.staff.role is Role.SUPERVISOR
        found: list[tuple[ReadingLine, int]] = []
        for meter in self._meters_from_cursor():
            found.extend(
                (line, meter.digits)
                for line in meter.recent
                if line.status in (ReadingStatus.ACCEPTED, ReadingStatus.PENDING)
                and (every or office_day(line.recorded_at) == today)
            )
        return found[:9]

    def _meters_from_cursor(self) -> list[MeterCard]:
        """Return the meters, the one under the cursor first."""
        meters = list(self.card.meters) if self.card else []
        return sorted(meters, key=lambda meter: meter != self.current_meter)

    def _ask_reason(self, line: ReadingLine, digits: int) -> None:
        dialog = TextDialog(
            _("Void a reading of the meter %(meter)s") % {"meter": line.meter},
            label=_("Reason"),
            lines=(reading_words(line, digits), _("It stays on record as voided and counts no more.")),
        )

        def typed(reason: str | None) -> None:
            if reason is not None:
                self._void(line, reason)

        self.app.push_screen(dialog, typed)

    def _void(self, line: ReadingLine, reason: str, approval: Approval | None = None) -> None:
        def refused(error: BokError) -> None:
            if isinstance(error, NotAllowed) and approval is None:
                self._void_signed(line, reason, error)
            else:
                self.tell_refusal(error)

        self.ask(
            partial(client_work.void_reading, reading_id=line.id, reason=reason, approval=approval),
            self._voided,
            refused=refused,
            contact_id=self.contact_id,
        )

    def _void_signed(self, line: ReadingLine, reason: str, error: BokError) -> None:
        def signed(approval: Approval | None) -> None:
            if approval is not None:
                self._void(line, reason, approval)

        sentence = translate_template(error.message, error.params)
        self.app.push_screen(SignOffDialog(lines=(sentence,)), signed)

    def _voided(self, line: ReadingLine) -> None:
        if self.fresh is not None and self.fresh.id == line.id:
            self.fresh = None
        words = _("Voided: state %(state)s on the meter %(meter)s.") % {
            "state": line.state,
            "meter": line.meter,
        }
        if line.settled_by is None:
            self.tell(words)
        else:
            duty = _("The invoice %(invoice)s settled it: a supervisor corrects it.")
            self.tell(words, duty=duty % {"invoice": line.settled_by})
        self.reload()
