"""Who lives in the sample town: proportions, valid and unique identifiers, every Polish letter."""

from __future__ import annotations

from collections import Counter as Tally
from itertools import islice

import phonenumbers
import pytest
from stdnum.pl import nip, pesel

from db.rules.text import fold, polish_key
from db.sample import names, numbers, places
from db.sample.cast import NUMBERS
from db.sample.plans import ClientPlan, Slip
from db.sample.town import MOST_CLIENTS, chunks

POLISH = "ąćęłńóśźż"


@pytest.fixture(scope="module")
def people() -> list[ClientPlan]:
    """The plans of 4,000 clients."""
    return [plan for chunk in chunks(4_000, 3, 1) for plan, _ in chunk]


@pytest.fixture(scope="module")
def persons(people: list[ClientPlan]) -> list[ClientPlan]:
    return [plan for plan in people if plan.company is None]


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_a_tenth_are_businesses(people: list[ClientPlan]) -> None:
    assert [len(plan.number) for plan in people].count(4) == len(people) // 10
    assert {len(plan.number) for plan in people if plan.company is None} == {6}


def test_client_numbers_are_unique(people: list[ClientPlan]) -> None:
    assert len({plan.number for plan in people}) == len(people)


def test_the_numbers_just_suffice() -> None:
    """A million persons and ten thousand businesses, the cast among them, and not one more."""
    running = numbers.running_numbers
    six = running(numbers.FIRST_PERSON, numbers.PERSON_NUMBERS, 6, NUMBERS)
    four = running(numbers.FIRST_BUSINESS, numbers.BUSINESS_NUMBERS, 4, NUMBERS)
    assert next(six) == "100001"
    total = 1 + sum(1 for _ in six) + sum(1 for _ in four) + len(NUMBERS)
    assert total == MOST_CLIENTS == 1_010_000


def test_every_polish_letter_is_there(persons: list[ClientPlan]) -> None:
    surnames = "".join(plan.last for plan in persons)
    streets = "".join(plan.points[0].address.street or "" for plan in persons)
    first_names = "".join(plan.first for plan in persons)
    assert set(POLISH) <= set(surnames)
    assert set("ĆŁŚŹŻ") <= set(surnames)
    assert set(POLISH) - {"ę"} <= set(streets.lower())
    assert set("ęłóśŁŚŻ") <= set(first_names)


def test_keys_are_folded_and_names_sort_in_polish(people: list[ClientPlan]) -> None:
    for plan in people:
        assert plan.name_key == polish_key(plan.company or f"{plan.last} {plan.first}")
        for address in [point.address for point in plan.points] + [plan.mailing] * bool(plan.mailing):
            assert address is not None
            number = f"{address.house}/{address.flat}" if address.flat else address.house
            assert address.number_key == fold(number)
            assert address.town_key == fold(address.town)
            named = address.street.split(" ", 1)[1] if address.street else address.town
            assert address.street_key == fold(named)


def test_names_are_met_as_they_are_in_life(persons: list[ClientPlan]) -> None:
    surnames = Tally(plan.last for plan in persons)
    namesakes = Tally((plan.last, plan.first) for plan in persons)
    assert len(surnames) > 1_500
    assert surnames.most_common(1)[0][1] > 20
    assert namesakes.most_common(1)[0][1] >= 2
    assert any("-" in name for name in surnames)
    assert not any(plan.last.endswith("ski") for plan in persons if plan.female)


def test_a_million_people_have_tens_of_thousands_of_surnames() -> None:
    from db.sample.surnames import built_surnames

    assert len(set(built_surnames())) > 40_000


def test_some_lack_what_others_have(persons: list[ClientPlan]) -> None:
    assert 0.015 < share([not plan.pesel for plan in persons]) < 0.05
    assert 0.10 < share([not plan.phones for plan in persons]) < 0.25
    assert 0.30 < share([not plan.emails for plan in persons]) < 0.55
    assert 0.20 < share([plan.spouse is not None for plan in persons]) < 0.40
    assert 0.05 < share([plan.mailing is not None for plan in persons]) < 0.15


def test_supply_points_have_their_histories(people: list[ClientPlan]) -> None:
    points = [point for plan in people for point in plan.points]
    assert 0.05 < share([point.garden_litres > 0 for point in points]) < 0.2
    assert 0.08 < share([point.exchanged for point in points]) < 0.3
    assert 0.02 < share([point.slip is Slip.OPEN for point in points]) < 0.12
    for sign in ("rollover", "ended_age", "meter_taken", "pending", "voided", "garden_expired", "streak"):
        assert any(getattr(point, sign) for point in points), sign
    assert any(point.slip is Slip.OVERDUE for point in points)
    assert any(point.installed_age > 2_200 for point in points), "verification expired"
    assert any(len(plan.points) > 2 for plan in people), "several meters"


def test_partners_bear_the_other_form_of_the_name(persons: list[ClientPlan]) -> None:
    couples = [(plan.female, plan.last, plan.spouse[0]) for plan in persons if plan.spouse]
    assert any(own != other for _, own, other in couples)
    for female, _, other in couples:
        assert not (other.endswith("ski") and not female), other


def test_pesels_are_valid_unique_and_of_the_right_sex() -> None:
    found = [
        (numbers.pesel(n, female=n % 2 == 0, spouse=spouse, offset=77), n % 2 == 0)
        for n in range(3_000)
        for spouse in (False, True)
    ]
    assert len({number for number, _ in found}) == len(found)
    for number, female in found:
        assert pesel.is_valid(number), number
        assert (int(number[9]) % 2 == 0) is female
        assert 1934 <= pesel.get_birth_date(number).year <= 2004


def test_pesels_of_a_million_people_are_unique() -> None:
    from math import gcd

    # the stride walks through every slot before it comes back, so a sample far apart suffices
    assert gcd(numbers.PESEL_STRIDE, numbers.PESEL_SLOTS) == 1
    assert numbers.PESEL_SLOTS > 1_000_000


def test_nips_are_valid_and_unique() -> None:
    found = [numbers.nip(n, offset=99) for n in range(numbers.BUSINESS_NUMBERS)]
    assert len(set(found)) == len(found)
    assert all(nip.is_valid(number) for number in found)


def test_meter_numbers_are_unique_and_leave_the_casts_alone() -> None:
    found = list(islice(numbers.meter_numbers(2_400_000), 60_000))
    assert len(set(found)) == len(found)
    assert {len(number) for number in found} == {8}
    assert not {int(number) for number in found} & set(numbers.RESERVED_METERS)


def test_phones_can_be_dialled(people: list[ClientPlan]) -> None:
    for plan in people[:800]:
        for phone in plan.phones:
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone)), phone
    for prefix in names.MOBILE_PREFIXES + names.LANDLINE_PREFIXES:
        for ending in ("000000", "999999", "123456"):
            assert phonenumbers.is_valid_number(phonenumbers.parse(f"+48{prefix}{ending}"))


def test_no_mail_reaches_anybody(people: list[ClientPlan]) -> None:
    from db.rules.identifiers import parse_email

    emails = [email for plan in people for email in plan.emails]
    assert {email.rpartition("@")[2] for email in emails} == set(names.DOMAINS)
    assert all(parse_email(email) == email == email.lower() for email in emails)


def test_postal_codes_were_never_given_out() -> None:
    """The post's codes end with 99-440."""
    assert all(code > "99-440" for place in places.PLACES for code in place.postal_codes)
    assert any(not place.streets for place in places.PLACES)
