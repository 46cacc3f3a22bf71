"""`bok report consumption`: volume by group and town, losses, biggest changes, use out of the ordinary."""

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
KINDS = {
    "negative": N_("below zero"),
    "leak": N_("a leak?"),
    "low": N_("low"),
    "zero": N_("no use"),
}
_FIGURES = (
    count("meters", N_("Meters"), N_("Main meters settled in the period.")),
    count("zero", N_("No use"), N_("Those that used nothing.")),
    count("estimated", N_("Estimated"), N_("Those settled by an estimate.")),
    _USED,
)
_LOSSES = View(
    "losses",
    N_("Losses of the network by town, up to %(days)s, as of %(as_of)s"),
    (
        TOWN,
        Figure(
            "from",
            N_("From"),
            meaning=N_(
                "The first month counted: up to the period asked for there are as many months as hold whole"
                " billing periods of every contract that runs, so that each is counted for as long as water"
                " was put in."
            ),
        ),
        _volume(
            "put_in",
            N_("Put in"),
            N_(
                "m³ put into the town's network in these months, as last entered by the day; empty when a"
                " month has no figure."
            ),
        ),
        _volume(
            "volume",
            N_("Invoiced"),
            N_(
                "m³ settled by the invoices of these billing periods, as in the view by town. Readings do not"
                " fall on the ends of months: use on either side of one counts in the period of its invoice."
                " Empty when a period is not billed."
            ),
        ),
        _volume(
            "losses",
            N_("Losses"),
            N_(
                "m³ put in less m³ invoiced; empty when either is not known. What a billing run had to leave"
                " out counts as lost until it is invoiced; below zero, readings of a longer time were"
                " settled, or a figure is wrong. By group none can be told: all are on one network."
            ),
            bar=True,
        ),
        _volume("percent", N_("%"), N_("Losses in percent of what was put in.")),
        Figure(
            "missing",
            N_("Missing"),
            meaning=N_("Months without a figure of water put in, or whose billing has not been run."),
        ),
    ),
    "losses.losses",
)
DEFINITION = Definition(
    name="consumption",
    counted=N_(
        "Main meters as the invoices and corrections that stood on the day settled them, in the billing"
        " period chosen, else in the month before the day of the report. Losses are the water put into the"
        " network, as it was entered, less what was invoiced, by town, over as many months up to the"
        " period as hold whole billing periods of all contracts: six where there are periods of two and of"
        " three months. Readings do not fall on the ends of months: what an invoice settled counts whole in"
        " its period. Where a figure is not on file, or a month not billed, no losses are told. One network"
        " serves all groups: losses have no group."
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
        _LOSSES,
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
                    N_("m³ in the period before, by the length of the contract's; empty when not settled."),
                ),
                _volume("year_before", N_("Year before"), N_("m³ in the same period of the year before.")),
                _volume("change", N_("Change"), N_("m³ more, or less, than in the period before.")),
                _ESTIMATED,
            ),
            "consumption.changes",
            lists_clients=True,
        ),
        View(
            "unusual",
            N_("Meters whose use is out of the ordinary, %(days)s, as of %(as_of)s"),
            (
                Figure(
                    "kind",
                    N_("What"),
                    words=KINDS,
                    meaning=N_(
                        "Below zero: an estimate had been too high. A leak?: three times the usual and 10 m³"
                        " more, or a leak is the reason noted. Low: a third of the usual and 10 m³ less."
                    ),
                ),
                METER,
                CLIENT,
                TOWN,
                _volume("volume", N_("m³"), N_("What was settled in the period.")),
                _volume(
                    "usual",
                    N_("Usual"),
                    N_("m³ for as many days at the pace of the year before; empty without 28 days of it."),
                ),
                _ESTIMATED,
            ),
            "unusual_use.unusual",
            lists_clients=True,
            empty=N_("There are no such meters in this period."),
        ),
    ),
    options=(Option.PERIOD, Option.BY, Option.TOP, Option.KIND),
    only={Option.KIND: ("unusual",)},
    shortcuts={Option.TOP: "change"},
    empty=N_("Nothing of the kind was invoiced in this period."),
)
