"""Small numbers beside a state: what numbers a school or counts meters is outweighed, a second meter is not.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

OUTWEIGHED: tuple[tuple[str, str, str], ...] = (
    ("", "Przedszkole nr 7 podaje wskazanie wodomierza: 11 264 m3, nr odbiorcy 1407", "1407|::11264|-|1"),
    ("", "Gospodarstwo ma na 3 hektarach 1 wodomierz: 48 112 m3. Klient 1407", "1407|::48112|-|1"),
    ("", "Blok 5 klatka 2, stan licznika 00487, klient 102481", "102481|::487|-|1"),
    ("", "1 licznik, 1 stan: 00529. Klient 102481", "102481|::529|-|1"),
)

KEPT: tuple[tuple[str, str, str], ...] = (
    ("", "Stany wodomierzy: 12 i 340. Klient 102481", "102481|::12;::340|-|0"),
    ("", "Mam dwa liczniki, na jednym 7, na drugim stan 1204 m3. Klient 102481", "102481|::7;::1204|-|0"),
    ("", "Wodomierz 1: 45 m3, wodomierz 2: 1203 m3. Klient 102481", "102481|::45;::1203|-|0"),
    ("", "Stan 640 m3. Żona twierdzi, że jest 690. Klient 102481", "102481|::640;::690|-|0"),
    ("", "Nowy wodomierz 3 m3, stary miał 1204 m3. Klient 102481", "102481|::3|-|1"),
)

DATED: tuple[tuple[str, str, str], ...] = (
    ("", "Jan Nowak / Polna 40 / 20-11-2026 / 717 m3", "-|::717|2026-11-20|1"),
    ("", "Odczyt z 20-11: 717, klient 102481", "102481|::717|2026-11-20|1"),
    ("", "Odczyt z 20-09: 717, klient 102481", "102481|::717|2026-09-20|1"),
    ("", "Odczyty lipiec bl. 3, klient 4780. W załączeniu arkusz.", "4780||-|0"),
    ("", "Odczyt bud. 12 klatka 3, klient 4780, 1204 m3", "4780|::1204|-|1"),
)
