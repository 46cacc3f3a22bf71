"""The VAT invoice (faktura VAT, Art. 106e of the VAT act)."""

from __future__ import annotations

from datetime import date

from db.records.charges import Service
from db.records.clients import MeterRole
from db.records.documents import to_json
from db.records.invoices import Bill, BilledLine, Buyer, Invoice, SettledMeter
from db.records.paper import Letterhead
from reports.documents.blocks import (
    Block,
    Chart,
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
from reports.documents.payment_code import payload
from reports.documents.printed import printed
from reports.documents.words import cubic_metres, long_day, short_day, tied, whole

NAME = "Faktura VAT"

SERVICES = {
    Service.WATER: "Dostarczanie wody",
    Service.SEWAGE: "Odprowadzanie ścieków",
    Service.STANDING: "Opłata abonamentowa",
}
UNITS = {Service.WATER: "m³", Service.SEWAGE: "m³", Service.STANDING: "mies."}
ROLES = {MeterRole.MAIN: "główny", MeterRole.GARDEN: "ogrodowy"}


def paper(invoice: Invoice, *, mark: str = "") -> Paper:
    """Return what the invoice says; `mark` is the word and day of a duplicate."""
    blocks: list[Block] = [
        Head(_references(invoice), invoice.buyer.name, invoice.mailing_lines),
        Title(f"{NAME} nr {invoice.number}", mark),
        Parties(
            (
                seller(invoice.letterhead),
                buyer("Nabywca", invoice.buyer),
                Party("Odbiorca usług – punkt poboru", invoice.supply_point, ()),
            )
        ),
        bill_table(invoice.bill),
        vat_table(invoice.bill),
        _payment(invoice),
    ]
    if invoice.meters:
        blocks.append(meter_table(invoice.meters))
    if invoice.explanation:
        blocks.append(Section("Skąd ta kwota", invoice.explanation))
    if invoice.history:
        months = tuple((use.month, use.volume) for use in invoice.history)
        blocks.append(Chart(_chart_heading(len(months)), months))
    blocks.append(Closing((), notes=CLOSING))
    return Paper(
        title=f"{NAME} {invoice.number}",
        number=invoice.number,
        client_number=invoice.client_number,
        letterhead=invoice.letterhead,
        created=invoice.issued_at,
        language=invoice.language,
        blocks=tuple(blocks),
    )


def render(invoice: Invoice) -> bytes:
    """Return the invoice as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(invoice), to_json(invoice))


CLOSING = ("Dokument elektroniczny, nie wymaga podpisu. Reklamacja nie wstrzymuje obowiązku zapłaty.",)


def seller(head: Letterhead) -> Party:
    """Return the utility as the seller."""
    return Party("Sprzedawca", head.name, (*head.address_lines, f"NIP {head.nip}"))


def buyer(role: str, who: Buyer) -> Party:
    """Return who is charged, with the NIP of a business."""
    return Party(role, who.name, (*who.address_lines, *((f"NIP {who.nip}",) if who.nip else ())))


def period(starts_on: date, ends_on: date) -> str:
    """Return `1.10.2026–31.10.2026` in full figures."""
    return f"{short_day(starts_on)}–{short_day(ends_on)}"


def bill_table(bill: Bill, heading: str = "") -> Table:
    """Return the lines of a bill (Art. 106e sec. 1 no. 7-12)."""
    volumes = [line.quantity for line in bill.lines if line.service is not Service.STANDING]
    places = 3 if any(volume != int(volume) for volume in volumes) else 0
    rows = [
        Row(
            (
                str(number),
                _service(line),
                period(line.starts_on, line.ends_on),
                UNITS[line.service],
                figure(line.quantity, 0 if line.service is Service.STANDING else places),
                figure(line.price),
                figure(line.net),
                percent(line.vat_rate),
            )
        )
        for number, line in enumerate(bill.lines, 1)
    ]
    columns = (
        Column("Lp.", 7, "R"),
        Column("Nazwa usługi", 41),
        Column("Okres rozliczeniowy", 37),
        Column("j.m.", 12),
        Column("Ilość", 16, "R"),
        Column("Cena netto (zł)", 17, "R"),
        Column("Wartość netto (zł)", 20, "R"),
        Column("Stawka VAT", 15, "R"),
    )
    return Table(columns, tuple(rows), heading)


def _service(line: BilledLine) -> str:
    point = f" – {tied(line.supply_point)}" if line.supply_point else ""
    return f"{SERVICES[line.service]}{point}{' (szacunkowo)' if line.estimated else ''}"


def vat_table(bill: Bill, heading: str = "") -> Table:
    """Return the totals by rate and their sum (Art. 106e sec. 1 no. 13-15)."""
    rows = [
        Row(("", percent(total.rate), figure(total.net), figure(total.vat), figure(total.gross)))
        for total in bill.vat_totals
    ]
    rows.append(Row(("Razem", "", figure(bill.net), figure(bill.vat), figure(bill.gross)), strong=True))
    columns = (
        Column("", 16),
        Column("Stawka VAT", 22, "R"),
        Column("Wartość netto (zł)", 31, "R"),
        Column("Kwota VAT (zł)", 27, "R"),
        Column("Wartość brutto (zł)", 33, "R"),
    )
    return Table(columns, tuple(rows), heading)


def meter_table(meters: tuple[SettledMeter, ...]) -> Table:
    """Return what was settled on each meter."""
    columns = (
        Column("Wodomierz", 22),
        Column("Rodzaj", 17),
        Column("Od dnia", 20, "R"),
        Column("Stan", 13, "R"),
        Column("Do dnia", 20, "R"),
        Column("Stan", 13, "R"),
        Column("Dni", 8, "R"),
        Column("Zużycie", 15, "R"),
        Column("Odczyt", 37),
    )
    return Table(columns, tuple(map(_meter_row, meters)), "Rozliczenie wodomierzy")


def _meter_row(meter: SettledMeter) -> Row:
    remarks = (
        "szacunkowy" if meter.estimated else "rzeczywisty",
        "przez zero" if meter.rollover else "",
        "wymontowany" if meter.removed else "",
    )
    return Row(
        (
            meter.number,
            ROLES[meter.role],
            short_day(meter.from_day),
            whole(meter.from_state),
            short_day(meter.to_day),
            whole(meter.to_state),
            str((meter.to_day - meter.from_day).days),
            cubic_metres(meter.consumption),
            ", ".join(filter(None, remarks)),
        )
    )


def _references(invoice: Invoice) -> tuple[Fact, ...]:
    return (
        ("Data wystawienia", long_day(invoice.issued_on)),
        ("Nr klienta", invoice.client_number),
        ("Nr umowy", invoice.contract_number),
        ("Okres rozliczeniowy", period(invoice.starts_on, invoice.ends_on)),
        ("Grupa taryfowa", invoice.tariff),
    )


def _payment(invoice: Invoice) -> Payment:
    """Return what is to be paid; an invoice of nothing or less asks for no transfer."""
    gross = invoice.bill.gross
    if gross <= 0:
        label = "Do zwrotu" if gross < 0 else "Do zapłaty"
        return Payment(label, money(abs(gross)), (("Słownie", invoice.in_words),))
    return Payment(
        label="Do zapłaty",
        amount=money(gross),
        facts=(
            ("Słownie", invoice.in_words),
            ("Termin płatności", long_day(invoice.due_on)),
            ("Nr rachunku", account(invoice.account)),
            ("Tytuł przelewu", invoice.number),
        ),
        payload=payload(invoice.letterhead, invoice.account, gross, invoice.number),
    )


def _chart_heading(months: int) -> str:
    if months == 1:
        return "Zużycie wody w ostatnim miesiącu (m³)"
    return f"Zużycie wody w ostatnich {months} miesiącach (m³)"
