"""`bok report readings`: how many readings, by whom and how, and what became of them."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import AGENT, CHANNELS, CLIENT, METER, count, slots
from reports.supervision.definition import Definition, Figure, Option, View

_FIGURES = (
    count("readings", N_("Readings"), N_("All that were taken in, estimates among them."), bar=True),
    count("given", N_("From clients"), N_("Given by the client on any channel.")),
    count("estimated", N_("Estimated"), N_("Estimates, which no dial showed.")),
    count("overridden", N_("Overridden"), N_("Saved with a reason although a check warned.")),
    count(
        "without_notice", N_("No notice"), N_("Given by the client while no reader's notice asked for it.")
    ),
    count("suspects", N_("Suspects"), N_("Saved although a check blocked them: a supervisor decides.")),
    count("waiting", N_("Waiting"), N_("Suspects that nobody had decided about.")),
    count("approved", N_("Approved"), N_("Suspects that a supervisor approved.")),
    count("rejected", N_("Rejected"), N_("Suspects that a supervisor rejected.")),
    count("voided", N_("Voided"), N_("Taken back afterwards.")),
    count("own_corrections", N_("By themselves"), N_("Taken back by the one who had entered them.")),
)

STANDINGS = {
    "counts": N_("counts"),
    "waiting": N_("waits"),
    "rejected": N_("rejected"),
    "voided": N_("voided"),
}
_CHANNEL = Figure("channel", N_("Channel"), words=CHANNELS, meaning=N_("How the reading reached the office."))

_READING = (
    Figure("at", N_("When"), Kind.INSTANT, meaning=N_("The instant at which it was entered.")),
    CLIENT,
    METER,
    Figure("day", N_("Day"), Kind.DAY, meaning=N_("The day of the dial.")),
    count("state", N_("State"), N_("The dial's state, m³.")),
    count("use", N_("Use"), N_("m³ since the reading before it, as judged when it was taken.")),
    _CHANNEL,
    AGENT,
)
_LISTED = (*_READING, Figure("standing", N_("Standing"), words=STANDINGS, meaning=N_("What became of it.")))
_VOIDED = (
    *_READING,
    Figure("voided_at", N_("Voided at"), Kind.INSTANT, meaning=N_("The instant at which it was taken back.")),
    Figure("by", N_("Voided by"), meaning=N_("Login of whoever took it back.")),
    Figure("reason", N_("Reason"), meaning=N_("Why, in their own words.")),
)


def _view(key: str, title: str, first: Figure) -> View:
    return View(key, title, (first, *_FIGURES), "readings.readings")


DEFINITION = Definition(
    name="readings",
    counted=N_(
        "Readings are counted by the day on which they were entered, not by the day of the dial. What became"
        " of them is what was decided by the end of the day of the report."
    ),
    views=(
        _view(
            "channel",
            N_("Readings by channel, %(since)s to %(until)s, as of %(as_of)s"),
            _CHANNEL,
        ),
        _view("agent", N_("Readings by agent, %(since)s to %(until)s, as of %(as_of)s"), AGENT),
        _view("day", N_("Readings by day, %(since)s to %(until)s, as of %(as_of)s"), slots("day", Kind.DAY)),
        _view("week", N_("Readings by week, %(since)s to %(until)s, as of %(as_of)s"), slots("week")),
        _view("month", N_("Readings by month, %(since)s to %(until)s, as of %(as_of)s"), slots("month")),
        View(
            "list",
            N_("Readings one by one, %(since)s to %(until)s, as of %(as_of)s"),
            _LISTED,
            "readings.listed",
            lists_clients=True,
            long=True,
        ),
        View(
            "voided",
            N_("Readings that were taken back, entered %(since)s to %(until)s, as of %(as_of)s"),
            _VOIDED,
            "voided.listed",
            lists_clients=True,
            empty=N_("No reading of these days was taken back."),
            long=True,
        ),
        View(
            "mails",
            N_("E-mails that the program accepted by itself, %(since)s to %(until)s, as of %(as_of)s"),
            (
                Figure("at", N_("When"), Kind.INSTANT, meaning=N_("The instant at which it was accepted.")),
                CLIENT,
                count("mail", N_("Mail"), N_("The message's number: bok mail source ID.")),
                count("readings", N_("Readings"), N_("Readings that were saved from it.")),
            ),
            "accepted_mails.listed",
            lists_clients=True,
            empty=N_("The program accepted no e-mail by itself on these days."),
            long=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY),
    empty=N_("No reading was taken in on these days."),
)
