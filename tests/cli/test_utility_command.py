"""`bok db utility`: shown, changed field by field, by an administrator only."""

from __future__ import annotations

from db.records.people import Role
from tests.cli.conftest import Bok
from tests.cli.shell_desk import ShellDesk

OWN = (
    *("--name", "Wodociągi Nowe sp. z o.o.", "--short-name", "Wody Nowe", "--street", "ul. Cicha 3"),
    *("--postal-code", "99-801", "--town", "Próbno", "--nip", "123-456-32-18", "--regon", "987654326"),
    *("--krs", "0000123456", "--phone", "33 555 01 11", "--email", "bok@example.org"),
    *("--routing", "99990009", "--prefix", "0002"),
)


def test_a_new_installation_is_told_to_set_its_letterhead_and_can(admin: Bok) -> None:
    shown = admin("db", "utility", "--format", "json")
    assert (shown.code, shown.json["nip"]) == (0, "1111111111")
    assert "example's: name, short_name, street, town, nip" in shown.err
    changed = admin("db", "utility", *OWN, "--format", "json")
    assert changed.code == 0, changed.err
    assert changed.json == {
        "name": "Wodociągi Nowe sp. z o.o.",
        "short_name": "Wody Nowe",
        "street": "ul. Cicha 3",
        "postal_code": "99-801",
        "town": "Próbno",
        "nip": "1234563218",
        "regon": "987654326",
        "krs": "0000123456",
        "phone": "+48335550111",
        "email": "bok@example.org",
        "bank_account": None,
        "routing_number": "99990009",
        "account_prefix": "0002",
    }
    assert "example" not in changed.err
    one = admin("db", "utility", "--krs", "", "--format", "json")
    assert one.json == changed.json | {"krs": None}
    assert "Wodociągi Nowe" in admin("db", "utility").out


def test_db_create_says_so(bok: Bok) -> None:
    made = bok("db", "create", "--admin", "anna", stdin="korekt koń bateria\n")
    assert (made.code, made.out) == (0, "")
    assert "bok db utility --name" in made.err


def test_what_cannot_be_is_a_wrong_call_and_changes_nothing(admin: Bok) -> None:
    for option, value, said in (
        ("--nip", "1234563219", "NIP"),
        ("--bank-account", "61109010140000071219812875", "26"),
        ("--routing", "1234", "8"),
    ):
        answer = admin("db", "utility", option, value)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
    assert admin("db", "utility", "--format", "json").json["nip"] == "1111111111"


def test_it_needs_an_administrator(desk: ShellDesk) -> None:
    answer = desk.run("db", "utility", "--town", "Nowe")
    assert (answer.code, answer.out) == (4, "")
    desk.hire("adm", Role.ADMIN)
    desk.sign_in("adm")
    assert desk.run("db", "utility", "--town", "Nowe", "--format", "json").json["town"] == "Nowe"
