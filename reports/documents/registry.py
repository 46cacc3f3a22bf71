"""From a stored snapshot to the paper, whatever the kind of document."""

from __future__ import annotations

from db.errors import WrongInput
from db.records.documents import DocumentKind, from_json
from db.words import N_

_LAYOUTS = {DocumentKind.READING_CONFIRMATION: 1}
"""The newest layout of each kind; older ones stay printable."""


def render(kind: DocumentKind, snapshot_json: str) -> bytes:
    """Return the PDF of the stored document, the same bytes every time.

    Raises `WrongInput` when the text is not a snapshot of that kind, or names a layout that
    this version of the program does not know.
    """
    snapshot = from_json(kind, snapshot_json)
    if not 1 <= snapshot.layout <= _LAYOUTS[kind]:
        raise WrongInput(
            N_("Document %(number)s needs layout %(layout)s, which this version of bok does not know."),
            number=snapshot.number,
            layout=snapshot.layout,
        )
    from reports.documents import reading_confirmation  # fpdf2 costs a quarter of a second

    return reading_confirmation.render(snapshot)
