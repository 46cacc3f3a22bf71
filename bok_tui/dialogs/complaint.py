"""A complaint: what it is about, which bill or reading, and what the client says."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.request_save import FromMail, RequestSave, Told
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.related import Related
from bok_tui.wording.requests import subject_words
from db.records.clients import ClientCard
from db.records.contacts import ContactState
from db.records.request_views import RequestView
from db.records.requests import ComplaintAbout, ComplaintSubject, NewRequest, RequestKind


class ComplaintDialog(RequestSave[RequestView]):
    """Answers with the complaint that was taken in, or None."""

    BINDINGS = bindings("save", "contact", "back")
    HINTS = ("save", "back")
    TITLE_TEXT = N_("Taking a complaint in")
    HELP = N_(
        "The arrows or a first letter change what it is about and which bill or reading; Enter goes on.\n"
        "Write what the client says in their words; Enter saves. Nobody need be verified for a complaint,\n"
        "and nothing is disclosed by it. It is answered within 14 days, from the queue (F5)."
    )

    def __init__(
        self,
        card: ClientCard,
        contact: ContactState | None,
        verified: Told,
        *,
        related: Related,
        subject: ComplaintSubject,
        mail: FromMail | None = None,
    ) -> None:
        """`subject` is what the cursor of the card points at."""
        super().__init__(card, contact, verified, mail=mail)
        self._related = related
        self._subject = subject

    def compose(self) -> ComposeResult:
        """Draw the box."""
        subjects = [(subject.value, subject_words(subject)) for subject in ComplaintSubject]
        choices = self._related.of(self._subject)
        with Vertical(classes="box wide request"):
            title = _("Complaint of client %(number)s") % {"number": self.card.number}
            yield Static(plain(title), classes="title")
            with Horizontal(classes="field"):
                yield Label(plain(_("About")))
                yield ChoiceField(subjects, value=self._subject.value, id="subject")
            with Horizontal(classes="field"):
                yield Label(plain(_("Which")))
                yield ChoiceField(choices, value=choices[0][0], id="related")
            with Horizontal(classes="field"):
                yield Label(plain(_("Says")))
                yield Field(
                    self.mail.note if self.mail else "", id="note", max_length=1000, select_on_focus=False
                )
            until = _("To be answered within 14 days from today.")
            if self.mail is not None:
                until = _("To be answered within 14 days from the day of the message.")
            yield Static(plain(until), classes="muted")
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Begin with what it is about."""
        super().on_mount()
        self.query_one("#subject", ChoiceField).focus()

    @property
    def unsaved(self) -> bool:
        """True when something is typed."""
        return self.query_one(Input).value.strip() != (self.mail.note if self.mail else "")

    @on(ChoiceField.Changed, "#subject")
    def _subject_changed(self, event: ChoiceField.Changed) -> None:
        event.stop()
        self._subject = ComplaintSubject(event.value)
        related = self.query_one("#related", ChoiceField)
        related.choices = tuple(self._related.of(self._subject))
        related.value = related.choices[0][0]
        related.refresh(layout=True)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Go on to what is missing, or save."""
        note = self.query_one(Input)
        if self.query_one("#subject", ChoiceField).has_focus:
            self.query_one("#related", ChoiceField).focus()
        elif not note.has_focus:
            note.focus()
        elif not note.value.strip():
            self.say(_("Write in a few words what the client complains about."))
        else:
            self.save(self.taking(self._new(note.value.strip())))

    def _new(self, note: str) -> NewRequest:
        key = self.query_one("#related", ChoiceField).value or None
        subject = self._subject
        about = ComplaintAbout(
            subject,
            invoice=key if subject is ComplaintSubject.BILL else None,
            reading_id=int(key) if key and subject is ComplaintSubject.READING else None,
            meter=key if subject is ComplaintSubject.METER else None,
        )
        return NewRequest(
            client_number=self.card.number, kind=RequestKind.COMPLAINT, note=note, complaint=about
        )
