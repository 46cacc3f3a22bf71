"""What a complaint may be about: the bills, the readings and the meters of a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bok_tui.i18n import _
from bok_tui.wording.client import reading_words
from bok_tui.wording.figures import money_text
from db.records.clients import ClientCard, MeterCard
from db.records.ledger import AccountView
from db.records.readings import ReadingStatus
from db.records.requests import ComplaintSubject

MOST = 12
"""Bills and readings that a complaint may name."""
NONE = ""


@dataclass(frozen=True, slots=True)
class Related:
    """What a complaint may be about: the key of each and its words."""

    invoices: Sequence[tuple[str, str]]
    readings: Sequence[tuple[str, str]]
    meters: Sequence[tuple[str, str]]

    def of(self, subject: ComplaintSubject) -> list[tuple[str, str]]:
        """Return what a complaint about `subject` may name; nothing in particular comes last."""
        found = {
            ComplaintSubject.BILL: self.invoices,
            ComplaintSubject.READING: self.readings,
            ComplaintSubject.METER: self.meters,
        }.get(subject, ())
        return [*found, (NONE, _("none in particular"))]


def related_of(
    card: ClientCard | None,
    account: AccountView | None,
    *,
    invoice: str = "",
    meter: MeterCard | None = None,
) -> Related:
    """Return what a complaint of this client may be about, the `invoice` and the `meter` meant first."""
    invoices = list(account.invoices) if account else []
    invoices.sort(key=lambda line: bool(invoice) and line.number != invoice)
    meters = sorted(card.meters if card else (), key=lambda one: one != meter)
    return Related(
        invoices=[(line.number, f"{line.number}  {money_text(line.gross)}") for line in invoices[:MOST]],
        readings=[
            (str(line.id), f"{one.number}  {' '.join(reading_words(line, one.digits).split())}")
            for one in meters
            for line in one.recent
            if line.status == ReadingStatus.ACCEPTED
        ][:MOST],
        meters=[(one.number, one.number) for one in meters][:MOST],
    )
