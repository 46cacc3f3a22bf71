"""Files of the bank: what has come in, as they say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class BankFileKind(StrEnum):
    """Forms of files that are read."""

    MT940 = "mt940"
    """Statement of an account (SWIFT)."""
    MASS = "mass"
    """List of mass payments, CSV."""


class Movement(StrEnum):
    """Which way money went."""

    CREDIT = "credit"
    DEBIT = "debit"
    CREDIT_REVERSED = "credit_reversed"
    """The bank took back what had come in: a payment that was booked may be void."""
    DEBIT_REVERSED = "debit_reversed"
    """What had gone out came back."""


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement on the account."""

    key: str
    """SHA-256 of what the line says and of its place in its statement: the same line in another
    copy of the file has the same key."""
    line: int
    """Where it begins in the file, as a text editor counts."""
    day: date
    """Value date: the money is ours from this day."""
    amount: Decimal
    """Zlotys, above zero; zero only in `others`."""
    movement: Movement
    title: str
    name: str
    """Of the payer, often with the address."""
    account: str
    """Of the payer: 26 digits or a foreign IBAN; empty when the bank does not tell."""
    virtual_account: str
    """The account that was paid to, where it is not the statement's own: 26 digits, or the 12 of
    the payer's id where the bank prints only those. Whether it is a client's is for the matching."""
    currency: str = "PLN"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; a list of mass payments is one without balances."""

    number: str
    account: str
    """Whose statement it is, 26 digits; empty for a list of mass payments."""
    day: date
    """Of the closing balance, or of the last payment of a list."""
    opening: Decimal | None
    closing: Decimal | None
    lines: tuple[BankLine, ...]
    """Credits above zero: the payments."""
    others: tuple[BankLine, ...] = ()
    """Everything else that moved the balance: no payments."""


@dataclass(frozen=True, slots=True)
class BankFile:
    """What a file of the bank says; it was examined as a whole."""

    kind: BankFileKind
    digest: str
    """SHA-256 of its bytes, hexadecimal."""
    encoding: str
    """As Python names it."""
    account: str
    """Of its statements, 26 digits; empty for a list of mass payments."""
    statements: tuple[Statement, ...]

    @property
    def lines(self) -> Iterator[BankLine]:
        """The payments of all statements."""
        return (line for statement in self.statements for line in statement.lines)

    @property
    def total(self) -> Decimal:
        """Sum of the payments in zlotys."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))
