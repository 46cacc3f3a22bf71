"""What is decided in the queue: approve, reject, ask, take, undo; each by one key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bok_tui.dialogs.ask_information import AskDialog, Asked
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.decide import ApproveDialog
from bok_tui.dialogs.reject import RejectDialog, Rejected
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _, translate_template
from bok_tui.screens import request_work
from bok_tui.screens.request_part import RequestPart
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.request_detail import changed_lines, decided_words, decision_lines
from bok_tui.wording.requests import is_open, kind_words, waits
from db.errors import BokError
from db.records.request_views import RequestLine, RequestView
from db.records.requests import ComplaintSubject, RequestKind, RequestState
from db.refusals import ChangedMeanwhile

if TYPE_CHECKING:
    from db.office import Office


class RequestDecisions(RequestPart):
    """Part of the queue: the keys that bring a request on."""

    # -- may it be decided

    def why_not(self, line: RequestLine) -> str:
        """Return why this person does not decide about it; empty when they may, or nobody has to."""
        staff = self.bok.workplace.staff
        if not waits(line) or line.can_decide:
            return ""
        own = staff is not None and line.submitted_by == staff.id
        if line.four_eyes and own:
            return _("Four eyes: you took it in, so another person has to decide.")
        if line.four_eyes:
            return _("Four eyes: a supervisor decides about it.")
        return _("You took it in without a verified caller: somebody else has to decide.")

    def _decidable(self) -> RequestLine | None:
        line = self.current
        if line is None:
            self.bok.type_ahead.discard()
            self.app.bell()
            return None
        why = self.why_not(line)
        if not why and not waits(line):
            why = _("%(number)s is decided already.") % {"number": line.number}
        if why:
            self.refuse(why)
            return None
        return line

    # -- approving and rejecting

    def action_approve(self) -> None:
        """Approve, once it was seen what that is."""
        self._with_decidable(self._ask_to_approve)

    def action_reject(self) -> None:
        """Reject, with a reason that the client is told."""
        self._with_decidable(self._ask_to_reject)

    def _with_decidable(self, then: Callable[[RequestView], object]) -> None:
        if self._decidable() is not None:
            self.work_on(request_work.view, then)

    def _ask_to_approve(self, view: RequestView) -> None:
        if view.line.kind is RequestKind.COMPLAINT:
            self._ask_answer(view, accept=True)
            return

        def typed(note: str | None) -> None:
            if note is not None:
                self._approve(view, note)

        self.app.push_screen(ApproveDialog(view), typed)

    def _approve(self, view: RequestView, note: str, *, over_changes: bool = False) -> None:
        def refused(error: BokError) -> None:
            if isinstance(error, ChangedMeanwhile) and not over_changes:
                self._ask_over(view, note, error)
            else:
                self.refused_change(error)

        work = partial(
            request_work.decide,
            request_id=view.line.id,
            approve=True,
            note=note,
            version=view.version,
            over_changes=over_changes,
        )
        self.ask(work, self._decided, refused=refused, contact_id=self.contact_id)

    def _ask_over(self, view: RequestView, note: str, error: ChangedMeanwhile) -> None:
        """Show what was changed on the card since the request came, and ask."""
        self.app.bell()
        question = "\n".join(
            (
                *changed_lines(error.items),
                "",
                _("Write what was asked for over what is there now?"),
            )
        )
        title = _("%(number)s: the card was changed meanwhile") % {"number": view.line.number}

        def answered(yes: bool | None) -> None:
            if yes:
                self._approve(view, note, over_changes=True)
            else:
                self.tell(_("Nothing was changed; the request stays open."), Tone.QUIET)
                self.reload()

        self.app.push_screen(ConfirmDialog(question, title=title), answered)

    def _ask_to_reject(self, view: RequestView) -> None:
        if view.line.kind is RequestKind.COMPLAINT:
            self._ask_answer(view, accept=False)
            return

        def picked(rejected: Rejected | None) -> None:
            if rejected is not None:
                work = partial(
                    request_work.decide,
                    request_id=view.line.id,
                    approve=False,
                    reason=rejected.reason,
                    note=rejected.note,
                    version=view.version,
                )
                self.ask(work, self._decided, refused=self.refused_change, contact_id=self.contact_id)

        self.app.push_screen(RejectDialog(view), picked)

    def _decided(self, view: RequestView) -> None:
        """The cursor goes on to the next one; F4 still means the one decided."""
        self.fresh = view
        self.tell(decided_words(view) + "  " + _("F4 prints its letter, m e-mails it."))
        self.reload()

    # -- complaints

    def _ask_answer(self, view: RequestView, *, accept: bool, typed: str = "", wrong: str = "") -> None:
        """Ask for the answer; one that is refused comes back as it was `typed`, with what is `wrong`."""
        title = _("Complaint accepted: answer") if accept else _("Complaint rejected: answer")

        def answered(answer: str | None) -> None:
            if answer is not None:
                work = partial(
                    request_work.answer_complaint, request_id=view.line.id, accept=accept, answer=answer
                )
                self._answer(work, lambda why: self._ask_answer(view, accept=accept, typed=answer, wrong=why))

        lines = (*decision_lines(view), _("The answer stands in the letter to the client."))
        dialog = TextDialog(title, label=_("Answer"), lines=lines, limit=1000, text=typed, wrong=wrong)
        self.app.push_screen(dialog, answered)

    def _answer(self, work: Callable[[Office], RequestView], again: Callable[[str], object]) -> None:
        """Have the complaint answered; when that is refused, tell why and ask `again`."""

        def refused(error: BokError) -> None:
            self.refused_change(error)
            again(translate_template(error.message, error.params))

        self.ask(work, self._decided, refused=refused, contact_id=self.contact_id)

    def action_accept_complaint(self) -> None:
        """Accept a complaint about a reading: its void, the correction and the answer in one step."""
        line = self.current
        if line is None or line.kind is not RequestKind.COMPLAINT or not self.supervisor:
            self.refuse(_("This is for a supervisor, at a complaint about a reading."))
            return
        self.work_on(request_work.view, self._ask_to_void)

    def _ask_to_void(self, view: RequestView, *, typed: str = "", wrong: str = "") -> None:
        if view.complaint is None or view.complaint.subject is not ComplaintSubject.READING:
            self.refuse(_("%(number)s is not about a reading: a accepts it.") % {"number": view.line.number})
            return

        def answered(answer: str | None) -> None:
            if answer is not None:
                work = partial(request_work.accept_reading_complaint, request_id=view.line.id, answer=answer)
                self._answer(work, lambda why: self._ask_to_void(view, typed=answer, wrong=why))

        lines = (
            *decision_lines(view),
            _("The reading is voided, the invoice that settled it is corrected, and this is the answer:"),
        )
        title = _("Accept the complaint about a reading?")
        label = _("Answer (may be empty)")
        dialog = TextDialog(title, label=label, lines=lines, limit=1000, required=False, text=typed)
        self.app.push_screen(dialog, answered)

    # -- asking the client

    def action_ask_information(self) -> None:
        """Ask the client for what is missing, or note that it came."""
        line = self.current
        if line is not None and line.state is RequestState.NEEDS_INFO:
            self._note_then(
                _("Information came: %(number)s") % {"number": line.number},
                request_work.information_came,
            )
        elif self._may_ask(line):
            self.work_on(request_work.view, self._choose_question)

    def _may_ask(self, line: RequestLine | None) -> bool:
        if line is not None and line.state in (RequestState.SUBMITTED, RequestState.IN_REVIEW):
            return True
        self.app.bell()
        if line is not None:
            self.refuse(_("%(number)s is decided already.") % {"number": line.number})
        return False

    def _choose_question(self, view: RequestView) -> None:
        def chosen(asked: Asked | None) -> None:
            if asked is not None:
                work = partial(
                    request_work.ask_information,
                    request_id=view.line.id,
                    template=asked.template.value,
                    note=asked.note,
                )
                self.ask(work, self._decided, refused=self.refused_change, contact_id=self.contact_id)

        place = self.bok.workplace
        self.app.push_screen(AskDialog(view, utility=place.utility_name), chosen)

    # -- taking, giving back, taking back

    def action_take_request(self) -> None:
        """Take the request for review, or give it back."""
        line = self.current
        if line is None or not is_open(line):
            self.app.bell()
            return
        self.bok.workplace.has_taken = True
        self.work_on(request_work.give_back if line.mine else request_work.take, self._handed)

    def _handed(self, view: RequestView) -> None:
        words = _("%(number)s: you have it.") if view.line.mine else _("%(number)s: given back.")
        self.tell(words % {"number": view.line.number})
        self.reload()

    def action_withdraw_request(self) -> None:
        """Note that the client withdraws the request."""
        line = self.current
        if line is None or not is_open(line):
            self.app.bell()
            return
        self._note_then(_("The client withdraws %(number)s") % {"number": line.number}, request_work.withdraw)

    def _note_then(self, title: str, work: Callable[..., RequestView]) -> None:
        line = self.current
        if line is None:
            return

        def typed(note: str | None) -> None:
            if note is not None:
                doing = partial(work, request_id=line.id, note=note)
                self.ask(doing, self._decided, refused=self.refused_change, contact_id=self.contact_id)

        lines = (f"{kind_words(line.kind)} · {line.client_number} {line.client_name}",)
        dialog = TextDialog(title, label=_("Note (may be empty)"), lines=lines, limit=1000, required=False)
        self.app.push_screen(dialog, typed)

    def action_undo_request(self) -> None:
        """Undo what was applied by an inverse request."""
        line = self.current
        if line is None or line.state is not RequestState.APPLIED:
            self.refuse(_("Only what was applied can be undone; 6 shows it."))
            return
        question = _("Make a new request that takes %(number)s back? It is decided like any other.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.work_on(request_work.undo, self._undone)

        self.app.push_screen(ConfirmDialog(question % {"number": line.number}), answered)

    def _undone(self, view: RequestView) -> None:
        """The cursor goes to the inverse request: it is what is to be dealt with now."""
        self.fresh = None
        self.show_request(view.line.number)
        self.tell(decided_words(view))
