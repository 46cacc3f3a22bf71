"""The confirmation of a reading, read back with a parser that did not write it."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import unicodedata
from datetime import date

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from db.errors import WrongInput
from db.records.clients import MeterRole
from db.records.documents import DocumentKind, to_json
from db.records.people import Channel
from db.records.readings import ReadingStatus
from db.rules.reading_duty import DUTY
from reports.documents.glyphs import REPLACEMENT, printable, printable_codes
from reports.documents.reading_confirmation import render
from reports.documents.registry import render as render_stored
from tests.reports.examples import CONFIRMATION, HEAD, confirmation
from tests.reports.hostile import HOSTILE
from tests.reports.pdfs import ACTIVE, names_in, text_of
from tests.together import PATIENCE

POLISH = "ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ"
REPLACED = "zastępuje znak, którego nie można wydrukować"


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    stored = to_json(CONFIRMATION)
    first = render_stored(DocumentKind.READING_CONFIRMATION, stored)
    assert first == render_stored(DocumentKind.READING_CONFIRMATION, stored)
    assert first == render(CONFIRMATION)


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_same_bytes_in_another_process_in_another_zone(seed: str) -> None:
    program = (
        "import sys, hashlib; from reports.documents.registry import render;"
        "from db.records.documents import DocumentKind as K;"
        "pdf = render(K.READING_CONFIRMATION, sys.stdin.buffer.read().decode());"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        input=to_json(CONFIRMATION).encode(),
        env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert answer.stdout.decode().strip() == hashlib.sha256(render(CONFIRMATION)).hexdigest()


def test_it_says_what_was_taken() -> None:
    pdf = render(CONFIRMATION)
    text = text_of(pdf)
    for said in (
        "Wodociągi i Kanalizacja Mirowice Sp. z o.o.",
        "NIP 5480000008 · REGON 070000009 · KRS 0000123456",
        "Mirowice, 22 listopada 2026 r.",
        "P/2026/000118",
        "Łukasz Żółw",
        "ul. Lipowa 4/12",
        "Potwierdzenie przyjęcia odczytu wodomierza",
        "podanego telefonicznie w dniu 22 listopada 2026 r.",
        "ul. Źródlana 7, 43-400 Mirowice",
        "nr 81234567, główny, liczydło 5-cyfrowe",
        "nr Z/2026/04512",
        "Anna Nowak",
        "21.09.2026 1 465 m³",
        "21.11.2026 1 487 m³",
        "61 dni 22 m³",
        DUTY,
        "Ustawa z dnia 7 czerwca 2001 r. o zbiorowym zaopatrzeniu w wodę i zbiorowym odprowadzaniu ścieków "
        "(t.j. Dz. U. z 2024 r. poz. 757)",
        "„Art. 7. Osoby reprezentujące przedsiębiorstwo wodociągowo-kanalizacyjne",
        "strona 1 z 1",
    ):
        assert said in text, said
    assert "PESEL" not in text
    assert REPLACED not in text
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_every_polish_letter_can_be_found() -> None:
    text = text_of(render(confirmation(client_name=POLISH, agent=POLISH)))
    assert text.count(POLISH) == 3  # addressee, who took it, signature


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": ReadingStatus.PENDING}, "dopiero po nim zostanie przyjęty do rozliczenia"),
        ({"status": ReadingStatus.VOIDED}, "został unieważniony"),
        ({"role": MeterRole.GARDEN}, "ogrodowy"),
        ({"channel": Channel.EMAIL}, "podanego pocztą elektroniczną"),
        ({"channel": Channel.IN_PERSON}, "podanego osobiście"),
        ({"channel": Channel.FIELD}, "potwierdzamy zarejestrowanie odczytu"),
        ({"notice": None}, "Zawiadomienie odczytywacza brak"),
        ({"reason": "sprzedaż nieruchomości"}, "Uzasadnienie sprzedaż nieruchomości"),
        ({"findings": ("Zużycie wyższe niż zwykle.",)}, "– Zużycie wyższe niż zwykle."),
        ({"received_on": date(2026, 11, 3)}, "w dniu 3 listopada 2026 r."),
        ({"consumption": 1_234_567}, "1 234 567 m³"),
        ({"previous_day": date(2026, 11, 20)}, "1 dzień"),
    ],
)
def test_it_says_what_is_particular(changes: dict[str, object], said: str) -> None:
    assert said in text_of(render(confirmation(**changes)))


def test_a_first_reading_has_nothing_before_it() -> None:
    text = text_of(render(confirmation(previous_state=None, previous_day=None, consumption=None)))
    assert "Poprzedni" not in text
    assert "Zużycie" not in text
    assert "Bieżący 21.11.2026 1 487 m³" in text


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("status", ReadingStatus)
def test_there_are_words_for_every_channel_and_status(channel: Channel, status: ReadingStatus) -> None:
    assert render(confirmation(channel=channel, status=status))


def test_a_long_name_wraps_and_loses_nothing() -> None:
    words = "Przedsiębiorstwo Wielobranżowe Źródło Spółka z ograniczoną odpowiedzialnością w upadłości "
    name = (words + "układowej oddział Ż" * 3)[:120]
    text = text_of(render(confirmation(client_name=name, supply_point="B" * 300)))
    assert name in text
    assert text.replace(" ", "").count("B" * 300) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_printed_as_typed_and_does_nothing(name: str) -> None:
    pdf = render(
        confirmation(client_name=name, mailing_lines=(name,), supply_point=name, agent=name, number=name[:40])
    )
    assert names_in(pdf).isdisjoint(ACTIVE)
    shown = "".join(printable(name).split())
    text = "".join(text_of(pdf).split())
    assert shown in text or text.count("W") > len(shown) > 5000  # that one goes over several pages
    if REPLACEMENT in shown:
        assert REPLACED in text_of(pdf)


@settings(max_examples=25)
@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_breaks_the_letter(name: str, number: str) -> None:
    pdf = render(confirmation(client_name=name, number=number, findings=(name,), notice=number))
    assert names_in(pdf).isdisjoint(ACTIVE)


@given(st.text())
def test_printable_text_has_glyphs_and_stays_printable(text: str) -> None:
    shown = printable(text)
    assert all(ord(character) in printable_codes() for character in shown)
    assert printable(shown) == shown
    assert len(shown) <= 3 * len(text)


def test_what_has_no_glyph_is_seen_and_said() -> None:
    assert printable("a😀b") == f"a{REPLACEMENT}b"
    assert printable(unicodedata.normalize("NFD", POLISH)) == POLISH
    assert printable("\x1b[31mx\r\ny\u202ez") == "[31mx yz"
    assert REPLACED in text_of(render(confirmation(client_name="Jan 😀")))


def test_it_is_an_archive_file_with_a_title_and_a_fixed_date() -> None:
    pdf = render(CONFIRMATION)
    reader = PdfReader(io.BytesIO(pdf))
    assert str(reader.root_object["/Lang"]) == "pl"
    assert "/OutputIntents" in reader.root_object
    packet = reader.xmp_metadata
    assert packet is not None
    assert packet.dc_title == {"x-default": "Potwierdzenie przyjęcia odczytu wodomierza P/2026/000118"}
    assert packet.dc_creator == [HEAD.name]
    assert packet.xmp_create_date == CONFIRMATION.issued_at.replace(tzinfo=None)
    assert packet.xmp_modify_date == packet.xmp_create_date
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in pdf
    fonts = {str(name) for name in names_in(pdf) if "DejaVu" in str(name)}
    assert len(fonts) == 2


def test_hostile_metadata_stays_metadata() -> None:
    number = '1</rdf:li></rdf:Alt></dc:title><x a="b">&\x00\x1b'
    reader = PdfReader(io.BytesIO(render(confirmation(number=number))))
    assert reader.xmp_metadata is not None  # the packet is still well-formed XML
    title = reader.xmp_metadata.dc_title
    assert title is not None
    assert title["x-default"].endswith("&")


def test_a_layout_of_the_future_is_refused() -> None:
    with pytest.raises(WrongInput, match="layout 2"):
        render_stored(DocumentKind.READING_CONFIRMATION, to_json(confirmation(layout=2)))


def test_nothing_heavy_is_imported_before_a_document_is_printed() -> None:
    program = (
        "import sys, reports.documents.registry, reports.output, reports.documents.files;"
        "print({'fpdf', 'fontTools', 'rich', 'sqlalchemy'} & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=PATIENCE
    )
    assert answer.stdout.strip() == "set()"


def test_the_search_for_active_content_finds_a_link() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.multi_cell(0, text="[l](http://x.example)", markdown=True)
    assert not names_in(bytes(pdf.output() or b"")).isdisjoint(ACTIVE)
