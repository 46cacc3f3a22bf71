"""From what a document says to its file."""

from __future__ import annotations

import hashlib

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
    digest = identifier.rpartition(":")[2][:16]
    seal = " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
    letter = draw(paper, seal=seal, identifier=identifier, prepared=prepared)
    if prepared and letter.uncommon:
        letter = draw(paper, seal=seal, identifier=identifier, prepared=False)
    return letter.finish()
