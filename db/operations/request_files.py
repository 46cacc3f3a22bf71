"""Files that come with requests: kept whole, with their hash, and no larger than a letter's scan."""

from __future__ import annotations

import hashlib
import re

import sqlalchemy as sa
from sqlmodel import col

from db.errors import Refused, WrongInput
from db.models import RequestAttachment
from db.queries.request_rows import RequestRow
from db.queries.rows import insert_row
from db.records.requests import Attachment
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

MOST_FILES = 20
NAME_LENGTH = 160
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,38}/[a-z0-9][a-z0-9.+-]{0,38}")


def store_file(work: Work, row: RequestRow, file: Attachment) -> int:
    """Keep a file with a request that is held, and return its id.

    Raises WrongInput for an empty or too large one and for a media type that is none, Refused for
    more than 20 of one request.
    """
    limit = work.policy.attachment_megabytes
    name = clean_line(re.split(r"[/\\]", file.name)[-1], NAME_LENGTH)
    if not file.content or len(file.content) > limit * 1_000_000:
        raise WrongInput(
            N_("A file has content, and %(limit)s MB at most: %(file)s."), limit=limit, file=name or "?"
        )
    media_type = file.media_type.strip().lower()
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise WrongInput(N_("Say what kind of file it is, as application/pdf: %(file)s."), file=name or "?")
    held = sa.select(col(RequestAttachment.id)).where(col(RequestAttachment.request_id) == row.id)
    if len(work.session.scalars(held.limit(MOST_FILES)).all()) >= MOST_FILES:
        raise Refused(
            N_("The request %(request)s has %(most)s files already."), request=row.number, most=MOST_FILES
        )
    sha256 = hashlib.sha256(file.content).hexdigest()
    values = {
        "request_id": row.id,
        "name": name or "plik",
        "media_type": media_type,
        "content": file.content,
        "sha256": sha256,
        "added_at": work.now,
        "staff_id": work.actor.id or None,
    }
    key = insert_row(work.session, RequestAttachment, values)
    after = {"file": key, "bytes": len(file.content), "sha256": sha256}
    work.changed("request.file_added", f"request {row.number}", client_id=row.client_id, after=after)
    return key
