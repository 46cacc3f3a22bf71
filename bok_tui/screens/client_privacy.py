"""Values from the card: copying one, revealing a masked one for a moment."""

from __future__ import annotations

from functools import partial

from textual.screen import ModalScreen
from textual.timer import Timer

from bok_tui.dialogs.pick import PickDialog
from bok_tui.i18n import _
from bok_tui.screens import client_work
from bok_tui.screens.client_part import CardPart
from bok_tui.widgets.client_head import ClientHead
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.labels import private_label
from db.records.clients import Masked, PrivateValue


class CardPrivacy(CardPart):
    """Part of the card: `c` and `r`."""

    masked_again_after = 30.0
    """Seconds for which a revealed value is shown."""
    last_path = ""
    """Where the document printed last lies."""
    revealed: dict[tuple[Masked, int], str] = {}  # noqa: RUF012 - replaced, never changed
    _mask_timer: Timer | None = None

    # -- copying

    def action_copy(self) -> None:
        """Copy a number or the address; a digit says which."""
        choices = self._copies()
        if not choices:
            return
        options = [(text, f"{name}  {text}") for name, text in choices]

        def picked(text: str | None) -> None:
            if text is not None:
                self.bok.copy_text(text, quietly=True)
                self.tell(
                    _("Copied: %(text)s  (empty clipboard? Select it here with Shift)") % {"text": text}
                )

        self.app.push_screen(PickDialog(_("Copy what?"), options), picked)

    def _copies(self) -> list[tuple[str, str]]:
        card = self.card
        if card is None:
            return []
        found = [(_("client number"), card.number)]
        if self.current_meter is not None:
            found.append((_("meter number"), self.current_meter.number))
        address = card.mailing_address or card.supply_address
        if card.supply_address is not None:
            found.append((_("address"), card.supply_address.line))
        if address is not None and address != card.supply_address:
            found.append((_("mailing address"), address.line))
        if self.last_path:
            found.append((_("path of the document"), self.last_path))
        return found

    # -- revealing

    def action_reveal(self) -> None:
        """Show a masked value for a moment; a digit says which, when there are several."""
        masked = self._masked()
        if not masked:
            self.app.bell()
            self.tell(_("Nothing is masked here."), Tone.QUIET)
            return
        if len(masked) == 1:
            self._reveal(masked[0])
            return
        by_key = {f"{value.field}:{value.key}": value for value in masked}
        options = [(key, f"{private_label(value.field)}  {value.shown}") for key, value in by_key.items()]

        def picked(key: str | None) -> None:
            if key is not None:
                self._reveal(by_key[key])

        self.app.push_screen(PickDialog(_("Reveal what? It is logged."), options), picked)

    def _masked(self) -> list[PrivateValue]:
        if self.card is None:
            return []
        values = [self.card.pesel] if self.card.pesel else []
        return [value for value in (*values, *self.card.contact_points) if value.masked]

    def _reveal(self, value: PrivateValue) -> None:
        def take(clear: str) -> None:
            self._show_revealed({**self.revealed, (value.field, value.key): clear})
            if self._mask_timer is not None:
                self._mask_timer.stop()
            self._mask_timer = self.set_timer(self.masked_again_after, self.mask_again)
            self.tell(
                _("%(what)s shown for %(seconds)s s; the look is logged.")
                % {"what": private_label(value.field), "seconds": int(self.masked_again_after)},
                Tone.QUIET,
            )

        self.ask(
            partial(client_work.reveal, number=self.number, field=value.field, key=value.key),
            take,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def mask_again(self) -> None:
        """Mask everything that was revealed."""
        if self._mask_timer is not None:
            self._mask_timer.stop()
            self._mask_timer = None
        self._show_revealed({})

    def _show_revealed(self, revealed: dict[tuple[Masked, int], str]) -> None:
        self.revealed = revealed
        self.query_one(ClientHead).revealed = dict(revealed)

    def on_screen_suspend(self) -> None:
        """Mask again when the screen is left; a dialog of the same call is still the same screen."""
        if self.revealed and not isinstance(self.app.screen, ModalScreen):
            self.mask_again()
