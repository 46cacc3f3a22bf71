"""What is said between bok and the child that reads mail.

Answers are JSON: what was made of a stranger's bytes never comes near `pickle`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import IO, Any

from db.records.clients import MeterRole
from db.records.incoming import (
    AttachedFile,
    MailIntent,
    MessageText,
    StatedReading,
    TextSpan,
    Understood,
)
from db.words import N_

NOT_FINISHED = N_("Understanding it took too long or too much memory: only its words were read.")
LENGTH = 4
"""Bytes that say how long a frame is."""


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """What became of one message."""

    text: MessageText | None
    """None where it could not be read at all."""
    understood: Understood | None
    trouble: str | None
    """Template (N_) of why it could not be read or understood."""
    fault: str = ""
    """Where in the program a fault of its own lies; for the log."""


def read_frame(stream: IO[bytes], most: int) -> bytes | None:
    """Return the next frame; None at the end of the stream, or where it is longer than `most`."""
    head = stream.read(LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < LENGTH or length > most:
        return None
    data = stream.read(length)
    return data if len(data) == length else None


def write_frame(stream: IO[bytes], *pieces: bytes) -> None:
    """Write pieces as one frame."""
    stream.write(sum(map(len, pieces)).to_bytes(LENGTH, "big"))
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def to_wire(read: ReadMessage) -> bytes:
    """Return what was read as bytes."""
    return json.dumps(asdict(read), default=_plain, ensure_ascii=True).encode()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an answer")


def from_wire(data: bytes) -> ReadMessage:
    """Return what `to_wire` made bytes of. Raises ValueError, KeyError or TypeError for anything else."""
    found = json.loads(data)
    text, understood = found["text"], found["understood"]
    return ReadMessage(
        text=_text(text) if text is not None else None,
        understood=_understood(understood) if understood is not None else None,
        trouble=found["trouble"],
        fault=found["fault"],
    )


def _text(found: Mapping[str, Any]) -> MessageText:
    sent_at = found["sent_at"]
    return MessageText(
        **{
            **found,
            "references": tuple(found["references"]),
            "sent_at": datetime.fromisoformat(sent_at) if sent_at else None,
            "files": tuple(AttachedFile(**file) for file in found["files"]),
            "troubles": tuple(found["troubles"]),
        }
    )


def _understood(found: Mapping[str, Any]) -> Understood:
    taken_on = found["taken_on"]
    return Understood(
        **{
            **found,
            "intent": MailIntent(found["intent"]),
            "readings": tuple(_reading(reading) for reading in found["readings"]),
            "meters": tuple(found["meters"]),
            "taken_on": date.fromisoformat(taken_on) if taken_on else None,
            "used": _spans(found["used"]),
        }
    )


def _reading(found: Mapping[str, Any]) -> StatedReading:
    role = found["role"]
    return StatedReading(
        **{**found, "role": MeterRole(role) if role else None, "spans": _spans(found["spans"])}
    )


def _spans(found: list[dict[str, int]]) -> tuple[TextSpan, ...]:
    return tuple(TextSpan(**span) for span in found)
