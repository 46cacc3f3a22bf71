"""Going for good, by signing out or quitting: the contact under way is ended first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bok_tui.asking import Asking
from db.errors import BokError

if TYPE_CHECKING:
    from bok_tui.travel import Travel
    from db.records.contacts import ContactEnd


def end_contact(app: Travel, go: Callable[[], object]) -> None:
    """End the contact under way, then `go`; when something was done in it, ask for its outcome first.

    Under the lock nobody is asked: whoever goes there need not be the one who was talking. While
    keys wait for a database that does not answer, `go` comes at once. Requests that the agent had
    taken for review are given back.
    """
    go = partial(_give_back, app, go)
    contact = app.workplace.contact
    if contact is None or app.type_ahead.held:
        go()
        return
    from bok_tui.dialogs.end_contact import EndContactDialog
    from bok_tui.screens import client_work
    from bok_tui.wording.client import clock_words

    def gone(_done: object) -> None:
        app.workplace.contact = None
        go()

    def kept_open(error: BokError) -> None:
        # a second try goes without it; the database closes what was left open
        app.workplace.contact = None
        _asking(app).bok.report_refusal(error)

    def answered(end: ContactEnd | None) -> None:
        if end is not None:
            work = partial(client_work.end_contact, end=end)
            _asking(app).ask(work, gone, refused=kept_open, contact_id=end.contact_id)

    if isinstance(app.screen, EndContactDialog):
        app.screen.dismiss(None)
    if app.idle_lock.locked or not (contact.suggested_purpose or contact.answered):
        work = partial(client_work.end_overtaken, contact=contact)
        _asking(app).ask(work, gone, refused=gone, contact_id=contact.id)
    else:
        clock = clock_words(contact, app.workplace.clock())
        app.push_screen(EndContactDialog(contact, clock=clock), answered)


def _give_back(app: Travel, go: Callable[[], object]) -> None:
    """Give back what the agent had taken for review, then `go`; the leases end by themselves, too."""
    if not app.workplace.has_taken or app.type_ahead.held:
        go()
        return
    from bok_tui.screens import request_work

    def gone(_result: object) -> None:
        app.workplace.has_taken = False
        go()

    _asking(app).ask(request_work.release, gone, refused=gone)


def _asking(app: Travel) -> Asking:
    """Return the uppermost screen that can ask the database."""
    return next(screen for screen in reversed(app.screen_stack) if isinstance(screen, Asking))
