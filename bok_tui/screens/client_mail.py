"""Incoming mail on the card: Enter on a message of the time line opens it."""

from __future__ import annotations

from textual import on

from bok_tui.i18n import _
from bok_tui.screens.client_part import CardPart
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.client import event_words
from db.records.clients import TimelineEvent


class CardMail(CardPart):
    """Part of the card: the tab of all that happened."""

    def show_events(self, events: tuple[TimelineEvent, ...]) -> None:
        """Fill the tab."""
        rows = []
        for at, event in enumerate(events):
            when, what = event_words(event)
            rows.append(Row(str(at), f"{when:<17} {what}"))
        received = any(event.mail_id is not None for event in events)
        heading = _("Enter opens an e-mail that was received") if received else ""
        self.query_one("#timeline", RowList).show(rows, heading=heading)

    @on(RowList.Chosen, "#timeline")
    def _event_chosen(self, chosen: RowList.Chosen) -> None:
        from bok_tui.screens.inbox import InboxScreen

        chosen.stop()
        events = self.card.timeline if self.card is not None else ()
        at = int(chosen.key)
        mail_id = events[at].mail_id if at < len(events) else None
        if mail_id is None:
            self.tell(_("There is nothing more to be shown of it."), Tone.QUIET)
            return
        screen = InboxScreen(mail_id=mail_id, client=self.number, contact_id=self.contact_id)
        self.app.push_screen(screen, lambda _none: self.reload())
