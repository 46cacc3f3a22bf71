"""`bok report unread`: meters that nobody of the company has read for a while, by street."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, HOUSE, METER, STREET, TOWN, count
from reports.supervision.definition import Definition, Figure, Option, View

DEFINITION = Definition(
    name="unread",
    counted=N_(
        "A meter in use under a running contract is counted when the company itself (a reader, the radio, or"
        " whoever installed it) last saw its dial longer ago than the number of billing periods in the"
        " title, by the length of the contract's period. What the client gave in between is shown, but"
        " does not take it off the list."
    ),
    views=(
        View(
            "street",
            N_("Meters not read by the company for %(periods)s periods, by street, as of %(as_of)s"),
            (
                TOWN,
                STREET,
                count("meters", N_("Meters"), N_("Meters to be read."), bar=True),
                count("estimated", N_("Estimated"), N_("Those last settled by an estimate.")),
                count("notices", N_("Notices"), N_("Those with a notice whose deadline passed unanswered.")),
            ),
            "unread.by_street",
        ),
        View(
            "meter",
            N_("Meters not read by the company for %(periods)s periods, as of %(as_of)s"),
            (
                TOWN,
                STREET,
                HOUSE,
                METER,
                CLIENT,
                Figure(
                    "last_own",
                    N_("Read by us"),
                    Kind.DAY,
                    meaning=N_("Last reading of the company's own; empty for none."),
                ),
                Figure(
                    "last_real",
                    N_("Dial read"),
                    Kind.DAY,
                    meaning=N_("Last reading of the dial by anybody; empty for none."),
                ),
                count("estimated", N_("Estimates"), N_("Estimates in a row since then.")),
                Figure(
                    "notice",
                    N_("Notice left"),
                    Kind.DAY,
                    meaning=N_("Last deadline of a notice that passed without a reading of the dial."),
                ),
            ),
            "unread.meters",
            lists_clients=True,
        ),
    ),
    options=(Option.PERIODS, Option.STREET, Option.BY),
    empty=N_("Every meter was read in these periods."),
)
