"""Vectors of the identifiers, and the forms people type them in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.rules.identifiers import (
    Sex,
    format_phone,
    parse_email,
    parse_nip,
    parse_nrb,
    parse_pesel,
    parse_phone,
    parse_postal_code,
    parse_regon,
)

TODAY = date(2026, 11, 22)
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def with_check_digit(first_ten: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_ten, WEIGHTS, strict=True))
    return f"{first_ten}{(10 - total % 10) % 10}"


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("44051401359", date(1944, 5, 14), Sex.MALE),
        ("92071314764", date(1992, 7, 13), Sex.FEMALE),
        ("02070803628", date(1902, 7, 8), Sex.FEMALE),
        (with_check_digit("0427010001"), date(2004, 7, 1), Sex.MALE),
        (with_check_digit("9981310001"), date(1899, 1, 31), Sex.MALE),
    ],
)
def test_pesel(number: str, born: date, sex: Sex) -> None:
    pesel = parse_pesel(number, today=TODAY)
    assert (pesel.number, pesel.birth_date, pesel.sex) == (number, born, sex)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("44051401358", "check digit"),
        ("00000000000", "day that does not exist"),
        (with_check_digit("4402300135"), "day that does not exist"),
        (with_check_digit("2632230001"), "in the future"),
        (with_check_digit("2661010001"), "in the future"),
        ("4405140135", "11 digits"),
        ("440514013599", "11 digits"),
        ("4405140135O", "11 digits"),
        ("٤٤٠٥١٤٠١٣٥٩", "11 digits"),
        ("", "11 digits"),
    ],
)
def test_bad_pesel(typed: str, says: str) -> None:
    with pytest.raises(WrongInput, match=says) as refusal:
        parse_pesel(typed, today=TODAY)
    assert not refusal.value.params, "a PESEL is never repeated"


def test_pesel_with_blanks_and_born_today() -> None:
    assert parse_pesel("440514 01359", today=TODAY).number == "44051401359"
    newborn = with_check_digit("2631220001")
    assert parse_pesel(newborn, today=TODAY).birth_date == TODAY


def test_swapped_digits_of_equal_weight_pass() -> None:
    """The reason why the day of birth is read back to the caller."""
    assert parse_pesel("34051401459", today=TODAY).birth_date == date(1934, 5, 14)


@pytest.mark.parametrize("typed", ["5260250274", "526-025-02-74", "PL 526 025 02 74", "pl5260250274"])
def test_nip(typed: str) -> None:
    assert parse_nip(typed) == "5260250274"


def test_nip_of_the_tax_system_tests() -> None:
    assert parse_nip("1111111111") == "1111111111"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("5260250275", "check digit"),
        ("526025027", "10 digits"),
        ("", "10 digits"),
        ("DE5260250274", "10 digits"),
        ("0000000000", "beginning"),
        ("1001111111", "beginning"),
    ],
)
def test_bad_nip(typed: str, says: str) -> None:
    with pytest.raises(WrongInput, match=says):
        parse_nip(typed)


def test_regon() -> None:
    assert parse_regon("123456785") == "123456785"
    assert parse_regon("123456785 12347") == "12345678512347"
    for typed, says in (("123456786", "check digit"), ("12345678512348", "check digit"), ("1234", "9 or 14")):
        with pytest.raises(WrongInput, match=says):
            parse_regon(typed)


@pytest.mark.parametrize(
    "typed",
    ["61109010140000071219812874", "PL61109010140000071219812874", "61 1090 1014 0000 0712 1981 2874"],
)
def test_nrb(typed: str) -> None:
    assert parse_nrb(typed) == "61109010140000071219812874"


def test_bad_nrb() -> None:
    for typed, says in (
        ("61109010140000071219812875", "check digits"),
        ("6110901014", "26 digits"),
        ("", "26"),
    ):
        with pytest.raises(WrongInput, match=says):
            parse_nrb(typed)


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("600 123 456", "+48600123456", "600 123 456"),
        ("600-123-456", "+48600123456", "600 123 456"),
        ("+48 600 123 456", "+48600123456", "600 123 456"),
        ("0048600123456", "+48600123456", "600 123 456"),
        ("48600123456", "+48600123456", "600 123 456"),
        ("0 600 123 456", "+48600123456", "600 123 456"),
        ("33 812 45 67", "+48338124567", "33 812 45 67"),
        ("0-33 812 45 67", "+48338124567", "33 812 45 67"),
        ("(033) 812 45 67", "+48338124567", "33 812 45 67"),
        ("(33) 812 45 67", "+48338124567", "33 812 45 67"),
        ("+49 30 901820", "+4930901820", "+4930901820"),
    ],
)
def test_phones(typed: str, stored: str, shown: str) -> None:
    assert parse_phone(typed) == stored
    assert format_phone(stored) == shown


@pytest.mark.parametrize("typed", ["", "600 123 45", "600 123 4567", "abc", "112", "+48", "600123456 w. 12"])
def test_bad_phones(typed: str) -> None:
    with pytest.raises(WrongInput, match="phone number"):
        parse_phone(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("zaneta@example.com", "zaneta@example.com"),
        (" Zaneta.Kowalska+woda@Example.COM ", "Zaneta.Kowalska+woda@example.com"),
        ("o'brien@sub.example.pl", "o'brien@sub.example.pl"),
    ],
)
def test_emails(typed: str, stored: str) -> None:
    assert parse_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "zaneta",
        "@example.com",
        "zaneta@",
        "zaneta@example",
        "a b@example.com",
        "a@b@example.com",
        "a..b@example.com",
        ".a@example.com",
        "żaneta@example.com",
        "a@-example.com",
        "a@example.c0m-",
        "a@example.com\r\nBcc: b@example.com",
        "<a@example.com>",
        f"{'a' * 65}@example.com",
    ],
)
def test_bad_emails(typed: str) -> None:
    with pytest.raises(WrongInput, match=r"name@example\.com"):
        parse_email(typed)


def test_postal_codes() -> None:
    assert parse_postal_code("43400") == parse_postal_code(" 43-400 ") == "43-400"
    with pytest.raises(WrongInput, match="43-400"):
        parse_postal_code("4340")


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 9999))
def test_every_pesel_with_its_check_digit_passes(born: date, serial: int) -> None:
    pesel = parse_pesel(with_check_digit(f"{born:%y%m%d}{serial:04d}"), today=TODAY)
    assert pesel.birth_date == born
    assert (pesel.sex is Sex.MALE) == bool(serial % 2)
