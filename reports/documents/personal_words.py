"""Polish words for the values in a copy of personal data: what programs call `einvoice_on`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from db.clock import office_zone
from db.records.contacts import Purpose
from db.records.documents import DocumentKind
from db.records.personal_data import Cell
from db.rules import letter_words
from reports.documents.figures import figure
from reports.documents.words import short_day

_STATES = {
    "submitted": "złożony",
    "in_review": "rozpatrywany",
    "needs_info": "czeka na uzupełnienie",
    "approved": "uwzględniony",
    "applied": "zrealizowany",
    "rejected": "odrzucony",
    "withdrawn": "wycofany",
    "superseded": "zastąpiony nowszym",
}
_KINDS = {"person": "osoba fizyczna", "business": "podmiot gospodarczy"}
_ENTRIES = {
    "invoice": "faktura",
    "correction": "korekta",
    "payment": "wpłata",
    "interest": "odsetki",
    "refund": "zwrot",
    "reversal": "storno wpłaty",
}
_MAILS = {
    "document": "dokument",
    "invoice": "faktura",
    "request": "sprawa",
    "notice": "zawiadomienie",
    "activation": "aktywacja e-BOK",
    "confirm_email": "potwierdzenie adresu",
    "reply": "odpowiedź",
    "report": "raport",
}
_MAIL_STATES = {
    "queued": "czeka",
    "sending": "wysyłana",
    "sent": "wysłana",
    "doubtful": "niepewna",
    "failed": "nieudana",
    "bounced": "niedoręczona",
    "cancelled": "anulowana",
}
_EVENTS = {
    "submit": "złożenie",
    "take": "podjęcie",
    "give_back": "zwrot do kolejki",
    "ask_info": "prośba o dane",
    "info_came": "uzupełnienie",
    "approve": "zatwierdzenie",
    "apply": "realizacja",
    "reject": "odmowa",
    "withdraw": "wycofanie",
    "supersede": "zastąpienie",
    "deem_accepted": "uznanie z mocy prawa",
}
PURPOSES: Mapping[str, str] = {
    Purpose.READING.value: "odczyt",
    Purpose.DOCUMENT.value: "dokument",
    Purpose.BALANCE.value: "saldo",
    Purpose.DATA_CHANGE.value: "zmiana danych",
    Purpose.EINVOICE.value: "e-Faktura",
    Purpose.COMPLAINT.value: "reklamacja",
    Purpose.INFORMATION.value: "informacja",
    Purpose.OTHER.value: "inny cel",
}
"""Why the client got in touch."""
ACTIONS: Mapping[str, str] = {
    "VIEW": "wgląd",
    "REVEAL": "odsłonięcie",
    "PRINT": "wydruk",
    "EXPORT": "kopia danych",
    "SEARCH": "wyszukanie",
}
"""What was done with the data."""
_OUTCOMES = {
    "solved": "załatwiono",
    "passed_on": "przekazano",
    "call_back": "oddzwonimy",
    "refused": "odmówiono",
    "dropped": "przerwano",
}
_METHODS = {"cash": "gotówka", "card": "karta", "transfer": "przelew", "online": "online"}
_QUESTIONS = {
    "client_number": "nr klienta",
    "address": "adres",
    "name": "nazwisko",
    "meter_number": "nr wodomierza",
    "contract_date": "data umowy",
    "pesel_digits": "cyfry PESEL",
    "call_back": "oddzwonienie",
}
_REQUESTED = {kind.value: words for kind, words in letter_words.MATTERS.items()}
_DOCUMENTS = {kind.value: letter_words.DOCUMENTS[kind] for kind in DocumentKind}

_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("client", "kind"): _KINDS,
    ("addresses", "use"): {"mailing": "do korespondencji", "supply": "punkt poboru", "former": "dawny adres"},
    ("contact_points", "kind"): {"phone": "telefon", "email": "e-mail"},
    ("meters", "role"): {"main": "główny", "garden": "ogrodowy"},
    ("invoices", "kind"): _ENTRIES,
    ("ledger", "kind"): _ENTRIES,
    ("payments", "method"): _METHODS,
    ("requests", "kind"): _REQUESTED,
    ("requests", "state"): _STATES,
    ("request_items", "field"): {name.value: words for name, words in letter_words.FIELDS.items()},
    ("request_steps", "event"): _EVENTS,
    ("request_steps", "state"): _STATES,
    ("request_steps", "reason"): {name.value: words for name, words in letter_words.REASONS.items()},
    ("complaints", "subject"): {name.value: words for name, words in letter_words.SUBJECTS.items()},
    ("contacts", "purpose"): PURPOSES,
    ("contacts", "outcome"): _OUTCOMES,
    ("verifications", "question"): _QUESTIONS,
    ("portal_account", "state"): {"pending": "oczekuje", "active": "czynne", "locked": "zablokowane"},
    ("einvoices", "state"): {
        "requested": "wniosek",
        "confirmed": "potwierdzona",
        "active": "czynna",
        "withdrawn": "wycofana",
    },
    ("documents", "kind"): _DOCUMENTS,
    ("deliveries", "how"): {"handed_over": "wręczony", "queued": "e-mail", "posted": "pocztą"},
    ("mails", "kind"): _MAILS,
    ("mails", "state"): _MAIL_STATES,
}
_CHANNELS = {
    "phone": "telefon",
    "email": "e-mail",
    "in_person": "osobiście",
    "letter": "list",
    "ebok": "e-BOK",
    "sms": "SMS",
    "field": "odczytywacz",
    "radio": "radio",
}


def cell_words(part: str, column: str, value: Cell) -> str:
    """Return a value as the paper shows it; an unknown word stays as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, datetime):
        local = value.astimezone(office_zone())
        return f"{short_day(local.date())} {local:%H:%M}"
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, Decimal):
        return figure(value)
    known = _CHANNELS if column == "channel" else _WORDS.get((part, column), {})
    return known.get(str(value), str(value))
