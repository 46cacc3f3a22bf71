"""The five checks of a registration, each with its own result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.errors import WrongInput
from db.records.clients import ClientKind
from db.records.ebok import CheckResult, Registration, RegistrationCheck
from db.rules.registration import OnFile, check, clean_login, is_guess, login_key

TODAY = date(2026, 11, 22)
LATEST, OLDER = "FAK/202610/0000118/123456/20261105", "FAK/202609/0000090/123456/20261005"
PERSON = OnFile(ClientKind.PERSON, "123456", "44051401359", ("92071314764",), (LATEST, OLDER))
BUSINESS = OnFile(ClientKind.BUSINESS, "4410", "5260250274", (), (LATEST,))
RIGHT = Registration(ClientKind.PERSON, "44051401359", "123456", LATEST, "jan@example.com", "jan")
RIGHT_BUSINESS = replace(RIGHT, kind=ClientKind.BUSINESS, identity="526-025-02-74", client_number="4410")
K, P, C, F, E = RegistrationCheck
R = CheckResult


def results(registration: Registration, on_file: OnFile | None) -> dict[RegistrationCheck, CheckResult]:
    return dict(check(registration, on_file, today=TODAY))


def test_everything_right_passes_all_five() -> None:
    assert results(RIGHT, PERSON) == dict.fromkeys(RegistrationCheck, R.OK)
    assert results(RIGHT_BUSINESS, BUSINESS) == dict.fromkeys(RegistrationCheck, R.OK)


CASES = [
    ({"identity": "440514 01359"}, {}),
    ({"identity": "44051401358"}, {P: R.MALFORMED}),
    ({"identity": "02070803628"}, {P: R.WRONG}),
    ({"identity": "92071314764"}, {P: R.SECOND_PARTY}),
    ({"client_number": "123457"}, {C: R.WRONG}),
    ({"client_number": "4410"}, {C: R.WRONG_LENGTH}),
    ({"client_number": "12345"}, {C: R.MALFORMED}),
    ({"client_number": "12345a"}, {C: R.MALFORMED}),
    ({"client_number": " 123456 "}, {}),
    ({"invoice": LATEST.lower()}, {F: R.LOWER_CASE}),
    ({"invoice": OLDER}, {F: R.NOT_THE_LAST}),
    ({"invoice": OLDER.lower()}, {F: R.NOT_THE_LAST}),
    ({"invoice": "FAK/202610/0000119/123456/20261105"}, {F: R.WRONG}),
    ({"invoice": "FV 12/2026"}, {F: R.MALFORMED}),
    ({"invoice": "KOR/202610/0000118/123456/20261105"}, {F: R.MALFORMED}),
    ({"email": "jan(at)example.com"}, {E: R.MALFORMED}),
    ({"kind": ClientKind.BUSINESS}, {K: R.WRONG, P: R.MALFORMED, C: R.WRONG_LENGTH}),
]


@pytest.mark.parametrize(("typed", "wrong"), CASES)
def test_each_check_has_its_own_result(
    typed: dict[str, object], wrong: dict[RegistrationCheck, CheckResult]
) -> None:
    expected = dict.fromkeys(RegistrationCheck, R.OK) | wrong
    assert results(replace(RIGHT, **typed), PERSON) == expected  # type: ignore[arg-type]  # each of its type


def test_a_business_has_four_digits() -> None:
    found = results(replace(RIGHT_BUSINESS, client_number="123456"), BUSINESS)
    assert found[C] is R.WRONG_LENGTH


def test_what_is_missing_on_file_is_said() -> None:
    found = results(RIGHT, replace(PERSON, identity=None, invoices=()))
    assert (found[P], found[F]) == (R.MISSING_ON_FILE, R.NO_INVOICE)


def test_an_unknown_number_tells_nothing_more() -> None:
    assert results(RIGHT, None) == {K: R.OK, P: R.WRONG, C: R.WRONG, F: R.WRONG, E: R.OK}


def test_only_what_is_well_formed_and_not_true_is_a_guess() -> None:
    guesses = [typed for typed, _ in CASES if is_guess(check(replace(RIGHT, **typed), PERSON, today=TODAY))]  # type: ignore[arg-type]  # as above
    assert guesses == [
        {"identity": "02070803628"},
        {"client_number": "123457"},
        {"invoice": "FAK/202610/0000119/123456/20261105"},
    ]


def test_a_login_is_one_whatever_its_case() -> None:
    assert clean_login(" Zaneta.K ") == "Zaneta.K"
    assert login_key("Zaneta.K") == login_key("zANETA.k")
    for bad in ("", "ab", ".abc", "jan kowalski", "żaneta", "a" * 61, "a\nb"):
        with pytest.raises(WrongInput):
            clean_login(bad)
