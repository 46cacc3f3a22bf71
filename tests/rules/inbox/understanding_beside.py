"""Numbers beside a state: years, weights, prices, lines of a form; and meters named far from their word."""

from __future__ import annotations

BESIDE_STATES: tuple[tuple[str, str, str], ...] = (
    ("", "Wnuk spisał na kartce: 01326. To jest stan. Licznik 7741902.", "-|7741902::1326|-|1"),
    ("", "Na karteczce mam zapisane 512. To stan wodomierza. klient 129903", "129903|::512|-|1"),
    ("", "Napisał mi: 742. To jest odczyt z dzisiaj. klient 129903", "129903|::742|2026-11-22|1"),
    ("", "Na kartce jest 300. To jest numer domu. klient 129903", "129903||-|0"),
    (
        "",
        "Na cyferblacie mamy pięćset coś, zaraz, idę po okulary. 537, na pewno. klient 129903",
        "129903|::537|-|1",
    ),
    ("", "Licznik trzysta coś... moment. Już wiem: 342. klient 129903", "129903|::342|-|1"),
    ("", "Liczba jest 54,7 na wodomierz. klient 129903", "129903|::54.7|-|1"),
    ("", "Liczba z wodomierz: 88. Numer klient 129903", "129903|::88|-|1"),
    ("[odczyt] 521903", "klient: 521903\nstan: 00090", "521903|::90|-|1"),
    ("Stan 521903", "klient: 521903\nstan: 412", "521903|::412|-|1"),
    (
        "",
        (
            "Spisywałem wszystko naraz, więc tylko wasze: WODA 388. (Gaz mam 5127, ale to idzie do "
            "gazowni.) klient 129903"
        ),
        "129903|::388|-|1",
    ),
    ("", "WODA 412. Gaz 5127 to nie wasze. klient 129903", "129903|::412|-|1"),
    ("", "2019 to rok legalizacji, stan 512. klient 129903", "129903|::512|-|1"),
    ("", "Na tarczy 2021 (to rok produkcji), wskazuje 512 m3. klient 129903", "129903|::512|-|1"),
    ("", "Wynik odczytu: 831.\nMiejsce odczytu: Strażacka 12.\nPodpisano: Czesław Bąk.", "-|::831|-|1"),
    ("", "Adres: Polna 12.\nStan: 412.\nJan Bąk", "-|::412|-|1"),
    (
        "",
        "Licznik 4470031 doszedł do 71, a licznik 4470955 doszedł do 133. klient 129903",
        "129903|4470031::71;4470955::133|-|1",
    ),
    ("", "Wodomierz z tematu wiadomości, czyli 4188203, wskazuje 59 m3.", "-|4188203::59|-|1"),
    (
        "",
        (
            "Nr klienta ........ 428813\nPoprzednio ........ 702\nObecnie ........... 729\nRóżnica "
            "........... 27"
        ),
        "428813|::729|-|1",
    ),
    ("", "Klient ....... 129903\nStan ......... 512", "129903|::512|-|1"),
    ("", "Stary stan ... 480\nNowy stan ... 512\nKlient ... 129903", "129903|::512|-|1"),
    ("", "Donoszę uprzejmie, że mój licznik pokazuje 512. klient 129903", "129903|::512|-|1"),
    ("", "Widzę tylko początek: 1 albo 7, reszta mgła. klient 129903", "129903||-|0"),
    ("", "Kałuża ma już z 40 metrów, woda wybija z asfaltu! Przyślijcie kogoś.", "-||-|0"),
    ("", "Ile kosztuje podlicznik ogrodowy, 150 czy 350 zł?", "-||-|0"),
    ("", "Czy zapłacę 80 albo 120 zł za legalizację wodomierza? klient 129903", "129903||-|0"),
    (
        "",
        (
            "Urodziły się bliźniaki, chłopiec waży 2800 a dziewczynka 2650. Licznik pokazuje 743. "
            "klient 129903"
        ),
        "129903|::743|-|1",
    ),
    ("", "Wnuk ważył 3200, a ja zapomniałam o odczycie. Jest 512. klient 129903", "129903|::512|-|1"),
    ("", "Stan wodomierza z cyframi czerwonymi: 487,352 m3. klient 129903", "129903|::487.352|-|1"),
    ("", "l. 1499 kl. 110940 Roj E.", "110940|::1499|-|1"),
    (
        "",
        "Ile kosztuje 1 m3? Sąsiad mówi, że 14,82 zł, w internecie widzę 13,90. klient 129903",
        "129903||-|0",
    ),
    (
        "",
        "W poprzednim roku zużyłem 118 m3, w tym już 131 m3. Czy dostanę zestawienie? klient 129903",
        "129903||-|0",
    ),
    ("", "W zeszłym miesiącu miałem 480, w tym 512. klient 129903", "129903|::512|-|1"),
    ("", "W zeszłym kwartale poszło 20 m3, w tym 26. Stan 512. klient 129903", "129903|::512|-|1"),
    (
        "",
        (
            "Inkasent wpisał 730 zamiast 703. Dziś sprawdziłem: wodomierz pokazuje 703 i proszę "
            "przyjąć ten stan. klient 129903"
        ),
        "129903|::703|2026-11-22|1",
    ),
    ("", "Pracownik zapisał 512 zamiast 521. Na liczniku jest 521. klient 129903", "129903|::521|-|1"),
    ("", "Proszę wpisać 512 zamiast 521. klient 129903", "129903|::512|-|1"),
    ("", "Naliczyliście do 840 zamiast do 804. Licznik pokazuje 804. klient 129903", "129903|::804|-|1"),
    ("", "Prawda jest taka: 498. Wpiszcie to wreszcie. klient 129903", "129903|::498|-|1"),
    ("", "Prognoza mówiła 540. Prawda jest inna: na liczniku 498. klient 129903", "129903|::498|-|1"),
    ("", "Sama spisałam co tam było czarne na białym i wyszło 00418. klient 129903", "129903|::418|-|1"),
    ("", "Między 510 a 520, jutro sprawdzę. klient 129903", "129903||-|0"),
    ("", "Między 510 a 520. klient 129903", "129903||-|0"),
    ("", "Jest między 510 a 520, klient 129903", "129903||-|0"),
    ("", "Pomiędzy 88 a 90 na liczniku. klient 129903", "129903||-|0"),
    ("", "Prawie 512 a może 513. klient 129903", "129903||-|0"),
    ("", "Około 340 a może więcej. klient 129903", "129903||-|0"),
    ("", "Blisko 700 a ile dokładnie nie wiem. klient 129903", "129903||-|0"),
    ("", "Między nami: 512 i ani kubika więcej. klient 129903", "129903|::512|-|1"),
    ("", "Lipowa 12 a, stan 512. klient 129903", "129903|::512|-|1"),
    (
        "",
        (
            "Wodomierz 71124409 stan 512, wodomierz 71124410 stan 88, ten drugi to mój prywatny, nie "
            "rozliczacie go."
        ),
        "-|71124409::512|-|1",
    ),
    ("", "Licznik pokazuje sześćset coś, pójdę po okulary. 637. klient 129903", "129903|::637|-|1"),
    (
        "",
        "Główny 512. Przepraszam, że dopiero dziś, ogrodowy 77. klient 129903",
        "129903|:main:512;:garden:77|2026-11-22|1",
    ),
    (
        "",
        "Proszę o przyjęcie stanu z mojego maila poniżej, 940 z dnia 13.11.2026. Nr klienta 102277",
        "102277|::940|2026-11-13|1",
    ),
    ("", "Podaję stan jak poniżej: 512. klient 129903", "129903|::512|-|1"),
    ("", "Licznik poniżej 500, klient 129903", "129903||-|0"),
)
"""Years, weights, prices, dotted leaders, slips of paper, letters about others."""
