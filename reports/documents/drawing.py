"""Puts a document's blocks on A4, one below the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reports.documents.blocks import (
    Bars,
    Block,
    Chart,
    Closing,
    Form,
    Head,
    Paper,
    Paragraph,
    Particulars,
    Parties,
    Party,
    Payment,
    Section,
    Table,
    Title,
)
from reports.documents.chart import draw_bars, draw_chart
from reports.documents.glyphs import REPLACEMENT
from reports.documents.letterhead import write_letterhead
from reports.documents.page import LEFT, PAGE_WIDTH, RIGHT, WIDTH, Letter, Style
from reports.documents.payment_box import draw_form, draw_payment
from reports.documents.tables import draw_table
from reports.documents.words import foot_words, tied

ADDRESSEE = 85.0
"""Width of the addressee's column in mm: what an envelope's window shows."""
_REFERENCES, _REFERENCE = 76.0, 31.0
"""Width of our references, and of the labels in it."""
_WINDOW_ENDS = 63.0
_PARTICULAR = 55.0
_SIGNATURE = 70.0
_TALLEST_PARTY = 60.0


def draw(paper: Paper, *, identifier: str, prepared: bool) -> Letter:
    """Return the letter with every block of `paper` on it; `identifier` names its snapshot."""
    letter = _begin(
        paper, title=paper.title, identifier=identifier, foot=_foot(paper, identifier), prepared=prepared
    )
    _put_blocks(letter, paper)
    return letter


def draw_joint(papers: Sequence[tuple[Paper, str]], *, title: str, identifier: str, prepared: bool) -> Letter:
    """Return one file with every paper (and its identifier) in it, each with page numbers of its own."""
    (paper, own), *others = papers
    letter = _begin(paper, title=title, identifier=identifier, foot=_foot(paper, own), prepared=prepared)
    _put_blocks(letter, paper)
    for paper, own in others:
        letter.begin_next(_foot(paper, own))
        _put_blocks(letter, paper)
    return letter


def _foot(paper: Paper, identifier: str) -> str:
    """Return the foot line; the seal in it is the beginning of the snapshot's hash."""
    digest = identifier.rpartition(":")[2][:16]
    seal = " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
    words = foot_words(paper.language)
    client = f" · {words.client} {paper.client_number}" if paper.client_number else ""
    return f"{paper.number}{client} · {words.seal} {seal}"


def _begin(paper: Paper, *, title: str, identifier: str, foot: str, prepared: bool) -> Letter:
    return Letter(
        title=title,
        author=paper.letterhead.name,
        created=paper.created,
        language=paper.language,
        foot=foot,
        identifier=identifier,
        prepared=prepared,
    )


def _put_blocks(letter: Letter, paper: Paper) -> None:
    write_letterhead(letter, paper.letterhead)
    for block in paper.blocks:
        _DRAWN[type(block)](letter, block)
    if letter.replaced and not any(isinstance(block, Closing) for block in paper.blocks):
        letter.say(_replaced(paper.language), Style.NOTE)


def _draw_head(letter: Letter, head: Head) -> None:
    letter.gap(5)
    if head.place:
        letter.say(head.place, align="R")
        letter.gap(4)
    top, page = letter.get_y(), letter.page
    _references(letter, head)
    lowest = letter.get_y()
    if letter.page != page:
        lowest = top = letter.get_y()
    letter.set_y(top)
    page = letter.page
    column = PAGE_WIDTH - RIGHT - ADDRESSEE
    letter.say(head.name, Style.STRONG, x=column, width=ADDRESSEE)
    for line in head.lines:
        letter.say(line, x=column, width=ADDRESSEE)
    if letter.page == page:
        letter.set_y(max(lowest, letter.get_y(), _WINDOW_ENDS))


def _references(letter: Letter, head: Head) -> None:
    """Our references, a label and a value to a line."""
    line = 4.3
    for label, value in head.facts:
        for place, text in enumerate(letter.lines(value, Style.CELL_STRONG, _REFERENCES - _REFERENCE)):
            letter.keep_together(line)
            y = letter.get_y()
            if place == 0:
                letter.put(label, Style.CELL_LABEL, x=LEFT, y=y)
            letter.put(text, Style.CELL_STRONG, x=LEFT + _REFERENCE, y=y)
            letter.set_y(y + line)


def _draw_title(letter: Letter, title: Title) -> None:
    """The mark of a duplicate stands above the title, at the right."""
    if title.mark:
        letter.gap(0.5)
        letter.say(title.mark, Style.STRONG, align="R")
        letter.gap(0.6)
    else:
        letter.gap(4)
    letter.say(title.text, Style.TITLE)


def _draw_paragraph(letter: Letter, paragraph: Paragraph) -> None:
    style = Style.NOTE if paragraph.quiet else Style.STRONG if paragraph.strong else Style.BODY
    text = tied(paragraph.text)
    letter.gap(2.5)
    letter.keep_together(letter.height_of(text, style, WIDTH))
    letter.say(text, style)


def _draw_section(letter: Letter, section: Section) -> None:
    """The heading with its first sentence; sentences stay whole where they can."""
    letter.gap(3)
    indent = 4.0 if section.dashes else 0.0
    width = WIDTH - indent
    texts = [tied(sentence) for sentence in section.sentences]
    heights = [letter.height_of(text, Style.SENTENCE, width) for text in texts]
    letter.keep_together(Style.HEADING.value.line + (heights[0] if heights else 0))
    letter.say(section.heading, Style.HEADING)
    for text, height in zip(texts, heights, strict=True):
        letter.keep_together(height)
        if section.dashes:
            letter.put("–", Style.SENTENCE, x=LEFT, y=letter.get_y())
        letter.say(text, Style.SENTENCE, x=LEFT + indent, width=width)
    if section.basis:
        letter.gap(1.2)
        basis = tied(section.basis)
        letter.keep_together(letter.height_of(basis, Style.NOTE, WIDTH))
        letter.say(basis, Style.NOTE)


def _draw_particulars(letter: Letter, particulars: Particulars) -> None:
    """Labelled lines with rules between; a long value wraps and may go on overleaf."""
    letter.gap(4)
    letter.rule(letter.get_y())
    for label, value in particulars.rows:
        letter.keep_together(letter.height_of(value, Style.BODY, WIDTH - _PARTICULAR) + 2)
        top = letter.get_y() + 0.8
        letter.put(letter.lines(label, Style.LABEL, _PARTICULAR - 2)[0], Style.LABEL, x=LEFT, y=top)
        letter.set_y(top)
        letter.say(value, x=LEFT + _PARTICULAR, width=WIDTH - _PARTICULAR)
        letter.rule(letter.get_y() + 0.8)
        letter.gap(0.8)


def _draw_parties(letter: Letter, parties: Parties) -> None:
    """Columns side by side; where a name is too long for that, one below the other."""
    letter.gap(3)
    gutter = 5.0
    width = (WIDTH + gutter) / len(parties.parties) - gutter
    columns = [_party(letter, party, width) for party in parties.parties]
    height = max(sum(style.value.line for _, style in column) for column in columns)
    if height > _TALLEST_PARTY:
        for party in parties.parties:
            for text, style in _party(letter, party, WIDTH):
                letter.say(text, style)
            letter.gap(1.5)
        return
    letter.keep_together(height)
    top = letter.get_y()
    for place, column in enumerate(columns):
        y = top
        for text, style in column:
            letter.put(text, style, x=LEFT + place * (width + gutter), y=y)
            y += style.value.line
    letter.set_y(top + height)


def _party(letter: Letter, party: Party, width: float) -> list[tuple[str, Style]]:
    """Return the lines of one party as they fit `width`."""
    lines = [(text, Style.CELL_HEAD) for text in letter.lines(party.role, Style.CELL_HEAD, width)]
    lines += [(text, Style.CELL_STRONG) for text in letter.lines(party.name, Style.CELL_STRONG, width)]
    for line in party.lines:
        lines += [(text, Style.CELL) for text in letter.lines(line, Style.CELL, width)]
    return lines


def _draw_closing(letter: Letter, closing: Closing) -> None:
    """The notes on the left, the signature on the right."""
    notes = [*closing.notes, *([_replaced(letter.language)] if letter.replaced else [])]
    width = 80.0 if closing.signature else WIDTH
    letter.gap(5 if closing.signature else 1.2)
    letter.keep_together(24 if closing.signature else len(notes) * Style.NOTE.value.line)
    top, page = letter.get_y(), letter.page
    for note in notes:
        letter.say(tied(note), Style.NOTE, width=width)
    lowest = letter.get_y()
    if not closing.signature:
        return
    letter.set_y(top)
    column = PAGE_WIDTH - RIGHT - _SIGNATURE
    if closing.greeting:
        letter.say(closing.greeting, x=column, width=_SIGNATURE)
        letter.gap(1.5)
    for place, line in enumerate(closing.signature):
        letter.say(line, Style.BODY if place else Style.STRONG, x=column, width=_SIGNATURE)
    if letter.page == page:
        letter.set_y(max(lowest, letter.get_y()))


def _replaced(language: str) -> str:
    return foot_words(language).replaced % REPLACEMENT


def _spaced(drawn: Callable[[Letter, Any], None], gap: float) -> Callable[[Letter, Any], None]:
    """Return `drawn` with `gap` mm free above it."""

    def draw_lower(letter: Letter, block: Any) -> None:
        letter.gap(gap)
        drawn(letter, block)

    return draw_lower


_DRAWN: Mapping[type[Block], Callable[[Letter, Any], None]] = {
    Head: _draw_head,
    Title: _draw_title,
    Paragraph: _draw_paragraph,
    Section: _draw_section,
    Particulars: _draw_particulars,
    Parties: _draw_parties,
    Table: _spaced(draw_table, 3),
    Payment: _spaced(draw_payment, 3),
    Chart: _spaced(draw_chart, 3),
    Bars: _spaced(draw_bars, 3),
    Form: _spaced(draw_form, 5),
    Closing: _draw_closing,
}
