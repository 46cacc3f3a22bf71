"""The company's own particulars: putting them right."""

from __future__ import annotations

import dataclasses
import re

import sqlalchemy as sa

from db.doors import ADMINS, operation
from db.errors import WrongInput
from db.models import Utility
from db.queries.utility import utility
from db.records.utility import UtilityParticulars
from db.rules.bank_account import bare_account, is_nrb
from db.rules.identifiers import parse_email, parse_nip, parse_phone, parse_postal_code, parse_regon
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

_KRS = re.compile(r"[0-9]{10}")
_LENGTHS = {"name": 160, "short_name": 60, "street": 120, "town": 80, "email": 120}


@operation(roles=ADMINS)
def set_utility(work: Work, particulars: UtilityParticulars) -> UtilityParticulars:
    """Replace the particulars of the utility, as letters show them from now on, and return them.

    Letters that were issued keep what they said. Raises WrongInput for one that is empty, too
    long or no NIP, REGON, KRS, phone, e-mail, postal code or account number.
    """
    before, after = utility(work), _checked(particulars)
    changed = [name for name in after.__slots__ if getattr(after, name) != getattr(before, name)]
    if changed:
        work.session.execute(sa.update(Utility).values({name: getattr(after, name) for name in changed}))
        work.changed(
            "utility.changed",
            "utility",
            before={name: getattr(before, name) for name in changed},
            after={name: getattr(after, name) for name in changed},
        )
    return after


def _checked(given: UtilityParticulars) -> UtilityParticulars:
    """Return the particulars in the forms in which they are stored."""
    lines = {name: clean_line(getattr(given, name), limit) for name, limit in _LENGTHS.items()}
    if empty := [name for name, line in lines.items() if not line]:
        raise WrongInput(
            N_("The letterhead needs every particular; empty: %(fields)s."), fields=", ".join(empty)
        )
    krs = "".join((given.krs or "").split())
    if krs and not _KRS.fullmatch(krs):
        raise WrongInput(N_("A KRS number has 10 digits."))
    return dataclasses.replace(
        given,
        **lines | {"email": parse_email(lines["email"])},
        postal_code=parse_postal_code(given.postal_code),
        nip=parse_nip(given.nip),
        regon=parse_regon(given.regon),
        krs=krs or None,
        phone=parse_phone(given.phone),
        bank_account=_account(given.bank_account),
        routing_number=_digits(given.routing_number, 8),
        account_prefix=_digits(given.account_prefix, 4),
    )


def _account(given: str | None) -> str | None:
    account = bare_account(given or "")
    if account and not is_nrb(account):
        raise WrongInput(N_("This is no Polish account number: 26 digits with a correct check."))
    return account or None


def _digits(given: str | None, count: int) -> str | None:
    digits = "".join((given or "").split())
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == count):
        raise WrongInput(N_("%(count)s digits are needed here, nothing else."), count=count)
    return digits or None
