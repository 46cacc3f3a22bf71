"""Lists of mass payments: CSV with an amount, a virtual account, a payer and a title in each line.

The header names the columns in Polish or English, separated by `;`, `,` or a tab; the decimals
follow a comma or a dot. A line that cannot be read refuses the whole file: money is booked from all
of it or from none. A last line with the sum of all, where the bank writes one, has to agree.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.errors import WrongInput
from db.records.bank_file import BankLine, Movement, Statement
from db.rules.bank_account import PAYER_DIGITS, bare_account, is_nrb
from db.rules.bank_files.limits import (
    ACCOUNT_LENGTH,
    LONGEST_FIELD,
    MOST_LINES,
    MOST_WHOLE_DIGITS,
    NAME_LENGTH,
    NUMBER_LENGTH,
    TITLE_LENGTH,
    line_key,
    short,
    too_many_lines,
)
from db.rules.reading_line import parse_file_day
from db.rules.text import fold
from db.words import N_

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("data", "data ksiegowania", "data waluty", "data operacji", "data wplaty", "data uznania",
            "date", "value date", "booking date"),
    "amount": ("kwota", "kwota wplaty", "kwota operacji", "kwota uznania", "wartosc"),
    "account": ("rachunek wirtualny", "rachunek", "numer rachunku", "nr rachunku", "konto wirtualne",
                "identyfikator", "identyfikator platnika", "virtual account", "payer id"),
    "payer": ("nadawca", "platnik", "wplacajacy", "nazwa nadawcy", "dane nadawcy", "nazwa", "name", "sender"),
    "title": ("tytul", "tytulem", "tytul wplaty", "tytul przelewu", "tytul operacji", "opis", "description"),
    "from": ("rachunek nadawcy", "rachunek platnika", "konto nadawcy", "nr rachunku nadawcy",
             "payer account", "sender account"),
    "currency": ("waluta",),
    "reference": ("referencje", "numer referencyjny", "nr referencyjny", "id", "id transakcji",
                  "nr transakcji", "numer transakcji", "transaction id"),
}  # fmt: skip
"""Each column and its other names, folded; the first is the Polish one that messages show."""
NEEDED = ("day", "amount", "account")
SEPARATORS = (";", ",", "\t")

LONGEST_LINE = 4 * LONGEST_FIELD

_SUMS = frozenset({"suma", "razem", "ogolem", "lacznie", "total", "sum"})
_AMOUNT = re.compile(rf"([0-9]{{1,{MOST_WHOLE_DIGITS}}})(?:[.,]([0-9]{{1,2}}))?(?:PLN|ZŁ)?", re.I)
_BLANKS = re.compile(r"[\s\u00a0\u202f']+")
_BREAKS = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class _Header:
    """The first line: which column is where."""

    separator: str
    width: int
    places: Mapping[str, int]


def is_list(text: str) -> bool:
    """Tell whether the first line of `text` names the columns of a list of mass payments."""
    return all(name in _header(text).places for name in ("amount", "account"))


def read_list(text: str) -> Statement:
    """Return the payments of a list; raises WrongInput, with the line, when any of it is wrong."""
    header = _header(text)
    if missing := [name for name in NEEDED if name not in header.places]:
        raise WrongInput(
            N_("The file has no column %(missing)s. Its first line must name the columns: %(known)s."),
            missing=", ".join(missing),
            known="; ".join(f"{name} ({COLUMNS[name][0]})" for name in COLUMNS),
        )
    lines: list[BankLine] = []
    seen: Counter[tuple[object, ...]] = Counter()
    total = Decimal("0.00")
    closed = False
    for number, cells in _records(text, header):
        if closed:
            raise _wrong(number, N_("Line %(line)s: there is a line below the sum of all."))
        if _is_sum(cells, header):
            closed = True
            _need_sum(number, cells, total, header)
            continue
        if len(lines) == MOST_LINES:
            raise too_many_lines()
        lines.append(_payment(number, cells, header, seen))
        total += lines[-1].amount
    if not lines:
        raise WrongInput(N_("The file has a header and no payments below it."))
    return Statement("", "", max(line.day for line in lines), None, None, tuple(lines))


def _header(text: str) -> _Header:
    """Return the columns by the separator that finds the most of them."""
    first = next((line for line in _BREAKS.split(text[:LONGEST_FIELD]) if line.strip("\ufeff ")), "")
    headers = [_columns(first.strip("\ufeff "), separator) for separator in SEPARATORS]
    return max(headers, key=lambda header: len(header.places))


def _columns(first: str, separator: str) -> _Header:
    places: dict[str, int] = {}
    cells = first.split(separator)
    for place, cell in enumerate(cells):
        label = fold(cell)
        name = next((name for name, labels in COLUMNS.items() if label in labels or label == name), None)
        if name in places:
            return _Header(separator, len(cells), {})
        if name is not None:
            places[name] = place
    return _Header(separator, len(cells), places)


def _records(text: str, header: _Header) -> Iterator[tuple[int, Sequence[str]]]:
    """Return the lines below the header that are not empty, with their numbers."""
    reader = csv.reader(_bounded(text), delimiter=header.separator, strict=True)
    named = False
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _wrong(line, N_("Line %(line)s: a cell is too long or badly quoted.")) from None
        if not any(cell.strip("\ufeff\x1a ") for cell in cells):
            continue
        if not named:
            named = True
            continue
        if any(cell.strip() for cell in cells[header.width :]):
            raise _wrong(line, N_("Line %(line)s: it has more cells than the header has columns."))
        yield line, cells


def _bounded(text: str) -> Iterator[str]:
    """Return the lines of `text`, none longer than any bank writes."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            raise _wrong(number, N_("Line %(line)s: it is too long. Is the file damaged?"))
        yield line


def _payment(line: int, cells: Sequence[str], header: _Header, seen: Counter[tuple[object, ...]]) -> BankLine:
    text = {name: cells[place] if place < len(cells) else "" for name, place in header.places.items()}
    amount = _amount(line, text["amount"])
    if not amount:
        raise _wrong(line, N_("Line %(line)s: a payment is above zero."))
    if fold(text.get("currency", "")) not in {"", "pln", "zl"}:
        raise _wrong(line, N_("Line %(line)s: the payment is in other money than PLN."))
    sender = bare_account(text.get("from", ""))[:ACCOUNT_LENGTH]
    content = (
        short(text.get("reference", ""), NUMBER_LENGTH),
        _day(line, text["day"]),
        _account(line, text["account"]),
        amount,
        short(text.get("payer", ""), NAME_LENGTH),
        short(text.get("title", ""), TITLE_LENGTH),
    )
    seen[content] += 1
    _, day, account, _, name, title = content
    return BankLine(
        key=line_key("mass", *content, seen[content]),
        line=line,
        day=day,
        amount=amount,
        movement=Movement.CREDIT,
        title=title,
        name=name,
        account=sender if sender.isascii() and sender.isalnum() else "",
        virtual_account=account,
    )


def _amount(line: int, text: str) -> Decimal:
    """Return an amount of zlotys; a sign, a second comma or a third decimal is refused."""
    found = _AMOUNT.fullmatch(_BLANKS.sub("", text))
    if not found:
        raise _wrong(line, N_("Line %(line)s: the amount cannot be read. Amounts look like 1234,56."))
    return Decimal(f"{found[1]}.{(found[2] or ''):0<2}")


def _day(line: int, text: str) -> date:
    try:
        return parse_file_day(text)
    except WrongInput:
        raise _wrong(
            line, N_("Line %(line)s: the day cannot be read. Days look like 2026-11-22 or 22.11.2026.")
        ) from None


def _account(line: int, text: str) -> str:
    """Return a virtual account: 26 digits, or the 12 of the payer's id."""
    account = bare_account(text).lstrip("X")
    if is_nrb(account) or (len(account) == PAYER_DIGITS and account.isascii() and account.isdigit()):
        return account
    raise _wrong(line, N_("Line %(line)s: the virtual account is not 26 digits with valid check digits."))


def _is_sum(cells: Sequence[str], header: _Header) -> bool:
    """Tell whether a line is the sum of all; a payment with such a title names an account."""
    place = header.places["account"]
    account = cells[place].strip() if place < len(cells) else ""
    first = next((cell for cell in cells if cell.strip()), "")
    return fold(first) in _SUMS and (not account or fold(account) in _SUMS)


def _need_sum(line: int, cells: Sequence[str], total: Decimal, header: _Header) -> None:
    """Refuse a list whose last line says another sum than its payments make."""
    place = header.places["amount"]
    said = _amount(line, cells[place] if place < len(cells) else "")
    if said != total:
        raise WrongInput(
            N_("Line %(line)s: the payments make %(made)s, the file says %(said)s. Nothing is taken."),
            line=line,
            made=total,
            said=said,
        )


def _wrong(line: int, message: str) -> WrongInput:
    return WrongInput(message, line=line)
