"""Requests as rows of listings, and one request as an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bok_tui.wording.labels import CHANNELS
from db.records.requests import KIND_WORDS, STATE_WORDS
from db.words import N_
from reports.columns import Column, Kind, Row

if TYPE_CHECKING:
    from db.records.request_views import RequestLine, RequestView

QUEUE = (
    Column("number", N_("Request")),
    Column("kind", N_("Kind"), words={kind.value: words for kind, words in KIND_WORDS.items()}),
    Column("state", N_("State"), words={state.value: words for state, words in STATE_WORDS.items()}),
    Column("client", N_("Client")),
    Column("name", N_("Name")),
    Column("channel", N_("Channel"), words={channel.value: words for channel, words in CHANNELS.items()}),
    Column("submitted_at", N_("Submitted"), Kind.INSTANT),
    Column("deadline", N_("Deadline"), Kind.DAY),
    Column("days_left", N_("Days left"), Kind.COUNT),
    Column("working_days_old", N_("Working days old"), Kind.COUNT),
    Column("four_eyes", N_("Four eyes"), Kind.FLAG),
    Column("assignee", N_("Taken by")),
    Column("effective", N_("Effective"), Kind.DAY),
)
BATCH = (
    Column("place", N_("Entry"), Kind.COUNT),
    Column("external_id", N_("Portal's number")),
    Column(
        "result",
        N_("Result"),
        words={
            "taken_in": N_("taken in"),
            "known": N_("came before"),
            "refused": N_("refused"),
            "unreadable": N_("cannot be read"),
        },
    ),
    Column("number", N_("Request")),
    Column("problem", N_("Problem")),
)


def queue_row(line: RequestLine) -> Row:
    """Return a request as a row."""
    return {
        "number": line.number,
        "kind": line.kind.value,
        "state": line.state.value,
        "client": line.client_number,
        "name": line.client_name,
        "channel": line.channel.value,
        "submitted_at": line.submitted_at,
        "deadline": line.deadline,
        "days_left": line.days_left,
        "working_days_old": line.working_days_old,
        "four_eyes": line.four_eyes,
        "assignee": line.assignee or "",
        "effective": line.effective_on,
    }


def request_object(view: RequestView) -> Row:
    """Return a request with its fields and steps, as JSON has it."""
    row: dict[str, object] = dict(queue_row(view.line))
    row["note"] = view.note
    row["contact"] = view.contact
    row["fields"] = [
        {
            "field": item.field.value,
            "old": item.old,
            "new": item.new,
            "current": item.current,
            "masked": item.masked,
        }
        for item in view.items
    ]
    row["steps"] = [
        {
            "at": step.at.isoformat(),
            "event": step.event.value,
            "state": step.state.value,
            "agent": step.agent,
            "reason": step.reason,
            "note": step.note,
        }
        for step in view.steps
    ]
    row["attachments"] = [
        {"id": key, "name": name, "bytes": size, "sha256": digest}
        for key, name, size, digest in view.attachments
    ]
    row["documents"] = [number for _key, _kind, number in view.documents]
    return row
