"""What letters about personal data say: purposes, recipients, retention, what is erased and what stays.

Polish, as the letters are. The purposes and terms are those of a water utility; `db.rules.retention`
computes the days.
"""

from __future__ import annotations

from db.records.privacy_letters import LetterSection

PURPOSES = (
    "Zawarcie i wykonanie umowy o zaopatrzenie w wodę lub odprowadzanie ścieków, w tym odczyty, rozliczenia "
    "i obsługa klienta: art. 6 ust. 1 lit. b RODO.",
    "Obowiązki prawne, w tym podatkowe i rachunkowe: art. 6 ust. 1 lit. c RODO w związku z art. 86 § 1 "
    "Ordynacji podatkowej, art. 106e ustawy o VAT i art. 74 ustawy o rachunkowości.",
    "Ustalenie i dochodzenie roszczeń oraz rozpatrywanie reklamacji: art. 6 ust. 1 lit. f RODO.",
    "Przesyłanie faktur w postaci elektronicznej: zgoda, art. 6 ust. 1 lit. a RODO; można ją wycofać w "
    "każdej chwili.",
)
"""Purposes and legal bases."""

RECIPIENTS = (
    "Operatorzy pocztowi i dostawcy poczty elektronicznej, w zakresie potrzebnym do doręczenia pism.",
    "Banki, w zakresie rozliczenia wpłat i zwrotów.",
    "Organy publiczne, gdy żądają danych na podstawie prawa.",
    "Podmioty, które na nasze zlecenie utrzymują systemy informatyczne.",
)
RETENTION = (
    "Faktury, korekty, wpłaty i odczyty, na których się opierają: do 31 grudnia piątego roku po roku, w "
    "którym upłynął termin płatności podatku (art. 86 § 1 i art. 70 § 1 Ordynacji podatkowej).",
    "Dane kontaktowe, wiadomości e-mail, wnioski, zgody i notatki z rozmów: przez czas trwania umowy, a po "
    "jej zakończeniu do czasu przedawnienia roszczeń (art. 118 Kodeksu cywilnego).",
    "Rejestr zmian i wglądów w dane: tak długo jak dane, których dotyczy.",
)
SOURCE = (
    "Dane pochodzą od Państwa: z umowy, wniosków i kontaktów z Biurem Obsługi Klienta oraz z e-BOK.",
    "Odczyty pochodzą także od naszych przedstawicieli i z urządzeń zdalnego odczytu, a wpłaty z banku.",
)
RIGHTS = (
    "Mogą Państwo żądać sprostowania danych, ich usunięcia lub ograniczenia przetwarzania, przenieść dane "
    "oraz wnieść sprzeciw (art. 16–21 RODO).",
    "Nie podejmujemy decyzji wyłącznie w sposób zautomatyzowany i nie przekazujemy danych poza Europejski "
    "Obszar Gospodarczy.",
    "Mogą Państwo wnieść skargę do Prezesa Urzędu Ochrony Danych Osobowych, ul. Moniuszki 1A, 00-014 "
    "Warszawa.",
)

EXPORT_SECTIONS = (
    LetterSection("Cele i podstawy prawne", PURPOSES),
    LetterSection("Odbiorcy", RECIPIENTS),
    LetterSection("Okres przechowywania", RETENTION),
    LetterSection("Źródło danych", SOURCE),
    LetterSection("Państwa prawa", RIGHTS),
)
"""What Art. 15(1) asks for beside the data."""

ERASED = (
    "Imię i nazwisko lub nazwę w kartotece klientów; pozostają na dokumentach wymienionych niżej.",
    "Numery telefonów i adresy e-mail, numer PESEL lub NIP oraz rachunek do zwrotu nadpłat.",
    "Adres do korespondencji, jeżeli nie jest potrzebny do faktur.",
    "Notatki z rozmów, treść wniosków i reklamacji wraz z załącznikami.",
    "Konto w e-BOK, odnośniki oraz adresy przy zgodach na e-Fakturę.",
    "Adresy i treść wysłanych i otrzymanych wiadomości wraz z załącznikami oraz treść pism, które nie są "
    "dokumentami księgowymi.",
    "Wpisy w wyszukiwarce klientów.",
)
"""What an erasure takes away."""

INSTRUCTION = (
    "Kopie zapasowe zawierające usunięte dane nadpisujemy zgodnie z ich harmonogramem; do tego czasu nie są "
    "one używane do niczego innego niż odtworzenie systemu, po którym usunięcie powtarzamy.",
    "Jeżeli nie zgadzają się Państwo z tą odpowiedzią, mogą Państwo wnieść skargę do Prezesa Urzędu Ochrony "
    "Danych Osobowych, ul. Moniuszki 1A, 00-014 Warszawa, albo wystąpić do sądu (art. 77 i 79 RODO).",
)
"""What the reader may do about it."""
