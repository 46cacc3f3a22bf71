"""The letters of a message: the charset it declares is believed only where it makes Polish words."""

from __future__ import annotations

import codecs
import re

from db.rules.text import clean
from db.rules.text_encoding import decode, plausibility

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}")
_ONE_BYTE = frozenset(
    {
        "ascii",
        *(f"iso8859-{number}" for number in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)),
        *(f"cp{page}" for page in (437, 850, 852, 1250, 1252, 1254, 1257)),
    }
)
"""Latin letters, one byte each: confused with one another every day."""
_OTHERS = frozenset(
    {
        *(f"iso8859-{number}" for number in (5, 6, 7, 8, 11)),
        *(f"cp{page}" for page in (866, 1251, 1253, 1255, 1256, 1258, 932, 949)),
        *("koi8-r", "koi8-u", "mac-latin2", "mac-roman", "mac-cyrillic"),
        *("gb2312", "gbk", "gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr"),
        *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    }
)
"""What else is taken at its word; `idna`, `punycode`, `unicode_escape` and the like are not."""
_NOT_ASCII = frozenset({"iso2022_jp"})
"""Other letters in the bytes of ASCII."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CUBIC = re.compile(r"(?<=\d)( ?m)ł(?!\w)")
"""`487 m³` of a western charset as Polish ones read it: the same byte is `ł`."""
_MISREAD = re.compile(r"[³¶±¿¼£¯¦](?=[a-zA-ZóÓ])")
"""Polish letters of ISO 8859-2 that some program took for western ones and sent on as such: `g³ówny`."""
_LOST = "\ufffd"


def decode_text(data: bytes, declared: str = "") -> tuple[str, bool]:
    """Return bytes as text, and whether all of them could be read.

    Strict UTF-8 wins over any other Latin charset, since chance makes none of it; a declared Latin
    charset gives way to the one in which the letters make Polish words. Nothing is raised.
    """
    charset = _charset(declared)
    if data.isascii() and charset not in _NOT_ASCII and b"\0" not in data:
        return data.decode("ascii"), True
    if data.startswith(_MARKS) or (b"\0" in data and charset not in _OTHERS):
        text = decode(data).text
    elif charset in _OTHERS:
        text = _replaced(data, charset)
    else:
        text = _CUBIC.sub(r"\1³", _reread(_latin(data, charset)))
    return text, _LOST not in text


def _latin(data: bytes, charset: str) -> str:
    """Return Latin text, whatever of its charsets it says that it is in."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        found = decode(data).text
    if charset == "utf-8":
        said = data.decode("utf-8", "replace")
        beyond = sum(char > "\x7f" for char in said)
        return said if said.count(_LOST) * 2 < beyond else found
    if charset in _ONE_BYTE:
        said = data.decode(charset, "replace")
        return said if _LOST not in said and plausibility(said) >= plausibility(found) else found
    return found


def _reread(text: str) -> str:
    """Return text of western letters with Polish ones, where the same bytes make Polish words.

    Only where no letter is a Polish one: `m³` beside `żółty` stays.
    """
    if not _MISREAD.search(text):
        return text
    try:
        polish = text.encode("iso8859-1").decode("iso8859-2")
    except UnicodeEncodeError:
        return text
    return polish if plausibility(polish) > plausibility(text) else text


def _charset(declared: str) -> str:
    """Return the library's name of a charset; nothing for one that is unknown or not for text."""
    name = declared.strip().strip("\"'").partition("*")[0]
    if not _NAME.fullmatch(name):
        return ""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return found if found == "utf-8" or found in _ONE_BYTE or found in _OTHERS else ""


def _replaced(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return decode(data).text


def cleaned(text: str, limit: int) -> str:
    """Return `text` without what no person typed, with plain blanks, cut to `limit` characters.

    Line ends and tabs stay.
    """
    text = _BLANKS.sub(" ", text[: limit * 2])
    return clean(text, len(text) * 4)[:limit].rstrip()


def cleaned_line(text: str, limit: int) -> str:
    """Return `text` as `cleaned` does, as a single line."""
    return " ".join(cleaned(text, limit * 2).split())[:limit].rstrip()
