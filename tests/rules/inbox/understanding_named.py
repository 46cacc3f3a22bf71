"""Hours, numbers of meters and clients named in a roundabout way, states that nobody read.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

from db.records.incoming import MailIntent

NAMED: tuple[tuple[str, str, str], ...] = (
    ("", "Wodę wyłączyliście od 9 do 14, klient 203114", "203114||-|0"),
    ("", "Wczoraj między 7 a 12 nie było wody w bloku. Klient 203114", "203114||-|0"),
    ("", "W nocy od 22 do 6 woda leciała brudna, klient 203114", "203114||-|0"),
    ("", "Przyjmujecie od 8 do 15, a ja pracuję. Stan 487, klient 203114", "203114|::487|-|1"),
    ("", "Licznik przeskoczył od 8 do 15, klient 203114", "203114|::15|-|1"),
    ("", "Stan wzrósł od 812 do 845, klient 203114", "203114|::845|-|1"),
    ("", "Na tarczy 223 (numer WM 6011945, piwnica).", "-|6011945::223|-|1"),
    ("", "Stan 223 (numer sprawy WZ 6011945). Klient 203114", "203114|::223|-|1"),
    ("", "Stan 223, polisa nr OC 6011945. Klient 203114", "203114|::223|-|1"),
    ("", "Stan 778. Nr wodomierza (ten pod zlewem): 63 110 945.", "-|63110945::778|-|1"),
    ("", "Licznik (ten w studni): 63 110 945, stan 778.", "-|63110945::778|-|1"),
    ("", "Stan licznika (po wymianie baterii): 1 204, klient 203114", "203114|::1204|-|1"),
    ("", "Licznik (dom): 1204, licznik (ogród): 55. Klient 203114", "203114|:main:1204;:garden:55|-|1"),
    ("", "To był cudzy licznik. Nasz to 26 117 440, pokazuje 691.", "-|26117440::691|-|1"),
    ("", "Mój stan to 26 117, klient 203114", "203114|::26117|-|1"),
    ("", "wodomierz 552/8104\nstan 10233", "-|5528104::10233|-|1"),
    ("", "Wodomierz 552/8104, wskazanie 10233", "-|5528104::10233|-|1"),
    ("", "Piszecie, że „licznik wskazał 618”. Nikt u mnie nie był. Klient 203114", "203114||-|0"),
    ("", "Dopłata 200 zł za stan 618? Nikt tego nie sprawdzał. Klient 203114", "203114||-|0"),
    ("", "Naliczono 618, nikt nie sprawdzał. Licznik pokazuje 587. Klient 203114", "203114|::587|-|1"),
    ("", "Stan wodomierza 618. Nikt nie odczytywał go od roku. Klient 203114", "203114|::618|-|1"),
    ("", "Nikt u mnie nie był, więc sam podaję: stan 618. Klient 203114", "203114|::618|-|1"),
    ("", "Chcę podać stan wody, to będzie 391, klient 203114", "203114|::391|-|1"),
    ("", "Stan wody na koniec roku to będzie 391, klient 203114", "203114||-|0"),
    ("", "Rachunek to będzie 391, klient 203114", "203114||-|0"),
    ("", "Licznik przy furtce: 6843, klient 203114", "203114|::6843|-|1"),
    ("", "Licznik w lokalu: 12, stan 55. Klient 203114", "203114|::55|-|1"),
    ("", "Stan 6843. Klub Sowa ma u Państwa numer 2871.", "2871|::6843|-|1"),
    ("", "Stan 843. Numer, pod którym u was figuruję, to 100483.", "100483|::843|-|1"),
    ("", "Stan 843. Mam u Państwa numer zgłoszenia 287122.", "-|::843|-|0"),
    ("", "W piątek spisywałem wodę, wyszło 283 kubiki. Klient 203114", "203114|::283|2026-11-20|1"),
    ("", "Macie te wasze cyferki: 1939, klient 203114", "203114|::1939|-|1"),
    ("", "Macie zapisane wasze cyfry 1939, klient 203114", "203114||-|0"),
    ("", "Podaję stan 1350. Proszę nie brać tego z faktury. Klient 203114", "203114|::1350|-|1"),
    ("", "Stary wodomierz zdjęto 3.11 przy stanie 990, nowy pokazuje 4. Klient 203114", "203114|::4|-|1"),
    ("", "Wodomierz wymieniono 3.11, nowy ma 4. Klient 203114", "203114|::4|2026-11-03|1"),
    ("", "Licznik stoi na 1333 i tyle macie mi policzyć. Klient 203114", "203114|::1333|-|1"),
    ("", "Na liczniku 1333, a macie wpisane 1300. Klient 203114", "203114|::1333|-|1"),
    ("", "Wyczytaliśmy 832 i jeszcze 5 po przecinku, to znaczy 832,5. Klient 203114", "203114|::832.5|-|1"),
    ("", "Stan 1350. Proszę tego nie księgować. Klient 203114", "203114||-|0"),
    ("", "Adres punktu poboru: Zielona 27, Lipowiec\nWskazanie wodomierza: 745", "-|::745|-|1"),
    (
        "Promocja",
        "Twoje szczęśliwe numery: 448120, 7731. Kliknij i odbierz rabat. Wypisz się, odpowiadając STOP.",
        "-||-|0",
    ),
    ("", "Szczęśliwego Nowego Roku i gratulacje! 467, klient 203114", "203114|::467|-|1"),
)

PUT_FIRST: tuple[tuple[str, MailIntent], ...] = (
    ("Po pierwsze: proszę o e-fakturę. Po drugie stan 458. Klient 203114", MailIntent.EINVOICE),
    ("Po pierwsze podaję stan 458. Po drugie proszę o e-fakturę. Klient 203114", MailIntent.READING),
    ("Jakie dokumenty są potrzebne do przyłączenia wody na działce?", MailIntent.QUESTION),
    ("Kartka mówi o wymianie wodomierza. Proszę o umówienie montera po 16.", MailIntent.OTHER),
    ("Proszę o zaświadczenie o niezaleganiu z opłatami, odbiorę w okienku.", MailIntent.OTHER),
)
