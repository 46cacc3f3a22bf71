"""The answer of `bok db check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is always true, and whether it is."""

    name: str
    ok: bool
    message: str = ""
    """What was found: an English template with `%(name)s` placeholders."""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The message with its parameters, in English."""
        return self.message % self.params if self.params else self.message


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All checks; `ok` only when each is."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True when every check passed."""
        return all(check.ok for check in self.checks)
