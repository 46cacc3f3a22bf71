"""`bok report payments`: money that came, by source and day, and what nobody has matched."""

from __future__ import annotations

from db.records.cash_day import STATE_WORDS
from db.words import N_
from reports.columns import Kind
from reports.supervision.columns import CLIENT, NAME, amount, count, slots
from reports.supervision.definition import Definition, Figure, Option, Personal, View

SOURCES = {
    "bank": N_("bank file"),
    "cash": N_("cash"),
    "card": N_("card"),
    "transfer": N_("transfer"),
    "online": N_("online"),
}
TILL_STATES = {
    **{state.value: words for state, words in STATE_WORDS.items()},
    "moved": N_("to be counted again"),
    "none": N_("without a till"),
}
_FIGURES = (
    count("payments", N_("Payments"), N_("Payments that came in.")),
    count("by_hand", N_("By hand"), N_("Payments of a bank file that a person put to a client.")),
    count("taken_back", N_("Taken back"), N_("Payments booked by mistake, by the day of taking them back.")),
    amount("received", N_("Received"), N_("What came in."), bar=True),
    amount("returned", N_("Returned"), N_("What was sent back, or was taken back as a mistake.")),
    amount("net", N_("Difference"), N_("Received less returned: what the ledger shows.")),
)
_SOURCE = Figure(
    "source",
    N_("Source"),
    words=SOURCES,
    meaning=N_("The bank's file, or how it was paid when a person booked it."),
)
DEFINITION = Definition(
    name="payments",
    counted=N_(
        "Money is counted by the day on which it came or went, as in the ledger. What waits to be matched is"
        " what had been taken in from a bank file by the day of the report and decided about by nobody. Tills"
        " have a total of what was counted, and of the difference, only when all of them are counted."
    ),
    views=(
        View(
            "source",
            N_("Payments by source, %(since)s to %(until)s, as of %(as_of)s"),
            (
                _SOURCE,
                *_FIGURES,
            ),
            "payments.payments",
        ),
        View(
            "day",
            N_("Payments by day, %(since)s to %(until)s, as of %(as_of)s"),
            (slots("day", Kind.DAY), *_FIGURES),
            "payments.payments",
        ),
        View(
            "unmatched",
            N_("Payments that nobody has matched, as of %(as_of)s"),
            (
                count("line", N_("Line"), N_("The line's number: bok payment match LINE CLIENT.")),
                Figure("day", N_("Day"), Kind.DAY, meaning=N_("The day on which it came.")),
                amount("amount", N_("Amount"), N_("What came.")),
                Figure(
                    "payer", N_("Payer"), meaning=N_("Who pays, as the bank has it."), personal=Personal.NAME
                ),
                Figure("file", N_("File"), meaning=N_("The bank's file.")),
            ),
            "payments.unmatched",
            lists_clients=True,
            empty=N_("No payment waits to be settled."),
        ),
        View(
            "cash",
            N_("Desk payments by day and till, %(since)s to %(until)s, as of %(as_of)s"),
            (
                slots("day", Kind.DAY),
                Figure(
                    "agent",
                    N_("Agent"),
                    meaning=N_("Whose till: the login; empty without a till."),
                ),
                count("payments", N_("Payments"), N_("Cash and card, those taken back included.")),
                amount("expected", N_("Ledger"), N_("What the ledger says was taken.")),
                amount(
                    "counted",
                    N_("Counted"),
                    N_("What was counted; empty before, as is the total until every till here is counted."),
                ),
                amount(
                    "difference",
                    N_("Difference"),
                    N_("Counted less ledger; no total until every till here is counted."),
                ),
                Figure(
                    "counted_by",
                    N_("Counted by"),
                    meaning=N_("Login of who counted it: a supervisor for somebody away; empty before."),
                ),
                Figure("state", N_("State"), words=TILL_STATES, meaning=N_("Who has to do something.")),
            ),
            "cash.cash",
            empty=N_("No till took cash or cards on these days."),
        ),
        View(
            "list",
            N_("Payments one by one, %(since)s to %(until)s, as of %(as_of)s"),
            (
                slots("day", Kind.DAY),
                CLIENT,
                NAME,
                _SOURCE,
                amount("amount", N_("Amount"), N_("What came; below zero, what went back.")),
            ),
            "payments.listed",
            lists_clients=True,
            long=True,
        ),
    ),
    options=(Option.PERIOD_OF_DAYS, Option.BY),
    only={Option.PERIOD_OF_DAYS: ("source", "day", "cash", "list")},
    empty=N_("No money came or went on these days."),
)
