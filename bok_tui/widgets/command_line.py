"""The command line: free text searches as it is typed, a code acts."""

from __future__ import annotations

from textual.widgets import Input


class CommandLine(Input):
    """The field at the top of the desk."""
