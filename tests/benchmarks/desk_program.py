"""Programs that the screen's benchmarks start on a pty: ours over the demo, and yardsticks.

python -m tests.benchmarks.desk_program ours FOLDER    the agents' screen, signed in
python -m tests.benchmarks.desk_program bare           Textual with an Input and a DataTable
python -m tests.benchmarks.desk_program echo           Textual with an Input and its echo
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.office import House
    from db.records.people import StaffMember


def ours(folder: str) -> None:
    """Run the agents' screen over the sample town in `folder`."""
    from bok_tui.start import run_agents_screen
    from db.settings import load_settings

    def signed_in(house: House) -> StaffMember:
        from db.sample.demo import enter_as_agent

        return enter_as_agent(house)

    settings = load_settings({"BOK_HOME": folder})
    run_agents_screen(settings, signed_in=signed_in, demo=True)


def bare() -> None:
    """Run the smallest application of the same kind."""
    os.environ["TEXTUAL_FPS"] = "250"
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable, Input

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Input(placeholder="READY")
            yield DataTable()

        def on_mount(self) -> None:
            self.query_one(DataTable).add_columns("no.", "client", "address", "meter")

    Bare().run()


def echo() -> None:
    """Run an application that shows nothing but what is typed."""
    os.environ["TEXTUAL_FPS"] = "250"
    from textual.app import App, ComposeResult
    from textual.widgets import Input

    class Echo(App[None]):
        def compose(self) -> ComposeResult:
            yield Input(placeholder="READY")

    Echo().run()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ours", folder]:
            ours(folder)
        case ["bare"]:
            bare()
        case _:
            echo()
