"""Contacts as the screens see them."""

from __future__ import annotations

from db.doors import DESK, query
from db.queries.contact_facts import find_contact, state_of, verification_of
from db.records.contacts import ContactState
from db.work import Work


@query(roles=DESK)
def contact_state(work: Work, contact_id: int) -> ContactState:
    """Return where a contact stands; raises NotFound."""
    row = find_contact(work, contact_id)
    return state_of(row, verification_of(work, row.client_id, row))
