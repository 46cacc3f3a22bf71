"""`bok report requests`: open by age, processed by outcome, how long it took."""

from __future__ import annotations

from db.records.requests import KIND_WORDS
from db.words import N_
from reports.supervision.columns import AGENT, count
from reports.supervision.definition import Definition, Figure, Option, View

KIND = Figure(
    "kind",
    N_("Kind"),
    words={kind.value: word for kind, word in KIND_WORDS.items()},
    meaning=N_("What is asked for."),
)
_DONE = (
    count("processed", N_("Processed"), N_("Requests closed within the days."), bar=True),
    count("applied", N_("Applied"), N_("Done as asked.")),
    count("rejected", N_("Rejected"), N_("Rejected with a reason.")),
    count("withdrawn", N_("Withdrawn"), N_("Taken back by the client.")),
    count("superseded", N_("Superseded"), N_("A newer one took their place.")),
    count("reopened", N_("Reopened"), N_("Those that had been approved and had to be looked at again.")),
    count(
        "days_p50", N_("Median, days"), N_("Half were closed within so many working days of their coming in.")
    ),
    count("days_p90", N_("90%, days"), N_("Nine tenths were closed within so many working days.")),
)
DEFINITION = Definition(
    name="requests",
    counted=N_(
        "A request stands where its last step by the end of the day put it. The age of an open one is in"
        " working days since the day on which it came in. Percentiles are by nearest rank."
    ),
    views=(
        View(
            "open",
            N_("Open requests by kind and age, as of %(as_of)s"),
            (
                KIND,
                count(
                    "open",
                    N_("Not closed"),
                    N_("Requests that somebody or the calendar has to do with."),
                    bar=True,
                ),
                count("age_3", N_("0-3"), N_("Not older than 3 working days.")),
                count("age_7", N_("4-7"), N_("4 to 7 working days old.")),
                count("age_10", N_("8-10"), N_("8 to 10 working days old.")),
                count("age_14", N_("11-14"), N_("11 to 14 working days old.")),
                count("older", N_(">14"), N_("Older than 14 working days.")),
                count("overdue", N_("Overdue"), N_("Those whose own deadline is past.")),
            ),
            "requests.open_requests",
        ),
        View(
            "kind",
            N_("Requests processed by kind, %(since)s to %(until)s, as of %(as_of)s"),
            (KIND, *_DONE),
            "requests.processed",
        ),
        View(
            "agent",
            N_("Requests processed by agent, %(since)s to %(until)s, as of %(as_of)s"),
            (AGENT, *_DONE),
            "requests.processed",
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY),
    only={Option.PERIOD_OF_DAYS: ("kind", "agent")},
    empty=N_("There is no such request."),
)
