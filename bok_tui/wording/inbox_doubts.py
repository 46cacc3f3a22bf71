"""Why Enter does not book a message of the inbox, and which key helps."""

from __future__ import annotations

from collections.abc import Mapping

from bok_tui.i18n import _
from bok_tui.keys import ACTIONS
from bok_tui.wording.inbox import state_words
from db.records.incoming import Certainty, InboxLine, IncomingState, MailIntent
from db.rules.levels import Level
from db.words import N_


def why_not(line: InboxLine) -> str:
    """Return in one sentence why Enter does not book a message, and which key helps; empty when it may.

    A warning and what is blocked do not stop Enter: it asks.
    """
    if line.state is not IncomingState.NEW:
        words = N_("It is done with: %(state)s.")
        if line.state in (IncomingState.CLOSED, IncomingState.SPAM):
            words = N_("It is done with: %(state)s; %(undo)s makes it new again.")
        return _filled(words, line)
    return _filled(_without_reading(line) or _whose_doubt(line) or _reading_doubt(line), line)


def _filled(words: str, line: InboxLine) -> str:
    keys = {name: ACTIONS[f"mail-{name}"].shown_key for name in _KEYS}
    return _(words) % {**keys, "state": state_words(line.state)} if words else ""


_KEYS = ("correct", "client", "request", "complaint", "answer", "close", "undo", "card")
_WANTS: Mapping[MailIntent, str] = {
    MailIntent.COMPLAINT: N_("It is a complaint: %(complaint)s takes it in."),
    MailIntent.DATA_CHANGE: N_("It asks for a change of data: %(request)s makes it a request."),
    MailIntent.EINVOICE: N_("It is about e-invoices: %(request)s makes it a request."),
    MailIntent.INVOICE_COPY: N_(
        "It asks for a copy of an invoice: %(card)s opens the card, %(answer)s answers."
    ),
    MailIntent.READING: N_("No state was found in it: %(correct)s types one, %(answer)s asks for it."),
}


_MORE: Mapping[MailIntent, str] = {
    MailIntent.COMPLAINT: N_("It is a complaint: %(complaint)s takes it in; %(correct)s books the reading."),
    MailIntent.DATA_CHANGE: N_(
        "It asks for a change of data, too: %(request)s takes it in; %(correct)s books the reading alone."
    ),
    MailIntent.EINVOICE: N_(
        "It is about e-invoices, too: %(request)s takes it in; %(correct)s books the reading alone."
    ),
    MailIntent.INVOICE_COPY: N_(
        "It asks for a copy of an invoice, too: %(card)s opens the card; %(correct)s books the reading alone."
    ),
}
"""What the writer wants first, and would wait for when Enter booked the reading and was done with it."""


def _without_reading(line: InboxLine) -> str:
    if line.automatic:
        return N_("A program sent it, not a person: %(close)s closes it.")
    if line.unread and not line.readings:
        if not line.sender:
            return N_("It could not be read: %(close)s closes it; its source is kept.")
        return N_("It could not be read: %(answer)s answers it, %(close)s closes it.")
    if line.readings:
        return _MORE.get(line.intent, "")
    otherwise = N_(
        "It holds no reading: %(answer)s answers it, %(request)s makes it a request, %(close)s closes it."
    )
    return _WANTS.get(line.intent, otherwise)


def _whose_doubt(line: InboxLine) -> str:
    match line.whose.certainty:
        case Certainty.CONTRADICTION:
            return N_("Its numbers lead to different clients: %(client)s chooses one.")
        case Certainty.UNKNOWN:
            return N_("It is not known whose it is: %(client)s looks for the client.")
        case Certainty.LIKELY:
            return N_("It is not sure whose it is: %(client)s confirms the client, or takes another.")
        case Certainty.SURE:
            return ""


def _reading_doubt(line: InboxLine) -> str:
    readings = line.readings
    if any(reading.meter is None for reading in readings):
        return N_("It is not known which meter is meant: %(correct)s chooses it.")
    if any(reading.state is None for reading in readings):
        return N_("This cannot be a state of that meter: %(correct)s corrects it.")
    levels = {reading.level for reading in readings}
    if Level.REFUSE in levels:
        return N_("It cannot be saved like this: %(correct)s corrects it.")
    if not line.sure and levels <= {Level.OK}:
        return N_("It is not sure enough for Enter alone: %(correct)s shows it, and Enter there books it.")
    return ""
