"""Mails with their subject and the letter below: states, and traps among them.

Subject, text, the older mail below, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

WHOLE: tuple[tuple[str, str, str, str], ...] = (
    (
        "Re: przypomnienie o odczycie",
        "Już wysyłam, 1208. Sorry za opóźnienie.",
        "Prosimy o podanie stanu wodomierza nr 44120933. Numer klienta 310455.",
        "310455|44120933::1208|-|1",
    ),
    (
        "Re: przypomnienie o odczycie",
        "jest 1208 i to się nie zmieni, bo nas nie ma do wiosny",
        "Prosimy o podanie stanu wodomierza nr 44120933. Numer klienta 310455.",
        "310455|44120933::1208|-|1",
    ),
    (
        "odczyty wspólnota",
        "Klient 4410\nKlatka A: 44120933 stan 820\nKlatka B: 44120934 stan 911\nKlatka C: 44120935 stan 700",
        "",
        "4410|44120933::820;44120934::911;44120935::700|-|1",
    ),
    (
        "liczniki",
        "Dom: 1208. Ogród: 77. Nr klienta 310455. Ogród zakręcony do wiosny, więc 77 zostanie.",
        "",
        "310455|:main:1208;:garden:77|-|1",
    ),
    (
        "Duplikat",
        "Proszę o duplikat faktury za wrzesień. Przy okazji odczyt: 1208. Klient 310455",
        "",
        "310455|::1208|-|1",
    ),
    (
        "zmiana telefonu",
        "Nowy numer to 500 100 200. I od razu odczyt 1208 (klient 310455).",
        "",
        "310455|::1208|-|1",
    ),
    (
        "nowy właściciel",
        "Kupiliśmy dom, w protokole wpisano stan 1208 wodomierza 44120933. Proszę o umowę.",
        "",
        "-|44120933::1208|-|1",
    ),
    (
        "Korekta odczytu",
        "W formularzu wpisałem przez pomyłkę 12080, powinno być 1208. Klient 310455.",
        "",
        "310455|::1208|-|1",
    ),
    (
        "korekta",
        "1280 zamiast 1208 podałem wczoraj, przepraszam. Prawidłowo 1208. Klient 310455",
        "",
        "310455|::1208|-|1",
    ),
    ("woda", "stan 1208 klient 310455 (nie mylić z 310454, to brat)", "", "310455|::1208|-|1"),
    ("SMS", "ODCZYT 310455 1208", "", "310455|::1208|-|1"),
    ("odczyt", "Spisał sąsiad, bo ja chory: 1208. Klient 310455", "", "310455|::1208|-|1"),
    ("odczyt", "Według licznika 1208, według mnie za dużo, klient 310455", "", "310455|::1208|-|1"),
    ("odczyt", "stan 12?8, klient 310455", "", "310455||-|0"),
    ("odczyt", "Licznik: 120x (ostatnia się kręci), klient 310455", "", "310455||-|0"),
    ("ciepła", "Podaję ciepłą wodę: 1208, klient 310455", "", "310455||-|0"),
    ("odczyt", "Kiedyś stał na 1208. Teraz nie wiem. Klient 310455", "", "310455||-|0"),
    ("zwrot", "Nadpłata 208 powinna wrócić na konto 0812. Klient 310455", "", "310455||-|0"),
    ("anulowanie", "Odczyt 1208 jest nieprawdziwy, proszę anulować. Klient 310455", "", "310455||-|0"),
    ("kod", "Kod do furtki 1208, proszę wejść i odczytać. Klient 310455", "", "310455||-|0"),
    ("szafka", "Licznik jest w szafce 1208 na parterze. Klient 310455", "", "310455||-|0"),
    ("przyłącze", "Od licznika do domu jest 28 metrów rury. Klient 310455", "", "310455||-|0"),
)
"""Whole mails, with the numbers of other things that stand in them."""

DOUBTED: tuple[tuple[str, str, str, str], ...] = (
    (
        "stan",
        "Tata kazał napisać że u nas jest 618 i żebyście nie przyjeżdżali bo pies gryzie. klient 310455",
        "",
        "310455|::618|-|1",
    ),
    ("odp", "no przecież pisałam, 618. Klient 310455", "", "310455|::618|-|1"),
    (
        "Re: Re: odczyt",
        "Nie 613, tylko 618.",
        "Przyjęliśmy odczyt 613. Klient 310455, wodomierz 44120933",
        "310455|44120933::618|-|1",
    ),
    (
        "Re: Odczyt",
        "Tak, potwierdzam 618.",
        "Czy odczyt 618 jest prawidłowy? Klient 310455",
        "310455|::618|-|1",
    ),
    (
        "Re: Odczyt",
        "Tak, zgadza się.",
        "Podali Państwo odczyt 618 dla wodomierza 44120933, klient 310455. Prosimy o potwierdzenie.",
        "310455|44120933::618|-|1",
    ),
    (
        "zdanie lokalu",
        (
            "Protokół zdawczo-odbiorczy z 15.11.2026: wodomierz 44120933 – 618 m3, liczniki prądu wg "
            "Tauron. Klient 310455"
        ),
        "",
        "310455|44120933::618|-|1",
    ),
    (
        "parafia",
        "Szczęść Boże, wodomierz plebania 618, wodomierz kościół 44. Odbiorca 5120. Ks. Jan",
        "",
        "5120|::618;::44|-|0",
    ),
    ("Odczyt", "To ja od zielonego domu na Wrzosowej 9, 618 mam.", "", "-|::618|-|1"),
    (
        "odczyt",
        "Wodomierz na zimną wodę nr 44120933: 618, na ciepłą nr 44120999: 201",
        "",
        "-|44120933::618|-|1",
    ),
    ("odczyt", "Stan 618 m3 wg licznika, 600 wg Was. Klient 310455", "", "310455|::618|-|1"),
    ("odczyt", "Pan był i spisał 618, ja nie widziałam. Klient 310455", "", "310455|::618|-|0"),
    ("Odczyt", "odczyt wykonam 6.18 rano, klient 310455", "", "310455||-|0"),
    (
        "stan wody w rzece",
        "Stan wody w Wiśle 618 cm, czy grozi nam podtopienie? Klient 310455",
        "",
        "310455||-|0",
    ),
    ("odczyt", "Licznik elektroniczny miga: Err 18. Klient 310455", "", "310455||-|0"),
    ("zużycie", "Aplikacja pokazuje 618 litrów dziennie. Klient 310455", "", "310455||-|0"),
    (
        "jak czytać",
        "Na liczniku mam 00618 i 4 zegarki. Co z tego podać? Klient 310455",
        "",
        "310455|::618|-|0",
    ),
)
"""What somebody else says, asks about, or did not see; answers to letters."""

COMPARED: tuple[tuple[str, str, str, str], ...] = (
    (
        "odczyt",
        "Mimo że faktura była na 760, u mnie jest dopiero 745. Klient 310455",
        "",
        "310455|::745|-|1",
    ),
    (
        "odczyt",
        "Jako nowy lokator (od 1.11) zgłaszam stan z dnia wprowadzenia: 745, wodomierz 44120933",
        "",
        "-|44120933::745|2026-11-01|1",
    ),
    (
        "odczyt",
        "Poz. 1: wodomierz 44120933, 745 m3; poz. 2: wodomierz 44120934, 312 m3",
        "",
        "-|44120933::745;44120934::312|-|1",
    ),
    (
        "odczyt",
        "Główny (44120933) 745, ogrodowy (44120934) 312, różnica 433. Klient 310455",
        "",
        "310455|44120933:main:745;44120934:garden:312|-|1",
    ),
    (
        "odczyt",
        "44120933: było 700, jest 745; 44120934: było 300, jest 312",
        "",
        "-|44120933::745;44120934::312|-|1",
    ),
    (
        "odczyt",
        "Podaję dwa, bo mam dwa: 745 (dom) i 312 (ogród). Klient 310455",
        "",
        "310455|:main:745;:garden:312|-|1",
    ),
    ("stan", "na liczniku 745 na podliczniku 312 klient 310455", "", "310455|::745;:garden:312|-|1"),
    ("odczyt", "Tyle ile sąsiad, czyli 745. Klient 310455", "", "310455||-|0"),
    ("odczyt", "Jak dobiję do 745, to zakręcam. Klient 310455", "", "310455||-|0"),
    ("odczyt", "Mój cel to 745 i ani kropli więcej w tym roku. Klient 310455", "", "310455||-|0"),
    ("zużycie", "Różnica odczytów wynosi 45. Klient 310455", "", "310455||-|0"),
    ("odczyt", "74_ reszta zaparowana. Klient 310455", "", "310455||-|0"),
    ("odczyt", "zaczyna się od 74, dalej nie widać. Klient 310455", "", "310455||-|0"),
)
"""Numbers that others are compared with, goals, and several meters in one line."""
