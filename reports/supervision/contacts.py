"""`bok report contacts`: how many, how long, solved at the first go, failed verifications."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import AGENT, CHANNELS, CLIENT, NAME, count, slots
from reports.supervision.definition import Definition, Figure, Option, View

PURPOSES = {
    "reading": N_("reading"),
    "document": N_("document"),
    "balance": N_("balance"),
    "data_change": N_("change of data"),
    "einvoice": N_("e-invoice"),
    "complaint": N_("complaint"),
    "information": N_("information"),
    "other": N_("other"),
}
_FIGURES = (
    count("contacts", N_("Contacts"), N_("Contacts that began."), bar=True),
    count("running", N_("Not ended"), N_("Those that had not ended.")),
    count("solved", N_("Solved"), N_("Those that ended with the matter solved.")),
    count("failed", N_("Wrong answers"), N_("Wrong answers of callers to questions of verification.")),
    count(
        "seconds_p50", N_("Median, s"), N_("Half of the ended contacts took no more seconds, notes included.")
    ),
    count("seconds_p90", N_("90%, s"), N_("Nine tenths of the ended contacts took no more seconds.")),
    Figure(
        "first_7",
        N_("First, 7 days %"),
        Kind.VOLUME,
        meaning=N_(
            "Contacts with a purpose that begun more than 7 days ago: part in percent after which the client"
            " did not come back for the same purpose within 7 days."
        ),
    ),
    Figure(
        "first_14",
        N_("First, 14 days %"),
        Kind.VOLUME,
        meaning=N_("The same with 14 days."),
    ),
)


_PURPOSE = Figure(
    "purpose", N_("Purpose"), words=PURPOSES, meaning=N_("Why the client came; empty when not told.")
)
_CHANNEL = Figure("channel", N_("Channel"), words=CHANNELS, meaning=N_("How the client reached the office."))


def _view(key: str, title: str, first: Figure) -> View:
    return View(key, title, (first, *_FIGURES), "contacts.contacts")


DEFINITION = Definition(
    name="contacts",
    counted=N_(
        "Contacts are counted by the instant at which they began; the time of one runs from its start to its"
        " end as the agent set them, not from the use of the screen. Percentiles are by nearest rank. A"
        " handling time alone says nothing of the service: read it beside what was solved at once."
    ),
    views=(
        _view(
            "purpose",
            N_("Contacts by purpose, %(since)s to %(until)s, as of %(as_of)s"),
            _PURPOSE,
        ),
        _view("agent", N_("Contacts by agent, %(since)s to %(until)s, as of %(as_of)s"), AGENT),
        _view(
            "channel",
            N_("Contacts by channel, %(since)s to %(until)s, as of %(as_of)s"),
            _CHANNEL,
        ),
        _view(
            "hour", N_("Contacts by hour, %(since)s to %(until)s, as of %(as_of)s"), slots("hour", Kind.COUNT)
        ),
        _view(
            "weekday",
            N_("Contacts by weekday, %(since)s to %(until)s, as of %(as_of)s"),
            slots("weekday", Kind.COUNT),
        ),
        _view("day", N_("Contacts by day, %(since)s to %(until)s, as of %(as_of)s"), slots("day", Kind.DAY)),
        View(
            "list",
            N_("Contacts one by one, %(since)s to %(until)s, as of %(as_of)s"),
            (
                Figure("at", N_("When"), Kind.INSTANT, meaning=N_("The instant at which it began.")),
                CLIENT,
                NAME,
                AGENT,
                _CHANNEL,
                _PURPOSE,
            ),
            "contacts.listed",
            lists_clients=True,
            long=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY),
    empty=N_("Nobody called or wrote on these days."),
)
