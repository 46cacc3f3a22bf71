"""Reads the portal's batch of requests: JSON or CSV, nothing guessed.

An entry is an object, or a line under a header, with the keys

- `external_id` (needed): the portal's own number; an entry that came before is not taken in again,
- `client` (needed): the client number, as text,
- `kind` (needed): one of `RequestKind`, such as `mailing_address` or `complaint`,
- `received` and `effective`: days, `2026-11-22`; `received` is the day of import without it,
- `channel`: one of `Channel`; `ebok` without it,
- `note`: the client's words,
- the fields that are changed, under their names in `RequestField`: in JSON in an object `values`, where an
  empty text clears a field; in CSV each in a column of its own, where an empty cell leaves it,
- of a complaint `subject` (`bill`, `reading`, `meter` or `service`), `invoice`, `meter`,
- of an `ebok_registration` instead of fields `client_kind` (`person` or `business`), `identity` (PESEL or
  NIP), `invoice`, `email`, `login`, `einvoice` (true or false).

Other keys are refused: a slip in a name would change nothing, silently.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from db.errors import WrongInput
from db.records.clients import ClientKind
from db.records.ebok import Registration
from db.records.people import Channel
from db.records.requests import ComplaintAbout, ComplaintSubject, NewRequest, RequestField, RequestKind
from db.rules.text import clean
from db.rules.text_encoding import decode
from db.words import N_

MOST_BYTES = 16_000_000
MOST_ENTRIES = 20_000
_LONGER = 3
"""At most so many characters stand for one when it is composed (NFC)."""
SHOWN = 60
"""Characters of what is wrong that a message repeats."""
COMMON = ("external_id", "client", "kind", "received", "effective", "channel", "note")
COMPLAINT = ("subject", "invoice", "meter")
REGISTRATION = ("client_kind", "identity", "invoice", "email", "login", "einvoice")
_TRUE, _FALSE = frozenset({"true", "1", "yes", "tak"}), frozenset({"false", "0", "no", "nie", ""})

E = TypeVar("E", bound=StrEnum)
Entry = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FileRequest:
    """An entry that could be read."""

    place: int
    """Line of a CSV file, or position in a list of JSON, from 1."""
    request: NewRequest | Registration


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why an entry cannot be read."""

    place: int
    external_id: str
    message: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RequestFile:
    """What a file holds."""

    requests: tuple[FileRequest, ...]
    faults: tuple[FileFault, ...]


def parse_request_file(data: bytes) -> RequestFile:
    """Return what the file says; entries that cannot be read say why.

    Raises WrongInput for what is no such file: empty, too large, no list, without the columns needed.
    """
    if len(data) > MOST_BYTES:
        raise WrongInput(N_("The file is larger than %(limit)s MB. Split it."), limit=MOST_BYTES // 1_000_000)
    text = decode(data).text.lstrip("\ufeff").strip()
    if not text:
        raise WrongInput(N_("The file is empty."))
    entries = _from_json(text) if text[0] in "[{" else _from_csv(text)
    requests: list[FileRequest] = []
    faults: list[FileFault] = []
    for count, (place, typed) in enumerate(entries, 1):
        if count > MOST_ENTRIES:
            raise WrongInput(N_("The file has more than %(limit)s lines. Split it."), limit=MOST_ENTRIES)
        entry = {_plain(name): _plain(text) for name, text in typed.items()}
        try:
            requests.append(FileRequest(place, _read(entry)))
        except WrongInput as error:
            known = entry.get("external_id", "")[:SHOWN]
            faults.append(FileFault(place, known, error.message, error.params))
    return RequestFile(tuple(requests), tuple(faults))


def _from_json(text: str) -> Iterator[tuple[int, Entry]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongInput(N_("The file begins like JSON and is none. Export it again.")) from None
    if not isinstance(found, list):
        raise WrongInput(N_("The file is no list of requests: JSON has to begin with [."))
    for place, item in enumerate(found, 1):
        yield place, _flat(item)


def _flat(item: object) -> Entry:
    """Return an object as texts by key, the fields of `values` as `values.street`."""
    if not isinstance(item, dict):
        return {"?": str(item)[:SHOWN]}
    flat: dict[str, str] = {}
    for key, value in item.items():
        if key == "values" and isinstance(value, dict):
            flat |= {f"values.{name}": _text(one) for name, one in value.items()}
        elif value is not None:
            flat[str(key)] = _text(value)
    return flat


def _plain(text: str) -> str:
    """Return what can be stored and shown of a text, whatever its length: that is judged by field."""
    return clean(text, _LONGER * len(text))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else "" if value is None else str(value)


def _from_csv(text: str) -> Iterator[tuple[int, Entry]]:
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="?", strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
    except csv.Error:  # a quote that is never closed, a name without end
        raise WrongInput(N_("The first line of the file names no columns. Export it again.")) from None
    if missing := [name for name in ("external_id", "client", "kind") if name not in header]:
        raise WrongInput(
            N_("The file has no column %(missing)s. See bok request import --help for what it needs."),
            missing=", ".join(missing),
        )
    reader.fieldnames = header
    fields = {field.value for field in RequestField} - {"meter", "email", "login"}
    while True:
        place = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield place, {"?": ""}
            continue
        cells = {name: str(cell).strip() for name, cell in row.items() if name and cell not in (None, "")}
        yield place, _named(cells, fields)


def _named(cells: Mapping[str, str], fields: set[str]) -> Entry:
    """Return the cells by key; a column that is a field of this kind of request goes under `values`."""
    kind = cells.get("kind", "")
    own: set[str] = set()
    if kind not in (RequestKind.EBOK_REGISTRATION, RequestKind.COMPLAINT):
        own = {"meter", "email", "login"}
    return {f"values.{name}" if name in fields | own else name: cell for name, cell in cells.items() if cell}


def _read(entry: Entry) -> NewRequest | Registration:
    if "?" in entry:
        raise WrongInput(N_("The entry cannot be read: %(what)s"), what=entry["?"][:SHOWN] or "?")
    for name in ("external_id", "client", "kind"):
        if not entry.get(name, "").strip():
            raise WrongInput(N_("%(name)s is missing."), name=name)
    kind = _choice(RequestKind, entry, "kind")
    own = {RequestKind.EBOK_REGISTRATION: REGISTRATION, RequestKind.COMPLAINT: COMPLAINT}
    extra: tuple[str, ...] = own.get(kind, ())
    fields = {f"values.{field.value}" for field in RequestField}
    if unknown := sorted(entry.keys() - {*COMMON, *extra, *fields}):
        raise WrongInput(
            N_("%(name)s: there is no such key for %(kind)s."), name=unknown[0][:SHOWN], kind=kind.value
        )
    if kind is RequestKind.EBOK_REGISTRATION:
        return _registration(entry)
    return NewRequest(
        client_number=entry["client"].strip(),
        kind=kind,
        values={
            RequestField(name.removeprefix("values.")): text for name, text in entry.items() if name in fields
        },
        channel=_choice(Channel, entry, "channel") if entry.get("channel") else Channel.EBOK,
        note=entry.get("note", ""),
        effective_on=_day(entry, "effective"),
        complaint=_complaint(entry) if kind is RequestKind.COMPLAINT else None,
        external_id=entry["external_id"].strip(),
        received_on=_day(entry, "received"),
    )


def _complaint(entry: Entry) -> ComplaintAbout:
    subject = _choice(ComplaintSubject, entry, "subject")
    return ComplaintAbout(subject, invoice=entry.get("invoice") or None, meter=entry.get("meter") or None)


def _registration(entry: Entry) -> Registration:
    wants = entry.get("einvoice", "").strip().casefold()
    if wants not in _TRUE | _FALSE:
        raise WrongInput(
            N_("%(name)s is true or false, not %(typed)s."), name="einvoice", typed=wants[:SHOWN]
        )
    return Registration(
        kind=_choice(ClientKind, entry, "client_kind"),
        identity=entry.get("identity", ""),
        client_number=entry["client"].strip(),
        invoice=entry.get("invoice", ""),
        email=entry.get("email", ""),
        login=entry.get("login", ""),
        einvoice=wants in _TRUE,
        channel=Channel.EBOK,
        external_id=entry["external_id"].strip(),
    )


def _choice(kind: type[E], entry: Entry, name: str) -> E:
    typed = entry.get(name, "").strip().casefold()
    try:
        return kind(typed)
    except ValueError:
        raise WrongInput(
            N_("%(name)s is one of %(known)s, not %(typed)s."),
            name=name,
            known=", ".join(known.value for known in kind),
            typed=typed[:SHOWN] or "?",
        ) from None


def _day(entry: Entry, name: str) -> date | None:
    typed = entry.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise WrongInput(
            N_("%(name)s is a day such as 2026-11-22, not %(typed)s."), name=name, typed=typed[:SHOWN]
        ) from None
