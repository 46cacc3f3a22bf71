"""What the batch screen has done in the database: plain functions of an Office, no widget.

They run in threads, and import the database when they are called. A refusal is an answer here:
what was typed ahead is rows, and none of them is thrown away because of one before it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from bok_tui.asking import new_code
from db.errors import BokError, Refused
from db.records.reading_batch import BatchDraft, BatchHead, BatchRow, KeptRows, SavedBatch
from db.words import N_

if TYPE_CHECKING:
    from db.office import Office

T = TypeVar("T")
log = logging.getLogger(__name__)


def answered(office: Callable[[], Office], work: Callable[[Office], T]) -> T | BokError:
    """Return what `work` returns, or why it was not done; a fault of ours is logged under a code."""
    try:
        return work(office())
    except BokError as error:
        return error
    except Exception:  # told beside the rows with a code, and logged under it
        code = new_code()
        log.exception("failed batch %s", code)
        return Refused(N_("Something went wrong (code %(code)s)."), code=code)


def resume(office: Office, desk: str, number: int | None) -> BatchDraft | None:
    """Take over the batch of this number, or one's own newest that is open."""
    from db.operations.reading_batch import resume_batch

    return office.do(resume_batch, desk, number)


def keep(office: Office, head: BatchHead, rows: Sequence[BatchRow]) -> KeptRows:
    """Keep rows and have them judged."""
    from db.operations.reading_batch import keep_rows

    return office.do(keep_rows, head, rows)


def save(office: Office, head: BatchHead) -> SavedBatch:
    """Save the good rows."""
    from db.operations.reading_batch import save_rows

    return office.do(save_rows, head.token, head.desk)


def drop(office: Office, head: BatchHead, line: int) -> KeptRows:
    """Take a row out of the batch."""
    from db.operations.reading_batch import drop_rows

    return office.do(drop_rows, head.token, head.desk, [line])
