"""Numbers that another sentence takes out, and those that it gives anew."""

from __future__ import annotations

TAKEN_OUT: tuple[tuple[str, str, str], ...] = (
    ("", "Żartuję: stan milion. A serio: 482. klient 129903", "129903|::482|-|1"),
    ("", "Na liczniku 99999 :) a tak na poważnie to 418. klient 129903", "129903|::418|-|1"),
    ("", "Stan 7000, bo teściowa się kąpała, haha. Prawdziwy stan: 512. klient 129903", "129903|::512|-|1"),
    ("", "Zużyłem pół oceanu, stan 88888! Nie no żart, 633. Klient 129903", "129903|::633|-|1"),
    ("", "Stan licznika: 12345, ha ha, nabrałem. Naprawdę jest 345, klient 129903", "129903|::345|-|1"),
    ("", "mam 1000000 m3, żartuję oczywiście, mam 219. klient 129903", "129903|::219|-|1"),
    ("", "A tak poważnie: stan 512, klient 129903", "129903|::512|-|1"),
    ("", "Poważnie mówiąc licznik ma 733. klient 129903", "129903|::733|-|1"),
    ("", "Stan 512. Poważnie! klient 129903", "129903|::512|-|1"),
    ("", "Odczyt: 90210, jak w serialu. Żarcik, 210 jest. Klient 129903", "129903|::210|-|1"),
    ("", "Najemca podał Wam stan 890, to nieprawda. Licznik pokazuje 590. klient 129903", "129903|::590|-|1"),
    (
        "",
        "Syn wysłał wczoraj 412, to wzięte z głowy, prawdziwy odczyt to 442. klient 129903",
        "129903|::442|2026-11-21|1",
    ),
    (
        "",
        "Dzierżawca zgłosił 1203 i tego proszę nie brać pod uwagę. Byłem dziś, jest 1023. klient 129903",
        "129903|::1023|2026-11-22|1",
    ),
    (
        "",
        (
            "Poprzednio wpłynął od lokatorki odczyt 655 - proszę go zignorować. Sama sprawdziłam: "
            "565. klient 129903"
        ),
        "129903|::565|-|1",
    ),
    ("", "Żona wysłała 777 (z pamięci), ale sprawdziłem i jest 757. klient 129903", "129903|::757|-|1"),
    ("", "Lokator przesłał stan 431. Prosze go zaksięgować. klient 129903", "129903|::431|-|1"),
    ("", "mąż wysłał 300 ale to zmyślone, na liczniku 322, klient 129903", "129903|::322|-|1"),
    (
        "",
        "Najemca mówi, że na liczniku ma 512, nie wierzę mu, sprawdzę w weekend. Klient 129903",
        "129903||-|0",
    ),
    (
        "",
        (
            "Lokatorka utrzymuje, że jest 277. Pojadę i podam właściwy. Proszę jeszcze nie wpisywać. "
            "klient 129903"
        ),
        "129903||-|0",
    ),
    ("", "Syn twierdzi że 618, ale wolę sam zobaczyć, napiszę jutro. klient 129903", "129903||-|0"),
    ("", "Dozorca podaje 940, nie ufam mu. Odczytam sam i dam znać. klient 129903", "129903||-|0"),
    ("", "Podobno jest 333, sprawdzę i potwierdzę. klient 129903", "129903||-|0"),
    (
        "",
        "Stan 444, ale proszę na razie nie księgować, bo chcę jeszcze sprawdzić. klient 129903",
        "129903||-|0",
    ),
    ("", "Wstępnie 612, proszę nic nie wpisywać, jutro podam pewny. klient 129903", "129903||-|0"),
    ("", "Lokator twierdzi że ma 321, sprawdziłem, faktycznie jest 321. klient 129903", "129903|::321|-|1"),
    (
        "",
        (
            "Główny 650 m3. Podlicznik u lokatora na górze to moja prywatna sprawa, ma 77, nie "
            "rozliczacie go. klient 129903"
        ),
        "129903|:main:650|-|1",
    ),
    (
        "",
        (
            "Stan głównego 1204. Mam też swój prywatny podlicznik, na nim 318, ale to tylko dla "
            "mnie. klient 129903"
        ),
        "129903|:main:1204|-|1",
    ),
    ("", "wodomierz 512, podlicznik w warsztacie 66 (prywatny, nie Wasz). klient 129903", "129903|::512|-|1"),
    (
        "",
        ("Licznik: 845. Ten w domku letnim (120) założyłem sobie sam, państwa nie interesuje. klient 129903"),
        "129903|::845|-|1",
    ),
    (
        "",
        "Podlicznik najemcy 45 - wewnętrzny, nie podlega rozliczeniu. Wodomierz główny 905. klient 129903",
        "129903|:main:905|-|1",
    ),
    ("", "Główny 512, ogrodowy 77, oba Wasze. klient 129903", "129903|:main:512;:garden:77|-|1"),
    (
        "",
        (
            "Licznik 430. Podlicznik w oficynie pokazuje 95, ale ten jest mój własny i do "
            "rozliczenia go nie bierzcie. klient 129903"
        ),
        "129903|::430|-|1",
    ),
    (
        "",
        "Ogrodowy 61, dom 720. Oj, główny to jednak 702. Ogrodowy bez zmian 61. klient 129903",
        "129903|:garden:61;:main:702|-|1",
    ),
    (
        "",
        "Główny 415, ogródek 88. Poprawka: główny 451, ogródek dobrze. klient 129903",
        "129903|:garden:88;:main:451|-|1",
    ),
    (
        "",
        "główny 640, ogrodowy 32 - sorry, ogrodowy 23, główny się zgadza. klient 129903",
        "129903|:main:640;:garden:23|-|1",
    ),
    (
        "",
        "Główny: 1340, ogrodowy: 212. PS. Pomyliłam się, ogrodowy: 221. klient 129903",
        "129903|:main:1340;:garden:221|-|1",
    ),
    (
        "",
        (
            "Podaję: ogród 44, główny 506. Przepraszam, źle przepisałam: główny 560, ogród bez zmian "
            "44. klient 129903"
        ),
        "129903|:garden:44;:main:560|-|1",
    ),
    (
        "",
        "Dom 300, ogród 50. Przestawiłem cyfry, dom 303, ogród 50 jest ok. klient 129903",
        "129903|:main:303;:garden:50|-|1",
    ),
    ("", "Wlałem wiadro 10 litrów a licznik pokazał 14. Proszę o sprawdzenie. klient 129903", "129903||-|0"),
    ("", "Reklamuję wodomierz. Nalałem 200 l, a nabił 230. klient 129903", "129903||-|0"),
    ("", "Odmierzyłem 50 litrów i wskazał 58, coś z nim nie tak. klient 129903", "129903||-|0"),
    ("", "Zrobiłam test: 100 litrów z kranu, na liczniku przybyło 130. klient 129903", "129903||-|0"),
    ("", "Napełniłem beczkę 200 l, przeskoczył o 260. Licznik oszukuje. klient 129903", "129903||-|0"),
    ("", "Sprawdziłem wiadrem: 20 litrów, a licznik 25. klient 129903", "129903||-|0"),
    ("", "Kuchnia 130, łazienka 211. Nie, to ciepła. Zimna w szachcie: 402. Parkowa 1/18", "-|::402|-|1"),
    ("", "W kuchni 88, w łazience 91 - a nie, to są ciepłe! Zimny ma 255. klient 129903", "129903|::255|-|1"),
    ("", "mam 145 i 162, chwila, to od ciepłej wody, wasz zimny 377. klient 129903", "129903|::377|-|1"),
    (
        "",
        'Stan 00412. klient 129903. Formularz pisze "podaj wartość większą niż 405", a przecież podaję.',
        "129903|::412|-|1",
    ),
    (
        "",
        'Na stronie wyskakuje błąd "odczyt nie może być mniejszy niż 618", a mam 627. klient 129903',
        "129903|::627|-|1",
    ),
    ("", 'eBOK odrzuca, bo "minimalna wartość 330". Licznik pokazuje 341. klient 129903', "129903|::341|-|1"),
    (
        "",
        "Aplikacja krzyczy, że odczyt musi mieścić się między 500 a 600, a ja mam 655. klient 129903",
        "129903|::655|-|1",
    ),
    (
        "",
        ('System nie przyjął, komunikat: "Wartość mniejsza od poprzedniej (512)". Stan 521, klient 129903'),
        "129903|::521|-|1",
    ),
    ("", "412 m3 / Kos Anna / Polna 3", "-|::412|-|1"),
    ("", "Anna Kos, Polna 3, 412", "-|::412|-|1"),
    ("", "Kowal Jan|Rzeczna 12|1204", "-|::1204|-|1"),
    ("", "Bąk Ewa, Długa 14 m. 3 - stan 77", "-|::77|-|1"),
    ("", "stan 335, Tyc, Rzeczna 27", "-|::335|-|1"),
    ("", "Rzeczna 27, Tyc Igor: 335 m3", "-|::335|-|1"),
    ("", "Tyc Igor\nRzeczna 27\n335 m3", "-|::335|-|1"),
    ("", "335 m3\nTyc Igor\nRzeczna 27", "-|::335|-|1"),
    (
        "",
        (
            "Mój nr klienta 240118 i stan już podałam. Teraz za sąsiadkę Zofię Mak: nr klienta "
            "240119, stan 233."
        ),
        "240119|::233|-|1",
    ),
    (
        "",
        "Ja mam numer 240118, odczyt zgłosiłem wczoraj. Dziś zgłaszam za brata, klient 240121, stan 655.",
        "240121|::655|2026-11-22|1",
    ),
    ("", "Klient 240118 stan 500, klient 240119 stan 233.", "-|::500;::233|-|0"),
    ("", "Zdjęcie w załączniku, gdyby było nieczytelne: stan 1188. klient 129903", "129903|::1188|-|1"),
    ("", "Foto dołączam. Gdyby się nie otworzyło, stan 512. klient 129903", "129903|::512|-|1"),
    ("", "W załączeniu foto. Jakby nie było widać - 412. klient 129903", "129903|::412|-|1"),
    ("", "Gdyby stan przekroczył 1188, dajcie znać. klient 129903", "129903||-|0"),
    (
        "",
        (
            "Czy to możliwe, że mam 1 310, skoro w maju było 1 255? Sprawdziłam jeszcze raz i tak "
            "jest, proszę wpisać 1 310. klient 129903"
        ),
        "129903|::1310|-|1",
    ),
    (
        "",
        (
            "To możliwe, że licznik ma 512? Patrzyłem dwa razy, tak pokazuje, więc zapiszcie 512. "
            "klient 129903"
        ),
        "129903|::512|-|1",
    ),
    ("", "Czy stan 512 może być prawidłowy? Nie wiem co o tym myśleć. klient 129903", "129903|::512|-|0"),
    (
        "",
        (
            "Kupiliśmy mieszkanie, proszę przepisać umowę. Licznik 71124409 przy odbiorze kluczy "
            "miał 612 m3, proszę ten stan przyjąć dla poprzedniego właściciela."
        ),
        "-|71124409::612|-|1",
    ),
    (
        "",
        "woda 519, gaz 4 110, prąd dzienny 20411 nocny 9980. weźcie co wasze. klient 129903",
        "129903|::519|-|1",
    ),
)
"""Jokes, what others sent, meters that are nobody's business, tests with a bucket."""
