"""`bok billing quote`: the contract of its answers, its refusals and its exit codes."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bok_tui.__main__ import main
from tests.cli.conftest import Bok
from tests.cli.quote_descriptions import ANSWER, EXAMPLE, GARDEN, MISSING, asked, changed, paths
from tests.rules.bills_by_meters import METER_BILLS
from tests.rules.bills_by_prices import PRICE_BILLS
from tests.rules.charge_bills import BEFORE, OCTOBER, Bill, garden
from tests.rules.charge_bills import main as main_meter
from tests.trust.scale import SCALE


def test_the_example_of_the_format(bok: Bok, tmp_path: Path) -> None:
    file = tmp_path / "bill.json"
    file.write_text(EXAMPLE)
    answer = bok("billing", "quote", str(file), "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == json.loads(ANSWER)
    assert list(answer.json) == list(json.loads(ANSWER))
    assert [list(line) for line in answer.json["lines"]] == [
        list(line) for line in json.loads(ANSWER)["lines"]
    ]
    assert asked(bok, EXAMPLE.encode()) == answer


@pytest.mark.parametrize("name", METER_BILLS | PRICE_BILLS)
def test_the_answer_is_the_bill_and_nothing_else(bok: Bok, name: str) -> None:
    bill, expected = (METER_BILLS | PRICE_BILLS)[name]
    answer = asked(bok, bill.description())
    assert (answer.code, answer.err) == (0, "")
    found = answer.json
    assert [
        *(
            f"{line['service']} {_span(line)} {line['quantity']} x {line['price']} = {line['net']}"
            f" at {line['vat_rate']}"
            for line in found["lines"]
        ),
        *(f"{row['rate']}: {row['net']} + {row['vat']} = {row['gross']}" for row in found["vat"]),
    ] == list(expected)
    assert {line["unit"] for line in found["lines"] if line["service"] == "standing"} == {"month"}
    assert {line["unit"] for line in found["lines"] if line["service"] != "standing"} == {"m3"}
    assert isinstance(found["days"], int)


def test_a_table_for_people_and_csv_for_programs(bok: Bok) -> None:
    bill = Bill((main_meter("08-31 487", "10-31 511"), garden("08-31 10", "10-31 14")), (BEFORE, OCTOBER))
    text = json.dumps(bill.description()).encode()
    table = bok("billing", "quote", "-", stdin=text)
    assert (table.code, table.err) == (0, "")
    for word in ("water", "standing charge", "11,803", "60,43", "30.09.2026", "326,26", "61"):
        assert word in table.out
    listed = bok("billing", "quote", "-", "--format", "csv", stdin=text)
    rows = list(csv.DictReader(io.StringIO(listed.out)))
    assert rows == json.loads(asked(bok, bill.description()).out)["lines"]


def test_it_needs_no_installation_and_leaves_nothing_behind(bok: Bok, home: Path) -> None:
    assert asked(bok, json.loads(EXAMPLE)).code == 0
    assert not home.exists()


def test_it_loads_no_database_no_screen_and_no_tables(home: Path) -> None:
    code = (
        "import sys\nfrom bok_tui.__main__ import main\n"
        "assert main(['billing', 'quote', '-', '--format', 'json']) == 0\n"
        "print(','.join(name.split('.')[0] for name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=EXAMPLE, capture_output=True, text=True, check=True
    )
    assert not set(done.stderr.strip().split(",")) & {"sqlalchemy", "sqlmodel", "textual", "rich", "fpdf"}


def test_what_else_a_description_says_is_ignored(bok: Bok) -> None:
    said = changed("note", "for the client", changed("meters.0.seal", {"red": [1]}))
    said = changed("contract.number", 7, changed("period.name", None, said))
    said = changed("meters.0.readings.0.by", "radio", said)
    assert asked(bok, said).json == json.loads(ANSWER)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("meters.0.readings.0.state", "00487"),
        ("meters.0.readings.0.state", "487.0"),
        ("meters.0.readings.0.state", "000000000487.000"),
        ("meters.0.readings.0.rollover", False),
        ("contract.to", "2026-10-31"),
        ("contract.from", "2026-09-01"),
        ("prices.0.from", "2026-09-01"),
        ("prices.0.from", "0001-01-01"),
        ("contract.to", "9999-12-31"),
        ("meters.1", {**GARDEN, "readings": []}),
        ("meters.0.digits", 20),
    ],
)
def test_what_comes_to_the_same(bok: Bok, path: str, value: object) -> None:
    assert asked(bok, changed(path, value)).json == json.loads(ANSWER)


def test_nothing_hostile_reaches_the_terminal(bok: Bok) -> None:
    evil = "x\x1b[31m\n\u202e\ud800" + "y" * 500
    for said in (
        changed("meters.0.role", evil),
        changed("meters.0.readings.0.state", evil),
        changed(f"vat.{evil}", "8"),
        changed("period.from", evil),
    ):
        answer = asked(bok, said)
        assert (answer.code in (1, 2), answer.out) == (True, "")
        assert len(answer.err.splitlines()) == 1
        assert len(answer.err) < 200
        assert not set(answer.err) & set("\x1b\u202e\ud800")


def test_files_that_are_none(bok: Bok, tmp_path: Path) -> None:
    (tmp_path / "bill.json").write_text(EXAMPLE)
    for missing in ("no.json", "bill.json/deeper", "n" * 300):
        answer = bok("billing", "quote", str(tmp_path / missing), "--format", "json")
        assert (answer.code, answer.out, len(answer.err.splitlines())) == (3, "", 1)
    answer = bok("billing", "quote", str(tmp_path))
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    if os.geteuid():
        (tmp_path / "bill.json").chmod(0)
        assert bok("billing", "quote", str(tmp_path / "bill.json")).code == 2


def test_a_closed_standard_input(home: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m bok_tui billing quote - <&-', sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_wrong_call(bok: Bok) -> None:
    assert bok("billing", "quote").code == 2
    assert bok("billing", "quote", "-", "--format", "xml", stdin=EXAMPLE.encode()).code == 2
    assert "Example: bok billing quote" in bok("billing", "quote", "--help").out
    assert "quote" in bok("billing", "--help").out


SCRAPS = st.sampled_from(
    [
        *(MISSING, None, True, False, 0, -1, 5, 5.5, 10**30, "", "0", "487", "511.125", "5.12", "-1", "1e9"),
        *(
            "main",
            "garden",
            "2026-01-01",
            "2026-09-30",
            "2026-10-31",
            "9999-12-31",
            "0001-01-01",
            "x",
            [],
            {},
        ),
    ]
)


@settings(max_examples=SCALE.quotes, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.one_of(SCRAPS, st.text(max_size=5))), max_size=4))
def test_whatever_is_changed_there_is_an_answer_or_a_sentence(
    home: Path, changes: list[tuple[int, object]]
) -> None:
    said = json.loads(EXAMPLE)
    said["meters"].append(copy.deepcopy(GARDEN))
    for at, value in changes:
        places = list(paths(said))
        if places:
            said = changed(places[at % len(places)], value, said)
    require_contract(json.dumps(said).encode())


@settings(max_examples=SCALE.quotes // 2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.binary(max_size=6))
def test_whatever_bytes_are_put_in_there_is_an_answer_or_a_sentence(
    home: Path, at: int, length: int, scrap: bytes
) -> None:
    text = EXAMPLE.encode()
    require_contract(text[:at] + scrap + text[at + length :])


def require_contract(data: bytes) -> None:
    """Assert a whole answer, or one sentence and nothing else."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        patched.setattr("sys.stdout", out)
        patched.setattr("sys.stderr", err)
        code = main(["--lang", "en", "billing", "quote", "-", "--format", "json"])
    assert code in (0, 1, 2)
    if code:
        assert (out.getvalue(), len(err.getvalue().splitlines())) == ("", 1)
        return
    assert err.getvalue() == ""
    bill = json.loads(out.getvalue())
    assert list(bill) == ["lines", "vat", "net", "vat_total", "gross", "days"]
    assert bill["lines"]


def _span(line: dict[str, str]) -> str:
    return "..".join(line[end].removeprefix("2026-") for end in ("from", "to"))
