"""Whose a message is: `k` chooses the client, `c` opens the card."""

from __future__ import annotations

from functools import partial

from bok_tui.dialogs.find_client import FindClientDialog
from bok_tui.i18n import _
from bok_tui.screens import inbox_work
from bok_tui.screens.inbox_part import InboxPart
from bok_tui.wording.inbox_message import Seen, whose_words
from db.records.incoming import InboxLine


class InboxClient(InboxPart):
    """Part of the inbox: the client of a message."""

    away = False
    """True while a client's card lies above the inbox."""
    client: str
    """Whose messages alone are shown, when it was opened from a card."""

    def action_mail_client(self) -> None:
        """Search for the client; those that the message leads to stand there at first."""
        line = self.waiting()
        if line is None:
            return

        def chosen(number: str | None) -> None:
            if number is not None:
                self._choose(line, number)

        suggested = dict.fromkeys(number for _clue, number in line.whose.clues if number)
        title = _("Whose message is it?")
        self.app.push_screen(
            FindClientDialog(title, lines=(whose_words(line),), suggested=tuple(suggested)), chosen
        )

    def _choose(self, line: InboxLine, number: str) -> None:
        def put(seen: Seen) -> None:
            self.tell(_("The message is %(number)s's now.") % {"number": number})
            self.put(seen)

        self.change(line, partial(inbox_work.choose_client, mail_id=line.id, number=number), put)

    def action_mail_card(self) -> None:
        """Open the card of the client; Esc comes back to this very message."""
        from bok_tui.screens.client import ClientScreen

        number = self.current.whose.client_number if self.current is not None else None
        if number is None:
            self.refuse(_("It is not known whose it is."))
            return
        if number == self.client:
            self.dismiss(None)  # it was opened from the card, which lies below
            return
        if self.client:
            self.bok.open_client(number)  # one call at a time: the card below is left
            return
        self.away = True
        self.app.push_screen(ClientScreen(number))
