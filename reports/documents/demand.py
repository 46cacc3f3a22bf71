"""The demand for payment (wezwanie do zapłaty)."""

from __future__ import annotations

from db.records.documents import to_json
from db.records.letters import Demand
from reports.documents.blocks import (
    Block,
    Closing,
    Column,
    Head,
    Paper,
    Paragraph,
    Payment,
    Row,
    Section,
    Table,
    Title,
)
from reports.documents.figures import account, figure, money
from reports.documents.payment_code import payload
from reports.documents.printed import printed
from reports.documents.words import long_day, short_day

NAME = "Wezwanie do zapłaty"

CONSEQUENCES = (
    "Po bezskutecznym upływie terminu możemy skierować sprawę na drogę postępowania sądowego, "
    "co wiąże się z dodatkowymi kosztami.",
    "Odsetki ustawowe za opóźnienie (art. 481 Kodeksu cywilnego) naliczono do dnia wystawienia wezwania; "
    "będą naliczane dalej, do dnia zapłaty.",
    "Jeżeli należność została już zapłacona, prosimy o kontakt; dziękujemy za wpłatę.",
)
CUT_OFF = (
    "Nieuiszczenie opłat za dwa pełne okresy obrachunkowe następujące po dniu otrzymania upomnienia "
    "w sprawie zaległej opłaty uprawnia nas do odcięcia dostawy wody (art. 8 ust. 1 pkt 2 ustawy z dnia "
    "7 czerwca 2001 r. o zbiorowym zaopatrzeniu w wodę i zbiorowym odprowadzaniu ścieków), o czym "
    "zawiadamiamy co najmniej 20 dni wcześniej."
)


def paper(demand: Demand) -> Paper:
    """Return what the demand says."""
    head = demand.letterhead
    sentences = (*CONSEQUENCES[:1], *((CUT_OFF,) if demand.warns_of_cut_off else ()), *CONSEQUENCES[1:])
    blocks: tuple[Block, ...] = (
        Head(
            (("Nr dokumentu", demand.number), ("Nr klienta", demand.client_number)),
            demand.client_name,
            demand.mailing_lines,
            f"{head.town}, {long_day(demand.issued_on)}",
        ),
        Title(NAME),
        Paragraph("Szanowni Państwo,"),
        Paragraph(
            "do dnia wystawienia tego wezwania nie odnotowaliśmy zapłaty należności wymienionych niżej. "
            f"Wzywamy do zapłaty w terminie do {long_day(demand.pay_by)}"
        ),
        _table(demand),
        _payment(demand),
        Section("Pouczenie", sentences),
        Closing((demand.agent, "Biuro Obsługi Klienta")),
    )
    return Paper(
        title=f"{NAME} {demand.number}",
        number=demand.number,
        client_number=demand.client_number,
        letterhead=head,
        created=demand.issued_at,
        language=demand.language,
        blocks=blocks,
    )


def render(demand: Demand) -> bytes:
    """Return the demand as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(demand), to_json(demand))


def _table(demand: Demand) -> Table:
    rows = [
        Row(
            (
                row.document,
                short_day(row.due_on),
                str(row.days_late),
                figure(row.amount),
                figure(row.interest),
                figure(row.amount + row.interest),
            )
        )
        for row in demand.rows
    ]
    sums = ("Razem", "", "", figure(demand.principal), figure(demand.interest), figure(demand.total))
    columns = (
        Column("Dokument", 63),
        Column("Termin płatności", 21, "R"),
        Column("Dni opóźnienia", 22, "R"),
        Column("Należność (zł)", 21, "R"),
        Column("Odsetki (zł)", 17, "R"),
        Column("Razem (zł)", 21, "R"),
    )
    return Table(columns, (*rows, Row(sums, strong=True)))


def _payment(demand: Demand) -> Payment:
    title = f"Wezwanie {demand.number}, klient {demand.client_number}"
    return Payment(
        "Do zapłaty",
        money(demand.total),
        (
            ("Słownie", demand.in_words),
            ("Termin zapłaty", long_day(demand.pay_by)),
            ("Nr rachunku", account(demand.account)),
            ("Tytuł przelewu", title),
        ),
        payload(demand.letterhead, demand.account, demand.total, title),
    )
