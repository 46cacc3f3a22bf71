"""What the client card has done for it in the database: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import NotAllowed, Refused
from db.records.clients import ClientCard, Masked
from db.records.contacts import ContactEnd, ContactLine, ContactState, Outcome, Purpose
from db.records.people import Approval, Channel, StaffMember
from db.records.readings import ReadingForm, ReadingInput, RecordedReading
from db.records.worklists import WorkList, WorkListKind

if TYPE_CHECKING:
    from db.office import Office
    from db.records.clients import ReadingLine
    from db.records.issued import IssuedDocumentLine, IssuedDocumentView


@dataclass(frozen=True, slots=True)
class Printed:
    """A document that was written to a file."""

    number: str
    path: Path
    opened: bool
    """True when a viewer was started on it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A card that was opened."""

    card: ClientCard
    ended: ContactLine | None = None
    """The contact about another client that this ended."""


def open_card(office: Office, number: str, *, channel: Channel, before: ContactState | None = None) -> Opened:
    """Start a contact about a client and return the card; the one `before`, about another, ends.

    Raises NotFound for a client that does not exist; then nothing ends.
    """
    from db.operations.contacts import start_contact

    contact = office.do(start_contact, number, channel)
    overtaken = before is not None and before.client_number != number
    ended = end_overtaken(office, before) if before is not None and overtaken else None
    return Opened(read_card(office.for_contact(contact.id), number), ended)


def read_card(office: Office, number: str) -> ClientCard:
    """Return the card as it stands now."""
    from db.queries.clients import client_card

    return office.read(client_card, number)


def end_quietly(office: Office, contact: ContactState) -> ContactLine | None:
    """End a contact that the agent closes without a word: solved, about what was done or information."""
    return _end(office, contact, Outcome.SOLVED)


def end_overtaken(office: Office, contact: ContactState) -> ContactLine | None:
    """End a contact that something else came in the way of, by what was done in it.

    Solved when something was recorded or the caller verified, refused when the answers were
    wrong too often; where nothing was done, nothing was solved: the line counts as dropped.
    None when it had ended already.
    """
    if contact.suggested_purpose is None and contact.locked:
        return _end(office, contact, Outcome.REFUSED)
    done = contact.suggested_purpose is not None or contact.level > 0
    return _end(office, contact, Outcome.SOLVED if done else Outcome.DROPPED)


def _end(office: Office, contact: ContactState, outcome: Outcome) -> ContactLine | None:
    purpose = contact.suggested_purpose or Purpose.INFORMATION
    try:
        return end_contact(office, ContactEnd(contact_id=contact.id, outcome=outcome, purpose=purpose))
    except (Refused, NotAllowed):  # it was ended at another desk, or on an earlier try: nothing is left to do
        return None


def end_contact(office: Office, end: ContactEnd) -> ContactLine:
    """End a contact as the agent said."""
    from db.operations import contacts

    return office.for_contact(end.contact_id).do(contacts.end_contact, end)


def change_channel(office: Office, contact_id: int, channel: Channel) -> ContactState:
    """Set how the client reached us."""
    from db.operations.contacts import set_contact_channel

    return office.do(set_contact_channel, contact_id, channel)


def keep_channel(office: Office, channel: Channel) -> StaffMember:
    """Have one's own contacts start with this channel."""
    from db.operations.staff import set_channel

    return office.do(set_channel, channel)


def reveal(office: Office, number: str, field: Masked, key: int) -> str:
    """Return a masked value in clear; leaves an entry in the access log."""
    from db.operations import disclosure

    return office.do(disclosure.reveal, number, field, key)


def reading_forms(office: Office, meters: Sequence[str]) -> tuple[ReadingForm, ...]:
    """Return what is needed to check readings of these meters while they are typed."""
    from db.queries.readings import reading_form

    return tuple(office.read(reading_form, meter) for meter in meters)


def save_reading(office: Office, entry: ReadingInput, approval: Approval | None = None) -> RecordedReading:
    """Record a reading, with a supervisor's sign-off when there is one."""
    from db.operations.readings import record_reading

    if approval is None:
        return office.do(record_reading, entry)
    return office.do_approved(approval, record_reading, entry)


def void_reading(
    office: Office, reading_id: int, reason: str, approval: Approval | None = None
) -> ReadingLine:
    """Void a reading, with a supervisor's sign-off when there is one."""
    from db.operations import reading_decisions

    if approval is None:
        return office.do(reading_decisions.void_reading, reading_id, reason)
    return office.do_approved(approval, reading_decisions.void_reading, reading_id, reason)


def decide_reading(office: Office, reading_id: int, *, approve: bool, reason: str) -> ReadingLine:
    """Let a waiting reading count, or reject it."""
    from db.operations import reading_decisions

    return office.do(reading_decisions.decide_reading, reading_id, approve, reason)


def work_list(office: Office, kind: WorkListKind, *, after: int | None, limit: int) -> WorkList:
    """Return a page of a work list."""
    from db.queries import worklists

    return office.read(worklists.work_list, kind, after=after, limit=limit)


def documents_of(office: Office, number: str) -> tuple[IssuedDocumentLine, ...]:
    """Return the documents issued to a client, newest first."""
    from db.queries import documents

    return office.read(documents.documents_of, number)


def print_confirmation(
    office: Office, reading_id: int, *, folder: Path, environment: Mapping[str, str] | None = None
) -> Printed:
    """Issue the confirmation of a reading, or take the one issued before, and write its PDF."""
    from db.operations.documents import issue_reading_confirmation
    from db.queries.documents import rendered_pdf

    view = office.do(issue_reading_confirmation, reading_id)
    kept = None if view.pdf_sha256 is None else office.read(rendered_pdf, view.number)
    return _write(view.number, kept or _first_paper(office, view), folder, environment)


def print_again(
    office: Office, number: str, *, folder: Path, environment: Mapping[str, str] | None = None
) -> Printed:
    """Write an issued document's PDF once more, byte for byte."""
    from db.queries.documents import document, rendered_pdf

    kept = office.read(rendered_pdf, number)
    data = kept or _first_paper(office, office.read(document, number))
    return _write(number, data, folder, environment)


def _first_paper(office: Office, view: IssuedDocumentView) -> bytes:
    """Make the paper of a document that has none yet, and have it kept."""
    from db.operations.documents import note_rendering
    from reports.documents.registry import render

    data = render(view.kind, view.snapshot)
    office.do(note_rendering, view.id, data)
    return data


def _write(number: str, data: bytes, folder: Path, environment: Mapping[str, str] | None) -> Printed:
    from reports.documents.files import write_document

    path = write_document(folder, number, data)
    return Printed(number, path, open_file(path, os.environ if environment is None else environment))


def open_file(path: Path, environment: Mapping[str, str]) -> bool:
    """Show a file in the desktop's viewer; False where there is no desktop."""
    opener = shutil.which("xdg-open")
    if opener is None or not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return False
    subprocess.Popen(  # noqa: S603 - the desktop's own opener and a path that we made
        [opener, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True
