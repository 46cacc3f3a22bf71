"""The language of the screen: gettext over English source strings, Polish by default.

The language is chosen once, before anything is shown; until then words come out in English.
Texts held in tables and classes are marked with `N_` and translated where they are shown, so
that importing a module never fixes its language.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

from db.settings import LANGUAGES
from db.words import N_, Words

__all__ = ["N_", "_", "choose_language", "current_language", "ngettext", "translate_template"]

DOMAIN = "bok"
FOLDER = Path(__file__).parent / "locale"


class _Chosen:
    """The language in use; one for the process."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def choose_language(language: str) -> None:
    """Speak `language` (`pl` or `en`) from now on; anything else is Polish."""
    _Chosen.language = language if language in LANGUAGES else "pl"
    _Chosen.catalogue = gettext.NullTranslations() if _Chosen.language == "en" else _load(_Chosen.language)


def current_language() -> str:
    """Return the language in use: `pl` or `en`."""
    return _Chosen.language


def _(message: str) -> str:
    """Return `message` in the language in use."""
    return _Chosen.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the plural form that `count` takes in the language in use."""
    return _Chosen.catalogue.ngettext(singular, plural, count)


def translate_template(message: str, params: Mapping[str, object]) -> str:
    """Translate the template of a BokError, Finding or Alert and fill in its parameters.

    Days, decimals and numbers are written the way the language writes them, and `Words` are
    translated themselves. A translation that does not fit its parameters is logged and the English
    text shown instead.
    """
    from bok_tui.formats import shown  # numbers and days are not needed by `bok --help`

    values = {
        name: _(value) if isinstance(value, Words) else shown(value, _Chosen.language)
        for name, value in params.items()
    }
    if not values:
        return _(message)
    try:
        return _(message) % values
    except (KeyError, ValueError, TypeError):
        import logging

        logging.getLogger(__name__).exception("translation does not fit its parameters: %r", message)
        return message % values


def _load(language: str) -> gettext.NullTranslations:
    """Read the compiled catalogue, or compile the source one in memory in a source checkout."""
    folder = FOLDER / language / "LC_MESSAGES"
    compiled, source = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    if source.exists():
        from bok_tui.catalogue import compile_catalogue

        return compile_catalogue(source)
    return gettext.NullTranslations()
