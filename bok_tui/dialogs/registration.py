"""Registration in e-BOK for the client: five checks, each with its own answer, none with a stored value."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.request_save import RequestSave, Told
from bok_tui.i18n import N_, _
from bok_tui.keys import ACTIONS, bindings
from bok_tui.safe_text import plain
from bok_tui.screens import ebok_work
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.ebok import check_label, result_words
from bok_tui.wording.labels import kind_label
from db.records.clients import ClientCard, ClientKind
from db.records.contacts import ContactState
from db.records.ebok import CheckResult, Registration, RegistrationCheck, RegistrationOutcome

TYPED = (
    RegistrationCheck.IDENTITY,
    RegistrationCheck.CLIENT_NUMBER,
    RegistrationCheck.INVOICE,
    RegistrationCheck.EMAIL,
)
LOGIN = "login"
YES, NO = "yes", "no"


class RegistrationDialog(RequestSave[RegistrationOutcome]):
    """Answers with the account that was made, or None. What was wrong stays to be mended."""

    BINDINGS = bindings("save", "take", "contact", "back")
    HINTS = ("save", "contact", "back")
    TITLE_TEXT = N_("Registration in e-BOK")
    HELP = N_(
        "Type what the client says; Enter goes on, and checks after the login. Each answer stands beside\n"
        "its field; what is on file is never shown. The client gets a link by e-mail and sets the password:\n"
        "no agent ever sees or sets one. F9 writes the invoice number in capitals, as the portal wants it.\n"
        "Tab goes to e-invoices, which may be switched on in the same step."
    )

    def __init__(self, card: ClientCard, contact: ContactState, verified: Told) -> None:
        super().__init__(card, contact, verified)
        self._order = [*(f"r-{check.value}" for check in TYPED), LOGIN]

    def compose(self) -> ComposeResult:
        """Draw the box."""
        kinds = [(kind.value, kind_label(kind)) for kind in ClientKind]
        answers = [(NO, _("no")), (YES, _("yes"))]
        with Vertical(classes="box wide request"):
            title = _("Registration in e-BOK · client %(number)s") % {"number": self.card.number}
            yield Static(plain(title), classes="title")
            with Horizontal(classes="field"):
                yield Label(plain(check_label(RegistrationCheck.KIND)))
                yield ChoiceField(kinds, value=self.card.kind.value, id="r-kind")
                yield Static(id="said-kind", classes="was")
            yield Static(id="why-kind", classes="why")
            for check in TYPED:
                with Horizontal(classes="field"):
                    yield Label(plain(check_label(check)))
                    yield Field(id=f"r-{check.value}", max_length=160, select_on_focus=False)
                    yield Static(id=f"said-{check.value}", classes="was")
                yield Static(id=f"why-{check.value}", classes="why")
            with Horizontal(classes="field"):
                yield Label(plain(_("login")))
                yield Field(id=LOGIN, max_length=60, select_on_focus=False)
                yield Static(id="said-login", classes="was")
            yield Static(id="why-login", classes="why")
            with Horizontal(classes="field"):
                yield Label(plain(_("e-invoice too")))
                yield ChoiceField(answers, value=NO, id="einvoice")
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin with the identifier: the kind is known from the card."""
        super().on_mount()
        for below in self.query(".why"):
            below.display = False
        self.query_one(f"#{self._order[0]}", Input).focus()

    @property
    def unsaved(self) -> bool:
        """True when something is typed."""
        return any(field.value.strip() for field in self.query(Input))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """What was said of the value before is no longer true."""
        event.stop()
        self._tell((event.input.id or "").removeprefix("r-"), "", right=True)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        at = self._order.index(event.input.id or LOGIN)
        if at + 1 < len(self._order):
            self.query_one(f"#{self._order[at + 1]}", Input).focus()
        else:
            self.action_save()

    def action_take(self) -> None:
        """Write the number of the invoice in capitals."""
        field = self.query_one(f"#r-{RegistrationCheck.INVOICE.value}", Input)
        if field.value == field.value.upper():
            self.app.bell()
        field.value = field.value.upper()

    def action_save(self) -> None:
        """Check, and register when all is right."""
        values = {name: self.query_one(f"#{name}", Input).value.strip() for name in self._order}
        missing = next((name for name, value in values.items() if not value), None)
        if missing is not None:
            self.query_one(f"#{missing}", Input).focus()
            self.say(_("Ask for this, too."))
            return
        registration = Registration(
            kind=ClientKind(self.query_one("#r-kind", ChoiceField).value),
            identity=values["r-identity"],
            client_number=values["r-client_number"],
            invoice=values["r-invoice"],
            email=values["r-email"],
            login=values[LOGIN],
            einvoice=self.query_one("#einvoice", ChoiceField).value == YES,
        )
        self.save(partial(ebok_work.register, registration=registration))

    def saved(self, result: RegistrationOutcome) -> None:
        """Close when the account was made, else show what each check said."""
        self._saving = False
        if result.ok and result.account is not None:
            self.dismiss(result)
            return
        for check, outcome in result.checks:
            key = f"  {ACTIONS['take'].shown_key}" if outcome is CheckResult.LOWER_CASE else ""
            self._tell(check.value, result_words(outcome) + key, right=outcome is CheckResult.OK)
        taken = "✗ " + _("taken; another one is needed") if result.login_taken else ""
        self._tell(LOGIN, taken, right=False)
        wrong = [check for check, outcome in result.checks if outcome is not CheckResult.OK]
        first = next((f"r-{check.value}" for check in wrong if check in TYPED), LOGIN)
        self.query_one(f"#{first}", Input).focus()
        self.say(_("Nothing was registered: see what stands beside each field."), Tone.ERROR)

    def _tell(self, name: str, words: str, *, right: bool) -> None:
        """Say how a check came out: beside its field, and why not below it."""
        style = "$text-success" if right else "bold $text-error"
        beside = words if right else words[:1]
        self.query_one(f"#said-{name}", Static).update(Content.styled(plain(beside).plain, style))
        below = self.query_one(f"#why-{name}", Static)
        below.update(Content.styled("" if right else plain(words).plain, style))
        below.display = bool(words) and not right
