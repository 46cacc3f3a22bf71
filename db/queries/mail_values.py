"""What every mail says of the office that sends it."""

from __future__ import annotations

from db.queries.utility import utility
from db.records.people import Role
from db.rules.identifiers import format_phone
from db.work import Work


def office_values(work: Work) -> dict[str, str]:
    """Return `utility`, `phone` and `agent` for `mail_text`; what the program does by itself names nobody."""
    own = utility(work)
    agent = "" if work.actor.role is Role.SYSTEM else work.actor.name
    return {"utility": own.name, "phone": format_phone(own.phone), "agent": agent}
