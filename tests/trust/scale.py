"""How much the trust tests do: enough to catch the control, or the full figures.

`BOK_TRUST_SCALE=full pytest tests/trust` runs what the table of tests asks for; without it the
same tests run in seconds. Read at import, because tests clear the environment.
"""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Figures of one run."""

    processes: tuple[int, ...]
    """Writers at once; the test runs once for each."""
    writes: int
    """Acknowledged writes of each process."""
    kill_rounds: int
    """Rounds of `killed_at_once` writers that are killed in the middle of their work."""
    killed_at_once: int
    mutants: int = 300
    """Damaged bank files of each kind."""
    mails: int = 1000
    """Damaged messages."""
    harmful: int = 100
    """Messages made to harm."""
    batch_rows: int = 40
    """Rows of a batch whose screen is killed, on PostgreSQL; always 200 on SQLite."""
    same_mail: int = 1000
    """Copies of one message."""
    hostile_papers: int = 300
    """Documents of hostile text."""
    quotes: int = 100
    """Changed inputs of a quote, and half as many of other bytes."""
    names: int = 20_000
    """File names."""
    invoices: int = 480
    """Issued at once by all processes together."""

    @property
    def kills(self) -> int:
        """Processes that are killed altogether."""
        return self.kill_rounds * self.killed_at_once


QUICK = Scale(processes=(8,), writes=200, kill_rounds=13, killed_at_once=4)
"""8 processes x 200 writes, 52 kills, 300 bank files, 1,100 mails, 300 hostile papers, 480 invoices."""
FULL = Scale(
    processes=(8, 32),
    writes=1000,
    kill_rounds=250,
    killed_at_once=4,
    mutants=6000,
    mails=20_000,
    harmful=1000,
    batch_rows=200,
    same_mail=10_000,
    hostile_papers=20_000,
    quotes=2000,
    invoices=2000,
)
"""8 and 32 processes x 1,000 writes, 1,000 kills; 6,000 bank files, 21,000 mails, 20,000 hostile papers and
2,000 invoices."""

SCALE = FULL if os.environ.get("BOK_TRUST_SCALE") == "full" else QUICK
