"""What the desk has done in the database: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.office import Office
    from db.records.incoming import InboxCounts
    from db.records.request_views import RequestCounts
    from db.records.worklists import WorkCounts


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be done."""

    work: WorkCounts
    requests: RequestCounts
    mail: InboxCounts
    to_correct: int = 0
    """Invoices to correct: agents are told of none."""


def warm_up(office: Office) -> str:
    """Load what the first search and the first card need, and return the utility's short name."""
    from db.search import search_clients

    name = utility_name(office)
    office.read(search_clients, "a")
    return name


def utility_name(office: Office) -> str:
    """Return the utility's short name."""
    from db.queries.utility import utility

    return office.read(utility).short_name


def count(office: Office) -> Waiting:
    """Return how much waits for everybody."""
    from db.queries.inbox import inbox_counts
    from db.queries.requests import request_counts
    from db.queries.worklists import work_counts

    return Waiting(office.read(work_counts), office.read(request_counts), office.read(inbox_counts))


def count_all(office: Office) -> Waiting:
    """Count also what waits for supervisors alone."""
    from db.queries.invoices import invoices_to_correct

    return replace(count(office), to_correct=len(office.read(invoices_to_correct)))
