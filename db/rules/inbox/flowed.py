"""Text whose lines were broken by the mail program and are to be joined again (RFC 3676)."""

from __future__ import annotations

_SIGNATURE = "-- "


def unflowed(text: str, *, joined: bool = False) -> str:
    """Return `format=flowed` text with its soft line ends taken out.

    A line that ends with a blank goes on in the next of the same depth of `>`; the line `-- ` does
    not, and a blank line stays. With `joined` (DelSp) the blank at the end goes too.
    """
    lines: list[str] = []
    going_on = -1
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        soft = words.endswith(" ") and words != _SIGNATURE
        piece = words[:-1] if soft and joined else words
        if going_on == depth and words and words != _SIGNATURE:
            lines[-1] += piece
        else:
            lines.append(">" * depth + " " * (depth > 0) + piece)
        going_on = depth if soft else -1
    return "\n".join(lines)
