"""Taking incoming mail in: each message once, with its source, whatever can be read of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from db.clock import office_day
from db.doors import OVERSEERS, operation
from db.models import IncomingMessage, IncomingSource, MailboxPlace
from db.queries.import_points import chunks
from db.queries.incoming_json import dump_files, dump_troubles, dump_understood
from db.queries.incoming_whose import client_names, decide_all
from db.queries.rows import insert_row
from db.records.incoming import (
    ArrivedMail,
    IncomingState,
    MailboxMark,
    MailIntent,
    MessageText,
    TakenMail,
    Understood,
)
from db.rules.inbox.identity import content_hash, thread_key
from db.rules.inbox.whose import Clues, Decided, clues_of
from db.words import N_
from db.work import Work

NOT_READ = N_("The message cannot be read; its source is kept.")
_EMPTY = Understood(MailIntent.OTHER)
_AHEAD = timedelta(hours=26)
"""A day is over in the farthest zone that much later than in ours."""
_LENGTHS = {"message_id": 250, "sender": 254, "sender_name": 200, "subject": 300}


@operation(roles=OVERSEERS)
def take_in_mail(
    work: Work, messages: Sequence[ArrivedMail], *, mark: MailboxMark | None = None
) -> TakenMail:
    """Keep messages that came in, each once: by its Message-ID together with what it says.

    A message that says something else is another one, whatever Message-ID it claims. What cannot be
    read is kept and listed like everything else. With a `mark`, the folder that they were fetched from
    is noted to be read so far, in the same transaction.
    """
    hashes = [content_hash(message.raw) for message in messages]
    known = _known(work, hashes)
    fresh: dict[str, ArrivedMail] = {}
    for key, message in zip(hashes, messages, strict=True):
        if key not in known:
            fresh.setdefault(key, message)
    decided = decide_all(work.session, [_clues(message) for message in fresh.values()])
    names = client_names(work.session, (each.client_number or "" for each in decided))
    ids = {number: key for number, (key, _) in names.items()}
    kept: list[int] = []
    unreadable = 0
    for (key, message), whose in zip(fresh.items(), decided, strict=True):
        if (mail_id := _keep(work, key, message, whose, ids)) is not None:
            kept.append(mail_id)
            unreadable += bool(_troubles(message))
    if mark is not None:
        _move_mark(work, mark)
    taken = TakenMail(new=len(kept), known=len(messages) - len(kept), unreadable=unreadable)
    if kept:
        after = {"new": taken.new, "known": taken.known, "unreadable": taken.unreadable, "to": kept[-1]}
        work.changed("mail.taken_in", f"incoming mail {kept[0]}", after=after)
    return taken


def _known(work: Work, hashes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(sorted(set(hashes))):
        column = col(IncomingMessage.content_sha256)
        found.update(work.session.scalars(sa.select(column).where(column.in_(some))))
    return found


def _clues(message: ArrivedMail) -> Clues:
    """Return what tells whose it is."""
    if message.text is None:
        return Clues()
    return clues_of(message.text.sender, message.understood or _EMPTY)


def _keep(work: Work, key: str, message: ArrivedMail, whose: Decided, ids: Mapping[str, int]) -> int | None:
    """Write a message and its source; None when somebody else has just kept the same one."""
    values = {**_values(work, key, message), **_filed(whose, ids)}
    try:
        with work.session.begin_nested():
            mail_id = insert_row(work.session, IncomingMessage, values)
    except IntegrityError:
        if key in _known(work, [key]):
            return None
        raise
    raw = message.raw
    work.session.execute(
        sa.insert(IncomingSource).values(
            message_id=mail_id, raw=raw, size=len(raw), sha256=hashlib.sha256(raw).hexdigest()
        )
    )
    return mail_id


def _filed(whose: Decided, ids: Mapping[str, int]) -> dict[str, object]:
    """Return under whom it is filed for now; whose it is, is weighed again whenever it is shown."""
    client_id = ids.get(whose.client_number or "")
    return {
        "client_id": client_id,
        "how": whose.how if client_id is not None else None,
        "certainty": whose.certainty,
    }


def _values(work: Work, key: str, message: ArrivedMail) -> dict[str, object]:
    text, understood = message.text, message.understood or _EMPTY
    received = _received(work, message)
    values: dict[str, object] = {
        "content_sha256": key,
        "thread": thread_key("", "", (), key),
        "source": message.source,
        "received_at": received,
        "taken_at": work.now,
        "written_on": office_day(received),
        "files": "[]",
        "troubles": dump_troubles(_troubles(message)),
        "understood": dump_understood(understood),
        "intent": understood.intent,
        "automatic": False,
        "state": IncomingState.NEW,
        "message_id": "",
        "sender": "",
        "sender_name": "",
        "subject": "",
        "own_text": "",
        "quoted": "",
        "auto": False,
        "note": "",
        "version": 1,
    }
    return values if text is None else values | _said(text, key, received)


def _said(text: MessageText, key: str, received: datetime) -> dict[str, object]:
    """Return the columns that come from the text."""
    lines = {name: _storable(getattr(text, name))[:most] for name, most in _LENGTHS.items()}
    return {
        **lines,
        "thread": thread_key(text.message_id, text.in_reply_to, text.references, key),
        "sent_at": _sound(text.sent_at),
        "written_on": _written_on(text.sent_at, received),
        "own_text": _storable(text.text),
        "quoted": _storable(text.quoted),
        "files": dump_files(text.files),
        "automatic": text.automatic,
    }


def _troubles(message: ArrivedMail) -> tuple[str, ...]:
    """Return what could not be read of a message."""
    own = message.text.troubles if message.text is not None else ()
    told = (message.trouble, *own) if message.trouble else own
    return told if message.text is not None or told else (NOT_READ,)


def _received(work: Work, message: ArrivedMail) -> datetime:
    """Return when the office had it: as the server says, else when it was sent, else now."""
    sent = _sound(message.text.sent_at) if message.text is not None else None
    for instant in (_sound(message.received_at), sent):
        if instant is not None and instant <= work.now:
            return instant
    return work.now


def _sound(instant: datetime | None) -> datetime | None:
    """Return an instant of the age of e-mail; None for a clock that is out of its mind."""
    if instant is None or instant.tzinfo is None or not 1990 <= instant.year <= 9000:
        return None
    return instant.astimezone(UTC)


def _written_on(sent_at: datetime | None, received: datetime) -> date:
    """Return the day on the writer's calendar, or the day of the receipt where the clock is wrong."""
    sound = _sound(sent_at)
    if sent_at is None or sound is None or sound > received + _AHEAD:
        return office_day(received)
    return min(sent_at.date(), office_day(received))


def _storable(text: str) -> str:
    """Return text that either database keeps, character for character: what neither does is replaced."""
    if "\x00" not in text and (text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)):
        return text
    return "".join("\ufffd" if char == "\x00" or "\ud800" <= char <= "\udfff" else char for char in text)


def _move_mark(work: Work, mark: MailboxMark) -> None:
    """Note how far a folder was fetched; never back, unless the server began to count anew."""
    column = col(MailboxPlace.mailbox)
    row = work.session.execute(
        sa.select(col(MailboxPlace.uid_validity), col(MailboxPlace.last_uid))
        .where(column == mark.mailbox)
        .with_for_update()
    ).one_or_none()
    values = {"uid_validity": mark.uid_validity, "last_uid": mark.last_uid, "fetched_at": work.now}
    if row is None:
        try:
            with work.session.begin_nested():
                work.session.execute(sa.insert(MailboxPlace).values(mailbox=mark.mailbox, **values))
        except IntegrityError:
            _move_mark(work, mark)  # another fetcher was quicker
        return
    if row.uid_validity == mark.uid_validity:
        values["last_uid"] = max(row.last_uid, mark.last_uid)
    work.session.execute(sa.update(MailboxPlace).where(column == mark.mailbox).values(**values))
