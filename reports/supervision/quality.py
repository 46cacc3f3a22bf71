"""`bok report quality`: what is missing or doubtful on file."""

from __future__ import annotations

from db.words import N_
from reports.supervision.columns import CLIENT, NAME, count
from reports.supervision.definition import Definition, Figure, Option, View

KINDS = {
    "without_pesel": N_("person without PESEL"),
    "failing_nip": N_("business without a NIP that can be one"),
    "same_pesel": N_("PESEL of several clients"),
    "same_nip": N_("NIP of several clients"),
    "same_place": N_("same name at the same house"),
    "point_without_meter": N_("address without a meter"),
    "meter_without_contract": N_("meter without a contract"),
}
_KIND = Figure(
    "kind",
    N_("What"),
    words=KINDS,
    meaning=N_("What is missing or doubtful; one client may be in several lines."),
)
DEFINITION = Definition(
    name="quality",
    counted=N_(
        "Clients that were on file by the day and are not erased, by what is on file of them today; contracts"
        " and meters by what ran and was installed on the day. A duplicate is a doubt, no finding: one person"
        " may be two clients."
    ),
    views=(
        View(
            "kind",
            N_("What is missing or doubtful on file, as of %(as_of)s"),
            (_KIND, count("cases", N_("Cases"), N_("Clients, addresses or meters."), bar=True)),
            "quality.kinds",
        ),
        View(
            "list",
            N_("What is missing or doubtful on file, one by one, as of %(as_of)s"),
            (
                _KIND,
                CLIENT,
                NAME,
                Figure("what", N_("Meter"), meaning=N_("The meter's number, where it is about one.")),
            ),
            "quality.listed",
            lists_clients=True,
        ),
    ),
    options=(Option.BY,),
    empty=N_("Nothing is missing on file."),
)
