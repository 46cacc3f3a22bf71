"""What a message says: client, meters, states, day and intent, each with the words it came from.

Pure and without any look-up. What is claimed first is read as nothing else: accounts, invoices,
phones, addresses, days, amounts, then client and meter numbers; of the numbers that remain, those
are states of which the words around them say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from db.records.incoming import MailIntent, MessageText, StatedReading, Understood
from db.rules.inbox.addresses import claim_addresses
from db.rules.inbox.caution import disputed, outdated, unclear
from db.rules.inbox.chosen import chosen
from db.rules.inbox.claims import claim_late, claim_measures, claim_numbers
from db.rules.inbox.clients import claim_clients, claim_lone_client, claim_subject_client
from db.rules.inbox.days import claim_days
from db.rules.inbox.dwellings import claim_dwellings, claim_villages
from db.rules.inbox.intent import intent_of, is_advert, speaks_of_dial, speaks_of_water, withdraws
from db.rules.inbox.meters import claim_meters
from db.rules.inbox.older_mail import asked_numbers, asks_for_older, unmarked
from db.rules.inbox.outweighed import outweighed
from db.rules.inbox.page import MOST as MOST_TEXT
from db.rules.inbox.page import Kind, flat, open_page
from db.rules.inbox.pairing import Paired, pair, role_numbers
from db.rules.inbox.presented import by_itself, each_named, had, handed, shown
from db.rules.inbox.printed import own_or_none
from db.rules.inbox.records import own_states
from db.rules.inbox.senses import in_company
from db.rules.inbox.settling import contradictory, corrected, in_order
from db.rules.inbox.signatures import claim_signed_client
from db.rules.inbox.stated import State
from db.rules.inbox.states import find_states
from db.rules.inbox.tables import claim_rows, claim_tables
from db.rules.inbox.tags import Tag
from db.rules.inbox.taken import taken_on
from db.rules.inbox.tokens import pieces_of
from db.rules.inbox.told import Read, clients_of, first_of, only, phone_of, readings_of, used_of
from db.rules.inbox.turns import told_behind
from db.rules.inbox.verdicts import Verdict

MOST_SUBJECT = 300
MOST_ASKING = 2_000
MOST_BRIEF = 30
"""Words of a message in which a bare number can only be the state."""
MOST_SELLING = 4
"""Words of advertisements beside which loose numbers are no client and no state."""
MOST_TERSE = 10
"""Words of a text that may be a state though it names none: `No to macie: 399`."""
_GIVES = re.compile(r"\bpoda(?:j|l)")
_GREETS = re.compile(r"\n[ >]*(?:pozdraw|pozdr\b|z powazaniem|z wyrazami|(?:best|kind) regards|--)")
"""Below it stands a signature, however long."""
_GUESSED = re.compile(r"\b(?:szacun|oszacow|prognoz)")
_REPLIES = ("re:", "odp:", "fwd:", "fw:", "pd:", "aw:", "odp.:")


def understand(message: MessageText, *, fallback_day: date | None = None) -> Understood:
    """Return what `message` says.

    Days are counted from the message's own date, or from `fallback_day` where it has none. The
    subject is read as the text's first line, unless it is that of an answer: then it is older mail.
    Client and meter numbers of the older mail below count where the own text names none and the
    older one exactly one; its states only where the writer asks for them. A program's message and
    an advertisement say nothing of a client.
    """
    subject, older = _subject(message)
    today = message.sent_at.date() if message.sent_at else fallback_day
    own = _read(f"{subject}\n\n{message.text}", today)
    quoted = _read(f"{older}\n\n{unmarked(message.quoted)}", today)
    if message.automatic or _advertises(subject, message.text, own):
        return Understood(MailIntent.OTHER, phone=first_of(own, Kind.PHONE))
    return _Message(message, subject, older, own, quoted).understood()


@dataclass(frozen=True, slots=True)
class _Message:
    """A message with its own words and the older mail read."""

    source: MessageText
    subject: str
    older: str
    own: Read
    quoted: Read

    def understood(self) -> Understood:
        """Put together what was read."""
        paired = pair(self.own.pieces, self._states(), self.own.page.cells)
        paired = corrected(chosen(self.own.pieces, told_behind(self.own.pieces, paired)))
        paired = outweighed(self.own.pieces, paired)
        meters = self.own.values(Kind.METER)
        spare = None if meters else only(self.quoted.values(Kind.METER))
        if not meters:
            in_order(paired, self.quoted.values(Kind.METER))
        roles = role_numbers(self.own.pieces if meters else self.quoted.pieces)
        for item in paired:
            if item.role and not item.meter:
                item.meter = roles.get(item.role)
        readings = readings_of(self.own, paired, self.shift, spare)
        if spare and contradictory(readings) and not any(one.meter or one.role for one in readings):
            readings = [replace(one, meter=spare) for one in readings]
        taken = taken_on(self.own.pieces, [item.state for item in paired])
        if not readings:
            readings, taken = self._older_readings(taken)
        invoice = first_of(self.own, Kind.INVOICE) or first_of(self.quoted, Kind.INVOICE)
        clients = clients_of(self.own, paired) or self.quoted.values(Kind.CLIENT)
        intent = self._intent(paired, bool(readings))
        return Understood(
            intent=intent,
            client_number=only(clients),
            invoice_number=invoice,
            phone=phone_of(self.own),
            address=first_of(self.own, Kind.ADDRESS),
            readings=tuple(readings),
            meters=tuple(meters or ([spare] if spare else [])),
            taken_on=taken if readings or (intent is MailIntent.READING and not self._withdrawn) else None,
            sufficient=self._bookable(paired, readings)
            and not self._unclear(paired)
            and not (intent is MailIntent.COMPLAINT and disputed(self.own.pieces, paired))
            and self._one_client(readings, clients)
            and self._known(readings, clients, invoice),
            used=used_of(self.own, readings, self.shift),
        )

    @property
    def _withdrawn(self) -> bool:
        return withdraws(flat(self.source.text))

    @property
    def shift(self) -> int:
        """Where in what was read the text begins."""
        return len(self.subject) + 2

    def _states(self) -> list[State]:
        """Return the states; one that no word tells of only where the message is about a reading."""
        states = own_or_none(self.own.pieces, self.own.states, self._wish) if self._of_dials else []
        if not self.own.states and self._answers_each():
            return self.own.found.bare
        past = all(state.verdict is Verdict.PAST for state in states)
        if all(state.sure for state in states) and not past:
            return states
        bare, intent = flat(self.source.text), self._wish
        if past:
            kept = [state for state in states if state.first < state.literal.first or state.literal.cubic]
            return states if intent is not MailIntent.QUESTION else kept
        if not any(state.left_over for state in states):
            if intent in (MailIntent.INVOICE_COPY, MailIntent.EINVOICE, MailIntent.DATA_CHANGE):
                return [state for state in states if state.sure]
            others = (MailIntent.QUESTION, MailIntent.COMPLAINT)
            return [state for state in states if intent not in others or by_itself(self.own.pieces, state)]
        asked = self.quoted.values(Kind.METER) or self.quoted.values(Kind.CLIENT) or speaks_of_water(bare)
        asked = asked or self._told_plainly(states)
        asked = asked or (self.own.values(Kind.CLIENT) and shown(self.own.pieces, states[0]))
        brief = len(_GREETS.split(bare, maxsplit=1)[0].split()) <= MOST_BRIEF
        wanted = intent is MailIntent.READING or (intent is MailIntent.OTHER and asked)
        return states if wanted and brief else []

    @property
    def _wish(self) -> MailIntent:
        """What the message wants but for its states."""
        bare = flat(self.source.text)
        return intent_of(flat(self.subject), bare, flat(self.older), first_state=None, doubted=False)

    def _answers_each(self) -> bool:
        """Tell whether a short answer is as many numbers as the letter below asks meters for."""
        asked = len(self.quoted.values(Kind.METER))
        brief = len(self.source.text.split()) <= MOST_BRIEF
        return 2 <= asked == len(self.own.found.bare) and brief and not self.own.values(Kind.METER)

    @property
    def _of_dials(self) -> bool:
        """Tell whether a meter, a state or a reading is spoken of at all, or hardly anything is."""
        bare = flat(self.source.text)
        said = f"{flat(self.source.subject)} {bare} {flat(self.source.quoted)}"
        named = bool(self.own.values(Kind.METER) or self.quoted.values(Kind.METER) or _GIVES.search(said))
        told = any(
            (state.sure and state.verdict is not Verdict.PAST)
            or shown(self.own.pieces, state)
            or had(self.own.pieces, state)
            for state in self.own.states
        )
        led = self._told_plainly(self.own.states) or any(
            self.own.pieces[state.literal.first - 1].is_sign(":")
            and self.own.pieces[state.literal.first - 2].says(Tag.GIVE)
            for state in self.own.states
            if state.literal.first > 1
        )
        named = named or (bool(self.own.values(Kind.CLIENT)) and told) or led
        return named or len(bare.split()) <= MOST_TERSE or speaks_of_dial(said) or speaks_of_water(said)

    def _told_plainly(self, states: list[State]) -> bool:
        """Tell whether every state is handed over, or each of two named, though nothing speaks of water."""
        pieces = self.own.pieces
        return bool(states) and (all(handed(pieces, one) for one in states) or each_named(pieces, states))

    def _older_readings(self, taken: date | None) -> tuple[list[StatedReading], date | None]:
        """Return the states of the older mail and their day, where the writer asks for them."""
        if self.own.states or not asks_for_older(flat(self.source.text[:MOST_ASKING])):
            return [], taken
        if self._intent([], False) in (MailIntent.COMPLAINT, MailIntent.QUESTION):
            return [], taken
        if self.own.found.unexplained:
            return [], taken
        pieces = self.quoted.pieces
        pieces = [replace(piece, tags=piece.tags & ~Tag.GAVE) for piece in pieces]
        if _GUESSED.search(flat(self.source.text[:MOST_ASKING])):
            pieces = [replace(piece, tags=piece.tags & ~Tag.GUESS) for piece in pieces]
        cells = self.quoted.page.cells
        states = find_states(pieces, cells).states
        paired = pair(pieces, states, cells)
        spare = only(self.quoted.values(Kind.METER) or self.own.values(Kind.METER))
        readings = [
            StatedReading(reading.meter, reading.role, reading.state, reading.words)
            for reading in readings_of(self.quoted, paired, 0, spare)
        ]
        asked = asked_numbers(self.quoted.pieces)
        if contradictory(readings) or (asked and not any(one.state in asked for one in readings)):
            return [], taken
        return readings, taken or self._day_of_older() or taken_on(pieces, states, together=True)

    def _day_of_older(self) -> date | None:
        """Return the day that the writer gives an older state: `stan podany niżej, z 14 listopada`."""
        return taken_on([replace(piece, tags=piece.tags & ~Tag.GAVE) for piece in self.own.pieces], [])

    def _intent(self, paired: list[Paired], given: bool) -> MailIntent:
        spots = [self.own.pieces[item.state.first].start for item in paired]
        first = min(spots, default=len(self.subject) + 2 if given else None)
        doubted = bool(paired) and all(item.state.doubt for item in paired)
        return intent_of(
            flat(self.subject), flat(self.source.text), flat(self.older), first_state=first, doubted=doubted
        )

    def _bookable(self, paired: list[Paired], readings: list[StatedReading]) -> bool:
        """Tell whether there are states, one of them beyond doubt, and not two for one meter."""
        return (
            bool(readings)
            and not self._doubted(paired)
            and not contradictory(readings)
            and not self._one_of_several(readings)
        )

    def _doubted(self, paired: list[Paired]) -> bool:
        """Tell whether a state is doubted that may be of the same meter as any of the others."""
        doubted = [item for item in paired if item.state.doubt]
        apart = all(item.meter or item.role for item in paired) and len(doubted) < len(paired)
        if not paired:
            return any(state.doubt for state in self.own.states)
        return bool(doubted) and not apart

    def _unclear(self, paired: list[Paired]) -> bool:
        """Tell whether more is said than was understood."""
        longer = len(self.source.text) > MOST_TEXT
        found = self.own.found
        taken = {item.state.literal.first for item in paired}
        left = [number for number in found.unexplained if number.first not in taken]
        return longer or found.cut or unclear(self.own.pieces, paired, left)

    def _one_of_several(self, readings: list[StatedReading]) -> bool:
        """Tell whether the older mail asks for several meters and the answer does not say for which."""
        several = len(self.quoted.values(Kind.METER)) > 1
        return several and not any(reading.meter or reading.role for reading in readings)

    def _one_client(self, readings: list[StatedReading], clients: list[str]) -> bool:
        """Tell whether at most one client is named, or every one of several with a meter of their own."""
        meters = {reading.meter for reading in readings}
        return len(clients) < 2 or (None not in meters and len(meters) >= len(clients))

    def _known(self, readings: list[StatedReading], clients: list[str], invoice: str | None) -> bool:
        """Tell whether something in the message leads to the client or the meter."""
        return bool(
            clients
            or invoice
            or any(reading.meter for reading in readings)
            or first_of(self.own, Kind.ADDRESS)
            or self.own.values(Kind.NOTICE)
            or self.quoted.values(Kind.NOTICE)
        )


def _advertises(subject: str, text: str, own: Read) -> bool:
    """Tell whether a text wants to sell something: its numbers are no client's with a state then."""
    if any(state.sure for state in own.states) and own.values(Kind.CLIENT):
        return False
    least = MOST_SELLING if own.values(Kind.CLIENT) and own.states else 2
    return is_advert(flat(subject), flat(text), least=least)


def _subject(message: MessageText) -> tuple[str, str]:
    """Return the subject as the writer's own and as that of older mail, one of them empty."""
    subject = message.subject[:MOST_SUBJECT].replace("\n", " ")
    return ("", subject) if flat(subject).lstrip().startswith(_REPLIES) else (subject, "")


def _read(text: str, today: date | None) -> Read:
    page = open_page(text)
    claim_numbers(page)
    claim_tables(page)
    claim_rows(page)
    claim_villages(page)
    claim_addresses(page)
    claim_dwellings(page)
    claim_days(page, today)
    claim_measures(page)
    claim_clients(page, pieces_of(page))
    claim_meters(page, pieces_of(page))
    claim_late(page)
    if not any(claim.kind is Kind.CLIENT for claim in page.claims):
        claim_lone_client(page, pieces_of(page))
    if not any(claim.kind is Kind.CLIENT for claim in page.claims):
        claim_signed_client(page, pieces_of(page))
    pieces = in_company(pieces_of(page))
    found = find_states(pieces, page.cells)
    states = found.states
    unnamed = not any(claim.kind is Kind.CLIENT for claim in page.claims)
    if unnamed and any(state.sure and not state.subject for state in states):
        kept = own_states(pieces, states)
        claim_subject_client(
            page, pieces, {state.literal.first for state in (states if kept is None else kept)}
        )
        pieces = in_company(pieces_of(page))
        found = find_states(pieces, page.cells)
    kept = [state for state in found.states if not outdated(state, today)]
    return Read(page, pieces, replace(found, states=kept))
