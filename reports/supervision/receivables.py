"""`bok report receivables`: what is owed, by age, group and client, and what is overpaid."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, NAME, amount, count
from reports.supervision.definition import Definition, Figure, Option, View

_MONEY = (
    count("items", N_("Items"), N_("Invoices, corrections above zero and interest notes not wholly paid.")),
    amount(
        "open",
        N_("Still open"),
        N_("What they still ask for, by the rules that pay the oldest first."),
        bar=True,
    ),
    amount("overdue", N_("Overdue"), N_("The part of it whose last day for payment is past.")),
    amount(
        "time_barred",
        N_("Perhaps time-barred"),
        N_("The overdue part whose term of two years for water is past: information, no decision."),
    ),
)
_CLIENTS = count("clients", N_("Clients"), N_("Clients who owe something here; one may be in several rows."))
_BUCKET_MEANS = N_("Days since the last day for payment, moved to a working day; 0 is not overdue yet.")

DEFINITION = Definition(
    name="receivables",
    counted=N_(
        "What every invoice, correction and interest note issued by the day still asks for when all that was"
        " paid by then is put to the invoice that the payer named, then to what was due first; the same"
        " figures as on the client's card. Interest that no note has charged is not in it."
    ),
    views=(
        View(
            "bucket",
            N_("Receivables by days of delay, as of %(as_of)s"),
            (Figure("bucket", N_("Days of delay"), meaning=_BUCKET_MEANS), _CLIENTS, *_MONEY),
            "receivables.ageing",
        ),
        View(
            "group",
            N_("Receivables by tariff group, as of %(as_of)s"),
            (
                Figure(
                    "group",
                    N_("Group"),
                    meaning=N_("The contract's tariff group on the day; empty for interest notes."),
                ),
                _CLIENTS,
                *_MONEY,
            ),
            "receivables.by_group",
        ),
        View(
            "client",
            N_("Clients who owe, as of %(as_of)s"),
            (
                CLIENT,
                NAME,
                *_MONEY,
                count("days", N_("Days"), N_("Days of delay of the oldest open item.")),
                Figure(
                    "cut_off",
                    N_("Cut-off?"),
                    Kind.FLAG,
                    meaning=N_(
                        "Two full periods that began after a demand are overdue: a cut-off may be examined"
                        " (Art. 8(1)(2)); it is announced 20 days before."
                    ),
                ),
            ),
            "receivables.debtors",
            lists_clients=True,
        ),
        View(
            "overpaid",
            N_("Clients who have paid too much, as of %(as_of)s"),
            (CLIENT, NAME, amount("overpaid", N_("Overpaid"), N_("What nothing is open for."), bar=True)),
            "receivables.overpayments",
            lists_clients=True,
        ),
    ),
    options=(Option.BY, Option.TOP, Option.BUCKET),
    only={Option.BUCKET: ("client",)},
    shortcuts={Option.TOP: "client"},
    empty=N_("Nobody owes anything on this day."),
)
