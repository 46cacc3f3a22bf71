"""The errors a person can cause: each says what is wrong, where, and what to do.

A message is an English template (marked with `N_`) and its parameters; `bok_tui`
translates it. Nothing here knows exit codes or dialogs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

LONGEST_DETAILS = 300
"""Characters of somebody else's words that are shown."""


class BokError(Exception):
    """Base of every refusal that is shown to a person."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        """English template with `%(name)s` placeholders, the key of its translation."""
        self.params: Mapping[str, object] = params
        self.details = ""
        """What a driver or the system said, in its own language: for a line apart from the sentence."""

    def with_details(self, text: str) -> Self:
        """Return this error with what somebody else's program said of it."""
        self.details = " ".join(text.split())[:LONGEST_DETAILS]
        return self

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


class MailServerUnavailable(BokError):
    """The mail server cannot be reached, or does not let us send."""
