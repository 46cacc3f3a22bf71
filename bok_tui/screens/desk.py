"""The desk: where every call begins. The command line, what it finds, and what waits to be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from bok_tui.codes import Do, Line, understand
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import desk_work
from bok_tui.screens.base import BokScreen
from bok_tui.searching import Found, Searching
from bok_tui.widgets.command_line import CommandLine
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import MessageLine, Tone
from bok_tui.widgets.result_list import ResultList
from bok_tui.widgets.top_line import TopLine
from bok_tui.wording.desk import code_lines, how_to_begin, waiting_words
from bok_tui.wording.search import counted, match_word
from bok_tui.workplace import Workplace
from db.errors import BokError
from db.records.people import Role, StaffMember

if TYPE_CHECKING:
    from bok_tui.screens.desk_work import Waiting
    from db.office import Office

STAYS = 2.0
"""Seconds after which a list that is still there counts as looked at, and is noted as such."""
COUNT_AGAIN = 60.0
"""Seconds after which what waits is counted again."""


class DeskScreen(BokScreen[None]):
    """Start and F2."""

    BINDINGS = bindings("up", "down", "page-up", "page-down", "back")
    HINTS: ClassVar = ("help", "requests", "mail", "work-lists", "palette", "quit")
    TITLE_TEXT = N_("Desk")
    HELP = N_(
        "Type, and the list follows. Arrows choose, Enter opens. A number of 6 or 4 digits and Enter "
        "opens that client at once.\n"
        "No Polish letters are needed: zolw finds Żółw. One wrong letter in a long word is forgiven.\n"
        "Up on the empty line brings back what was typed before; Esc empties the line."
    )

    def __init__(self, workplace: Workplace, *, sign_in_as: Callable[[], StaffMember] | None = None) -> None:
        super().__init__()
        self._workplace = workplace
        self._sign_in_as = sign_in_as
        self._found = Found("", None)
        self._searching = Searching(self, self._show)
        self._looking: Timer | None = None

    def compose(self) -> ComposeResult:
        """Draw the desk."""
        yield TopLine(self._workplace)
        with Horizontal(id="command-row"):
            yield Static(plain(_("Search") + " ▸ "), id="prompt")
            yield CommandLine(id="command")
            yield Static(plain(_("? list of codes")), id="codes-hint")
        yield ResultList(id="results")
        yield MessageLine(id="message")
        yield Static(id="waiting")
        yield KeyHints()

    # -- starting

    def on_mount(self) -> None:
        """Paint first; then sign the demo's agent in, open the database and count what waits."""
        self.query_one(ResultList).show_notes(how_to_begin())
        hold = self.bok.type_ahead.hold() if self._sign_in_as else None
        self.call_after_refresh(self._begin)
        if hold is not None:
            self.call_after_refresh(hold.release)
        self.set_interval(COUNT_AGAIN, self.count_waiting)

    def _begin(self) -> None:
        if self._sign_in_as is not None and self._workplace.staff is None:
            self.in_thread(self._sign_in_as, self._signed_in)
        else:
            self._warm_up()

    def _signed_in(self, staff: StaffMember) -> None:
        self._workplace.staff = staff
        self.query_one(TopLine).refresh()
        self._warm_up()

    def _warm_up(self) -> None:
        staff = self._workplace.staff
        # an administrator sees no client: there is no search to make ready
        administrator = staff is not None and staff.role is Role.ADMIN
        work = desk_work.utility_name if administrator else desk_work.warm_up
        self.ask(work, self._warm, keys_wait=False, group="warm-up")

    def _warm(self, utility_name: str) -> None:
        self._workplace.utility_name = utility_name
        self.query_one(TopLine).refresh()
        self.count_waiting()
        self.bok.warmed_up()

    def on_unmount(self) -> None:
        """Want no answer any more."""
        self._searching.end()

    def on_screen_resume(self) -> None:
        """Count again: what was done meanwhile waits no more."""
        if self._workplace.staff is not None and self._workplace.utility_name:
            self.count_waiting()

    def count_waiting(self) -> None:
        """Ask what waits; no key waits for it."""
        staff = self._workplace.staff
        supervisor = staff is not None and staff.role is Role.SUPERVISOR
        work = desk_work.count_all if supervisor else desk_work.count
        self.ask(work, self._show_waiting, keys_wait=False, group="counts", refused=_ignore)

    def _show_waiting(self, counted: Waiting) -> None:
        words = waiting_words(
            counted.work,
            counted.requests,
            counted.mail,
            to_correct=counted.to_correct,
            width=self.app.size.width,
        )
        self.query_one("#waiting", Static).update(words)

    def clear(self) -> None:
        """Forget what this person typed and found."""
        self.query_one(CommandLine).forget()

    # -- the command line

    def focus_command_line(self) -> None:
        """Put the cursor into the command line; what stands there is replaced by typing."""
        line = self.query_one(CommandLine)
        line.focus()
        line.select_all()

    @on(Input.Changed, "#command")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        line = understand(event.value)
        if line.do is Do.CODES:
            self.query_one(ResultList).show_notes([(), *code_lines()])
        self._searching.look_for(line.text)

    def _show(self, found: Found) -> None:
        self._found = found
        if self._looking is not None:
            self._looking.stop()
        results, message = self.query_one(ResultList), self.query_one(MessageLine)
        if found.answer is None:
            line = understand(self.query_one(CommandLine).value)
            if line.do is not Do.CODES:
                results.show_notes(how_to_begin() if not found.text else [])
            message.say(found.failure, Tone.ERROR if found.failure else Tone.QUIET)
            return
        results.show_hits(found.answer.hits)
        self._tell()
        if found.answer.hits:
            self._looking = self.set_timer(STAYS, self.note_list)

    def note_list(self) -> None:
        """Leave the access entry of a list that somebody had the time to read."""
        answer = self._found.answer
        if answer is None or self.app.screen is not self:
            return

        def note(office: Office) -> None:
            from db.search import note_search

            office.read(note_search, [hit.id for hit in answer.hits], more=answer.more)

        self.ask(note, lambda _done: None, keys_wait=False, group="note")

    def _tell(self) -> None:
        answer, hit = self._found.answer, self.query_one(ResultList).current
        message = self.query_one(MessageLine)
        if answer is None:
            return
        if hit is None:
            message.say(_("Nothing found for: %(text)s") % {"text": self._found.text}, Tone.WARNING)
        else:
            words = {"counted": counted(answer), "match": match_word(hit.match)}
            message.say(_("%(counted)s · match: %(match)s") % words)

    @on(Input.Submitted, "#command")
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        line = understand(event.value)
        match line.do:
            case Do.SEARCH:
                self._open_current()
            case Do.CLIENT | Do.READING:
                self._open_number(line)
            case Do.METER:
                self._open_meter(line)
            case Do.INVOICE:
                self._open_invoice(line)
            case Do.REQUESTS:
                self._done()
                self.bok.open_requests(line.number)
            case Do.MAIL:
                self._done()
                self.bok.action_mail()
            case Do.BATCH:
                self._done()
                self.bok.open_batch(int(line.number) if line.number else None)
            case Do.CODES | Do.NOTHING:
                pass

    @on(ResultList.Chosen)
    def _open_current(self) -> None:
        if (hit := self.query_one(ResultList).current) is not None:
            self._done()
            self.bok.open_client(hit.number)
        elif self._found.answer is not None:
            self._refuse(_("Nothing found for: %(text)s. Type ? for the codes.") % {"text": self._found.text})

    def _open_number(self, line: Line) -> None:
        """Open the very client whose number was typed; never a neighbour by mistake."""
        results = self.query_one(ResultList)
        exact = [hit.number for hit in results.hits if hit.number == line.number]
        exact += [hit.number for hit in results.hits if line.do is Do.READING and line.number in hit.meters]
        if exact or self._found.answer is None:
            self._done()
            self.bok.open_client(exact[0] if exact else line.number, state=line.state)
        elif results.moved and results.current is not None:
            self._open_current()
        else:
            self._refuse(_("There is no client %(number)s.") % {"number": line.number})

    def _open_meter(self, line: Line) -> None:
        def owner(office: Office) -> str:
            from db.queries.clients import client_number_of_meter

            return office.read(client_number_of_meter, line.number)

        def found(number: str) -> None:
            self._done()
            self.bok.open_client(number)

        self.ask(owner, found, refused=self._refused)

    def _open_invoice(self, line: Line) -> None:
        def owner(office: Office) -> tuple[str, str]:
            from db.queries.ledger import client_of_invoice

            return office.read(client_of_invoice, line.number)

        def found(place: tuple[str, str]) -> None:
            self._done()
            self.bok.open_client(place[0], invoice=place[1])

        self.ask(owner, found, refused=self._refused)

    def _refused(self, error: BokError) -> None:
        self._refuse(translate_template(error.message, error.params))

    def _refuse(self, sentence: str) -> None:
        """Say why nothing was opened; what was typed ahead of it is discarded."""
        self.bok.type_ahead.discard()
        self.app.bell()
        self.query_one(MessageLine).say(sentence, Tone.ERROR)

    def _done(self) -> None:
        self.query_one(CommandLine).remember()

    # -- arrows

    def action_up(self) -> None:
        """Move up in the list, or back in what was typed before."""
        line, results = self.query_one(CommandLine), self.query_one(ResultList)
        if (not line.value or (line.browsing and results.cursor == 0)) and line.recall():
            return
        self._move(-1)

    def action_down(self) -> None:
        """Move down in the list."""
        self._move(1)

    def action_page_up(self) -> None:
        """Move a page up in the list."""
        self._move(-self.query_one(ResultList).page)

    def action_page_down(self) -> None:
        """Move a page down in the list."""
        self._move(self.query_one(ResultList).page)

    def _move(self, by: int) -> None:
        self.query_one(ResultList).move(by)
        self._tell()

    def action_back(self) -> None:
        """Empty the command line."""
        self.query_one(CommandLine).value = ""


def _ignore(_error: BokError) -> None:
    """Counting tells nothing when it cannot: whatever is done next will say why."""
