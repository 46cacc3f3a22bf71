"""Documents about money as the office issues them, to be varied by the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from db.records.charges import Service
from db.records.clients import MeterRole
from db.records.documents import Snapshot, to_json
from db.records.invoices import (
    Bill,
    BilledLine,
    Buyer,
    Correction,
    Invoice,
    MonthlyUse,
    SettledMeter,
    VatTotal,
)
from db.records.letters import (
    BalanceStatement,
    Demand,
    DemandRow,
    Duplicate,
    InterestNote,
    InterestRow,
    PaymentSlip,
    Receipt,
    StatementRow,
)
from db.records.money import LedgerKind, PaymentMethod
from db.rules.amount_in_words import amount_in_words
from db.rules.bank_account import virtual_account
from tests.reports.examples import CONFIRMATION
from tests.reports.examples import HEAD as OLD_HEAD
from tests.reports.letter_examples import LETTERS

D = Decimal
HEAD = replace(OLD_HEAD, nip="5480000071")
NUMBER = "FAK/202611/0000118/123456/20261122"
ACCOUNT = virtual_account("10901098", "7777", "123456")
ISSUED = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 9, 41, 7, tzinfo=UTC)
MAILING = ("ul. Lipowa 4/12", "43-400 Mirowice")
POINT = "ul. Źródlana 7, 43-400 Mirowice"
LONG_NAME = (
    "Przedsiębiorstwo Wielobranżowe „Źródło” Spółka z ograniczoną odpowiedzialnością "
    "w upadłości układowej, Oddział w Żywcu"
).ljust(120, "ł")[:120]


def line(
    service: Service,
    quantity: str,
    price: str,
    *,
    starts_on: date = date(2026, 9, 22),
    ends_on: date = date(2026, 11, 21),
    vat_rate: str = "8",
    **more: object,
) -> BilledLine:
    """Return a line with its net value."""
    net = (D(quantity) * D(price)).quantize(D("0.01"), ROUND_HALF_UP)
    return BilledLine(service, starts_on, ends_on, D(quantity), D(price), net, D(vat_rate), **more)  # type: ignore[arg-type]  # the two optional fields


def bill(*lines: BilledLine) -> Bill:
    """Return lines with their totals by rate."""
    totals = []
    for rate in sorted({each.vat_rate for each in lines}, reverse=True):
        net = sum((each.net for each in lines if each.vat_rate == rate), D("0.00"))
        vat = (net * rate / 100).quantize(D("0.01"), ROUND_HALF_UP)
        totals.append(VatTotal(rate, net, vat, net + vat))
    net = sum((total.net for total in totals), D("0.00"))
    vat = sum((total.vat for total in totals), D("0.00"))
    return Bill(lines, tuple(totals), net, vat, net + vat)


CHANGE = date(2026, 10, 31)
BILL = bill(
    line(Service.WATER, "14.066", "5.84", ends_on=CHANGE),
    line(Service.WATER, "7.934", "6.12", starts_on=date(2026, 11, 1)),
    line(Service.SEWAGE, "11.508", "9.71", ends_on=CHANGE),
    line(Service.SEWAGE, "6.492", "10.05", starts_on=date(2026, 11, 1)),
    line(Service.STANDING, "2", "7.35"),
)
USES = (9, 8, 11, 10, 9, 12, 13, 15, 14, 11, 10, 9, 9, 8, 10, 10, 11, 12, 16, 18, 13, 11, 11, 11)
HISTORY = tuple(
    MonthlyUse(f"{2024 + (10 + place) // 12}-{(10 + place) % 12 + 1:02d}", volume)
    for place, volume in enumerate(USES)
)

INVOICE = Invoice(
    number=NUMBER,
    issued_on=ISSUED,
    issued_at=AT,
    letterhead=HEAD,
    client_number="123456",
    contract_number="U/2019/004512",
    buyer=Buyer("Łukasz Żółw", MAILING),
    mailing_lines=MAILING,
    supply_point=POINT,
    tariff="G1 – gospodarstwa domowe",
    starts_on=date(2026, 9, 22),
    ends_on=date(2026, 11, 21),
    due_on=date(2026, 12, 7),
    account=ACCOUNT,
    bill=BILL,
    in_words=amount_in_words(BILL.gross),
    meters=(
        SettledMeter("81234567", MeterRole.MAIN, date(2026, 9, 21), 1465, date(2026, 11, 21), 1487, 22),
        SettledMeter(
            "90000123", MeterRole.GARDEN, date(2026, 9, 21), 99998, date(2026, 11, 21), 2, 4, rollover=True
        ),
    ),
    history=HISTORY,
    explanation=(
        "Okres rozliczeniowy trwał 61 dni; zużyli Państwo 22 m³ wody, średnio 0,36 m³ na dobę.",
        "To o 2 m³ więcej niż w poprzednim okresie i o 1 m³ mniej niż rok temu.",
        "Od 1 listopada 2026 r. obowiązuje nowa taryfa: woda 6,12 zł zamiast 5,84 zł za m³ netto.",
    ),
)

LONG_INVOICE_BILL = bill(
    *(
        line(
            service,
            f"{14 + place}.{place:03d}",
            "5.84",
            supply_point=f"ul. Źródlana {place}, Mirowice",
            estimated=place % 7 == 0,
            vat_rate="23" if service is Service.STANDING else "8",
        )
        for place, service in enumerate((*Service, *Service, Service.WATER, Service.SEWAGE) * 5)
    )
)


def duplicate(original: Snapshot) -> Duplicate:
    """Return a duplicate of `original`."""
    return Duplicate(
        original.number,
        date(2026, 12, 1),
        datetime(2026, 12, 1, 8, tzinfo=UTC),
        original.kind,
        to_json(original),
    )


AFTER = bill(
    line(Service.WATER, "18", "5.84"), line(Service.SEWAGE, "14", "9.71"), line(Service.STANDING, "2", "7.35")
)
BEFORE = bill(
    line(Service.WATER, "22", "5.84"), line(Service.SEWAGE, "18", "9.71"), line(Service.STANDING, "2", "7.35")
)


def difference(before: Bill, after: Bill) -> Bill:
    """Return `after` less `before`."""
    taken = (
        BilledLine(
            each.service, each.starts_on, each.ends_on, -each.quantity, each.price, -each.net, each.vat_rate
        )
        for each in before.lines
    )
    return bill(*taken, *after.lines)


DIFFERENCE = difference(BEFORE, AFTER)
CORRECTION = Correction(
    number="KOR/202612/0000007/123456/20261203",
    issued_on=date(2026, 12, 3),
    issued_at=datetime(2026, 12, 3, 11, 2, tzinfo=UTC),
    letterhead=HEAD,
    client_number="123456",
    contract_number="U/2019/004512",
    corrected_number=NUMBER,
    corrected_on=ISSUED,
    reason="Błędny odczyt wodomierza 81234567 z dnia 21 listopada 2026 r.",
    buyer=INVOICE.buyer,
    buyer_before=None,
    mailing_lines=MAILING,
    supply_point=POINT,
    tariff=INVOICE.tariff,
    starts_on=INVOICE.starts_on,
    ends_on=INVOICE.ends_on,
    due_on=date(2026, 12, 17),
    account=ACCOUNT,
    before=BEFORE,
    after=AFTER,
    difference=DIFFERENCE,
    in_words=amount_in_words(abs(DIFFERENCE.gross)),
    meters=(SettledMeter("81234567", MeterRole.MAIN, date(2026, 9, 21), 1465, date(2026, 11, 21), 1483, 18),),
)

STATEMENT = BalanceStatement(
    number="S/2026/000031",
    issued_on=ISSUED,
    issued_at=AT,
    letterhead=HEAD,
    client_number="123456",
    client_name="Łukasz Żółw",
    mailing_lines=MAILING,
    starts_on=date(2026, 5, 1),
    ends_on=ISSUED,
    opening=D("-20.00"),
    rows=(
        StatementRow(
            date(2026, 5, 22),
            LedgerKind.INVOICE,
            "FAK/202605/0000099/123456/20260522",
            date(2026, 6, 5),
            D("301.15"),
            None,
            D("281.15"),
        ),
        StatementRow(
            date(2026, 6, 4),
            LedgerKind.PAYMENT,
            "",
            None,
            None,
            D("281.15"),
            D("0.00"),
            PaymentMethod.TRANSFER,
        ),
        StatementRow(
            date(2026, 9, 22),
            LedgerKind.INVOICE,
            "FAK/202609/0000107/123456/20260922",
            date(2026, 10, 6),
            D("288.40"),
            None,
            D("288.40"),
        ),
        StatementRow(
            date(2026, 10, 20),
            LedgerKind.PAYMENT,
            "",
            None,
            None,
            D("100.00"),
            D("188.40"),
            PaymentMethod.CASH,
        ),
        StatementRow(
            ISSUED, LedgerKind.INVOICE, NUMBER, date(2026, 12, 7), BILL.gross, None, D("188.40") + BILL.gross
        ),
    ),
    closing=D("188.40") + BILL.gross,
    overdue=D("188.40"),
    as_of=ISSUED,
    account=ACCOUNT,
    agent="Anna Nowak",
    interest=D("2.38"),
)

SLIP = PaymentSlip(
    number="W/2026/000012",
    issued_on=ISSUED,
    issued_at=AT,
    letterhead=HEAD,
    client_number="123456",
    payer="Łukasz Żółw",
    payer_lines=MAILING,
    account=ACCOUNT,
    amount=D("188.40"),
    title="Klient 123456, zaległość do 22.11.2026",
    in_words=amount_in_words(D("188.40")),
    due_on=date(2026, 12, 7),
)

DEMAND = Demand(
    number="WZ/2026/000044",
    issued_on=ISSUED,
    issued_at=AT,
    letterhead=HEAD,
    client_number="123456",
    client_name="Łukasz Żółw",
    mailing_lines=MAILING,
    rows=(
        DemandRow("FAK/202607/0000099/123456/20260722", date(2026, 8, 5), D("301.15"), 109, D("8.43")),
        DemandRow("FAK/202609/0000107/123456/20260922", date(2026, 10, 6), D("188.40"), 47, D("2.27")),
    ),
    principal=D("489.55"),
    interest=D("10.70"),
    total=D("500.25"),
    in_words=amount_in_words(D("500.25")),
    pay_by=date(2026, 12, 7),
    account=ACCOUNT,
    agent="Anna Nowak",
    warns_of_cut_off=True,
)

NOTE = InterestNote(
    number="NO/2026/000009",
    issued_on=ISSUED,
    issued_at=AT,
    letterhead=HEAD,
    client_number="123456",
    client_name="Łukasz Żółw",
    mailing_lines=MAILING,
    rows=(
        InterestRow(NUMBER, D("301.15"), date(2026, 8, 6), date(2026, 10, 20), 76, D("9.25"), D("5.80")),
        InterestRow(NUMBER, D("201.15"), date(2026, 10, 21), date(2026, 11, 22), 33, D("9.25"), D("1.68")),
    ),
    total=D("7.48"),
    in_words=amount_in_words(D("7.48")),
    due_on=date(2026, 12, 7),
    account=ACCOUNT,
    agent="Anna Nowak",
)

RECEIPT = Receipt(
    number="KP/2026/000233",
    issued_on=ISSUED,
    issued_at=AT,
    letterhead=HEAD,
    client_number="123456",
    payer="Łukasz Żółw",
    payer_lines=MAILING,
    amount=D("188.40"),
    in_words=amount_in_words(D("188.40")),
    method=PaymentMethod.CASH,
    purposes=("FAK/202609/0000107/123456/20260922",),
    paid_on=ISSUED,
    agent="Anna Nowak",
)

LONG_INVOICE = replace(
    INVOICE,
    buyer=Buyer(LONG_NAME, MAILING, "5480000071"),
    bill=LONG_INVOICE_BILL,
    in_words=amount_in_words(LONG_INVOICE_BILL.gross),
)
"""40 lines and a name of 120 characters."""

EXAMPLES: tuple[Snapshot, ...] = (
    CONFIRMATION,
    INVOICE,
    CORRECTION,
    duplicate(INVOICE),
    STATEMENT,
    SLIP,
    DEMAND,
    NOTE,
    RECEIPT,
    *LETTERS,
)
"""One of every kind."""
