"""Account numbers: check digits, and one of its own for each client."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from db.errors import WrongInput
from db.rules.bank_account import (
    account_of_bank,
    bare_account,
    check_digits,
    client_of_account,
    format_nrb,
    is_nrb,
    payer_id,
    virtual_account,
)

ROUTING, PREFIX = "10901014", "7788"


def digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=least, max_size=most)


@pytest.mark.parametrize(
    ("nrb", "valid"),
    [
        ("61109010140000071219812874", True),
        ("61109010140000071219812875", False),
        ("16109010140000071219812874", False),
        ("6110901014000007121981287", False),
        ("611090101400000712198128741", False),
        ("PL61109010140000071219812874", False),
        ("6110901014000007121981287٤", False),
        ("", False),
    ],
)
def test_check_digits_are_checked(nrb: str, valid: bool) -> None:
    assert is_nrb(nrb) is valid


@given(digits(24, 24))
def test_check_digits_agree_with_an_independent_reader(rest: str) -> None:
    nrb = check_digits(rest) + rest
    assert is_nrb(nrb)
    assert iban.is_valid(f"PL{nrb}", check_country=False)


@given(digits(26, 26))
def test_valid_is_what_an_independent_reader_calls_valid(nrb: str) -> None:
    assert is_nrb(nrb) == iban.is_valid(f"PL{nrb}", check_country=False)


def test_an_account_is_printed_in_groups() -> None:
    assert format_nrb("61109010140000071219812874") == "61 1090 1014 0000 0712 1981 2874"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("61 1090 1014 0000 0712 1981 2874", "61109010140000071219812874"),
        ("PL61109010140000071219812874", "61109010140000071219812874"),
        ("/PL61 1090-1014 0000 0712 1981 2874", "61109010140000071219812874"),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("", ""),
    ],
)
def test_an_account_is_read_as_banks_write_it(text: str, bare: str) -> None:
    assert bare_account(text) == bare


def test_the_account_of_a_client() -> None:
    account = virtual_account(ROUTING, PREFIX, "102481")
    assert account[2:] == "10901014" + "7788" + "6" + "00000" + "102481"
    assert is_nrb(account)
    assert client_of_account(account, ROUTING, PREFIX) == "102481"
    assert client_of_account(f"PL {format_nrb(account)}", ROUTING, PREFIX) == "102481"
    assert client_of_account("600000102481", ROUTING, PREFIX) == "102481"


def test_short_and_long_numbers_never_meet() -> None:
    assert payer_id("4410") == "400000004410"
    assert payer_id("004410") == "600000004410"
    assert virtual_account(ROUTING, PREFIX, "4410") != virtual_account(ROUTING, PREFIX, "004410")


@pytest.mark.parametrize(
    "account",
    [
        "61109010140000071219812874",
        virtual_account("10901015", PREFIX, "4410"),
        virtual_account(ROUTING, "7789", "4410"),
        virtual_account(ROUTING, PREFIX, "4410")[:-1] + "1",
        "000000004410",
        "400010004410",
        "900000004410"[:-1],
        "4000000044x0",
        "",
        "DE89370400440532013000",
    ],
)
def test_an_account_that_is_no_client_s(account: str) -> None:
    assert client_of_account(account, ROUTING, PREFIX) is None


@given(digits(8, 8), digits(4, 4), digits(1, 9), digits(1, 9))
def test_no_two_clients_share_an_account(routing: str, prefix: str, one: str, other: str) -> None:
    accounts = {virtual_account(routing, prefix, number) for number in (one, other)}
    assert len(accounts) == len({one, other})
    assert client_of_account(virtual_account(routing, prefix, one), routing, prefix) == one


@given(digits(0, 30))
def test_what_is_read_as_a_client_gives_that_account(account: str) -> None:
    number = client_of_account(account, ROUTING, PREFIX)
    if number is not None:
        assert virtual_account(ROUTING, PREFIX, number).endswith(account)


@pytest.mark.parametrize(
    ("routing", "prefix", "number"),
    [
        ("1090101", PREFIX, "4410"),
        (ROUTING, "778", "4410"),
        (ROUTING, "77x8", "4410"),
        (ROUTING, PREFIX, ""),
        (ROUTING, PREFIX, "0123456789"),
        (ROUTING, PREFIX, "44 10"),
    ],
)
def test_what_makes_no_account_is_refused(routing: str, prefix: str, number: str) -> None:
    with pytest.raises(WrongInput):
        virtual_account(routing, prefix, number)


def test_an_account_given_in_two_parts() -> None:
    assert account_of_bank("10901014", "0000071219812874") == "61109010140000071219812874"
    assert account_of_bank("10901014", "71219812874") == ""
    assert account_of_bank("", "") == ""
