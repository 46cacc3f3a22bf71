"""`bok report revenue`: what was invoiced, corrected and paid, and the VAT register."""

from __future__ import annotations

from dataclasses import replace

from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, GROUP, amount, count, slots
from reports.supervision.definition import Definition, Figure, Option, View

ELSEWHERE = {"interest": N_("interest"), "overpaid": N_("overpaid")}
"""Where money goes that pays no document; a group and a service of their own."""
SERVICES = {"water": N_("water"), "sewage": N_("sewage"), "standing": N_("standing charge"), **ELSEWHERE}
KINDS = {"invoice": N_("invoice"), "correction": N_("correction")}
_GROUP = replace(GROUP, words=ELSEWHERE)
_FIGURES = (
    count("invoices", N_("Invoices"), N_("Invoices issued.")),
    count("corrections", N_("Corrections"), N_("Corrections issued.")),
    amount("invoiced", N_("Invoiced"), N_("Gross amount of the invoices.")),
    amount(
        "corrected", N_("Corrected"), N_("Gross amount of the corrections: differences, below zero or above.")
    ),
    amount("net", N_("Net"), N_("Net amount of both.")),
    amount("vat", N_("VAT"), N_("VAT of both.")),
    amount("gross", N_("Gross"), N_("Gross amount of both."), bar=True),
)
_RATE = Figure("rate", N_("VAT %"), Kind.VOLUME, meaning=N_("The rate, in percent."))
_PAID = amount(
    "paid", N_("Paid"), N_("What of both is not open any more at the end of the day of the report.")
)
_PAID_BY_GROUP = amount(
    "paid",
    N_("Paid"),
    N_(
        "Money of the days, less what went back, that was put to documents of these contracts, whenever"
        " they were issued; with --period what of that period's documents is open no more. What was put to"
        " interest notes, and what pays nothing yet, stands in rows of its own."
    ),
)
_GROSS_BY_SERVICE = amount(
    "gross",
    N_("Gross"),
    N_(
        "Gross amount of both: that of each document divided by the net and VAT of its lines, to the grosz;"
        " the missing grosze go where most was cut off."
    ),
)
_PAID_BY_SERVICE = amount(
    "paid",
    N_("Paid, gross"),
    N_(
        "The same money, that of each document divided in proportion to the gross of its services, to the"
        " grosz: the missing grosze go where most was cut off."
    ),
)
_RECEIVED = amount(
    "received",
    N_("Received"),
    N_(
        "Money that came in the month less what went back, whatever it paid for; empty with --period, for"
        " money comes for no billing period. What of a period's documents is paid: --by period."
    ),
)
DEFINITION = Definition(
    name="revenue",
    counted=N_(
        "Invoices and corrections are counted by the day of their issue; where a billing period was chosen,"
        " all of it up to the day of the report. Amounts are those of the documents themselves. Received is"
        " what came in the month, whatever it paid for; it is empty for a billing period, for which no money"
        " comes. By group and service, paid is where the money of the days went: to documents, whenever they"
        " were issued, as on the client's card; to interest notes; or to nothing yet, as an overpayment, less"
        " what was sent back. It sums to received, and to the report of payments. By billing period, paid is"
        " what of the documents is open no more."
    ),
    views=(
        View(
            "month",
            N_("Revenue by month of issue, %(days)s, as of %(as_of)s"),
            (slots("month"), *_FIGURES, _RECEIVED),
            "revenue.revenue",
        ),
        View(
            "period",
            N_("Revenue by billing period, %(days)s, as of %(as_of)s"),
            (Figure("period", N_("Period"), meaning=N_("The billing period, YYYYMM.")), *_FIGURES, _PAID),
            "revenue.revenue",
        ),
        View(
            "group",
            N_("Revenue by tariff group, %(days)s, as of %(as_of)s"),
            (_GROUP, *_FIGURES, _PAID_BY_GROUP),
            "revenue.revenue",
        ),
        View(
            "service",
            N_("Revenue by service, %(days)s, as of %(as_of)s"),
            (
                Figure(
                    "service",
                    N_("Service"),
                    words=SERVICES,
                    meaning=N_("What the line of a document charges."),
                ),
                Figure(
                    "quantity",
                    N_("Quantity"),
                    Kind.VOLUME,
                    meaning=N_(
                        "m³ of water and sewage, months of the standing charge; empty for no service."
                    ),
                ),
                amount("invoiced", N_("Invoiced"), N_("Net amount of the lines of invoices.")),
                amount("corrected", N_("Corrected"), N_("Net amount of the lines of corrections.")),
                amount("net", N_("Net"), N_("Net amount of both."), bar=True),
                _GROSS_BY_SERVICE,
                _PAID_BY_SERVICE,
            ),
            "revenue.services",
        ),
        View(
            "rate",
            N_("VAT by rate, %(days)s, as of %(as_of)s"),
            (
                _RATE,
                count("documents", N_("Documents"), N_("Invoices and corrections with this rate.")),
                amount("net", N_("Net"), N_("Net amount at this rate."), bar=True),
                amount("vat", N_("VAT"), N_("VAT at this rate, rounded on each document.")),
                amount("gross", N_("Gross"), N_("Gross amount at this rate.")),
            ),
            "vat_register.by_rate",
        ),
        View(
            "register",
            N_("VAT register, %(days)s, as of %(as_of)s"),
            (
                Figure(
                    "number",
                    N_("Number"),
                    meaning=N_("The document's number; one with several rates has a row for each."),
                ),
                Figure("kind", N_("Kind"), words=KINDS, meaning=N_("Invoice or correction.")),
                Figure(
                    "issued_on", N_("Issued"), Kind.DAY, meaning=N_("The day of issue: water is taxed then.")
                ),
                CLIENT,
                Figure("nip", N_("NIP"), meaning=N_("The buyer's NIP as it is on file; empty for a person.")),
                _RATE,
                amount("net", N_("Net"), N_("The document's net amount at this rate.")),
                amount("vat", N_("VAT"), N_("The document's VAT at this rate.")),
                amount("gross", N_("Gross"), N_("The document's gross amount at this rate.")),
            ),
            "vat_register.register",
            lists_clients=True,
            long=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.PERIOD, Option.BY),
    empty=N_("No document was issued on these days."),
)
