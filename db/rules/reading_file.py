"""Reads a CSV file of readings: whatever a spreadsheet or a handheld writes, nothing guessed.

One reading a line, columns named by the header in Polish or English, separated by `;`, `,` or a
tab. A line that cannot be read says why and never turns into another reading.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from db.errors import WrongInput
from db.records.people import Channel
from db.records.reading_import import FileReading, LineFault, LineFinding, ReadingFile
from db.rules.levels import Level, Param
from db.rules.reading_columns import Header, header_prints, read_header
from db.rules.reading_line import LineReader
from db.rules.text_encoding import decode
from db.words import N_

MOST_BYTES = 32_000_000
MOST_LINES = 200_000
NO_MAPPING: Mapping[str, str] = MappingProxyType({})


def parse_reading_file(
    data: bytes, *, channel: Channel = Channel.FIELD, mapping: Mapping[str, str] = NO_MAPPING
) -> ReadingFile:
    """Return what a CSV file says; `channel` is that of readings that do not name theirs.

    `mapping` says which of its columns are which of ours, where their own words do not.

    Raises WrongInput for what is no such file: empty, too large, or without the columns it needs.
    """
    if len(data) > MOST_BYTES:
        raise WrongInput(N_("The file is larger than %(limit)s MB. Split it."), limit=MOST_BYTES // 1_000_000)
    decoded = decode(data)
    header = read_header(decoded.text, mapping)
    reader = LineReader(header.places, channel=channel, decimal_comma=header.separator == ",")
    readings: list[FileReading] = []
    findings: list[LineFinding] = []
    lines = 0
    for line, cells in _records(decoded.text, header):
        lines += 1
        if lines > MOST_LINES:
            raise WrongInput(N_("The file has more than %(limit)s lines. Split it."), limit=MOST_LINES)
        if isinstance(cells, LineFinding):
            findings.append(cells)
            continue
        reading, wrong = reader.read(line, cells)
        findings.extend(wrong)
        if reading is not None:
            readings.append(reading)
    if not lines:
        raise WrongInput(N_("The file has a header and no readings below it."))
    return ReadingFile(
        digest=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        lines=lines,
        readings=tuple(readings),
        findings=tuple(findings),
        has_channel="channel" in header.places,
        ignored=header.ignored,
        header=header.print,
    )


def possible_prints(data: bytes) -> tuple[str, ...]:
    """Return the fingerprints under which the first line of a file may be remembered."""
    return header_prints(decode(data).text)


def _records(text: str, header: Header) -> Iterator[tuple[int, Sequence[str] | LineFinding]]:
    """Return the lines below the header that are not empty, or why one cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=header.separator, strict=True)
    named = False
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            named = True
            yield line, _unreadable(line, reader.line_num)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not named:
            named = True
        elif reader.line_num > line:
            yield line, _unreadable(line, reader.line_num)
        else:
            yield line, _fitting(line, cells, header)


def _fitting(line: int, cells: Sequence[str], header: Header) -> Sequence[str] | LineFinding:
    """Return `cells`, or why they are not those of the header's columns."""
    if any("\0" in cell for cell in cells):
        return _finding(line, N_("The line is damaged: it holds zero bytes. Export the file again."))
    if any(cell.strip() for cell in cells[header.width :]):
        return _finding(
            line,
            N_("The line has %(cells)s cells and the header %(columns)s. Is there a comma too many?"),
            cells=len(cells),
            columns=header.width,
        )
    return cells


def _unreadable(first: int, last: int) -> LineFinding:
    """Return the finding for lines that quotation marks tie into one."""
    if last > first:
        return _finding(
            first,
            N_("The lines %(first)s to %(last)s read as one: a quotation mark is not closed."),
            first=first,
            last=last,
        )
    return _finding(first, N_("The line cannot be read: a cell is too long or badly quoted."))


def _finding(line: int, message: str, **params: Param) -> LineFinding:
    return LineFinding(line, "", LineFault.UNREADABLE, Level.REFUSE, message, params)
