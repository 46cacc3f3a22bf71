"""The made-up town and its villages: no such place, no such postal code.

Every Polish letter stands in some street. Beyond the first district the streets are named after
people who never lived, so that a million clients do not crowd into two hundred streets.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.text import fold
from db.sample.surnames import built_surnames, words

DISTRICT = 20_000
"""Clients after which new streets are built."""
DISTRICT_STREETS = 48


@dataclass(frozen=True, slots=True)
class Place:
    """A town or a village."""

    name: str
    postal_codes: tuple[str, ...]
    """Codes of a range that the post never gave out."""
    streets: bool
    share: int
    """Clients of a hundred who live here."""

    @property
    def key(self) -> str:
        """Folded name."""
        return fold(self.name)


PLACES = (
    Place("Przykładowo", ("99-801", "99-802", "99-803", "99-804"), True, 66),
    Place("Zmyślona Wola", ("99-811",), True, 9),
    Place("Żółwieniec Górny", ("99-812",), True, 7),
    Place("Nibylas", ("99-813",), False, 6),
    Place("Wymysłówka Źdźbłowa", ("99-814",), False, 5),
    Place("Pozorna Łąka", ("99-815",), False, 4),
    Place("Bajdurzyn-Ćmielątka", ("99-816",), False, 3),
)

PLACE_OF_PERCENT: tuple[int, ...] = tuple(
    index for index, place in enumerate(PLACES) for _ in range(place.share)
)
"""Which place each of a hundred clients lives in."""

_STREETS = (
    "Lipowa Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Łąkowa Brzozowa Kwiatowa Kościelna Sosnowa "
    "Zielona Parkowa Akacjowa Kolejowa Łódzka Źródlana Żytnia Ćwiartki Świerkowa Wąska Górna Dolna "
    "Młyńska Rzeczna Nadbrzeżna Jarzębinowa Kasztanowa Klonowa Dębowa Bukowa Jesionowa Wierzbowa "
    "Topolowa Wiśniowa Czereśniowa Jabłoniowa Gruszowa Śliwowa Orzechowa Malinowa Jagodowa Poziomkowa "
    "Wrzosowa Różana Tulipanowa Konwaliowa Fiołkowa Nagietkowa Chabrowa Makowa Stokrotki Bławatna "
    "Pszenna Owsiana Jęczmienna Rolnicza Pasterska Żniwna Wiosenna Letnia Jesienna Zimowa Tęczowa "
    "Gwiaździsta Księżycowa Pogodna Cicha Spokojna Wesoła Radosna Miła Przyjaźni Zgody Wolności "
    "Rynkowa Staromiejska Targowa Kupiecka Rzemieślnicza Garncarska Kowalska Szewska Piekarska Rybacka "
    "Tkacka Bednarska Ciesielska Murarska Kamieniarska Ślusarska Hutnicza Górnicza Strażacka Sportowa "
    "Olimpijska Harcerska Pocztowa Apteczna Szpitalna Zdrojowa Wodna Studzienna Stawowa Jeziorna "
    "Mostowa Graniczna Okrężna Podgórna Zamkowa Wałowa Basztowa Zaułek Ślepa Prosta Równa Długa "
    "Szeroka Główna Boczna Środkowa Wschodnia Zachodnia Północna Południowa Krakowska Gdańska "
    "Poznańska Wrocławska Lubelska Toruńska Śląska Żywiecka Rzeszowska Piaskowa Żwirowa Gliniana "
    "Skalna Ceglana Torowa Przemysłowa Składowa Magazynowa Towarowa Żurawia Słowicza Skowronków "
    "Jaskółcza Sokola Orla Krucza Bociania Łabędzia Gęsia Kacza Zajęcza Lisia Sarnia Jelenia Borsucza "
    "Żbicza Wilcza Rysia Bobrowa Wydrza Pstrągowa Karpia Szczupakowa Okonia Mrówcza Pszczela Motyla "
    "Świętojańska Zaduszna Kolędowa Bursztynowa Złota Srebrna Miedziana Perłowa Kryształowa Szafirowa"
)
_SPECIAL = (
    "al. Wymyślonych Bohaterów",
    "al. Trzydziestego Lutego",
    "os. Tysiąca i Jednej Nocy",
    "os. Piękne Łęgi",
    "pl. Zmyślonej Bitwy",
    "pl. Świętej Cierpliwości",
    "ul. Pod Młynem",
    "ul. Księdza Ździsława Źrebca",
    "ul. Profesora Ćmy",
    "ul. Jana Śniącego",
)
_PATRONS = words(
    "Jana Stanisława Józefa Łukasza Świętosława Kazimierza Ździsława Władysława Bolesława Grzegorza "
    "Jędrzeja Żelisława Błażeja Ścibora Ksawerego Michała"
)


def _first_district() -> tuple[str, ...]:
    return _SPECIAL + tuple(f"ul. {name}" for name in dict.fromkeys(words(_STREETS)))


def _later_districts() -> tuple[str, ...]:
    """Name streets after people who never lived."""
    surnames = [name for name in built_surnames()[:8_000] if name.endswith("ski")][:3_000]
    return tuple(
        f"ul. {_PATRONS[place % len(_PATRONS)]} {name[:-1]}iego" for place, name in enumerate(surnames)
    )


def streets_with_keys() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the streets of the first district and those of the later ones, each with its folded name."""

    def keyed(streets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((street, fold(street.split(" ", 1)[1])) for street in streets)

    return keyed(_first_district()), keyed(_later_districts())
