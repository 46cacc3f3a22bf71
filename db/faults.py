"""Turns what a database driver complains of into a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from db.errors import BokError, DatabaseUnavailable, WrongInput
from db.words import N_

TRANSIENT_STATES = {"40001", "40P01"}
"""PostgreSQL: serialization failure and deadlock; the same work may simply be done again."""

TOO_LARGE = N_("A number is larger than any that is kept. Check what you typed.")
_SQLITE_TOO_LARGE = "too large to convert to SQLite"

SQLITE_SENTENCES = (
    ("disk is full", N_("The disk with the database is full; nothing was saved. Make room and try again.")),
    (
        "readonly database",
        N_("The database may not be written to; nothing was saved. Check its permissions."),
    ),
    ("file is not a database", N_("This file is not a database of bok.")),
    ("malformed", N_("The database file is damaged; restore it from a backup: bok db restore FILE.")),
    ("database is locked", N_("The database has been busy for too long; nothing was saved. Try again.")),
    ("disk i/o error", N_("The disk with the database refuses to read or write; nothing was saved.")),
    ("unable to open", N_("The database file cannot be opened; check that its folder exists and is yours.")),
    ("no such table", N_("This file is not a database of bok.")),
)

CONNECT_REFUSALS = {
    "28000": ("authentication failed", "no password supplied", "no pg_hba.conf entry", 'fatal:  role "'),
    "3D000": ('fatal:  database "',),
}
"""What the server says when it lets nobody in, by the code that it would have for it."""


def is_transient(error: DBAPIError) -> bool:
    """Tell whether the same transaction may succeed when it is simply repeated."""
    return getattr(error.orig, "sqlstate", None) in TRANSIENT_STATES


def sentence_for(error: DBAPIError) -> BokError | None:
    """Return what to tell the person, or None when this is a fault of ours."""
    text = str(error.orig).lower()
    for sign, sentence in SQLITE_SENTENCES:
        if sign in text:
            return DatabaseUnavailable(sentence)
    state = getattr(error.orig, "sqlstate", None) or _state_of_refusal(text)
    if state in ("53100", "53200"):
        return DatabaseUnavailable(SQLITE_SENTENCES[0][1])
    if state == "55P03":
        return DatabaseUnavailable(SQLITE_SENTENCES[4][1])
    if state in ("28P01", "28000"):
        return DatabaseUnavailable(N_("The database server refused the user name or password."))
    if state == "3D000":
        return DatabaseUnavailable(N_("The database server has no database of that name."))
    if state in ("25006", "42501"):
        return DatabaseUnavailable(SQLITE_SENTENCES[1][1])
    if state == "53300":
        return DatabaseUnavailable(N_("The database server has no connection left; try again in a moment."))
    if state == "22003":
        return WrongInput(TOO_LARGE)
    if state == "57014":
        return DatabaseUnavailable(N_("The database took too long; nothing was saved. Try again."))
    lost = type(error.orig).__module__.startswith("psycopg") and isinstance(error, OperationalError)
    if error.connection_invalidated or (state is None and lost):
        return DatabaseUnavailable(
            N_("The database server cannot be reached; check that it runs and BOK_DATABASE_URL.")
        )
    return None


def _state_of_refusal(text: str) -> str | None:
    """Return the code of a refused connection, for which the driver has words alone."""
    for state, signs in CONNECT_REFUSALS.items():
        if any(sign in text for sign in signs):
            return state
    return None


@contextmanager
def told_plainly() -> Iterator[None]:
    """Let a driver's complaint out as a DatabaseUnavailable, or a WrongInput, where we know what it means."""
    try:
        with numbers_fit():
            yield
    except DBAPIError as error:
        plain = sentence_for(error)
        if plain is None:
            raise
        raise plain from error


@contextmanager
def numbers_fit() -> Iterator[None]:
    """Let a number that SQLite has no room for out as WrongInput: its driver says so as no database does."""
    try:
        yield
    except OverflowError as error:
        if _SQLITE_TOO_LARGE not in str(error):
            raise
        raise WrongInput(TOO_LARGE) from error
