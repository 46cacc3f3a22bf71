"""Whose message it is: the clues of a message, and how sure they make it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.records.incoming import Certainty, ClientClue, Understood

NUMBERS = frozenset({ClientClue.CLIENT_NUMBER, ClientClue.METER, ClientClue.INVOICE})
"""What a writer has to know; an invoice that is not on file says nothing, it may be an old one."""
_SENDERS = frozenset({ClientClue.SENDER, ClientClue.CONFIRMED_SENDER})
_MUST_EXIST = frozenset({ClientClue.CLIENT_NUMBER, ClientClue.METER})
_STRONGEST = (
    ClientClue.CHOSEN,
    *(ClientClue.CONFIRMED_SENDER, ClientClue.CLIENT_NUMBER, ClientClue.METER, ClientClue.INVOICE),
    *(ClientClue.SENDER, ClientClue.PHONE),
)
MOST_METERS = 300
"""Meter numbers of one message that are looked up: as many as states are read from one."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a message gives to tell its client by."""

    sender: str = ""
    client_number: str = ""
    meters: tuple[str, ...] = ()
    invoice_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """A clue and the numbers of the clients that it leads to: none, one or several."""

    clue: ClientClue
    clients: frozenset[str]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the trails come to."""

    certainty: Certainty
    client_number: str | None
    how: ClientClue | None
    """The strongest clue that leads to the client."""
    clues: tuple[tuple[ClientClue, str], ...]


@dataclass(frozen=True, slots=True)
class KnownTo:
    """Where numbers and addresses lead to: each with the numbers of its clients."""

    clients: frozenset[str] = frozenset()
    meters: Mapping[str, frozenset[str]] | None = None
    invoices: Mapping[str, frozenset[str]] | None = None
    points: Mapping[str, frozenset[str]] | None = None
    """Phone numbers and e-mail addresses."""
    confirmed: Mapping[str, frozenset[str]] | None = None
    """E-mail addresses that the client has confirmed and that mail does not come back from."""


def clues_of(sender: str, understood: Understood) -> Clues:
    """Return what a message gives to tell its client by."""
    named = [compact(number) for number in understood.meters]
    named += [compact(reading.meter) for reading in understood.readings if reading.meter]
    return Clues(
        sender=sender,
        client_number="".join((understood.client_number or "").split()),
        meters=tuple(dict.fromkeys(number for number in named if number))[:MOST_METERS],
        invoice_number="".join((understood.invoice_number or "").split()).upper(),
        phone=understood.phone or "",
    )


def compact(number: str) -> str:
    """Return the number of a meter without separators, in capitals."""
    return "".join(char for char in number if char.isalnum()).upper()


def trails_of(clues: Clues, known: KnownTo) -> tuple[Trail, ...]:
    """Return where each clue leads to; a sender or a phone that nobody has leaves no trail."""
    trails: list[Trail] = []
    if clues.client_number:
        found = {clues.client_number} & known.clients
        trails.append(Trail(ClientClue.CLIENT_NUMBER, frozenset(found)))
    for meter in clues.meters:
        trails.append(Trail(ClientClue.METER, _led(known.meters, meter)))
    for clue, where, what in (
        (ClientClue.INVOICE, known.invoices, clues.invoice_number),
        (ClientClue.CONFIRMED_SENDER, known.confirmed, clues.sender),
        (ClientClue.SENDER, known.points, clues.sender),
        (ClientClue.PHONE, known.points, clues.phone),
    ):
        if what and (led := _led(where, what)):
            trails.append(Trail(clue, led))
    return tuple(trails)


def _led(where: Mapping[str, frozenset[str]] | None, what: str) -> frozenset[str]:
    return (where or {}).get(what, frozenset())


def decide(trails: Sequence[Trail]) -> Decided:
    """Return whose message it is. Nothing is guessed across clients.

    The client is the one whom all trails have in common; where they have none, they contradict each
    other. A number of nobody's leaves it no more than likely: a digit of it may be wrong.
    """
    clues = tuple(_shown(trails))
    leading = [trail for trail in trails if trail.clients and trail.clue is not ClientClue.CONFIRMED_SENDER]
    if not leading:
        return Decided(Certainty.UNKNOWN, None, None, clues)
    common = frozenset.intersection(*(trail.clients for trail in leading))
    if not common:
        return Decided(Certainty.CONTRADICTION, None, None, clues)
    if len(common) > 1:
        return Decided(Certainty.UNKNOWN, None, None, clues)
    (client,) = common
    there = {clue for clue, number in clues if number == client}
    astray = any(trail.clue in _MUST_EXIST and not trail.clients for trail in trails)
    sure = ClientClue.CONFIRMED_SENDER in there or (ClientClue.SENDER in there and there & NUMBERS)
    certainty = Certainty.SURE if sure and not astray else Certainty.LIKELY
    return Decided(certainty, client, strongest(clues, client), clues)


def strongest(clues: Iterable[tuple[ClientClue, str]], client_number: str) -> ClientClue | None:
    """Return the clue by which one would say that a message is this client's; None without any."""
    there = {clue for clue, number in clues if number == client_number}
    return next((clue for clue in _STRONGEST if clue in there), None)


def _shown(trails: Iterable[Trail]) -> Iterable[tuple[ClientClue, str]]:
    """Yield each clue with each client; a confirmed sender is not told twice."""
    confirmed = {
        client for trail in trails if trail.clue is ClientClue.CONFIRMED_SENDER for client in trail.clients
    }
    for trail in trails:
        if not trail.clients:
            yield trail.clue, ""
        for client in sorted(trail.clients):
            if trail.clue is not ClientClue.SENDER or client not in confirmed:
                yield trail.clue, client


def sender_known(clues: Iterable[tuple[ClientClue, str]], client_number: str | None) -> bool:
    """Tell whether the sender's address stands on the client's card."""
    return any(clue in _SENDERS and client == client_number for clue, client in clues)
