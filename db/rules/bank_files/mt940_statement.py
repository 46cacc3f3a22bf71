"""One statement of an MT940 file: its balances and movements, read and weighed.

The library reads balances and movements; what it lets pass is held here: the order of the fields,
the form of amounts and days, the currency, and that the opening balance and the movements make the
closing balance.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db.errors import WrongInput
from db.records.bank_file import BankLine, Movement, Statement
from db.rules.bank_account import NRB_DIGITS, bare_account, format_nrb
from db.rules.bank_files.details import accounts_in, split_details
from db.rules.bank_files.fields import Field
from db.rules.bank_files.limits import NUMBER_LENGTH, line_key, short
from db.words import N_

if TYPE_CHECKING:
    from mt940.models import Transactions

# the library reads `100.50` as 100, cuts what is longer and knows other digits than ours
_AMOUNT = r"(?=[0-9,]{2,15}(?![0-9,.]))(?=[0-9])0*[0-9]{0,12},[0-9]{0,2}"
_BALANCE = re.compile(rf"[DC][0-9]{{6}}([A-Z]{{3}}){_AMOUNT}")
_LINE = re.compile(rf"[0-9]{{6}}(?:[0-9]{{4}}| {{4}})?(R?[DC])[A-Z]?{_AMOUNT}(?![0-9,.])")
_GROSZ = Decimal("0.01")
_OPENING, _CLOSING = frozenset({"60", "60F", "60M"}), frozenset({"62", "62F", "62M"})
_MOVEMENTS = {
    "C": Movement.CREDIT,
    "D": Movement.DEBIT,
    "RC": Movement.CREDIT_REVERSED,
    "RD": Movement.DEBIT_REVERSED,
}
_INWARD = frozenset({Movement.CREDIT, Movement.DEBIT_REVERSED})


class StatementReader:
    """A statement while its fields are read."""

    def __init__(self, line: int) -> None:
        from mt940 import Options
        from mt940.models import Transactions

        self.line = line
        self.account = ""
        self.number = ""
        self.opening: tuple[str, Decimal] | None = None
        self.closing: tuple[str, Decimal] | None = None
        self.day = date.min
        self.movements: list[tuple[Field, Movement, date, Decimal]] = []
        self.details: list[str] = []
        self.described = False
        """A payment has details."""
        self.known = False
        """A payment's details are in a form that is known."""
        # only its tags are used: its processors would move 30 February to the 28th
        self.library: Transactions = Transactions(options=Options.all())

    def take(self, field: Field) -> None:
        """Read the next field."""
        if field.tag == "25":
            self.account = bare_account(field.value)
        elif field.tag in {"28", "28C"}:
            self.number = short(field.value, NUMBER_LENGTH)
        elif field.tag in _OPENING:
            if self.opening or self.movements or self.closing:
                raise unreadable(field)
            self.opening = self._balance(field)
        elif field.tag in _CLOSING:
            if self.closing or not self.opening:
                raise unreadable(field)
            self.closing = self._balance(field)
        elif field.tag == "61":
            if self.closing or not self.opening:
                raise unreadable(field)
            self._movement(field)
        elif field.tag == "86" and self.movements and not self.closing:
            self.details[-1] = f"{self.details[-1]}\n{field.value}" if self.details[-1] else field.value

    def end(self) -> None:
        """Refuse a statement that has no beginning or no end."""
        if self.opening and self.closing:
            return
        raise WrongInput(
            N_(
                "The statement that begins in line %(line)s has no %(balance)s balance: the file is cut"
                " short. Fetch it from the bank again."
            ),
            line=self.line,
            balance=":62F:" if self.opening else ":60F:",
        )

    def _balance(self, field: Field) -> tuple[str, Decimal]:
        """Return the kind of a balance and its amount, below zero for a debit."""
        found = _BALANCE.fullmatch(field.value.strip())
        if not found:
            raise unreadable(field)
        if found[1] != "PLN":
            raise WrongInput(
                N_("Line %(line)s: the statement is in %(currency)s. Only accounts in PLN are taken."),
                line=field.line,
                currency=found[1],
            )
        (balance,) = self._read(field, field.value.strip()).values()
        self.day = date(balance.date.year, balance.date.month, balance.date.day)
        return field.tag[-1], balance.amount.amount.quantize(_GROSZ)

    def _movement(self, field: Field) -> None:
        head = field.value.split("\n", 1)[0].rstrip()
        found = _LINE.match(head)
        if not found:
            raise unreadable(field)
        read = self._read(field, head)
        day = date(read["date"].year, read["date"].month, read["date"].day)
        amount = abs(read["amount"].amount).quantize(_GROSZ)
        self.movements.append((field, _MOVEMENTS[found[1]], day, amount))
        self.details.append("")

    def _read(self, field: Field, value: str) -> dict[str, Any]:
        """Let the library read one field; whatever it dislikes is one refusal with the line."""
        from mt940.tags import TAG_BY_ID

        try:
            tag = TAG_BY_ID.get(field.tag) or TAG_BY_ID[int(field.tag)]
            read: dict[str, Any] = tag(self.library, tag.parse(self.library, value))
            return read
        except (RuntimeError, ArithmeticError, ValueError, LookupError, TypeError, AttributeError):
            # its messages repeat the statement: they are not passed on
            raise unreadable(field) from None

    def statement(self, accounts: Collection[str]) -> Statement:
        """Return the record once the balances are known to agree."""
        self._need_account(accounts)
        opening, closing = (balance[1] if balance else Decimal() for balance in (self.opening, self.closing))
        sums = (amount if movement in _INWARD else -amount for _, movement, _, amount in self.movements)
        made = sum(sums, opening)
        if made != closing:
            raise WrongInput(
                N_(
                    "The statement that begins in line %(line)s does not add up: the opening balance and"
                    " the movements make %(made)s, the closing balance says %(closing)s. Nothing was taken"
                    " from the file; fetch it from the bank again."
                ),
                line=self.line,
                made=made,
                closing=closing,
            )
        lines = tuple(self._lines())
        return Statement(
            number=self.number,
            account=self.account,
            day=self.day,
            opening=opening,
            closing=closing,
            lines=tuple(line for line in lines if line.movement is Movement.CREDIT and line.amount),
            others=tuple(line for line in lines if line.movement is not Movement.CREDIT or not line.amount),
        )

    def _need_account(self, accounts: Collection[str]) -> None:
        if len(self.account) != NRB_DIGITS or not self.account.isdigit():
            raise WrongInput(
                N_("The statement that begins in line %(line)s does not name its account (:25:), 26 digits."),
                line=self.line,
            )
        if accounts and self.account not in accounts:
            raise WrongInput(
                N_(
                    "The statement that begins in line %(line)s is of the account %(account)s, which is not"
                    " ours. Choose the file of our account, or add the account to our particulars."
                ),
                line=self.line,
                account=format_nrb(self.account),
            )

    def _lines(self) -> Iterator[BankLine]:
        for place, ((field, movement, day, amount), raw) in enumerate(
            zip(self.movements, self.details, strict=True), start=1
        ):
            details = split_details(raw)
            if movement is Movement.CREDIT and raw:
                self.described = True
                self.known |= details.known
            others = (*details.accounts, *accounts_in(field.value))
            virtual = next((one for one in others if one not in (self.account, details.account)), "")
            # what the bank wrote, not what we read in it: another splitter must not book it again; and
            # nothing that another encoding of the same statement writes otherwise
            content = "".join(sign for sign in raw if sign.isascii() and sign.isalnum())
            yield BankLine(
                key=line_key(
                    "mt940", self.account, self.number, self.day, place, movement, day, amount, content
                ),
                line=field.line,
                day=day,
                amount=amount,
                movement=movement,
                title=details.title,
                name=details.name,
                account=details.account,
                virtual_account=virtual,
            )


def unreadable(field: Field) -> WrongInput:
    """Return the refusal of a field that says nothing, or stands where it may not."""
    return WrongInput(
        N_(
            "Line %(line)s: the field :%(tag)s: cannot be read, or stands where none may. Is the file damaged"
            " or not an MT940 statement? Fetch it from the bank again."
        ),
        line=field.line,
        tag=field.tag,
    )
