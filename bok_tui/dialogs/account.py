"""A client's account in e-BOK: where it stands, its link sent again, locked and unlocked."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from bok_tui.dialogs.request_save import RequestSave, Told
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import ebok_work
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.ebok import account_lines
from db.records.clients import ClientCard
from db.records.contacts import ContactState
from db.records.ebok import PortalAccountView, PortalState


class AccountDialog(RequestSave[PortalAccountView]):
    """Answers with the account as it has become, or None when nothing was done."""

    BINDINGS = bindings("resend-link", "lock-account", "contact", "ok", "back")
    HINTS = ("resend-link", "lock-account", "contact", "back")
    TITLE_TEXT = N_("Account in e-BOK")
    HELP = N_(
        "r sends the link that confirms the address once more, l locks the account or unlocks it, with a\n"
        "reason. No password is ever seen or set here."
    )

    def __init__(
        self, card: ClientCard, contact: ContactState, verified: Told, account: PortalAccountView
    ) -> None:
        super().__init__(card, contact, verified)
        self._account = account
        self._done = False

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            title = _("Account in e-BOK · client %(number)s") % {"number": self.card.number}
            yield Static(plain(title), classes="title")
            yield Static(plain("\n".join(account_lines(self._account))), id="account", classes="text lines")
            yield ToldLine()
            yield KeyHints()

    def nothing(self) -> PortalAccountView | None:
        """Leaving answers with what was done."""
        return self._account if self._done else None

    def action_ok(self) -> None:
        """Close."""
        self.dismiss(self.nothing())

    def action_resend_link(self) -> None:
        """Send the link again."""
        self.save(partial(ebok_work.resend_link, number=self.card.number))

    def action_lock_account(self) -> None:
        """Lock it, or unlock it."""
        locked = self._account.state is PortalState.LOCKED

        def typed(reason: str | None) -> None:
            if reason is not None:
                work = partial(ebok_work.set_lock, number=self.card.number, locked=not locked, reason=reason)
                self.save(work)

        title = _("Unlock the account in e-BOK") if locked else _("Lock the account in e-BOK")
        self.app.push_screen(TextDialog(title, label=_("Reason")), typed)

    def saved(self, result: PortalAccountView) -> None:
        """Show what it has become."""
        self._saving, self._done, self._account = False, True, result
        self.query_one("#account", Static).update(plain("\n".join(account_lines(result))))
        self.say(_("Done."), Tone.DONE)
