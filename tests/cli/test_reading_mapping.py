"""Columns of other people's files: mapped once, remembered, recognised; and the protocol of a batch."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.operations.reading_batch import drop_rows, keep_rows, save_rows
from db.records.people import Channel, Role
from db.records.reading_batch import BatchHead, BatchRow
from tests.cli.shell_desk import ShellDesk
from tests.db.builders import BuiltClient, rows

HEADER = "Ident;Nr urządzenia;Wskazanie liczydła;Odczytano;Inkasent"
MAP = ("--map", "meter=Nr urządzenia", "--map", "state=Wskazanie liczydła", "--map", "day=Odczytano")


@pytest.fixture
def town(desk: ShellDesk) -> list[BuiltClient]:
    """Three households, last read on 31 August at 487, and a supervisor at the shell."""
    desk.sign_in("ewa")
    return [desk.build.household(f"12345{at}") for at in range(3)]


@pytest.fixture
def file(tmp_path: Path, town: list[BuiltClient]) -> str:
    """The field company's file, as a Polish spreadsheet writes it."""
    return written(tmp_path, town, "497")


def written(folder: Path, town: list[BuiltClient], state: str, header: str = HEADER) -> str:
    lines = [f"{at};{built.meter};{state};20.11.2026;Jan Wąs" for at, built in enumerate(town)]
    place = folder / "odczyty.csv"
    place.write_bytes("\r\n".join((header, *lines, "")).encode("cp1250"))
    return str(place)


def saved(desk: ShellDesk) -> list[dict[str, Any]]:
    return [row for row in rows(desk.database, "reading") if row["staff_id"] is not None]


def test_a_file_with_other_columns_is_refused_with_what_to_do(desk: ShellDesk, file: str) -> None:
    answer = desk.run("reading", "import", file)
    assert answer.code == 2
    assert "no column" in answer.err
    assert "--map meter=" in answer.err


def test_columns_are_mapped_remembered_and_recognised(
    desk: ShellDesk, file: str, town: list[BuiltClient], tmp_path: Path
) -> None:
    answer = desk.run("reading", "import", file, *MAP, "--remember", "aqua", "--commit")
    assert answer.code == 0, answer.err
    assert "Remembered as aqua" in answer.err
    assert [(row["state"], row["day"], row["channel"]) for row in saved(desk)] == [
        (497, date(2026, 11, 20), Channel.FIELD)
    ] * 3
    again = desk.run("reading", "import", file, "--commit", "--format", "json")
    assert (again.code, again.json["already"], again.json["imported"]) == (0, 3, 0)
    assert "The columns are those remembered as aqua: day = Odczytano" in again.err
    other = written(tmp_path, town, "498", HEADER.upper().replace(" ", "  "))
    assert "remembered as aqua" in desk.run("reading", "import", other).err, (
        "letters and blanks do not matter"
    )
    desk.sign_in("jan")
    agent = desk.run("reading", "import", other, "--mapping", "aqua")
    assert "There is no column for the channel" in agent.err, "agents import by it"


def test_a_trial_remembers_nothing_and_neither_does_an_import_that_is_refused(
    desk: ShellDesk, file: str, town: list[BuiltClient], tmp_path: Path
) -> None:
    tried = desk.run("reading", "import", file, *MAP, "--remember", "aqua")
    assert tried.code == 0, tried.err
    assert "not remembered as aqua" in tried.err
    bad = tmp_path / "bad.csv"
    bad.write_bytes(Path(file).read_bytes() + b"9;nobody;1;20.11.2026;x\r\n")
    refused = desk.run("reading", "import", str(bad), *MAP, "--remember", "aqua", "--commit")
    assert (refused.code, "not remembered as aqua" in refused.err) == (1, True)
    assert rows(desk.database, "reading_mapping") == []
    done = desk.run("reading", "import", str(bad), *MAP, "--remember", "aqua", "--commit", "--skip-bad")
    assert (done.code, "Remembered as aqua" in done.err) == (0, True), done.err
    taken = desk.run("reading", "import", file, "--map", "meter=Ident", *MAP[2:], "--remember", "aqua")
    assert (taken.code, "already, with other columns" in taken.err) == (1, True), "a trial says so, too"
    (kept,) = rows(desk.database, "reading_mapping")
    assert kept["name"] == "aqua"


def test_a_name_that_is_taken_stops_the_import_before_it_begins(
    desk: ShellDesk, file: str, town: list[BuiltClient], tmp_path: Path
) -> None:
    assert desk.run("reading", "import", file, *MAP, "--remember", "aqua", "--commit").code == 0
    before = len(saved(desk))
    other = written(tmp_path, town, "511", "Ident;Numer;Stan liczydła;Dzień odczytu;Kto")
    swapped = ("--map", "meter=Numer", "--map", "state=Stan liczydła", "--map", "day=Dzień odczytu")
    refused = desk.run("reading", "import", other, *swapped, "--remember", "aqua", "--commit")
    assert (refused.code, len(saved(desk))) == (1, before)


def test_a_mapping_goes_before_our_own_words_and_leaves_the_other_columns_theirs(
    desk: ShellDesk, town: list[BuiltClient], tmp_path: Path
) -> None:
    place = tmp_path / "f.csv"
    place.write_text(f"Licznik,Numer,Stan,Data,Uwagi\n7,{town[0].meter},497,2026-11-20,ok\n")
    answer = desk.run("reading", "import", str(place), "--map", "meter=Numer", "--commit")
    assert answer.code == 0, answer.err
    assert "Columns that are ignored: Licznik" in answer.err
    assert [(row["meter_id"], row["note"]) for row in saved(desk)] == [(town[0].meter_id, "ok")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("--map", "meter=Numer wodomierza"),
            "no column Numer wodomierza, which is to be our licznik (meter)",
        ),
        (("--map", "meter=Numer wodomierza"), "It has: Ident, Nr urządzenia, Wskazanie liczydła, Odczytano"),
        (("--map", "meter"), 'Write --map meter="the words above their column"'),
        (("--map", "meter="), "this says nothing"),
        (
            ("--map", "wodowskaz=Ident"),
            "There is no column wodowskaz of ours. Map one of these: meter, state",
        ),
        (("--map", "meter=Ident", "--map", "state=ident"), "is mapped once"),
        (("--map", "meter=Ident", "--map", "meter=Odczytano"), "is mapped once"),
        (("--map", "meter=Nr urządzenia"), "The file has no column stan (state), dzień (day)"),
        ((*MAP, "--mapping", "aqua"), "Give either --map or --mapping"),
        (("--remember", "aqua"), "--remember keeps what --map says"),
        ((*MAP, "--remember", "x" * 61), "Too long"),
    ],
)
def test_what_is_wrong_names_the_column_and_what_to_do(
    desk: ShellDesk, file: str, arguments: tuple[str, ...], words: str
) -> None:
    answer = desk.run("reading", "import", file, *arguments, "--commit")
    assert answer.code == 2
    assert words in " ".join(answer.err.split())
    assert saved(desk) == []
    assert rows(desk.database, "reading_mapping") == []


def test_mappings_are_listed_shown_and_removed_and_none_is_replaced_unasked(
    desk: ShellDesk, file: str, tmp_path: Path
) -> None:
    for _ in range(2):
        assert desk.run("reading", "import", file, *MAP, "--remember", "aqua", "--commit").code == 0
    assert len(rows(desk.database, "reading_mapping")) == 1
    for name, words in (("aqua", "already, with other columns"), ("other", "recognised already, as aqua")):
        swapped = ("--map", "meter=Ident", *MAP[2:])
        refused = desk.run("reading", "import", file, *swapped, "--remember", name)
        assert refused.code == 1
        assert words in refused.err
    (listed,) = desk.run("reading", "mapping", "list", "--format", "json").json
    assert (listed["name"], listed["agent"]) == ("aqua", "Jan Ewa")
    shown = desk.run("reading", "mapping", "show", "aqua", "--format", "json").json
    assert shown["columns"] == {
        "day": "Odczytano", "meter": "Nr urządzenia", "state": "Wskazanie liczydła",
    }  # fmt: skip
    assert "Nr urządzenia" in desk.run("reading", "mapping", "show", "aqua").out
    unknown = desk.run("reading", "mapping", "show", "akwa")
    assert (unknown.code, "There are: aqua" in unknown.err) == (3, True)
    desk.sign_in("jan")
    assert desk.run("reading", "mapping", "remove", "aqua").code == 4
    assert desk.run("reading", "import", file, *MAP, "--remember", "mine").code == 4
    desk.sign_in("ewa")
    assert desk.run("reading", "mapping", "remove", "aqua").code == 0
    assert desk.run("reading", "mapping", "remove", "aqua").code == 3
    actions = [row["action"] for row in rows(desk.database, "audit_entry")]
    assert [action for action in actions if action.startswith("reading_mapping")] == [
        "reading_mapping.remembered",
        "reading_mapping.removed",
    ]


def test_the_protocol_of_a_batch_is_listed_shown_and_exported(
    desk: ShellDesk, town: list[BuiltClient], tmp_path: Path
) -> None:
    typist = desk.house.office(desk.build.staff(Role.SUPERVISOR, login="ola", name="Ola =Druga"))
    head = BatchHead("t" * 32, "desk", Channel.FIELD, date(2026, 11, 20))
    typed = [("497", town[0].meter), ("9870", town[1].number), ("5", "nobody"), ("12,5", town[2].meter)]
    typist.do(
        keep_rows,
        head,
        [BatchRow(at, place, state, "2026-11-20") for at, (state, place) in enumerate(typed, 1)],
    )
    typist.do(save_rows, head.token, head.desk)
    typist.do(drop_rows, head.token, head.desk, [3])
    (line,) = desk.run("reading", "batch", "list", "--format", "json").json
    assert (line["number"], line["agent"], line["state"]) == (1, "Ola =Druga", "open")
    assert [line[key] for key in ("recorded", "held", "dropped", "waiting")] == [1, 0, 1, 2]
    shown = desk.run("reading", "batch", "show", "1", "--format", "json").json
    assert [(row["line"], row["standing"], row["meter"]) for row in shown["rows"]] == [
        (1, "recorded", town[0].meter),
        (2, "doubtful", town[1].meter),
        (3, "dropped", ""),
        (4, "doubtful", town[2].meter),
    ]
    assert [finding["code"] for finding in shown["rows"][1]["findings"]] == ["far_too_high"]
    place = tmp_path / "protocol.csv"
    assert desk.run("reading", "batch", "show", "1", "--format", "csv", "--output", str(place)).code == 0
    table = list(csv.DictReader(io.StringIO(place.read_text())))
    assert [row["typed"] for row in table] == [town[0].meter, town[1].number, "nobody", town[2].meter]
    answer = desk.run("reading", "batch", "show", "1")
    assert "recorded 1, held 0, dropped 1, not saved 2" in answer.err
    assert desk.run("reading", "batch", "show", "9").code == 3
    desk.sign_in("jan")
    assert desk.run("reading", "batch", "list", "--format", "json").json == []
    assert desk.run("reading", "batch", "show", "1").code == 4
