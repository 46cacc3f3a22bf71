"""E-invoices switched on: the consent to be read out, the address, Enter."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.request_save import RequestSave, Told
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import ebok_work
from bok_tui.screens.ebok_work import Activated
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.request_form import emails_of, verdict
from db.clock import office_day
from db.errors import BokError
from db.records.clients import ClientCard
from db.records.consents import consent_text
from db.records.contacts import ContactState
from db.records.requests import RequestField


class EInvoiceDialog(RequestSave[Activated]):
    """Answers with the e-invoices that were switched on, or None."""

    BINDINGS = bindings("save", "contact", "back")
    HINTS = ("save", "contact", "back")
    TITLE_TEXT = N_("Switching e-invoices on")
    HELP = N_(
        "Read the consent out and let the client agree. The address on the card stands there already;\n"
        "typing replaces it, and an address that nobody has confirmed yet gets a link to open.\n"
        "Enter switches e-invoices on and shows their first day, to be read out."
    )

    def __init__(self, card: ClientCard, contact: ContactState, verified: Told) -> None:
        super().__init__(card, contact, verified)
        self._emails = emails_of(card)

    def compose(self) -> ComposeResult:
        """Draw the box."""
        title = _("E-invoice for client %(number)s") % {"number": self.card.number}
        with Vertical(classes="box wide request"):
            yield Static(plain(title), classes="title")
            yield Static(plain(_("Read the consent out:")), classes="muted")
            yield Static(self._consent(self._suggested()), id="consent", classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(_("Address")))
                yield Field(self._suggested(), id="f-email", max_length=160)
            yield Static(plain(self._on_card()), id="on-card", classes="why")
            yield Static(id="verdict")
            yield ToldLine()
            yield KeyHints()

    def _consent(self, email: str) -> Content:
        """Return the consent with the address that it is for, as far as it is known."""
        text = consent_text(office_day(self.bok.workplace.clock())).text
        return plain(f"„{text % {'email': email.strip() or '…'}}”")

    def _suggested(self) -> str:
        """Return the address on the card, when this caller may hear it."""
        clear = [email.shown for email in self._emails if not email.masked]
        return clear[0] if clear else ""

    def _on_card(self) -> str:
        if not self._emails:
            return _("no e-mail on the card")
        return _("on the card: %(emails)s") % {"emails": ", ".join(email.shown for email in self._emails)}

    def on_mount(self) -> None:
        """Let typing replace the address."""
        super().on_mount()
        field = self.query_one(Input)
        field.focus()
        field.select_all()

    @property
    def unsaved(self) -> bool:
        """True when another address than the one on the card is typed."""
        return self.query_one(Input).value.strip() not in ("", self._suggested())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(ToldLine).clear()
        found = verdict(RequestField.EMAIL, event.value, today=office_day(self.bok.workplace.clock()))
        self.query_one("#verdict", Static).update(plain(found.words))
        self.query_one("#consent", Static).update(self._consent("" if found.wrong else event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Switch them on."""
        email = self.query_one(Input).value.strip()
        found = verdict(RequestField.EMAIL, email, today=office_day(self.bok.workplace.clock()))
        if found.wrong:
            self.say(found.words)
        elif not email and not self._emails:
            self.say(_("Type the address to which the invoices are to go."))
        else:
            self.save(partial(ebok_work.activate, number=self.card.number, email=email or None))

    def refused(self, error: BokError) -> None:
        """The address may be what is wrong."""
        self.query_one(Input).focus()

    def caller_changed(self) -> None:
        """Say that nothing else is missing."""
        if self.verified:
            self.say(_("The caller is verified for a change of data; Enter saves."), Tone.DONE)
