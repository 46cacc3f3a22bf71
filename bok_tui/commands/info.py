"""`bok info`: versions, places and what is wrong with them."""

from __future__ import annotations

import typer

from bok_tui.shell import open_shell
from db.words import N_

app = typer.Typer()


@app.command(help=N_("Versions, places and what is wrong with them."), epilog=N_("Example: bok info"))
def info() -> None:
    """Show where everything is."""
    settings = open_shell()
    typer.echo(settings.address)
