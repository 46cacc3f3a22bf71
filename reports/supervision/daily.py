"""`bok report daily`: one page for the morning."""

from __future__ import annotations

from db.words import N_
from reports.supervision.columns import amount, count
from reports.supervision.definition import Definition, Figure, View

# of both the words fit a line of the board: 11 and 41 columns
SECTIONS = {
    "late": N_("late"),
    "due": N_("comes due"),
    "yesterday": N_("yesterday"),
    "money": N_("money"),
    "unusual": N_("unusual"),
}
MEASURES = {
    "requests_overdue": N_("open requests past their deadline"),
    "complaints_overdue": N_("open complaints past their deadline"),
    "meters_expired": N_("meters whose verification has expired"),
    "complaints_soon": N_("complaints due within 3 days"),
    "readings_waiting": N_("readings that wait for a supervisor"),
    "contacts": N_("contacts"),
    "readings": N_("readings entered"),
    "readings_voided": N_("of them voided since"),
    "mails_accepted": N_("e-mails that the program accepted itself"),
    "requests_processed": N_("requests processed"),
    "payments": N_("payments"),
    "invoices": N_("invoices issued"),
    "owing": N_("clients who owe, due or not"),
    "overpaid": N_("clients who have paid too much"),
    "unmatched": N_("payments that nobody has matched"),
    "cash_unsigned": N_("days of a till that nobody has signed for"),
    "looks": N_("looks of yesterday to be asked about"),
    "addresses_bounced": N_("e-invoice addresses that sent mail back"),
}
DEFINITION = Definition(
    name="daily",
    counted=N_(
        "Each figure is that of the report it comes from (requests, complaints, meters, contacts, readings,"
        " payments, revenue, receivables, access, einvoice), all read at one moment. Yesterday is the day"
        " before the day of the report."
    ),
    views=(
        View(
            "daily",
            N_("The morning's page, as of %(as_of)s"),
            (
                Figure("section", N_("Part"), words=SECTIONS, meaning=N_("What the figure is about.")),
                Figure("measure", N_("What"), words=MEASURES, meaning=N_("What is counted.")),
                count("count", N_("How many"), N_("How many there are.")),
                amount("amount", N_("Amount"), N_("What they come to, where it is about money.")),
            ),
            "daily.daily",
        ),
    ),
    options=(),
    empty=N_("There is nothing to tell."),
)
