"""What is said of a PESEL or NIP that is to be completed, before anybody writes it down."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.records.requests import RequestField


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """Whether it can be one, and who else has it: counted, never named."""

    field: RequestField
    """PESEL or NIP."""
    error: str | None = None
    """Why it cannot be one, an English template; then nothing else is told."""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """What stands in its places."""
    birth_date: date | None = None
    """To be read back to the caller: swapped digits of equal weight pass the check digit. None for a NIP."""
    duplicates: int = 0
    """Other clients who have it."""
    second_parties: int = 0
    """Contracts of others on which somebody with it stands as a further party."""
    own_second_party: bool = False
    """It is that of a further party of this very client's contract, not of the first."""
    on_file: bool = False
    """The client has one already, and another than this."""

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look twice before it is written down."""
        return bool(self.error or self.duplicates or self.own_second_party or self.on_file)
