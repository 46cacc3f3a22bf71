"""The duplicate of a lost document (Art. 106l of the VAT act): its content, the word and the day."""

from __future__ import annotations

from dataclasses import replace

from db.errors import WrongInput
from db.records.documents import from_json, to_json
from db.records.invoices import Correction, Invoice
from db.records.letters import Duplicate, InterestNote
from db.words import N_
from reports.documents import correction, interest_note, invoice
from reports.documents.blocks import Paper
from reports.documents.printed import printed
from reports.documents.words import long_day

WORD = "DUPLIKAT"


def paper(duplicate: Duplicate) -> Paper:
    """Return what the original says, marked as a duplicate of its day.

    Raises WrongInput when the stored original cannot be read or is nothing that is duplicated.
    """
    original = from_json(duplicate.original_kind, duplicate.original)
    mark = f"{WORD} wystawiony dnia {long_day(duplicate.issued_on)}"
    if isinstance(original, Invoice):
        whole = invoice.paper(original, mark=mark)
    elif isinstance(original, Correction):
        whole = correction.paper(original, mark=mark)
    elif isinstance(original, InterestNote):
        whole = interest_note.paper(original, mark=mark)
    else:
        raise WrongInput(
            N_("No duplicate is made of %(document)s: only of invoices, corrections and interest notes."),
            document=original.number,
        )
    return replace(whole, title=f"{whole.title} – duplikat", created=duplicate.issued_at)


def render(duplicate: Duplicate) -> bytes:
    """Return the duplicate as PDF/A-3U; the same snapshot gives the same bytes."""
    return printed(paper(duplicate), to_json(duplicate))
