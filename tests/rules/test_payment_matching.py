"""Whose payment a line is: what is sure, what is not, and what stands first in the list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.bank_file import BankLine, Movement
from db.rules.bank_account import virtual_account
from db.rules.name_likeness import ALIKE, name_likeness
from db.rules.payment_candidates import Candidates, ClientCandidate, InvoiceCandidate, wanted_by
from db.rules.payment_matching import How, Match, match_line

ROUTING, PREFIX = "10901014", "7788"
ONE = "FAK/202610/0000123/102481/20261105"
TWO = "FAK/202611/0000007/102481/20261120"
FIRM = "FAK/202610/0000124/004410/20261105"
SAME_DAY = "FAK/202610/0000125/004410/20261105"

CANDIDATES = Candidates(
    [
        ClientCandidate("102481", "Jan Kowalski", Decimal("173.45")),
        ClientCandidate("4410", "Piekarnia Złoty Kłos sp. z o.o.", Decimal("1230.00")),
        ClientCandidate("004410", "Ewa Żak", Decimal("0.00")),
        ClientCandidate("202610", "Zofia Lis", Decimal("10.00")),
    ],
    [
        InvoiceCandidate(ONE, "102481", Decimal("123.45")),
        InvoiceCandidate(TWO, "102481", Decimal("50.00")),
        InvoiceCandidate(FIRM, "4410", Decimal("1000.00")),
        InvoiceCandidate(SAME_DAY, "4410", Decimal("230.00")),
    ],
)
KOWALSKI, BAKERY = "KOWALSKI JAN UL. POLNA 5/3 43-400 CIESZYN", "PIEKARNIA ZLOTY KLOS SPOLKA Z O.O."


def line(amount: str, title: str = "", name: str = "", account: str = "") -> BankLine:
    return BankLine(
        key="k",
        line=1,
        day=date(2026, 11, 22),
        amount=Decimal(amount),
        movement=Movement.CREDIT,
        title=title,
        name=name,
        account="",
        virtual_account=account,
    )


def matched(amount: str, title: str = "", name: str = "", account: str = "") -> Match:
    return match_line(line(amount, title, name, account), CANDIDATES, routing=ROUTING, prefix=PREFIX)


OWN = virtual_account(ROUTING, PREFIX, "102481")


@pytest.mark.parametrize(
    ("amount", "title", "name", "account", "client", "invoice", "how"),
    [
        # the client's own account says it all, whoever pays and how much
        ("10.00", "", "", OWN, "102481", None, How.ACCOUNT),
        ("99999.00", "cokolwiek", "OBCY CZŁOWIEK", OWN, "102481", None, How.ACCOUNT),
        ("10.00", "", "", "600000102481", "102481", None, How.ACCOUNT),
        ("10.00", f"wpłata na {OWN}", "", "", "102481", None, How.ACCOUNT),
        ("123.45", ONE, "", OWN, "102481", ONE, How.ACCOUNT),
        ("50.00", f"{ONE} {TWO}", "", OWN, "102481", None, How.ACCOUNT),
        ("10.00", "saldo 202610", "", OWN, "102481", None, How.ACCOUNT),
        # a whole invoice number, and an amount that can be owed or the client's name
        ("123.45", ONE, "", "", "102481", ONE, How.INVOICE),
        ("123.45", "fak202610 0000123 102481 20261105", "", "", "102481", ONE, How.INVOICE),
        ("20.00", ONE, "", "", "102481", ONE, How.INVOICE),
        ("500.00", ONE, KOWALSKI, "", "102481", ONE, How.INVOICE),
        ("173.45", f"{ONE}, {TWO}", "", "", "102481", None, How.INVOICE),
        # the end of a number, one invoice, exactly its amount
        ("123.45", "102481/20261105", "", "", "102481", ONE, How.INVOICE_END),
        ("1000.00", "0000124/4410/20261105", "", "", "4410", FIRM, How.INVOICE_END),
        ("50.00", "faktura 202611/7", "", "", "102481", TWO, How.INVOICE_END),
        # a client number, the name, and exactly what is asked for
        ("123.45", "nr klienta 102481", KOWALSKI, "", "102481", None, How.CLIENT),
        ("173.45", "102481", KOWALSKI, "", "102481", None, How.CLIENT),
        ("230.00", "klient 4410", BAKERY, "", "4410", None, How.CLIENT),
    ],
)
def test_sure(
    amount: str, title: str, name: str, account: str, client: str, invoice: str | None, how: How
) -> None:
    found = matched(amount, title, name, account)
    assert (found.client_number, found.invoice_number, found.how, found.sure) == (client, invoice, how, True)
    assert found.suggestions[0].client_number == client


@pytest.mark.parametrize(
    ("amount", "title", "name", "account", "suggested"),
    [
        # nothing at all
        ("7.77", "", "", "", []),
        ("7.77", "FAK/202610/0009999/999999/20261105", "", "", []),
        # somebody else's account, a wrong check digit, nobody's client
        ("7.77", "", "", virtual_account(ROUTING, "9999", "102481"), []),
        ("7.77", "", "", OWN[:-1] + "2", []),
        ("7.77", "", "", virtual_account(ROUTING, PREFIX, "555555"), []),
        # two clients named: never sure
        ("123.45", FIRM, KOWALSKI, OWN, ["102481", "4410"]),
        ("123.45", f"{ONE} {FIRM}", KOWALSKI, "", ["102481", "4410"]),
        ("123.45", f"{ONE} klient 4410", KOWALSKI, "", ["102481", "4410"]),
        # an invoice that is paid for by a stranger with more than is owed
        ("5000.00", ONE, "OBCY CZŁOWIEK", "", ["102481"]),
        # an end with another amount; an end that fits two
        ("100.00", "102481/20261105", KOWALSKI, "", ["102481"]),
        ("1000.00", "4410/20261105", "", "", ["4410"]),
        # a client number without the name, or without the amount
        ("123.45", "nr klienta 102481", "", "", ["102481"]),
        ("100.00", "nr klienta 102481", KOWALSKI, "", ["102481"]),
        # an invoice that does not exist, of a client who does
        ("7.77", "FAK/202510/0000001/102481/20251105", "", "", ["102481"]),
        # amount and name only
        ("123.45", "za wodę", KOWALSKI, "", ["102481"]),
        ("173.45", "za wodę", KOWALSKI, "", ["102481"]),
        ("123.45", "za wodę", "OBCY CZŁOWIEK", "", ["102481"]),
        # typed digits may be the short number or the long one: the long one comes first
        ("7.77", "klient 004410", "", "", ["004410"]),
    ],
)
def test_not_sure(amount: str, title: str, name: str, account: str, suggested: list[str]) -> None:
    found = matched(amount, title, name, account)
    assert not found.sure
    assert [one.client_number for one in found.suggestions] == suggested
    assert found.client_number == (suggested[0] if suggested else None)


def test_a_number_of_somebody_else_in_the_digits_of_an_invoice_is_not_meant() -> None:
    # 202610 is a client too, but here it is the period
    assert [one.client_number for one in matched("123.45", ONE).suggestions] == ["102481"]


def test_six_digits_that_are_a_client_by_chance_do_not_unsettle_what_is_sure() -> None:
    found = matched("123.45", f"{ONE} za 202610")
    assert (found.client_number, found.sure) == ("102481", True)
    assert [one.client_number for one in found.suggestions] == ["102481", "202610"]


def test_two_sure_ways_to_two_clients_are_not_sure() -> None:
    # the digits of one client, with the name and the amount of that client, and another's account
    found = matched("10.00", "202610", "ZOFIA LIS", OWN)
    assert not found.sure
    assert {one.client_number for one in found.suggestions} == {"102481", "202610"}


def test_better_suggestions_come_first() -> None:
    alike = ClientCandidate("111111", "Anna Nowak", Decimal("80.00"))
    other = ClientCandidate("222222", "Piotr Zając", Decimal("80.00"))
    many = Candidates(
        [other, alike, *(ClientCandidate(f"30000{i}", f"Klient {i}", Decimal("80.00")) for i in range(9))], []
    )
    found = match_line(line("80.00", "woda", "NOWAK ANNA"), many, routing=ROUTING, prefix=PREFIX)
    assert [one.client_number for one in found.suggestions][:2] == ["111111", "222222"]
    assert found.how is How.AMOUNT_AND_NAME
    assert len(found.suggestions) == 5


def test_without_accounts_of_their_own_nothing_is_read_as_one() -> None:
    assert match_line(line("1.00", "", "", OWN), CANDIDATES, routing="", prefix="").client_number is None


@pytest.mark.parametrize(
    ("payer", "client", "alike"),
    [
        ("KOWALSKI JAN UL. POLNA 5", "Jan Kowalski", True),
        ("Jan Kowalsky", "Jan Kowalski", True),
        ("ŻÓŁĆ ŁUCJA", "Łucja Żółć", True),
        ("PIEKARNIA ZŁOTY KŁOS", "Piekarnia Złoty Kłos sp. z o.o.", True),
        ("PRZEDSIEBIORSTWO USLUGOWE KANALIZ", "Przedsiębiorstwo Usługowe Kanalizacja", True),
        ("ANNA NOWAK", "Jan Kowalski", False),
        ("ANNA KOWALSKA", "Jan Kowalski", False),
        ("JAN NOWAK", "Jan Kowalski", False),
        ("SP. Z O.O.", "Piekarnia sp. z o.o.", False),
        ("", "Jan Kowalski", False),
        ("JAN KOWALSKI", "", False),
    ],
)
def test_likeness_of_names(payer: str, client: str, alike: bool) -> None:
    assert (name_likeness(payer, client) >= ALIKE) is alike


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share(payer: str, client: str) -> None:
    assert 0 <= name_likeness(payer, client) <= 1


TITLES = st.lists(
    st.sampled_from([ONE, TWO, FIRM, "102481", "klient 4410", "102481/20261105", OWN, "202610/123", "woda"]),
    max_size=3,
).map(" ".join)
NAMES = st.sampled_from([KOWALSKI, BAKERY, "OBCY", ""])
AMOUNTS = st.sampled_from(["123.45", "50.00", "1000.00", "173.45", "10.00", "7.77", "9999999.99"])


@given(AMOUNTS, TITLES, NAMES, st.sampled_from(["", OWN, "400000004410", "junk"]))
def test_what_is_sure_names_one_client_and_an_invoice_of_theirs(
    amount: str, title: str, name: str, account: str
) -> None:
    found = matched(amount, title, name, account)
    if found.invoice_number:
        assert CANDIDATES.invoices[found.invoice_number].client_number == found.client_number
    if found.sure:
        assert found.how in (How.ACCOUNT, How.INVOICE, How.INVOICE_END, How.CLIENT)
        assert found.client_number in CANDIDATES.clients
    scores = [one.score for one in found.suggestions]
    assert scores == sorted(scores, reverse=True)


@given(AMOUNTS, TITLES, NAMES, st.sampled_from(["", OWN, "400000004410", "junk"]))
def test_fetching_what_is_wanted_is_enough(amount: str, title: str, name: str, account: str) -> None:
    one = line(amount, title, name, account)
    wanted = wanted_by([one], routing=ROUTING, prefix=PREFIX)
    invoices = []
    for invoice in CANDIDATES.invoices.values():
        _, period, serial, digits, issued = invoice.number.split("/")
        if (
            invoice.number in wanted.invoices
            or (digits, issued) in wanted.tails
            or (period, int(serial)) in wanted.serials
            or invoice.open in wanted.amounts
        ):
            invoices.append(invoice)
    numbers = wanted.clients | {invoice.client_number for invoice in invoices}
    clients = [client for client in CANDIDATES.clients.values() if client.number in numbers]
    # the open invoices of those clients, and those who owe just that in all, belong to it
    invoices += [
        invoice
        for invoice in CANDIDATES.invoices.values()
        if invoice.client_number in numbers and invoice not in invoices
    ]
    clients += [
        client
        for client in CANDIDATES.clients.values()
        if client.owed in wanted.amounts and client not in clients
    ]
    fetched = Candidates(clients, invoices)
    assert match_line(one, fetched, routing=ROUTING, prefix=PREFIX) == matched(amount, title, name, account)
