"""A field for passwords: what is typed never leaves it."""

from __future__ import annotations

from textual.widgets import Input


class SecretField(Input):
    """A password field whose text cannot be copied or cut, unlike Textual's."""

    def __init__(
        self,
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        max_length: int = 256,
    ) -> None:
        super().__init__(
            placeholder=placeholder, id=id, password=True, max_length=max_length, select_on_focus=False
        )

    def action_copy(self) -> None:
        """Refuse: a password never reaches the clipboard."""
        self.app.bell()

    def action_cut(self) -> None:
        """Refuse: a password never reaches the clipboard."""
        self.app.bell()
