"""Personal values half hidden, and log lines without them."""

from __future__ import annotations

import re

from db.rules.identifiers import format_phone

_STARS = "***"
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"']+@[^\s@<>()\[\],;:\"']+")
_PESEL = re.compile(r"(?<![\d+])\d{11}(?!\d)")
_ACCOUNT = re.compile(r"(?<!\d)(?:PL\s?)?\d{2}(?:\s?\d{4}){6}(?!\d)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)\s?\d{2}[\s-]?)?"
    r"(?:\d{9}|\d{3}[\s-]\d{3}[\s-]\d{3}|\(?\d{2}\)?[\s-]\d{3}[\s-]\d{2}[\s-]\d{2})(?!\d)"
    r"|(?<!\d)\+\d{7,15}(?!\d)"
)


def mask_pesel(pesel: str) -> str:
    """Return `44*******59` for `44051401359`: year of birth and the last two digits."""
    return f"{pesel[:2]}{'*' * 7}{pesel[-2:]}" if len(pesel) == 11 else "*" * 11


def mask_phone(phone: str) -> str:
    """Return `600 *** 456` for `+48600123456`, `33 *** 45 67` for a landline."""
    shown = format_phone(phone).split(" ")
    if len(shown) < 3:
        return f"{_STARS} {phone[-3:]}" if len(phone) > 6 else _STARS
    shown[-2 if len(shown) == 3 else 1] = _STARS
    return " ".join(shown)


def mask_email(email: str) -> str:
    """Return `z***@example.com` for `zaneta@example.com`."""
    name, at, domain = email.rpartition("@")
    return f"{name[:1]}{_STARS}@{domain}" if at else _STARS


def mask_name(name: str) -> str:
    """Return `K*** Ż***` for `Kowalska Żaneta`."""
    initials = (next(filter(str.isalnum, word), "") for word in name.split())
    return " ".join(f"{initial}{_STARS}" for initial in initials)


def mask_house(house: str) -> str:
    """Return `***`: a street is many people's, a house number one's."""
    return _STARS if house else ""


def redact(text: str) -> str:
    """Return `text` without e-mail addresses, bank accounts, PESEL and phone numbers, for logs.

    Rather one number too many: every run of 11 digits is taken for a PESEL, of 9 for a phone.
    """
    text = _EMAIL.sub("[e-mail]", text)
    text = _ACCOUNT.sub("[account]", text)
    text = _PESEL.sub("[PESEL]", text)
    return _PHONE.sub("[phone]", text)
