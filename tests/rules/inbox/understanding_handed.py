"""States handed over in few words, numbers stamped on the case, bracketed labels, doubts of other things."""

from __future__ import annotations

HANDED = (
    ("Tak bardzo chcieliście, więc macie. 733. Wilk, Torowa 9, i nie piszcie do mnie więcej.", "-|::733|-|1"),
    (
        "Nękacie mnie od tygodni, to proszę, macie: 2040. Zawada, ul. Sucha 2. Miłego dnia życzę.",
        "-|::2040|-|1",
    ),
    (
        "Dziękuję za pismo. Macie 14 dni. Zawada, ul. Sucha 2. Potem idę do rzecznika, tak to zostawię.",
        "-||-|0",
    ),
    (
        "Ogrodowy 71. Główny 902. Tak, zgadza się, byłem dzisiaj dwa razy. Jan Wilk, Sucha 2",
        "-|:garden:71;:main:902|",
    ),
    (
        "Główny: 902. Ogrodowy: 71. Klient 210344, wszystko u nas dobrze, pozdrawiamy serdecznie",
        "210344|:main:902;:garden:71|",
    ),
    ("Klient (firma): 4471. Wskazanie: 15 806 m3", "4471|::15806|-|1"),
    ("Odbiorca (piekarnia): 4120\nstan 311 m3", "4120|::311|-|1"),
    ("Klient [spółdzielnia] - 3345, stan 99", "3345|::99|-|1"),
    ("U Państwa 9042 jako numer klienta. Stan 180 m3", "9042|::180|-|1"),
    ("Stan (główny): 4471", "-|:main:4471|-|0"),
    ("Licznik ma wybite 6630718. Stan 1212", "-|6630718::1212|-|1"),
    ("Numer wytłoczony na korpusie 2260417715, stan 58", "-|2260417715::58|-|1"),
    ("Podaję 58,9. Nr na obudowie 22604177.", "-|22604177::58.9|-|1"),
    ("Licznik ma wybite 1212, klient 210344", "210344|::1212|-|1"),
    ("Wodomierz budowlany 40512/19 wskazuje 60 m3", "-|4051219::60|-|1"),
    ("Wodomierz mieszkaniowy 70334/21 pokazuje 8", "-|7033421::8|-|1"),
    ("Czy byliby Państwo łaskawi przyjąć ode mnie stan 1212? Klient 210344", "210344|::1212|-|1"),
    ("Czy byłaby Pani uprzejma wpisać stan 77? Klient 210344", "210344|::77|-|1"),
    ("Czy byłoby możliwe przyjęcie stanu 77? Klient 210344", "210344|::77|-|1"),
    ("Czy stan 1212 jest prawidłowy? Klient 210344", "210344|::1212|-|0"),
    ("Nakładka chyba padła, więc przepisuję z tarczy: 58. Klient 210344", "210344|::58|-|1"),
    ("Nadajnik chyba się zepsuł, dlatego podaję sam stan: 584. Klient 210344", "210344|::584|-|1"),
    ("Mam 79 kubików, czerwonych nie spisałam, bo podobno nie trzeba. Klient 210344", "210344|::79|-|1"),
    ("Podobno stan to 79 kubików. Klient 210344", "210344|::79|-|0"),
    (
        "Pan od liczników zapisał 1280, a źle spojrzał, bo licznik wskazuje 1230. Klient 210344",
        "210344|::1230|-|1",
    ),
    ("Inkasentka spisała 804, ale krzywo popatrzyła, bo jest 801. Klient 210344", "210344|::801|-|1"),
)
"""In a text alone: what is read of it; where the last figures are left out, they do not matter."""
