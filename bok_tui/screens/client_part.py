"""What the parts of the client card know of the whole."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from bok_tui.screens.base import BokScreen
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.meter_panel import MeterPanel
from db.errors import BokError
from db.records.clients import ClientCard, MeterCard
from db.records.contacts import ContactState


class CardPart(BokScreen[None]):
    """Base of the parts that together are `ClientScreen`."""

    number: str
    card: ClientCard | None
    contact: ContactState | None

    @property
    def contact_id(self) -> int | None:
        """The contact that every look and every change is tied to."""
        return self.contact.id if self.contact else None

    @property
    def current_meter(self) -> MeterCard | None:
        """The meter under the cursor."""
        return self.query_one(MeterPanel).current

    @abstractmethod
    def tell(self, words: str, tone: Tone = Tone.DONE, *, duty: str = "") -> None:
        """Say how the last thing went; the whole card does."""

    @abstractmethod
    def tell_refusal(self, error: BokError) -> None:
        """Say why something was refused; the whole card does."""

    @abstractmethod
    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Read the card again; the whole card does."""

    @abstractmethod
    def action_show_tab(self, tab: str) -> None:
        """Show a tab; the whole card does."""
