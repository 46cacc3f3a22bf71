"""The preview: every kind as text that fits a screen and says what the paper says."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from db.errors import WrongInput
from db.records.documents import DocumentKind, Snapshot, to_json
from reports.documents.as_text import as_text
from reports.documents.blocks import Column, Row, Table
from reports.documents.text_lines import COLUMNS, broken, table_lines, width_of
from tests.reports.money_examples import EXAMPLES, INVOICE, LONG_INVOICE, STATEMENT

WHOLE = {
    DocumentKind.READING_CONFIRMATION: ("Potwierdzenie przyjęcia odczytu wodomierza", "1 487 m³"),
    DocumentKind.INVOICE: ("Faktura VAT nr FAK/202611/0000118/123456/20261122", "348,18 zł"),
    DocumentKind.CORRECTION: ("Faktura korygująca nr", "67,18 zł"),
    DocumentKind.DUPLICATE: ("DUPLIKAT wystawiony dnia 1 grudnia 2026 r.", "348,18 zł"),
    DocumentKind.BALANCE_STATEMENT: ("Zestawienie rozrachunków", "536,58 zł"),
    DocumentKind.PAYMENT_SLIP: ("Blankiet wpłaty", "PLN 188,40"),
    DocumentKind.DEMAND: ("Wezwanie do zapłaty", "500,25 zł"),
    DocumentKind.INTEREST_NOTE: ("Nota odsetkowa nr NO/2026/000009", "7,48 zł"),
    DocumentKind.RECEIPT: ("Dowód wpłaty KP nr KP/2026/000233", "188,40 zł"),
    DocumentKind.REQUEST_CONFIRMATION: ("Potwierdzenie przyjęcia wniosku", "ul. Źródlana"),
    DocumentKind.REQUEST_DECISION: ("Rozstrzygnięcie wniosku", "rzecznika konsumentów"),
    DocumentKind.INFORMATION_REQUEST: ("Prośba o uzupełnienie wniosku", "6 grudnia 2026 r."),
    DocumentKind.EINVOICE_CONFIRMATION: ("Potwierdzenie usługi e-Faktura", "lukasz.zolw@example.com"),
    DocumentKind.EBOK_ACTIVATION: ("Rejestracja konta w e-BOK", "zolw.lukasz"),
    DocumentKind.COMPLAINT_ANSWER: ("Odpowiedź na reklamację", "nie została uznana"),
    DocumentKind.DATA_EXPORT: ("Kopia danych osobowych", "1 042"),
    DocumentKind.ERASURE_DECISION: ("Odpowiedź na żądanie usunięcia danych osobowych", "31.12.2031"),
}


@pytest.mark.parametrize("snapshot", EXAMPLES, ids=[each.kind.value for each in EXAMPLES])
def test_every_kind_fits_the_screen_and_says_the_main_thing(snapshot: Snapshot) -> None:
    text = as_text(snapshot.kind, to_json(snapshot))
    for said in (*WHOLE[snapshot.kind], "Wodociągi i Kanalizacja Mirowice Sp. z o.o.", "Łukasz Żółw"):
        assert said in text, said
    assert all(len(line) <= COLUMNS and line == line.rstrip() for line in text.splitlines())
    assert "\x1b" not in text
    assert "\u00a0" not in text


def test_figures_and_days_are_never_torn() -> None:
    text = as_text(INVOICE.kind, to_json(INVOICE))
    for whole in ("82,15", "111,74", "14,066", "22.09.2026", "21.11.2026", "rzeczywisty", "99 998", "22 m³"):
        assert whole in text, whole


def test_wide_letters_beside_a_word_without_an_end_stay_within_the_lines() -> None:
    cells = ("x" * 200, "漢" * 100, "y" * 200)
    table = Table(tuple(Column(title, 20) for title in ("", "", "")), (Row(cells),))
    lines = list(table_lines(table))
    assert max(map(width_of, lines)) <= COLUMNS
    assert sum(line.count("漢") for line in lines) == 100
    assert len(lines) < 20, "each has its share of the line"


def test_nothing_of_a_long_invoice_is_lost() -> None:
    text = " ".join(as_text(LONG_INVOICE.kind, to_json(LONG_INVOICE)).split())
    for number, line in enumerate(LONG_INVOICE.bill.lines):
        assert f"{number}," in text
        assert f"{line.net:.2f}".replace(".", ",") in text


def test_a_long_number_is_broken_after_a_slash() -> None:
    text = as_text(STATEMENT.kind, to_json(STATEMENT))
    assert "FAK/202611/" in text
    assert broken("FAK/202611/0000118/123456/20261122", 20) == ["FAK/202611/0000118/", "123456/20261122"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("abc def", 5, ["abc", "def"]),
        ("abcdefgh", 5, ["abcde", "fgh"]),
        ("中中中", 5, ["中中", "中"]),
        ("a\x1bb", 5, ["a\ufffdb"]),
    ],
)
def test_lines_are_broken_by_what_the_terminal_needs(text: str, width: int, lines: list[str]) -> None:
    assert broken(text, width) == lines
    assert all(width_of(line) <= width for line in lines)


def test_a_layout_of_the_future_is_refused() -> None:
    with pytest.raises(WrongInput, match="layout 2"):
        as_text(INVOICE.kind, to_json(replace(INVOICE, layout=2)))


def test_the_preview_needs_no_pdf_library() -> None:
    program = (
        "import sys; from reports.documents.as_text import as_text;"
        "from db.records.documents import DocumentKind as K;"
        "as_text(K.INVOICE, sys.stdin.buffer.read().decode());"
        "print({'fpdf', 'fontTools', 'segno', 'rich', 'sqlalchemy'} & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], input=to_json(INVOICE).encode(), capture_output=True, check=True
    )
    assert answer.stdout.decode().strip() == "set()"
