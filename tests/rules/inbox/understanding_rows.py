"""Rows made alike: rooms, floors, flats, buildings; what one of them gives, the next gives too.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

ROWS_ALIKE: tuple[tuple[str, str, str], ...] = tuple(
    ("", f"Klient 210344. {text}", f"210344|::{first};::{second}|-|0")
    for text, first, second in (
        ("Pralnia: 62\nŁazienka: 1418 m3", "62", "1418"),
        ("Kuchnia 7, łazienka 316 m3.", "7", "316"),
        ("mieszkanie: 14, stan piwnica 1377 m3", "14", "1377"),
        ("Parter 62, piętro 1418 m3", "62", "1418"),
        ("Poddasze: 62\nParter: 1418 m3", "62", "1418"),
        ("Mieszkanie 1: 62\nMieszkanie 2: 1418 m3", "62", "1418"),
        ("Lokal 4 | 62\nLokal 5 | 1418 m3", "62", "1418"),
        ("Budynek A 62\nBudynek B 1418 m3", "62", "1418"),
        ("Klatka A: 62\nKlatka B: 1418 m3", "62", "1418"),
        ("Pierwszy: 62, drugi: 1418 m3", "62", "1418"),
        ("Na jednym 62, na drugim 1418 m3", "62", "1418"),
        ("Licznik nr 1 - 62\nLicznik nr 2 - 1418 m3", "62", "1418"),
        ("Magazyn: 62\nBiuro: 1418 m3", "62", "1418"),
        ("62 w piwnicy, 1418 m3 w kuchni", "62", "1418"),
        ("Łazienka: 62 m3\nKuchnia: 1418", "62", "1418"),
        ("Stary dom: 62, nowy dom: 1418 m3", "62", "1418"),
        ("Łazienka duża 62, łazienka mała 1418 m3", "62", "1418"),
        ("Apartament 1: 62, apartament 2: 1418 m3", "62", "1418"),
        ("Wilkowie: 62\nSarnowie: 1418 m3", "62", "1418"),
        ("Obora 62, stajnia 1418 m3", "62", "1418"),
        ("A: 62\nB: 1418 m3", "62", "1418"),
    )
)
NO_ROWS: tuple[tuple[str, str, str], ...] = tuple(
    ("", text, expected)
    for text, expected in (
        ("Klient 210344, mieszkanie: 14. Stan: 1377 m3", "210344|::1377|-|1"),
        ("Klient 210344, mieszkanie 14, stan w kuchni 1377 m3", "210344|::1377|-|1"),
        ("Klient 210344\nLokal: 14\nStan licznika w piwnicy: 1377", "210344|::1377|-|1"),
        ("Klient 210344. Kuchnia 62 (stary odczyt), łazienka 1418 m3", "210344|::1418|-|1"),
        ("ul. Lipowa 5, piętro 2, łazienka: 1377 m3", "-|::1377|-|1"),
        ("Jan Kos, klatka 2, piwnica: 1377 m3, klient 210344", "210344|::1377|-|1"),
        ("Klient 210344. Wodomierz w piwnicy: 1377 m3, w łazience 2 osoby", "210344|::1377|-|1"),
        ("Klient 210344. Blok 4\nKlatka 2\nŁazienka 1377 m3", "210344|::1377|-|1"),
        ("Klient 210344\nKod: 62\nStan: 1418 m3", "210344|::1418|-|1"),
        (
            "Klient 210344. Kuchnia 70115501: 62, łazienka 70115502: 1418 m3",
            "210344|70115501::62;70115502::1418|-|1",
        ),
        ("Klient 210344. Dom: 1418, ogród: 62", "210344|:main:1418;:garden:62|-|1"),
    )
)
