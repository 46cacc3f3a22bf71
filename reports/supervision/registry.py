"""Every report by its name, one line each; a report's module is imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.words import N_

if TYPE_CHECKING:
    from reports.supervision.definition import Definition

REPORTS: Mapping[str, str] = {
    "daily": N_("One page for the morning: late, due, yesterday, money, unusual."),
    "receivables": N_("What is owed, by age, group and client."),
    "readings": N_("How many readings, by channel, agent and time, and what became of them."),
    "payments": N_("What money came, by source and day, and what nobody has matched."),
    "revenue": N_("What was invoiced and corrected, and the VAT register."),
    "contacts": N_("How many called or wrote, how long it took, what was solved at once."),
    "access": N_("Who looked at whose data, and what of it should be looked into."),
    "agents": N_("What each member of staff did."),
    "unread": N_("Which meters nobody has read for a while, by street."),
    "meters": N_("Verifications that expire, exchanges, and how old the meters are."),
    "requests": N_("Open requests by age, processed ones by outcome, and how long it took."),
    "complaints": N_("Complaints that are late, come due, or were answered in time."),
    "einvoice": N_("How many have e-invoices and an account in e-BOK, and whose address is in doubt."),
    "consumption": N_(
        "Water by group and town, losses, biggest changes of use, leaks and what else is out of the ordinary."
    ),
    "quality": N_("What is missing or doubtful on file."),
}
"""Each report's name, which is its module's too, and what it answers."""


def definition_of(name: str) -> Definition:
    """Return the report `name`; raises KeyError."""
    if name not in REPORTS:
        raise KeyError(name)
    definition: Definition = importlib.import_module(f"reports.supervision.{name}").DEFINITION
    return definition
