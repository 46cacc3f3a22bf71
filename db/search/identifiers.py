"""Which identifiers a number may be, by its length: the fewer, the fewer walks."""

from __future__ import annotations

from db.rules.identifiers import BUSINESS_DIGITS, PERSON_DIGITS
from db.search.dialects import Range, beginning, word_range
from db.search.keys import phone_ending
from db.search.lookups import METER, NIP, NUMBER, PESEL, PHONE, PHONE_END
from db.search.plan import FEWEST_LAST_DIGITS, NATIONAL_DIGITS, Plan

_LENGTHS = {NUMBER: (BUSINESS_DIGITS, PERSON_DIGITS), PESEL: (11,), NIP: (10,), METER: range(4, 21)}
"""Lengths that each identifier may have."""


def identifier_ranges(plan: Plan) -> list[tuple[int, Range]]:
    """Return what to walk and where: whole identifiers first, then those that begin as typed."""
    digits, length = plan.digits, len(plan.digits)
    own = () if plan.phone_only else _LENGTHS
    ranges = [(kind, word_range(digits)) for kind in own if length in _LENGTHS[kind]]
    begun = {kind: (kind, beginning(digits)) for kind in own if length < max(_LENGTHS[kind])}
    longest = len("+48") + NATIONAL_DIGITS
    phones = [
        (PHONE, beginning(phone))
        for phone in plan.phones
        if len(phone) <= longest or not phone.startswith("+48")
    ]
    ranges += [begun[kind] for kind in (NUMBER, METER) if kind in begun]
    ranges += phones
    ranges += [begun[kind] for kind in (PESEL, NIP) if kind in begun]
    if FEWEST_LAST_DIGITS <= length <= NATIONAL_DIGITS:
        ranges.append((PHONE_END, beginning(phone_ending(digits))))
    return ranges
