"""Build hook: compile the gettext catalogues (.po) so that an installed `bok` finds its Polish words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Writes a .mo beside every .po before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each catalogue; a broken one stops the build."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in Path(self.root, "bok_tui", "locale").rglob("*.po"):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
