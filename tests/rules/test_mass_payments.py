"""Lists of mass payments: columns, separators, amounts, and lines that refuse the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.records.bank_file import BankFileKind, BankLine
from db.rules.bank_account import format_nrb, virtual_account
from db.rules.bank_files import mass_payments
from db.rules.bank_files.reading import read_bank_file
from tests.rules.bank_samples import PAYER_ACCOUNT, PREFIX, ROUTING, mass_list

OWN = virtual_account(ROUTING, PREFIX, "102481")
FIRM = virtual_account(ROUTING, PREFIX, "4410")
ROWS = [
    ("2026-11-20", "123,45", OWN, "ŻÓŁĆ JAŹWA", "Opłata za wodę"),
    ("20.11.2026", "1 000,00", format_nrb(FIRM), "FIRMA SP. Z O.O.", "fv 124"),
]


def read(text: str | bytes) -> list[BankLine]:
    return list(read_bank_file(text.encode() if isinstance(text, str) else text).lines)


def refusal(text: str) -> str:
    with pytest.raises(WrongInput) as refused:
        read(text)
    return str(refused.value)


def one(**cells: str) -> str:
    """Return a file with one line, its cells as usual but for `cells`."""
    names = ("day", "amount", "account", "payer", "title")
    usual = dict(zip(names, ROWS[0], strict=True)) | cells
    return mass_list([tuple(usual[name] for name in names)])  # type: ignore[list-item]  # five of them


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "cp852", "utf-16"])
def test_a_list(encoding: str) -> None:
    file = read_bank_file(mass_list(ROWS).encode(encoding))
    assert (file.kind, file.account, file.encoding) == (BankFileKind.MASS, "", encoding)
    (statement,) = file.statements
    assert (statement.day, statement.opening, statement.closing) == (date(2026, 11, 20), None, None)
    told = [(line.line, line.day, str(line.amount), line.name, line.title) for line in file.lines]
    assert told == [
        (2, date(2026, 11, 20), "123.45", "ŻÓŁĆ JAŹWA", "Opłata za wodę"),
        (3, date(2026, 11, 20), "1000.00", "FIRMA SP. Z O.O.", "fv 124"),
    ]
    assert [line.virtual_account for line in file.lines] == [OWN, FIRM]
    assert file.total == Decimal("1123.45")


@pytest.mark.parametrize(
    ("header", "separator", "row"),
    [
        ("day,amount,account,payer,title", ",", ("2026-11-20", "123.45", OWN, "JAN", "woda")),
        ("day,amount,account,payer,title", ",", ("2026-11-20", '"123,45"', OWN, "JAN", "woda")),
        ("date\tamount\tvirtual account\tname\tdescription", "\t",
         ("2026-11-20", "123.45", OWN, "JAN", "woda")),
        ("DATA KSIĘGOWANIA;KWOTA WPŁATY;Nr rachunku;Wpłacający;Tytułem", ";",
         ("20.11.2026", "123,45 PLN", f"PL{OWN}", "JAN", "woda")),
        ('"Data";"Kwota";"Identyfikator";"Nadawca";"Tytuł"', ";",
         ('"2026-11-20"', '"123,45"', '"600000102481"', '"JAN"', '"woda"')),
        ("Data;Kwota;Identyfikator;Nadawca;Tytuł;Cokolwiek", ";",
         ("2026-11-20", "123,45", "XX600000102481", "JAN", "woda")),
        ("Tytuł;Nadawca;Rachunek;Kwota;Data", ";", ("woda", "JAN", OWN, "123,45", "2026-11-20 12:30")),
    ],
)  # fmt: skip
def test_headers_and_separators(header: str, separator: str, row: tuple[str, str, str, str, str]) -> None:
    (line,) = read(mass_list([row], header=header, separator=separator))
    assert (line.day, line.amount, line.name, line.title) == (
        date(2026, 11, 20),
        Decimal("123.45"),
        "JAN",
        "woda",
    )
    assert line.virtual_account.endswith("600000102481")


def test_the_payer_s_account_and_a_reference() -> None:
    header = "Data;Kwota;Rachunek;Rachunek nadawcy;Waluta;Nr transakcji"
    text = f"{header}\n2026-11-20;1,00;{OWN};PL {format_nrb(PAYER_ACCOUNT)};PLN;A1\n"
    first, second = read(f"{text}2026-11-20;1,00;{OWN};;zł;A2\n")
    assert (first.account, second.account) == (PAYER_ACCOUNT, "")
    assert first.key != second.key


@pytest.mark.parametrize("amount", ["0", "0,00", "-1", "-1,00", "1,234", "1,2,3", "1.000,00", "", "x", "1e3",
                                    "1000000000000000", "٣", "+1", "NaN"])  # fmt: skip
def test_amounts_that_are_none(amount: str) -> None:
    assert refusal(one(amount=amount)).startswith("Line 2: ")


@pytest.mark.parametrize("amount", ["1", "1,0", "1.00", "1,00 zł", "1,00PLN", " 1 ", "1\u00a0"])
def test_amounts(amount: str) -> None:
    assert read(one(amount=amount))[0].amount == Decimal("1.00")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (one(day="22.11"), "Line 2: the day"),
        (one(day="2026-02-30"), "Line 2: the day"),
        (one(account=OWN[:-1]), "Line 2: the virtual account"),
        (one(account="60000010248"), "Line 2: the virtual account"),
        (one(account=""), "Line 2: the virtual account"),
        (one(title="a;b"), "more cells"),
        (one(title='"a'), "badly quoted"),
        ("Data;Kwota;Rachunek\n", "no payments"),
        ("Kwota;Rachunek\n1,00;x\n", "no column day"),
        ("Data;Rachunek\n1;2\n", "neither"),
        ("Data;Kwota;Kwota;Rachunek\n1;2;3;4\n", "neither"),
        (f"Data;Kwota;Rachunek;Waluta\n2026-11-20;1,00;{OWN};EUR\n", "other money"),
        (mass_list(ROWS) + "Razem;1123,46;;;\n", "make 1123.45, the file says 1123.46"),
        (mass_list(ROWS) + "Razem;;;;\n", "Line 4: the amount"),
        (mass_list(ROWS) + "Razem;1123,45;;;\n" + ";".join(ROWS[0]), "below the sum"),
        # one wrong line refuses all of it
        (mass_list([ROWS[0], ("2026-11-20", "x", OWN, "", "")]), "Line 3: the amount"),
    ],
)
def test_what_is_refused_says_where(text: str, words: str) -> None:
    assert words in refusal(text)


def test_the_sum_of_all_has_to_agree() -> None:
    assert len(read(mass_list(ROWS) + "Razem;1 123,45;;;\n")) == 2
    # a payer who calls his payment so is a payer
    assert read(one(title="Razem", payer="SUMA"))[0].title == "Razem"


def test_the_same_line_has_the_same_key_wherever_it_stands() -> None:
    keys = [line.key for line in read(mass_list(ROWS))]
    assert [line.key for line in read(mass_list(ROWS[::-1]))] == keys[::-1]
    twice = [line.key for line in read(mass_list([ROWS[0], ROWS[0], ROWS[1]]))]
    assert len(set(twice)) == 3
    assert keys[0] in twice


def test_too_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mass_payments, "MOST_LINES", 1)
    assert "more than" in refusal(mass_list(ROWS))


def test_hostile_text_is_cleaned() -> None:
    (line,) = read(one(title="\x1b[2J=1+1\u202e[/x]", payer="x" * 5000))
    assert line.title == "[2J=1+1[/x]"
    assert len(line.name) == 200


@given(st.lists(st.tuples(st.integers(1, 10**13), st.sampled_from([OWN, FIRM])), min_size=1, max_size=8))
def test_money_is_never_lost_or_invented(payments: list[tuple[int, str]]) -> None:
    amounts = [f"{Decimal(amount) / 100:.2f}" for amount, _ in payments]
    rows = [("2026-11-20", amount.replace(".", ","), account, "J", "w")
            for amount, (_, account) in zip(amounts, payments, strict=True)]  # fmt: skip
    lines = read(mass_list(rows))
    assert [str(line.amount) for line in lines] == amounts
    assert len({line.key for line in lines}) == len(lines)
