"""Sentences in which people put a state in their own way, and what looks like one.

Subject, text, the older mail below, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

SAID: tuple[tuple[str, str, str, str], ...] = (
    ("", "Stan wodomierza 487 z haczykiem, klient 102481", "", "102481|::487|-|1"),
    ("", "Licznik: 1204 i trochę, klient 102481", "", "102481|::1204|-|1"),
    ("", "Na zegarze 561 i coś po przecinku. kl. 102481", "", "102481|::561|-|1"),
    ("", "Stan jakieś 300 z hakiem. Klient 102481", "", "102481||-|0"),
    ("", "Podaję stan, żeby znowu nie było prognozy: 431. Klient 102481", "", "102481|::431|-|1"),
    (
        "",
        "Spisałem dziś, bo poprzedni odczyt był błędny: 512 m3. Klient 102481",
        "",
        "102481|::512|2026-11-22|1",
    ),
    (
        "",
        "Wysyłam stan, ponieważ na fakturze był szacunek - 612. Klient 102481",
        "",
        "102481|::612|-|1",
    ),
    ("", "Odczyt, gdyż ostatnio zapomniałem, 655 m3. Klient 102481", "", "102481|::655|-|1"),
    ("", "Sprawdziłem wodomierz i wyszło mi 533. Klient 102481", "", "102481|::533|-|1"),
    ("", "Zeszłam do piwnicy odczytać wodę, wyszło 129. Klient 102481", "", "102481|::129|-|1"),
    ("", "Z odczytu wyszło 904, klient 102481", "", "102481|::904|-|1"),
    ("", "Za październik wyszło 14 m3. Klient 102481", "", "102481||-|0"),
    ("", "Według faktury wyszło 44 m3. Klient 102481", "", "102481||-|0"),
    ("", "wyszło nam 12 m3 na osobę. klient 102481", "", "102481||-|0"),
    ("", "Stan 1047. Numer klienta, jak pisze na rachunku, to 218340.", "", "218340|::1047|-|1"),
    ("", "Stan wody 88, numer klienta przepisuję z rachunku: 218340", "", "218340|::88|-|1"),
    ("", "Na cyferblacie 441, klient 102481", "", "102481|::441|-|1"),
    ("", "na bębenku 441 klient 102481", "", "102481|::441|-|1"),
    ("", "Stan 402 m3, a dokładnie 402,85. Klient 306621", "", "306621|::402.85|-|1"),
    ("", "Wodomierz 64902238, stan jak podałem wcześniej: 377", "", "-|64902238::377|-|1"),
    ("", "Stan ten co w poprzednim mailu, 377, wodomierz 64902238", "", "-|64902238::377|-|1"),
    ("", "tak jak mówiłam przez telefon: 377, wodomierz 64902238", "", "-|64902238::377|-|1"),
    ("", "To macie 296, klient 337702", "", "337702|::296|-|1"),
    ("", "Proszę, macie odczyt: 296. Klient 337702", "", "337702|::296|-|1"),
    ("", "Macie u siebie 296. Klient 337702", "", "337702||-|0"),
    ("", "Macie wpisane 296 m3, klient 337702", "", "337702||-|0"),
)
"""How the number is said: with a remainder, a reason before it, as what came out of a reading, twice."""

SET_ASIDE: tuple[tuple[str, str, str, str], ...] = (
    (
        "",
        (
            "5 maja wymieniono licznik: stary 44100980 miał 640, nowy 99201750 zaczynał od 0. Obecnie "
            "na nowym jest 12. Klient 303316"
        ),
        "",
        "303316|99201750::12|2026-05-05|1",
    ),
    (
        "",
        "Na starym 55612030 zostało 988, na nowym 60722140 wpisano przy montażu 1.",
        "",
        "-|60722140::1|-|1",
    ),
    (
        "",
        "Licznik na dole to 20118833, na górze 20118834. Dół 311, góra 87. klient 102481",
        "",
        "102481|20118833::311;20118834::87|-|1",
    ),
    (
        "",
        "1) 54008710 - 233\n2) 54008720 - 41\nKlient 326663",
        "",
        "326663|54008710::233;54008720::41|-|1",
    ),
    (
        "",
        "Licznik 1: 54008710 stan 233, licznik 2: 54008720 stan 41. klient 326663",
        "",
        "326663|54008710::233;54008720::41|-|1",
    ),
    (
        "",
        "511 i 88, pozdrawiam",
        "Prosimy o stany wodomierzy nr 55301180 i 55301190, klient 331870",
        "331870|55301180::511;55301190::88|-|1",
    ),
    (
        "",
        "pierwszy 511, drugi 88",
        "Prosimy o stany wodomierzy nr 55301180 i 55301190, klient 331870",
        "331870|55301180::511;55301190::88|-|1",
    ),
    ("", "Stan 384, nie, to nie ten licznik! Mój ma 348. Klient 307090", "", "307090|::348|-|1"),
    ("", "512 - ups, to gaz. Woda 348. Klient 307090", "", "307090|::348|-|1"),
    (
        "",
        "Podaję 384. Stop, zły licznik mi się wpisał, na naszym jest 348. klient 307090",
        "",
        "307090|::348|-|1",
    ),
    ("", "klient 304975\n5520011  88\n5520012  120", "", "304975|5520011::88;5520012::120|-|1"),
    (
        "",
        "klient 304975\nparter; 5520011; 88\npiętro; 5520012; 120",
        "",
        "304975|5520011::88;5520012::120|-|1",
    ),
    ("", "Sto lat dla całego biura! Klient 265597", "", "265597||-|0"),
    ("", "Stan 77. Ogrodowy. Klient 327349", "", "327349|:garden:77|-|1"),
    ("", "Stan 77 (to ten w ogrodzie). Klient 327349", "", "327349|:garden:77|-|1"),
    (
        "",
        "Nic nie przybyło, stan taki sam jak na fakturze: 455. Klient 307713",
        "",
        "307713|::455|-|1",
    ),
    ("", "Stan bez zmian, jak na ostatnim rachunku 455. Klient 307713", "", "307713|::455|-|1"),
    ("", "Na fakturze mam 455, a było mniej. Klient 307713", "", "307713||-|0"),
    ("", "Wskazanie 1019, według prognozy miało być 1045. Klient 316634", "", "316634|::1019|-|1"),
    ("", "Z szacunku miało wyjść 640, jest 602. Klient 316634", "", "316634|::602|-|1"),
    ("", "U sąsiada 200, u mnie 78. klient 415927", "", "415927|::78|-|1"),
    ("", "Teściowa ma 300, my mamy 455. Klient 164937", "", "164937|::455|-|1"),
    ("", "U Państwa na stronie jest np. 00123. Ja mam 872. Klient 341008", "", "341008|::872|-|1"),
    ("", "Mam licznik prądu 08841127, stan 23870. Dobrze trafiłem?", "", "-||-|0"),
)
"""What a text sets aside, rows without a heading, exchanges, answers in the order of a letter."""

PRESENTED: tuple[tuple[str, str, str, str], ...] = (
    (
        "",
        (
            "Dobry wieczór. Zgodnie z prośbą z kartki spisałam wodomierz: 00712. Mieszkanie na "
            "Wiosennej 4/12. Klientka nr 310455"
        ),
        "",
        "310455|::712|-|1",
    ),
    (
        "",
        (
            "Mąż wyjechał, a to on zawsze podawał, więc nie wiem czy dobrze robię, ale na liczniku są "
            "cyfry 00377. Klient 310455"
        ),
        "",
        "310455|::377|-|1",
    ),
    ("", "Było 340 jest 377 klient 310455", "", "310455|::377|-|1"),
    ("", "W domu 377, w ogrodzie 41, klient nr 310455", "", "310455|:main:377;:garden:41|-|1"),
    ("", "Aktualne wskazanie to trzy siedem siedem, klient 310455", "", "310455|::377|-|1"),
    ("", "Czy moglibyście przyjąć mój odczyt 377? Klient 310455", "", "310455|::377|-|1"),
    ("", "KL 310455 LICZNIK 377", "", "310455|::377|-|1"),
    ("", "Stan wodomierza (377 m3) proszę przypisać do klienta 310455.", "", "310455|::377|-|1"),
    (
        "",
        "Z licznika odczytałem trójkę, siódemkę i siódemkę czyli 377. Klient 310455",
        "",
        "310455|::377|-|1",
    ),
    (
        "",
        "Inkasent wpisał 390, ale na wodomierzu jest dziś 377. Klient 310455",
        "",
        "310455|::377|2026-11-22|1",
    ),
    ("", "Sąsiad ma 390, a ja 377. Klient 310455", "", "310455|::377|-|1"),
    ("", "Podam stan, gdy będzie 377. Klient 310455", "", "310455||-|0"),
    ("", "Pokój 377, klient 310455", "", "310455||-|0"),
    ("", "Basen ma 37 m3, czy dostanę ulgę? Klient 310455", "", "310455||-|0"),
    ("", "Strona 377 regulaminu. Klient 310455", "", "310455||-|0"),
    ("", "Formularz wyrzuca błąd 377. Klient 310455", "", "310455||-|0"),
    ("", "Licznik ma numer kończący się na 377. Klient 310455", "", "310455||-|0"),
    ("", "Odczytacie sobie sami, szafka nr 377. Klient 310455", "", "310455||-|0"),
    ("", "Decyzja 377 z marca. Klient 310455", "", "310455||-|0"),
    ("", "U rodziców jest 377, ale to inny klient. Klient 310455", "", "310455||-|0"),
)
"""What a short mail presents though hardly a word of it speaks of a meter, and what it does not."""
