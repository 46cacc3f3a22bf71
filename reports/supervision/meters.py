"""`bok report meters`: verifications, exchanges and ages."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, HOUSE, METER, STREET, TOWN, count, slots
from reports.supervision.definition import Definition, Figure, Option, View

_FIGURES = (
    count("meters", N_("Meters"), N_("Meters of every role."), bar=True),
    count("main", N_("Main"), N_("Main meters among them; the others measure a garden or lie behind one.")),
)
DEFINITION = Definition(
    name="meters",
    counted=N_(
        "A meter counts while it is installed at the end of the day of the report. Its verification expires"
        " when its last day is past. Exchanges are those of the last twelve months and this one."
    ),
    views=(
        View(
            "verification",
            N_("Verifications that expire up to %(until)s, as of %(as_of)s"),
            (
                Figure(
                    "month",
                    N_("Month"),
                    words={"expired": N_("expired")},
                    meaning=N_("The month of the last valid day; expired before the day of the report."),
                ),
                *_FIGURES,
            ),
            "meters.verifications",
        ),
        View(
            "list",
            N_("Meters whose verification expires up to %(until)s, as of %(as_of)s"),
            (
                TOWN,
                STREET,
                HOUSE,
                METER,
                CLIENT,
                Figure("verified_until", N_("Valid until"), Kind.DAY, meaning=N_("The last valid day.")),
            ),
            "meters.expiring",
            lists_clients=True,
        ),
        View(
            "exchange",
            N_("Exchanges of meters by month, as of %(as_of)s"),
            (slots("month"), *_FIGURES),
            "meters.exchanges",
        ),
        View(
            "age",
            N_("Meters in use by age, as of %(as_of)s"),
            (
                Figure(
                    "years", N_("Years"), Kind.COUNT, meaning=N_("Whole years since the meter was installed.")
                ),
                *_FIGURES,
            ),
            "meters.ages",
        ),
    ),
    options=(Option.UNTIL, Option.BY),
    only={Option.UNTIL: ("verification", "list")},
    empty=N_("There is no such meter."),
)
