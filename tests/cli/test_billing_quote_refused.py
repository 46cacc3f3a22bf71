"""What `bok billing quote` refuses: exit code, one sentence with the field, nothing on standard output."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Bok
from tests.cli.quote_descriptions import (
    EXAMPLE,
    GARDEN,
    MISSING,
    asked,
    changed,
    named,
    paths,
    refused,
    value_at,
)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        # a state below the previous one without a rollover, and marks that cannot be
        ("meters.0.readings.1.state", "486", "meters[0].readings[1].state"),
        ("meters.0.readings.1.state", "486.999", "meters[0].readings[1].state"),
        ("meters.0.readings.1.rollover", True, "meters[0].readings[1].rollover"),
        (
            "meters.0.readings.1",
            {"day": "2026-10-31", "state": "487", "rollover": True},
            "readings[1].rollover",
        ),
        ("meters.0.readings.0.rollover", True, "meters[0].readings[0].rollover"),
        ("meters.0.readings.1.state", "100000", "meters[0].readings[1].state"),
        ("meters.0.digits", 2, "meters[0].readings[0].state"),
        ("meters.0.digits", 0, "meters[0].digits"),
        ("meters.0.digits", -5, "meters[0].digits"),
        ("meters.0.digits", 21, "meters[0].digits"),
        ("meters.0.digits", 10**4000, "meters[0].digits"),
        # days out of order or twice
        ("meters.0.readings.1.day", "2026-08-31", "meters[0].readings[1].day"),
        ("meters.0.readings.1.day", "2026-08-30", "meters[0].readings[1].day"),
        ("prices.1", {"from": "2026-01-01", "water": "6", "sewage": "7", "standing": "8"}, "prices[1].from"),
        ("prices.1", {"from": "2025-01-01", "water": "6", "sewage": "7", "standing": "8"}, "prices[1].from"),
        # a day without a price
        ("prices.0.from", "2026-09-02", "prices[0].from"),
        ("prices.0.from", "2027-01-01", "prices[0].from"),
        ("prices", [], "prices"),
        ("period.from", "2025-12-31", "prices[0].from"),
        # a number not of the form
        *(
            ("meters.0.readings.0.state", text, "meters[0].readings[0].state")
            for text in (
                *(
                    "-487",
                    "+487",
                    "4e2",
                    "487.1234",
                    "",
                    " ",
                    " 487",
                    "487 ",
                    "487\n",
                    "4 87",
                    "48,7",
                    "4_87",
                ),
                *(
                    "487.",
                    ".5",
                    ".",
                    "4.8.7",
                    "٤٨٧",
                    "４８７",
                    "½",
                    "0x1f",
                    "NaN",
                    "Infinity",
                    "x",
                    "9" * 5000,
                ),
            )
        ),
        *(("prices.0.water", text, "prices[0].water") for text in ("5.12345", "-5.12", "5,12", "", "5 zł")),
        ("prices.0.sewage", "7.8e0", "prices[0].sewage"),
        ("prices.0.standing", "+6.40", "prices[0].standing"),
        ("vat.water", "8%", "vat.water"),
        ("vat.sewage", "zw", "vat.sewage"),
        ("vat.standing", "-8", "vat.standing"),
        # an unknown role or service
        ("meters.0.role", "sub", "meters[0].role"),
        ("meters.0.role", "MAIN", "meters[0].role"),
        ("meters.0.role", "", "meters[0].role"),
        ("vat.gas", "8", "vat.gas"),
        ("prices.0.gas", "1.00", "prices[0].gas"),
        # an interval without two readings of the main meter
        ("meters", [], "meters"),
        ("meters", [GARDEN], "meters"),
        ("meters.0.readings", [], "meters[0].readings"),
        ("meters.0.readings.1", MISSING, "meters[0].readings"),
        # contract and period
        ("contract.from", "2026-09-02", "contract.from"),
        ("contract.to", "2026-10-30", "contract.to"),
        ("contract.to", "2014-02-28", "contract.to"),
        ("period.to", "2026-08-31", "period.to"),
        ("period", {"from": "2014-01-01", "to": "2014-02-28"}, "contract"),
        # garden meters
        ("meters.1", changed("readings.0.day", "2026-08-30", GARDEN), "meters[1].readings[0].day"),
        ("meters.1", changed("readings.1.day", "2026-11-01", GARDEN), "meters[1].readings[1].day"),
        ("meters.1", changed("readings.1.state", "9", GARDEN), "meters[1].readings[1].state"),
        ("meters.1", changed("readings.1.day", "2026-08-31", GARDEN), "meters[1].readings[1].day"),
        # main meters that do not share the interval
        ("meters.1", {**GARDEN, "role": "main", "readings": []}, "meters[1].readings"),
        (
            "meters.1",
            {**GARDEN, "role": "main", "readings": [{"day": "2026-08-31", "state": "1"}]},
            "meters[1].readings",
        ),
        (
            "meters.1",
            {**GARDEN, "role": "main", "readings": [{"day": "2026-09-30", "state": "1"}]},
            "meters[1].readings",
        ),
        (
            "meters.1",
            changed("readings.1.day", "2026-10-30", {**GARDEN, "role": "main"}),
            "meters[1].readings[1].day",
        ),
        (
            "meters.1",
            changed("readings.0.day", "2026-09-01", {**GARDEN, "role": "main"}),
            "meters[1].readings[0].day",
        ),
        # an exchange with a day between, and a meter that ends before the other is read
        (
            "meters.1",
            {
                **GARDEN,
                "role": "main",
                "readings": [{"day": "2026-11-01", "state": "0"}, {"day": "2026-11-30", "state": "5"}],
            },
            "meters[0].readings[1].day",
        ),
    ],
)
def test_refused_in_one_sentence_that_names_the_field(bok: Bok, path: str, value: object, field: str) -> None:
    refused(bok, changed(path, value), 1, f"{field}: ")


def test_a_garden_meter_is_looked_at_where_no_sewage_is_charged_too(bok: Bok) -> None:
    dry = changed("sewage", False, changed("meters.1", changed("readings.0.day", "2026-08-30", GARDEN)))
    refused(bok, dry, 1, "meters[1].readings[0].day: ")


@pytest.mark.parametrize("path", ["prices.0.sewage", "vat.sewage"])
def test_without_sewage_its_price_and_rate_may_be_missing_but_not_be_anything(bok: Bok, path: str) -> None:
    dry = changed("sewage", False)
    assert asked(bok, changed(path, MISSING, dry)).code == 0
    refused(bok, changed(path, "x", dry), 1, "sewage: ")
    refused(bok, changed(path, 7.8, dry), 2, "sewage: ")
    refused(bok, changed(path, MISSING), 2, "sewage")


NEEDED = [path for path in paths(json.loads(EXAMPLE)) if not path.endswith("rollover")]


@pytest.mark.parametrize("path", [path for path in NEEDED if not path[-1].isdigit()])
def test_a_key_that_is_missing(bok: Bok, path: str) -> None:
    refused(bok, changed(path, MISSING), 2, f"{named(path)}")


TYPES: tuple[object, ...] = (None, True, 5, 5.12, "x", [], {}, [[]], [None])
WRONG = [
    (path, wrong)
    for path in (*NEEDED, "meters.0.readings.1.rollover")
    for wrong in TYPES
    if type(wrong) is not type(value_at(path)) or wrong in ({}, [[]], [None])
]


@pytest.mark.parametrize(("path", "wrong"), WRONG)
def test_a_wrong_type(bok: Bok, path: str, wrong: object) -> None:
    refused(bok, changed(path, wrong), 2, named(path))


@pytest.mark.parametrize("path", [path for path in NEEDED if path.rsplit(".")[-1] in ("from", "to", "day")])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-02-30",
            "2026-13-01",
            "2026-00-10",
            "0000-01-01",
            "20260901",
            "2026-W36-2",
            "26-09-01",
            "2026-9-1",
        ),
        *(
            "",
            "01.09.2026",
            "2026-09-01T00:00:00",
            " 2026-09-01",
            "2026-09-01\n",
            "２０２６-09-01",
            "10000-01-01",
        ),
    ],
)
def test_an_impossible_day(bok: Bok, path: str, text: str) -> None:
    refused(bok, changed(path, text), 2, f"{named(path)}: ")


def test_the_shape_comes_before_the_sense(bok: Bok) -> None:
    refused(bok, changed("meters.0.readings.0.state", "-1", changed("vat.water", 8)), 2, "vat.water: ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"null",
        b"[]",
        b'"x"',
        b"7",
        b"{",
        b"{}{}",
        b"{'period': 1}",
        b"\xff\xfe{\x00}\x00",
        b'{"period": "\xc5"}',
        b"\xef\xbb\xbf" + EXAMPLE.encode(),
        EXAMPLE.encode("utf-16"),
        EXAMPLE.replace("5,", "NaN,").encode(),
        EXAMPLE.replace('"digits": 5', '"digits": Infinity').encode(),
        EXAMPLE.replace('"digits": 5', '"digits": 1e400').encode(),
        EXAMPLE.replace('"digits": 5', '"digits": 5.0').encode(),
        EXAMPLE.replace('"digits": 5', f'"digits": {"9" * 5000}').encode(),
        EXAMPLE.replace('"state": "511"', '"state": "511", "state": "512"').encode(),
        b"[" * 100_000,
        b'{"period":' * 100_000,
        b'{"period": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b"\x00" * 100,
        b'{"a": "' + b"x" * 8_000_000 + b'"}',
    ],
    ids=lambda data: repr(data[:24]),
)
def test_what_is_no_json_of_this_shape(bok: Bok, data: bytes) -> None:
    answer = asked(bok, data)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_a_key_that_stands_twice_is_named(bok: Bok) -> None:
    text = EXAMPLE.replace('"state": "511"', '"state": "511", "state": "512"').encode()
    assert asked(bok, text).err.startswith("state: ")
