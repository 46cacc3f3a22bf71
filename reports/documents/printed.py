"""From what a document says to its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from reports.documents.blocks import Paper


def identifier_of(snapshot_json: str) -> str:
    """Return how the metadata of a file names the snapshot that it was made from."""
    return f"bok:sha256:{hashlib.sha256(snapshot_json.encode()).hexdigest()}"


def printed(paper: Paper, snapshot_json: str, *, prepared: bool = True) -> bytes:
    """Return `paper` as PDF/A-3U; the same snapshot gives the same bytes.

    `snapshot_json` is the stored text that the paper was made from: its hash stands in the foot.
    `prepared=False` takes the plain way through fpdf2, ten times slower; so does a paper with a
    character that the prepared fonts lack.
    """
    from reports.documents.drawing import draw  # fpdf2 costs a quarter of a second

    identifier = identifier_of(snapshot_json)
    letter = draw(paper, identifier=identifier, prepared=prepared)
    if prepared and letter.uncommon:
        letter = draw(paper, identifier=identifier, prepared=False)
    return letter.finish()


def printed_together(papers: Sequence[tuple[Paper, str]], *, title: str) -> bytes:
    """Return one file of several papers, each with the JSON of its snapshot, fonts once."""
    from reports.documents.drawing import draw_joint

    identified = [(paper, identifier_of(text)) for paper, text in papers]
    identifier = joint_identifier([own for _, own in identified])
    letter = draw_joint(identified, title=title, identifier=identifier, prepared=True)
    if letter.uncommon:
        letter = draw_joint(identified, title=title, identifier=identifier, prepared=False)
    return letter.finish()


def joint_identifier(identifiers: Iterable[str]) -> str:
    """Return how the metadata of a joint file names what is in it."""
    return identifier_of("\n".join(identifiers))
