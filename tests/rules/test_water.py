"""Water put in: what is a volume, what a month, and what a file of them says."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import WrongInput
from db.records.water import WaterFigure
from db.rules.water import MOST, far_from_usual, parse_month, parse_volume, require_over, usual_volume
from db.rules.water_file import parse_water_file

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "volume"),
    [
        ("12500", 12500),
        (" 12 500 ", 12500),
        ("12\u00a0500", 12500),
        ("1 234 567 m³", 1234567),
        ("12500m3", 12500),
        ("0", 0),
        ("007", 7),
        (str(MOST), MOST),
    ],
)
def test_a_volume_is_whole_cubic_metres(typed: str, volume: int) -> None:
    assert parse_volume(typed) == volume


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "below zero"),
        ("−12500", "below zero"),
        ("12,5", "Whole m³"),
        ("12.500", "Whole m³"),
        ("1.234.567", "Whole m³"),
        ("12 5", "in whole m³"),
        ("dużo", "in whole m³"),
        ("12l", "in whole m³"),
        ("", "The volume is empty"),
        (" m³", "The volume is empty"),
        ("1e5", "in whole m³"),
        ("١٢", "in whole m³"),
        (str(MOST + 1), "Check the figure"),
        ("9" * 5000, "Check the figure"),
    ],
)
def test_another_volume_is_refused_and_says_why(typed: str, said: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        parse_volume(typed)
    assert said in str(refusal.value)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("typed", ["2026-10", "202610", " 2026-10 "])
def test_a_month_is_read(typed: str) -> None:
    assert parse_month(typed) == date(2026, 10, 1)


@pytest.mark.parametrize("typed", ["2026-13", "2026-00", "10.2026", "2026-10-01", "październik", "0000-01"])
def test_another_month_is_refused(typed: str) -> None:
    with pytest.raises(WrongInput, match="Type the month as 2026-10"):
        parse_month(typed)


def test_a_month_that_is_not_there_is_said() -> None:
    with pytest.raises(WrongInput, match="The month is empty"):
        parse_month(" ")


def test_a_month_has_to_be_over_and_not_long_ago() -> None:
    require_over(date(2026, 10, 1), TODAY)
    require_over(date(2026, 10, 1), date(2026, 11, 1))
    require_over(date(1990, 1, 1), TODAY)
    for month in (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(9999, 11, 1)):
        with pytest.raises(WrongInput, match="is not over"):
            require_over(month, TODAY)
    with pytest.raises(WrongInput, match="too long ago"):
        require_over(date(1989, 12, 1), TODAY)
    with pytest.raises(WrongInput, match="is not over"):
        require_over(date(9999, 12, 1), TODAY)


def test_a_file_names_its_columns_in_either_language_and_any_order() -> None:
    text = "Miesiąc;Uwagi;Miejscowość;Ilość;Lp.\n2026-10;SUW Leśna;Żółwieniec;12 500;1\n\n2026-09;;Wola;7;2\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1250", "utf-16"):
        lines = parse_water_file(text.encode(encoding))
        assert [line.figure for line in lines] == [
            WaterFigure("Żółwieniec", date(2026, 10, 1), 12500, "SUW Leśna"),
            WaterFigure("Wola", date(2026, 9, 1), 7, ""),
        ]
        assert [line.line for line in lines] == [2, 4]
    english = b'town,month,m3\n"Wola, Dolna",2026-10,5\n'
    assert [line.figure for line in parse_water_file(english)] == [
        WaterFigure("Wola, Dolna", date(2026, 10, 1), 5)
    ]


def test_a_line_that_cannot_be_read_says_why() -> None:
    lines = parse_water_file(
        b'town;month;m3\nWola;2026-10;12,5\nWola;2026-13;5\nWola\nWola;2026-10;5;\n"Wola;'
    )
    assert [(line.line, line.figure is None, line.typed) for line in lines] == [
        (2, True, ("Wola", "2026-10", "12,5")),
        (3, True, ("Wola", "2026-13", "5")),
        (4, True, ("Wola", "", "")),
        (5, False, ("Wola", "2026-10", "5")),
        (6, True, ("", "", "")),
    ]
    assert "Whole m³" in lines[0].message
    assert "The month is empty" in lines[2].message


@pytest.mark.parametrize("header", ["Ilość m³", "ilość [m3]", "Ilość (m³)", "Objętość w m3", "m³", "ILOŚĆ"])
def test_a_column_may_name_its_unit(header: str) -> None:
    (line,) = parse_water_file(f"Miejscowość;Miesiąc;{header}\nWola;2026-10;5\n".encode())
    assert line.figure == WaterFigure("Wola", date(2026, 10, 1), 5)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"Wola;2026-10;5\n", "has no column town, month, m3"),
        (b"town;m3\nWola;5\n", "has no column month"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"town;month;m3\n" + b"W;2026-10;5\n" * 10_001, "more than 10000 lines"),
        (b"\x00\x01\x02" * 50, "has no column"),
        (b"town,month,m3\n", "nothing to enter"),
        (b"town,month,m3\nWola,2026-02,5\nWola,2026-03,12,500\n", "Line 3 has 4 cells, and line 1 names 3"),
        (b"town,m3,month,m3\nWola,5,2026-03,6\n", "the column m3 twice: m3, m3"),
        (b"town;month;m3;Ilo\xc5\x9b\xc4\x87\nWola;2026-03;5;6\n", "the column m3 twice: m3, Ilo"),
        (b"town;month;m3\nWola;2026-03;5\n\nX;2026-03;5\nWOLA ;202603;5\n", "Lines 2 and 5 are both of WOLA"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        parse_water_file(data)
    assert said in str(refusal.value)


def test_what_is_usual_is_the_median_and_what_is_far_is_three_times_off() -> None:
    assert usual_volume(()) is None
    assert usual_volume((5,)) == 5
    assert usual_volume((9000, 100, 10000)) == 9000
    assert usual_volume((4, 1, 3, 100)) == 3
    assert not far_from_usual(10**8, None)
    assert [far_from_usual(volume, 9000) for volume in (2999, 3000, 27000, 27001, 0)] == [
        *(True, False, False),
        *(True, True),
    ]
    assert [far_from_usual(volume, 0) for volume in (0, 1)] == [False, True]
