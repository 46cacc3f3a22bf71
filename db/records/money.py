"""Invoices, payments and the ledger: their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from db.words import N_


class InvoiceKind(StrEnum):
    """What an invoice is in law."""

    INVOICE = "invoice"
    """Art. 106e."""
    CORRECTION = "correction"
    """Art. 106j: its amounts are differences."""


class SkipReason(StrEnum):
    """Why a contract that was due in a period got no invoice."""

    NO_READING = "no_reading"
    SUSPECT_READING = "suspect_reading"
    """A reading waits for a supervisor."""
    ZERO = "zero"
    """There is nothing to pay."""
    ENDED_CONTRACT = "ended_contract"
    """Ended before the period: the final settlement is made from the card."""
    NO_TARIFF = "no_tariff"
    NO_METER = "no_meter"
    REFUSED = "refused"
    """The charges cannot be computed; the detail says why."""


SKIP_WORDS: Mapping[SkipReason, str] = {
    SkipReason.NO_READING: N_("there is no reading"),
    SkipReason.SUSPECT_READING: N_("a reading waits for a supervisor"),
    SkipReason.ZERO: N_("there is nothing to pay"),
    SkipReason.ENDED_CONTRACT: N_("the contract ended before the period"),
    SkipReason.NO_TARIFF: N_("the contract has no tariff with prices"),
    SkipReason.NO_METER: N_("there is no meter"),
    SkipReason.REFUSED: N_("the charges cannot be computed"),
}
"""How people read each reason."""


class LedgerKind(StrEnum):
    """What an entry of the ledger stands for."""

    INVOICE = "invoice"
    CORRECTION = "correction"
    PAYMENT = "payment"
    INTEREST = "interest"
    REFUND = "refund"
    REVERSAL = "reversal"
    """A payment that was booked by mistake is taken back."""


class PaymentMethod(StrEnum):
    """How money came, or went back."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    ONLINE = "online"


class BankLineDecisionKind(StrEnum):
    """What became of a line of a bank file."""

    BOOKED = "booked"
    DISMISSED = "dismissed"
    """Not a client's payment."""


class Money(Decimal):
    """An amount in PLN among the values of a sentence: it is shown with its currency."""
