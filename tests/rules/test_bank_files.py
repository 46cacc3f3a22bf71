"""Files of the bank: dialects, encodings, what is taken, and what is refused as a whole."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.records.bank_file import BankFileKind, BankLine, Movement
from db.rules.bank_account import virtual_account
from db.rules.bank_files import limits
from db.rules.bank_files.details import split_details, unwrap
from db.rules.bank_files.reading import read_bank_file
from tests.rules.bank_samples import (
    ENCODINGS,
    OWN_ACCOUNT,
    PAYER_ACCOUNT,
    PREFIX,
    ROUTING,
    TYPICAL,
    Bank,
    Sent,
    encoded,
    mass_list,
    mt940,
)
from tests.rules.test_mass_payments import ROWS

OWN = virtual_account(ROUTING, PREFIX, "102481")


def refusal(data: bytes | str, accounts: Sequence[str] = ()) -> str:
    with pytest.raises(WrongInput) as refused:
        read_bank_file(data.encode() if isinstance(data, str) else data, accounts=accounts)
    return str(refused.value)


def lines(data: bytes | str) -> list[BankLine]:
    return list(read_bank_file(data.encode() if isinstance(data, str) else data).lines)


@pytest.mark.parametrize("bank", Bank)
def test_every_dialect_says_the_same(bank: Bank) -> None:
    file = read_bank_file(encoded(bank), accounts=[OWN_ACCOUNT])
    assert (file.kind, file.account, file.encoding) == (BankFileKind.MT940, OWN_ACCOUNT, ENCODINGS[bank])
    assert file.digest == hashlib.sha256(encoded(bank)).hexdigest()
    (statement,) = file.statements
    assert (statement.number, statement.day) == ("00231/00001", date(2026, 11, 20))
    assert (statement.opening, statement.closing) == (Decimal("1000.00"), Decimal("1537.16"))
    told = [(str(one.amount), one.title, one.name, one.account) for one in statement.lines]
    meant = [(one.amount, one.title, one.name, PAYER_ACCOUNT) for one in TYPICAL if one.mark == "C"]
    assert told == meant
    assert [one.virtual_account for one in statement.lines] == [
        "", "", "600000102481" if bank is Bank.MBANK else OWN
    ]  # fmt: skip
    assert [(one.movement, str(one.amount), one.title) for one in statement.others] == [
        (Movement.DEBIT, "15.00", "Prowizja")
    ]
    assert file.total == Decimal("552.16")


@pytest.mark.parametrize("bank", Bank)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "cp852", "iso8859-2"])
def test_the_encoding_makes_no_difference(bank: Bank, encoding: str) -> None:
    file = read_bank_file(encoded(bank, encoding=encoding))
    usual = read_bank_file(encoded(bank))
    assert file.encoding == encoding
    assert [one.key for one in file.lines] == [one.key for one in usual.lines]
    assert file.statements == usual.statements


def test_a_sign_that_an_encoding_has_not_makes_no_other_line() -> None:
    """A bank writes the same statement with `?` where its code page knows no Polish quotation marks."""
    quoted = mt940([Sent("1.00", "za „wodę”")], bank=Bank.ING)
    plain = mt940([Sent("1.00", "za ?wodę?")], bank=Bank.ING)
    assert [one.key for one in lines(quoted)] == [one.key for one in lines(plain)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(newline: str) -> None:
    text = mt940(newline="\r\n").replace("\r\n", newline).replace("\0", "")
    assert [one.title for one in lines(text)] == [one.title for one in TYPICAL if one.mark == "C"]


def test_the_message_may_be_framed() -> None:
    text = mt940(bank=Bank.ING, newline="\n").removesuffix("-\n")
    framed = f"\ufeff{{1:F01BPKOPLPW}}{{2:I940}}{{4:\n{text}-}}\n\x03\x01{text}\x1a"
    assert "twice" in refusal(framed)
    other = mt940(bank=Bank.ING, newline="\n", number="00232/00001")
    assert len(read_bank_file(f"{{1:F01}}{{4:\n{text}-}}\n\x03\x01{other}".encode()).statements) == 2


def test_where_a_movement_begins_is_told() -> None:
    text = mt940(bank=Bank.ING, newline="\n")
    for one in lines(text):
        assert text.split("\n")[one.line - 1].startswith(":61:")


def test_titles_are_put_together_as_they_were() -> None:
    title = "x" * 26 + " y" + "z" * 40
    for bank in (Bank.PKO, Bank.ING, Bank.PEKAO, Bank.NORDEA, Bank.MILLENNIUM):
        assert lines(encoded(bank, [Sent("1.00", title)]))[0].title == title


@pytest.mark.parametrize(
    ("raw", "title", "name", "account"),
    [
        ("020~00152\n~20Woda\n~32JAN\n~33KOWALSKI", "Woda", "JAN KOWALSKI", ""),
        ("020~00152~20Woda~21klient 4410", "Woda klient 4410", "", ""),
        ("~20ÿ~21Woda~22˙~32\xa0", "Woda", "", ""),
        ("<00X<20Woda<27JAN NOWAK<29ul. Polna 5<32", "Woda", "JAN NOWAK ul. Polna 5", ""),
        (f"<20Woda<27JAN<29{PAYER_ACCOUNT}", "Woda", "JAN", PAYER_ACCOUNT),
        (f"<20Woda<3010901014<310000071219812874<32JAN<38{PAYER_ACCOUNT}", "Woda", "JAN", PAYER_ACCOUNT),
        ("<20Woda<3010901014<310000071219812874<32JAN", "Woda", "JAN", PAYER_ACCOUNT),
        ("<20Woda<38DE89370400440532013000", "Woda", "", "DE89370400440532013000"),
        ("+20Tel. +48 600 123 456+32JAN", "Tel. +48 600 123 456", "JAN", ""),
        ("OD +48600123456 woda", "OD +48600123456 woda", "", ""),
        ("723^00PRZELEW^34000\n^3010901014\n^20Woda", "Woda", "", ""),
        ("911 PRZELEW; Z RACH.: 61 1090 1014 0000 0712 1981 2874; OD: JAN; TYT.: A; B; TNR: 1.2",
         "A; B", "JAN", PAYER_ACCOUNT),
        ("770 OPŁATA; TNR: 1", "770 OPŁATA", "", ""),
        ("KAPITALIZACJA ODSETEK", "KAPITALIZACJA ODSETEK", "", ""),
        ("", "", "", ""),
        ("<20\x1b[2J[red]x[/]\u202e\x07<32=1+1", "[2J[red]x[/]", "=1+1", ""),
    ],
)  # fmt: skip
def test_details(raw: str, title: str, name: str, account: str) -> None:
    found = split_details(raw)
    assert (found.title, found.name, found.account) == (title, name, account)


def test_lines_cut_by_width_are_joined_and_those_cut_by_words_keep_a_blank() -> None:
    assert unwrap("a" * 65 + "\nb") == "a" * 65 + "b"
    assert unwrap("ab \ncd") == "ab cd"
    assert unwrap("ab\ncd") == "ab cd"


@given(st.text(max_size=400))
def test_any_details_are_taken_apart(raw: str) -> None:
    found = split_details(raw)
    assert len(found.title) <= limits.TITLE_LENGTH
    assert len(found.name) <= limits.NAME_LENGTH
    assert len(found.account) <= limits.ACCOUNT_LENGTH


def test_reversals_are_no_payments() -> None:
    sent = [Sent("10.00"), Sent("10.00", "zwrot", mark="RC"), Sent("3.00", mark="RD"), Sent("0.00")]
    (statement,) = read_bank_file(encoded(Bank.ING, sent)).statements
    assert [one.amount for one in statement.lines] == [Decimal("10.00")]
    assert [one.movement for one in statement.others] == [
        Movement.CREDIT_REVERSED,
        Movement.DEBIT_REVERSED,
        Movement.CREDIT,
    ]


def test_an_overdrawn_account_and_a_day_without_movements() -> None:
    (statement,) = read_bank_file(mt940([], opening="-12.50").encode()).statements
    assert (statement.opening, statement.closing, statement.lines) == (
        Decimal("-12.50"),
        Decimal("-12.50"),
        (),
    )


def test_several_statements_and_pages() -> None:
    first = mt940([Sent("10.00")], bank=Bank.ING, number="1/1", paged=("F", "M"))
    second = mt940([Sent("10.00")], bank=Bank.ING, number="1/2", paged=("M", "F"), opening="1010.00")
    third = mt940([Sent("10.00")], bank=Bank.ING, number="2/1", opening="5.00")
    file = read_bank_file((first + second + third).encode())
    assert [one.number for one in file.statements] == ["1/1", "1/2", "2/1"]
    assert len({one.key for one in file.lines}) == 3
    assert "next page" in refusal(first)
    assert "next page" in refusal(first + third)
    assert "next page" in refusal(first + mt940(opening="1011.00", paged=("M", "F")).replace("\0", ""))


def test_the_same_line_has_the_same_key_in_another_copy_of_the_file() -> None:
    alone = lines(mt940(bank=Bank.ING))
    other = mt940([Sent("5.00")], bank=Bank.ING, number="00230/00001")
    together = lines(other + mt940(bank=Bank.ING))
    assert [one.key for one in together][1:] == [one.key for one in alone]
    twice = lines(mt940([Sent("5.00"), Sent("5.00")], bank=Bank.ING))
    assert twice[0].key != twice[1].key
    changed = replace(TYPICAL[0], amount="123.46")
    assert lines(mt940([changed, *TYPICAL[1:]], bank=Bank.ING))[0].key != alone[0].key


GOOD = mt940(bank=Bank.ING, newline="\n")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \n", "empty"),
        (b"x" * (limits.MOST_BYTES + 1), "larger than 20 MB"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not text"),
        (b"%PDF-1.7", "not text"),
        (bytes(range(256)) * 4, "not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not text"),
        ("<?xml version='1.0'?><Document/>", "XML"),
        ("jakis tekst\nbez ladu", "neither"),
        ("110,20261120,10000,10901014,0,\"61109010140000071219812874\"\n", "neither"),
        (GOOD[: GOOD.index(":62F:")], "line 1 has no :62F: balance"),
        (GOOD[: len(GOOD) // 2], "line 1 has no :62F: balance"),
        (GOOD[: GOOD.index(":62F:") + 12], "Line 32: the field :62F: cannot be read"),
        (GOOD[: GOOD.index(":61:") + 9], "Line 5: the field :61: cannot be read"),
        (GOOD[GOOD.index(":60F:") :], "Line 1: the field :60F: cannot be read"),
        (GOOD.replace(":60F:", ":60X:"), "Line 5: the field :61: cannot be read"),
        (GOOD.replace(":20:", ":21:"), "Line 1: the field :21: cannot be read"),
        (GOOD.replace(":60F:C", ":60F:C261120PLN1,00\n:60F:C"), "Line 5: the field :60F:"),
        (GOOD.replace(":62F:", ":62F:C261120PLN1000,00\n:61:2611201120C1,00NTRF\n:62F:"), "Line 33: the"),
        (GOOD.replace("1537,16", "1537,15"), "says 1537.15"),
        (GOOD.replace("C123,45", "C123,46"), "does not add up"),
        (GOOD.replace("C123,45", "C123.45"), "Line 5: the field :61:"),
        (GOOD.replace("C123,45", "C-123,45"), "Line 5: the field :61:"),
        (GOOD.replace("C123,45", "C123,455"), "Line 5: the field :61:"),
        (GOOD.replace("C123,45", "C1,23,45"), "Line 5: the field :61:"),
        (GOOD.replace("C123,45", "C١٢٣,45"), "Line 5: the field :61:"),
        (GOOD.replace("C123,45", "C0000000000000123,45"), "Line 5: the field :61:"),
        (GOOD.replace("PLN1000,00", "PLN1000.00"), "Line 4: the field :60F:"),
        (GOOD.replace("PLN1000,00", "PLN0000000000001000,00"), "Line 4: the field :60F:"),
        (GOOD.replace(":61:261120", ":61:260230"), "Line 5: the field :61:"),
        (GOOD.replace(":61:2611201120", ":61:2611201399"), "Line 5: the field :61:"),
        (GOOD.replace("PLN", "EUR"), "in EUR"),
        (GOOD.replace(":62F:C261120PLN", ":62F:C261120EUR"), "in EUR"),
        (GOOD.replace(f":25:/PL{OWN_ACCOUNT}", ":25:"), "does not name its account"),
        (GOOD.replace(f":25:/PL{OWN_ACCOUNT}", ":25:DE89370400440532013000"), "does not name its account"),
        (GOOD + GOOD, "holds the statement 00231/00001 twice"),
        (GOOD.replace(":86:020<00VE02", ":86:" + "x" * 5000), "longer than 4000"),
        (GOOD.replace(":86:020<", ":86:020?").replace("\n<", "\n?"), "form that is known here"),
        (GOOD.replace(":86:020<00VE02", ":86:/EREF/X/NAME/JAN").replace("\n<", "\n/"), "form that is known"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(data: bytes | str, words: str) -> None:
    assert words in refusal(data)


def test_a_statement_of_another_account_is_refused() -> None:
    assert "10 1020" not in refusal(GOOD, accounts=[PAYER_ACCOUNT])
    assert "60 1020 1055 0000 9102 0000 0001" in refusal(GOOD, accounts=[PAYER_ACCOUNT])
    assert read_bank_file(GOOD.encode(), accounts=[PAYER_ACCOUNT, OWN_ACCOUNT]).account == OWN_ACCOUNT


def test_money_of_the_bank_itself_among_payments_is_taken_as_it_stands() -> None:
    text = GOOD.replace(":62F:C261120PLN1537,16", ":61:261120C1,00NINT\n:86:ODSETKI\n:62F:C261120PLN1538,16")
    assert lines(text)[-1].title == "ODSETKI"


def test_too_many_movements_and_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.rules.bank_files.mt940_file.MOST_LINES", 3)
    assert "more than" in refusal(GOOD)
    monkeypatch.setattr("db.rules.bank_files.mt940_file.MOST_STATEMENTS", 1)
    assert "statements" in refusal(mt940([]) + mt940([], number="2"))


def test_the_library_writes_nothing_to_the_log(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("mt940").setLevel(logging.NOTSET)
    refusal(GOOD.replace(":61:2611201120C123,45", ":61:2611201399C123,45"))
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    # a refusal repeats nothing of the statement
    assert "KOWALSKI" not in refusal(GOOD.replace(":61:261120", ":61:KOWALSKI"))


MARKS = st.sampled_from(["C", "D", "RC", "RD"])


@given(
    st.lists(
        st.tuples(st.integers(1, 10**9), MARKS, st.text("ab~<^+żŁ0 /", max_size=80)),
        max_size=6,
    ),
    st.sampled_from(list(Bank)),
    st.integers(-(10**9), 10**9),
)  # fmt: skip
def test_money_is_never_lost_or_invented(
    movements: list[tuple[int, str, str]], bank: Bank, opening: int
) -> None:
    sent = [Sent(f"{Decimal(amount) / 100:.2f}", title, mark=mark) for amount, mark, title in movements]
    text = mt940(sent, bank=bank, opening=f"{Decimal(opening) / 100:.2f}").replace("\0", "")
    file = read_bank_file(text.encode())
    assert [str(one.amount) for one in file.lines] == [one.amount for one in sent if one.mark == "C"]
    assert len(file.statements[0].others) == sum(one.mark != "C" for one in sent)


def test_the_account_that_was_paid_to_is_neither_side_s_own() -> None:
    title = f"z {PAYER_ACCOUNT} na {OWN_ACCOUNT}, to jest {OWN}"
    assert lines(mt940([Sent("1.00", title)], bank=Bank.ING))[0].virtual_account == OWN
    beside = GOOD.replace("NTRFNONREF//1\n", f"NTRFNONREF//1\n{OWN}\n")
    assert lines(beside)[0].virtual_account == OWN


def test_keys_stay_what_they_are_in_databases() -> None:
    """A key that changes with the program books money again: never change how one is made."""
    assert [one.key[:16] for one in lines(mt940(bank=Bank.ING))] == [
        "f7fdd38cf5c5a74d",
        "b3c4e1d6cf1430d8",
        "4e91d5327b73bb45",
    ]
    assert [one.key[:16] for one in lines(mass_list(ROWS))] == ["492adb57a90969f2", "7b7bdeed25227d13"]
