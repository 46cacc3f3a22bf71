"""Going from screen to screen: nothing typed is lost on the way without being asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from bok_tui.ending import end_contact
from bok_tui.i18n import _
from bok_tui.leaving import Leaving
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.sign_in import SignInScreen
from db.clock import office_day
from db.records.people import Role, StaffMember

if TYPE_CHECKING:
    from bok_tui.idle_lock import IdleLock
    from bok_tui.type_ahead import TypeAhead
    from bok_tui.workplace import Workplace


class Travel(App[object]):
    """The ways between the screens; part of `BokApp`."""

    workplace: Workplace
    idle_lock: IdleLock
    type_ahead: TypeAhead

    def open_client(self, number: str, *, state: str = "", invoice: str = "") -> None:
        """Open the card of the client with this number, from anywhere.

        `state` proposes a reading, `invoice` shows that invoice.
        """
        from bok_tui.screens.client import ClientScreen

        self.to_desk(lambda: self.push_screen(ClientScreen(number, state=state, invoice=invoice)))

    def to_desk(self, then: Callable[[], object] | None = None) -> None:
        """Close what lies above the desk, asking where something is unsaved; then do `then`."""
        screen = self.screen
        if isinstance(screen, DeskScreen) or len(self.screen_stack) == 1:
            if then is not None:
                then()
            return

        def close() -> None:
            screen.dismiss(screen.nothing() if isinstance(screen, Leaving) else None)
            self.to_desk(then)

        if isinstance(screen, Leaving):
            screen.ask_to_leave(close)
        else:
            close()

    def begin_work(self, staff: StaffMember) -> None:
        """Give the desk to whoever signed in; it lies above the screen for signing in."""
        self.workplace.staff = staff
        self.idle_lock.touched()
        self.push_screen(DeskScreen(self.workplace))

    def sign_out(self) -> None:
        """Clear the desk, whatever lies on it, and let anybody sign in."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.workplace.staff = None
        self.workplace.contact = None
        if isinstance(self.screen, SignInScreen):
            self.screen.begin_anew()
        else:
            # the demo's desk is the lowest screen and stays there, empty and out of reach
            if isinstance(self.screen, DeskScreen):
                self.screen.clear()
            self.push_screen(SignInScreen(self.workplace))

    def action_sign_out(self) -> None:
        """Sign out; asks when something typed would be lost, and how the call ended."""
        self._go_for_good(self.sign_out, _("What you typed is not saved. Sign out all the same?"))

    def action_command_line(self) -> None:
        """Go to the command line of the desk."""
        self.to_desk(self._focus_command_line)

    def _focus_command_line(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.focus_command_line()

    def action_work_lists(self) -> None:
        """Open the work lists; for those who oversee, the board first, and the lists by the key again."""
        from bok_tui.screens.board import BoardScreen
        from bok_tui.screens.worklists import WorkListScreen

        staff = self.workplace.staff
        overseer = staff is not None and staff.role in (Role.SUPERVISOR, Role.ADMIN)
        if isinstance(self.screen, BoardScreen):
            self.screen.action_show_list(1)
        elif overseer:
            self.to_desk(lambda: self.push_screen(BoardScreen()))
        elif not isinstance(self.screen, WorkListScreen):
            self.to_desk(lambda: self.push_screen(WorkListScreen()))

    def action_till(self) -> None:
        """Open the tills: one's own, and for a supervisor all of them."""
        from bok_tui.screens.cash_days import CashScreen

        if self.workplace.staff is not None and self.workplace.staff.role is Role.ADMIN:
            self.bell()
        elif not isinstance(self.screen, CashScreen):
            self.to_desk(lambda: self.push_screen(CashScreen()))

    def open_requests(self, number: str = "") -> None:
        """Open the queue of requests; with a `number` (`W/2026/00418`, or 418 of this year) that one."""
        from bok_tui.screens.requests import RequestScreen

        if number.isdecimal():
            number = f"W/{office_day(self.workplace.clock()).year}/{int(number):05d}"
        self.to_desk(lambda: self.push_screen(RequestScreen(number=number)))

    def action_requests(self) -> None:
        """Open the queue of requests."""
        from bok_tui.screens.requests import RequestScreen

        if not isinstance(self.screen, RequestScreen):
            self.open_requests()

    def action_mail(self) -> None:
        """Open the inbox."""
        from bok_tui.screens.inbox import InboxScreen

        if not isinstance(self.screen, InboxScreen):
            self.to_desk(lambda: self.push_screen(InboxScreen()))

    def open_batch(self, number: int | None = None) -> None:
        """Open the sheet for many readings: the batch of this number, or one's own newest that is open."""
        from bok_tui.screens.reading_batch import ReadingBatchScreen

        self.to_desk(lambda: self.push_screen(ReadingBatchScreen(number)))

    def action_batch(self) -> None:
        """Open the sheet for many readings."""
        from bok_tui.screens.reading_batch import ReadingBatchScreen

        if not isinstance(self.screen, ReadingBatchScreen):
            self.open_batch()

    def action_change_password(self) -> None:
        """Change one's own password."""
        from bok_tui.dialogs.password import PasswordDialog

        staff = self.workplace.staff
        if staff is not None:
            self.push_screen(PasswordDialog(staff), self._password_changed)

    def _password_changed(self, staff: StaffMember | None) -> None:
        if staff is not None:
            self.workplace.staff = staff
            self.notify(_("The password is changed."), markup=False)

    def action_help(self) -> None:
        """Show the keys of this screen and what to know about it."""
        from bok_tui.dialogs.help import HelpDialog

        if not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.screen))

    def action_leave(self) -> None:
        """Quit; asks when something typed would be lost, and how the call ended."""
        self._go_for_good(self.exit, _("What you typed is not saved. Quit all the same?"))

    def _go_for_good(self, go: Callable[[], object], question: str) -> None:
        from bok_tui.dialogs.confirm import ConfirmDialog

        def end() -> None:
            end_contact(self, go)

        if isinstance(self.screen, ConfirmDialog):
            if self.type_ahead.held:
                go()  # no answer can be typed while keys wait for work that does not end
        elif any(isinstance(screen, Leaving) and screen.unsaved for screen in self.screen_stack):
            self.push_screen(ConfirmDialog(question), lambda yes: end() if yes else None)
        else:
            end()
