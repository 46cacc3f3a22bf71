"""Which meter a state belongs to: by number, by role, in the order in which the text names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from db.records.clients import MeterRole
from db.rules.inbox.bound import IN_TURN, among_others, bound_meters, crossed, leads_elsewhere, told_in_turn
from db.rules.inbox.labels import labelled_otherwise, meters_by_label
from db.rules.inbox.mentions import Mention, mentions_in
from db.rules.inbox.page import Kind
from db.rules.inbox.records import chunks_of, own_states
from db.rules.inbox.stated import State
from db.rules.inbox.tags import Tag
from db.rules.inbox.tokens import Piece, Sort, kind_of

_MOST_LABELS = 40
_LIST = 30


@dataclass(slots=True)
class Paired:
    """A state and what the text says of its meter."""

    state: State
    meter: str | None = None
    role: MeterRole | None = None
    pieces: list[int] = field(default_factory=list)
    """Pieces that tell the meter's number."""


def pair(pieces: list[Piece], states: list[State], cells: Mapping[int, str] | None = None) -> list[Paired]:
    """Return every state with its meter, as far as it can be told; those of table `cells` have theirs."""
    own = own_states(pieces, states)
    states = states if own is None else own
    paired = [Paired(state) for state in states]
    if not paired:
        return []
    mentions = mentions_in(pieces, states, every=own is not None)
    groups = _grouped(pieces, mentions, states)
    if len(paired) == 1:
        paired[0].role = role_behind(pieces, paired[0].state.literal.unit)
    if not groups:
        return paired
    _assign(pieces, paired, groups, mentions)
    _only_meter(paired, groups)
    _uncross(pieces, paired, groups)
    _by_labels(pieces, paired)
    for item in paired:
        item.meter = (cells or {}).get(pieces[item.state.literal.first].start, item.meter)
    return paired


def _uncross(pieces: list[Piece], paired: list[Paired], groups: list[Mention]) -> None:
    """Take back the meters of states that the text pairs otherwise: none is better than a wrong one."""
    given = {item.state.literal.first: item.meter for item in paired}
    given = crossed(pieces, [item.state for item in paired], given)
    if 2 <= len(paired) <= _MOST_LABELS and labelled_otherwise(pieces, given):
        own = bound_meters(pieces, [item.state for item in paired])
        given = {spot: own.get(spot) for spot in given}
    if len(paired) > 1 and leads_elsewhere(pieces, [item.state for item in paired], given):
        given = dict.fromkeys(given)
    named = [(group.at, group.number) for group in groups if group.number]
    if len(paired) == 1 and not (paired[0].role and any(group.number and group.role for group in groups)):
        given = {
            spot: None if number and among_others(pieces, spot, number, named) else number
            for spot, number in given.items()
        }
    given = told_in_turn(pieces, given)
    for item in paired:
        item.meter = given[item.state.literal.first]


def _by_labels(pieces: list[Piece], paired: list[Paired]) -> None:
    """Give states their meters by the words before them, where those lead each to another one."""
    if not 2 <= len(paired) <= _MOST_LABELS or len({item.meter for item in paired} - {None}) == len(paired):
        return
    named = meters_by_label(pieces, [item.state.literal.first for item in paired])
    if named:
        named = {**named, **bound_meters(pieces, [item.state for item in paired])}
    if len(set(named.values())) == len(paired):
        for item in paired:
            item.meter = named[item.state.literal.first]


def role_behind(pieces: list[Piece], end: int) -> MeterRole | None:
    """Return the role that a sentence of its own names right behind a state: `1730. Główny.`"""
    sentence = next((p.sentence for p in pieces[end : end + 3] if p.sort is Sort.WORD), None)
    own = [p for p in pieces[end : end + 12] if p.sentence == sentence and p.sort is not Sort.SIGN]
    own = [p for p in own if p.sort is not Sort.LINE and p.plain not in ("to", "ten", "ta")]
    if not own or not all(p.says(Tag.MAIN | Tag.GARDEN | Tag.METER) for p in own):
        return None
    if own[0].sentence == pieces[end - 1].sentence:
        return None
    if any(p.says(Tag.GARDEN) for p in own):
        return MeterRole.GARDEN
    return MeterRole.MAIN if any(p.says(Tag.MAIN) for p in own) else None


def _grouped(pieces: list[Piece], mentions: list[Mention], states: list[State]) -> list[Mention]:
    """Return the mentions, neighbouring ones of one meter joined: `ogrodowy nr 81234570`."""
    at_states = sorted(state.literal.first for state in states)
    groups: list[Mention] = []
    for mention in mentions:
        last = groups[-1] if groups else None
        if (
            last is not None
            and last.joins(mention)
            and not any(last.last < at < mention.at for at in at_states)
            and _close(pieces, last, mention)
        ):
            last.add(mention)
        else:
            groups.append(replace(mention))
    return groups


def _close(pieces: list[Piece], one: Mention, other: Mention) -> bool:
    """Tell whether two mentions stand together: in a clause, or a few words apart without a conjunction."""
    between = pieces[one.last + 1 : other.at]
    if len(between) > 12 or any(piece.says(Tag.ALSO) for piece in between):
        return False
    sentence = pieces[one.at].sentence
    if one.number and sentence != pieces[other.at].sentence and not (one.role or other.number):
        near = pieces[max(0, one.at - _LIST) : one.last + _LIST]
        named = {
            p.claim.value for p in near if kind_of(p) is Kind.METER and p.claim and p.sentence == sentence
        }
        if len(named) > 1:
            return False  # of which of the two the role is said, nobody knows
    lines = sum(1 for piece in between if piece.plain == "\n")
    same = bool(one.number) == bool(other.number) and bool(one.role) == bool(other.role)
    if same and one.number == other.number and one.role == other.role:
        return True
    return lines <= 1 and not same


def _assign(
    pieces: list[Piece], paired: list[Paired], groups: list[Mention], mentions: list[Mention]
) -> None:
    """Give each state its group: those before it, or behind it where the text puts numbers behind states."""
    if _in_order(pieces, paired, mentions) or _by_records(pieces, paired, mentions):
        return
    spots = [item.state.literal.first for item in paired]
    prefix = [group for group in groups if group.at < spots[0]]
    suffix = not prefix or _brackets(pieces, paired, groups)
    if (suffix and len(paired) > 1) or not prefix:
        bounds = [*spots[1:], len(pieces)]
        slots = [
            [g for g in groups if spot < g.at < bound] for spot, bound in zip(spots, bounds, strict=True)
        ]
        if prefix and not slots[-1]:
            slots = []
        _moved_on(pieces, slots, spots)
    else:
        slots = []
    if not slots or (len(paired) == 1 and prefix):
        floors = [-1, *spots[:-1]]
        slots = [
            [g for g in groups if floor < g.at < spot] for floor, spot in zip(floors, spots, strict=True)
        ]
    _share(pieces, paired, slots, groups)


def _moved_on(pieces: list[Piece], slots: list[list[Mention]], spots: list[int]) -> None:
    """Give a mention to the state behind it: `745 na podliczniku 312`, `745, a ten od ogródka 312`."""
    for place in range(len(slots) - 1):
        for group in list(slots[place]):
            led = pieces[group.at - 1].plain in ("na", "w") if group.at else False
            led = led and spots[place + 1] == group.last + 1
            if led or (
                _parted(pieces, spots[place], group.at) and not _parted(pieces, group.last, spots[place + 1])
            ):
                slots[place].remove(group)
                slots[place + 1].insert(0, group)


def _parted(pieces: list[Piece], start: int, end: int) -> bool:
    """Tell whether a conjunction, a line or a sentence parts two places."""
    between = pieces[start:end]
    return any(piece.says(Tag.ALSO) or piece.is_sign(";") for piece in between) or (
        pieces[start].sentence != pieces[end].sentence
    )


def _in_order(pieces: list[Piece], paired: list[Paired], mentions: list[Mention]) -> bool:
    """Give `A i B to odpowiednio 540 i 97` its meters in turn, and a role in brackets to the state before."""
    first = paired[0].state.literal.first
    sentence = [p for p in pieces[max(0, first - 20) : first] if p.sentence == pieces[first].sentence]
    if len(paired) < 2 or not any(
        piece.plain in IN_TURN or piece.plain.startswith("pierwsz") for piece in sentence
    ):
        return False
    meters = {mention.number: mention for mention in mentions if mention.number and mention.at < first}
    if len(meters) != len(paired):
        return False
    for item, mention in zip(paired, meters.values(), strict=True):
        _give(item, [replace(mention, role=None)])
    roles = [mention for mention in mentions if mention.role and mention.at > paired[-1].state.literal.first]
    if len(roles) == 1:
        paired[-1].role = roles[0].role
    return True


def _by_records(pieces: list[Piece], paired: list[Paired], groups: list[Mention]) -> bool:
    """Give every state the mentions of its own line, sentence or part of one, where each has some."""
    if len(paired) < 2:
        return False
    places = ([piece.line for piece in pieces], [piece.sentence for piece in pieces], chunks_of(pieces))
    for place in places:
        spots = [place[item.state.literal.first] for item in paired]
        if len(set(spots)) < len(spots):
            continue
        slots = [[group for group in groups if place[group.at] == spot] for spot in spots]
        if all(slots) and all(_agree(slot) for slot in slots):
            for item, slot in zip(paired, slots, strict=True):
                _give(item, slot)
            return True
    return False


def _agree(slot: list[Mention]) -> bool:
    return all(one.joins(other) for at, one in enumerate(slot) for other in slot[at + 1 :])


def _brackets(pieces: list[Piece], paired: list[Paired], groups: list[Mention]) -> bool:
    """Tell whether every state is followed by a mention in its own brackets or clause."""
    for item in paired:
        end = item.state.literal.unit
        if not any(end <= g.at <= end + 8 and _bound_to(pieces, end, g.at) for g in groups):
            return False
    return True


def _bound_to(pieces: list[Piece], end: int, at: int) -> bool:
    between = pieces[end:at]
    if end < len(pieces) and pieces[end].is_sign("(["):
        counted = any(piece.sort is Sort.DIGITS for piece in pieces[at + 1 : at + 4])
        return not counted and not any(piece.is_sign(")]") for piece in between)
    if any(piece.is_sign(",;") or piece.says(Tag.ALSO) or piece.plain == "\n" for piece in between):
        return False
    return not any(piece.is_sign(":=") for piece in pieces[at + 1 : at + 3])


def _share(
    pieces: list[Piece], paired: list[Paired], slots: list[list[Mention]], groups: list[Mention]
) -> None:
    filled = [slot for slot in slots if slot]
    if len(paired) > 1 and len(filled) == 1 and len(filled[0]) == len(paired):
        for item, mention in zip(paired, filled[0], strict=True):
            _give(item, [mention])
        return
    for item, slot in zip(paired, slots, strict=True):
        _give(item, _nearest(pieces, item, slot))
    del groups


def _nearest(pieces: list[Piece], item: Paired, slot: list[Mention]) -> list[Mention]:
    """Return of several mentions those that are the state's: all if they agree, else the nearest that do."""
    ordered = sorted(slot, key=lambda group: abs(group.at - item.state.literal.first))
    if not ordered:
        return []
    whole = Mention(ordered[0].at, ordered[0].last, ordered[0].number, ordered[0].role)
    kept = [ordered[0]]
    conflict = any(not whole.joins(other) for other in ordered[1:])
    for other in ordered[1:]:
        if conflict and pieces[other.at].sentence != pieces[ordered[0].at].sentence:
            continue
        if not whole.joins(other):
            break
        whole.add(other)
        kept.append(other)
    return kept


def _give(item: Paired, mentions: list[Mention]) -> None:
    for mention in mentions:
        if mention.number and not item.meter:
            item.meter = mention.number
            item.pieces += [mention.at, mention.last]
        item.role = item.role or mention.role


def _only_meter(paired: list[Paired], groups: list[Mention]) -> None:
    """Give the only meter number of a text to its only state, wherever it stands."""
    numbers = {group.number for group in groups if group.number}
    roles = {group.role for group in groups if group.role}
    if len(numbers) != 1 or len(roles) > 1:
        return
    for item in paired:
        if len(paired) == 1 or item.role is None:
            item.meter = item.meter or next(iter(numbers))


def role_numbers(pieces: list[Piece]) -> dict[MeterRole, str]:
    """Return the meter number of each role, where a text names exactly one for it."""
    found: dict[MeterRole, set[str]] = {}
    for group in _grouped(pieces, mentions_in(pieces, []), []):
        if group.number and group.role:
            found.setdefault(group.role, set()).add(group.number)
    return {role: next(iter(numbers)) for role, numbers in found.items() if len(numbers) == 1}
