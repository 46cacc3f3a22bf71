"""A snapshot and its stored text are the same thing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import WrongInput
from db.records.clients import MeterRole
from db.records.documents import (
    DocumentKind,
    Letterhead,
    ReadingConfirmation,
    Snapshot,
    from_json,
    to_json,
)
from db.records.people import Channel
from db.records.readings import ReadingStatus
from tests.reports.examples import CONFIRMATION, confirmation
from tests.reports.hostile import HOSTILE
from tests.reports.money_examples import EXAMPLES, INVOICE

KIND = DocumentKind.READING_CONFIRMATION
LINES = st.lists(st.text(), max_size=3).map(tuple)
LETTERHEADS = st.builds(Letterhead, address_lines=LINES)
CONFIRMATIONS = st.builds(
    ReadingConfirmation,
    issued_at=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])),
    letterhead=LETTERHEADS,
    mailing_lines=LINES,
    findings=LINES,
    role=st.sampled_from(MeterRole),
    channel=st.sampled_from(Channel),
    status=st.sampled_from(ReadingStatus),
)


@given(CONFIRMATIONS)
def test_reading_back_gives_the_same_snapshot(snapshot: ReadingConfirmation) -> None:
    text = to_json(snapshot)
    again = from_json(KIND, text)
    assert again == snapshot
    assert to_json(again) == text


AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
ALL = st.sampled_from([type(each) for each in EXAMPLES]).flatmap(st.from_type)


@pytest.fixture(autouse=True)
def _amounts() -> None:
    st.register_type_strategy(Decimal, AMOUNTS)
    st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_kind_reads_back_the_same(data: st.DataObject) -> None:
    snapshot: Snapshot = data.draw(ALL)
    text = to_json(snapshot)
    again = from_json(snapshot.kind, text)
    assert type(again) is type(snapshot)
    assert to_json(again) == text


@pytest.mark.parametrize("snapshot", EXAMPLES, ids=[each.kind.value for each in EXAMPLES])
def test_every_example_reads_back_equal(snapshot: Snapshot) -> None:
    assert from_json(snapshot.kind, to_json(snapshot)) == snapshot


def test_amounts_are_strings_with_their_places() -> None:
    values = json.loads(to_json(INVOICE))
    assert values["bill"]["gross"] == "348.18"
    assert values["bill"]["lines"][0]["quantity"] == "14.066"
    assert values["bill"]["lines"][0]["service"] == "water"


@pytest.mark.parametrize("amount", [348.18, 348, "1e3", "NaN", "Infinity", " 1", "+1", "1,5", "", None, "١"])
def test_what_is_no_plain_figure_is_refused(amount: object) -> None:
    values = json.loads(to_json(INVOICE))
    values["bill"]["gross"] = amount
    with pytest.raises(WrongInput, match="invoice"):
        from_json(DocumentKind.INVOICE, json.dumps(values))


def test_an_amount_without_end_is_never_stored() -> None:
    with pytest.raises(ValueError, match="finite"):
        to_json(replace(INVOICE, bill=replace(INVOICE.bill, gross=Decimal("NaN"))))


def test_a_snapshot_of_another_kind_is_refused() -> None:
    with pytest.raises(WrongInput):
        from_json(DocumentKind.CORRECTION, to_json(INVOICE))


def test_canonical_form() -> None:
    text = to_json(CONFIRMATION)
    values = json.loads(text)
    assert list(values) == sorted(values)
    assert ": " not in text.replace("nr: ", "")
    assert values["day"] == "2026-11-21"
    assert values["issued_at"] == "2026-11-22T09:41:07+00:00"
    assert values["consumption"] == 22
    assert "Łukasz Żółw" in text


def test_the_instant_is_stored_in_utc_and_never_naive() -> None:
    warsaw = confirmation(issued_at=datetime(2026, 11, 22, 10, 41, 7, tzinfo=timezone(timedelta(hours=1))))
    assert to_json(warsaw) == to_json(CONFIRMATION)
    with pytest.raises(ValueError, match="time zone"):
        to_json(confirmation(issued_at=datetime(2026, 11, 22)))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_can_be_stored(name: str) -> None:
    text = to_json(confirmation(client_name=name))
    text.encode()  # no lone surrogate
    assert to_json(from_json(KIND, text)) == text


@pytest.mark.parametrize(
    "damage",
    [
        {"state": "1487"},
        {"state": 1.5},
        {"state": True},
        {"day": "2026-13-01"},
        {"day": 20261121},
        {"channel": "pigeon"},
        {"mailing_lines": "ul. Lipowa"},
        {"letterhead": []},
        {"client_name": None},
        {"extra": 1},
    ],
)
def test_a_damaged_snapshot_is_refused(damage: dict[str, object]) -> None:
    values = json.loads(to_json(CONFIRMATION)) | damage
    with pytest.raises(WrongInput, match="reading_confirmation"):
        from_json(KIND, json.dumps(values))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '"x"'])
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(WrongInput):
        from_json(KIND, text)


def test_fields_with_defaults_may_be_missing_in_old_snapshots() -> None:
    values = json.loads(to_json(CONFIRMATION))
    del values["received_on"], values["findings"]
    assert from_json(KIND, json.dumps(values)) == CONFIRMATION
    assert from_json(KIND, to_json(confirmation(received_on=date(2026, 11, 20)))) != CONFIRMATION
