"""Compiles a gettext source catalogue in memory: a checkout speaks Polish without a build step."""

from __future__ import annotations

import gettext
import io
from pathlib import Path


def compile_catalogue(source: Path) -> gettext.GNUTranslations:
    """Return the translations of a `.po` file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
