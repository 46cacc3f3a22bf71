"""Starts the agents' screen: the terminal is looked at before Textual is imported."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from bok_tui import guard
from bok_tui.i18n import choose_language
from db.clock import Clock, system_clock
from db.records.people import StaffMember
from db.settings import Settings

if TYPE_CHECKING:
    from db.office import House


def run_agents_screen(
    settings: Settings,
    *,
    open_house: Callable[[], House] | None = None,
    signed_in: Callable[[House], StaffMember] | None = None,
    demo: bool = False,
    clock: Clock = system_clock,
) -> int:
    """Run the agents' screen until it is left, and return the exit status.

    `open_house` opens the database in a thread after the first paint; without it the installation
    that `settings` name is opened. `signed_in` signs somebody in without a password (the demo).
    Raises WrongInput, in one sentence, when this terminal cannot show the screen, or when the
    setting `keys` asks for what cannot be.
    """
    guard.check_terminal(os.environ)
    guard.prepare_environment(os.environ, settings)
    choose_language(settings.lang)

    from bok_tui.app import BokApp
    from bok_tui.keymap import read_keymap
    from bok_tui.keys import choose_keys
    from bok_tui.workplace import Workplace

    choose_keys(read_keymap(settings.keys))

    def open_installation() -> House:
        from db.house import open_house as open_it

        return open_it(settings, clock=clock)

    place = Workplace(settings, open_house or open_installation, demo=demo, clock=clock)
    sign_in_as = (lambda: signed_in(place.house())) if signed_in else None
    app = BokApp(place, sign_in_as=sign_in_as, tidy_memory=True, **guard.driver_options())
    app.run(mouse=settings.mouse)
    place.close()
    return app.return_code or 0
