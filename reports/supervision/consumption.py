"""`bok report consumption`: volume by group and town, biggest changes, meters that used nothing."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, GROUP, METER, TOWN, count
from reports.supervision.definition import Definition, Figure, Option, View


def _volume(key: str, label: str, meaning: str, *, bar: bool = False) -> Figure:
    return Figure(key, label, Kind.VOLUME, meaning=meaning, bar=bar)


_USED = _volume("volume", N_("m³"), N_("What was settled in the period."), bar=True)
_ESTIMATED = Figure(
    "estimated", N_("Estimated"), Kind.FLAG, meaning=N_("Whether the use of the period is an estimate.")
)
_FIGURES = (
    count("meters", N_("Meters"), N_("Main meters settled in the period.")),
    count("zero", N_("No use"), N_("Those that used nothing.")),
    count("estimated", N_("Estimated"), N_("Those settled by an estimate.")),
    _USED,
)
DEFINITION = Definition(
    name="consumption",
    counted=N_(
        "Main meters as the invoices and corrections that stood on the day settled them, in the billing"
        " period named by --period, else in the month before the day of the report. Losses of the network are"
        " not known here: nobody files what was pumped."
    ),
    views=(
        View(
            "group",
            N_("Water invoiced by tariff group, %(days)s, as of %(as_of)s"),
            (GROUP, *_FIGURES),
            "consumption.volumes",
        ),
        View(
            "town",
            N_("Water invoiced by town, %(days)s, as of %(as_of)s"),
            (TOWN, *_FIGURES),
            "consumption.volumes",
        ),
        View(
            "change",
            N_("Biggest changes of use against the period before, %(days)s, as of %(as_of)s"),
            (
                METER,
                CLIENT,
                TOWN,
                _USED,
                _volume(
                    "before",
                    N_("Period before"),
                    N_("m³ in the period before; empty when it was not settled."),
                ),
                _volume("year_before", N_("Year before"), N_("m³ in the same period of the year before.")),
                _volume("change", N_("Change"), N_("m³ more, or less, than in the period before.")),
                _ESTIMATED,
            ),
            "consumption.changes",
            lists_clients=True,
        ),
        View(
            "zero",
            N_("Meters that used nothing, %(days)s, as of %(as_of)s"),
            (METER, CLIENT, TOWN, _USED, _ESTIMATED),
            "consumption.unused",
            lists_clients=True,
        ),
    ),
    options=(Option.PERIOD, Option.BY),
    empty=N_("Nothing of the kind was invoiced in this period."),
)
