"""Which number is a meter's and which state is whose: groups, brackets, devices told apart over sentences.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

NUMBERED: tuple[tuple[str, str, str], ...] = (
    (
        "",
        "Numer fabryczny wodomierza 5 117 204, stan na dziś 318 m3. Klient 203114",
        "203114|5117204::318|2026-11-22|1",
    ),
    ("", "nr wodomierza 71 23 456 stan 412, klient 203114", "203114|7123456::412|-|1"),
    ("", "Wodomierz nr 512 3344, stan 88 m3. Klient 203114", "203114|5123344::88|-|1"),
    ("", "wodomierz nr 4028 117, klient 203114", "203114|4028::117|-|1"),
    ("", "Licznik nr 2 1 204 m3, klient 203114", "203114|::1204|-|1"),
    ("", "Licznik 60 55 719 pokazuje 909. Klient 203114", "203114|6055719::909|-|1"),
    ("", "Stan 909, numer 361 22 09. Klient 203114", "203114|::909|-|1"),
    ("", "Licznik stan 1 204 487, klient 203114", "203114||-|0"),
    ("", "Numer na obudowie: 5530218. Czarne cyfry: 00071. Klient 203114", "203114|5530218::71|-|1"),
    ("", "Numer wybity na korpusie 771209, stan 66 m3. Klient 203114", "203114|771209::66|-|1"),
    ("", "na tabliczce wybite 5530218, stan 66, klient 203114", "203114|5530218::66|-|1"),
    ("", "numer klienta na obudowie segregatora 203114, stan 66", "203114|::66|-|1"),
    ("", "Szklarnia: 23 m3 (ogrodowy, 6120044). Klient 203114", "203114|6120044:garden:23|-|1"),
    (
        "",
        "Dom (6120043) - 340 m3, ogród (6120044) - 19 m3. Klient 203114",
        "203114|6120043:main:340;6120044:garden:19|-|1",
    ),
    ("", "Stan głównego 340 (tel. 7013398), klient 203114", "203114|:main:340|-|1"),
    ("", "Wodomierz w chlewni 0033871 stan 2904 kub. Klient 203114", "203114|0033871::2904|-|1"),
    ("", "Wod. nr 1908/44127. Czarne 00502. Klient 203114", "203114|190844127::502|-|1"),
    ("", "Zgodnie z RODO 2016/679 podaję stan 14, klient 203114", "203114|::14|-|1"),
)
"""Meter numbers in forms of their own, and numbers that only look like them."""

COUNTED_OFF: tuple[tuple[str, str, str], ...] = (
    ("", "Licznik nr 1: 487, klient 203114", "203114|::487|-|1"),
    ("", "Licznik nr 1: 487, licznik nr 2: 512, klient 203114", "203114|::487;::512|-|0"),
    ("", "Licznik 1 - 487 m3, licznik 2 - 1204 m3, klient 203114", "203114|::487;::1204|-|0"),
    ("", "1 licznik, 1 odczyt: 00311. klient 203114", "203114|::311|-|1"),
    ("", "2 liczniki: 529 i 12, klient 203114", "203114|::529;::12|-|0"),
    ("", "Na tarczy wybite M21 0102, czy ważny? 204637", "204637||-|0"),
    ("", "stan 1 wodomierz 12345678", "-|12345678::1|-|1"),
)
"""Digits that tell meters from one another are no states, and no state is lost beside them."""

PAIRED: tuple[tuple[str, str, str], ...] = (
    (
        "",
        "Wodomierz szkoły: 1902. Wodomierz sali (nr 2290533): 51. Ten szkoły ma nr 2290540. Klient 2031",
        "2031|2290540::1902;2290533::51|-|1",
    ),
    (
        "",
        "Wodomierz w szkole: 1902. Wodomierz sali (nr 2290533): 51. Drugi numer to 2290540. Klient 2031",
        "2031|::1902;2290533::51|-|0",
    ),
    (
        "",
        "Na dole 311, na górze (20118834) 87. Dolny ma numer 20118833. Klient 2031",
        "2031|20118833::311;20118834::87|-|1",
    ),
    (
        "",
        "Sklep: 377. Magazyn: 41. Wodomierz magazynu 20118834, sklepu 20118833. Klient 2031",
        "2031|20118833::377;20118834::41|-|1",
    ),
    (
        "",
        "Wodomierze: 20118833 (kuchnia), 20118834 (łazienka). Stany: łazienka 41, kuchnia 377. Klient 2031",
        "2031|::41;::377|-|0",
    ),
    ("", "Stany: 377 i 41. Numery: 20118833 i 20118834. Klient 2031", "2031|20118833::377;20118834::41|-|1"),
    ("", "20118833 i 20118834 mają odpowiednio 377 i 41. Klient 2031", "2031|20118833::377;20118834::41|-|1"),
    ("", "Wodomierze 20118834 i 20118833. Stan 377. Klient 2031", "2031|::377|-|0"),
    ("", "Mam wodomierze 20118834 i 20118833. Na głównym jest 377. Klient 2031", "2031|:main:377|-|1"),
    ("", "Wodomierz 20118834 wymieniono na 20118833. Stan nowego: 3. Klient 2031", "2031|20118833::3|-|1"),
    ("", "970 (40330182) i 455 (40330181). Klient 2031", "2031|40330182::970;40330181::455|-|1"),
    (
        "",
        "U nas 970, u zięcia osobny licznik 40330182 i 455; nasz ma nr 40330181. Klient 2031",
        "2031|::970;::455|-|0",
    ),
    (
        "",
        "Licznik główny ma 970, a ogrodowy 455. Numery: ogrodowy 40330182, główny 40330181. Klient 2031",
        "2031|40330181:main:970;40330182:garden:455|-|1",
    ),
    ("", "377 główny, 41 ogrodowy. Klient 203114", "203114|:main:377;:garden:41|-|1"),
    ("", "Poprzednio 377 główny, 41 ogrodowy. Klient 203114", "203114||-|0"),
    (
        "",
        "Klient 203114. Główny 340 i podlicznik 19. Numery odpowiednio 7013398 i 7013399.",
        "203114|7013398:main:340;7013399:garden:19|-|1",
    ),
    (
        "",
        "Klient 203114. Główny 340 i podlicznik 19. Numery wodomierzy: 20118833 i 20118834.",
        "203114|:main:340;:garden:19|-|0",
    ),
    ("", "Licznik w piwnicy 377, a ten od ogródka 41, klient 203114", "203114|::377;:garden:41|-|1"),
    ("", "Licznik w domu 377; w ogrodzie 41. Klient 203114", "203114|:main:377;:garden:41|-|1"),
    ("", "377 to główny a 41 to ogrodowy, klient 203114", "203114|:main:377;:garden:41|-|1"),
)
"""Two devices over several sentences: what cannot be paired for certain is not paired."""
