"""The payload of the payment code that Polish banking apps scan (ZBP recommendation of 2013).

Nine fields: NIP of the recipient, country, account, grosze in six digits, recipient, title and
three that stay empty. It cannot carry more than 9,999.99 zł, other money or an amount of nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal

from db.rules.grosze import to_grosze
from db.rules.identifiers import parse_nip, parse_nrb
from db.rules.text import without_marks

RECIPIENT_LENGTH = 20
TITLE_LENGTH = 32
MOST_GROSZE = 999_999

_INVOICE = re.compile(r"FAK/\d{6}/\d{7}/\d{6}/\d{8}")
_UNSAFE = re.compile(r"[^A-Za-z0-9 .,:;/()+*#@&%!?'\"=_-]+")


def payment_payload(
    *, account: str, amount: Decimal, recipient: str, title: str, nip: str = "", currency: str = "PLN"
) -> str | None:
    """Return the text of the code, ASCII only; None where the standard forbids a code.

    `account` is an NRB and `nip` may be empty for a person; WrongInput when either is wrong.
    The recipient is cut to 20 characters, the title to 32; an invoice number, which is longer,
    leaves out its slashes instead.
    """
    grosze = to_grosze(amount)
    if currency != "PLN" or not 0 < grosze <= MOST_GROSZE:
        return None
    fields = (
        parse_nip(nip) if nip else "",
        "PL",
        parse_nrb(account),
        f"{grosze:06d}",
        _field(recipient)[:RECIPIENT_LENGTH].strip(),
        short_title(title),
        *("", "", ""),
    )
    return "|".join(fields)


def short_title(title: str) -> str:
    """Return `title` as it fits the code: ASCII, at most 32 characters.

    The 34 characters of an invoice number become its 30 letters and digits; the matching of
    payments knows them in that form too.
    """
    plain = _field(title)
    if len(plain) > TITLE_LENGTH:
        plain = _INVOICE.sub(lambda number: number[0].replace("/", ""), plain)
    return plain[:TITLE_LENGTH].strip()


def _field(text: str) -> str:
    """Return `text` as ASCII without the field separator and what no bank takes in a transfer."""
    return " ".join(_UNSAFE.sub(" ", without_marks(text)).split())
