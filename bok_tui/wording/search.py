"""What a person reads about hits and their kinds."""

from __future__ import annotations

from bok_tui.i18n import N_, _, ngettext
from db.records.clients import ClientHit, MatchKind, SearchAnswer

_KINDS = {
    MatchKind.NUMBER: N_("client number"),
    MatchKind.PESEL: N_("PESEL"),
    MatchKind.NIP: N_("NIP"),
    MatchKind.METER: N_("meter number"),
    MatchKind.PHONE: N_("phone number"),
    MatchKind.EMAIL: N_("e-mail address"),
    MatchKind.NAME: N_("name"),
    MatchKind.ADDRESS: N_("address"),
    MatchKind.NAME_AND_ADDRESS: N_("name and address"),
    MatchKind.TYPO: N_("similar spelling"),
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
