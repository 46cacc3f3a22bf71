"""A PESEL or NIP being typed, to be read back: large, with the day of birth and who else has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from bok_tui.asking import Asking
from bok_tui.looking import Looking
from bok_tui.screens import ebok_work
from bok_tui.screens.ebok_work import IdentityQuestion
from bok_tui.wording.ebok import identity_words

if TYPE_CHECKING:
    from db.records.identity import IdentityCheck


class IdentityPanel(Vertical):
    """Shows what the check of an identifier says, while it is typed."""

    DEFAULT_CSS = """
    IdentityPanel { height: auto; }
    IdentityPanel Digits { width: 1fr; color: $text-success; }
    IdentityPanel #identity { height: auto; }
    """

    def compose(self) -> ComposeResult:
        """Draw an empty panel."""
        yield Digits("", id="born")
        yield Static(id="identity")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._looking: Looking[IdentityQuestion, IdentityCheck] | None = None
        self._show(None)

    def look_at(self, form: Asking, question: IdentityQuestion, contact_id: int | None) -> None:
        """Check a value that is well-formed; an empty one clears the panel."""
        if self._looking is None:
            self._looking = Looking(form, ebok_work.check_identity, self._show)
        self._looking.ask(question if question.value.strip() else None, contact_id)

    def _show(self, check: IdentityCheck | None) -> None:
        large, lines = identity_words(check)
        born = self.query_one("#born", Digits)
        born.update("".join(large))
        born.display = bool(large)
        self.query_one("#identity", Static).update(
            Content("\n").join(Content.styled(words, style) for words, style in lines)
        )
