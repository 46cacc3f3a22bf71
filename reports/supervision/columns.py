"""Columns that several reports have."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.definition import Figure, Personal

CLIENT = Figure("client", N_("Client"), meaning=N_("The client's number."))
NAME = Figure("name", N_("Name"), meaning=N_("The client's name."), personal=Personal.NAME)
AGENT = Figure("agent", N_("Agent"), meaning=N_("Login of whoever did it; empty for the program."))


def count(key: str, label: str, meaning: str, *, bar: bool = False) -> Figure:
    """Return a column of whole numbers; label and meaning are `N_`-marked by the caller."""
    return Figure(key, label, Kind.COUNT, meaning=meaning, bar=bar)


def amount(key: str, label: str, meaning: str, *, bar: bool = False) -> Figure:
    """Return a column of zlotys."""
    return Figure(key, label, Kind.AMOUNT, meaning=meaning, bar=bar)
