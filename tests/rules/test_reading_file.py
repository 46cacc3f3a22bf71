"""Files of readings: encodings, separators, headers, and cells that say nothing."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.records.people import Channel
from db.records.reading_import import FileReading, LineFault, ReadingFile
from db.rules import reading_file
from db.rules.reading_file import MOST_BYTES, parse_reading_file
from db.rules.reading_line import parse_channel
from db.rules.text_encoding import CANDIDATES, decode

POLISH = (
    "Licznik;Stan;Dzień odczytu;Sposób;Powód;Uwagi\n"
    "81234567;00487;22.11.2026;osobiście;rechecked;Żółw pod łóżkiem, ŚWIĄTECZNY dąb\n"
)
READ = FileReading(
    2, "81234567", 487, date(2026, 11, 22), Channel.IN_PERSON, "rechecked", "Żółw pod łóżkiem, ŚWIĄTECZNY dąb"
)


def text(*lines: str, header: str = "meter;state;day") -> bytes:
    return "\n".join((header, *lines, "")).encode()


def faults(file: ReadingFile) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in file.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *CANDIDATES])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_polish_file_reads_the_same_in_every_encoding(encoding: str, newline: str) -> None:
    file = parse_reading_file(POLISH.replace("\n", newline).encode(encoding))
    assert file.encoding == encoding
    assert file.readings == (READ,)
    assert file.findings == ()
    assert file.has_channel


@pytest.mark.parametrize("encoding", CANDIDATES)
@pytest.mark.parametrize(
    "word",
    ["Dąb", "DĄB", "żółw", "Łódź", "ŹDŹBŁO", "ćma", "Śnieżka", "koń", "pięć", "Ósma", "PIĘĆ", "książę"],
)
def test_a_single_word_gives_its_encoding_away(encoding: str, word: str) -> None:
    assert decode(f"ul. {word} 4".encode(encoding)).text == f"ul. {word} 4"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_separators_and_quotes(separator: str, quote: str) -> None:
    rows = [("meter", "state", "day"), ("81234567", "487", "2026-11-22")]
    lines = [separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows]
    file = parse_reading_file("\n".join(lines).encode())
    assert file.readings == (FileReading(2, "81234567", 487, date(2026, 11, 22), Channel.FIELD),)
    assert not file.has_channel


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \n", "empty"),
        (b"meter;state;day\n", "no readings"),
        (b"meter;state\n1;2\n", "no column dzień (day)"),
        (b"81234567;487;2026-11-22\n", "no column licznik (meter), stan (state), dzień (day)"),
        (b"PK\x03\x04\x14\x00\x06\x00", "no column licznik"),
        (b"meter;state;day;stan\n1;2;2026-11-22;3\n", "Two columns"),
        (b"x" * (MOST_BYTES + 1), "larger than 32 MB"),
    ],
)
def test_what_is_no_file_of_readings(data: bytes, words: str) -> None:
    with pytest.raises(WrongInput) as refused:
        parse_reading_file(data)
    assert words in str(refused.value)


def test_the_lines_of_a_file_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_file, "MOST_LINES", 3)
    assert parse_reading_file(text(*["1;2;2026-11-22"] * 3)).lines == 3
    with pytest.raises(WrongInput):
        parse_reading_file(text(*["1;2;2026-11-22"] * 4))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";487;2026-11-22", LineFault.NO_METER),
        ("1234567890123456789012;487;2026-11-22", LineFault.NO_METER),
        ("81234567;;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;12,5;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;12.5;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;-5;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;4B7;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;1000000000;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;10^9;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;=1+1;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;٤٨٧;2026-11-22", LineFault.WRONG_STATE),
        ("81234567;487;", LineFault.WRONG_DAY),
        ("81234567;487", LineFault.WRONG_DAY),
        ("81234567;487;30.02.2026", LineFault.WRONG_DAY),
        ("81234567;487;22.11", LineFault.WRONG_DAY),
        ("81234567;487;d-1", LineFault.WRONG_DAY),
        ("81234567;487;0000-00-00", LineFault.WRONG_DAY),
        ("81234567;487;2026-11-22;5", LineFault.UNREADABLE),
        ("81234567;487\0;2026-11-22", LineFault.UNREADABLE),
        ('81234567;"487"x;2026-11-22', LineFault.UNREADABLE),
        ("81234567;487;" + "x" * 140_000, LineFault.UNREADABLE),
    ],
)
def test_a_bad_line_says_why_and_stops_no_other(line: str, code: LineFault) -> None:
    file = parse_reading_file(text(line, "81234568;488;2026-11-22"))
    assert faults(file) == [(2, code)]
    assert [reading.line for reading in file.readings] == [3]
    assert file.lines == 2


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("drum;;", LineFault.WRONG_CHANNEL),
        ("phone;because;", LineFault.WRONG_REASON),
        ("phone;other;", LineFault.WRONG_NOTE),
        ("phone;;" + "x" * 501, LineFault.WRONG_NOTE),
    ],
)
def test_cells_that_a_file_need_not_have(cells: str, code: LineFault) -> None:
    header = "meter;state;day;channel;reason;note"
    assert faults(parse_reading_file(text(f"1;2;2026-11-22;{cells}", header=header))) == [(2, code)]


def test_every_bad_cell_of_a_line_is_named() -> None:
    file = parse_reading_file(text(";12,5;30.02.2026"))
    assert [code for _, code in faults(file)] == ["no_meter", "wrong_state", "wrong_day"]


def test_an_open_quote_never_swallows_lines_in_silence() -> None:
    header = "meter;state;day;note"
    lines = ['1;2;2026-11-20;"open', "2;3;2026-11-20;x", '3;4;2026-11-20;"y"', "4;5;2026-11-20;z"]
    file = parse_reading_file(text(*lines, header=header))
    assert faults(file) == [(2, LineFault.UNREADABLE)]
    assert file.findings[0].params == {"first": 2, "last": 4}
    assert [reading.line for reading in file.readings] == [5]


@pytest.mark.parametrize("header", ["meter,day,state", "meter,day,state,note", "day,meter,state,room"])
def test_a_decimal_comma_between_commas_is_no_state(header: str) -> None:
    cells = {"meter": "81234567", "day": "2026-11-22", "state": "12,5", "note": "", "room": ""}
    line = ",".join(cells[name] for name in header.split(",")).rstrip(",")
    file = parse_reading_file(text(line, header=header))
    assert file.readings == ()
    assert file.findings


def test_ignored_columns_are_named() -> None:
    file = parse_reading_file(text("1;2;2026-11-22;x", header='meter;state;day;"Ulica"'))
    assert file.ignored == ("Ulica",)


def test_a_day_may_come_with_a_time() -> None:
    file = parse_reading_file(
        text("1;2;2026-11-22 00:00:00", "1;2;22.11.2026 10:41", "1;2;2026-11-22T10:41:07")
    )
    assert {reading.day for reading in file.readings} == {date(2026, 11, 22)}


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_its_code(channel: Channel) -> None:
    assert parse_channel(channel.value) is channel
    assert parse_channel(channel.value.replace("_", "-").upper()) is channel


def test_the_same_bytes_have_the_same_digest() -> None:
    data = POLISH.encode()
    assert parse_reading_file(data) == parse_reading_file(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for whole in (data, b"meter;state;day\n" + data):
        try:
            parse_reading_file(whole)
        except WrongInput:
            continue


def test_damaged_files_are_read_or_refused() -> None:
    chance = random.Random(7)
    sound = (POLISH * 3).encode("cp1250") + b'1;2;2026-11-22;phone;;"a ""b"" c"\n'
    for _ in range(2_000):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            kind = chance.randrange(3)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randint(1, 9)]
            else:
                data[at:at] = chance.choice([b'"', b"\0", b"\n", b";", b"\r", b"\xff\xfe", b'""'])
        try:
            file = parse_reading_file(bytes(data))
        except WrongInput:
            continue
        assert len(file.readings) + len({finding.line for finding in file.findings}) == file.lines
