"""The Polish catalogue: `python -m tests.catalogue update` takes in new texts, `check` looks for gaps.

Extracts what is marked by `_`, `ngettext` and `N_` in bok_tui, db and reports into
bok_tui/locale/pl/LC_MESSAGES/bok.po; translations that are there stay, texts that are gone are
dropped. `missing` prints what has no Polish yet.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "bok_tui" / "locale" / "pl" / "LC_MESSAGES" / "bok.po"
ROOMS = ("bok_tui", "db", "reports")
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""No date of today in the file: it would change with every update."""
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Return every marked text of the program."""
    catalogue = Catalog(project="bok", charset="utf-8")
    for room in ROOMS:
        for file, _line, message, _comments, context in extract_from_dir(
            ROOT / room,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=(),
            strip_comment_tags=True,
        ):
            if message and message != "":
                # no line numbers: the file would change with every edit
                catalogue.add(message, locations=[(f"{room}/{file}", 0)], context=context)
    return catalogue


def read() -> Catalog:
    """Return the catalogue as it stands."""
    if not SOURCE.exists():
        return Catalog(locale="pl", project="bok", charset="utf-8")
    with SOURCE.open("rb") as file:
        return read_po(file, locale="pl")


def write(catalogue: Catalog) -> None:
    """Save the catalogue, sorted, so that two edits seldom meet."""
    out = io.BytesIO()
    write_po(
        out, catalogue, width=100, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True
    )
    # in one step: another update at the same time must never read half a file
    part = SOURCE.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(out.getvalue())
    part.replace(SOURCE)


def update() -> None:
    """Take in what is new, drop what is gone."""
    catalogue, template = read(), extracted()
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = []
        message.auto_comments = []
    catalogue.header_comment = "# Polish translation of bok."
    catalogue.fuzzy = False
    catalogue.creation_date = catalogue.revision_date = FIXED
    write(catalogue)


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """Yield the texts that have no Polish, or not every plural form."""
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(strings):
            yield message


def main(arguments: list[str]) -> int:
    """Do what the one argument says."""
    match arguments:
        case ["update"]:
            update()
            print(f"{len(read())} texts, {len(list(untranslated(read())))} without Polish")
        case ["missing"]:
            for message in untranslated(read()):
                print(message.id)
        case ["check"]:
            gaps = [message.id for message in untranslated(read())]
            print("\n".join(map(str, gaps)) or "complete")
            return 1 if gaps else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
