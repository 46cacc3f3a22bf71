"""`bok report agents`: what each member of staff did."""

from __future__ import annotations

from db.records.people import ROLE_WORDS
from db.words import N_
from reports.supervision.columns import AGENT, count
from reports.supervision.definition import Definition, Figure, Option, View

DEFINITION = Definition(
    name="agents",
    counted=N_(
        "Everything is counted by the instant at which it was done, for whoever was signed in. It tells how"
        " much was done, not how well: read it beside the report of contacts."
    ),
    views=(
        View(
            "agent",
            N_("What each member of staff did, %(since)s to %(until)s, as of %(as_of)s"),
            (
                AGENT,
                Figure(
                    "role",
                    N_("Role"),
                    words={role.value: word for role, word in ROLE_WORDS.items()},
                    meaning=N_("What they may do, today."),
                ),
                count("contacts", N_("Contacts"), N_("Contacts begun."), bar=True),
                count("readings", N_("Readings"), N_("Readings entered.")),
                count("own_corrections", N_("Own voided"), N_("Readings of their own that they took back.")),
                count("decisions", N_("Signed off"), N_("Suspect readings approved or rejected.")),
                count("requests", N_("Requests"), N_("Requests taken in.")),
                count("decided", N_("Decided"), N_("Requests approved or rejected.")),
                count("documents", N_("Documents"), N_("Documents issued.")),
                count("payments", N_("Payments"), N_("Payments booked, taken back or sent back.")),
                count("looks", N_("Looks"), N_("Entries of the access log.")),
            ),
            "agents.agents",
        ),
    ),
    options=(Option.PERIOD_OF_DAYS,),
    empty=N_("Nobody works here yet."),
)
