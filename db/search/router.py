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
from db.search.dialects import Asker, Range, beginning, word_range
from db.search.identifiers import identifier_ranges
from db.search.keys import WORD_LETTERS, NameKind
from db.search.lookups import EVERYTHING, MANY, PLACE_LETTERS, Sense
from db.search.mending import Words, meant_by
from db.search.plan import Plan
from db.search.typos import worth_mending

ENOUGH = 20
"""Clients after which nobody is looked for any more who matches less well than them."""
LONG_STRETCH, SHORT_STRETCH = 10_000, 2_000
"""Names looked through behind a word of three letters or more, and behind a shorter one."""
MOST_DRIVERS = 2
"""Words of which the names behind them are looked through."""
ADDRESS_STRETCH = 1_500
"""Addresses looked through for a name."""
MENDED_FURTHER = 3
"""Spellings whose addresses are looked up as well."""
MOST_TURNED_WORDS = 3
NUMBER_DIGITS = 5
"""Digits from which on identifiers that begin or end so seldom fill the list."""

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
    rank: int
    """The smaller, the better. Names of equal rank are shown in the order of the alphabet."""
    address_id: int | None = None
    """The address that was matched, when it is another than the present one."""


@dataclass(slots=True)
class Router:
    """One search under way."""

    ask: Asker
    plan: Plan
    wanted: int
    """Clients after which to stop."""
    found: dict[int, Find] = field(default_factory=dict)
    senses: dict[str, Sense] = field(default_factory=dict)
    """In how many names and places each word may stand."""
    rank: int = 0
    """That of the last client found."""

    @property
    def on_server(self) -> bool:
        """True when each look-up waits for a server, so that several are better sent in one go."""
        return self.ask.dialect.name == "postgresql"

    @property
    def full(self) -> bool:
        """True when there is enough to show."""
        return len(self.found) >= self.wanted

    def run(self) -> dict[int, Find]:
        """Return clients by id, best first."""
        if self.on_server:
            self._ask_ahead()
        for step in self._steps():
            step()
            if self.full:
                break
        return self.found

    def _ask_ahead(self) -> None:
        """Send a server at once what nearly every search of this kind asks first, one after the other."""
        plan = self.plan
        words = (*plan.words, *plan.town)
        if not words or not (len(words) > 1 or plan.house or len(plan.digits) >= NUMBER_DIGITS):
            return
        with self.ask.ahead():
            for step in self._first_steps():
                step()
            lookups.senses(self.ask, words)
            if plan.house:
                first = (*self._of_street(plan.words, plan.town), next(iter(self._number_ranges())))
                lookups.addresses(self.ask, *first, self.wanted)

    def _steps(self) -> Iterator[Callable[[], None]]:
        yield from self._first_steps()
        if self.plan.words:
            yield from self._steps_by_sense(self.plan)

    def _first_steps(self) -> Iterator[Callable[[], None]]:
        plan = self.plan
        if plan.digits:
            yield self.identifiers
        if plan.email:
            yield self.emails
        if plan.code:
            yield self.meter_code
        if plan.words and not plan.house:
            yield lambda: self.names(plan.words)

    def _steps_by_sense(self, plan: Plan) -> Iterator[Callable[[], None]]:
        words = (*plan.words, *plan.town)
        self.senses = lookups.senses(self.ask, words)
        unknown = [at for at, word in enumerate(words) if not any(self.senses[word][:2])]
        if not unknown:
            yield lambda: self.turned_names(plan.words)
            yield lambda: self.addresses(plan.words, plan.town, MatchKind.ADDRESS)
            if len(self.found) < (1 if plan.house else ENOUGH):
                yield lambda: self.names_with_address(plan.words, plan.town, MatchKind.NAME_AND_ADDRESS)
        unsure = unknown if len(words) == 1 else self._unfinished(plan.words[:-1])
        if not self.found:
            yield lambda: self.mended(unknown)
        elif len(self.found) < ENOUGH and not plan.house and (unsure or len(words) == 1):
            yield lambda: self.mended(unsure)

    def _unfinished(self, words: Words) -> list[int]:
        """Return which of these words only begin others: of a common name mistyped, or cut short.

        The last word typed is left out: it may not be finished.
        """
        kept = [at for at, word in enumerate(words) if len(word) >= WORD_LETTERS and worth_mending(word)]
        return [at for at in kept if not self.senses[words[at]].whole]

    def add(
        self, client_id: int, match: MatchKind, address_id: int | None = None, *, like_last: bool = False
    ) -> None:
        """Note a client unless a better match found it before; it ranks lower, or `like_last`."""
        if client_id not in self.found:
            self.rank += not like_last
            self.found[client_id] = Find(match, self.rank, address_id)

    def identifiers(self) -> None:
        """Find the whole identifier first, then those that begin (a phone: or end) with the digits."""
        ranges = identifier_ranges(self.plan)
        if not ranges:
            return
        rows = lookups.numbers(self.ask, ranges, self.wanted + len(ranges), digits=self.plan.digits)
        for kind, _, client_id in rows:
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
        typed = " ".join(words)
        ranges = [(kind, beginning(typed)) for kind in NameKind]
        group = None
        for key, client_id, kind in lookups.names(self.ask, ranges, self.wanted + 1):
            # keys fold the letters; those that go on with another word mean what was typed
            last, group = group, (kind, f"{key} ".startswith(f"{typed} "))
            self.add(client_id, MatchKind.NAME, like_last=group == last)

    def turned_names(self, words: Words) -> None:
        """Find names that begin with the words in another order."""
        if not self.plan.house and 2 <= len(words) <= MOST_TURNED_WORDS and self._all_names(words):
            orders = [beginning(" ".join(order)) for order in permutations(words)]
            self._add_names(orders[1:], MatchKind.NAME)

    def _add_names(self, within: Sequence[Range], match: MatchKind, *, each: int | None = None) -> None:
        ranges = [(kind, place) for kind in NameKind for place in within]
        for _, client_id, _ in lookups.names(self.ask, ranges, self.wanted + 1, each=each):
            self.add(client_id, match)

    def _all_names(self, words: Iterable[str]) -> bool:
        """Tell whether each word may stand in a name."""
        return all(self.senses[word].names for word in words)

    def _all_places(self, words: Iterable[str]) -> bool:
        """Tell whether each word may stand in an address."""
        return all(self.senses[word].places for word in words)

    def _rarest_name_first(self, words: Iterable[str]) -> list[str]:
        return sorted(set(words), key=lambda word: (self.senses[word].names, -len(word), word))

    def _rarest_place_first(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (self.senses[word].places, -len(word)))

    def addresses(self, words: Words, town: Words, match: MatchKind) -> None:
        """Find addresses: the street begins as typed, then the words anywhere in street and town."""
        every = self._rarest_place_first((*words, *town))
        if not self._all_places(every):
            return
        ways = (self._of_street(words, town), lookups.places_of_words(every))
        asks = [(*places, number) for number in self._number_ranges() for places in ways]
        for at, (places, given, number) in enumerate(asks):
            if at == 1 and len(asks) > 2 and self.on_server:
                with self.ask.ahead():
                    for further in asks[1:]:
                        lookups.addresses(self.ask, *further, self.wanted)
            self._add_addresses(places, given, number, match)
            if self.full:
                return

    def _of_street(self, words: Words, town: Words) -> tuple[str, Sequence[object]]:
        """Return the select of places whose street begins with the words, and its values."""
        return lookups.PLACES_OF_STREET, (*beginning(" ".join(words)), *beginning(" ".join(town)))

    def _number_ranges(self) -> Iterable[Range]:
        house, flat = self.plan.house, self.plan.flat
        if flat:
            return (beginning(f"{house} {flat}"),)
        return (word_range(house), beginning(house)) if house else (EVERYTHING,)

    def _add_addresses(self, places: str, given: Sequence[object], number: Range, match: MatchKind) -> None:
        rows = lookups.addresses(self.ask, places, given, number, self.wanted)
        for _, _, _, client_id, address_id in rows:
            self.add(client_id, match, address_id or None)

    def names_with_address(self, words: Words, town: Words, match: MatchKind) -> None:
        """Find names in any order, words of which may stand in the client's street or town."""
        if len(words) < 2:
            return
        drivers = self._drivers(words)
        all_seen = False
        if self.plan.house or any(self.senses[driver].names >= MANY for driver in drivers):
            all_seen = self._residents(words, town, match)
        if self.plan.house:
            return
        # of two words one in the name and one in the address: that was looked for, both ways round
        in_places = not (all_seen and len(words) == 2)
        if not in_places:
            # a client's own name is found by either word, but another party's by its surname alone
            drivers = self._rarest_name_first(words) if self._all_names(words) else []
        for driver in drivers:
            others = list(words)
            others.remove(driver)
            self._names_behind(driver, others, match, in_places=in_places)

    def _names_behind(self, driver: str, others: Sequence[str], match: MatchKind, *, in_places: bool) -> None:
        """Go through the names that begin with `driver` for those that hold the other words."""
        cap = LONG_STRETCH if len(driver) >= PLACE_LETTERS else SHORT_STRETCH
        limit = self.wanted + len(self.found)
        while not self.full:
            rows = lookups.names_holding(self.ask, beginning(driver), others, cap, limit, in_places=in_places)
            for key, client_id in rows:
                inside = all(f" {word}" in key for word in others)
                self.add(client_id, MatchKind.NAME if inside and match is not MatchKind.TYPO else match)
            if len(rows) < limit:
                return
            limit *= 2  # some of them have several names

    def _drivers(self, words: Words) -> list[str]:
        """Return the words one of which the name must hold, the rarest first."""
        rarest = self._rarest_name_first(words)
        only_names = [word for word in rarest if not self.senses[word].places]
        return only_names[:1] or [word for word in rarest if self.senses[word].names][:MOST_DRIVERS]

    def _residents(self, words: Words, town: Words, match: MatchKind) -> bool:
        """Find the words parted in two, the one part in an address, the other in its client's name.

        Returns True when every address that there is was looked at.
        """
        parts = [(words[:at], words[at:]) for at in range(1, len(words))]
        parts += [(place, name) for name, place in parts]
        all_seen = True
        for number in self._number_ranges():
            for name, place in parts:
                fits = self._all_names(name) and self._all_places(place)
                if not fits or max(map(len, place)) < PLACE_LETTERS:
                    continue
                there = self._rarest_place_first((*place, *town))
                cap = ADDRESS_STRETCH
                rows, seen = lookups.residents(self.ask, there, number, name, cap, self.wanted)
                all_seen = all_seen and seen
                for client_id, address_id in rows:
                    self.add(client_id, match, address_id or None)
                if self.full:
                    return False
        return all_seen

    def mended(self, unknown: Sequence[int]) -> None:
        """Find what one typing error, or two swapped letters, in a longer word would explain."""
        before_house = len(self.plan.words)
        meant = meant_by(self.ask, (*self.plan.words, *self.plan.town), unknown)
        if not meant.spellings:
            return
        if not self.plan.house:
            self._mended_names(meant.spellings)
        further = meant.spellings[:MENDED_FURTHER]
        places = meant.of_places.union(word for word, sense in self.senses.items() if sense.places)
        if self.full or (self.found and not any(places.issuperset(words) for words in further)):
            return
        self.senses = lookups.senses(self.ask, sorted({word for words in further for word in words}))
        for spelling in further:
            if self.full:
                return
            words, town = spelling[:before_house], spelling[before_house:]
            self.addresses(words, town, MatchKind.TYPO)
            if not self.found:
                self.names_with_address(words, town, MatchKind.TYPO)

    def _mended_names(self, meant: Sequence[Words]) -> None:
        """Find every spelling's names: few of each, so that the meant one is among them."""
        orders: list[Range] = []
        for rank, words in enumerate(meant):
            orders.append(word_range(words[0]) if len(words) == 1 else beginning(" ".join(words)))
            if len(words) == 2 and rank < MENDED_FURTHER:
                orders.append(beginning(" ".join(reversed(words))))
        self._add_names(orders, MatchKind.TYPO, each=max(2, self.wanted // len(orders)))
