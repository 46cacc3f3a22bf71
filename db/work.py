"""What an operation or a query is given: one transaction, who acts, and when it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.policy import Policy
from db.records.people import StaffMember


@dataclass(slots=True)
class Work:
    """One transaction in the hands of one person; made by `Office` alone."""

    session: Session
    now: datetime
    today: date
    actor: StaffMember
    policy: Policy
    contact_id: int | None = None
    """The contact that this serves; every look at data is tied to it."""
    approver: StaffMember | None = None
    """The supervisor who signed this very operation at the agent's desk."""
    audit: list[dict[str, Any]] = field(default_factory=list)
    access: list[dict[str, Any]] = field(default_factory=list)

    def changed(
        self,
        action: str,
        subject: str,
        *,
        client_id: int | None = None,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        """Note a change for the audit log, written in the same commit. No personal data in clear."""
        self.audit.append(
            {
                **self._who(),
                "action": action,
                "subject": subject,
                "client_id": client_id,
                "contact_id": self.contact_id,
                "before": _json(before),
                "after": _json(after),
            }
        )

    def looked(self, action: str, scope: str, *, client_id: int | None = None) -> None:
        """Note a look at a client's data (VIEW, REVEAL, PRINT, EXPORT, SEARCH), without values."""
        self.access.append(
            {
                **self._who(),
                "client_id": client_id,
                "contact_id": self.contact_id,
                "action": action,
                "scope": scope[:160],
            }
        )

    def _who(self) -> dict[str, Any]:
        return {"at": self.now, "staff_id": self.actor.id or None, "staff_login": self.actor.login}


def _json(values: Mapping[str, object] | None) -> str | None:
    if values is None:
        return None
    return json.dumps(dict(values), default=str, sort_keys=True, ensure_ascii=False)
