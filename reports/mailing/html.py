"""The HTML of a mail, made from its plain text: paragraphs, line ends, and links that stand alone."""

from __future__ import annotations

import re
from html import escape

_LINK = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%/?=&#+-]*)?")
"""What becomes a link, when it is a whole line: nobody's name in the midst of a sentence does."""
_STYLE = "font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#1a1a1a;max-width:38em"


def html_of(title: str, text: str) -> str:
    """Return a whole HTML page that says what `text` says; nothing in it is markup of its own."""
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    paragraphs = "\n".join(f"<p>{_lines(block)}</p>" for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="pl">\n<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n"
        f'<body style="{_STYLE}">\n{paragraphs}\n</body>\n</html>\n'
    )


def _lines(block: str) -> str:
    return "<br>\n".join(_line(line) for line in block.strip("\n").split("\n"))


def _line(line: str) -> str:
    shown = escape(line)
    return f'<a href="{shown}">{shown}</a>' if _LINK.fullmatch(line.strip()) else shown
