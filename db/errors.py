"""The errors a person can cause: each says what is wrong, where, and what to do.

A message is an English template (marked with `N_`) and its parameters; `bok_tui`
translates it. Nothing here knows exit codes or dialogs.
"""

from __future__ import annotations

from collections.abc import Mapping


class BokError(Exception):
    """Base of every refusal that is shown to a person."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        """English template with `%(name)s` placeholders, the key of its translation."""
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Refused(BokError):
    """A rule of the trade says no."""


class Stale(Refused):
    """Somebody else changed or did the same thing first."""


class WrongInput(BokError):
    """What was typed cannot be read as what is needed."""


class NotFound(BokError):
    """There is no such thing."""


class NotAllowed(BokError):
    """This person may not do this, or is not signed in."""


class CannotWrite(BokError):
    """A file cannot be written: a full disk, a folder that is missing or not ours to write to."""


class DatabaseUnavailable(BokError):
    """The database cannot be reached, is not ours, or has another schema."""
