"""What a person reads about hits and their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bok_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    # the records of clients take longer to import than the desk takes to be painted
    from db.records.clients import ClientHit, MatchKind, SearchAnswer

_KINDS: Mapping[str, str] = {
    "number": N_("client number"),
    "pesel": N_("PESEL"),
    "nip": N_("NIP"),
    "meter": N_("meter number"),
    "phone": N_("phone number"),
    "email": N_("e-mail address"),
    "name": N_("name"),
    "address": N_("address"),
    "name_and_address": N_("name and address"),
    "typo": N_("similar spelling"),
}


def match_word(kind: MatchKind) -> str:
    """Say why a client is among the hits."""
    return _(_KINDS[kind])


def meters_word(hit: ClientHit) -> str:
    """Name the one meter, or count them."""
    count = len(hit.meters)
    if count == 1:
        return hit.meters[0]
    return ngettext("%(count)s meter", "%(count)s meters", count) % {"count": count} if count else "–"


def town_and_street(hit: ClientHit) -> tuple[str, str]:
    """Split a hit's address into its town and its street with the house number."""
    street, comma, rest = hit.address.rpartition(", ")
    if not comma:
        return "", hit.address
    code, _blank, town = rest.partition(" ")
    return (town, street) if "-" in code and town else (rest, street)


def counted(answer: SearchAnswer) -> str:
    """Say how many hits there are, and to narrow it when there are more."""
    count = len(answer.hits)
    if answer.more:
        return _("the first %(count)s; there are more: narrow it down") % {"count": count}
    return ngettext("%(count)s hit", "%(count)s hits", count) % {"count": count}
