"""The payload of the payment code."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.rules.payment_qr import payment_payload, short_title

ACCOUNT = "61109010140000071219812874"
NUMBER = "FAK/202610/0000123/102481/20261105"


def payload(amount: str = "123.45", **other: str) -> str | None:
    fields = {"account": ACCOUNT, "recipient": "Wodociągi Przykładowa sp. z o.o.", "title": NUMBER} | other
    return payment_payload(amount=Decimal(amount), **fields)


def test_the_nine_fields() -> None:
    assert payload(nip="111-111-11-11") == (
        "1111111111|PL|61109010140000071219812874|012345|Wodociagi Przykladow|FAK2026100000123102481"
        "20261105|||"
    )


@pytest.mark.parametrize(
    ("amount", "field"),
    [("0.01", "000001"), ("1", "000100"), ("9999.99", "999999")],
)
def test_the_amount_is_six_digits_of_grosze(amount: str, field: str) -> None:
    text = payload(amount)
    assert text is not None
    assert text.split("|")[3] == field


@pytest.mark.parametrize("amount", ["0", "-1", "10000.00", "1000000000000"])
def test_no_code_where_the_standard_forbids_it(amount: str) -> None:
    assert payload(amount) is None


def test_no_code_for_other_money() -> None:
    assert payload(currency="EUR") is None


def test_a_person_has_no_nip() -> None:
    text = payload()
    assert text is not None
    assert text.startswith("|PL|")


@pytest.mark.parametrize("wrong", [{"account": "61109010140000071219812875"}, {"nip": "5260250275"}])
def test_wrong_numbers_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(WrongInput):
        payload(**wrong)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (NUMBER, "FAK202610000012310248120261105"),
        ("Saldo 102481", "Saldo 102481"),
        ("Żółć|gęślą\njaźń", "Zolc gesla jazn"),
        ("Opłata za wodę i ścieki, klient 102481", "Oplata za wode i scieki, klient"),
        ("Игорь", ""),
    ],
)
def test_the_title_fits(title: str, short: str) -> None:
    assert short_title(title) == short


@given(
    st.decimals("0.01", "9999.99", places=2),
    st.text(max_size=200),
    st.text(max_size=200),
    st.sampled_from(["", "1111111111"]),
)
def test_any_text_stays_within_the_standard(amount: Decimal, recipient: str, title: str, nip: str) -> None:
    text = payment_payload(account=ACCOUNT, amount=amount, recipient=recipient, title=title, nip=nip)
    assert text is not None
    assert text.isascii()
    assert text.isprintable()
    assert len(text) <= 160
    fields = text.split("|")
    assert len(fields) == 9
    assert len(fields[4]) <= 20
    assert len(fields[5]) <= 32
    assert int(fields[3]) == amount * 100
    assert fields[6:] == ["", "", ""]
