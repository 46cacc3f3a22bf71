"""`bok report einvoice`: how many have e-invoices and an account in e-BOK, and whose address is in doubt."""

from __future__ import annotations

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, NAME, count
from reports.supervision.definition import Definition, Figure, Option, Personal, View

MEASURES = {
    "clients": N_("clients on file"),
    "einvoices": N_("e-invoices in force"),
    "accounts": N_("confirmed accounts in e-BOK"),
    "activated": N_("e-invoices begun in the days"),
    "withdrawn": N_("e-invoices withdrawn in the days"),
    "unconfirmed": N_("e-invoices whose address is not confirmed"),
    "bounced": N_("e-invoices whose address sent mail back"),
    "accounts_pending": N_("accounts in e-BOK not confirmed"),
}
_EMAIL = Figure("email", N_("E-mail"), meaning=N_("Where the invoices go."), personal=Personal.EMAIL)
_BOUNCED = Figure("day", N_("Day"), Kind.DAY, meaning=N_("The day on which mail came back."))
DEFINITION = Definition(
    name="einvoice",
    counted=N_(
        "E-invoices are in force from their first day to the day before the one from which they are"
        " withdrawn. An account in e-BOK counts once its address was confirmed. Percentages are of clients."
    ),
    views=(
        View(
            "measure",
            N_("E-invoices and e-BOK, %(since)s to %(until)s, as of %(as_of)s"),
            (
                Figure("measure", N_("What"), words=MEASURES, meaning=N_("What is counted.")),
                count("count", N_("How many"), N_("How many there are."), bar=True),
                Figure("percent", N_("% of clients"), Kind.VOLUME, meaning=N_("Penetration, in percent.")),
            ),
            "einvoice.measures",
        ),
        View(
            "list",
            N_("Addresses for e-invoices in doubt, as of %(as_of)s"),
            (
                CLIENT,
                NAME,
                _EMAIL,
                Figure(
                    "reason",
                    N_("Why"),
                    words={"unconfirmed": N_("not confirmed"), "bounced": N_("mail came back")},
                    meaning=N_("What is wrong with it."),
                ),
                _BOUNCED,
            ),
            "einvoice.doubtful",
            lists_clients=True,
        ),
        View(
            "bounced",
            N_("Addresses for e-invoices that sent mail back, as of %(as_of)s"),
            (CLIENT, NAME, _EMAIL, _BOUNCED),
            "einvoice.doubtful",
            lists_clients=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY),
    only={Option.PERIOD_OF_DAYS: ("measure",)},
    empty=N_("No address is in doubt."),
)
