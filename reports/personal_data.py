"""The copy of a client's data (Art. 15 GDPR) as JSON for programs and as blocks for the paper.

The JSON is one object:

    report          "personal_data"
    schema_version  1
    as_of           instant in UTC, ISO 8601
    client          the client number
    information     [{heading, sentences}]: purposes and legal bases, recipients, retention, source, rights
    parts           {client, addresses, contact_points, contracts, parties, meters, readings, notices,
                    invoices, ledger, payments, requests, request_items, request_steps, complaints,
                    attachments, contacts, verifications, portal_account, einvoices, consents, documents,
                    deliveries, mails}: a list of objects each
    look_ups        [{at, action, scope, purpose, channel}]: every look at the data, never by whom

Amounts are strings with two decimals, volumes strings of m³, days ISO, words of enumerations English.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import BinaryIO

from db.clock import office_day
from db.records.personal_data import Cell, LookUp, PersonalData, PersonalPart
from db.records.privacy_letters import ExportedPart
from db.rules.privacy_text import EXPORT_SECTIONS
from reports.documents.blocks import Block, Column, Paragraph, Particulars, Row, Section, Table
from reports.documents.personal_words import ACTIONS, PURPOSES, cell_words
from reports.documents.words import short_day
from reports.output import json_text

WIDTH = 165
"""mm of a table."""
SCHEMA_VERSION = 1
_RECORDS = frozenset({"client", "portal_account"})
"""Parts of one row, printed as labelled values."""
_VOLUMES = frozenset({"state", "consumption"})

Looked = Counter[tuple[date, str, str]]
"""How often on a day, what was done and what for."""


@dataclass(frozen=True, slots=True)
class WrittenCopy:
    """What was written as JSON, and what the paper needs to know of it."""

    sha256: str
    looks: Looked
    parts: tuple[ExportedPart, ...]


def write_copy(stream: BinaryIO, data: PersonalData, pages: Iterable[Sequence[LookUp]]) -> WrittenCopy:
    """Write the copy as JSON; look-ups come page by page, so that memory stays flat."""
    digest, looks = hashlib.sha256(), Looked()

    def put(text: str) -> None:
        digest.update(text.encode())
        stream.write(text.encode())

    put(
        "{\n"
        + ",\n".join(f"{json.dumps(key)}: {_text(value)}" for key, value in _head(data))
        + ',\n"parts": {\n'
    )
    put(",\n".join(f"{json.dumps(part.key)}: {_text(_objects(part))}" for part in data.parts))
    put('\n},\n"look_ups": [')
    between = "\n"
    for page in pages:
        for look in page:
            put(between + _text(_look(look)))
            between = ",\n"
            looks[office_day(look.at), look.action, look.purpose.value if look.purpose else ""] += 1
    put("\n]\n}\n")
    counts = (*(ExportedPart(part.title, len(part.rows)) for part in data.parts if part.rows),)
    return WrittenCopy(digest.hexdigest(), looks, (*counts, ExportedPart("Wglądy w dane", looks.total())))


def copy_blocks(data: PersonalData, looks: Looked) -> Iterator[Block]:
    """Yield the copy for the paper, behind the letter; look-ups by day, what was done and what for."""
    for part in data.parts:
        if part.key in _RECORDS and part.rows:
            yield Section(part.title, ())
            yield Particulars(tuple(_labelled(part)))
        elif part.rows:
            yield _table(part)
    if nothing := [part.title for part in data.parts if not part.rows]:
        yield Paragraph(f"Nie mamy danych w częściach: {', '.join(nothing)}.", quiet=True)
    rows = [
        Row((short_day(day), ACTIONS.get(action, action), PURPOSES.get(purpose, "praca biura"), str(count)))
        for (day, action, purpose), count in sorted(looks.items())
    ]
    if rows:
        columns = (Column("Dzień", 30), Column("Co zrobiono", 55), Column("Cel", 55), Column("Razy", 25, "R"))
        yield Table(columns, tuple(rows), heading="Wglądy w dane")


def _head(data: PersonalData) -> Iterator[tuple[str, object]]:
    yield "report", "personal_data"
    yield "schema_version", SCHEMA_VERSION
    yield "as_of", data.as_of.astimezone(UTC).isoformat()
    yield "client", data.client_number
    yield (
        "information",
        [{"heading": each.heading, "sentences": list(each.sentences)} for each in EXPORT_SECTIONS],
    )


def _objects(part: PersonalPart) -> list[dict[str, object]]:
    keys = [column.key for column in part.columns]
    return [{key: _plain(key, value) for key, value in zip(keys, row, strict=True)} for row in part.rows]


def _plain(key: str, value: Cell) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value) if key in _VOLUMES and isinstance(value, int) else value


def _look(look: LookUp) -> dict[str, object]:
    return {
        "at": look.at.astimezone(UTC).isoformat(),
        "action": look.action,
        "scope": look.scope,
        "purpose": look.purpose.value if look.purpose else None,
        "channel": look.channel.value if look.channel else None,
    }


def _text(value: object) -> str:
    return json_text(value).rstrip("\n")


def _labelled(part: PersonalPart) -> Iterator[tuple[str, str]]:
    for row in part.rows:
        for column, value in zip(part.columns, row, strict=True):
            if shown := cell_words(part.key, column.key, value):
                yield column.title, shown


def _table(part: PersonalPart) -> Table:
    shares = sum(column.share for column in part.columns)
    columns = tuple(Column(column.title, WIDTH * column.share / shares) for column in part.columns)
    rows = tuple(
        Row(
            tuple(
                cell_words(part.key, column.key, value)
                for column, value in zip(part.columns, row, strict=True)
            )
        )
        for row in part.rows
    )
    return Table(columns, rows, heading=part.title)
