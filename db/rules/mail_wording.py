"""The wording of mails and of letters about requests: every text that is sent, by its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.rules.reading_duty import DUTY, RIGHT_OF_ENTRY
from db.words import N_


class MailTemplate(StrEnum):
    """Which text a mail or letter has."""

    REQUEST_RECEIVED = "request_received"
    REQUEST_APPROVED = "request_approved"
    """Decided; it takes effect on a later day."""
    REQUEST_APPLIED = "request_applied"
    REQUEST_REJECTED = "request_rejected"
    REQUEST_WITHDRAWN = "request_withdrawn"
    NAME_PROOF = "name_proof"
    DEED = "deed"
    CORRECT_EMAIL = "correct_email"
    METER_PHOTO = "meter_photo"
    FREE = "free"
    """A question in the agent's own words."""
    SENSITIVE_NOTICE = "sensitive_notice"
    """To the old contact channel: something sensitive is being changed."""
    EINVOICE_CONFIRMED = "einvoice_confirmed"
    EINVOICE_WITHDRAWN = "einvoice_withdrawn"
    EBOK_ACTIVATION = "ebok_activation"
    EBOK_REGISTERED = "ebok_registered"
    """The letter beside the mail with the link, which no letter holds."""
    EBOK_LOCKED = "ebok_locked"
    CONFIRM_EMAIL = "confirm_email"
    COMPLAINT_RECEIVED = "complaint_received"
    COMPLAINT_ACCEPTED = "complaint_accepted"
    COMPLAINT_DENIED = "complaint_denied"
    COMPLAINT_DEEMED = "complaint_deemed"
    """Not answered in time, so accepted."""
    READING_RECEIVED = "reading_received"
    """The reply to a reading that came by e-mail; the states follow as the writer's own lines."""
    REPLY_NEED_METER = "reply_need_meter"
    REPLY_NEED_CLIENT = "reply_need_client"
    REPLY_NEED_STATE = "reply_need_state"
    REPLY_CHECK_STATE = "reply_check_state"
    REPLY_NO_PHOTO = "reply_no_photo"
    REPLY_PASSED_ON = "reply_passed_on"
    DOCUMENT_ENCLOSED = "document_enclosed"
    INVOICE_ISSUED = "invoice_issued"


INFORMATION_TEMPLATES: Mapping[MailTemplate, str] = {
    MailTemplate.NAME_PROOF: N_("document that shows the change of name"),
    MailTemplate.DEED: N_("copy of the deed or hand-over protocol"),
    MailTemplate.CORRECT_EMAIL: N_("correct e-mail address"),
    MailTemplate.METER_PHOTO: N_("photo of the meter"),
    MailTemplate.FREE: N_("in your own words"),
}
"""Requests for information, and what people read for each; FREE needs a paragraph."""

_REFERENCE = "Prosimy powoływać się na numer sprawy %(number)s."
APPEAL = (
    "Jeżeli nie zgadzają się Państwo z tym rozstrzygnięciem, mogą Państwo złożyć reklamację: pisemnie, "
    "pocztą elektroniczną, telefonicznie lub osobiście w Biurze Obsługi Klienta, podając numer sprawy "
    "%(number)s. Odpowiemy w ciągu 14 dni od jej otrzymania.",
    "Wniosek można złożyć ponownie, gdy przyczyna odmowy ustanie.",
    "Konsument może skorzystać z bezpłatnej pomocy powiatowego (miejskiego) rzecznika konsumentów oraz "
    "wystąpić do wojewódzkiego inspektora Inspekcji Handlowej o pozasądowe rozwiązanie sporu. "
    "Każdy może też dochodzić swoich praw przed sądem powszechnym.",
)
"""How to appeal when a request is rejected."""
_COMPLAINT_CLOCK = (
    "Na reklamację konsumenta odpowiadamy w ciągu 14 dni od jej otrzymania. Jeżeli w tym terminie nie "
    "udzielimy odpowiedzi, uważa się, że reklamacja została uznana (art. 7a ustawy z dnia 30 maja 2014 r. "
    "o prawach konsumenta)."
)
_DISPUTE = (
    "Jeżeli nie zgadzają się Państwo z odpowiedzią, mogą Państwo odwołać się do nas pisemnie lub pocztą "
    "elektroniczną, podając numer sprawy %(number)s i okoliczności, które mamy zbadać ponownie.",
    "Konsument może skorzystać z bezpłatnej pomocy powiatowego (miejskiego) rzecznika konsumentów oraz "
    "wystąpić do wojewódzkiego inspektora Inspekcji Handlowej o pozasądowe rozwiązanie sporu. "
    "Każdy może też dochodzić swoich praw przed sądem powszechnym.",
)
_NOT_YOU = (
    "Jeżeli to nie Państwo złożyli ten wniosek, prosimy o niezwłoczny telefon pod numer %(phone)s. "
    "Nigdy nie prosimy o podanie hasła."
)
_ASK_END = (
    "Odpowiedź prosimy przekazać do %(answer_by)s: pocztą elektroniczną, listownie lub osobiście w Biurze "
    "Obsługi Klienta. Po tym terminie wniosek może zostać rozpatrzony odmownie."
)
_ASK_COPY = (
    "Na kopii prosimy zakryć dane, które nie są potrzebne do załatwienia sprawy "
    "(na przykład numer PESEL i wizerunek)."
)

_THANKS = "dziękujemy za wiadomość otrzymaną dnia %(received)s"
_KEEP_SUBJECT = "Odpowiadając, prosimy pozostawić temat tej wiadomości."


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its places, `%(name)s`."""

    subject: str
    paragraphs: tuple[str, ...]
    instruction: tuple[str, ...] = ()
    """What the reader may do about it."""


def _asking(what: str, *more: str) -> Wording:
    opening = "dziękujemy za złożenie wniosku nr %(number)s (%(matter)s) dotyczącego klienta nr %(client)s."
    return Wording(
        "Wniosek %(number)s: prosimy o uzupełnienie", (opening, what, *more, _ASK_END), (_REFERENCE,)
    )


def _replying(what: str) -> Wording:
    """An answer to a mail: it tells nothing that its writer did not know."""
    return Wording("Państwa wiadomość", (_THANKS, what), (_KEEP_SUBJECT,))


TEXTS: Mapping[MailTemplate, Wording] = {
    MailTemplate.REQUEST_RECEIVED: Wording(
        "Potwierdzenie przyjęcia wniosku %(number)s",
        (
            "potwierdzamy, że dnia %(received)s przyjęliśmy wniosek nr %(number)s (%(matter)s) dotyczący "
            "klienta nr %(client)s.",
            "Wniosek rozpatrzymy do %(deadline)s O rozstrzygnięciu poinformujemy osobną wiadomością lub "
            "listem.",
        ),
        (_NOT_YOU, _REFERENCE),
    ),
    MailTemplate.REQUEST_APPROVED: Wording(
        "Wniosek %(number)s został uwzględniony",
        (
            "informujemy, że wniosek nr %(number)s (%(matter)s) dotyczący klienta nr %(client)s został "
            "uwzględniony.",
            "Zmiana zacznie obowiązywać od dnia %(effective)s",
        ),
        (_NOT_YOU, _REFERENCE),
    ),
    MailTemplate.REQUEST_APPLIED: Wording(
        "Wniosek %(number)s został zrealizowany",
        (
            "informujemy, że wniosek nr %(number)s (%(matter)s) dotyczący klienta nr %(client)s został "
            "uwzględniony i zrealizowany.",
            "Zmiana obowiązuje od dnia %(effective)s",
        ),
        (_NOT_YOU, _REFERENCE),
    ),
    MailTemplate.REQUEST_REJECTED: Wording(
        "Wniosek %(number)s został rozpatrzony odmownie",
        (
            "informujemy, że wniosek nr %(number)s (%(matter)s) dotyczący klienta nr %(client)s został "
            "rozpatrzony odmownie z następującego powodu: %(reason)s.",
        ),
        APPEAL,
    ),
    MailTemplate.REQUEST_WITHDRAWN: Wording(
        "Wniosek %(number)s został wycofany",
        (
            "potwierdzamy wycofanie wniosku nr %(number)s (%(matter)s) dotyczącego klienta nr %(client)s. "
            "Dane pozostają bez zmian.",
        ),
        (_NOT_YOU, _REFERENCE),
    ),
    MailTemplate.NAME_PROOF: _asking(
        "Aby go rozpatrzyć, potrzebujemy dokumentu, z którego wynika zmiana: odpisu aktu małżeństwa, decyzji "
        "administracyjnej, orzeczenia sądu albo, w przypadku firmy, informacji z KRS lub CEIDG. Wystarczy "
        "kopia albo okazanie dokumentu w Biurze Obsługi Klienta.",
        _ASK_COPY,
    ),
    MailTemplate.DEED: _asking(
        "Aby go rozpatrzyć, potrzebujemy kopii dokumentu, z którego wynika prawo do nieruchomości (na "
        "przykład aktu notarialnego), albo protokołu zdawczo-odbiorczego z dniem przekazania i stanem "
        "wodomierza, podpisanego przez obie strony.",
        _ASK_COPY,
    ),
    MailTemplate.CORRECT_EMAIL: _asking(
        "Wiadomość wysłana na podany adres e-mail nie została doręczona. Prosimy o podanie prawidłowego "
        "adresu e-mail."
    ),
    MailTemplate.METER_PHOTO: _asking(
        "Aby go rozpatrzyć, potrzebujemy zdjęcia wodomierza, na którym widać numer fabryczny i całe "
        "liczydło, oraz daty wykonania zdjęcia."
    ),
    MailTemplate.FREE: _asking("Aby go rozpatrzyć, prosimy o następujące informacje lub dokumenty:"),
    MailTemplate.SENSITIVE_NOTICE: Wording(
        "Ważne: złożono wniosek o zmianę danych (%(number)s)",
        (
            "dnia %(received)s złożono wniosek nr %(number)s (%(matter)s) dotyczący klienta nr %(client)s. "
            "Ze względu na bezpieczeństwo Państwa danych zawiadamiamy o tym na dotychczasowy adres.",
            "Jeżeli to Państwo złożyli wniosek, nie trzeba nic robić.",
            "Jeżeli to nie Państwo złożyli ten wniosek, prosimy o niezwłoczny telefon pod numer %(phone)s: "
            "wstrzymamy zmianę i wyjaśnimy sprawę.",
        ),
        ("Nigdy nie prosimy o podanie hasła.",),
    ),
    MailTemplate.EINVOICE_CONFIRMED: Wording(
        "e-Faktura od dnia %(effective)s",
        (
            "potwierdzamy włączenie usługi e-Faktura dla klienta nr %(client)s. Faktury wystawione od dnia "
            "%(effective)s będziemy przesyłać na adres e-mail: %(email)s.",
            "Faktury wystawione przed tym dniem pozostają papierowe.",
        ),
        (
            "Zgodę na e-Fakturę można w każdej chwili wycofać: w e-BOK, telefonicznie, pisemnie lub "
            "osobiście; kolejne faktury będą wtedy papierowe.",
            "O zmianie adresu e-mail prosimy nas zawiadomić: do tego czasu faktury wysłane na dotychczasowy "
            "adres uważa się za doręczone.",
            _NOT_YOU,
        ),
    ),
    MailTemplate.EINVOICE_WITHDRAWN: Wording(
        "Rezygnacja z e-Faktury",
        (
            "potwierdzamy rezygnację z usługi e-Faktura dla klienta nr %(client)s. Faktury wystawione od "
            "dnia %(effective)s będziemy wysyłać w postaci papierowej.",
        ),
        (_NOT_YOU,),
    ),
    MailTemplate.EBOK_ACTIVATION: Wording(
        "e-BOK: potwierdzenie rejestracji konta",
        (
            "w elektronicznym Biurze Obsługi Klienta zarejestrowano konto o loginie %(login)s dla klienta "
            "nr %(client)s.",
            "Aby je aktywować, prosimy otworzyć odnośnik:",
            "%(link)s",
            "Odnośnik działa tylko raz i jest ważny do %(expires)s. Hasło ustalają Państwo sami; nikt w "
            "naszym biurze go nie zna.",
        ),
        (
            "Jeżeli to nie Państwo rejestrowali konto, prosimy nie otwierać odnośnika i zadzwonić pod numer "
            "%(phone)s.",
        ),
    ),
    MailTemplate.EBOK_REGISTERED: Wording(
        "Rejestracja konta w e-BOK",
        (
            "potwierdzamy rejestrację konta w elektronicznym Biurze Obsługi Klienta dla klienta nr "
            "%(client)s.",
            "Odnośnik, który aktywuje konto, wysłaliśmy na podany adres e-mail. Prosimy go otworzyć i "
            "ustalić hasło; nikt w naszym biurze go nie zna. Gdy odnośnik straci ważność albo wiadomość nie "
            "dotrze, wyślemy go ponownie na Państwa prośbę.",
        ),
        (
            "Jeżeli to nie Państwo rejestrowali konto, prosimy o niezwłoczny telefon pod numer %(phone)s.",
            "e-BOK jest bezpłatny i czynny całą dobę. Faktury w postaci elektronicznej widać w nim po "
            "włączeniu usługi e-Faktura.",
        ),
    ),
    MailTemplate.EBOK_LOCKED: Wording(
        "e-BOK: konto zostało zablokowane",
        (
            "konto w elektronicznym Biurze Obsługi Klienta dla klienta nr %(client)s zostało zablokowane ze "
            "względów bezpieczeństwa.",
            "Aby je odblokować, prosimy o telefon pod numer %(phone)s.",
        ),
    ),
    MailTemplate.CONFIRM_EMAIL: Wording(
        "Potwierdzenie adresu e-mail",
        (
            "ten adres e-mail podano do kontaktu w sprawach klienta nr %(client)s.",
            "Aby go potwierdzić, prosimy otworzyć odnośnik:",
            "%(link)s",
            "Odnośnik działa tylko raz i jest ważny do %(expires)s.",
        ),
        ("Jeżeli to nie Państwo podali ten adres, prosimy nie otwierać odnośnika i zignorować wiadomość.",),
    ),
    MailTemplate.COMPLAINT_RECEIVED: Wording(
        "Potwierdzenie przyjęcia reklamacji %(number)s",
        (
            "potwierdzamy, że dnia %(received)s przyjęliśmy reklamację nr %(number)s (%(subject)s) dotyczącą "
            "klienta nr %(client)s.",
            "Odpowiemy na nią do %(deadline)s",
        ),
        (_COMPLAINT_CLOCK, _REFERENCE),
    ),
    MailTemplate.COMPLAINT_ACCEPTED: Wording(
        "Odpowiedź na reklamację %(number)s: uznana",
        (
            "po rozpatrzeniu reklamacji nr %(number)s (%(subject)s), otrzymanej dnia %(received)s i "
            "dotyczącej klienta nr %(client)s, informujemy, że reklamacja została uznana.",
        ),
        (_COMPLAINT_CLOCK, _REFERENCE),
    ),
    MailTemplate.COMPLAINT_DENIED: Wording(
        "Odpowiedź na reklamację %(number)s",
        (
            "po rozpatrzeniu reklamacji nr %(number)s (%(subject)s), otrzymanej dnia %(received)s i "
            "dotyczącej klienta nr %(client)s, informujemy, że reklamacja nie została uznana.",
        ),
        (*_DISPUTE, _COMPLAINT_CLOCK),
    ),
    MailTemplate.COMPLAINT_DEEMED: Wording(
        "Reklamacja %(number)s została uznana",
        (
            "informujemy, że reklamacja nr %(number)s (%(subject)s), otrzymana dnia %(received)s i dotycząca "
            "klienta nr %(client)s, została uznana, ponieważ nie odpowiedzieliśmy na nią w ciągu 14 dni.",
        ),
        (_COMPLAINT_CLOCK, _REFERENCE),
    ),
    MailTemplate.READING_RECEIVED: Wording(
        "Potwierdzenie otrzymania odczytu",
        (_THANKS, "Potwierdzamy, że zapisaliśmy podany w niej odczyt wodomierza."),
        (DUTY, "Podstawa prawna: %(act)s: " + RIGHT_OF_ENTRY),
    ),
    MailTemplate.REPLY_NEED_METER: _replying(
        "Aby przyjąć odczyt, potrzebujemy numeru wodomierza, którego on dotyczy. Numer jest na tarczy lub "
        "obudowie wodomierza oraz na fakturze."
    ),
    MailTemplate.REPLY_NEED_CLIENT: _replying(
        "Aby zająć się sprawą, potrzebujemy numeru klienta i numeru wodomierza. Oba są na każdej fakturze."
    ),
    MailTemplate.REPLY_NEED_STATE: _replying(
        "Nie znaleźliśmy w niej stanu wodomierza. Prosimy napisać czarne cyfry liczydła (pełne metry "
        "sześcienne), numer wodomierza i dzień odczytu."
    ),
    MailTemplate.REPLY_CHECK_STATE: _replying(
        "Prosimy o ponowne sprawdzenie podanego stanu. Potrzebujemy wszystkich czarnych cyfr liczydła "
        "(pełnych metrów sześciennych), bez czerwonych, oraz dnia odczytu."
    ),
    MailTemplate.REPLY_NO_PHOTO: _replying(
        "Stanu wodomierza nie odczytujemy ze zdjęć. Prosimy napisać w treści wiadomości numer wodomierza, "
        "czarne cyfry liczydła (pełne metry sześcienne) i dzień odczytu."
    ),
    MailTemplate.REPLY_PASSED_ON: _replying(
        "Przekazaliśmy ją do rozpatrzenia. Odpowiemy osobną wiadomością lub listem."
    ),
    MailTemplate.DOCUMENT_ENCLOSED: Wording(
        "Dokument %(number)s (%(document)s)",
        ("w załączeniu przesyłamy dokument nr %(number)s (%(document)s) dla klienta nr %(client)s.",),
        ("Jeżeli wiadomość trafiła do Państwa przez pomyłkę, prosimy ją usunąć i nas o tym zawiadomić.",),
    ),
    MailTemplate.INVOICE_ISSUED: Wording(
        "e-Faktura %(number)s",
        (
            "w załączeniu przesyłamy fakturę nr %(number)s dla klienta nr %(client)s.",
            "Kwota faktury: %(amount)s. Termin płatności: %(due)s",
            "Rachunek do wpłat: %(account)s.",
        ),
        (
            "Przed zapłatą prosimy porównać numer rachunku z numerem z poprzedniej faktury; o jego zmianie "
            "zawiadamiamy listem.",
        ),
    ),
}
