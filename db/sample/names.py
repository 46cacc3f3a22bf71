"""First names with frequencies as they are met, and names of firms that never were."""

from __future__ import annotations

from db.sample.surnames import words

WOMEN = words(
    "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Joanna Aleksandra "
    "Zofia Monika Teresa Danuta Natalia Karolina Marta Beata Dorota Halina Jadwiga Janina Alicja Jolanta "
    "Iwona Grażyna Irena Paulina Justyna Julia Bożena Urszula Renata Sylwia Helena Hanna Zuzanna Wiktoria "
    "Patrycja Stanisława Emilia Kinga Weronika Żaneta Genowefa Wiesława Kazimiera Józefa Stefania Oliwia "
    "Izabela Mirosława Aneta Lucyna Róża Andżelika Łucja Felicja Świętosława Święcisława Bronisława "
    "Czesława Zdzisława Władysława Kornelia Nikola Jagoda Śnieżana Żywia Gaja Jaśmina Grażka"
)
MEN = words(
    "Jan Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Stanisław Jakub Adam Łukasz Marek Grzegorz "
    "Mateusz Wojciech Mariusz Józef Jerzy Zbigniew Rafał Robert Dariusz Tadeusz Maciej Henryk Ryszard "
    "Kazimierz Kamil Szymon Jacek Dawid Roman Zdzisław Artur Sławomir Mirosław Bartosz Przemysław Jarosław "
    "Antoni Leszek Edward Bogdan Mieczysław Władysław Czesław Błażej Jędrzej Świętosław Bronisław Eugeniusz "
    "Wiesław Marian Zenon Ksawery Leon Kuba Żelisław Ździsław Bożydar Ścibor Wacław Bolesław Kajetan "
    "Gniewomir Dobromił Ignacy Włodzimierz Lech Oskar Tymoteusz Radosław Cyryl"
)

TRADES = words(
    "Piekarnia Cukiernia Apteka Księgarnia Restauracja Pizzeria Kawiarnia Hotel Pensjonat Zajazd Myjnia "
    "Pralnia Kwiaciarnia Ogrodnictwo Szkółka Tartak Stolarnia Ślusarnia Drukarnia Mleczarnia Masarnia "
    "Browar Winnica Gospodarstwo Warsztat Wulkanizacja Hurtownia Magazyny Przychodnia Stomatologia "
    "Przedszkole Żłobek Szkoła Siłownia Pływalnia Kręgielnia Garbarnia Fryzjer Spółdzielnia Wspólnota"
)
WORDS = words(
    "Źródełko Żuraw Łoś Ćma Świerk Śnieżka Jaźń Gżegżółka Chrząszcz Pszczółka Bączek Gęś Łabędź Żółwik "
    "Dąbek Jaśmin Róża Poziomka Żniwo Młyn Wodnik Zdrój Rzeczka Stawik Tęcza Zorza Księżyc Słońce Gwiazda "
    "Kometa Wymysł Fikcja Przykład Wzorzec Próba Pozór Bajka Legenda Zagadka Baśń Sen Mgiełka Obłok Cień "
    "Iskra Płomyk Kamyk Piasek Bursztyn Perła Złotko Srebrnik Miedź Żelazko Kuźnia Podkowa Gwóźdź Śruba "
    "Nakrętka Zębatka"
)
FORMS = ("sp. z o.o.", "s.c.", "sp.j.", "S.A.", "sp.k.", "– działalność gospodarcza")

DOMAINS = ("example.com", "example.org", "example.pl")
"""Kept for examples: nobody receives mail there."""
MOBILE_PREFIXES = words(
    "501 502 504 505 509 510 512 515 530 533 535 537 570 574 576 600 601 602 604 605 606 608 609 660 661 "
    "662 664 665 667 668 691 692 693 695 696 721 723 725 726 730 733 781 783 785 787 788 791 792 794 796 "
    "798 880 882 884 886 888"
)
LANDLINE_PREFIXES = ("412", "413", "443", "446")
"""Area code and first digit."""
LOCATIONS = (
    "piwnica",
    "studzienka",
    "łazienka",
    "kuchnia",
    "kotłownia",
    "garaż",
    "pralnia",
    "pion w korytarzu",
)
READERS = (
    "Marian Łęcki",
    "Żaneta Ćwik",
    "Stanisław Źrebiec",
    "Bożena Śliwa",
    "Józef Pędziwiatr",
    "Anna Wąs",
    "Zdzisław Ożóg",
    "Halina Gołąb",
)

_SLOTS = 1_024


def weighted(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return slots to draw from evenly, the first names filling most of them."""
    scale = _SLOTS / sum(1 / place for place in range(6, len(names) + 6))
    return tuple(name for place, name in enumerate(names, 6) for _ in range(max(1, round(scale / place))))
