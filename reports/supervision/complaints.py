"""`bok report complaints`: what is late, what comes due, what was answered in time."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, NAME, count
from reports.supervision.definition import Definition, Figure, Option, View

CLOCKS = {
    "overdue": N_("open, past the deadline"),
    "soon": N_("open, due within 3 days"),
    "later": N_("open, due later"),
    "in_time": N_("answered in time"),
    "late": N_("answered late"),
    "deemed": N_("deemed accepted"),
}
SUBJECTS = {
    "bill": N_("bill"),
    "reading": N_("reading"),
    "meter": N_("meter"),
    "service": N_("service"),
}
_CLOCK = Figure(
    "clock",
    N_("Where it stands"),
    words=CLOCKS,
    meaning=N_(
        "Open ones by their deadline as of the day; answered or deemed accepted (Art. 7a consumer rights act)"
        " ones within the days. One that is deemed accepted stays open until the answer goes out."
    ),
)
DEFINITION = Definition(
    name="complaints",
    counted=N_(
        "A complaint is open until its answer goes out. The deadline is the one that it was given when it"
        " came in; an answer on its last day is in time."
    ),
    views=(
        View(
            "clock",
            N_("Complaints against their deadlines, %(since)s to %(until)s, as of %(as_of)s"),
            (_CLOCK, count("complaints", N_("How many"), N_("Complaints of this kind."), bar=True)),
            "complaints.clock",
        ),
        View(
            "list",
            N_("Open complaints, as of %(as_of)s"),
            (
                Figure("request", N_("Request"), meaning=N_("The number of its request.")),
                CLIENT,
                NAME,
                Figure(
                    "subject",
                    N_("Subject"),
                    words=SUBJECTS,
                    meaning=N_("What the complaint is about."),
                ),
                Figure("received_on", N_("Came in"), Kind.DAY, meaning=N_("The day on which it came in.")),
                Figure("deadline", N_("Deadline"), Kind.DAY, meaning=N_("The last day for the answer.")),
                count("days", N_("Days left"), N_("Days to the deadline; below zero it is past.")),
                _CLOCK,
            ),
            "complaints.listed",
            lists_clients=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY),
    only={Option.PERIOD_OF_DAYS: ("clock",)},
    empty=N_("No complaint is open."),
)
