"""Any document as plain text of at most 80 columns, to be read on the screen before it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from db.records.documents import DocumentKind
from reports.documents.blocks import (
    Bars,
    Block,
    Chart,
    Closing,
    Fact,
    Form,
    Head,
    Paper,
    Paragraph,
    Particulars,
    Parties,
    Payment,
    Section,
    Table,
    Title,
)
from reports.documents.figures import account
from reports.documents.registry import paper_of
from reports.documents.text_lines import COLUMNS, broken, plain, table_lines, width_of

_RULE = "─" * COLUMNS
_LONGEST_LABEL = 30
_BAR = 50


def as_text(kind: DocumentKind, snapshot_json: str) -> str:
    """Return the stored document as text; nothing in it is an escape sequence or markup.

    Raises `WrongInput` as `registry.render` does.
    """
    paper = paper_of(kind, snapshot_json)
    lines = [*_letterhead(paper)]
    for block in paper.blocks:
        lines += ["", *_LINES[type(block)](block)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _letterhead(paper: Paper) -> Iterator[str]:
    head = paper.letterhead
    yield from broken(head.name)
    yield from broken(", ".join(head.address_lines))
    numbers = (("NIP", head.nip), ("REGON", head.regon), ("KRS", head.krs))
    yield from broken(" · ".join(f"{name} {value}" for name, value in numbers if value))
    yield from broken(f"tel. {head.phone} · {head.email}")
    if head.account:
        yield from broken(f"Rachunek: {account(head.account)}")
    yield _RULE


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    """Labels on the left, values on the right, broken where they must be."""
    known = [(plain(label)[:_LONGEST_LABEL], value) for label, value in facts]
    left = max((width_of(label) for label, _ in known), default=0) + 2
    for label, value in known:
        for place, line in enumerate(broken(value, COLUMNS - left)):
            shown = label if place == 0 else ""
            yield shown + " " * (left - width_of(shown)) + line


def _head(head: Head) -> Iterator[str]:
    if head.place:
        yield from broken(head.place)
        yield ""
    yield from _facts(head.facts)
    yield ""
    yield from broken(head.name)
    for line in head.lines:
        yield from broken(line)


def _title(title: Title) -> Iterator[str]:
    if title.mark:
        yield from broken(title.mark)
    for line in broken(title.text):
        yield line
        yield "═" * width_of(line)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    yield from broken(paragraph.text)


def _section(section: Section) -> Iterator[str]:
    yield from broken(section.heading)
    indent = "– " if section.dashes else ""
    for sentence in section.sentences:
        for place, line in enumerate(broken(sentence, COLUMNS - len(indent))):
            yield (indent if place == 0 else " " * len(indent)) + line
    if section.basis:
        yield from broken(section.basis)


def _particulars(particulars: Particulars) -> Iterator[str]:
    yield from _facts(particulars.rows)


def _parties(parties: Parties) -> Iterator[str]:
    yield from _facts((party.role, ", ".join((party.name, *party.lines))) for party in parties.parties)


def _table(table: Table) -> Iterator[str]:
    if table.heading:
        yield from broken(table.heading)
    yield from table_lines(table)


def _payment(payment: Payment) -> Iterator[str]:
    yield from _facts([(payment.label, payment.amount), *payment.facts])


def _bars(chart: Bars) -> Iterator[str]:
    yield chart.heading
    for label, figure, _ in chart.bars:
        yield f"  {label}: {figure}"


def _chart(chart: Chart) -> Iterator[str]:
    yield from broken(chart.heading)
    most = max([1, *(volume for _, volume in chart.months)])
    figures = max(len(str(volume)) for _, volume in chart.months) if chart.months else 0
    for month, volume in chart.months:
        yield f"{plain(month)[:7]}  {volume:>{figures}}  {'█' * (max(volume, 0) * _BAR // most)}"[:COLUMNS]


def _form(form: Form) -> Iterator[str]:
    yield from broken(form.heading)
    yield from _facts(form.boxes)


def _closing(closing: Closing) -> Iterator[str]:
    if closing.signature:
        yield from broken(closing.greeting)
        for line in closing.signature:
            yield from broken(line)
        yield ""
    for line in closing.notes:
        yield from broken(line)


_LINES: Mapping[type[Block], Callable[[Any], Iterator[str]]] = {
    Head: _head,
    Title: _title,
    Paragraph: _paragraph,
    Section: _section,
    Particulars: _particulars,
    Parties: _parties,
    Table: _table,
    Payment: _payment,
    Chart: _chart,
    Bars: _bars,
    Form: _form,
    Closing: _closing,
}
