"""To whom a report may be sent: figures of the office stay in the office. Pure."""

from __future__ import annotations

from db.errors import Refused, WrongInput
from db.rules.identifiers import parse_email
from db.words import N_

SHARED_DOMAINS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"),
        *("wp.pl", "o2.pl", "onet.pl", "op.pl", "poczta.onet.pl", "interia.pl", "interia.eu", "poczta.fm"),
        *("tlen.pl", "gazeta.pl", "vp.pl", "onet.eu", "autograf.pl", "int.pl", "proton.me", "protonmail.com"),
    }
)
"""Domains where anybody has an address."""


def office_address(address: str, office: str) -> str:
    """Return `address` cleaned; it has to be of the domain of `office`, the utility's own address.

    Where that domain is everybody's, only the utility's own address will do. Raises WrongInput for
    what is no address, Refused for somebody else's.
    """
    own = parse_email(office)
    try:
        wanted = parse_email(address)
    except WrongInput as error:
        raise WrongInput(
            N_("%(address)s is no e-mail address: they look like name@example.com."), address=address[:80]
        ) from error
    domain = own.rpartition("@")[2]
    same = wanted.rpartition("@")[2] == domain
    if wanted.casefold() == own.casefold() or (same and domain not in SHARED_DOMAINS):
        return wanted
    raise Refused(
        N_(
            "Reports go to the office's own addresses alone: to those of the domain of %(office)s, which"
            " bok db utility sets. Not to %(address)s."
        ),
        office=own,
        address=wanted,
    )
