"""The client card: who, where, verified or not, the meters, and everything a call needs from there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from bok_tui.dialogs.end_contact import EndContactDialog
from bok_tui.dialogs.verification import VerificationDialog, Verified
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import client_work
from bok_tui.screens.client_mail import CardMail
from bok_tui.screens.client_money import MONEY_TABS
from bok_tui.screens.client_privacy import CardPrivacy
from bok_tui.screens.client_readings import CardReadings
from bok_tui.screens.client_requests import CardRequests
from bok_tui.screens.client_tabs import TABS, tabs_line
from bok_tui.screens.client_work import Opened
from bok_tui.widgets.client_head import CallClock, ClientHead
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.meter_panel import MeterPanel
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.top_line import TopLine
from bok_tui.wording.client import clock_words, contact_words_of, ended_words, event_words
from bok_tui.wording.labels import channel_label
from db.clock import office_day
from db.errors import BokError
from db.records.clients import ClientCard
from db.records.contacts import ContactEnd, ContactState
from db.records.people import Channel, StaffMember

CONTACT_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON)


class ClientScreen(CardReadings, CardRequests, CardPrivacy, CardMail):
    """The card of one client. Opening it starts a contact, leaving it by Esc ends that."""

    CSS_PATH = "client.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 - Textual's own declaration
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS = bindings(
        "record-reading", "documents", "contact", "back", "copy", "reveal", "void-reading", "channel",
        "keep-channel", "explain", "pay", "new-document", "read-paper", "hand-over", "queue-email",
        "tab-meters", "tab-invoices", "tab-payments", "tab-ledger", "tab-contacts", "tab-documents",
        "tab-timeline", "tab-requests", "new-request",
        "tab-next", "tab-previous",
    )  # fmt: skip
    HINTS = ("help", "record-reading", "documents", "new-request", "contact", "back")
    TITLE_TEXT = N_("Client card")
    HELP = N_(
        "Opening the card starts a contact; Esc ends it and asks for its outcome when something was done.\n"
        "F2 goes to the command line and leaves the contact open; opening another client ends it.\n"
        "PESEL, phone and e-mail stay masked until the caller is verified (F7); r shows one for a moment.\n"
        "F4 right after a reading was saved prints its confirmation; on the tab of invoices it prints the\n"
        "invoice under the cursor. n issues a new document: a duplicate, a statement, a transfer form."
    )

    def __init__(self, number: str, *, state: str = "", invoice: str = "") -> None:
        """`state` is a reading proposed on the command line: its form opens by itself.

        `invoice` is one asked for there: the tab of invoices opens with the cursor on it.
        """
        super().__init__()
        self.number = number
        self.card: ClientCard | None = None
        self.contact: ContactState | None = None
        self._proposed = state
        self.asked_invoice = invoice
        self._tab = TABS[0]

    def compose(self) -> ComposeResult:
        """Draw the empty card; it is filled as soon as the database answers."""
        today = office_day(self.bok.workplace.clock())
        yield TopLine(self.bok.workplace)
        yield ClientHead()
        with Horizontal(id="tabs-line"):
            yield Static(id="tabs")
            yield CallClock(self.bok.workplace.clock)
        with Horizontal(id="body"):
            with ContentSwitcher(initial=TABS[0]):
                yield MeterPanel(upto=today, id="meters")
                yield RowList(id="invoices", empty=_("no invoices"))
                yield RowList(id="payments", empty=_("no payments"))
                yield RowList(id="ledger", empty=_("nothing was charged or paid"))
                yield RowList(id="contacts", empty=_("no earlier contacts"))
                yield RowList(id="documents", empty=_("no documents issued"))
                yield RowList(id="timeline", empty=_("nothing happened yet"))
                yield RowList(id="requests", empty=_("no requests"))
            with Vertical(id="side"):
                yield Static(plain(_("Time line")), classes="heading")
                yield Static(id="side-timeline")
        yield ToldLine(id="told")
        yield Static(id="duty")
        yield KeyHints()

    # -- opening and showing

    def on_mount(self) -> None:
        """Start the contact and read the card; keys wait until it is here."""
        place = self.bok.workplace
        channel = place.staff.channel if place.staff else Channel.PHONE
        self.ask(
            partial(client_work.open_card, number=self.number, channel=channel, before=place.contact),
            self._opened,
            refused=self._not_opened,
        )

    def _opened(self, opened: Opened) -> None:
        self.show_card(opened.card)
        if opened.ended is not None:
            self.tell(ended_words(opened.ended), Tone.QUIET)
        self.query_one("#meters RowList", RowList).focus()
        if self._proposed:
            proposed, self._proposed = self._proposed, ""
            self.open_reading(state=proposed)
        elif self.asked_invoice:
            self.action_show_tab("invoices")

    def _not_opened(self, error: BokError) -> None:
        self.dismiss(None)
        self.bok.report_refusal(error)

    def show_card(self, card: ClientCard) -> None:
        """Show the card as it stands now."""
        self.card = card
        self._keep(card.contact or self.contact)
        self.query_one(MeterPanel).show(card.meters)
        events = [event_words(event) for event in card.timeline]
        self.show_events(card.timeline)
        calls = [
            Row(str(at), contact_words_of(event))
            for at, event in enumerate(card.timeline)
            if event.kind == "contact"
        ]
        self.query_one("#contacts", RowList).show(calls)
        self.query_one("#side-timeline", Static).update(
            Content("\n").join(
                Content.assemble((when, "$text-muted"), "\n  ", plain(what)) for when, what in events
            )
        )
        self._show_head()
        self._show_tabs()

    def show_contact(self, contact: ContactState) -> None:
        """Show what the contact has become."""
        self._keep(contact)
        self._show_head()

    def _keep(self, contact: ContactState | None) -> None:
        self.contact = contact
        self.bok.workplace.contact = contact if contact and contact.ended_at is None else None

    def _show_head(self) -> None:
        head = self.query_one(ClientHead)
        head.card, head.contact, head.revealed = self.card, self.contact, dict(self.revealed)
        self.query_one(CallClock).contact = self.contact

    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Read the card again, after something was done."""

        def take(card: ClientCard) -> None:
            self.show_card(card)
            if then is not None:
                then()

        self.ask(partial(client_work.read_card, number=self.number), take, contact_id=self.contact_id)

    @property
    def contact_id(self) -> int | None:
        """The contact that every look and every change is tied to."""
        return self.contact.id if self.contact else None

    def tell(self, words: str, tone: Tone = Tone.DONE, *, duty: str = "") -> None:
        """Say how the last thing went, and a sentence to read out below it."""
        self.query_one("#told", ToldLine).say(words, tone)
        line = self.query_one("#duty", Static)
        line.update(plain(duty))
        line.display = bool(duty)

    def tell_refusal(self, error: BokError) -> None:
        """Say why something was refused; the card stays as it is."""
        self.app.bell()
        self.tell(translate_template(error.message, error.params), Tone.ERROR)

    # -- tabs

    def action_show_tab(self, tab: str) -> None:
        """Show a tab and put the cursor into its list."""
        self._tab = tab
        self.query_one(ContentSwitcher).current = tab
        self._show_tabs()
        if tab == "documents":
            self.load_documents()
        elif tab == "requests":
            self.load_requests()
        elif tab in MONEY_TABS:
            self.load_account()
        self.query_one("#meters RowList" if tab == "meters" else f"#{tab}", RowList).focus()

    def action_step_tab(self, by: int) -> None:
        """Show the next or the previous tab."""
        self.action_show_tab(TABS[(TABS.index(self._tab) + by) % len(TABS)])

    def _show_tabs(self) -> None:
        line: Content = tabs_line(self._tab, self.app.size.width)
        self.query_one("#tabs", Static).update(line)

    # -- the contact

    def action_contact(self) -> None:
        """Verify the caller."""
        if self.card is not None and self.contact is not None:
            self.app.push_screen(VerificationDialog(self.card, self.contact), self.caller_verified)

    def caller_verified(self, result: Verified | None) -> None:
        """Show what the caller has proved, and the card as it may be shown now."""
        if result is None:
            return
        before, after = self.contact, result.contact
        self.show_contact(after)
        changed = before is None or (before.level, before.locked) != (after.level, after.locked)
        then = self._ask_end if result.end else None
        if changed:
            if self.query_one("#told", ToldLine).tone is Tone.ERROR:
                self.tell("", Tone.QUIET)  # what was refused then may be allowed now
            self.reload(then)  # what is masked depends on the level
        elif then is not None:
            then()

    def action_change_channel(self) -> None:
        """Take the next way in which the client may have reached us."""
        if self.contact is None:
            return
        at = CONTACT_CHANNELS.index(self.contact.channel) if self.contact.channel in CONTACT_CHANNELS else -1
        channel = CONTACT_CHANNELS[(at + 1) % len(CONTACT_CHANNELS)]
        work = partial(client_work.change_channel, contact_id=self.contact.id, channel=channel)

        def changed(contact: ContactState) -> None:
            self.show_contact(contact)
            self.tell(
                _("Channel of the contact: %(channel)s") % {"channel": channel_label(channel)}, Tone.QUIET
            )

        self.ask(work, changed, refused=self.tell_refusal, contact_id=self.contact_id)

    def action_keep_channel(self) -> None:
        """Have this person's contacts start with the channel of this one from now on."""
        if self.contact is None:
            return
        channel = self.contact.channel

        def kept(staff: StaffMember) -> None:
            self.bok.workplace.staff = staff
            self.tell(
                _("Your contacts start with: %(channel)s") % {"channel": channel_label(channel)}, Tone.QUIET
            )

        self.ask(partial(client_work.keep_channel, channel=channel), kept, refused=self.tell_refusal)

    def action_back(self) -> None:
        """End the contact and leave: asked for its outcome when something was done, silently when not."""
        contact = self.contact
        if contact is None or contact.ended_at is not None:
            self.dismiss(None)
        elif contact.suggested_purpose or contact.answered:
            self._ask_end()
        else:
            self._leave_after(partial(client_work.end_quietly, contact=contact))

    def _ask_end(self) -> None:
        if self.contact is None:
            return
        clock = clock_words(self.contact, self.bok.workplace.clock())
        self.app.push_screen(EndContactDialog(self.contact, clock=clock), self._end)

    def _end(self, end: ContactEnd | None) -> None:
        if end is not None:
            self._leave_after(partial(client_work.end_contact, end=end))

    def _leave_after(self, work: Callable[..., object]) -> None:
        def done(_line: object) -> None:
            self.bok.workplace.contact = None
            self.dismiss(None)

        self.ask(work, done, refused=self.tell_refusal, contact_id=self.contact_id)
