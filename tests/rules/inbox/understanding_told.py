"""Numbers that count or tell something beside a state, doubts of the post, what was seen only at first.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

from db.records.incoming import MailIntent

TOLD_BESIDE: tuple[tuple[str, str, str], ...] = (
    (
        "",
        "Melduję: trzydzieści stopni w dół i jest wodomierz, pokazuje 733. Klient 203114",
        "203114|::733|-|1",
    ),
    ("", "Po piętnastu minutach szukania: licznik 48, klient 203114", "203114|::48|-|1"),
    ("", "Stan: czterdzieści osiem, klient 203114", "203114|::48|-|1"),
    ("", "Na liczniku czterdzieści osiem. Pozdrawiam, klient 203114", "203114|::48|-|1"),
    ("", "Warsztat, Nowa 14, podaję licznik 305. Klient 203114", "203114|::305|-|1"),
    ("", "Stara wartość 255, nowa 267, klient 203114", "203114|::267|-|1"),
    (
        "",
        "Żona odczytała. Najpierw mówiła 2210, potem starła kurz i wyszło 2216. Klient 203114",
        "203114|::2216|-|1",
    ),
    ("", "Odczytałam 1340, wyszło 46 zużycia. Klient 203114", "203114|::1340|-|1"),
    ("", "Cztery cyferki: 0, 0, 9, 2 i 7, czyli 927. Klient 203114", "203114|::927|-|1"),
    ("", "Wodomierze w lokalach 1, 2, 3 i 4 do wymiany. Klient 2031", "2031||-|0"),
    ("", "Na liczniku widzę na początku dwa zera, więc piszę: 00412. Klient 203114", "203114|::412|-|1"),
    ("", "Na początku nie widać, dalej 481, klient 203114", "203114|::481|-|0"),
    ("", "Piszę ponownie, bo mail chyba nie dotarł: stan 387. Klient 203114", "203114|::387|-|1"),
    ("", "Stan to chyba 387. Klient 203114", "203114|::387|-|0"),
    ("", "Jeśli jeszcze można: klient 203114, liczba 00614, wczoraj.", "203114|::614|2026-11-21|1"),
    ("", "Godz. 7.05, kawa w ręku, licznik 1389. Klient 203114", "203114|::1389|-|1"),
    ("", "stan z dnia 7.05: 1389. Klient 203114", "203114|::1389|2026-05-07|1"),
)

WANTED_AGAIN: tuple[tuple[str, MailIntent], ...] = (
    ("Sierpniowej faktury nie mam, pies zjadł. Da się wydrukować jeszcze raz?", MailIntent.INVOICE_COPY),
    ("Faktury za maj nie możemy odszukać. Poprosimy ją jeszcze raz.", MailIntent.INVOICE_COPY),
    ("Przyszedł dziwny SMS z linkiem, boję się, że to oszustwo. Czy mam zaległość?", MailIntent.QUESTION),
    ("To jest oszustwo, nie zapłacę!", MailIntent.COMPLAINT),
    ("Z kranu leci cuchnąca ciecz. Żądam zbadania wody i obniżenia rachunku!", MailIntent.COMPLAINT),
)
