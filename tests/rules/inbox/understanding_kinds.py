"""More sentences of the kinds that were once misread: lists and their rows, numbers of other things.

Subject, text, the older mail below, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

from db.records.incoming import MailIntent

LETTER = "Prosimy o stan wodomierza nr 81234567.\nKlient 102481"

ROWS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Odczyty lokali - ul. Wierzbowa 6",
        "Lokal 1, wodomierz 81234567, stan 31\nLokal 2, wodomierz 81234570, stan 45",
        "",
        "-|81234567::31;81234570::45|-|1",
    ),
    (
        "odczyty",
        "Witam, 7421 – Zarząd Klon:\n| lokal | wodomierz | stan |\n|---|---|---|\n"
        "| 1 | 81234567 | 110 |\n| 2 | 81234570 | 95 |",
        "",
        "7421|81234567::110;81234570::95|-|1",
    ),
    (
        "odczyty",
        "Klient 7421\n\n\twodomierz\t31.08\t30.09\t31.10\n\t81234567\t10\t12\t15\n\t81234570\t20\t23\t27",
        "",
        "7421|81234567::15;81234570::27|2026-10-31|1",
    ),
    (
        "Plac 5",
        "Adres | Nr wodomierza | Data odczytu | Stan\nPlac 5 | 81234567 | 20.11.2026 | 1310\n"
        "Plac 5a | 81234570 | 20.11.2026 | 780\nKlient 7421",
        "",
        "7421|81234567::1310;81234570::780|2026-11-20|1",
    ),
    (
        "odczyty",
        "klient 7421\nlp. / wodomierz / stan\n1 / 81234567 / 64\n2 / 81234570 / 71\n3 / 81234571 / 80",
        "",
        "7421|81234567::64;81234570::71;81234571::80|-|1",
    ),
    (
        "",
        "102481\n81234567\t20.11.2026\t710\n81234570\t20.11.2026\t340",
        "",
        "102481|81234567::710;81234570::340|2026-11-20|1",
    ),
    (
        "",
        "7421\n81234567\t20.11.2026\t710\n81234570\t20.11.2026\t340",
        "",
        "7421|81234567::710;81234570::340|2026-11-20|1",
    ),
    (
        "stany",
        "Klient\tLokal\tWodomierz\tStan [m3]\tUwagi\n7421\t12\t81234567\t18\tpusty\n"
        "7421\t13\t81234570\t25\t4 osoby",
        "",
        "7421|81234567::18;81234570::25|-|1",
    ),
    (
        "Odczyt",
        "Klient\t7421\nWodomierz\t81234567\nStan poprzedni\t300\nStan aktualny\t342\n"
        "Data\t20.11.2026\nLiczba stanowisk\t5\n\nPensjonat Sosna, 24 pokoje",
        "",
        "7421|81234567::342|2026-11-20|1",
    ),
    (
        "Odczyty 7421",
        "Data\t31.10.2026\nKlient\t7421\n\nNr\tPoprzedni\tObecny\n81234567\t310\t342\n81234570\t100\t112",
        "",
        "7421|81234567::342;81234570::112|2026-10-31|1",
    ),
    (
        "Stan wodomierzy - dom i altana",
        "Dom - nr 81234567 - 240 m3.\nAltana - nr 81234570 - 12 m3.\n\nJan Cis\nnr klienta: 102 481",
        "",
        "102481|81234567::240;81234570::12|-|1",
    ),
    (
        "",
        "W ogrodzie (81234570): 41,5\nGłówny w domu (81234567): 702,1\nklient 102481",
        "",
        "102481|81234570:garden:41.5;81234567:main:702.1|-|1",
    ),
    (
        "wymiana",
        "Wczoraj monter wymienił wodomierz. Stary nr 81234567, stan końcowy 990. "
        "Nowy nr 81234570, stan początkowy 0. Klient 102481",
        "",
        "102481|81234570::0|2026-11-21|1",
    ),
    (
        "",
        "Klient 102481, wodomierz ...567 to 88, drugi 81234570: 91. Pierwszy to 81234567.",
        "",
        "102481|81234567::88;81234570::91|-|1",
    ),
    ("", "81234567 / 487 m3\n81234570 / 112 m3\n102481", "", "102481|81234567::487;81234570::112|-|1"),
    ("", "487 m3 / 81234567 / 102481", "", "102481|81234567::487|-|1"),
    ("", "487 na liczniku 81234567\n112 na liczniku 81234570", "", "-|81234567::487;81234570::112|-|1"),
    (
        "",
        "klient 102481\nwodomierz 81234567 stan 10\nwodomierz 81234570 stan 20\nogrodowy 30",
        "",
        "102481|81234567::10;81234570::20;:garden:30|-|1",
    ),
)
"""Several meters, and what else stands in their rows: nothing shifts from one meter to the next."""

KINDS: tuple[tuple[str, str, str, str], ...] = (
    ("", "Stan: 5 0 2, klient 102481", "", "102481|::502|-|1"),
    ("", "Stan wodomierza: 1 204,07 m3. Klient 102481", "", "102481|::1204.07|-|1"),
    (
        "",
        "W dniu 4 maja br. wodomierz w mojej piwnicy wskazywał 3 118 m3. Nr odbiorcy 102481",
        "",
        "102481|::3118|2026-05-04|1",
    ),
    ("Fwd: stan", "Przesyłam w imieniu mamy.", "Stan 502, klient 102481", "102481|::502|-|1"),
    ("Fwd: stan", "FYI odczyt od najemcy", "Stan 502, klient 102481", "102481|::502|-|1"),
    ("Fwd: odczyt", "Przekazuję odczyt mamy", "Stan 502, klient 102481", "102481|::502|-|1"),
    (
        "Fwd: odczyt",
        "Wysłałam to pod zły adres, poniżej mój mail z odczytem, proszę go przyjąć.",
        "Na dzień 20.11.2026 wodomierz 81234567 wskazuje 502.",
        "-|81234567::502|2026-11-20|1",
    ),
    (
        "Fwd: licznik",
        "Przesyłam wiadomość od lokatora z odczytem, proszę o zaksięgowanie.",
        "Wodomierz 81234567, stan 502.",
        "-|81234567::502|-|1",
    ),
    (
        "Re: odczyt",
        "Wodomierz wskazuje obecnie 1954 metrów sześciennych, zaś nie jak Państwo założyli 1990.",
        "Przyjęliśmy szacunkowo stan 1990, wodomierz nr 81234567, klient 102481",
        "102481|81234567::1954|-|1",
    ),
    (
        "",
        "Pani Ewo, tak jak rozmawiałyśmy przez telefon - 412, licznik ma nr 81234567",
        "",
        "-|81234567::412|-|1",
    ),
    ("ale numer", "u mnie same czwórki: 444! Numer klienta 102481.", "", "102481|::444|-|1"),
    (
        "Re: odczyt",
        "zapomniałem dopisać: nr wodomierza 81234567, nr klienta 102481",
        "stan wody 44",
        "102481|81234567::44|-|1",
    ),
    ("", "Podam stan w czwartek, jak wrócę. Klient 102481", "", "102481||-|0"),
    (
        "",
        "W poniedziałek sprawdziliśmy wodomierz, wskazuje 502. Klient 102481",
        "",
        "102481|::502|2026-11-16|1",
    ),
    (
        "Re: odczyt",
        "Sprawdziłam w sobotę jeszcze raz. 502 jest prawidłowe.",
        LETTER,
        "102481|81234567::502|2026-11-21|1",
    ),
    (
        "Re: odczyt",
        "Wodomierz pokazuje 231. Żona mówi, że pokazuje 237.",
        LETTER,
        "102481|81234567::231;81234567::237|-|0",
    ),
    ("", "Nie odliczono 45 m3 z podlicznika ogrodowego. Klient 102481", "", "102481||-|0"),
    ("", "Kwestionuję skutki zawyżonego odczytu 2750 m3. Klient 102481", "", "102481||-|0"),
    (
        "odczyt",
        "odbiorca: Cukiernia Malina s.c., nr 7421, ul. Polna 3\nwodomierz 81234567 stan 502",
        "",
        "7421|81234567::502|-|1",
    ),
    ("", "Równo dwa tygodnie temu spisałem 502. Klient 102481", "", "102481|::502|2026-11-08|1"),
    ("", "kuchnia 123, łazienka 456. Klient 102481", "", "102481|::123;::456|-|0"),
    ("", "Nr umowy 102481/2019, stan 502, wodomierz 81234567", "", "-|81234567::502|-|1"),
    ("", "81234567/502", "", "-|81234567::502|-|1"),
    ("odczyt3.12", "wodomierz 81234567: 502", "", "-|81234567::502|2025-12-03|1"),
    ("", "Stan 48? ostatniej cyfry nie widać. Klient 102481", "", "102481||-|0"),
    ("", "Licznik: w lipcu 450, w listopadzie 487. Klient 102481", "", "102481|::487|-|1"),
    ("", "Stan 81234567 to 487. Klient 102481.\nPS. Pomyłka, 478!", "", "102481|81234567::478|-|1"),
    (
        "",
        "Syn spisał 943, ja 493. Proszę wpisać moje. Wodomierz 81234567, klient 102481",
        "",
        "102481|81234567::493|-|1",
    ),
    ("cena", "Po ile jest teraz 1 m3 wody? Klient 102481", "", "102481||-|0"),
    ("cena", "Ile kosztuje 1 m3 wody i ścieków w taryfie G1? Klient 102481", "", "102481||-|0"),
    ("532", "wodomierz 81234567 = 523, klient 102481", "", "102481|81234567::532;81234567::523|-|0"),
    ("102 481", "wod. 81234567\nst. 1250", "", "102481|81234567::1250|-|1"),
    ("", "licznik gł. budynku 81234567 = 902 m3. Klient 7421", "", "7421|81234567:main:902|-|1"),
    (
        "stan",
        "Wodomierz pokazuje 117 (temp. 4 st., ciśnienie 2,5 bar). nr 81234567",
        "",
        "-|81234567::117|-|1",
    ),
    (
        "",
        "Licznik 81234567 ma 742. Numer klienta znalazłam na fakturze: 102481.",
        "",
        "102481|81234567::742|-|1",
    ),
    (
        "",
        "Proszę o uwzględnienie w rozliczeniu: 502 m3 (wodomierz nr 81234567). Klient nr 102481.",
        "",
        "102481|81234567::502|-|1",
    ),
    ("Re: odczyt", "Dziękuję, ale wkradł się błąd: jest 502, nie 520!", LETTER, "102481|81234567::502|-|1"),
    ("", "nie sprawdzałem, ale pewnie z 480 będzie. Klient 102481", "", "102481||-|0"),
    ("", "Mam 5 czarnych i 3 czerwone cyfry na liczniku. Które podać? Klient 102481", "", "102481||-|0"),
    (
        "",
        "Klient 102481, wodomierz 81234567 - 631m3 (gazomierz 4400 m3 podałem gazowni).",
        "",
        "102481|81234567::631|-|1",
    ),
)
"""One meter, and the numbers of other things around it."""

INTENTS: tuple[tuple[str, str, MailIntent], ...] = (
    ("licznik", "502?", MailIntent.READING),
    ("", "To niemożliwe, 90 m3! Proszę wystawić korektę. Klient 102481", MailIntent.COMPLAINT),
    (
        "",
        "Na fakturze stan 502, takiego nie podawałem. Proszę o wyjaśnienie i korektę.",
        MailIntent.COMPLAINT,
    ),
    ("", "Wodomierz 81234567: 502. Wiruje sam. Zgłaszam reklamację.", MailIntent.COMPLAINT),
    ("", "Wasz inkasent źle zapisał stan. Klient 102481", MailIntent.COMPLAINT),
    ("adres", "prosze kierowac listy na ul. Klonowa 3. klient 102481", MailIntent.DATA_CHANGE),
    ("", "proszę wysłać jeszcze raz FAK/202605/0000210/102481/20260609", MailIntent.INVOICE_COPY),
    ("ciśnienie", "Ciśnienie 1 bar zamiast 3! Klient 102481", MailIntent.COMPLAINT),
    ("", "Proszę o przyjazd inkasenta w środę, klient 102481", MailIntent.QUESTION),
    ("anulowanie", "Proszę anulować wczorajszy odczyt 970, to był gaz. Klient 102481", MailIntent.READING),
    ("Poprawka", "Źle przepisałam, ma być 502 zamiast 520. Licznik 81234567", MailIntent.READING),
    ("awaria?", "Czy jutro na Lipowej będzie woda?", MailIntent.QUESTION),
    ("życzenia", "Zdrowych świąt i mało awarii!", MailIntent.OTHER),
    ("hałas", "Przepompownia wyje od rana. Żądam reakcji. Klient 102481", MailIntent.COMPLAINT),
    ("", "Wodomierz 81234567 stan 502, nie było wycieków.", MailIntent.READING),
    ("", "Proszę o przesłanie listy wodomierzy z terminami legalizacji. Klient 7421", MailIntent.QUESTION),
)
"""What the writer wants first."""

CAUTION: tuple[tuple[str, str, str, str], ...] = (
    ("", "Rozliczyli mnie Państwo od 1310 do 1402. Klient 102481", "", "102481||-|0"),
    ("Reklamacja", "Żądam korekty! Na wodomierzu jest 498. Klient 102481", "", "102481|::498|-|1"),
    ("Faktura", "Dzień dobry, nie dostałem faktury. Proszę o kopię. 1006", "", "-||-|0"),
    (
        "ciśnienie",
        "Ciśnienie w kranie mam słabe, powinno być 4. Mieszkam na piątym piętrze. Klient 102481",
        "",
        "102481||-|0",
    ),
    (
        "",
        "Mieszka nas teraz 5, a nie 3 osoby, proszę to zmienić u Państwa. Nr klienta 102481",
        "",
        "102481||-|0",
    ),
    ("", "Umowa 1177/2008, licznik 81234567, stan 1640", "", "-|81234567::1640|-|1"),
    ("", "Wodomierz 81234567 zatrzymał się na 63 m3", "", "-|81234567::63|-|1"),
    ("", "Naliczono od 1310 do 1402, czyli 92 m3. Klient 102481", "", "102481||-|0"),
    ("", "W sierpniu było 406. Klient 102481", "", "102481||-|0"),
    ("", "W sierpniu było 406, więc teraz jakieś 412. Klient 102481", "", "102481||-|0"),
    ("Faktura", 'Na fakturze "stan bieżący 1502 (S)". Co to S? Klient 102481', "", "102481||-|0"),
    ("", "ZW nr 81234567 - 214 m3, CW nr 81234570 - 133 m3. Klient 102481", "", "102481|81234567::214|-|1"),
    (
        "",
        "Wodomierze 81234567 i 81234570 to odpowiednio 540 m3 i 97 m3 (ten drugi to ogrodowy).",
        "",
        "-|81234567::540;81234570:garden:97|-|1",
    ),
    ("Odczyt wodomierza – Lipowa 6", "Wodomierz 81234567: 734", "", "-|81234567::734|-|1"),
    ("", "Babcia ma nr 102481. Licznik pokazuje 77", "", "102481|::77|-|1"),
    ("", "Dzwoniłam w poniedziałek! Stan 1188, klient 102481", "", "102481|::1188|-|1"),
    ("", "Spisane w Sylwestra: 640 m3, klient 102481", "", "102481|::640|2025-12-31|1"),
    ("", "Stan na dziś: 487 wejść. Zwiększ ruch!", "", "-||2026-11-22|0"),
    ("", "Wodomierz w moim domu wskazywał 1 206 m3. Klient 102481", "", "102481|::1206|-|1"),
    ("", "wodomierz basen 81234567: 918, wodomierz 81234570: 77", "", "-|81234567::918;81234570::77|-|1"),
    ("", "W aplikacji jest stan 480. Klient 102481", "", "102481|::480|-|0"),
    ("", "Stan 480 wpisał ktoś za mnie. Klient 102481", "", "102481|::480|-|0"),
    ("", "Dostałem sms, że stan to 480. Klient 102481", "", "102481|::480|-|0"),
    ("", "Zeszłoroczny stan 480. Klient 102481", "", "102481|::480|-|0"),
    ("", "Kiedy licznik dojdzie do 480, napiszę. Klient 102481", "", "102481|::480|-|0"),
    ("", "Na wydruku jest 480, ale teraz na liczniku 487. Klient 102481", "", "102481|::487|-|1"),
    ("", "Poprzedni lokator oddał lokal przy stanie 210. Klient 102481", "", "102481|::210|-|0"),
    ("", "Najemca twierdzi, że licznik pokazuje 430. Klient 102481", "", "102481|::430|-|0"),
    ("", "Wpisali mi 430 zamiast 340. Klient 102481", "", "102481|::430|-|0"),
    ("", "Stan 480. Limit 512. Klient 102481", "", "102481|::480|-|0"),
    ("", "Zdemontowany 81234567 miał 990, założony 81234570 ma 3", "", "-|81234570::3|-|1"),
    (
        "wymiana",
        "Stary nr 81234567 zakończył na 2488, nowy nr 81234570 ruszył od 1 m3. Klient 102481",
        "",
        "102481|81234570::1|-|1",
    ),
)
"""What is of the past, of a bill, of a guess or left open is not proposed; what outweighs it is."""
