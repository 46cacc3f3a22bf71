"""Polish identifiers: reading them as people type them, in the one form that is stored.

A message never repeats what was typed: it may be somebody's PESEL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.errors import WrongInput
from db.words import N_

PERSON_DIGITS = 6
"""Length of a person's client number."""
BUSINESS_DIGITS = 4
"""Length of a business's client number."""

_SEPARATORS = re.compile(r"[\s\-./]+")
_NIP_START = re.compile(r"[1-9](?:[0-9][1-9]|[1-9][0-9])")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_EMAIL_LENGTH, _EMAIL_NAME_LENGTH = 254, 64  # RFC 5321
# Polish prefixes of mobile numbers (plan of the Office of Electronic Communications)
_MOBILE = re.compile(r"45|5[0137]|6[069]|7[2389]|88")


class Sex(StrEnum):
    """As the tenth digit of a PESEL tells."""

    FEMALE = "F"
    MALE = "M"


@dataclass(frozen=True, slots=True)
class Pesel:
    """A valid PESEL and what it says."""

    number: str
    birth_date: date
    """Read it back to the caller: swapped digits of equal weight pass the check digit."""
    sex: Sex


def parse_pesel(text: str, *, today: date) -> Pesel:
    """Return the PESEL in `text`; blanks and hyphens are skipped.

    Raises WrongInput for a wrong length, check digit or date, and for a birth after `today`.
    """
    from stdnum.exceptions import InvalidChecksum, ValidationError
    from stdnum.pl import pesel

    number = _digits(text)
    if len(number) != 11 or not _plain(number):
        raise WrongInput(N_("A PESEL has 11 digits. Ask for it again."))
    try:
        pesel.validate(number)
        born: date = pesel.get_birth_date(number)
    except InvalidChecksum:
        raise WrongInput(N_("The check digit does not fit: a digit of the PESEL is wrong.")) from None
    except ValidationError:
        raise WrongInput(N_("The PESEL begins with a day that does not exist.")) from None
    if born > today:
        raise WrongInput(N_("The PESEL gives a day of birth in the future."))
    return Pesel(number, born, Sex.MALE if int(number[9]) % 2 else Sex.FEMALE)


def parse_nip(text: str) -> str:
    """Return the 10 digits of a NIP; separators and a leading `PL` are skipped. Raises WrongInput."""
    from stdnum.pl import nip

    number = _digits(text).upper().removeprefix("PL")
    if len(number) != 10 or not _plain(number):
        raise WrongInput(N_("A NIP has 10 digits. Ask for it again."))
    if not _NIP_START.match(number):
        raise WrongInput(N_("No tax office gives a NIP with such a beginning. Ask for it again."))
    if not nip.is_valid(number):
        raise WrongInput(N_("The check digit does not fit: a digit of the NIP is wrong."))
    return number


def parse_regon(text: str) -> str:
    """Return the 9 or 14 digits of a REGON. Raises WrongInput."""
    from stdnum.pl import regon

    number = _digits(text)
    if len(number) not in (9, 14) or not _plain(number):
        raise WrongInput(N_("A REGON has 9 or 14 digits. Ask for it again."))
    if not regon.is_valid(number):
        raise WrongInput(N_("The check digit does not fit: a digit of the REGON is wrong."))
    return number


def parse_nrb(text: str) -> str:
    """Return the 26 digits of a Polish bank account; blanks and a leading `PL` are skipped.

    Raises WrongInput.
    """
    from stdnum import iban

    number = _digits(text).upper().removeprefix("PL")
    if len(number) != 26 or not _plain(number):
        raise WrongInput(N_("A bank account number has 26 digits. Ask for it again."))
    if not iban.is_valid(f"PL{number}", check_country=False):
        raise WrongInput(N_("The check digits do not fit: a digit of the account number is wrong."))
    return number


def parse_phone(text: str) -> str:
    """Return the number in E.164, `+48600123456`; without a country code it is Polish.

    The old trunk 0 (`0-33 123 45 67`) is dropped. Raises WrongInput.
    """
    import phonenumbers

    typed = " ".join(text.split())
    national = re.sub(r"^\(?0(?!0)[\s\-)]*", "", typed)
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", national), "PL")
    except phonenumbers.NumberParseException:
        raise WrongInput(N_("A phone number has 9 digits, abroad a + and the country code.")) from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise WrongInput(N_("There is no such phone number. Ask for it again."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def format_phone(phone: str) -> str:
    """Return `600 123 456` for a Polish mobile in E.164, `33 123 45 67` for a landline.

    Any other number comes back as it is.
    """
    national = phone.removeprefix("+48")
    if national == phone or len(national) != 9:
        return phone
    if _MOBILE.match(national):
        return f"{national[:3]} {national[3:6]} {national[6:]}"
    return f"{national[:2]} {national[2:5]} {national[5:7]} {national[7:]}"


def parse_email(text: str) -> str:
    """Return the e-mail address with its domain in small letters. Raises WrongInput.

    A sane form, not a promise of delivery: the confirmation message decides that.
    """
    name, at, domain = text.strip().rpartition("@")
    address = f"{name}{at}{domain.lower()}"
    if not _EMAIL.fullmatch(address) or len(address) > _EMAIL_LENGTH or len(name) > _EMAIL_NAME_LENGTH:
        raise WrongInput(N_("An e-mail address looks like name@example.com. Spell it back."))
    return address


def parse_postal_code(text: str) -> str:
    """Return the postal code as `43-400`; the hyphen may be missing. Raises WrongInput."""
    number = _digits(text)
    if len(number) != 5 or not _plain(number):
        raise WrongInput(N_("A postal code has 5 digits: 43-400."))
    return f"{number[:2]}-{number[2:]}"


def _digits(text: str) -> str:
    """Return `text` without the separators that people put between digits."""
    return _SEPARATORS.sub("", text)


def _plain(number: str) -> bool:
    """Tell whether `number` is made of ASCII digits only."""
    return number.isascii() and number.isdigit()
