"""The statement of a client's account over a period, with the running balance."""

from __future__ import annotations

from decimal import Decimal

from db.records.documents import to_json
from db.records.letters import BalanceStatement, StatementRow
from db.records.money import LedgerKind, PaymentMethod
from reports.documents.blocks import (
    Closing,
    Column,
    Fact,
    Head,
    Paper,
    Paragraph,
    Payment,
    Row,
    Table,
    Title,
)
from reports.documents.figures import account, figure, money
from reports.documents.invoice import period
from reports.documents.payment_code import payload
from reports.documents.printed import printed
from reports.documents.words import long_day, short_day

NAME = "Zestawienie rozrachunków"

WHAT = {
    LedgerKind.INVOICE: "Faktura VAT",
    LedgerKind.CORRECTION: "Faktura korygująca",
    LedgerKind.PAYMENT: "Wpłata",
    LedgerKind.INTEREST: "Nota odsetkowa",
    LedgerKind.REFUND: "Zwrot nadpłaty",
    LedgerKind.REVERSAL: "Storno wpłaty",
}
METHODS = {
    PaymentMethod.CASH: "gotówka",
    PaymentMethod.CARD: "karta",
    PaymentMethod.TRANSFER: "przelew",
    PaymentMethod.ONLINE: "płatność internetowa",
}


def paper(statement: BalanceStatement) -> Paper:
    """Return what the statement says."""
    head = statement.letterhead
    return Paper(
        title=f"{NAME} {statement.number}",
        number=statement.number,
        client_number=statement.client_number,
        letterhead=head,
        created=statement.issued_at,
        language=statement.language,
        blocks=(
            Head(
                (
                    ("Nr dokumentu", statement.number),
                    ("Nr klienta", statement.client_number),
                    ("Okres", period(statement.starts_on, statement.ends_on)),
                    ("Stan na dzień", long_day(statement.as_of)),
                ),
                statement.client_name,
                statement.mailing_lines,
                f"{head.town}, {long_day(statement.issued_on)}",
            ),
            Title(NAME),
            Paragraph(
                f"Przedstawiamy obroty na Państwa koncie od {long_day(statement.starts_on)} "
                f"do {long_day(statement.ends_on)} Saldo dodatnie oznacza kwotę do zapłaty, "
                "ujemne – nadpłatę."
            ),
            _table(statement),
            _summary(statement),
            Closing((statement.agent, "Biuro Obsługi Klienta")),
        ),
    )


def render(statement: BalanceStatement) -> bytes:
    """Return the statement as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(statement), to_json(statement))


def _table(statement: BalanceStatement) -> Table:
    opening = ("", "Saldo początkowe", "", "", "", "", figure(statement.opening))
    closing = ("", "Saldo końcowe", "", "", "", "", figure(statement.closing))
    rows = [Row(opening, strong=True), *map(_row, statement.rows), Row(closing, strong=True)]
    columns = (
        Column("Data", 19),
        Column("Operacja", 33),
        Column("Nr dokumentu", 38),
        Column("Termin", 19),
        Column("Obciążenie (zł)", 20, "R"),
        Column("Uznanie (zł)", 17, "R"),
        Column("Saldo (zł)", 19, "R"),
    )
    return Table(columns, tuple(rows))


def _row(row: StatementRow) -> Row:
    method = f" ({METHODS[row.method]})" if row.method is not None else ""
    return Row(
        (
            short_day(row.day),
            WHAT[row.what] + method,
            row.document,
            short_day(row.due_on) if row.due_on else "",
            _amount(row.charged),
            _amount(row.paid),
            figure(row.balance),
        )
    )


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else figure(amount)


def _summary(statement: BalanceStatement) -> Payment:
    """Return the balance in the box: owed with what is overdue in it, overpaid, or nothing."""
    closing = statement.closing
    if closing <= 0:
        label = "Nadpłata" if closing < 0 else "Saldo"
        return Payment(
            label, money(-closing if closing else closing), (("Nr rachunku", account(statement.account)),)
        )
    facts: list[Fact] = [("w tym po terminie", money(statement.overdue))]
    if statement.interest is not None:
        facts.append(
            ("Odsetki", f"{money(statement.interest)} (do {short_day(statement.as_of)}, nieobjęte notą)")
        )
    title = f"Klient {statement.client_number}, saldo na {short_day(statement.as_of)}"
    facts += [("Nr rachunku", account(statement.account)), ("Tytuł przelewu", title)]
    return Payment(
        "Do zapłaty",
        money(closing),
        tuple(facts),
        payload(statement.letterhead, statement.account, closing, title),
    )
