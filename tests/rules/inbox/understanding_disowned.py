"""What a writer takes back, disowns or puts right, and states in answers to the office's letters.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

DISOWNED: tuple[tuple[str, str, str], ...] = (
    ("", "Na liczniku milion :) a na poważnie to 512. Klient 204417", "204417|::512|-|1"),
    ("", "Stan 9999, żartuję, 512. Klient 204417", "204417|::512|-|1"),
    ("", "Oczywiście 100000, tak naprawdę 512. Klient 204417", "204417|::512|-|1"),
    ("", "Lokator podał 777, to liczba z sufitu. Na liczniku jest 577. Klient 204417", "204417|::577|-|1"),
    ("", "Zarządca wpisał 690 - proszę tego nie księgować. Stan to 655. Klient 204417", "204417|::655|-|1"),
    ("", "Stan 690 z poprzedniego maila proszę wyrzucić, prawidłowo 655. Klient 204417", "204417|::655|-|1"),
    ("", "Napisałem 690, ale to gaz. Woda 655. Klient 204417", "204417|::655|-|1"),
    ("", "Mam tu 121 i 204, a nie, to ciepłe. Zimna: 349. Klient 204417", "204417|::349|-|1"),
    ("", "2044... nie, czekaj, to numer sąsiada. Mój klient 204417, stan 512", "204417|::512|-|1"),
    (
        "",
        "Licznik główny 512, podlicznika lokatora (88) nie podaję do rozliczenia. klient 204417",
        "204417|:main:512|-|1",
    ),
    (
        "",
        "Podlicznik garażu 88 jest mój prywatny, nie rozliczajcie go. Wodomierz: 512. Klient 204417",
        "204417|::512|-|1",
    ),
    ("", "Przepraszam, cyfry mi się poprzestawiały, nie 506 tylko 560. Klient 204417", "204417|::560|-|1"),
    ("", "Wczorajszy mail nieaktualny! Właściwy stan: 512. Klient 204417", "204417|::512|-|1"),
    (
        "",
        "Proszę zignorować poprzednią wiadomość (stan 521). Poprawny stan 512. Klient 204417",
        "204417|::512|-|1",
    ),
    ("", "Anuluję odczyt 521. Nowy: 512. Klient 204417", "204417|::512|-|1"),
    (
        "",
        "Podaję odczyt sąsiadki Marii Bosak, nr klienta 240119: 233. Mój numer to 240118, swój już podałam.",
        "240119|::233|-|1",
    ),
    ("", "Jestem opiekunką pana Adama, klient 240119, wodomierz pokazuje 233.", "240119|::233|-|1"),
    (
        "",
        "Administruję budynkiem, klient 4417, wodomierz główny 12 384, lokatorzy mają swoje podliczniki.",
        "4417|:main:12384|-|1",
    ),
    ("", "Sąsiad z góry ma 300, a ja 512 - czemu płacę więcej? Klient 204417", "204417|::512|-|1"),
    (
        "",
        (
            "Czy to możliwe że licznik ma 1 310, jak w maju było 1 255? No ale patrzyłem dwa razy i "
            "tak pokazuje, więc proszę zapisać to 1 310. kl. 228846"
        ),
        "228846|::1310|-|1",
    ),
    ("", "Wydaje mi się 512... sprawdziłem, tak, 512. Klient 204417", "204417|::512|-|1"),
    ("", "Chyba 512. Poprawka: byłem z latarką i na sto procent 512. Klient 204417", "204417|::512|-|1"),
    ("", "Nalałem 100 litrów a licznik nabił 112. Reklamuję go. Klient 204417", "204417||-|0"),
    ("", "Wlałem 10 wiader po 10 litrów i licznik przeskoczył o 0,112. Klient 204417", "204417||-|0"),
    (
        "",
        "Przy zakręconych kranach licznik nabija 2 litry na godzinę, stan 512. Klient 204417",
        "204417|::512|-|1",
    ),
    (
        "",
        'Formularz nie przyjmuje 275 bo "musi być większy niż 268". Proszę zapisać 275. Klient 204417',
        "204417|::275|-|1",
    ),
    ("", "Na stronie pisze że stan musi mieć 5 cyfr, u mnie jest 512. klient 204417", "204417|::512|-|1"),
    (
        "",
        'Wyskoczyło "nieprawidłowa wartość 512", a tyle mam na liczniku. Klient 204417',
        "204417|::512|-|1",
    ),
    ("", "Odczyt 2 x: główny 512, ogród 41. Klient 204417", "204417|:main:512;:garden:41|-|1"),
    ("", "Wysyłałem 3x. 512. Klient 204417", "204417|::512|-|1"),
    ("", "Widziałem jak sąsiad kręci magnesem przy wodomierzu, proszę sprawdzić Polna 7.", "-||-|0"),
    (
        "",
        (
            "Wodomierz 71124409 w dniu przekazania 15.11.2026 miał 612 m3, proszę ten stan przyjąć "
            "do rozliczenia poprzedniego właściciela. tel. 789 330 142"
        ),
        "-|71124409::612|2026-11-15|1",
    ),
    (
        "",
        "Przy odbiorze kluczy 15.11.2026 spisaliśmy 612 m3, proszę o przepisanie umowy. Klient 204417",
        "204417|::612|2026-11-15|1",
    ),
    ("", "Zdaję lokal, licznik na koniec 612. Klient 204417", "204417|::612|-|1"),
    ("", "Protokół zdawczo-odbiorczy: woda zimna 612, ciepła 99. klient 204417", "204417|::612|-|1"),
    ("", "335 m3 / Tyc Igor / Rzeczna 27", "-|::335|-|1"),
    ("", "335 | Tyc Igor | Rzeczna 27/3", "-|::335|-|1"),
    ("", "Igor Tyc, Rzeczna 27, licznik 335", "-|::335|-|1"),
    ("", "Rzeczna 27 - 335 m3", "-|::335|-|1"),
    (
        "",
        "Rano kot wskoczył na wodomierz i spadła pokrywka, ale cyfry widać: 512. Klient 204417",
        "204417|::512|-|1",
    ),
    ("", "Mąż wrócił z 2 piwami i odczytał 512 xD klient 204417", "204417|::512|-|1"),
    (
        "",
        "Dziś przyszła zima, -7 stopni, licznik nie zamarzł i ma 512. Klient 204417",
        "204417|::512|2026-11-22|1",
    ),
    ("", "Jak w zegarku - co kwartał 32 kubiki, czyli jest 512. Klient 204417", "204417|::512|-|1"),
    ("", "Dwa miesiące w sanatorium, więc tylko 3 m3 przybyło i jest 512. Klient 204417", "204417|::512|-|1"),
    ("", "Rok temu o tej porze 480, teraz 512. Klient 204417", "204417|::512|-|1"),
    ("", "Miałem podać do 15-tego, zapomniałem: 512. Klient 204417", "204417|::512|-|1"),
    ("", "Za Chiny Ludowe nie dojdę skąd wam wyszło 530, u mnie 512! Klient 204417", "204417|::512|-|1"),
    ("", "Tysiąc przepraszam za spóźnienie, stan 512. Klient 204417", "204417|::512|-|1"),
    ("", "Sto lat nie pisałem maila, stan 512. Klient 204417", "204417|::512|-|1"),
    (
        "",
        "Mam 2 wodomierze, ale drugi (31204456) jest wyłączony. Pierwszy 31204455 - 512.",
        "-|31204455::512|-|1",
    ),
    ("", "Wodomierz 31204455 - 512, wodomierz 31204456 bez zmian. Klient 204417", "204417|31204455::512|-|1"),
    ("", "Do wodomierza 31204456 nie mam klucza, na 31204455 jest 512", "-|31204455::512|-|1"),
    ("", "Stan: pięć jeden dwa (512). Klient 204417", "204417|::512|-|1"),
    ("", "Na liczniku 000512 i czerwone 3. Klient 204417", "204417|::512|-|1"),
    ("", "Licznik 5 cyfr czarnych 00512, 3 czerwone 447. Klient 204417", "204417|::512|-|1"),
    ("", "odczyt = 512 | kl. = 204417 | data = wczoraj", "204417|::512|2026-11-21|1"),
)
"""Jokes, other people's meters, litres, forms and small talk."""
