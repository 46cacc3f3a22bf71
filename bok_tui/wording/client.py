"""The client card in words: records in, plain lines of text out; no widget and no markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bok_tui.formats import duration
from bok_tui.i18n import _, translate_template
from bok_tui.wording.figures import day_text, moment_text, number_text, volume_text
from bok_tui.wording.labels import (
    channel_label,
    kind_label,
    outcome_label,
    purpose_label,
    role_label,
    status_label,
)
from bok_tui.wording.money import method_label
from db.records.clients import Alert, ClientCard, Masked, MeterCard, PrivateValue, ReadingLine, TimelineEvent
from db.records.contacts import ContactLine, ContactState, Outcome, Purpose
from db.records.money import PaymentMethod
from db.records.people import Channel
from db.rules.dial import format_state
from db.rules.levels import Level
from db.rules.verification import LEVEL_LABELS, VerificationLevel

Shown = Mapping[tuple[Masked, int], str]
"""Values that the agent revealed for a moment, by field and key."""

WHOLE_FROM, BARE_FROM = 100, 100_000
"""m³ a month from which the table leaves out the decimal, and the unit, for want of room."""

ALERT_SIGNS: Mapping[Level, str] = {Level.OK: "·", Level.WARN: "!", Level.BLOCK: "‼", Level.REFUSE: "‼"}


def heading(card: ClientCard) -> str:
    """Return `123456 · KOWALSKA ŻANETA · osoba fizyczna`."""
    return f"{card.number} · {card.name.upper()} · {kind_label(card.kind)}"


def caller_words(contact: ContactState | None) -> str:
    """Return what the caller has proved, as a sign and words."""
    if contact is None:
        return ""
    if contact.locked:
        return "✗ " + _("LOCKED: DISCLOSE NOTHING")
    if contact.level == 0:
        return "○ " + _("CALLER NOT VERIFIED")
    return "● " + _("VERIFIED, LEVEL %(level)s: %(what)s") % {
        "level": contact.level,
        "what": _(LEVEL_LABELS[VerificationLevel(contact.level)]),
    }


def clock_words(contact: ContactState | None, now: datetime) -> str:
    """Return how long the contact lasts and its channel: `telefon 00:42`."""
    if contact is None:
        return _("no contact under way")
    clock = duration((now - contact.started_at).total_seconds())
    return f"{channel_label(contact.channel)} {clock}"


def address_words(card: ClientCard) -> str:
    """Return the supply address, and the mailing address where it is another."""
    supply = card.supply_address.line if card.supply_address else _("no supply address")
    if card.mailing_address is None:
        return supply
    return supply + "   " + _("letters to: %(address)s") % {"address": card.mailing_address.line}


def identity_words(card: ClientCard, revealed: Shown) -> str:
    """Return PESEL or NIP, masked as it may be shown, or that it is missing."""
    if card.nip:
        return f"NIP {card.nip}"
    if card.pesel is None:
        return _("PESEL missing")
    return f"PESEL {private_text(card.pesel, revealed)}"


def contact_words(card: ClientCard, revealed: Shown) -> str:
    """Return phones and e-mail addresses, masked as they may be shown."""
    names = {Masked.PHONE: _("tel."), Masked.EMAIL: _("e-mail"), Masked.PESEL: "PESEL"}
    parts = [
        f"{names[point.field]} {private_text(point, revealed)}"
        + ("" if point.confirmed else " " + _("(unconfirmed)"))
        for point in card.contact_points
    ]
    return " · ".join(parts) or _("no phone or e-mail")


def private_text(value: PrivateValue, revealed: Shown) -> str:
    """Return the revealed value while it is revealed, else what may be shown."""
    return revealed.get((value.field, value.key), value.shown)


def party_words(card: ClientCard) -> str:
    """Return the further parties of the contracts in force; empty when there is only the client."""
    names = [
        f"{party.position}. {party.name}"
        for contract in card.contracts
        for party in contract.parties
        if party.position > 1
    ]
    if not names:
        return ""
    return _("other parties: %(names)s") % {"names": ", ".join(dict.fromkeys(names))}


def alert_words(alert: Alert) -> str:
    """Return an alert as sign and sentence."""
    return f"{ALERT_SIGNS[alert.level]} {translate_template(alert.message, alert.params)}"


def meter_columns() -> tuple[str, ...]:
    """Return the headings of the table of meters."""
    return (_("meter"), _("role"), _("last state"), _("a month"), _("expected"), _("verified until"))


def meter_cells(meter: MeterCard) -> tuple[str, ...]:
    """Return a meter as one row below `meter_columns`."""
    return (
        meter.number,
        role_label(meter.role),
        _last(meter),
        _average(meter),
        _expected(meter),
        _until(meter),
    )


def _last(meter: MeterCard) -> str:
    if meter.last is None:
        return f"{format_state(meter.installed_state, meter.digits)}  " + _("installed")
    return f"{format_state(meter.last.state, meter.digits)}  {day_text(meter.last.day)}"


def _average(meter: MeterCard) -> str:
    if meter.average_per_month is None:
        return "–"
    average = meter.average_per_month
    if average < WHOLE_FROM:
        return volume_text(average, places=1)
    return volume_text(average, places=0) if average < BARE_FROM else number_text(average, places=0)


def _expected(meter: MeterCard) -> str:
    if meter.removed_on is not None:
        return _("removed %(day)s") % {"day": day_text(meter.removed_on)}
    if meter.expected_low is None or meter.expected_high is None:
        return "–"
    low, high = (format_state(state, meter.digits) for state in (meter.expected_low, meter.expected_high))
    return f"{low} – {high}"


def _until(meter: MeterCard) -> str:
    return day_text(meter.verified_until)


def meter_remarks(meter: MeterCard) -> str:
    """Return where the meter sits, what it replaced, and that no notice is open for it."""
    parts = [meter.location] if meter.location else []
    if meter.replaces:
        parts.append(
            _("since %(day)s in place of %(number)s")
            % {"day": day_text(meter.installed_on), "number": meter.replaces}
        )
    if meter.notice is None and meter.removed_on is None:
        parts.append(_("no open notice: a reading will need a reason"))
    return " · ".join(parts)


def reading_words(line: ReadingLine, digits: int) -> str:
    """Return one reading as a line: day, state, use, channel, and what is special about it."""
    parts = [
        day_text(line.day),
        format_state(line.state, digits),
        f"{line.consumption:>6} m³",
        f"{channel_label(line.channel):<13}",
    ]
    if line.estimated:
        parts.append(_("estimate"))
    if line.status != "accepted":
        parts.append(status_label(line.status))
    if line.agent:
        parts.append(line.agent)
    return "  ".join(parts)


def event_words(event: TimelineEvent) -> tuple[str, str]:
    """Return when something happened and what, for the time line."""
    when = moment_text(event.at) if isinstance(event.at, datetime) else day_text(event.at)
    return when, translate_template(
        event.message, {name: _worded(value) for name, value in event.params.items()}
    )


def contact_words_of(event: TimelineEvent) -> str:
    """Return a past contact as a line: when, how, what about, how it ended, who took it."""
    params = {name: str(_worded(value)) for name, value in event.params.items()}
    when = moment_text(event.at) if isinstance(event.at, datetime) else day_text(event.at)
    result = f"{params['purpose']}, {params['outcome']}" if "purpose" in params else _("under way")
    return f"{when:<17} {params['channel']:<9} {result:<27} {params['agent']} · {params['contact']}"


def ended_words(contact: ContactLine) -> str:
    """Return which contact was ended by opening another client, and how."""
    values = {
        "contact": contact.number,
        "purpose": purpose_label(contact.purpose) if contact.purpose else "–",
        "outcome": outcome_label(contact.outcome) if contact.outcome else "–",
    }
    return _("The contact %(contact)s ended here: %(purpose)s, %(outcome)s.") % values


def _worded(value: object) -> object:
    match value:
        case Channel():
            return channel_label(value)
        case Purpose():
            return purpose_label(value)
        case Outcome():
            return outcome_label(value)
        case PaymentMethod():
            return method_label(value)
    return value
