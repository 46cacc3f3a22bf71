"""What stands beside the state and is none of it: another medium, cattle, a paper's day, a taunt.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

ASIDES: tuple[tuple[str, str, str], ...] = (
    ("", "podaje stan 88, nie pomylić z gazem, gaz mam 4021. klient 204518", "204518|::88|-|1"),
    (
        "",
        "Stan 512, proszę nie mylić z licznikiem ciepła (tam 9921). klient 204518",
        "204518|::512|-|1",
    ),
    ("", "Woda 341 m3, tylko nie mylić z prądem, prąd to 20114. klient 204518", "204518|::341|-|1"),
    ("", "Licznik u mnie 2044, świń 12, owiec 40. klient 204518", "204518|::2044|-|1"),
    ("", "Na liczniku 512, królików 14. klient 204518", "204518|::512|-|1"),
    ("", "STAN 2222. TO NIE ŻART. CZTERY DWÓJKI. KLIENT 451008", "451008|::2222|-|1"),
    ("", "Mam 1000 na liczniku, jedynka i trzy zera. Nie żartuję. klient 451008", "451008|::1000|-|1"),
    (
        "",
        "Żona mówi 712, ja mówię 721, sprawdziliśmy razem i jest 721. Zapiszcie 721. klient 451008",
        "451008|::721|-|1",
    ),
    ("", "Zerknąłem i mam 815; wcześniej, 2 maja, było 790. klient 451008", "451008|::815|-|1"),
    ("", "Jest 310, we wrześniu, dokładnie 3 września, było 299. klient 451008", "451008|::310|-|1"),
    (
        "",
        "Dwieście nie, bo już trzysta minęło, dokładnie 304 na liczniku. klient 451008",
        "451008|::304|-|1",
    ),
    ("", "Na liczniku 500 stuknęło, dziś 502. klient 451008", "451008|::502|2026-11-22|1"),
    ("", "Zdjęcie załączam, a dla pewności podaję: 414 m3. klient 451008", "451008|::414|-|1"),
    ("", "W załączniku zdjęcie, przepisuję: 414. klient 451008", "451008|::414|-|1"),
    ("", "Stan 414 wysyłam jeszcze raz dla pewności. klient 451008", "451008|::414|-|1"),
    ("", "Nie mam pewności, ale na liczniku stoi 414. klient 451008", "451008|::414|-|0"),
    ("", "Przepisuję umowę na syna od 1 grudnia. klient 451008", "451008||-|0"),
    ("", "jest 1622, wystarczy? klient 451008", "451008|::1622|-|1"),
    ("", "jest 1622, dobrze? klient 451008", "451008|::1622|-|0"),
    ("", "czy przy stanie 9999 licznik się zeruje? klient 451008", "451008||-|0"),
    ("", "Pytanie: czy po osiągnięciu 999 licznik wraca do zera?", "-||-|0"),
    ("", "Dostałem rachunek, na którym stan to 512. Skąd on? klient 451008", "451008||-|0"),
    ("", "Przyszła faktura, w której odczyt 800 jest z września. Co to znaczy? klient 451008", "451008||-|0"),
    ("", "woda ogrodowa: 33\nwoda główna: 410\nklient 451008", "451008|:garden:33;:main:410|-|1"),
    (
        "",
        "12 października wymieniono licznik. Zdjęty nr 3300777 miał 884, założony nr 8712001 ruszył od "
        "zera, a teraz pokazuje 5. Proszę wpisać stan nowego.",
        "-|8712001::5|-|1",
    ),
    (
        "",
        "Po co te kwartalne odczyty?? Niech już będzie, 884, licznik 50077199, spisane wczoraj. Adam Kula",
        "-|50077199::884|2026-11-21|1",
    ),
    (
        "",
        "W odpowiedzi na zawiadomienie wrzucone do skrzynki (2.11.2026): licznik 4488120 stan 777.",
        "-|4488120::777|-|1",
    ),
    (
        "",
        "Odpowiadam na list od Państwa (z 5.11): wodomierz 4488120, 321.",
        "-|4488120::321|-|1",
    ),
    (
        "",
        "Opuściliśmy mieszkanie 30 września. Stan końcowy 612. Cecylia Mróz, Jeziorna 77.",
        "-|::612|2026-09-30|1",
    ),
    (
        "",
        "Proszę przyjąć 268,44 m3 - z protokołu zdawczego lokalu Piaskowa 20/6 z 29.10.2026. Klient 451008",
        "451008|::268.44|2026-10-29|1",
    ),
    ("", "stan 77, działka Różana 12, Jan Kos", "-|::77|-|1"),
    ("", "Na działce stan 77. klient 451008", "451008|::77|-|1"),
)
