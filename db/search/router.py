"""Takes a plan through the look-ups, best matches first, until the list is full.

Identifiers, then names as typed, names in another order, addresses, names with an address,
and last what one typing error would explain. Order within a step is that of the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from db.records.clients import MatchKind
from db.search import lookups
from db.search.dialects import Asker, beginning, word_range
from db.search.keys import WORD_LETTERS, NameKind, phone_ending
from db.search.lookups import EVERYTHING, PLACE_LETTERS, Range
from db.search.plan import FEWEST_LAST_DIGITS, NATIONAL_DIGITS, Plan
from db.search.typos import neighbours, worth_mending

LONG_STRETCH, SHORT_STRETCH = 20_000, 2_000
"""Names looked through behind a word of three letters or more, and behind a shorter one."""
ADDRESS_STRETCH = 2_000
"""Addresses looked through for a name."""
MOST_CANDIDATES = 24
"""Spellings that one typing error may have come from."""
MENDED_FURTHER = 3
"""Of them, those whose addresses are looked up as well."""
MOST_TURNED_WORDS = 3

Words = tuple[str, ...]

_KINDS = {
    lookups.NUMBER: MatchKind.NUMBER,
    lookups.METER: MatchKind.METER,
    lookups.PHONE: MatchKind.PHONE,
    lookups.PHONE_END: MatchKind.PHONE,
    lookups.PESEL: MatchKind.PESEL,
    lookups.NIP: MatchKind.NIP,
}


@dataclass(slots=True)
class Find:
    """A client found, and how."""

    match: MatchKind
    address_id: int | None = None
    """The address that was matched, when one was."""


@dataclass(slots=True)
class Router:
    """One search under way."""

    ask: Asker
    plan: Plan
    wanted: int
    """Clients after which to stop."""
    found: dict[int, Find] = field(default_factory=dict)
    unknown: list[int] | None = None

    @property
    def full(self) -> bool:
        """True when there is enough to show."""
        return len(self.found) >= self.wanted

    def run(self) -> dict[int, Find]:
        """Return clients by id, best first."""
        for step in self._steps():
            step()
            if self.full:
                break
        return self.found

    def _steps(self) -> Iterator[Callable[[], None]]:
        plan = self.plan
        if plan.digits:
            yield self.identifiers
        if plan.email:
            yield self.emails
        if plan.code:
            yield self.meter_code
        if plan.words and not plan.house:
            yield lambda: self.names(plan.words)
            yield lambda: self.turned_names(plan.words)
        if self._unknown():
            yield self.mended
        elif plan.words:
            yield lambda: self.addresses(plan.words, plan.town, MatchKind.ADDRESS)
            yield lambda: self.names_with_address(plan.words, plan.town, MatchKind.NAME_AND_ADDRESS)
            yield self.mended

    def add(self, client_id: int, match: MatchKind, address_id: int | None = None) -> None:
        """Note a client unless a better match found it before."""
        if client_id not in self.found:
            self.found[client_id] = Find(match, address_id)

    def identifiers(self) -> None:
        """Find the whole identifier first, then those that begin (a phone: or end) with the digits."""
        digits, plan = self.plan.digits, self.plan
        phones = [(lookups.PHONE, phone) for phone in plan.phones]
        own = [
            (lookups.NUMBER, digits),
            (lookups.PESEL, digits),
            (lookups.NIP, digits),
            (lookups.METER, digits),
        ]
        exact = phones if plan.phone_only else own + phones
        ranges: list[tuple[int, Range]] = [(kind, word_range(text)) for kind, text in exact]
        begun = phones if plan.phone_only else [own[0], own[3], *phones, own[1], own[2]]
        ranges += [(kind, beginning(text)) for kind, text in begun]
        if FEWEST_LAST_DIGITS <= len(digits) <= NATIONAL_DIGITS:
            ranges.append((lookups.PHONE_END, beginning(phone_ending(digits))))
        rows = lookups.numbers(self.ask, ranges, self.wanted + len(exact))
        for kind, value, client_id in rows:
            if kind != lookups.PHONE_END or value.endswith(digits):
                self.add(client_id, _KINDS[kind])

    def emails(self) -> None:
        """Find e-mail addresses that begin as typed."""
        for _, client_id in lookups.emails(self.ask, self.plan.email, self.wanted):
            self.add(client_id, MatchKind.EMAIL)

    def meter_code(self) -> None:
        """Find meters whose number has letters."""
        ranges = [(lookups.METER, beginning(self.plan.code))]
        for _, _, client_id in lookups.numbers(self.ask, ranges, self.wanted):
            self.add(client_id, MatchKind.METER)

    def names(self, words: Words) -> None:
        """Find names that begin with the words as typed, `last first` before any other order."""
        within = beginning(" ".join(words))
        ranges = [(NameKind.NATURAL, within), (NameKind.TURNED, within)]
        for _, client_id in lookups.names(self.ask, ranges, self.wanted + 1):
            self.add(client_id, MatchKind.NAME)

    def turned_names(self, words: Words) -> None:
        """Find names that begin with the words in another order."""
        if not 2 <= len(words) <= MOST_TURNED_WORDS:
            return
        orders = [beginning(" ".join(order)) for order in permutations(words)][1:]
        ranges = [(kind, order) for kind in NameKind for order in orders]
        for _, client_id in lookups.names(self.ask, ranges, self.wanted + 1):
            self.add(client_id, MatchKind.NAME)

    def addresses(self, words: Words, town: Words, match: MatchKind) -> None:
        """Find addresses: the street begins as typed, then the words anywhere in street and town."""
        for number in self._number_ranges():
            given = (*beginning(" ".join(words)), *beginning(" ".join(town)))
            self._add_addresses(lookups.PLACES_OF_STREET, given, number, match)
            if self.full:
                return
            self._add_addresses(*lookups.places_of_words((*words, *town)), number, match)
            if self.full:
                return

    def _number_ranges(self) -> Iterable[Range]:
        house, flat = self.plan.house, self.plan.flat
        if flat:
            return (beginning(f"{house} {flat}"),)
        return (word_range(house), beginning(house)) if house else (EVERYTHING,)

    def _add_addresses(self, places: str, given: Sequence[object], number: Range, match: MatchKind) -> None:
        rows = lookups.addresses(self.ask, places, given, number, self.wanted)
        for _, _, _, client_id, address_id in rows:
            self.add(client_id, match, address_id)

    def names_with_address(self, words: Words, town: Words, match: MatchKind) -> None:
        """Find names in any order, words of which may stand in the client's street or town."""
        if len(words) < 2:
            return
        if self.plan.house or any(len(word) < PLACE_LETTERS for word in words):
            self._residents(words, town, match)
        if self.plan.house:
            return
        for driver in sorted(set(words), key=lambda word: (-len(word), word)):
            others = list(words)
            others.remove(driver)
            cap = LONG_STRETCH if len(driver) >= PLACE_LETTERS else SHORT_STRETCH
            for kind in NameKind:
                rows = lookups.names_holding(self.ask, kind, beginning(driver), others, cap, self.wanted)
                for key, client_id in rows:
                    inside = all(f" {word}" in key for word in others)
                    self.add(client_id, MatchKind.NAME if inside and match is not MatchKind.TYPO else match)
                if self.full:
                    return

    def _residents(self, words: Words, town: Words, match: MatchKind) -> None:
        """Find the words parted in two, the one part in an address, the other in its client's name."""
        parts = [(words[:at], words[at:]) for at in range(1, len(words))]
        parts += [(place, name) for name, place in parts]
        for number in self._number_ranges():
            for name, place in parts:
                if max(map(len, place)) < PLACE_LETTERS:
                    continue
                rows = lookups.residents(
                    self.ask, (*place, *town), number, name, ADDRESS_STRETCH, self.wanted
                )
                for client_id, address_id in rows:
                    self.add(client_id, match, address_id)
                if self.full:
                    return

    def mended(self) -> None:
        """Find what one typing error, or two swapped letters, in a longer word would explain."""
        if self.plan.house and self.found:
            return
        spellings = self._spellings()
        if not spellings:
            return
        if not self.plan.house:
            self._mended_names(spellings)
        named, before_house = bool(self.found), len(self.plan.words)
        for spelling in spellings[:MENDED_FURTHER]:
            if self.full:
                return
            words, town = spelling[:before_house], spelling[before_house:]
            self.addresses(words, town, MatchKind.TYPO)
            if not named:
                self.names_with_address(words, town, MatchKind.TYPO)

    def _mended_names(self, spellings: Sequence[Words]) -> None:
        ranges: list[tuple[NameKind, Range]] = []
        for rank, words in enumerate(spellings):
            orders = [word_range(words[0])] if len(words) == 1 else [beginning(" ".join(words))]
            if len(words) == 2 and rank < MENDED_FURTHER:
                orders.append(beginning(" ".join(reversed(words))))
            ranges += [(kind, order) for order in orders for kind in NameKind]
        fair = max(2, 2 * self.wanted // len(ranges))
        for _, client_id in lookups.names(self.ask, ranges, self.wanted, each=fair):
            self.add(client_id, MatchKind.TYPO)

    def _unknown(self) -> list[int]:
        """Return which of the typed words, long enough to be sure, begin no word of a name or place."""
        if self.unknown is None:
            words = (*self.plan.words, *self.plan.town)
            sure = [word for word in words if len(word) >= WORD_LETTERS and word.isalpha()]
            known = lookups.known_beginnings(self.ask, sure) if sure else set()
            self.unknown = [at for at, word in enumerate(words) if word in sure and word not in known]
        return self.unknown

    def _spellings(self) -> list[Words]:
        """Return the typed words with one of them mended, the commonest first.

        Words that begin nothing known must be wrong: then each of those is mended, else any one.
        """
        words = (*self.plan.words, *self.plan.town)
        unknown = self._unknown()
        most = MOST_CANDIDATES // max(1, len(unknown)) ** 2
        spellings: list[Words] = [words]
        for at in unknown or [at for at, word in enumerate(words) if worth_mending(word)]:
            mended = self._candidates(words[at])[: max(1, most)]
            base = spellings if unknown else [words]
            fresh = [(*old[:at], word, *old[at + 1 :]) for word in mended for old in base]
            spellings = fresh if unknown else spellings + fresh
        return [spelling for spelling in spellings if spelling != words][:MOST_CANDIDATES]

    def _candidates(self, word: str) -> list[str]:
        near = neighbours(word)
        rows = list(lookups.known_words(self.ask, near))
        if not rows:
            rows = list(lookups.words_beginning(self.ask, near, 200))
        rows.sort(key=lambda row: (-row[1], row[0]))
        return [str(row[0]) for row in rows[:MOST_CANDIDATES]]
