"""The correction invoice (faktura korygująca, Art. 106j of the VAT act)."""

from __future__ import annotations

from db.records.documents import to_json
from db.records.invoices import Bill, Correction
from reports.documents.blocks import (
    Block,
    Closing,
    Column,
    Fact,
    Head,
    Paper,
    Parties,
    Party,
    Payment,
    Row,
    Section,
    Table,
    Title,
)
from reports.documents.figures import account, figure, money, percent
from reports.documents.invoice import CLOSING, bill_table, buyer, meter_table, period, seller
from reports.documents.payment_code import payload
from reports.documents.printed import printed
from reports.documents.words import long_day, tied

NAME = "Faktura korygująca"


def paper(correction: Correction, *, mark: str = "") -> Paper:
    """Return what the correction says; `mark` is the word and day of a duplicate."""
    blocks: list[Block] = [
        Head(_references(correction), correction.buyer.name, correction.mailing_lines),
        Title(f"{NAME} nr {correction.number}", mark),
        _parties(correction),
        Section("Przyczyna korekty", (correction.reason,), dashes=False),
        bill_table(correction.before, "Przed korektą"),
        bill_table(correction.after, "Po korekcie"),
        _totals(correction),
        _payment(correction),
    ]
    if correction.meters:
        blocks.append(meter_table(correction.meters))
    blocks.append(Closing((), notes=CLOSING))
    return Paper(
        title=f"{NAME} {correction.number}",
        number=correction.number,
        client_number=correction.client_number,
        letterhead=correction.letterhead,
        created=correction.issued_at,
        language=correction.language,
        blocks=tuple(blocks),
    )


def render(correction: Correction) -> bytes:
    """Return the correction as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(correction), to_json(correction))


def _references(correction: Correction) -> tuple[Fact, ...]:
    return (
        ("Data wystawienia", long_day(correction.issued_on)),
        ("Koryguje fakturę", correction.corrected_number),
        ("z dnia", long_day(correction.corrected_on)),
        ("Nr klienta", correction.client_number),
        ("Nr umowy", correction.contract_number),
        ("Okres rozliczeniowy", period(correction.starts_on, correction.ends_on)),
        ("Grupa taryfowa", correction.tariff),
    )


def _parties(correction: Correction) -> Parties:
    """Return seller, buyer and supply point, the wrong buyer too when that is what is corrected."""
    buyers: tuple[Party, ...] = (buyer("Nabywca", correction.buyer),)
    if correction.buyer_before is not None:
        buyers = (
            buyer("Nabywca przed korektą", correction.buyer_before),
            buyer("Nabywca po korekcie", correction.buyer),
        )
    point = Party("Odbiorca usług – punkt poboru", correction.supply_point, ())
    return Parties((seller(correction.letterhead), *buyers, point))


def _totals(correction: Correction) -> Table:
    """Return the totals by rate, before, after and their difference (Art. 106j sec. 2 no. 6)."""
    rows: list[Row] = []
    for word, bill in (("Przed korektą", correction.before), ("Po korekcie", correction.after)):
        rows += _by_rate(word, bill)
    rows += [Row(row.cells, strong=True) for row in _by_rate("Różnica", correction.difference)]
    bill = correction.difference
    if len(bill.vat_totals) > 1:
        sums = ("Różnica razem", "", figure(bill.net), figure(bill.vat), figure(bill.gross))
        rows.append(Row(sums, strong=True))
    columns = (
        Column("", 26),
        Column("Stawka VAT", 22, "R"),
        Column("Wartość netto (zł)", 31, "R"),
        Column("Kwota VAT (zł)", 27, "R"),
        Column("Wartość brutto (zł)", 33, "R"),
    )
    return Table(columns, tuple(rows))


def _by_rate(word: str, bill: Bill) -> list[Row]:
    return [
        Row(
            (
                word if place == 0 else "",
                percent(total.rate),
                figure(total.net),
                figure(total.vat),
                figure(total.gross),
            )
        )
        for place, total in enumerate(bill.vat_totals)
    ]


def _payment(correction: Correction) -> Payment:
    """Return what follows from the difference: more to pay, money back, or nothing."""
    gross = correction.difference.gross
    if gross > 0:
        return Payment(
            label="Do dopłaty",
            amount=money(gross),
            facts=(
                ("Słownie", correction.in_words),
                ("Termin płatności", long_day(correction.due_on)),
                ("Nr rachunku", account(correction.account)),
                ("Tytuł przelewu", correction.number),
            ),
            payload=payload(correction.letterhead, correction.account, gross, correction.number),
        )
    if gross == 0:
        return Payment("Różnica", money(gross), (("Rozliczenie", "Kwota do zapłaty nie zmienia się."),))
    return Payment(
        label="Zmniejszenie",
        amount=money(-gross),
        facts=(
            ("Słownie", correction.in_words),
            (
                "Rozliczenie",
                tied("Zaliczymy na poczet należności; nadpłatę zwracamy na wniosek w ciągu 14 dni."),
            ),
        ),
    )
