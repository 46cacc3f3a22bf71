"""What titles of transfers name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.bank_account import format_nrb, virtual_account
from db.rules.payment_title import InvoiceTail, Named, named_in

NUMBER = "FAK/202610/0000123/102481/20261105"
OTHER = "FAK/202610/0000124/004410/20261106"
TAIL = InvoiceTail("102481", "20261105")


@pytest.mark.parametrize(
    ("title", "named"),
    [
        (NUMBER, Named(invoices=(NUMBER,))),
        ("fak/202610/0000123/102481/20261105", Named(invoices=(NUMBER,))),
        ("FAK 202610 0000123 102481 20261105", Named(invoices=(NUMBER,))),
        ("FAK202610000012310248120261105", Named(invoices=(NUMBER,))),
        ("FAK-202610-0000123-102481-20261105", Named(invoices=(NUMBER,))),
        ("Za fakturę FAK/202610/0000123/1024 81/20261105 woda", Named(invoices=(NUMBER,))),
        ("FAK / 202610 / 0000123 / 102481 / 20261105.", Named(invoices=(NUMBER,))),
        ("F A K 202610/0000123/102481/20261105", Named(invoices=(NUMBER,))),
        ("faktura 202610/0000123/102481/20261105", Named(invoices=(NUMBER,))),
        ("202610000012310248120261105", Named(invoices=(NUMBER,))),
        (f"{NUMBER} i {OTHER}", Named(invoices=(NUMBER, OTHER))),
        (f"{NUMBER} {NUMBER}", Named(invoices=(NUMBER,))),
        (f"{NUMBER} klient 102481", Named(invoices=(NUMBER,), clients=("102481",))),
        ("0000123/102481/20261105", Named(tails=(InvoiceTail("102481", "20261105", 123),))),
        ("102481/20261105", Named(tails=(TAIL,))),
        ("fv 102481 / 20261105", Named(tails=(TAIL,))),
        ("4410/20261106", Named(tails=(InvoiceTail("004410", "20261106"),))),
        ("faktura 202610/0000123", Named(serials=(("202610", 123),))),
        ("faktura 202610/123", Named(serials=(("202610", 123),))),
        ("102481", Named(possible_clients=("102481",))),
        ("za wodę 102481 Nowak", Named(possible_clients=("102481",))),
        ("nr klienta 4410", Named(clients=("4410",))),
        ("Nr Klienta: 102481", Named(clients=("102481",))),
        ("KLIENT NR 102481", Named(clients=("102481",))),
        ("numer odbiorcy 102481, październik", Named(clients=("102481",))),
        ("płatnik 102481", Named(clients=("102481",))),
        ("kl.4410", Named(clients=("4410",))),
        ("kl. nr 4410", Named(clients=("4410",))),
        ("woda 2026", Named()),
        ("1024815", Named()),
        ("tel. 600 123 456", Named()),
        (
            "FAK/202613/0000123/102481/20261105",
            Named(tails=(InvoiceTail("102481", "20261105", 123),), possible_clients=("202613",)),
        ),
        ("", Named()),
        ("FAK/20261", Named()),
        # a date is no client, an amount is no client
        ("zapłata 05.11.2026 kwota 123,45", Named()),
    ],
)
def test_what_a_title_names(title: str, named: Named) -> None:
    assert named_in(title) == named


def test_an_account_in_the_title() -> None:
    account = virtual_account("10901014", "7788", "102481")
    expected = Named(accounts=(account,))
    assert named_in(f"na konto {format_nrb(account)} za wodę") == expected
    assert named_in(f"PL{account}") == expected
    assert named_in(account[:-1] + "x").accounts == ()


@given(st.text(max_size=300))
def test_any_text_is_read(title: str) -> None:
    named_in(title)


@given(
    st.lists(st.sampled_from(["", " ", "/", "-", ".", " / "]), min_size=4, max_size=4),
    st.text("aąźpk ,.", max_size=20),
    st.text("aąźpk ,.", max_size=20),
)
def test_the_number_is_found_whatever_stands_between_its_parts(
    signs: list[str], before: str, after: str
) -> None:
    parts = NUMBER.split("/")
    number = parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))
    assert named_in(f"{before} {number} {after}").invoices == (NUMBER,)


@pytest.mark.parametrize("title", ["1 " * 250, "FAK" * 160, "/" * 500, "2026-10/" * 60, "F A " * 120])
def test_long_nonsense_is_quick(title: str) -> None:
    named_in(title * 1000)
