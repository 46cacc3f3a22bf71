"""A raw message taken apart: who wrote, when, what in their own words, and what stood below it.

A stranger's bytes: bounded before anything reads them, and read with the plainest of the
library's policies, which decodes nothing by itself; the newer one needs gigabytes for a hostile
subject. Runs in a child process of little memory (`db.inbox_reading`).
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from db.errors import WrongInput
from db.records.incoming import AttachedFile, MessageText
from db.rules.inbox import limits
from db.rules.inbox.automatic import is_automatic
from db.rules.inbox.charsets import cleaned, cleaned_line
from db.rules.inbox.headers import Fields, address_of, fields_of, header_text, ids_of, instant_of
from db.rules.inbox.parts import CUT_SHORT, PACKED, Bag, parts_in, unpacked
from db.rules.inbox.small_print import without_small_print
from db.words import N_

TOO_LARGE = N_("It is larger than 10 MB: only its beginning was read.")
NO_DATE = N_("It does not say when it was sent.")
NO_SENDER = N_("It does not say, or not clearly, who sent it.")
EMPTY = N_("The file is empty.")
NO_MAIL = N_("It is no e-mail: it has no headers.")
OUTLOOK = N_("It is a message in Outlook's own form (.msg): save it as .eml.")
LONG_HEAD = N_("Its headers are too long: it is not read.")
TOO_MANY_PARTS = N_("It has too many parts or lines: it is not read.")
DAMAGED = N_("It is damaged: it cannot be read as an e-mail.")

_CONTAINERS = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_TYPES = re.compile(rb"^content-type:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*(?:>?From [^\n]*\n)?")
_OLE = b"\xd0\xcf\x11\xe0"
_HEADER = re.compile(rb"[!-9;-~]{1,100}:")


def read_source(raw: bytes) -> MessageText:
    """Return what a message says, apart from older mail and small print, with what could not be read.

    A damaged message is read as far as it goes, with a trouble for what is missing. Raises
    WrongInput for what is no mail at all, or has more headers, parts or lines than any person's.
    """
    troubles: dict[str, None] = {}
    if len(raw) > limits.MOST_BYTES:
        raw = raw[: limits.MOST_BYTES]
        troubles[TOO_LARGE] = None
    source = _bounded(raw)
    try:
        mail = BytesParser(policy=compat32).parsebytes(source)
        if _count_parts(mail) > limits.MOST_PARTS:
            raise WrongInput(TOO_MANY_PARTS)
        fields = fields_of(mail)
        automatic = is_automatic(fields, mail.get_content_type())
        bag = unpacked(mail)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise WrongInput(DAMAGED) from error
    return _message(fields, bag, troubles, automatic=automatic)


def _bounded(raw: bytes) -> bytes:
    """Return the message without what a mailbox or an editor put before it; raises WrongInput."""
    if not raw.strip(b"\0\r\n\t "):
        raise WrongInput(EMPTY)
    if raw.startswith(_OLE):
        raise WrongInput(OUTLOOK)
    before = _BEFORE.match(raw)
    source = raw[before.end() :] if before else raw
    if not _HEADER.match(source):
        raise WrongInput(NO_MAIL)
    head_end = _HEAD_END.search(source, 0, limits.LONGEST_HEAD + 4)
    if head_end is None and len(source) > limits.LONGEST_HEAD:
        raise WrongInput(LONG_HEAD)
    if any(len(found[0]) > limits.LONGEST_TYPE for found in _TYPES.finditer(source)):
        raise WrongInput(LONG_HEAD)
    lines = max(source.count(b"\n"), source.count(b"\r"))
    containers = sum(1 for _ in _CONTAINERS.finditer(source))
    if lines > limits.MOST_LINES or containers > limits.MOST_PARTS:
        raise WrongInput(TOO_MANY_PARTS)
    if lines * (containers + 1) > limits.MOST_STEPS:
        raise WrongInput(TOO_MANY_PARTS)
    return source


def _count_parts(mail: Message) -> int:
    """Return how many parts a message has, itself included."""
    waiting, count = [mail], 0
    while waiting:
        count += 1
        waiting += parts_in(waiting.pop())
    return count


def _message(fields: Fields, bag: Bag, troubles: dict[str, None], *, automatic: bool) -> MessageText:
    sender, name = address_of(fields.all("from") or fields.all("sender"))
    reply_to, _ = address_of(fields.all("reply-to"))
    sent_at = instant_of(fields.first("date"))
    own = cleaned("\n\n".join(filter(None, bag.own)), limits.MOST_TEXT + 1)
    if len(own) > limits.MOST_TEXT:
        bag.troubles[CUT_SHORT] = None
    if own:
        bag.troubles.pop(PACKED, None)  # a form for Outlook stood beside words for everybody
    troubles.update(bag.troubles)
    troubles.update({NO_SENDER: None} if not sender else {})
    troubles.update({NO_DATE: None} if sent_at is None else {})
    return MessageText(
        message_id=next(iter(ids_of((fields.first("message-id"),))), ""),
        in_reply_to=next(iter(ids_of((fields.first("in-reply-to"),))), ""),
        references=ids_of(fields.all("references")),
        sender=sender,
        sender_name=name,
        reply_to=reply_to,
        subject=header_text(fields.first("subject"), limits.LONGEST_SUBJECT),
        sent_at=sent_at,
        text=without_small_print(own[: limits.MOST_TEXT]),
        quoted=cleaned("\n\n".join(filter(None, bag.quoted)), limits.MOST_TEXT),
        files=tuple(_cleaned_file(file) for file in bag.files),
        automatic=automatic,
        troubles=tuple(troubles),
    )


def _cleaned_file(file: AttachedFile) -> AttachedFile:
    media = cleaned_line(file.media_type, limits.LONGEST_NAME)
    return AttachedFile(name=file.name, media_type=media, size=file.size)
