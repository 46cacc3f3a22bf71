"""Polish words of letters and mails: days, amounts, what a request is about and how it was decided.

Letters are written in Polish whatever language the screen has, so these words pass no catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from db.clock import office_zone
from db.records.paper import DocumentKind
from db.records.people import Channel
from db.records.requests import ComplaintSubject, RejectReason, RequestField, RequestKind

MONTHS = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
"""In the genitive, as they stand after a day."""

MATTERS: Mapping[RequestKind, str] = {
    RequestKind.MAILING_ADDRESS: "zmiana adresu do korespondencji",
    RequestKind.SUPPLY_ADDRESS: "sprostowanie adresu punktu poboru wody",
    RequestKind.NAME: "zmiana imienia, nazwiska lub nazwy",
    RequestKind.PHONE: "zmiana numeru telefonu",
    RequestKind.EMAIL: "zmiana adresu e-mail",
    RequestKind.SECOND_PARTY: "zmiana danych drugiej strony umowy",
    RequestKind.REFUND_ACCOUNT: "zmiana rachunku do zwrotu nadpłat",
    RequestKind.PESEL: "uzupełnienie numeru PESEL",
    RequestKind.NIP: "uzupełnienie numeru NIP",
    RequestKind.TARIFF_GROUP: "zmiana grupy taryfowej",
    RequestKind.EINVOICE_ON: "włączenie e-Faktury",
    RequestKind.EINVOICE_OFF: "rezygnacja z e-Faktury",
    RequestKind.EINVOICE_EMAIL: "zmiana adresu e-mail do e-Faktury",
    RequestKind.EBOK_REGISTRATION: "rejestracja w e-BOK",
    RequestKind.EBOK_UNLOCK: "odblokowanie konta w e-BOK",
    RequestKind.EBOK_EMAIL: "zmiana adresu e-mail konta w e-BOK",
    RequestKind.HANDOVER: "przejęcie nieruchomości przez innego odbiorcę",
    RequestKind.COMPLAINT: "reklamacja",
}
"""What a request is about, in the nominative."""

FIELDS: Mapping[RequestField, str] = {
    RequestField.STREET: "ulica",
    RequestField.HOUSE: "nr domu",
    RequestField.FLAT: "nr lokalu",
    RequestField.POSTAL_CODE: "kod pocztowy",
    RequestField.TOWN: "miejscowość",
    RequestField.LAST_NAME: "nazwisko",
    RequestField.FIRST_NAME: "imię",
    RequestField.COMPANY_NAME: "nazwa firmy",
    RequestField.PHONE: "telefon",
    RequestField.EMAIL: "adres e-mail",
    RequestField.PARTY_LAST_NAME: "druga strona umowy: nazwisko",
    RequestField.PARTY_FIRST_NAME: "druga strona umowy: imię",
    RequestField.PARTY_PESEL: "druga strona umowy: PESEL",
    RequestField.REFUND_ACCOUNT: "rachunek do zwrotów",
    RequestField.PESEL: "PESEL",
    RequestField.NIP: "NIP",
    RequestField.TARIFF_GROUP: "grupa taryfowa",
    RequestField.LOGIN: "login",
    RequestField.NEW_CLIENT: "nowy odbiorca (nr klienta)",
    RequestField.HANDOVER_DAY: "dzień przekazania",
    RequestField.METER: "wodomierz",
    RequestField.STATE: "stan wodomierza",
}
"""A field that a request changes."""

REASONS: Mapping[RejectReason, str] = {
    RejectReason.NOT_ENTITLED: "wniosek złożyła osoba, która nie jest do tego uprawniona",
    RejectReason.NOT_PROVED: "nie przedstawiono dokumentu, który potwierdza zmianę",
    RejectReason.NO_ANSWER: "nie otrzymaliśmy odpowiedzi na prośbę o uzupełnienie wniosku",
    RejectReason.WRONG_DATA: "podane dane są nieprawidłowe",
    RejectReason.DUPLICATE: "ta sama sprawa jest już załatwiana na podstawie innego wniosku",
    RejectReason.UNFOUNDED: "po sprawdzeniu okoliczności zgłoszenie okazało się niezasadne",
    RejectReason.OTHER: "wniosku nie można uwzględnić z przyczyn opisanych niżej",
}
"""Why a request was rejected; goes on after `z następującego powodu:`."""

SUBJECTS: Mapping[ComplaintSubject, str] = {
    ComplaintSubject.BILL: "rachunek",
    ComplaintSubject.READING: "odczyt wodomierza",
    ComplaintSubject.METER: "wodomierz",
    ComplaintSubject.SERVICE: "obsługa i jakość usług",
}
"""What a complaint is about."""

CHANNELS: Mapping[Channel, str] = {
    Channel.PHONE: "telefonicznie",
    Channel.EMAIL: "pocztą elektroniczną",
    Channel.IN_PERSON: "osobiście",
    Channel.LETTER: "listownie",
    Channel.EBOK: "przez e-BOK",
    Channel.SMS: "wiadomością SMS",
    Channel.FIELD: "przedstawicielowi na miejscu",
    Channel.RADIO: "drogą radiową",
}
"""How something was given to us."""

DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.READING_CONFIRMATION: "potwierdzenie przyjęcia odczytu wodomierza",
    DocumentKind.INVOICE: "faktura",
    DocumentKind.CORRECTION: "faktura korygująca",
    DocumentKind.DUPLICATE: "duplikat",
    DocumentKind.BALANCE_STATEMENT: "zestawienie rozrachunków",
    DocumentKind.PAYMENT_SLIP: "blankiet wpłaty",
    DocumentKind.DEMAND: "wezwanie do zapłaty",
    DocumentKind.INTEREST_NOTE: "nota odsetkowa",
    DocumentKind.RECEIPT: "dowód wpłaty",
    DocumentKind.REQUEST_CONFIRMATION: "potwierdzenie przyjęcia wniosku",
    DocumentKind.REQUEST_DECISION: "rozstrzygnięcie wniosku",
    DocumentKind.INFORMATION_REQUEST: "prośba o uzupełnienie wniosku",
    DocumentKind.EINVOICE_CONFIRMATION: "potwierdzenie e-Faktury",
    DocumentKind.EBOK_ACTIVATION: "rejestracja konta w e-BOK",
    DocumentKind.COMPLAINT_ANSWER: "odpowiedź na reklamację",
    DocumentKind.DATA_EXPORT: "kopia danych osobowych (art. 15 RODO)",
    DocumentKind.ERASURE_DECISION: "odpowiedź na żądanie usunięcia danych (art. 17 RODO)",
}
"""A document's kind, in the nominative."""


def day_in_words(day: date) -> str:
    """Return `22 listopada 2026 r.`"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} r."


def instant_in_words(instant: datetime) -> str:
    """Return an aware instant by the office's clock: `22 listopada 2026 r., godz. 14:05`."""
    local = instant.astimezone(office_zone())
    return f"{day_in_words(local.date())}, godz. {local:%H:%M}"


def amount_in_figures(amount: Decimal) -> str:
    """Return zlotys as a letter writes them: `1 234,50 zł`."""
    return f"{amount:,.2f} zł".replace(",", " ").replace(".", ",")
