"""Text from people: cleaning it on the way in, folding it for search, sorting it in Polish.

And its safe forms on the way out: a terminal line, a file name, a cell of a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from db.errors import WrongInput
from db.words import N_

MOST_MARKS = 4
"""Combining marks kept on one letter; no written language needs more, and 2,000 hide a screen."""

_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
# letters that Unicode does not take apart into a base and a mark
_STROKED = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MAY_COMBINE = re.compile("[^\x00-\u02ff]")
"""No mark that joins another letter stands before U+0300, so Polish text has nothing to normalise."""
_TERMINAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
_BEGINS_ODDLY = re.compile(r"\|[^\w|]")
_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_NAME_BYTES = 100


def clean(text: str, limit: int) -> str:
    """Return `text` fit to be stored: NFC, no invisible characters, no blanks around it.

    Controls except newline and tab, bidirectional and zero-width marks and lone surrogates are
    dropped; so are combining marks beyond the fourth on a letter. Raises WrongInput when more
    than `limit` characters remain.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _MAY_COMBINE.search(text) or not text.replace("\n", "").replace("\t", "").isprintable():
        text = unicodedata.normalize("NFC", _visible(unicodedata.normalize("NFC", text)))
    text = text.strip()
    if len(text) > limit:
        raise WrongInput(
            N_("Too long: %(length)s characters, %(limit)s fit. Shorten it."), length=len(text), limit=limit
        )
    return text


def clean_line(text: str, limit: int) -> str:
    """Return `text` cleaned as a single line: every run of blanks and newlines is one space."""
    line = " ".join(clean(text, max(len(text), limit)).split())
    return clean(line, limit)


def _visible(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        if char not in "\n\t" and unicodedata.category(char) in _HIDDEN:
            continue
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def fold(text: str) -> str:
    """Return the search form: no case, no diacritics, words of letters and digits, single spaces.

    Written and asked with this one function, so that both sides agree: `Żółw-Łęcka` and
    `zolw lecka` fold alike. Folding twice changes nothing.
    """
    if not text.isascii():
        for _ in range(2):  # casefold and decomposition each make work for the other
            text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKD", text).translate(_STROKED)
        text = "".join(char for char in text if not unicodedata.combining(char))
        if not text.isascii():
            return " ".join("".join(char if char.isalnum() else " " for char in text).split())
    return " ".join(_ASCII_WORDS.findall(text.lower()))


_LETTERS = {letter: chr(0x40 + place) for place, letter in enumerate(_ALPHABET)}
_LETTERS |= {digit: digit for digit in "0123456789"}


def polish_key(text: str) -> str:
    """Return a key that sorts by the Polish alphabet when compared character by character.

    ASCII for Polish text, so that Python, SQLite and PostgreSQL's C collation agree; other Latin
    letters sort as their base letter, other scripts after all.
    """
    keys: list[str] = []
    for char in unicodedata.normalize("NFC", text).casefold():
        keys.append(_LETTERS.get(char) or "".join(_foreign(base) for base in fold(char)))
        if keys[-1] == "" and not unicodedata.combining(char):
            keys[-1] = " "
    return " ".join("".join(keys).split())


def _foreign(base: str) -> str:
    return _LETTERS.get(base, base if base.isalnum() else " ")


def safe_terminal(text: str) -> str:
    """Return `text` with every control, bidirectional and zero-width character shown as U+FFFD.

    Newline and tab stay. For lines written to a terminal by the shell commands.
    """
    return _TERMINAL.sub("\ufffd", text)


def safe_file_name(stem: str, suffix: str = "") -> str:
    """Return a file name of ASCII letters, digits and `._-`, at most 100 bytes with `suffix`.

    Never a path, never hidden, never an option, never a device name of Windows. `suffix` is our
    own, such as `.pdf`; a `stem` with nothing to keep becomes `document`.
    """
    name = re.sub(r"\.{2,}", ".", _NOT_NAME.sub("-", without_marks(stem))).strip("-._")
    name = name[: _NAME_BYTES - len(suffix)].rstrip("-._") or "document"
    if name.split(".")[0].casefold() in _RESERVED:
        name = f"_{name}"[: _NAME_BYTES - len(suffix)]
    return name + suffix


_STROKED_BOTH = _STROKED | {
    ord(chr(code).upper()): new.upper()
    for code, new in _STROKED.items()
    if len(chr(code).upper()) == 1 and chr(code) != "ı"
}


def without_marks(text: str) -> str:
    """Return `text` with its letters bare, case kept: `Żółć` is `Zolc`. Other scripts stay."""
    spelt = unicodedata.normalize("NFKD", text.translate(_STROKED_BOTH))
    return "".join(char for char in spelt if not unicodedata.combining(char))


def csv_safe(text: str) -> str:
    """Return `text` so that no spreadsheet runs it as a formula: `'` before the first sign of one.

    For text columns only; amounts stay numbers.
    """
    for char in text:
        if char in _FORMULA:
            return f"'{text}"
        if not (char.isspace() or unicodedata.category(char) in _HIDDEN):
            return text
    return text


def all_plain(texts: Iterable[str]) -> bool:
    """Tell whether `safe_terminal` and `csv_safe` would leave all of these as they are: asked at once.

    May be False for some that they would leave alone as well.
    """
    cells = f"|{'|'.join(texts)}"  # any mark serves that begins no formula and is no blank
    return cells.isprintable() and _BEGINS_ODDLY.search(cells) is None
