"""What `bok db sample` does: fills an installed, empty database with the sample town."""

from __future__ import annotations

from bok_tui.commands.progress import progress_bar
from bok_tui.i18n import _
from bok_tui.shell import say
from db.settings import Settings
from db.words import N_


def run_sample(settings: Settings, *, clients: int, years: int, seed: int, billed: int | None = None) -> None:
    """Fill the database that `settings` name.

    Raises Refused when it is not empty, WrongInput for sizes that cannot be, DatabaseUnavailable.
    """
    from db.house import open_house
    from db.sample.town import make_town

    house = open_house(settings)
    try:
        with progress_bar(_("Sample town")) as progress:
            town = make_town(house, clients=clients, years=years, seed=seed, billed=billed, progress=progress)
    finally:
        house.database.close()
    say(
        N_(
            "Made: %(clients)s clients (%(businesses)s businesses), %(meters)s meters,"
            " %(readings)s readings, %(invoices)s invoices."
        ),
        clients=town.clients,
        businesses=town.businesses,
        meters=town.meters,
        readings=town.readings,
        invoices=town.invoices,
    )
    if town.capped:
        say(N_("There are no more businesses: 4 digits hold no more client numbers."))
