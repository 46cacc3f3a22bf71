"""What must never be found outside the database, and where to look for it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader

from db.engine import Database
from tests.db.builders import rows

DATABASE_FILES = ("bok.sqlite3", "bok.sqlite3-wal", "bok.sqlite3-shm", "backup.bok")
"""The database itself and its backup: there the data belongs."""


@dataclass
class Secrets:
    """Values seeded into the data, each in the forms in which it could show up."""

    forms: dict[str, str] = field(default_factory=dict)
    """Form to look for, and what it is."""

    def add(self, what: str, value: str) -> str:
        """Remember a value and return it."""
        for form in (value, json.dumps(value)[1:-1]):
            self.forms[form] = f"{what} {value}"
        return value

    def add_people(self, database: Database) -> None:
        """Remember every PESEL, phone and e-mail of the clients."""
        for row in rows(database, "client"):
            if row["pesel"]:
                self.add("PESEL", row["pesel"])
        for row in rows(database, "contact_point"):
            national = row["value"].removeprefix("+48")
            self.add(row["kind"], national)
            if row["kind"] == "phone" and len(national) == 9:
                self.add("phone", f"{national[:3]} {national[3:6]} {national[6:]}")

    def found_in(self, where: str, text: str) -> list[str]:
        """Return what shows in a text, with the place."""
        return sorted({f"{where}: {what}" for form, what in self.forms.items() if form in text})

    def scan(self, texts: Mapping[str, str], folders: Iterable[Path]) -> list[str]:
        """Return every secret found in `texts` or in a file below `folders`."""
        found = [hit for where, text in texts.items() for hit in self.found_in(where, text)]
        for folder in folders:
            for path in files_below(folder):
                for where, text in readable(path):
                    found += self.found_in(where, text)
        return found


def files_below(folder: Path) -> list[Path]:
    """Return the files outside the database."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name not in DATABASE_FILES
    ]


def readable(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what can be read in a file: its name, its bytes, and a PDF's metadata and text."""
    data = path.read_bytes()
    yield f"name of {path}", str(path)
    yield str(path), data.decode("utf-8", "replace")
    if data.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(data))
        yield f"metadata of {path}", json.dumps(dict(reader.metadata or {}), default=str)
        if reader.xmp_metadata is not None:
            yield f"XMP of {path}", str(reader.xmp_metadata.rdf_root.toxml())
        yield f"text of {path}", "\n".join(page.extract_text() for page in reader.pages)
