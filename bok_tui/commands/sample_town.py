"""What `bok db sample` does: fills an installed, empty database with the sample town."""

from __future__ import annotations

import sys

from bok_tui.commands.progress import progress_bar
from bok_tui.i18n import _
from bok_tui.shell import say
from db.errors import Refused
from db.settings import Settings
from db.words import N_


def run_sample(settings: Settings, *, clients: int, years: int, seed: int, yes: bool = False) -> None:
    """Fill the database that `settings` name.

    Asks first on a terminal; without one it wants `yes`. Raises Refused when it is not said or the
    database is not empty, WrongInput for sizes that cannot be, DatabaseUnavailable.
    """
    from db.house import open_house
    from db.office import SYSTEM
    from db.sample.town import make_town, require_room, require_sensible

    require_sensible(clients, years)

    house = open_house(settings)
    try:
        house.office(SYSTEM).read(require_room)
        if not yes:
            _ask(house.database.shown_url)
        with progress_bar(_("Sample town")) as progress:
            town = make_town(house, clients=clients, years=years, seed=seed, progress=progress)
    finally:
        house.database.close()
    say(
        N_(
            "Made: %(clients)s clients (%(businesses)s businesses), %(meters)s meters, %(readings)s readings."
        ),
        clients=town.clients,
        businesses=town.businesses,
        meters=town.meters,
        readings=town.readings,
    )
    if town.capped:
        say(N_("There are no more businesses: 4 digits hold no more client numbers."))


def _ask(place: str) -> None:
    """Have the filling of `place` confirmed; raises Refused."""
    if not sys.stdin.isatty():
        raise Refused(N_("This fills %(place)s with made-up clients; say --yes if you mean it."), place=place)
    say(N_("This fills %(place)s with made-up clients, for good. Type yes to go on:"), place=place)
    if sys.stdin.readline().strip().lower() not in ("yes", "y", "tak", "t"):
        raise Refused(N_("Nothing was changed."))
