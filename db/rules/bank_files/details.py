"""The details of a movement (`:86:`), which every Polish bank writes in its own way.

Most number their sub-fields and differ in the sign before the number: 20 to 26 title, 32 and 33
name (27 to 29 where those are empty), 38 or 29 or 30 with 31 the other account. mBank writes labels
instead. What neither fits is a title as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.rules.bank_account import account_of_bank, bare_account, is_nrb
from db.rules.bank_files.limits import ACCOUNT_LENGTH, NAME_LENGTH, TITLE_LENGTH, short

SIGNS = "<~^+"
"""Before the number of a sub-field: ING, BNP and Millennium; PKO BP; Pekao and Santander; Nordea."""

_BEGINNING = re.compile(r"[0-9A-Z]{0,4}\s?([<~^+])(?=[0-9]{2})")
_NUMBERS = "0[0-9]|1[0-9]|2[0-9]|3[0-4]|38|6[0-9]"
_SUBFIELDS = {sign: re.compile(rf"\n?{re.escape(sign)}({_NUMBERS})") for sign in SIGNS}
_LABELS = re.compile(
    r"(?:^|;)\s*(ID IPH|Z RACH\.|NA RACH\.|OD|DLA|TYT\.|DATA STEMPLA|WALUTA|KWOTA|KURS|TNR)\s*:\s?", re.I
)
_LABELLED = re.compile(r";\s*(?:TYT\.|TNR|Z RACH\.)\s*:", re.I)
_PAYER_ID = re.compile(r"X*([0-9]{12})")
_NRB = re.compile(r"(?<![0-9])[0-9]{2}(?:[ ]?[0-9]{4}){6}(?![0-9])")
_FILLERS = "\xa0ÿ˙ \n\t"
"""PKO BP fills an empty sub-field with the byte 255, which is one of these by the encoding."""
_CHUNKS = frozenset({27, 35})
"""Widths at which banks cut a text into sub-fields, also in the middle of a word."""
_WRAPPED = 60
"""A line at least this long was cut where the width ended, not between words."""
_TITLE = ("20", "21", "22", "23", "24", "25", "26")
_NAME, _OLD_NAME = ("32", "33"), ("27", "28", "29")
_NO_TITLE = frozenset({"20", "38", "29", "30", "31"})


@dataclass(frozen=True, slots=True)
class Details:
    """What the details say."""

    title: str
    name: str
    account: str
    """Of the other side."""
    accounts: tuple[str, ...]
    """Every other account number in the details and the title, 26 digits each; where mBank tells
    the 12 digits of the payer's id, those first."""
    known: bool
    """False when they follow no form that is known here."""


def split_details(raw: str) -> Details:
    """Return what `raw`, a field `:86:` with its line breaks, says."""
    beginning = _BEGINNING.match(raw)
    if beginning and (fields := _subfields(raw, beginning[1])):
        return _numbered(fields)
    if _LABELLED.search(raw):
        return _labelled(unwrap(raw))
    text = unwrap(raw)
    return Details(short(text, TITLE_LENGTH), "", "", accounts_in(text), known=False)


def unwrap(raw: str) -> str:
    """Return `raw` with its line breaks gone: those that cut a word leave nothing behind."""
    if "\n" not in raw:
        return raw
    out, last = "", ""
    for line in raw.split("\n"):
        glue = "" if not last or last.endswith(" ") or len(last) >= _WRAPPED else " "
        out += glue + line
        last = line
    return out


def _subfields(raw: str, sign: str) -> Mapping[str, str]:
    """Return the texts of the sub-fields by number; repeated ones of a number in a row."""
    pieces = _SUBFIELDS[sign].split(raw)
    found: dict[str, str] = {}
    for number, text in zip(pieces[1::2], pieces[2::2], strict=True):
        value = unwrap(text) if text.strip(_FILLERS) else ""
        if value:
            found[number] = _join((found[number], value)) if number in found else value
    return found


def _numbered(fields: Mapping[str, str]) -> Details:
    in_29 = bare_account(fields["29"]) if "29" in fields else ""
    in_29 = in_29 if is_nrb(in_29) else ""
    account = _account(fields, in_29)
    numbers = _NAME if any(number in fields for number in _NAME) else _OLD_NAME
    names = (fields[number] for number in numbers if number in fields and not (in_29 and number == "29"))
    title = _join(fields[number] for number in _TITLE if number in fields)
    elsewhere = " ; ".join(text for number, text in fields.items() if number not in _NO_TITLE)
    return Details(
        title=short(title, TITLE_LENGTH),
        name=short(_join(names), NAME_LENGTH),
        account=account,
        accounts=accounts_in(f"{elsewhere} ; {title}"),
        known=True,
    )


def _account(fields: Mapping[str, str], in_29: str) -> str:
    """Return the other account of the movement."""
    bank, own = (bare_account(fields[number]) if number in fields else "" for number in ("30", "31"))
    whole = bare_account(fields["38"]) if "38" in fields else in_29
    return _fit(whole or account_of_bank(bank, own) or own)


def _labelled(text: str) -> Details:
    pieces = _LABELS.split(text)
    found: dict[str, str] = {}
    for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(label.upper(), value.strip(" ;\n"))
    account = _fit(bare_account(found.get("Z RACH.", "") or found.get("NA RACH.", "")))
    payer = _PAYER_ID.fullmatch("".join(found.get("ID IPH", "").split()))
    title = found.get("TYT.", "") or pieces[0]
    return Details(
        title=short(title, TITLE_LENGTH),
        name=short(found.get("OD", "") or found.get("DLA", ""), NAME_LENGTH),
        account=account,
        accounts=(*([payer[1]] if payer else ()), *accounts_in(title)),
        known=True,
    )


def accounts_in(text: str) -> tuple[str, ...]:
    """Return the Polish account numbers with valid check digits that stand in `text`, 26 digits each."""
    bare = (found[0].replace(" ", "") for found in _NRB.finditer(text))
    return tuple(account for account in bare if is_nrb(account))


def _join(pieces: Iterable[str]) -> str:
    """Return the pieces of one text as it was before the bank cut it."""
    out, last = "", ""
    for piece in pieces:
        cut = len(last) in _CHUNKS or last.endswith(" ")
        out += piece if cut or not out else f" {piece}"
        last = piece or last
    return out


def _fit(account: str) -> str:
    """Return `account` if it can be one, else nothing."""
    return account if account.isascii() and account.isalnum() and len(account) <= ACCOUNT_LENGTH else ""
