"""HTML as words: what a person would see of a message, quoted parts marked with `>` as in plain text.

An own reader, since the library's takes time by the square for tags that never end.
"""

from __future__ import annotations

import html
import re

from db.rules.inbox.html_lines import Break, Lines


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]{0,30})")
_TAG_END = re.compile(r"""(?:[^>"']|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""([\w:-]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"']++))?""")
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])"
    r"|max-height\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|text-decoration[^;:]*:[^;]*line-through",
    re.IGNORECASE,
)
_NO_BORDER = re.compile(r"border\s*:\s*(?:none|0)", re.IGNORECASE)
_CLOSE_STYLE = re.compile(r"margin(?:-top|-bottom)?\s*:\s*0", re.IGNORECASE)
_UNSEEN = _names(
    "head title style script template object applet svg math select datalist noframes s strike del"
)
"""Not words, or words that were struck out."""
_RAW = ("style", "script", "title")
"""What stands in these is no HTML."""
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_BLOCKS = _names(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form header"
    " html li main nav ol pre section table tbody tfoot thead tr ul caption"
)
_PARAGRAPHS = _names("p h1 h2 h3 h4 h5 h6")
_LONGEST_ATTRIBUTES = 4096
RULE = "_" * 32
"""A line across the page, as Outlook writes it in plain text."""


def html_to_text(source: str) -> str:
    """Return the words of an HTML message, line by line.

    Blocks and `<br>` end a line, cells of a table are set apart by a tab, a `<blockquote>` is marked
    with `>`. What is hidden, struck out, or meant for a program is left out.
    """
    page = _Page(source)
    page.read()
    return page.lines.text()


class _Page:
    """A reader over one page; each character is looked at a bounded number of times."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.last_end = source.rfind(">")
        self.last_comment_end = source.rfind("-->")
        self.lines = Lines()
        self.indented: list[bool] = []
        """For each `<blockquote>` that is open, whether it only moves its words in."""
        self.unseen = ""
        """Tag within which nothing is seen."""
        self.depth = 0
        """How often that tag stands in itself."""

    def read(self) -> None:
        at = 0
        while (tag := self.source.find("<", at)) >= 0:
            self.words(self.source[at:tag])
            at = self.tag(tag)
        self.words(self.source[at:])

    def words(self, source: str) -> None:
        if source and not self.unseen:
            self.lines.add(html.unescape(source))

    def tag(self, start: int) -> int:
        """Take in what begins with `<` and return where it ends."""
        if start > self.last_end:
            self.words(self.source[start : start + 1])
            return start + 1
        if self.source.startswith("<!--", start):
            if start + 4 > self.last_comment_end:
                return self.source.index(">", start) + 1
            return self.source.index("-->", start + 4) + 3
        name = _NAME.match(self.source, start + 1)
        if name is None:
            if self.source[start + 1 : start + 2] in ("!", "?", "/"):
                return self.source.index(">", start) + 1
            self.words("<")
            return start + 1
        ended = _TAG_END.match(self.source, name.end())
        end = ended.end() if ended else self.source.index(">", start) + 1
        attributes = self.source[name.end() : min(end - 1, name.end() + _LONGEST_ATTRIBUTES)]
        if self.source[start + 1] == "/":
            self.close(name[1].lower())
            return end
        self.open(name[1].lower(), attributes)
        return self.raw_end(name[1].lower(), end) if name[1].lower() in _RAW else end

    def raw_end(self, name: str, start: int) -> int:
        """Return where the closing tag of a script or style stands; it hides all when it has none."""
        end = re.compile(f"</{name}", re.IGNORECASE).search(self.source, start)
        return end.start() if end else len(self.source)

    def open(self, name: str, attributes: str) -> None:
        if self.unseen:
            if self.unseen == "p" and (name in _BLOCKS or name in _PARAGRAPHS):
                self.unseen = ""  # a paragraph ends where the next block begins
            else:
                self.depth += name == self.unseen
                return
        values = _values(attributes)
        style = values.get("style", "")
        if name in _UNSEEN or "hidden" in values or _UNSEEN_STYLE.search(style):
            if name not in _VOID:
                self.unseen, self.depth = name, 1
            return
        tight = bool(_CLOSE_STYLE.search(style)) or "mso" in values.get("class", "").lower()
        self.place(name, tight=tight)
        if name == "blockquote":
            self.indented.append(_is_indented(values))
            self.lines.quote(0 if self.indented[-1] else 1)
        elif name == "pre":
            self.lines.kept += 1

    def place(self, name: str, *, tight: bool) -> None:
        """Begin what a tag begins: a line, a paragraph, a row, a cell."""
        if name == "br":
            self.lines.end_line()
        elif name == "hr":
            self.lines.rule(RULE)
        elif name in ("td", "th"):
            self.lines.cell()
        elif name == "tr":
            self.lines.row()
        elif name in _PARAGRAPHS:
            self.lines.block(Break.LINE if tight else Break.PARAGRAPH)
        elif name in _BLOCKS:
            self.lines.block(Break.LINE)

    def close(self, name: str) -> None:
        if self.unseen:
            self.depth -= name == self.unseen
            if self.depth <= 0 or (name in ("body", "html") and self.unseen != name):
                self.unseen = ""
            return
        if name == "br":
            self.lines.end_line()
        elif name in _BLOCKS or name in _PARAGRAPHS:
            self.lines.block(Break.LINE)
        if name == "blockquote" and self.indented:
            self.lines.quote(0 if self.indented.pop() else -1)
        elif name == "pre":
            self.lines.kept = max(0, self.lines.kept - 1)


def _is_indented(values: dict[str, str]) -> bool:
    """Tell whether a `<blockquote>` quotes nothing: the button that moves words in makes such ones."""
    quotes = "cite" in values.get("type", "") or "quote" in values.get("class", "")
    return not quotes and bool(_NO_BORDER.search(values.get("style", "")))


def _values(attributes: str) -> dict[str, str]:
    if not attributes.strip():
        return {}
    found = _ATTRIBUTE.findall(attributes)
    return {name.lower(): value.strip("\"'") for name, value in reversed(found)}
