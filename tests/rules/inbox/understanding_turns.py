"""How a sentence turns: an exchanged meter, a picture beside the state, a bill that tallies with the dial.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

SWAPPED: tuple[tuple[str, str, str], ...] = (
    (
        "",
        (
            "14 listopada Wasz monter wymienił mi wodomierz. Stary (44120019) zakończył na 1377, "
            "nowy ma numer 26700581 i dzisiaj pokazuje 3. Proszę o zapisanie aktualnego stanu. "
            "klient 103958"
        ),
        "103958|26700581::3|2026-11-22|1",
    ),
    (
        "",
        "Wymiana licznika 18.11.2026. Zdjęty: 44120019 stan 1377. Założony: 26700581 stan 0. Klient 103958",
        "103958|26700581::0|2026-11-18|1",
    ),
    (
        "",
        (
            "Hydraulik założył nowy licznik 81234570, stan 1, stary 81234567 miał 2210. Wymiana była "
            "wczoraj. Klient 102481"
        ),
        "102481|81234570::1|2026-11-21|1",
    ),
    (
        "",
        (
            "Proszę o zaksięgowanie po wymianie: stary licznik 81234567 stan 990, nowy licznik "
            "81234570 stan 0. Klient 102481"
        ),
        "102481|81234567::990;81234570::0|-|1",
    ),
    (
        "",
        (
            "Wymieniono wodomierz: stary 81234567 – 990, nowy 81234570 – 2. Proszę zapisać oba "
            "stany. Klient 102481"
        ),
        "102481|81234567::990;81234570::2|-|1",
    ),
    (
        "",
        (
            "Po wymianie wodomierza: wymontowany 81234567 wskazywał 1204 m3, zamontowany 81234570 "
            "wskazuje 4 m3. kl. 102481"
        ),
        "102481|81234570::4|-|1",
    ),
    (
        "",
        "Wymiana 12.11: stan starego 1984, nowy licznik 81234570 stan 2. klient 102481",
        "102481|81234570::2|2026-11-12|1",
    ),
    (
        "",
        (
            "Nowy licznik nr 81234570 pokazuje 5, a ten stary zdemontowany był przy 777. Wymieniali "
            "wczoraj. klient 102481"
        ),
        "102481|81234570::5|2026-11-21|1",
    ),
    (
        "",
        (
            "Panowie wymienili wodomierz i zostawili protokół: licznik zdemontowany nr 81234567 stan "
            "640, licznik zamontowany nr 81234570 stan 0. Dziś mam już 6. klient 102481"
        ),
        "102481|81234570::6|2026-11-22|1",
    ),
    (
        "",
        (
            "Zdemontowano wodomierz 81234567 ze stanem 640,5 a zamontowano 81234570 ze stanem 0,3. "
            "Klient 102481."
        ),
        "102481|81234570::0.3|-|1",
    ),
    ("", "Po wymianie: stary 990 nowy 0 klient 102481", "102481|::0|-|1"),
    (
        "",
        "W czwartek wymieniliście licznik, stary skończył na 1555, nowy dziś ma 2 kubiki. klient 102481",
        "102481|::2|2026-11-22|1",
    ),
    (
        "",
        (
            "Wymiana licznika. Proszę rozliczyć stary licznik 81234567 do stanu 990. Nowy to "
            "81234570, startuje od 0. Klient 102481"
        ),
        "102481|81234567::990;81234570::0|-|1",
    ),
    (
        "",
        "Wodomierz wymieniony, poprzedni 81234567 miał 450, obecny 81234570 ma 3 klient 102481",
        "102481|81234570::3|-|1",
    ),
)
"""Of an exchange the new meter's state is the state, unless the old one's is asked for too."""

TURNED: tuple[tuple[str, str, str], ...] = (
    (
        "",
        (
            "proszę przyjąć stan z faktury prognozowej, czyli 482 - sprawdziłam na liczniku i "
            "dokładnie tyle jest. Nr klienta 129903"
        ),
        "129903|::482|-|1",
    ),
    (
        "",
        "Na fakturze jest prognoza 318 i tyle samo pokazuje licznik, więc proszę ją zostawić. klient 129903",
        "129903|::318|-|1",
    ),
    ("", "Przewidywany stan 905 zgadza się z licznikiem. Nr klienta 129903", "129903|::905|-|1"),
    (
        "",
        "Szacunkowy stan z rachunku to 77, poszłam sprawdzić, licznik ma dokładnie tyle. kl. 129903",
        "129903|::77|-|1",
    ),
    ("", "Stan z faktury 640 nie zgadza się z licznikiem. klient 129903", "129903||-|0"),
    ("", "Na fakturze 482, na liczniku wcale tyle nie ma. klient 129903", "129903||-|0"),
    ("", "Zużycie 34 m3, tyle samo co rok temu według licznika. klient 129903", "129903||-|0"),
    (
        "",
        "przesyłam zdjęcie wodomierza, nr klienta 145066, gdyby było słabo widać to stan 471",
        "145066|::471|-|1",
    ),
    ("", "W załączniku fotka licznika. Jakby się nie otworzyła: 471. Klient 145066", "145066|::471|-|1"),
    ("", "Załączam foto. Gdyby zdjęcie nie doszło, stan wynosi 88. Klient 145066", "145066|::88|-|1"),
    ("", "Jeśli zdjęcie nieczytelne, podaję: 00512. klient 145066", "145066|::512|-|1"),
    ("", "Gdyby licznik pokazywał 500, to bym się nie dziwił. klient 145066", "145066||-|0"),
    ("", "Jeśli dojdzie do 500, dam znać. klient 145066", "145066||-|0"),
    ("", "Wysyłam zdjęcie, a jakby co to na liczniku 233 kubiki. klient 145066", "145066|::233|-|1"),
    ("", "Jakby zdjęcie było rozmazane - 733 m3. Klient nr 145066", "145066|::733|-|1"),
    (
        "",
        "Nr klienta: 116512\nNr wodomierza: 41098837\nStan: 858\nOdczytano: sobota",
        "116512|41098837::858|2026-11-21|1",
    ),
    ("", "Data odczytu: piątek\nstan 858\nklient 116512", "116512|::858|2026-11-20|1"),
    ("", "stan 858 (sobota), klient 116512", "116512|::858|2026-11-21|1"),
    ("", "stan 858, sobota rano, klient 116512", "116512|::858|2026-11-21|1"),
    ("", "stan 858, biuro czynne sobota? klient 116512", "116512|::858|-|1"),
    ("", "Spisane: wczoraj\nstan 858\nklient 116512", "116512|::858|2026-11-21|1"),
    ("", "Odczyt: niedziela, 858 m3, klient 116512", "116512|::858|2026-11-22|1"),
    (
        "",
        "poprzednio było 276 (20 maja), teraz 301, czyli 25 m3. Spisane 20 listopada. Klient 116512",
        "116512|::301|2026-11-20|1",
    ),
    ("", "Poprzedni odczyt 276 (z 20.05.2026), obecny 301, klient 116512", "116512|::301|-|1"),
    ("", "Na fakturze 276 m3 (10.10.2026), na liczniku 301. klient 116512", "116512|::301|-|1"),
    ("", "W maju było 276, 18 listopada 301. klient 116512", "116512|::301|2026-11-18|1"),
    ("", "Ostatnio podałem 276 (20 maja). Dziś 301. klient 116512", "116512|::301|2026-11-22|1"),
    (
        "",
        (
            "Faktura została wystawiona na podstawie szacunku (stan 530), mimo że podałem odczyt. "
            "Proszę o korektę. nr klienta 126158"
        ),
        "126158||-|0",
    ),
    ("", "Proszę nie rozliczać według prognozy (stan 530). klient 126158", "126158||-|0"),
    ("", "Wasza prognoza (530) jest za wysoka, mam 488. klient 126158", "126158|::488|-|1"),
    ("", "Z faktury (stan 530) wynika co innego niż na liczniku: 488. klient 126158", "126158|::488|-|1"),
    (
        "",
        (
            "w umowie jest zły kod pocztowy, ma być 44-996, i literówka w nazwisku: Ficek, nie "
            "Fiecek. Proszę poprawić. klient 126158"
        ),
        "126158||-|0",
    ),
    ("", "Błąd w adresie na fakturze, powinno być Leśna 4 a nie Leśna 14, klient 126158", "126158||-|0"),
    ("", "Na umowie przekręcone nazwisko, proszę o poprawienie. kl 126158", "126158||-|0"),
    ("", "Macie nieaktualny adres, mieszkam teraz na Polnej 5. klient 126158", "126158||-|0"),
    ("", "hej, pies mi zjadł fakturę. możecie podesłać skan ostatniej? nr klienta 146391", "146391||-|0"),
    (
        "",
        (
            "klient nr 3517 (Auto-Myjnia Fala) nie otrzymał faktury za październik. Proszę o kopię w "
            "pdf na nasz adres. t: 325557788"
        ),
        "3517||-|0",
    ),
    ("", "Zgubiliśmy ostatnią fakturę, czy da się dostać odpis? klient 146391", "146391||-|0"),
    ("", "Nie doszła do mnie faktura za wrzesień. Klient 146391", "146391||-|0"),
    ("", "Proszę przesłać kopię umowy. klient 146391", "146391||-|0"),
    ("", "Potrzebuję faktury z lipca do rozliczenia, proszę o wysłanie. klient 146391", "146391||-|0"),
    (
        "",
        "Nie mogę znaleźć faktury z października, proszę o ponowne przesłanie. klient 146391",
        "146391||-|0",
    ),
    (
        "",
        (
            "na wodomierzu 35590041 jest data 2021. Czy kończy mu się legalizacja? Stan w tej chwili "
            "428, gdyby był potrzebny. Martyna Sroka"
        ),
        "-|35590041::428|-|1",
    ),
    ("", "Wodomierz 35590041, rok 2019, stan 428", "-|35590041::428|-|1"),
    ("", "Wodomierz 35590041 Apator 2019, stan 428", "-|35590041::428|-|1"),
    ("", "Kiedy będzie przegląd? Na wszelki wypadek stan 428, klient 146391", "146391|::428|-|1"),
    ("", "Nasz numer u Was: 4102. Wodomierz wskazuje 512.", "4102|::512|-|1"),
    ("", "Mój numer u Państwa to 146391, stan 512", "146391|::512|-|1"),
    ("", "Mój numer w Waszej bazie: 146391. Stan 512.", "146391|::512|-|1"),
)
"""Conditions, bills, days, years and brackets."""

BESIDE: tuple[tuple[str, str, str], ...] = (
    (
        "",
        (
            "Urodziły się bliźniaki, 2300 g i 2450 g, wodomierz pokazywał przedwczoraj 718 m3, a "
            "jego numer to 26104473. klient 340098"
        ),
        "340098|26104473::718|2026-11-20|1",
    ),
    ("", "Na liczniku jest 59. Kuba, lat 13, klient 340098", "340098|::59|-|1"),
    (
        "odczyt dziś 7.30",
        "Dziś o godz. 7.30 wodomierz wskazywał 256,7 m3. Numer klienta 518840.",
        "518840|::256.7|2026-11-22|1",
    ),
    ("", "345 stoi na tarczy, klient 340098", "340098|::345|-|1"),
    ("", "345 pokazuje licznik, klient 340098", "340098|::345|-|1"),
    ("", "345 mam dziś na liczniku, klient 340098", "340098|::345|2026-11-22|1"),
    ("", "345 jest na wodomierzu, tyle widzę. klient 340098", "340098|::345|-|1"),
    ("", "na oko będzie jakieś 480, może 490. Klient 366125", "366125||-|0"),
    ("", "gdzieś 480 albo 490 klient 366125", "366125||-|0"),
    (
        "",
        "Stan wodomierza w starym mieszkaniu na 19.11.2026: 512 m3. Numer klienta 301774.",
        "301774|::512|2026-11-19|1",
    ),
    (
        "Odczyty",
        (
            "nr wodomierza    stan\n41200311         1543\n41200318         987\nnr klienta "
            "3308\n\nZ poważaniem\nAnna Mróz\nZarządca nieruchomości, lic. zaw. 1187"
        ),
        "3308|41200311::1543;41200318::987|-|1",
    ),
    ("", "podaję stan 512, klient 301774\nPozdrawiam\nJan Kos\npokój 214, budynek 3", "301774|::512|-|1"),
    (
        "",
        "podaję stan 512, klient 301774\nPozdrawiam\nJan Kos\nFirma Kos, certyfikat 514",
        "301774|::512|-|1",
    ),
    (
        "",
        "stan wodomierza nr 5567120 według odczytu: 1893,44 m³ (nasza sygn. 114/26), klient 301774",
        "301774|5567120::1893.44|-|1",
    ),
)
"""Weights, ages, hours, homes and signatures."""
