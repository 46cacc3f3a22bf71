"""The fields of an MT940 file (`:61:` and its kind), with the line of the file each begins in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.errors import WrongInput
from db.rules.bank_files.limits import LONGEST_FIELD
from db.words import N_

TAGS = frozenset(
    "13 13D 20 21 25 28 28C 34F 60 60F 60M 61 62 62F 62M 64 65 86 90C 90D NS".split()  # noqa: SIM905 - reads like the standard
)

_TAG = re.compile(r":([0-9]{2}[A-Z]?|NS):")
_ENVELOPE = re.compile(r"-\}|\{[0-9]:")
CONTROLS = "".join(map(chr, (*range(0x20), 0x7F, 0xFEFF)))
"""Banks frame a message with SOH and ETX."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field."""

    line: int
    tag: str
    value: str
    """With its line breaks; blanks at the ends of its lines are kept, they tell words apart."""


def fields_of(text: str) -> Iterator[Field]:
    """Return the fields of `text`; raises WrongInput for one longer than any bank writes."""
    tag, begins, lines, size = "", 0, [""], 0
    for number, raw in enumerate(io.StringIO(text, newline=None), start=1):
        line = raw.strip(CONTROLS)
        if not line or line == "-":
            continue
        found = _TAG.match(line) if line[0] == ":" else None
        ends = line.startswith(("-}", "{")) and _ENVELOPE.match(line) is not None
        if (found and found[1] in TAGS) or ends:
            if tag:
                yield Field(begins, tag, "\n".join(lines))
            tag = found[1] if found and not ends else ""
            begins, lines, size = number, [line[found.end() :] if found else ""], 0
        else:
            lines.append(line)
        size += len(line) + 1
        if tag and size > LONGEST_FIELD:
            raise WrongInput(
                N_(
                    "Line %(line)s: the field :%(tag)s: is longer than %(limit)s characters."
                    " Is the file damaged?"
                ),
                line=begins,
                tag=tag,
                limit=LONGEST_FIELD,
            )
    if tag:
        yield Field(begins, tag, "\n".join(lines))
