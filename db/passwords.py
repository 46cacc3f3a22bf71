"""Passwords: argon2id hashes, and which passwords are refused.

Long ones are welcome and nothing about their letters is prescribed (ASVS 6.2): only those
that everybody tries first are refused. Hashing takes a tenth of a second by design and is
never done inside a transaction.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import WrongInput
from db.rules.text import fold
from db.words import N_

if TYPE_CHECKING:
    from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 8
LONGEST = 1024
FEWEST_SIGNS = 4
"""Different characters that a password has at least."""
OWN_WORDS = ("wodociagi", "wodociag", "wodomierz", "kanalizacja", "woda", "bok", "haslo", "password")
"""Words that anybody would try first here."""
SHORTEST_WORD = 3
"""Shorter ones are part of every phrase."""
LETTERS_LEFT = 4
"""Letters that must remain once the own words are taken out."""
INITIAL_SIGNS = 20
"""Signs of a password that the program makes: 100 bits."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs; never below OWASP's minimum of 19 MiB and two passes."""

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 4


COST = Cost()


def hash_password(password: str) -> str:
    """Return the hash to store; takes about a tenth of a second."""
    return _hasher().hash(_plain(password))


def verify_password(password: str, stored: str) -> bool:
    """Tell whether `password` is the one that was hashed; as slow for a wrong one."""
    return len(password) <= LONGEST and _hasher().verify(_plain(password), stored)


def is_outdated(stored: str) -> bool:
    """Tell whether the hash was made with another cost than today's."""
    return _hasher().check_needs_rehash(stored)


def nobodys_hash() -> str:
    """Return a well-formed hash that no password fits, so that an unknown login costs the same."""
    return f"$argon2id$v=19$m={COST.memory_kib},t={COST.passes},p={COST.lanes}${'Ym9r' * 5}Yg${'A' * 43}"


def new_initial_password() -> str:
    """Return a random password for somebody who will change it at the first sign-in."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(INITIAL_SIGNS))
    return "-".join(signs[start : start + 5] for start in range(0, INITIAL_SIGNS, 5))


def require_acceptable(password: str, own_words: Iterable[str] = ()) -> None:
    """Raise WrongInput when `password` is too short, too long or easily guessed.

    `own_words` are what is known of the person and the company: login, names.
    """
    plain = unicodedata.normalize("NFC", password)
    if len(plain) < SHORTEST:
        raise WrongInput(N_("The password is too short; it needs %(count)s characters."), count=SHORTEST)
    if len(plain) > LONGEST:
        raise WrongInput(N_("The password is too long; at most %(count)s characters."), count=LONGEST)
    _plain(password)
    if plain.lower() in _common() or len(set(plain.lower())) < FEWEST_SIGNS:
        raise WrongInput(N_("This password is one of those that are tried first; choose another one."))
    if _is_own_words(plain, own_words):
        raise WrongInput(
            N_("The password is made of words that are known here (login, name, water); choose another one.")
        )


def _is_own_words(password: str, own_words: Iterable[str]) -> bool:
    folded = re.sub("[^a-z]", "", fold(password))
    words = [*OWN_WORDS, *(part for word in own_words for part in fold(word).split())]
    rest = folded
    for word in sorted({re.sub("[^a-z]", "", word) for word in words}, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            rest = rest.replace(word, "")
    return rest != folded and len(rest) < LETTERS_LEFT


def _plain(password: str) -> str:
    """Return the password in one spelling: `ż` as one sign or as two is the same key."""
    try:
        plain = unicodedata.normalize("NFC", password)
        plain.encode()
    except UnicodeEncodeError as error:
        raise WrongInput(N_("The password has characters that are none; type it again.")) from error
    return plain


def _hasher() -> Argon2Hasher:
    from pwdlib.hashers.argon2 import Argon2Hasher

    return Argon2Hasher(time_cost=COST.passes, memory_cost=COST.memory_kib, parallelism=COST.lanes)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.lower() for line in text.splitlines() if not line.startswith("#"))
