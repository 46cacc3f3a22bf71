"""Fields of requests: what is typed is read, refused beside its field, compared with the card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.records.clients import Address, ClientKind
from db.records.requests import RequestField, RequestKind
from db.refusals import WrongField
from db.rules.addresses import keys_of, street_key, street_of
from db.rules.complaints import complaint_deadline, deemed_on, is_deemed_accepted, is_urgent
from db.rules.request_fields import (
    ADDRESS_FIELDS,
    Change,
    changes_of,
    contending_kinds,
    contends_for,
    fields_of,
    read_value,
    read_values,
)
from db.rules.working_days import is_working_day, polish_holidays, working_days_after, working_days_since

F, K = RequestField, RequestKind
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        (F.POSTAL_CODE, "43400", "43-400"),
        (F.PHONE, "0-33 123 45 67", "+48331234567"),
        (F.EMAIL, "Zaneta@Example.COM", "zaneta@example.com"),
        (F.PESEL, "440514 01359", "44051401359"),
        (F.NIP, "PL 123-456-32-18", "1234563218"),
        (F.REFUND_ACCOUNT, "PL61 1090 1014 0000 0712 1981 2874", "61109010140000071219812874"),
        (F.TARIFF_GROUP, "g2", "G2"),
        (F.HANDOVER_DAY, "20.11", "2026-11-20"),
        (F.NEW_CLIENT, " 123456 ", "123456"),
        (F.METER, "8123 4567", "81234567"),
        (F.LAST_NAME, "  Żółw -\tŁęcka ", "Żółw - Łęcka"),
        (F.FLAT, "   ", None),
        (F.FLAT, " 7A ", "7A"),
        (F.FLAT, "B", "B"),
        (F.FLAT, "m. 12", "m. 12"),
        (F.PESEL, "", None),
    ],
)
def test_values_are_read(field: RequestField, typed: str, stored: str | None) -> None:
    assert read_value(field, typed, today=TODAY) == stored


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (F.POSTAL_CODE, "4340"),
        (F.PHONE, "12"),
        (F.EMAIL, "zaneta@"),
        (F.PESEL, "44051401358"),
        (F.PARTY_PESEL, "99999999999"),
        (F.NIP, "1234563217"),
        (F.REFUND_ACCOUNT, "61109010140000071219812875"),
        (F.HANDOVER_DAY, "31.02"),
        (F.NEW_CLIENT, "12345"),
        (F.HOUSE, "bez numeru"),
        (F.LAST_NAME, "123"),
        (F.LAST_NAME, "a" * 121),
        (F.STATE, "dużo"),
        (F.FLAT, "1" * 21),
        (F.FLAT, "abc"),
        (F.FLAT, "-"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(field: RequestField, typed: str) -> None:
    with pytest.raises(WrongField) as told:
        read_value(field, typed, today=TODAY)
    assert told.value.field is field
    assert "4405140135" not in str(told.value), "nobody's PESEL is repeated"


@given(st.sampled_from(list(RequestField)), st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused(field: RequestField, typed: str) -> None:
    try:
        value = read_value(field, typed, today=TODAY)
    except WrongField as error:
        assert error.field is field  # noqa: PT017 - which one is half of what is asked
    else:
        assert value is None or 0 < len(value) <= 200


@pytest.mark.parametrize(
    ("typed", "town", "street"),
    [
        ("Lipowa", "Przykładowo", "ul. Lipowa"),
        ("ul Lipowa", "Przykładowo", "ul. Lipowa"),
        ("Ulica  Lipowa", "Przykładowo", "ul. Lipowa"),
        ("ul.Lipowa", "Przykładowo", "ul. Lipowa"),
        ("Aleje Jerozolimskie", "Przykładowo", "al. Jerozolimskie"),
        ("os. Piękne Łęgi", "Przykładowo", "os. Piękne Łęgi"),
        ("Plac Zgody", "Przykładowo", "pl. Zgody"),
        ("Rynek", "Przykładowo", "Rynek"),
        ("ks. Źrebca", "Przykładowo", "ul. ks. Źrebca"),
        ("nibylas", "Nibylas", None),
        ("", "Nibylas", None),
    ],
)
def test_streets(typed: str, town: str, street: str | None) -> None:
    assert street_of(typed, town) == street


def test_addresses_are_found_by_the_keys_of_those_on_file() -> None:
    keys = keys_of(Address("ul. Łódzka", "4A", "12", "43-400", "Zmyślona Wola"))
    assert (keys.street, keys.number, keys.town) == ("lodzka", "4a 12", "zmyslona wola")
    village = keys_of(Address(None, "7", None, "99-813", "Nibylas"))
    assert (village.street, village.number) == ("nibylas", "7")
    assert street_key("Ulica Łódz") == street_key("ul. łódz") == "lodz"


def read(kind: RequestKind, typed: Mapping[RequestField, str]) -> dict[RequestField, str | None]:
    return read_values(kind, fields_of(kind, ClientKind.PERSON), typed, today=TODAY)


def changes(
    kind: RequestKind,
    typed: Mapping[RequestField, str],
    old: Mapping[RequestField, str | None],
    *,
    of_point: bool = False,
) -> tuple[Change, ...]:
    fields = fields_of(kind, ClientKind.PERSON)
    return changes_of(kind, fields, read(kind, typed), old, of_point=of_point)


OLD = dict(zip(ADDRESS_FIELDS, ("ul. Lipowa", "4", "12", "43-400", "Przykładowo"), strict=True))


def test_a_field_that_was_not_typed_stays() -> None:
    found = changes(K.MAILING_ADDRESS, {F.FLAT: ""}, OLD)
    assert found[2] == Change(F.FLAT, "12", None)
    assert [change.new for change in found] == ["ul. Lipowa", "4", None, "43-400", "Przykładowo"]


def test_an_address_goes_whole_or_is_whole() -> None:
    assert {change.new for change in changes(K.MAILING_ADDRESS, dict.fromkeys(OLD, ""), OLD)} == {None}
    with pytest.raises(WrongField) as told:
        changes(K.MAILING_ADDRESS, {F.STREET: "Polna"}, {})
    assert told.value.field is F.HOUSE
    with pytest.raises(WrongField):
        changes(K.SUPPLY_ADDRESS, dict.fromkeys(OLD, ""), OLD)


@pytest.mark.parametrize(
    ("kind", "typed", "old"),
    [
        (K.MAILING_ADDRESS, {F.STREET: "Lipowa"}, OLD),
        (K.MAILING_ADDRESS, dict.fromkeys(OLD, ""), {}),
        (K.PHONE, {F.PHONE: "600 123 456"}, {F.PHONE: "+48600123456"}),
        (K.NAME, {F.LAST_NAME: "Nowak"}, {F.LAST_NAME: "Nowak", F.FIRST_NAME: "Anna"}),
    ],
)
def test_what_changes_nothing_is_refused(
    kind: RequestKind, typed: dict[RequestField, str], old: dict[RequestField, str | None]
) -> None:
    with pytest.raises(Refused, match="Nothing would change"):
        changes(kind, typed, old)


def test_a_phone_may_be_taken_away_a_pesel_not() -> None:
    (gone,) = changes(K.PHONE, {F.PHONE: ""}, {F.PHONE: "+48600123456"}, of_point=True)
    assert gone.new is None
    for kind, field in ((K.PHONE, F.PHONE), (K.PESEL, F.PESEL), (K.NAME, F.LAST_NAME)):
        with pytest.raises(WrongField):
            changes(kind, {field: ""}, {})


def test_a_field_of_another_kind_and_a_number_of_another_client() -> None:
    with pytest.raises(WrongField) as told:
        read(K.PHONE, {F.EMAIL: "z@example.com"})
    assert told.value.field is F.EMAIL
    for kind, client in ((K.PESEL, ClientKind.BUSINESS), (K.NIP, ClientKind.PERSON)):
        with pytest.raises(Refused, match="the other kind"):
            fields_of(kind, client)


def test_what_contends() -> None:
    phone = {F.PHONE: "+48600123456"}
    assert contends_for(K.PHONE, 1, phone) == contends_for(K.PHONE, 1, {F.PHONE: None})
    assert contends_for(K.PHONE, None, phone) != contends_for(K.PHONE, None, {F.PHONE: "+48600123457"})
    assert contends_for(K.PHONE, None, phone) != contends_for(K.EMAIL, None, phone)
    assert contends_for(K.EINVOICE_ON, None, {}) == contends_for(K.EINVOICE_OFF, None, {})
    assert contends_for(K.NAME, None, {}) != contends_for(K.PESEL, None, {})
    assert contends_for(K.SUPPLY_ADDRESS, None, {F.METER: "1"}) != contends_for(
        K.SUPPLY_ADDRESS, None, {F.METER: "2"}
    )
    assert contends_for(K.COMPLAINT, None, {}) is None


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 1, 17), date(2026, 1, 31)),
        (date(2026, 1, 18), date(2026, 2, 1)),
        (date(2026, 2, 14), date(2026, 2, 28)),
        (date(2026, 2, 15), date(2026, 3, 1)),
        (date(2028, 2, 15), date(2028, 2, 29)),
        (date(2026, 12, 18), date(2027, 1, 1)),
        (date(2026, 12, 17), date(2026, 12, 31)),
    ],
)
def test_the_clock_of_a_complaint_around_month_ends(received: date, last: date) -> None:
    assert complaint_deadline(received, 14) == last
    assert not is_deemed_accepted(ClientKind.PERSON, last, last)
    assert is_deemed_accepted(ClientKind.PERSON, last, deemed_on(last))
    assert not is_deemed_accepted(ClientKind.BUSINESS, last, last + timedelta(days=100))
    assert is_urgent(last, last - timedelta(days=3), 3)
    assert not is_urgent(last, last - timedelta(days=4), 3)
    assert is_urgent(last, last + timedelta(days=4), 3)


def test_ten_working_days() -> None:
    holidays = {**polish_holidays(2026), **polish_holidays(2027)}
    assert working_days_after(date(2026, 11, 22), 10, holidays) == date(2026, 12, 4)
    assert working_days_after(date(2026, 12, 18), 10, holidays) == date(2027, 1, 7)


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.integers(0, 40))
def test_working_days_are_counted_as_they_are_gone(day: date, count: int) -> None:
    holidays = {**polish_holidays(2025), **polish_holidays(2026), **polish_holidays(2027)}
    then = working_days_after(day, count, holidays)
    assert working_days_since(day, then, holidays) == count
    assert count == 0 or is_working_day(then, holidays)


def test_only_contending_kinds_are_about_the_same() -> None:
    new = {RequestField.EMAIL: "a@example.com"}
    for kind in RequestKind:
        about = contends_for(kind, 1, new)
        same = {other for other in RequestKind if about and contends_for(other, 1, new) == about}
        assert same <= set(contending_kinds(kind))
        assert kind in contending_kinds(kind)
