"""The application's styles: each source is parsed once for the colours it stands in."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Styles(Stylesheet):
    """Textual's stylesheet, which parses everything anew whenever a theme or a screen is set, but this one
    does so only for other variables: what was parsed with the same ones is the same."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of a theme, forgetting what was parsed when they are others."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new; the rules stay as they were when it cannot be read."""
        self.parse()
