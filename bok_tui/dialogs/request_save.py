"""Saving a form of the card's requests: refusals beside their field, F7 without losing what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from bok_tui.dialogs.base import Dialog
from bok_tui.dialogs.verification import VerificationDialog, Verified
from bok_tui.i18n import _, translate_template
from bok_tui.screens import request_work
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from db.errors import BokError
from db.records.clients import ClientCard
from db.records.contacts import ContactState
from db.records.request_views import RequestView
from db.records.requests import NewRequest, RequestField
from db.rules.verification import VerificationLevel

if TYPE_CHECKING:
    from db.office import Office

T = TypeVar("T")
Told = Callable[[Verified], object]
"""Tells the card what came of a verification."""


@dataclass(frozen=True, slots=True)
class FromMail:
    """What takes in a request that came by e-mail, and what the message already says."""

    take_in: Callable[[Office, NewRequest], RequestView]
    values: Mapping[RequestField, str] = field(default_factory=dict)
    note: str = ""


def nobody_to_tell(_result: Verified) -> None:
    """Tell nobody: where there is no caller, nobody is verified."""


class RequestSave(Dialog[T | None], Generic[T]):
    """Base of the forms that take something in for a client."""

    def __init__(
        self,
        card: ClientCard,
        contact: ContactState | None,
        verified: Told,
        *,
        mail: FromMail | None = None,
    ) -> None:
        """Without a `contact` there is nobody who could be verified: what is taken in came by `mail`."""
        super().__init__()
        self.card = card
        self.contact = contact
        self.mail = mail
        self._verified_on_card = verified
        self._saving = False

    def say(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """Say something at the foot of the form, with the bell when it is an error."""
        if tone is Tone.ERROR:
            self.app.bell()
        self.query_one(ToldLine).say(words, tone)

    def save(self, work: Callable[[Office], T]) -> None:
        """Do `work` and answer with what came of it; a refusal leaves everything as it is typed."""
        if self._saving:
            return
        self._saving = True
        self.say(_("Saving"), Tone.QUIET)
        self.ask(work, self.saved, refused=self._not_saved, contact_id=self.contact_id)

    def taking(self, new: NewRequest, *, at_once: bool = True) -> Callable[[Office], RequestView]:
        """Return the work that takes a request in: from the message it came in, or from the card."""
        if self.mail is None:
            return partial(request_work.submit, new=new, at_once=at_once)
        take_in = self.mail.take_in
        return lambda office: take_in(office, new)

    def saved(self, result: T) -> None:
        """Answer with what was saved; a form with more to show overrides this."""
        self._saving = False
        self.dismiss(result)

    def _not_saved(self, error: BokError) -> None:
        self._saving = False
        self.say(translate_template(error.message, error.params))
        self.refused(error)

    def refused(self, error: BokError) -> None:
        """Go to what the refusal is about; a form with fields overrides this."""

    # -- the caller

    @property
    def contact_id(self) -> int | None:
        """The contact that what is taken in is tied to."""
        return self.contact.id if self.contact is not None else None

    @property
    def verified(self) -> bool:
        """True when the caller has proved enough for a change of data."""
        if self.contact is None:
            return False
        return self.contact.level >= VerificationLevel.L3 and not self.contact.locked

    def action_contact(self) -> None:
        """Verify the caller; what is typed stays."""
        if self.contact is None:
            self.app.bell()
            return
        self.app.push_screen(VerificationDialog(self.card, self.contact), self._proved)

    def _proved(self, result: Verified | None) -> None:
        if result is None:
            return
        self.contact = result.contact
        self._verified_on_card(replace(result, end=False))
        if self.verified:
            self.say(_("The caller is verified for a change of data; Enter saves."), Tone.DONE)
        self.caller_changed()

    def caller_changed(self) -> None:
        """Show what depends on the caller's level; a form that has such things overrides this."""
