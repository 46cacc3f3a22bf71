"""Requests as they are shown: in a list, and opened with everything that belongs to them. Plain records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.records.people import Channel
from db.records.requests import ComplaintSubject, RequestEvent, RequestField, RequestKind, RequestState


@dataclass(frozen=True, slots=True)
class RequestItemView:
    """One field of a request, side by side."""

    field: RequestField
    old: str | None
    """As it was when the request came; as now on the card where it has not been applied."""
    new: str | None
    current: str | None
    """What the card holds now, for an open request; differs from `old` when it was changed meanwhile."""
    masked: bool = False

    @property
    def changes(self) -> bool:
        """Whether the field is really another."""
        return self.old != self.new

    @property
    def moved(self) -> bool:
        """Whether the card was changed since the request came."""
        return self.current != self.old


@dataclass(frozen=True, slots=True)
class RequestStepView:
    """What happened to a request, who did it and why."""

    at: datetime
    event: RequestEvent
    state: RequestState
    agent: str | None
    """None for the program."""
    reason: str | None = None
    """A reject reason's code."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list."""

    id: int
    number: str
    """`W/2026/00418`."""
    kind: RequestKind
    state: RequestState
    client_number: str
    client_name: str
    channel: Channel
    submitted_at: datetime
    deadline: date
    days_left: int
    """Calendar days to the deadline; negative when it has passed."""
    working_days_old: int
    four_eyes: bool
    assignee: str | None
    """Who has taken it, while the lease runs."""
    mine: bool
    submitted_by: int | None
    """Staff id of who took it in; None for the portal."""
    effective_on: date | None = None
    can_decide: bool = True
    """False for who took in a four-eyes request themselves, and for whom the role is missing."""


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """What belongs to a complaint alone."""

    subject: ComplaintSubject
    invoice: str | None
    """The one named; of a complaint about a reading, the one that settled it."""
    reading_id: int | None
    meter: str | None
    """The one named, or the one that was read."""
    repeats: int
    """Earlier complaints of this client about the same subject."""
    deemed_on: date | None
    """The day on which it was deemed accepted."""
    answered_on: date | None = None
    reading_day: date | None = None
    reading_state: int | None = None
    """In whole m³, as the dial showed it."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with everything that belongs to it."""

    line: RequestLine
    items: tuple[RequestItemView, ...]
    steps: tuple[RequestStepView, ...]
    """Oldest first."""
    note: str
    contact: str | None
    """Number of the contact it came in."""
    verification: str | None
    """What the caller had proved: an English label."""
    attachments: tuple[tuple[int, str, int, str], ...]
    """Id, name, size in bytes, SHA-256."""
    documents: tuple[tuple[int, str, str], ...]
    """Letters about it: id, kind, number."""
    letters: tuple[tuple[int, str, str], ...] = ()
    """Those of the documents that were issued since its last step: they tell how it stands."""
    complaint: ComplaintView | None = None
    inverse_of: str | None = None
    superseded_by: str | None = None
    version: int = 1
    notice_sent: bool = False
    """Whether the old address was written to about it (four eyes); else the client is told by letter."""


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests a list shows."""

    kinds: frozenset[RequestKind] = frozenset()
    """Empty for all."""
    states: frozenset[RequestState] = frozenset()
    """Empty for the open ones."""
    mine: bool = False
    overdue: bool = False
    client_number: str | None = None
    older_than: int | None = None
    """Working days."""
    due_within: int | None = None
    """Days from today to the deadline, which is not past."""
    holder: str | None = None
    """Login of whoever has taken them; an empty one for those that nobody has and somebody decides."""


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A bounded page of the queue, the nearest deadline first."""

    lines: tuple[RequestLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class RequestCounts:
    """How much waits in the queue; `limit` means that many or more."""

    to_decide: int
    mine: int
    overdue: int
    complaints_due: int
    """Open complaints due within three days or late."""
    limit: int
