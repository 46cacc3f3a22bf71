"""From a stored snapshot to what it says, to its paper and its text, whatever the kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.errors import WrongInput
from db.records.documents import DocumentKind, Snapshot, from_json
from db.words import N_
from reports.documents import (
    balance_statement,
    correction,
    data_export,
    demand,
    duplicate,
    erasure_decision,
    interest_note,
    invoice,
    payment_slip,
    reading_confirmation,
    receipt,
    request_letter,
)
from reports.documents.blocks import Paper
from reports.documents.printed import printed

_LAYOUTS = dict.fromkeys(DocumentKind, 1)
"""The newest layout of each kind; older ones stay printable."""

_MODULES: Mapping[DocumentKind, Any] = {
    DocumentKind.READING_CONFIRMATION: reading_confirmation,
    DocumentKind.INVOICE: invoice,
    DocumentKind.CORRECTION: correction,
    DocumentKind.DUPLICATE: duplicate,
    DocumentKind.BALANCE_STATEMENT: balance_statement,
    DocumentKind.PAYMENT_SLIP: payment_slip,
    DocumentKind.DEMAND: demand,
    DocumentKind.INTEREST_NOTE: interest_note,
    DocumentKind.RECEIPT: receipt,
    DocumentKind.REQUEST_CONFIRMATION: request_letter,
    DocumentKind.REQUEST_DECISION: request_letter,
    DocumentKind.INFORMATION_REQUEST: request_letter,
    DocumentKind.EINVOICE_CONFIRMATION: request_letter,
    DocumentKind.EBOK_ACTIVATION: request_letter,
    DocumentKind.COMPLAINT_ANSWER: request_letter,
    DocumentKind.DATA_EXPORT: data_export,
    DocumentKind.ERASURE_DECISION: erasure_decision,
}


def render(kind: DocumentKind, snapshot_json: str) -> bytes:
    """Return the PDF of the stored document, the same bytes every time.

    Raises `WrongInput` when the text is not a snapshot of that kind, or names a layout that
    this version of the program does not know.
    """
    return printed(paper_of(kind, snapshot_json), snapshot_json)


def paper_of(kind: DocumentKind, snapshot_json: str) -> Paper:
    """Return what the stored document says. Raises as `render` does."""
    paper: Paper = _MODULES[kind].paper(_read(kind, snapshot_json))
    return paper


def _read(kind: DocumentKind, snapshot_json: str) -> Snapshot:
    snapshot = from_json(kind, snapshot_json)
    if not 1 <= snapshot.layout <= _LAYOUTS[kind]:
        raise WrongInput(
            N_("Document %(number)s needs layout %(layout)s, which this version of bok does not know."),
            number=snapshot.number,
            layout=snapshot.layout,
        )
    return snapshot
