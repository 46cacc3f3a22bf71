"""Fields of forms filled in, digits told one by one, what a bill prints, hours and days beside a state.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

FILLED_IN: tuple[tuple[str, str, str], ...] = (
    ("", "Klient (ten numer z góry rachunku): 244 117. Stan 318", "244117|::318|-|1"),
    ("", "Odbiorca (numer jak na ostatniej fakturze) - 244 117, licznik 318", "244117|::318|-|1"),
    ("", "Numer, który jest na fakturze, to 244 117. Stan licznika 318", "244117|::318|-|1"),
    ("", "Klient 244117. Numer umowy 318 402. Stan 318", "244117|::318|-|1"),
    ("", "244 117\n14420086\nstan 588", "244117|14420086::588|-|1"),
    ("", "Wodomierz: 36118402\nWskazanie: 0318 m3\nCzas: 20 NOV 2026, 0615", "-|36118402::318|2026-11-20|1"),
    ("", "Klient 244117\nCzas odczytu: 1940\nStan: 2210", "244117|::2210|-|1"),
    ("", "Klient 244117. Stan na teraz: 0615", "244117|::615|-|1"),
    ("", "Klient 244117. Na tarczy: zero, zero, trzy, jeden, osiem, czyli 318.", "244117|::318|-|1"),
    ("", "Klient 244117. Cyfry po kolei: zero, cztery, zero, dwa, tj. 402", "244117|::402|-|1"),
    ("Główny i ogrodowy", "glowny 318 ogrodek 40, Kalinowa 66 Wrona", "-|:main:318;:garden:40|-|1"),
    ("", "Licznik doszedł do 1511. Klient 244117. Z dnia 20 listopada.", "244117|::1511|2026-11-20|1"),
    (
        "",
        "12 listopada monter wymienił licznik. Nowy to 60017742 i stoi na nim już 6. Klient 244117",
        "244117|60017742::6|-|1",
    ),
    ("Pytanie", "Na rachunku widnieje stan poprzedni 377 i stan obecny 391. Co oznacza litera S?", "-||-|0"),
    ("", "Klient 244117. Na fakturze stoi 377, a u mnie na liczniku jest 391.", "244117|::391|-|1"),
)
FILLED_BILLS: tuple[tuple[str, str | None], ...] = (
    ("Reklamuję FS 4410/10/2026, klient 5093", "FS 4410/10/2026"),
    ("Nie mogę znaleźć faktury za lipiec (nr 07/2210/2026).", "07/2210/2026"),
    ("Fv 12 proszę", None),
)
FILLED_WISHES: tuple[tuple[str, str, str], ...] = (
    ("", "Nowe konto do zwrotu nadpłaty, proszę o podmianę konta. Klient 137722", "data_change"),
    ("", "Proszę o podmianę numeru telefonu na 600 123 456", "data_change"),
    ("", "Zapłaciłem w terminie, a Wy doliczacie mi 4 zł odsetek.", "complaint"),
    (
        "",
        "Plik się nie otwiera: dokument FS/10/2026/0311. Proszę wysłać go ponownie.",
        "invoice_copy",
    ),
    ("", "Wpłaciłam, ale faktury w skrzynce nie mam, poproszę o jej kopię.", "invoice_copy"),
)
