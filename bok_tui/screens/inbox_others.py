"""What else becomes of a message: answered, put aside, closed, taken; and the last of it undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bok_tui.dialogs.mail_answer import MailAnswerDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _, translate_template
from bok_tui.keys import ACTIONS
from bok_tui.screens import inbox_work
from bok_tui.screens.inbox_part import InboxPart
from bok_tui.screens.inbox_work import seen
from bok_tui.wording.inbox import handed_words
from bok_tui.wording.inbox_message import Seen
from db.errors import BokError, NotFound
from db.records.incoming import InboxLine, InboxMessage, IncomingState

if TYPE_CHECKING:
    from db.office import Office

AWAY = "-"
"""Typed instead of a login, it takes the message away from whoever has it."""
REOPENED = frozenset({IncomingState.CLOSED, IncomingState.SPAM})
MOST_UNDONE = 50


class InboxOthers(InboxPart):
    """Part of the inbox: the keys that end a message without booking it."""

    def __init__(self) -> None:
        super().__init__()
        self._put_aside: list[int] = []
        """Messages that were closed or put aside here, the last one last."""

    # -- answering

    def action_answer_mail(self) -> None:
        """Choose a text; it is shown before it goes."""
        line = self.waiting()
        if line is None:
            return

        def answered(message: InboxMessage | None) -> None:
            if message is not None:
                self.tell(_("Answered; the answer waits to be sent."))
                self.done_with(line.id)

        self.app.push_screen(MailAnswerDialog(line), answered)

    # -- putting aside

    def action_mark_spam(self) -> None:
        """Put it aside as spam."""
        self._aside(inbox_work.spam, _("Put aside as spam; %(key)s takes it back."))

    def action_close_mail(self) -> None:
        """Close it: nothing has to be done."""
        self._aside(inbox_work.close, _("Closed; %(key)s takes it back."))

    def _aside(self, work: Callable[[Office, int], InboxMessage], words: str) -> None:
        line = self.waiting()
        if line is None:
            return

        def done(_message: InboxMessage) -> None:
            self._put_aside = [*self._put_aside, line.id][-MOST_UNDONE:]
            self.tell(words % {"key": ACTIONS["mail-undo"].shown_key})
            self.done_with(line.id)

        self.change(line, lambda office: work(office, line.id), done)

    def action_undo_mail(self) -> None:
        """Make the message new again: the one under the cursor if it was put aside, else the last one."""
        line = self.current
        if line is not None and line.state in REOPENED:
            mail_id = line.id
        elif self._put_aside:
            mail_id = self._put_aside[-1]
        else:
            self.refuse(_("Nothing was closed or put aside here."))
            return

        def undone(_message: InboxMessage) -> None:
            self._put_aside = [one for one in self._put_aside if one != mail_id]
            self.tell(_("The message is new again."))
            self.reload(cursor_on=mail_id)

        self.ask(partial(inbox_work.reopen, mail_id=mail_id), undone, refused=self.tell_refusal)

    # -- taking

    def action_take_mail(self) -> None:
        """Take it for oneself, or give it back."""
        line = self.waiting()
        if line is None:
            return
        mine = line.assigned_to == self.login

        def handed(office: Office) -> Seen:
            if mine:
                return seen(office, inbox_work.give(office, line.id, None))
            return seen(office, inbox_work.take(office, line.id))

        self.change(line, handed, partial(self._handed, line))

    def action_assign_mail(self) -> None:
        """Ask for the login of the colleague who is to look after it."""
        line = self.waiting()
        if line is not None:
            self._ask_login(line)

    def _ask_login(self, line: InboxLine, typed: str = "", wrong: str = "") -> None:
        def chosen(login: str | None) -> None:
            if login is not None:
                self._give(line, login.strip())

        now = _("now: %(who)s; - takes it away") % {"who": line.assigned_to or _("nobody")}
        dialog = TextDialog(
            _("Who is to look after the message?"),
            label=_("Login"), lines=[now], limit=64, text=typed, wrong=wrong,
        )  # fmt: skip
        self.app.push_screen(dialog, chosen)

    def _give(self, line: InboxLine, login: str) -> None:
        def handed(office: Office) -> Seen:
            return seen(office, inbox_work.give(office, line.id, None if login == AWAY else login))

        def refused(error: BokError) -> None:
            if isinstance(error, NotFound):
                self._ask_login(line, login, translate_template(error.message, error.params))
            else:
                self.refused_at(line.id, error)

        self.ask(handed, partial(self._handed, line), refused=refused)

    def _handed(self, before: InboxLine, now: Seen) -> None:
        login = now.message.line.assigned_to
        self.tell(handed_words(login, mine=login == self.login))
        self.put(now)
