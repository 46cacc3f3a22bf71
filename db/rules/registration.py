"""The five things that a registration in e-BOK is checked for; only results come out.

Everything typed is compared in constant time with what is on file, and all five always are: neither
the answer nor its time tells a stored value. PESEL is that of the first party of the contract.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from db.errors import WrongInput
from db.records.clients import ClientKind
from db.records.ebok import CheckResult, Registration, RegistrationCheck
from db.rules.identifiers import BUSINESS_DIGITS, PERSON_DIGITS, parse_email, parse_nip, parse_pesel
from db.rules.text import clean_line
from db.words import N_

REGISTRATION = "registration"
"""What a wrong registration is called among the wrong answers of a contact."""
_INVOICE = re.compile(r"FAK/.{6}/.{7}/.{6}/.{8}")
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{2,59}")
_DIGITS = {ClientKind.PERSON: PERSON_DIGITS, ClientKind.BUSINESS: BUSINESS_DIGITS}
_GUESSED = frozenset({RegistrationCheck.IDENTITY, RegistrationCheck.CLIENT_NUMBER, RegistrationCheck.INVOICE})

_LONGEST, _EXTERNAL = 200, 80
_R = CheckResult


@dataclass(frozen=True, slots=True)
class OnFile:
    """What a registration is compared with; never leaves db/."""

    kind: ClientKind
    number: str
    identity: str | None
    """PESEL of the first party, or NIP."""
    others: tuple[str, ...] = ()
    """PESEL of the further parties."""
    invoices: tuple[str, ...] = ()
    """Numbers of the client's invoices, the latest first."""


Checks = tuple[tuple[RegistrationCheck, CheckResult], ...]


def cleaned(registration: Registration) -> Registration:
    """Return a registration as it may be compared and stored. Raises WrongInput for what is too long."""
    external = registration.external_id
    return replace(
        registration,
        identity=clean_line(registration.identity, _LONGEST),
        client_number=clean_line(registration.client_number, _LONGEST),
        invoice=clean_line(registration.invoice, _LONGEST),
        email=clean_line(registration.email, _LONGEST),
        login=clean_line(registration.login, _LONGEST),
        external_id=None if external is None else clean_line(external, _EXTERNAL) or None,
    )


def check(registration: Registration, on_file: OnFile | None, *, today: date) -> Checks:
    """Return the five results in their order; None on file is a number that no client has."""
    known = on_file or OnFile(registration.kind, "", "-", (), ("-",))
    return (
        (RegistrationCheck.KIND, _R.OK if registration.kind is known.kind else _R.WRONG),
        (RegistrationCheck.IDENTITY, _identity(registration, known, today)),
        (RegistrationCheck.CLIENT_NUMBER, _number(registration, known)),
        (RegistrationCheck.INVOICE, _invoice(registration.invoice, known.invoices)),
        (RegistrationCheck.EMAIL, _email(registration.email)),
    )


def is_guess(checks: Checks) -> bool:
    """Tell whether something well-formed was simply not true: that counts as a wrong answer.

    A slip of form does not, nor what only somebody of the household knows (another party's PESEL,
    an older invoice).
    """
    return any(result is _R.WRONG for what, result in checks if what in _GUESSED)


def clean_login(text: str) -> str:
    """Return the login as it is shown; raises WrongInput when it cannot be one."""
    login = text.strip()
    if not _LOGIN.fullmatch(login):
        raise WrongInput(
            N_(
                "A login of e-BOK has 3 to 60 letters a-z, digits or . _ - @ + and begins with a letter"
                " or a digit."
            )
        )
    return login


def login_key(login: str) -> str:
    """Return the form in which logins are compared: case does not tell two apart."""
    return login.lower()


def _identity(registration: Registration, known: OnFile, today: date) -> CheckResult:
    try:
        if registration.kind is ClientKind.PERSON:
            said = parse_pesel(registration.identity, today=today).number
        else:
            said = parse_nip(registration.identity)
    except WrongInput:
        said = None
    same = _same(said or "", known.identity or "-")
    other = _among(said or "", known.others)
    if said is None:
        return _R.MALFORMED
    if known.identity is None:
        return _R.MISSING_ON_FILE
    if same:
        return _R.OK
    return _R.SECOND_PARTY if other else _R.WRONG


def _number(registration: Registration, known: OnFile) -> CheckResult:
    said = registration.client_number.strip()
    same = _same(said, known.number)
    if not (said.isascii() and said.isdigit()):
        return _R.MALFORMED
    if len(said) != _DIGITS[registration.kind]:
        return _R.WRONG_LENGTH if len(said) in _DIGITS.values() else _R.MALFORMED
    return _R.OK if same else _R.WRONG


def _invoice(typed: str, invoices: tuple[str, ...]) -> CheckResult:
    said = typed.strip()
    plain = said.upper()
    last, older = _among(plain, invoices[:1]), _among(plain, invoices[1:])
    if not _INVOICE.fullmatch(plain):
        return _R.MALFORMED
    if not invoices:
        return _R.NO_INVOICE
    if last:
        return _R.OK if plain == said else _R.LOWER_CASE
    return _R.NOT_THE_LAST if older else _R.WRONG


def _email(typed: str) -> CheckResult:
    try:
        parse_email(typed)
    except WrongInput:
        return _R.MALFORMED
    return _R.OK


def _among(said: str, stored: Collection[str]) -> bool:
    """Compare with every value, so that time does not tell which one it was."""
    return sum(_same(said, value) for value in stored) > 0


def _same(left: str, right: str) -> bool:
    """Compare in constant time; the digests hide even the lengths."""
    return hmac.compare_digest(sha256(left.encode()).digest(), sha256(right.encode()).digest())
