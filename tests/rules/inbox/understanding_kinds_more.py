"""Still more kinds of mail that were once misread: bills beside dials, slips, tables, signatures, counts.

Subject, text, the older mail below, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

TABLES: tuple[tuple[str, str, str, str], ...] = (
    (
        "odczyty",
        "Odbiorca 7421\nNr wodomierza | Obecny | Poprzedni | Zużycie\n---+---+---+---\n"
        "81234567 | 13 117 | 12 804 | 313\n81234570 | 10 211 | 9 930 | 281\nRazem | 23 328 | 22 734 | 594",
        "",
        "7421|81234567::13117;81234570::10211|-|1",
    ),
    (
        "odczyty",
        "Odbiorca 7421\nLp;Lokal;Było;Jest;Nr\n1;m. 1;110;118;81234567\n2;m. 2;95;101;81234570",
        "",
        "7421|81234567::118;81234570::101|-|1",
    ),
    (
        "odczyty",
        "Odbiorca 7421\nNr wodomierza;Rodzaj;Odczyt;Uwagi\n81234567;ZW;110;\n81234570;CW;80;\n"
        "81234571;ZW;;brak klucza\n81234572;ZW;95;",
        "",
        "7421|81234567::110;81234572::95|-|1",
    ),
    (
        "odczyty",
        "Odbiorca 7421\n\nStan\tNr fabr.\tMiejsce\n31\t81234567\tklatka I\n45\t81234570\tklatka II",
        "",
        "7421|81234567::31;81234570::45|-|1",
    ),
)

BESIDE: tuple[tuple[str, str, str, str], ...] = (
    ("", "Naliczono do stanu 1596, a na wodomierzu jest 1523. Klient 102481", "", "102481|::1523|-|1"),
    (
        "reklamacja",
        "Fakturę wystawiono w oparciu o wskazanie 931 m3. W obecności świadka stwierdzono, że wskazanie "
        "wodomierza 81234567 wynosi 874 m3. Wnoszę o korektę. Klient 102481",
        "",
        "102481|81234567::874|-|1",
    ),
    ("", "Skąd 1502? Dziś jest 1455 i ani kropli więcej. Klient 102481", "", "102481|::1455|2026-11-22|1"),
    (
        "",
        "Z 30.10 mam 649, dziś na liczniku 655. Proszę wziąć ten październikowy. Klient 102481",
        "",
        "102481|::649|2026-10-30|1",
    ),
    ("", "Na ogrodowym 61, na głównym chyba 519. Klient 102481", "", "102481|:garden:61;:main:519|-|1"),
    ("", "Główny chyba 519. Klient 102481", "", "102481|:main:519|-|0"),
)

SLIPS: tuple[tuple[str, str, str, str], ...] = (
    ("", "Podaję 455. Oj, źle spojrzałam, 445. Klient 102481", "", "102481|::445|-|1"),
    ("stan", "klient 102481\n388\na nie, czekaj, 338", "", "102481|::338|-|1"),
    ("", "Pisałem, że na liczniku jest 640, tymczasem jest 604. Klient 102481", "", "102481|::604|-|1"),
    ("", "Stan: 377 (skreślić), 373 (aktualne). Klient 102481", "", "102481|::373|-|1"),
    (
        "stan",
        "Stan licznika: 388.\n\nPS. Wróciłam z okularami i jest 338, tak proszę wpisać. Klient 102481",
        "",
        "102481|::338|-|1",
    ),
    (
        "",
        "stan licznika 532 nie 523! Żona sprawdziła jeszcze raz: 523. to jest dobre. Klient 102481",
        "",
        "102481|::523|-|1",
    ),
    (
        "",
        "Napisałem, że główny wskazuje 1329, gdy tymczasem wskazuje on 1239. Klient 102481",
        "",
        "102481|:main:1239|-|1",
    ),
    (
        "",
        "Licznik pokazuje 219 na pewno, ale nie wiem, czy to mój. Klient 102481",
        "",
        "102481|::219|-|0",
    ),
)

SIGNED: tuple[tuple[str, str, str, str], ...] = (
    ("stan", "Na plebanii stan 1930.\n\nks. Jan Kos, 2716", "", "2716|::1930|-|1"),
    ("", "Stan wodomierza 81234567: 151 m3\n\nnr 7705\nM. Stec", "", "7705|81234567::151|-|1"),
    ("", "Numer parafii w Państwa kartotece: 2716. Stan wodomierza 514.", "", "2716|::514|-|1"),
    ("", "Wodomierz 81234567: 203 m3. Proszę zapisać do konta 102481.", "", "102481|81234567::203|-|1"),
    ("", "stan 421. Na kopercie od Państwa stoi 102481, to pewnie ten numer.", "", "102481|::421|-|1"),
    (
        "liczniki",
        "Na głównym 2044, na ogrodowym 613.\nNumery: główny 81234567, ogrodowy 81234570. Klient 102481",
        "",
        "102481|81234567:main:2044;81234570:garden:613|-|1",
    ),
    (
        "",
        "Mam liczniki 81234567 i 81234570. Pierwszy ma 2044, drugi 613. Klient 102481",
        "",
        "102481|81234567::2044;81234570::613|-|1",
    ),
    (
        "Fwd: licznik",
        "Proszę przyjąć odczyt, który przysłał mój najemca (poniżej). Klient 102481",
        "Stan wody: 198. Numer na liczniku 81234567. Prąd jak coś 10452.",
        "102481|81234567::198|-|1",
    ),
    ("", "pszesyłam odczyt: wodomież głuwny pokazóje 519, klijent 102481", "", "102481|:main:519|-|1"),
)

COUNTED: tuple[tuple[str, str, str, str], ...] = (
    (
        "liczba osób",
        "Dzień dobry, proszę zmienić w umowie klienta 102481 liczbę mieszkańców z 4 na 3, bo syn wyjechał.",
        "",
        "102481||-|0",
    ),
    ("", "Ile obecnie kosztuje 1 m3 wody i 1 m3 ścieków? Klient 102481", "", "102481||-|0"),
    ("", "Płaciłem 9,20 za metr, teraz 11,85. Skąd ta podwyżka? Klient 102481", "", "102481||-|0"),
    ("", "Czy rura ma mieć 1/2 czy 3/4 cala? Chcę mieć wodomierz, klient 102481", "", "102481||-|0"),
    ("", "Stan konta: 0. Stan wodomierza: 783. Klient 102481", "", "102481|::783|-|1"),
    (
        "",
        "W zeszłym miesiącu 320, teraz 327, czyli 7 kubików. Klient 102481",
        "",
        "102481|::327|-|1",
    ),
    (
        "",
        "Główny (81234567) 991, ogrodowy (81234570) 120. Różnica 871. Klient 102481",
        "",
        "102481|81234567:main:991;81234570:garden:120|-|1",
    ),
    (
        "",
        "Stan głównego 18442 m3, klient 7421.\nAnna Sowa\nzarządca nieruchomości, licencja 10937",
        "",
        "7421|:main:18442|-|1",
    ),
    ("", "Na liczniku 48?, ostatniej cyfry nie widać. Klient 102481", "", "102481||-|0"),
)

_ASKED = (
    "Pani Ewo, podała Pani stan 5190, poprzednio było 476. Czy chodziło o 519 m3?\n"
    "Klient 102481, wodomierz nr 81234567\n\n> Dzień dobry, stan 5190."
)
_OLDER = "licznik 81234567, stan 862 m3, odczyt 15.10.2026, klient 102481"
_SWAPPED = (
    "Monter wymienił wodomierz. Stary nr 81234567 miał na końcu 1877 m3, nowy nr 81234570 ma teraz 3 m3. "
)

ANSWERED: tuple[tuple[str, str, str, str], ...] = (
    ("Re: odczyt", "Tak, potwierdzam, chodziło o 519.", _ASKED, "102481|81234567::519|-|1"),
    ("Re: odczyt", "Potwierdzam 519", _ASKED, "102481|81234567::519|-|1"),
    ("Re: odczyt", "Tak, miałam na myśli 519", _ASKED, "102481|81234567::519|-|1"),
    ("Re: odczyt", "Tak, potwierdzam.", _ASKED, "102481||-|0"),
    (
        "Re: odczyt",
        "Zgadza się, proszę tak wpisać.",
        "Czy stan 118 m3 wodomierza 81234567 jest prawidłowy? Klient 102481.",
        "102481|81234567::118|-|1",
    ),
    ("", "Chodzi o 300 m3 za dużo na fakturze. Klient 102481", "", "102481||-|0"),
    (
        "Re: odczyt",
        "Proszę mimo to uwzględnić odczyt, który jest poniżej, do piwnicy już nie zejdę.",
        _OLDER,
        "102481|81234567::862|2026-10-15|1",
    ),
)

DIGITS: tuple[tuple[str, str, str, str], ...] = (
    ("", "Wodomierz wskazuje 276 m3, a na czerwono jeszcze 415. Klient 102481", "", "102481|::276|-|1"),
    ("", "Na czerwono 415, na czarno 276. Klient 102481", "", "102481|::276|-|1"),
    ("", "Stan bez czerwonych 276. Klient 102481", "", "102481|::276|-|1"),
    (
        "",
        "Mam 00271 czarne i 884 czerwone. Które mam podać? Jeśli czarne, to zgłaszam 271. Klient 102481",
        "",
        "102481|::271|-|1",
    ),
    ("", "Stan 565 lub 585, środkowej cyfry nie widać. Klient 102481", "", "102481||-|0"),
)

ASKED_FOR: tuple[tuple[str, str, str, str], ...] = (
    ("", _SWAPPED + "Proszę wpisać stan nowego. Klient 102481", "", "102481|81234570::3|-|1"),
    (
        "",
        "Kontroler zapisał 1290. To kłamstwo! Widzę 1209. 1209 proszę przyjąć. Klient 102481",
        "",
        "102481|::1209|-|1",
    ),
    (
        "Nie zgadzam się z fakturą",
        "Licznik jak był 240 w maju, tak dziś jest 241. Proszę skorygować do stanu 241.\n"
        "Mech, Rybacka 12, 880417",
        "",
        "880417|::241|2026-11-22|1",
    ),
    (
        "reklamacja",
        "Reklamuję fakturę. Widzę na niej 1300 m3. Klient 102481",
        "",
        "102481|::1300|-|0",
    ),
    (
        "",
        "Stan: 1099 m3. Odczyt z protokołu zdawczo-odbiorczego z 1 listopada 2026. Klient 102481",
        "",
        "102481|::1099|2026-11-01|1",
    ),
)

MORE = (*TABLES, *BESIDE, *SLIPS, *SIGNED, *COUNTED, *ANSWERED, *DIGITS, *ASKED_FOR)
