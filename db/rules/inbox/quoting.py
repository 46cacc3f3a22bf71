"""The writer's own words, apart from the older mail that stands with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.rules.inbox.quote_marks import is_forward, is_quoted, mark_at

_MARK = re.compile(r" *> ?")
_MAILBOX_FROM = re.compile(r">+From ")
_LONG = 66
"""A quoted line from which a mail program may have broken a word off."""
_SENTENCE_ENDS = (".", ":", "?", "!", ";")


@dataclass(frozen=True, slots=True)
class Split:
    """A text taken apart; each half keeps its order."""

    own: str
    quoted: str
    forwarded: bool = False
    """Older mail was passed on, not answered."""


def split_quoted(text: str) -> Split:
    """Return what the writer wrote, and what older mail stood with it.

    Lines with `>` are quoted, whatever stands between them is the writer's: above, below or in
    answer to each. Below `-----Oryginalna wiadomość-----`, a block of headers (`Od: ... Wysłano:
    ...`) or `Jan pisze:` without such marks, everything is quoted.
    """
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    forwarded = False
    at = 0
    while at < len(lines):
        if _mailbox_mark(lines, at):
            own.append(lines[at].lstrip(">"))
        elif is_quoted(lines[at]):
            quoted.append(_MARK.sub("", lines[at], count=1))
            forwarded = forwarded or is_forward(quoted[-1])
        elif _broken_off(lines, at):
            quoted.append(lines[at])
        elif count := mark_at(lines, at):
            quoted += lines[at : at + count]
            forwarded = forwarded or is_forward(lines[at])
            at += count
            if not _goes_on_marked(lines, at):
                quoted += lines[at:]
                break
            continue
        else:
            own.append(lines[at])
        at += 1
    return Split(_joined(own), _joined(quoted), forwarded)


def _goes_on_marked(lines: list[str], at: int) -> bool:
    """Tell whether the older mail below a mark is marked with `>` as well, so that it has an end."""
    return next((is_quoted(line) for line in lines[at:] if line.strip()), True)


def _mailbox_mark(lines: list[str], at: int) -> bool:
    """Tell whether the `>` of a line is that of a mailbox, before the word `From`: no quotation."""
    return bool(_MAILBOX_FROM.match(lines[at])) and not (at and is_quoted(lines[at - 1]))


def _broken_off(lines: list[str], at: int) -> bool:
    """Tell whether a line is the rest of a quoted one that a mail program broke in two."""
    if not 0 < at < len(lines) - 1 or not (is_quoted(lines[at - 1]) and is_quoted(lines[at + 1])):
        return False
    before, line = lines[at - 1].rstrip(), lines[at].strip()
    return (
        len(before) >= _LONG
        and not before.endswith(_SENTENCE_ENDS)
        and 0 < len(line) <= _LONG // 2
        and not line[0].isupper()
    )


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
