"""Invoices and letters about money, read back by parsers and a scanner that did not write them."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from db.errors import WrongInput
from db.records.documents import DocumentKind, Snapshot, to_json
from db.records.invoices import Buyer
from db.records.letters import Duplicate
from db.records.money import LedgerKind, PaymentMethod
from db.rules.payment_qr import payment_payload
from reports.documents import demand, duplicate, interest_note, invoice
from reports.documents.blocks import Form, Payment
from reports.documents.glyphs import REPLACEMENT
from reports.documents.printed import identifier_of, printed, printed_together
from reports.documents.registry import paper_of, render
from tests.reports import money_examples as examples
from tests.reports.letter_examples import LETTERS
from tests.reports.money_examples import (
    ACCOUNT,
    BILL,
    CORRECTION,
    DEMAND,
    EXAMPLES,
    HEAD,
    INVOICE,
    LONG_INVOICE,
    LONG_NAME,
    NOTE,
    RECEIPT,
    SLIP,
    STATEMENT,
)
from tests.reports.pdfs import ACTIVE, codes_on, faults_of, names_in, pages_of, text_of

POLISH = "ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ"
REPLACED = "zastępuje znak, którego nie można wydrukować"
EVERY_KIND = pytest.mark.parametrize("snapshot", EXAMPLES, ids=[each.kind.value for each in EXAMPLES])


def pdf_of(snapshot: Snapshot) -> bytes:
    """Return the paper made from the stored text of `snapshot`."""
    return render(snapshot.kind, to_json(snapshot))


def test_there_is_an_example_of_every_kind() -> None:
    assert {each.kind for each in EXAMPLES} == set(DocumentKind)


@EVERY_KIND
def test_a_document_is_sound_quiet_and_the_same_again(snapshot: Snapshot) -> None:
    pdf = pdf_of(snapshot)
    assert faults_of(pdf) == []
    assert names_in(pdf).isdisjoint(ACTIVE)
    assert pdf_of(snapshot) == pdf
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in pdf
    assert identifier_of(to_json(snapshot)).encode() in pdf
    reader = PdfReader(io.BytesIO(pdf))
    assert str(reader.root_object["/Lang"]) == "pl"
    assert reader.xmp_metadata is not None
    title = reader.xmp_metadata.dc_title
    assert title is not None
    assert snapshot.number in title["x-default"]
    pages = 2 if snapshot.kind is DocumentKind.DATA_EXPORT else 1
    assert len(reader.pages) == pages
    assert f"strona 1 z {pages}" in text_of(pdf)


@EVERY_KIND
def test_prepared_fonts_say_what_the_plain_way_says(snapshot: Snapshot) -> None:
    stored = to_json(snapshot)
    paper = paper_of(snapshot.kind, stored)
    fast, plain = printed(paper, stored), printed(paper, stored, prepared=False)
    assert fast != plain
    assert pages_of(fast) == pages_of(plain)
    assert names_in(fast) - {"/FlateDecode"} <= names_in(plain) | {"/Filter"}


@EVERY_KIND
def test_the_code_on_paper_is_the_payload(snapshot: Snapshot) -> None:
    pdf = pdf_of(snapshot)
    blocks = paper_of(snapshot.kind, to_json(snapshot)).blocks
    wanted = [block.payload for block in blocks if isinstance(block, Payment | Form) and block.payload]
    assert codes_on(pdf) == wanted
    has_code = snapshot.kind not in (
        DocumentKind.READING_CONFIRMATION,
        DocumentKind.CORRECTION,  # the example is a reduction
        DocumentKind.RECEIPT,
        *(letter.kind for letter in LETTERS),
    )
    assert bool(wanted) == has_code


def test_the_payload_is_the_standard_s() -> None:
    assert codes_on(pdf_of(INVOICE)) == [
        payment_payload(
            account=ACCOUNT, amount=BILL.gross, recipient=HEAD.name, title=INVOICE.number, nip=HEAD.nip
        )
    ]


@pytest.mark.parametrize("gross", ["0.00", "-1.00", "10000.00", "0.005"])
def test_no_code_where_the_standard_forbids_one(gross: str) -> None:
    bill = replace(BILL, gross=Decimal(gross))
    assert codes_on(pdf_of(replace(INVOICE, bill=bill))) == []


@pytest.mark.parametrize("account", ["12" * 13, "x"])
def test_a_wrong_account_costs_the_code_not_the_paper(account: str) -> None:
    pdf = pdf_of(replace(INVOICE, account=account))
    assert codes_on(pdf) == []
    assert "Do zapłaty" in text_of(pdf)


def test_an_invoice_says_what_the_law_asks_for() -> None:
    text = text_of(pdf_of(INVOICE))
    for said in (
        "Faktura VAT nr FAK/202611/0000118/123456/20261122",
        "Data wystawienia 22 listopada 2026 r.",
        "Okres rozliczeniowy 22.09.2026–21.11.2026",
        "Sprzedawca Wodociągi i Kanalizacja Mirowice",
        f"NIP {HEAD.nip}",
        "Nabywca Łukasz Żółw ul. Lipowa 4/12 43-400 Mirowice",
        "ul. Źródlana 7, 43-400 Mirowice",
        "1 Dostarczanie wody 22.09.2026–31.10.2026 m³ 14,066 5,84 82,15 8%",
        "5 Opłata abonamentowa 22.09.2026–21.11.2026 mies. 2 7,35 14,70 8%",
        "8% 322,39 25,79 348,18",
        "Razem 322,39 25,79 348,18",
        "Do zapłaty 348,18 zł",
        "Słownie trzysta czterdzieści osiem złotych, osiemnaście groszy",
        "Termin płatności 7 grudnia 2026 r.",
        "81234567 główny 21.09.2026 1 465 21.11.2026 1 487 61 22 m³ rzeczywisty",
        "90000123 ogrodowy 21.09.2026 99 998 21.11.2026 2 61 4 m³ rzeczywisty, przez zero",
        "– To o 2 m³ więcej niż w poprzednim okresie",
        "Zużycie wody w ostatnich 24 miesiącach (m³)",
        "2026",
    ):
        assert said in text, said
    assert " ".join((ACCOUNT[:2], *(ACCOUNT[at : at + 4] for at in range(2, 26, 4)))) in text
    assert REPLACED not in text


def test_every_polish_letter_can_be_found() -> None:
    changed = replace(INVOICE, buyer=Buyer(POLISH, (POLISH,)), supply_point=POLISH, explanation=(POLISH,))
    assert text_of(pdf_of(changed)).count(POLISH) == 5  # addressee, buyer twice, point, explanation


@pytest.mark.parametrize(("gross", "said"), [("0.00", "Do zapłaty 0,00 zł"), ("-5.40", "Do zwrotu 5,40 zł")])
def test_an_invoice_of_nothing_or_less_asks_for_no_transfer(gross: str, said: str) -> None:
    text = text_of(pdf_of(replace(INVOICE, bill=replace(BILL, gross=Decimal(gross)))))
    assert said in text
    assert "Nr rachunku" not in text


def test_the_account_of_all_stands_in_the_letterhead() -> None:
    head = replace(HEAD, account=ACCOUNT)
    assert "Rachunek: 69 1090 1098 7777 6000 0012 3456" in text_of(pdf_of(replace(INVOICE, letterhead=head)))


def test_threads_share_the_prepared_fonts() -> None:
    wanted = [pdf_of(snapshot) for snapshot in EXAMPLES]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pdf_of, EXAMPLES * 4)) == wanted * 4


def test_an_estimate_is_marked() -> None:
    estimated = replace(INVOICE.meters[0], estimated=True)
    bill = replace(BILL, lines=(replace(BILL.lines[0], estimated=True), *BILL.lines[1:]))
    text = text_of(pdf_of(replace(INVOICE, meters=(estimated,), bill=bill)))
    assert "22 m³ szacunkowy" in text
    assert "(szacunkowo)" in text


def test_three_pages_have_their_heads_and_numbers_and_lose_nothing() -> None:
    pages = pages_of(pdf_of(LONG_INVOICE))
    assert len(pages) == 3
    assert all("Lp. Nazwa usługi" in page for page in pages[:2])
    for number, page in enumerate(pages, 1):
        assert page.endswith(f"strona {number} z 3")
    text = " ".join(pages)
    assert LONG_NAME in text.replace("- ", "")
    for number in range(40):
        assert f"Źródlana {number}, Mirowice" in text
    assert text.count("Razem") == 1


def test_a_total_is_never_alone_on_a_page() -> None:
    for count in range(25, 60):
        rows = STATEMENT.rows[:1] * count
        last = pages_of(pdf_of(replace(STATEMENT, rows=rows)))[-1]
        assert "Saldo końcowe" not in last or "Faktura VAT" in last, count


def test_a_correction_shows_before_after_and_difference() -> None:
    text = text_of(pdf_of(CORRECTION))
    for said in (
        "Faktura korygująca nr KOR/202612/0000007/123456/20261203",
        "Koryguje fakturę FAK/202611/0000118/ 123456/20261122 z dnia 22 listopada 2026 r.",
        "Przyczyna korekty Błędny odczyt wodomierza 81234567 z dnia 21 listopada 2026 r.",
        "Przed korektą 8% 317,96 25,44 343,40",
        "Po korekcie 8% 255,76 20,46 276,22",
        "Różnica 8% −62,20 −4,98 −67,18",
        "Zmniejszenie 67,18 zł",
        "nadpłatę zwracamy na wniosek w ciągu 14 dni",
    ):
        assert said in text, said


def test_a_correction_upwards_is_to_be_paid_and_one_of_nothing_is_not() -> None:
    upwards = examples.difference(examples.AFTER, examples.BEFORE)
    pdf = pdf_of(replace(CORRECTION, before=examples.AFTER, after=examples.BEFORE, difference=upwards))
    assert "Do dopłaty 67,18 zł" in text_of(pdf)
    assert len(codes_on(pdf)) == 1
    none = examples.difference(examples.AFTER, examples.AFTER)
    text = text_of(pdf_of(replace(CORRECTION, before=examples.AFTER, difference=none)))
    assert "Kwota do zapłaty nie zmienia się." in text


def test_a_correction_of_the_buyer_shows_both() -> None:
    text = text_of(pdf_of(replace(CORRECTION, buyer_before=Buyer("Jan Błędny", ("ul. Zła 1",)))))
    assert "Nabywca przed korektą" in text
    assert "Jan Błędny" in text
    assert "Nabywca po korekcie" in text


@pytest.mark.parametrize("original", [INVOICE, CORRECTION, NOTE], ids=["invoice", "correction", "note"])
def test_a_duplicate_says_what_the_original_said(original: Snapshot) -> None:
    said = pages_of(pdf_of(original))
    mark = "DUPLIKAT wystawiony dnia 1 grudnia 2026 r. "
    again = pages_of(pdf_of(examples.duplicate(original)))
    assert len(again) == len(said)
    assert mark in again[0]
    for page, copy in zip(said, again, strict=True):  # but for the mark and the seal in the foot
        assert copy.replace(mark, "").split(" znacznik")[0] == page.split(" znacznik")[0]


def test_only_invoices_corrections_and_notes_have_duplicates() -> None:
    with pytest.raises(WrongInput, match="No duplicate"):
        duplicate.paper(examples.duplicate(RECEIPT))
    broken = replace(examples.duplicate(INVOICE), original="{}")
    assert isinstance(broken, Duplicate)
    with pytest.raises(WrongInput, match="invoice"):
        render(DocumentKind.DUPLICATE, to_json(broken))


def test_a_statement_runs_from_opening_to_closing() -> None:
    text = text_of(pdf_of(STATEMENT))
    for said in (
        "Saldo początkowe −20,00",
        "22.05.2026 Faktura VAT FAK/202605/0000099/ 123456/20260522 05.06.2026 301,15 281,15",
        "04.06.2026 Wpłata (przelew) 281,15 0,00",
        "Saldo końcowe 536,58",
        "Do zapłaty 536,58 zł",
        "w tym po terminie 188,40 zł",
        "2,38 zł (do 22.11.2026, nieobjęte notą)",
    ):
        assert said in text, said


@pytest.mark.parametrize(("closing", "said"), [("-12.30", "Nadpłata 12,30 zł"), ("0.00", "Saldo 0,00 zł")])
def test_a_statement_without_debt_asks_for_nothing(closing: str, said: str) -> None:
    pdf = pdf_of(replace(STATEMENT, closing=Decimal(closing), overdue=Decimal("0.00")))
    assert said in text_of(pdf)
    assert "Do zapłaty" not in text_of(pdf)
    assert codes_on(pdf) == []


@pytest.mark.parametrize("what", LedgerKind)
@pytest.mark.parametrize("method", [None, *PaymentMethod])
def test_there_are_words_for_every_entry(what: LedgerKind, method: PaymentMethod | None) -> None:
    row = replace(STATEMENT.rows[0], what=what, method=method)
    assert pdf_of(replace(STATEMENT, rows=(row,)))


def test_a_slip_holds_what_a_transfer_needs() -> None:
    text = text_of(pdf_of(SLIP))
    for said in (
        "Nazwa odbiorcy Wodociągi i Kanalizacja Mirowice Sp. z o.o., ul. Wodna 3, 43-400 Mirowice",
        "PLN 188,40",
        "Nazwa zleceniodawcy Łukasz Żółw, ul. Lipowa 4/12, 43-400 Mirowice",
        "Tytułem Klient 123456, zaległość do 22.11.2026",
    ):
        assert said in text, said


def test_a_demand_sums_up_and_warns() -> None:
    text = text_of(pdf_of(DEMAND))
    for said in (
        "FAK/202609/0000107/123456/20260922 06.10.2026 47 188,40 2,27 190,67",
        "Razem 489,55 10,70 500,25",
        "Wzywamy do zapłaty w terminie do 7 grudnia 2026 r.",
        "art. 8 ust. 1 pkt 2",
    ):
        assert said in text, said
    assert demand.CUT_OFF[:30] not in text_of(pdf_of(replace(DEMAND, warns_of_cut_off=False)))


def test_a_note_shows_every_rate_and_is_outside_vat() -> None:
    text = text_of(pdf_of(NOTE))
    assert f"{NOTE.rows[0].document} 301,15 06.08.2026–20.10.2026 76 9,25% 5,80" in text
    assert "nie podlegają podatkowi" in text
    assert interest_note.NAME in text


def test_a_receipt_says_how_much_how_and_for_what() -> None:
    text = text_of(pdf_of(RECEIPT))
    for said in ("Dowód wpłaty KP nr KP/2026/000233", "Przyjęto 188,40 zł", "gotówka", RECEIPT.purposes[0]):
        assert said in text, said


def test_what_has_no_glyph_is_seen_and_said_and_the_rest_goes_the_plain_way() -> None:
    pdf = pdf_of(replace(INVOICE, buyer=Buyer("Тарас 😀", ("ul. Lipowa 4",))))
    text = text_of(pdf)
    assert f"Тарас {REPLACEMENT}" in text
    assert REPLACED in text
    assert faults_of(pdf) == []


def test_a_joint_file_holds_every_paper_with_its_own_page_numbers() -> None:
    numbered = [replace(INVOICE, number=f"FAK/202611/{n:07d}/123456/20261122") for n in range(3)]
    snapshots: list[Snapshot] = [numbered[0], LONG_INVOICE, *numbered[1:]]
    papers = [(paper_of(each.kind, to_json(each)), to_json(each)) for each in snapshots]
    pdf = printed_together(papers, title="Wydruk zbiorczy")
    assert faults_of(pdf) == []
    single = [page for each in snapshots for page in pages_of(pdf_of(each))]
    assert pages_of(pdf) == single
    assert pdf == printed_together(papers, title="Wydruk zbiorczy")
    odd = replace(INVOICE, buyer=Buyer("Тарас", ("ul. Lipowa 4",)))
    mixed = printed_together([*papers, (invoice.paper(odd), to_json(odd))], title="Wydruk zbiorczy")
    assert pages_of(mixed) == [*single, *pages_of(pdf_of(odd))]
