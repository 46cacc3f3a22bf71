"""What Enter and `e` do in the inbox: book what a message says, as it stands or corrected."""

from __future__ import annotations

from functools import partial

from bok_tui.dialogs.mail_reading import MailReadingDialog
from bok_tui.dialogs.mail_reasons import settle_findings
from bok_tui.i18n import _
from bok_tui.screens import inbox_work
from bok_tui.screens.inbox_part import InboxPart
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.inbox import accepted_words, stated_words
from bok_tui.wording.inbox_doubts import why_not
from bok_tui.wording.inbox_message import sentences_of
from bok_tui.wording.mail_reading import Judged
from db.records.incoming import AcceptedMail, AcceptedState, InboxLine, ProposedReading
from db.records.readings import ReadingForm
from db.rules.levels import Level


class InboxAccept(InboxPart):
    """Part of the inbox: the keys that book a reading."""

    def action_accept_mail(self) -> None:
        """Book what is proposed and go on to the next message; or say why not, and which key helps."""
        line = self.current
        if line is None:
            self.refuse(_("There is no message here."))
        elif why := why_not(line):
            self.refuse(why)
        else:
            judged = [_judged(reading) for reading in line.readings]
            settle_findings(self.app, judged, partial(self._book, line), correct=self.action_correct_mail)

    def _book(self, line: InboxLine, readings: tuple[AcceptedState, ...]) -> None:
        work = partial(
            inbox_work.accept,
            mail_id=line.id,
            readings=readings,
            client_number=line.whose.client_number or "",
            version=line.version,
        )
        self.change(line, work, partial(self._accepted, line))

    def _accepted(self, line: InboxLine, done: AcceptedMail) -> None:
        words = accepted_words(line, done, stated_words(line.readings))
        self.tell(words, Tone.WARNING if done.repeated or done.reply_id is None else Tone.DONE)
        self.done_with(line.id)

    # -- correcting

    def action_correct_mail(self) -> None:
        """Correct the state, the day or the meter; Enter there books it."""
        self._correct(take=False)

    def action_take(self) -> None:
        """Correct it by what the diagnosis suggests."""
        self._correct(take=True)

    def _correct(self, *, take: bool) -> None:
        line = self.waiting()
        if line is None:
            return
        number = line.whose.client_number
        if number is None:
            self.refuse(why_not(line))
            return
        meters = [reading.meter for reading in line.readings if reading.meter]
        self.change(
            line,
            partial(inbox_work.forms, number=number, meters=meters),
            partial(self._open, line, take=take),
        )

    def _open(self, line: InboxLine, forms: tuple[ReadingForm, ...], *, take: bool) -> None:
        if not forms:
            self.refuse(_("The client %(number)s has no meter.") % {"number": line.whose.client_number})
            return

        def booked(done: AcceptedMail | None) -> None:
            if done is not None:
                self._corrected(line, done)

        self.app.push_screen(MailReadingDialog(line, forms, take=take), booked)

    def _corrected(self, line: InboxLine, done: AcceptedMail) -> None:
        self.tell(accepted_words(line, done, _("corrected")))
        self.done_with(line.id)


def _judged(reading: ProposedReading) -> Judged:
    """Return a reading that `why_not` lets pass, with what stands against it."""
    state = AcceptedState(reading.meter or "", reading.state or 0, reading.day)
    below = reading.consumption is not None and reading.consumption < 0
    return Judged(state, reading.level or Level.REFUSE, sentences_of(reading), below)
