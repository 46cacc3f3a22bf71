"""What the desk has done in the database: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.office import Office
    from db.records.requests import RequestCounts
    from db.records.worklists import WorkCounts

    Waiting = tuple[WorkCounts, RequestCounts, int]


def warm_up(office: Office) -> str:
    """Load what the first search and the first card need, and return the utility's short name."""
    from db.queries.utility import utility
    from db.search import search_clients

    name = office.read(utility).short_name
    office.read(search_clients, "a")
    return name


def count(office: Office) -> Waiting:
    """Return how much waits, and no invoices to correct: agents are told of none."""
    from db.queries.requests import request_counts
    from db.queries.worklists import work_counts

    return office.read(work_counts), office.read(request_counts), 0


def count_all(office: Office) -> Waiting:
    """Count also what waits for supervisors alone."""
    from db.queries.invoices import invoices_to_correct

    counts, requests, _none = count(office)
    return counts, requests, len(office.read(invoices_to_correct))
