"""Who decides about a request: given to somebody by a supervisor, or taken away."""

from __future__ import annotations

from functools import partial

from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _
from bok_tui.screens import board_work
from bok_tui.screens.request_part import RequestPart
from bok_tui.widgets.message_line import Tone
from db.records.request_views import RequestLine, RequestView

AWAY = "-"
"""Typed instead of a login, it takes the request away from whoever has it."""
MOST_NAMED = 8
"""Logins that the dialog lists."""


class RequestAssign(RequestPart):
    """Part of the queue: `p`."""

    def action_assign_request(self) -> None:
        """Ask for the login of whoever is to decide."""
        line = self.current
        if line is None or not self.supervisor:
            self.bok.type_ahead.discard()
            self.app.bell()
            if line is not None:
                self.tell(_("Only a supervisor gives a request to somebody."), Tone.WARNING)
            return
        self.ask(board_work.takers, partial(self._ask_login, line), refused=self.refused_change)

    def _ask_login(self, line: RequestLine, takers: tuple[tuple[str, str], ...]) -> None:
        def typed(login: str | None) -> None:
            if login == AWAY:
                self.work_on(board_work.take_away, self._assigned)
            elif login:
                self.work_on(partial(board_work.assign, login=login), self._assigned)

        known = [f"{login}  {name}" for login, name in takers[:MOST_NAMED]]
        has = line.assignee or _("nobody")
        lines = [
            f"{line.number} · {line.client_number} {line.client_name}",
            _("now: %(who)s; - takes it away") % {"who": has},
            *known,
            *(["…"] if len(takers) > MOST_NAMED else []),
        ]
        dialog = TextDialog(_("Who is to decide?"), label=_("Login"), lines=lines, limit=64)
        self.app.push_screen(dialog, typed)

    def _assigned(self, view: RequestView) -> None:
        who = view.line.assignee
        values = {"number": view.line.number, "who": who or ""}
        words = _("%(number)s: %(who)s has it now.") if who else _("%(number)s waits for somebody again.")
        self.tell(words % values)
        self.reload()
