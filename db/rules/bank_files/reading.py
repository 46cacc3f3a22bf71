"""Reads a file of the bank from its bytes: recognises what it is and examines all of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from itertools import islice

from db.errors import WrongInput
from db.records.bank_file import BankFile, BankFileKind, Statement
from db.rules.bank_files.fields import CONTROLS
from db.rules.bank_files.limits import MOST_BYTES, MOST_TEXT_LINES
from db.rules.bank_files.mass_payments import is_list, read_list
from db.rules.bank_files.mt940_file import read_statements
from db.rules.text_encoding import decode
from db.words import N_

_FIELD = re.compile(r":(?:20|25|28C?|60[FM]?|61|86|62[FM]?):")
_LOOKED_AT = 1000
"""Fields, or what looks like one, among which one begins a line in a statement."""
_FRAME = 4
"""Controls and marks that may stand before the first field of a line."""
_XML = re.compile(r"[\s\ufeff]*<[?!A-Za-z]")
_OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_FILLER = re.compile(rb"(?<=[<~^+][0-9][0-9])\xff")
"""PKO BP fills an empty sub-field with the byte 255, which would pass for a letter."""


def read_bank_file(data: bytes, *, accounts: Collection[str] = ()) -> BankFile:
    """Return what a bank file says: an MT940 statement or a CSV list of mass payments.

    Its encoding (UTF-8, CP1250, ISO 8859-2, CP852) is recognised. `accounts` are our own, 26
    digits each: a statement of another one is refused; empty takes any. Raises WrongInput, one
    sentence, for everything that is not wholly right: then nothing may be booked from the file.
    """
    if len(data) > MOST_BYTES:
        raise WrongInput(N_("The file is larger than %(limit)s MB. Split it."), limit=MOST_BYTES // 1_000_000)
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf\x1a"):
        raise WrongInput(N_("The file is empty."))
    if data.startswith(_OTHER_FILES) or (b"\0" in data and not data.startswith(_WIDE)):
        raise WrongInput(
            N_("The file is not text: a PDF, a spreadsheet, an archive? Choose the MT940 or CSV file.")
        )
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_TEXT_LINES:
        raise WrongInput(N_("The file has more than %(limit)s lines. Split it."), limit=MOST_TEXT_LINES)
    decoded = decode(data if data.startswith(_WIDE) else _FILLER.sub(b"", data))
    kind, statements = _recognise(decoded.text, accounts)
    names = {statement.account for statement in statements}
    return BankFile(
        kind=kind,
        digest=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        account=names.pop() if len(names) == 1 else "",
        statements=statements,
    )


def _recognise(text: str, accounts: Collection[str]) -> tuple[BankFileKind, tuple[Statement, ...]]:
    if _is_statement(text):
        return BankFileKind.MT940, read_statements(text, accounts=accounts)
    if is_list(text):
        return BankFileKind.MASS, (read_list(text),)
    if _XML.match(text):
        raise WrongInput(N_("The file is XML (camt.053?). Export the statement as MT940 from the bank."))
    raise WrongInput(
        N_("The file is neither an MT940 statement nor a CSV list of mass payments with a header.")
    )


def _is_statement(text: str) -> bool:
    """Tell whether a line of `text` begins with a field of MT940."""
    for found in islice(_FIELD.finditer(text), _LOOKED_AT):
        before = text[max(0, found.start() - _FRAME) : found.start()].replace("\r", "\n")
        _, newline, start = before.rpartition("\n")
        if (newline or len(before) < _FRAME) and not start.strip(CONTROLS):
            return True
    return False
