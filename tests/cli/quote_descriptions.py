"""The description of a bill that the format's example gives, and ways to spoil it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from tests.cli.conftest import Answer, Bok

EXAMPLE = """
{"period": {"from": "2026-09-01", "to": "2026-10-31"}, "contract": {"from": "2014-03-01", "to": null},
 "sewage": true,
 "prices": [{"from": "2026-01-01", "water": "5.12", "sewage": "7.80", "standing": "6.40"}],
 "vat": {"water": "8", "sewage": "8", "standing": "8"},
 "meters": [{"number": "81234567", "role": "main", "digits": 5, "verified_until": "2029-12-31",
   "readings": [{"day": "2026-08-31", "state": "487"},
                {"day": "2026-10-31", "state": "511", "rollover": false}]}]}
"""
ANSWER = """
{"lines": [{"service": "water", "from": "2026-09-01", "to": "2026-10-31", "quantity": "24.000", "unit": "m3",
            "price": "5.12", "net": "122.88", "vat_rate": "8"},
           {"service": "sewage", "from": "2026-09-01", "to": "2026-10-31", "quantity": "24.000", "unit": "m3",
            "price": "7.80", "net": "187.20", "vat_rate": "8"},
           {"service": "standing", "from": "2026-09-01", "to": "2026-10-31", "quantity": "2.0000",
            "unit": "month", "price": "6.40", "net": "12.80", "vat_rate": "8"}],
 "vat": [{"rate": "8", "net": "322.88", "vat": "25.83", "gross": "348.71"}],
 "net": "322.88", "vat_total": "25.83", "gross": "348.71", "days": 61}
"""
GARDEN = {
    "number": "90000001",
    "role": "garden",
    "digits": 5,
    "verified_until": "2029-12-31",
    "readings": [{"day": "2026-08-31", "state": "10"}, {"day": "2026-10-31", "state": "14"}],
}
MISSING = object()
"""Put in place of a value to take its key away."""


def asked(bok: Bok, description: object, *options: str) -> Answer:
    """Ask for a bill on standard input."""
    text = description if isinstance(description, bytes) else json.dumps(description).encode()
    return bok("billing", "quote", "-", "--format", "json", *options, stdin=text)


def changed(path: str, value: object, description: Any = None) -> Any:
    """Return the example with the value at `path`, such as `meters.0.digits`, replaced."""
    whole = copy.deepcopy(json.loads(EXAMPLE) if description is None else description)
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    place = whole
    for key in parents:
        place = place[key]
    if value is MISSING:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return whole


def refused(bok: Bok, description: object, code: int, field: str) -> str:
    """Assert one sentence that names `field`, and nothing on standard output; return the sentence."""
    answer = asked(bok, description)
    assert (answer.code, answer.out) == (code, ""), answer
    assert len(answer.err.splitlines()) == 1, answer.err
    assert field in answer.err
    assert answer.err.rstrip().endswith(".")
    return answer.err


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Return where everything in a description stands."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        path = f"{at}.{key}" if at else str(key)
        yield path
        if isinstance(member, dict | list):
            yield from paths(member, path)


def named(path: str) -> str:
    """Return a path as messages write it: `meters[0].digits`."""
    return "".join(f"[{key}]" if key.isdigit() else f".{key}" for key in path.split(".")).lstrip(".")


def value_at(path: str) -> Any:
    """Return what the example says there."""
    found = json.loads(EXAMPLE)
    for key in path.split("."):
        found = found[int(key) if key.isdigit() else key]
    return found
