"""Marks text that people will read.

Below `bok_tui` nobody knows the language of the screen: messages travel as an English
template and its parameters, and are translated at the edge.
"""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name the gettext tools look for
    """Mark `message` for extraction into the catalogues and return it unchanged."""
    return message


class Words(str):
    """A marked text that fills a place of another one: translated together with it at the edge."""

    __slots__ = ()
