"""Which rows about a client make up the copy of their data: one statement for each kind of data.

Rows about other people are left out, and so are the names of those who work here. Of the other
party of a contract only the name is there, with the PESEL half hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.queries import personal_rows as rows
from db.records.personal_data import Cell, PartColumn, PersonalPart


@dataclass(frozen=True, slots=True)
class _Spec:
    key: str
    title: str
    columns: tuple[PartColumn, ...]
    statement: Callable[[], sa.Select[Any]]
    shown: Callable[[Sequence[Any]], Sequence[Any]] = tuple


def _spec(
    key: str,
    title: str,
    columns: str,
    statement: Callable[[], sa.Select[Any]],
    shown: Callable[[Sequence[Any]], Sequence[Any]] = tuple,
) -> _Spec:
    """`columns` are `key=Title*share`, separated by `|`."""
    made = []
    for column in columns.split("|"):
        name, _, rest = column.partition("=")
        heading, _, share = rest.partition("*")
        made.append(PartColumn(name, heading, int(share or 2)))
    return _Spec(key, title, tuple(made), statement, shown)


def load_parts(session: Session, client_id: int) -> Iterator[PersonalPart]:
    """Yield the parts of the copy, each whole, in the order in which they are printed."""
    for spec in _SPECS:
        found = session.execute(spec.statement(), {"client": client_id})
        shown = tuple(tuple(_cell(value) for value in spec.shown(row)) for row in found)
        yield PersonalPart(spec.key, spec.title, spec.columns, shown)


def _cell(value: Any) -> Cell:
    plain: Cell = value.value if isinstance(value, Enum) else value
    return plain


_SPECS = (
    _spec(
        "client",
        "Dane klienta",
        "number=Nr klienta|kind=Rodzaj|last_name=Nazwisko|first_name=Imię|company_name=Firma|pesel=PESEL"
        "|nip=NIP|refund_account=Rachunek do zwrotów",
        rows.person,
    ),
    _spec(
        "addresses",
        "Adresy",
        "use=Rodzaj*30|street=Ulica*45|house=Dom*15|flat=Lokal*15|postal_code=Kod*20|town=Miejscowość*40",
        rows.addresses,
    ),
    _spec(
        "contact_points",
        "Telefony i adresy e-mail",
        "kind=Rodzaj|value=Numer lub "
        "adres*4|verified_on=Potwierdzono|bounced_on=Niedoręczono|removed_on=Usunięto",
        lambda: rows.of_client("contact_point", "kind", "value", "verified_on", "bounced_on", "removed_on"),
    ),
    _spec(
        "contracts",
        "Umowy",
        "number=Umowa*3|signed_on=Podpisana|starts_on=Od dnia|ends_on=Do dnia|period_months=Okres (mies.)",
        lambda: rows.of_client("contract", "number", "signed_on", "starts_on", "ends_on", "period_months"),
    ),
    _spec(
        "parties",
        "Strony umów",
        "contract=Umowa*3|position=Strona*1|last_name=Nazwisko lub firma*4|first_name=Imię|pesel=PESEL",
        rows.parties,
        rows.own_pesel_only,
    ),
    _spec(
        "meters",
        "Wodomierze",
        "number=Wodomierz|role=Rodzaj|location=Miejsce*3|installed_on=Założony|removed_on=Zdjęty",
        lambda: rows.at_points("meter", ("role", "location", "installed_on", "removed_on"), "id"),
    ),
    _spec(
        "readings",
        "Odczyty",
        "meter=Wodomierz*20|day=Dzień*20|state=Stan (m³)*20|consumption=Zużycie (m³)*24"
        "|channel=Sposób*24|estimated=Szacunek*17|note=Uwagi*40",
        lambda: rows.at_points(
            "reading", ("day", "state", "consumption", "channel", "estimated", "note"), "day"
        ),
    ),
    _spec(
        "reading_drafts",
        "Odczyty w trakcie wpisywania",
        "typed=Wodomierz lub klient*3|day=Dzień|state=Stan (m³)|note=Uwagi*4|kept_at=Wpisany*3",
        rows.drafts,
    ),
    _spec(
        "dropped_readings",
        "Odczyty wpisane i odrzucone",
        "typed=Wodomierz lub klient*3|day=Dzień|state=Stan (m³)|at=Odrzucony*3",
        rows.dropped,
    ),
    _spec(
        "notices",
        "Zawiadomienia o odczycie",
        "meter=Wodomierz|number=Zawiadomienie*3|left_on=Zostawione|deadline=Termin",
        lambda: rows.at_points("reading_notice", ("number", "left_on", "deadline"), "left_on"),
    ),
    _spec(
        "invoices",
        "Faktury",
        "number=Numer*50|kind=Rodzaj*20|period=Okres*16|issued_on=Z dnia*20|due_on=Termin*20"
        "|gross=Brutto (zł)*20|by_email=E-mailem*19",
        rows.invoices,
    ),
    _spec(
        "ledger",
        "Rozrachunki",
        "day=Dzień|kind=Co|due_on=Termin|amount=Kwota (zł)",
        lambda: rows.of_client("ledger_entry", "day", "kind", "due_on", "amount"),
    ),
    _spec(
        "payments",
        "Wpłaty i zwroty",
        "day=Dzień*20|amount=Kwota (zł)*22|method=Sposób*18|title=Tytuł*45|payer=Wpłacający*30|note=Uwagi*30",
        lambda: rows.of_client("payment", "day", "amount", "method", "title", "payer", "note"),
    ),
    _spec(
        "requests",
        "Wnioski i reklamacje",
        "number=Numer*23|kind=Sprawa*24|state=Stan*22|channel=Sposób*21|received_on=Wpłynął*19"
        "|deadline=Termin*19|effective_on=Od dnia*19|note=Treść*18",
        lambda: rows.of_client(
            "request",
            *("number", "kind", "state", "channel", "received_on", "deadline", "effective_on", "note"),
        ),
    ),
    _spec(
        "request_items",
        "Zmieniane dane",
        "request=Wniosek|field=Pole|old=Było*3|new=Ma być*3",
        lambda: rows.of_request("request_item", "field", "old", "new"),
        rows.others_hidden,
    ),
    _spec(
        "request_steps",
        "Przebieg wniosków",
        "request=Wniosek*24|at=Kiedy*28|event=Zdarzenie*23|state=Stan*22|reason=Powód*28|note=Uwagi*40",
        lambda: rows.of_request("request_step", "at", "event", "state", "reason", "note"),
    ),
    _spec(
        "complaints",
        "Przedmiot reklamacji",
        "request=Wniosek|subject=Dotyczy|answered_on=Odpowiedź|deemed_on=Uznana z mocy prawa",
        lambda: rows.of_request("complaint", "subject", "answered_on", "deemed_on"),
    ),
    _spec(
        "attachments",
        "Załączniki",
        "request=Wniosek*26|name=Plik*50|media_type=Rodzaj*30|size=Bajtów*20|added_at=Dodany*39",
        rows.attachments,
    ),
    _spec(
        "contacts",
        "Kontakty z biurem",
        "started_at=Od*28|ended_at=Do*28|channel=Sposób*21|purpose=Cel*20|outcome=Wynik*21|note=Notatka*47",
        lambda: rows.of_client("contact", "started_at", "ended_at", "channel", "purpose", "outcome", "note"),
    ),
    _spec(
        "verifications",
        "Pytania sprawdzające",
        "at=Kiedy|question=Pytanie|correct=Odpowiedź trafna",
        rows.answers,
    ),
    _spec(
        "portal_account",
        "Konto w e-BOK",
        "login=Login|state=Stan|email=Adres e-mail*3|registered_at=Rejestracja|confirmed_at=Potwierdzenie"
        "|last_login_at=Ostatnie logowanie",
        rows.account,
    ),
    _spec(
        "einvoices",
        "e-Faktura",
        "state=Stan*23|requested_at=Wniosek*35|confirmed_at=Potwierdzenie*35|active_from=Od dnia*36"
        "|withdrawn_from=Do dnia*36",
        lambda: rows.of_client(
            "einvoice", "state", "requested_at", "confirmed_at", "active_from", "withdrawn_from"
        ),
    ),
    _spec(
        "consents",
        "Zgody na e-Fakturę",
        "at=Kiedy*30|given=Udzielona*20|channel=Sposób*25|email=Adres e-mail*60"
        "|text_version=Wersja tekstu*30",
        rows.consents,
    ),
    _spec(
        "documents",
        "Wystawione dokumenty",
        "number=Numer*62|kind=Rodzaj*63|issued_at=Wystawiony*40",
        lambda: rows.of_client("issued_document", "number", "kind", "issued_at"),
    ),
    _spec("deliveries", "Doręczenia", "document=Dokument*4|how=Sposób|at=Kiedy", rows.deliveries),
    _spec(
        "incoming_mails",
        "Otrzymane wiadomości",
        "received_at=Otrzymana*28|sender=Nadawca*33|subject=Temat*30|intent=Sprawa*20|state=Stan*20|text=Treść*50",
        rows.incoming,
        rows.own_sender_only,
    ),
    _spec(
        "mails",
        "Wysłane wiadomości",
        "kind=Rodzaj*24|address=Adres*33|subject=Temat*30|state=Stan*22|queued_at=Utworzona*28"
        "|sent_at=Wysłana*28",
        lambda: rows.of_client(
            "outgoing_message", "kind", "address", "subject", "state", "queued_at", "sent_at"
        ),
    ),
)
