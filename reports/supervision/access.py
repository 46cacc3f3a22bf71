"""`bok report access`: who looked at whose data, and what of it should be looked into."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import AGENT, CLIENT, NAME, count, slots
from reports.supervision.definition import Definition, Figure, Option, View
from reports.supervision.scope_words import scope_words

ACTIONS = {
    "VIEW": N_("looked at"),
    "REVEAL": N_("revealed"),
    "PRINT": N_("printed"),
    "EXPORT": N_("exported"),
    "SEARCH": N_("searched"),
}
SIGNS = {
    "own_record": N_("own name"),
    "namesake": N_("own last name"),
    "bulk": N_("many without a contact"),
}
_LOOKS = count("looks", N_("Looks"), N_("Entries of the access log."), bar=True)

DEFINITION = Definition(
    name="access",
    counted=N_(
        "Every entry of the access log counts as one look, by the day on which it was made. A look that"
        " served no contact is nothing wrong by itself: queues and lists are worked without one."
    ),
    views=(
        View(
            "agent",
            N_("Looks at clients' data by agent, %(since)s to %(until)s, as of %(as_of)s"),
            (
                AGENT,
                _LOOKS,
                count("views", N_("Looked at"), N_("Cards, lists and other screens.")),
                count("reveals", N_("Revealed"), N_("Masked values shown in clear.")),
                count("prints", N_("Printed"), N_("Documents issued or printed.")),
                count("exports", N_("Exported"), N_("Data taken out.")),
                count("searches", N_("Searched"), N_("Searches that were noted.")),
                count(
                    "without_contact",
                    N_("Without contact"),
                    N_("Looks at a client that served no contact with them."),
                ),
                count("clients", N_("Clients"), N_("Different clients looked at.")),
            ),
            "access.by_agent",
        ),
        View(
            "client",
            N_("Looks at clients' data one by one, %(since)s to %(until)s, as of %(as_of)s"),
            (
                Figure("at", N_("When"), Kind.INSTANT, meaning=N_("The instant of the look.")),
                AGENT,
                CLIENT,
                Figure("action", N_("Action"), words=ACTIONS, meaning=N_("What was done with the data.")),
                Figure("scope", N_("What"), told=scope_words, meaning=N_("Which screen, list or field.")),
                Figure("contact", N_("Contact"), Kind.FLAG, meaning=N_("Whether it served a contact.")),
            ),
            "access.look_ups",
            lists_clients=True,
            long=True,
        ),
        View(
            "suspicious",
            N_("Looks to be asked about, %(since)s to %(until)s, as of %(as_of)s"),
            (
                Figure(
                    "kind",
                    N_("Sign"),
                    words=SIGNS,
                    meaning=N_(
                        "A client of the agent's own last name, or of the whole name; or 30 clients and more"
                        " in one day without a contact."
                    ),
                ),
                slots("day", Kind.DAY),
                AGENT,
                CLIENT,
                NAME,
                _LOOKS,
            ),
            "access.suspicious",
            lists_clients=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY, Option.CLIENT, Option.AGENT, Option.SUSPICIOUS),
    only={Option.CLIENT: ("client",), Option.SUSPICIOUS: ("suspicious",)},
    empty=N_("Nobody looked at such data on these days."),
)
