"""`bok demo`: the agents' screen over a made-up town."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui import guard
from bok_tui.i18n import _, choose_language
from bok_tui.shell import say
from db.words import N_

if TYPE_CHECKING:
    from db.office import House
    from db.records.people import StaffMember
    from db.sample.demo import Demo
    from db.settings import Settings

DEFAULT_CLIENTS = 3_000

app = typer.Typer(add_completion=False)

HELP = N_(
    "Open the agents' screen over a made-up town, signed in as a demo agent. The town is made once,"
    " in a folder of its own; no other database is touched."
)


@app.command(help=HELP, epilog=N_("Example: bok demo --clients 500 --reset"))
def demo(
    clients: Annotated[int, typer.Option(metavar="N", help=N_("Clients of a new town."))] = DEFAULT_CLIENTS,
    lang: Annotated[str, typer.Option(metavar="LANG", help=N_("Language: pl or en."))] = "",
    reset: Annotated[
        bool, typer.Option("--reset", help=N_("Make the town anew; what was done in it is lost."))
    ] = False,
) -> None:
    """Make the demo where there is none, and open it."""
    settings = _settings(lang)
    guard.check_terminal(os.environ)
    found = _prepared(settings, clients, reset)
    _tell(found, clients)
    raise typer.Exit(_open(found))


def _settings(lang: str) -> Settings:
    from bok_tui.shell import open_shell

    if lang:
        os.environ["BOK_LANG"] = lang
    settings = open_shell()
    choose_language(settings.lang)
    return settings


def _prepared(settings: Settings, clients: int, reset: bool) -> Demo:
    from bok_tui.commands.progress import progress_bar
    from db.sample.demo import prepare_demo

    with progress_bar(_("Making the sample town")) as progress:
        return prepare_demo(settings, clients=clients, reset=reset, progress=progress, waiting=_tell_to_wait)


def _tell_to_wait() -> None:
    say(N_("The demo is being prepared in another window; this one opens it as soon as it is ready."))


def _tell(found: Demo, clients: int) -> None:
    """Say where the data lies, and what differs from what was asked for."""
    from db.sample.demo import PASSWORD, SUPERVISOR

    say(N_("The demo lies in %(folder)s; nothing in it is real."), folder=found.folder)
    say(
        N_("A supervisor's sign-off in it: login %(login)s, password %(password)s."),
        login=SUPERVISOR,
        password=PASSWORD,
    )
    if not found.made and clients not in (found.clients, DEFAULT_CLIENTS):
        say(N_("It has %(clients)s clients; bok demo --reset makes it anew."), clients=found.clients)
    elif found.stale:
        say(N_("It was made some time ago, its notices have run out; bok demo --reset makes it anew."))


def _open(found: Demo) -> int:
    from bok_tui.start import run_agents_screen

    def open_demo() -> House:
        from db.house import open_house

        return open_house(found.settings)

    def enter(house: House) -> StaffMember:
        from db.sample.demo import enter_as_agent

        return enter_as_agent(house)

    return run_agents_screen(found.settings, open_house=open_demo, signed_in=enter, demo=True)
