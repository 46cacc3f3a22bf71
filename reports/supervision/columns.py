"""Columns that several reports have."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.definition import Figure, Personal

CLIENT = Figure("client", N_("Client"), meaning=N_("The client's number."))
NAME = Figure("name", N_("Name"), meaning=N_("The client's name."), personal=Personal.NAME)
GROUP = Figure(
    "group", N_("Group"), meaning=N_("The contract's tariff group on the day; empty where there is none.")
)
CHANNELS = {
    "phone": N_("by phone"),
    "email": N_("by e-mail"),
    "in_person": N_("in person"),
    "letter": N_("by letter"),
    "ebok": N_("e-BOK"),
    "sms": N_("SMS"),
    "field": N_("meter reader"),
    "radio": N_("radio"),
}
METER = Figure("meter", N_("Meter"), meaning=N_("The meter's factory number."))
TOWN = Figure("town", N_("Town"), meaning=N_("The town of the supplied property."))
STREET = Figure("street", N_("Street"), meaning=N_("Its street; empty in a village without streets."))
HOUSE = Figure("house", N_("House"), meaning=N_("House and flat."), personal=Personal.HOUSE)
AGENT = Figure("agent", N_("Agent"), meaning=N_("Login of whoever did it; empty for the program."))


def count(key: str, label: str, meaning: str, *, bar: bool = False) -> Figure:
    """Return a column of whole numbers; label and meaning are `N_`-marked by the caller."""
    return Figure(key, label, Kind.COUNT, meaning=meaning, bar=bar)


def amount(key: str, label: str, meaning: str, *, bar: bool = False) -> Figure:
    """Return a column of zlotys."""
    return Figure(key, label, Kind.AMOUNT, meaning=meaning, bar=bar)


_SLOTS = {
    "day": (N_("Day"), N_("The day at the office.")),
    "week": (N_("Week"), N_("The week of the calendar (ISO 8601), Monday to Sunday.")),
    "month": (N_("Month"), N_("The month of the calendar.")),
    "hour": (N_("Hour"), N_("The hour of the office's clock in which it began.")),
    "weekday": (N_("Weekday"), N_("1 is Monday, 7 Sunday.")),
}

_WEEKDAYS = {
    "1": N_("Mon"),
    "2": N_("Tue"),
    "3": N_("Wed"),
    "4": N_("Thu"),
    "5": N_("Fri"),
    "6": N_("Sat"),
    "7": N_("Sun"),
}


def slots(key: str, kind: Kind = Kind.TEXT) -> Figure:
    """Return the column of a view by time."""
    label, meaning = _SLOTS[key]
    return Figure(key, label, kind, words=_WEEKDAYS if key == "weekday" else {}, meaning=meaning)
