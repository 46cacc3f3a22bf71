"""What was understood of a message, as the JSON in which it is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from db.records.clients import MeterRole
from db.records.incoming import AttachedFile, MailIntent, StatedReading, TextSpan, Understood


def dump_understood(understood: Understood) -> str:
    """Return it as JSON of ASCII characters, whatever characters the message had."""
    return json.dumps(asdict(understood), default=str)


def load_understood(text: str) -> Understood:
    """Return what was stored; nothing at all of what was erased."""
    told: dict[str, Any] = json.loads(text)
    if not told:
        return Understood(MailIntent.OTHER)
    readings = tuple(
        StatedReading(
            meter=each["meter"],
            role=MeterRole(each["role"]) if each["role"] else None,
            state=each["state"],
            words=each["words"],
            spans=_spans(each["spans"]),
        )
        for each in told["readings"]
    )
    return Understood(
        intent=MailIntent(told["intent"]),
        client_number=told["client_number"],
        invoice_number=told["invoice_number"],
        phone=told["phone"],
        address=told["address"],
        readings=readings,
        meters=tuple(told["meters"]),
        taken_on=date.fromisoformat(told["taken_on"]) if told["taken_on"] else None,
        sufficient=told["sufficient"],
        used=_spans(told["used"]),
    )


def _spans(told: Sequence[Any]) -> tuple[TextSpan, ...]:
    return tuple(TextSpan(each["start"], each["end"]) for each in told)


def dump_files(files: Sequence[AttachedFile]) -> str:
    """Return the list of attachments as JSON."""
    return json.dumps([asdict(file) for file in files])


def load_files(text: str) -> tuple[AttachedFile, ...]:
    """Return the list of attachments."""
    return tuple(AttachedFile(**each) for each in json.loads(text))


def dump_troubles(troubles: Sequence[str]) -> str:
    """Return what could not be read as JSON."""
    return json.dumps(list(dict.fromkeys(troubles)))


def load_troubles(text: str) -> tuple[str, ...]:
    """Return what could not be read."""
    return tuple(json.loads(text))
