"""Polish surnames: common ones as they are, and tens of thousands built of stems and endings."""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.text import fold


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as running text."""
    return tuple(text.split())


COMMON = words(
    "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak "
    "Dąbrowski Kozłowski Jankowski Mazur Kwiatkowski Wojciechowski Krawczyk Kaczmarek Piotrowski "
    "Grabowski Zając Pawłowski Michalski Król Nowakowski Wieczorek Wróbel Jabłoński Dudek Majewski "
    "Stępień Olszewski Jaworski Malinowski Adamczyk Pawlak Górski Nowicki Sikora Witkowski Rutkowski "
    "Walczak Baran Michalak Szewczyk Ostrowski Tomaszewski Zalewski Wróblewski Pietrzak Jasiński "
    "Marciniak Sadowski Bąk Zawadzki Duda Jakubowski Wilk Chmielewski Borkowski Włodarczyk Sokołowski "
    "Szczepański Sawicki Lis Kucharski Kalinowski Wysocki Mazurek Kubiak Maciejewski Kołodziej "
    "Kaźmierczak Czarnecki Konieczny Sobczak Głowacki Urban Zakrzewski Błaszczyk Krajewski Wasilewski "
    "Sikorski Krupa Ziółkowski Laskowski Gajewski Mróz Makowski Brzeziński Szulc Szymczak Baranowski "
    "Przybylski Kaczmarczyk Cieślak Borowski Kania Adamski Andrzejewski Górecki Chojnacki Leszczyński "
    "Lipiński Urbański Mikołajczyk Mucha Kozieł Czerwiński Wesołowski Kozak Bednarek Łuczak Ćwik "
    "Ćwikliński Żak Żuk Żukowski Żurek Żółw Żółkiewski Źrebiec Źródłowski Źdźbło Śliwa Śliwiński Śmigielski "
    "Świątek Świderski Ślusarczyk Łoś Łęcki Łapiński Łukasik Łabędź Łyżwiński Dąb Dębski Gęsicki Gołąb "
    "Jędrzejczak Kępa Księżak Kłos Książek Małecki Mżyk Nędza Niedźwiedź Ogórek Ożóg Pająk Pędziwiatr "
    "Pszczółkowski Pstrąg Różański Rębacz Sęk Słowik Smoleń Strąk Szczęsny Szpak Szyszka Tęcza Trąba "
    "Turoń Wąs Węgrzyn Wąsik Wrzesień Zięba Zdziebło Gwóźdź Kość Paź Więźba Jaźwiec Koń Sowiński Bączek"
)

_STEMS = words(
    "Brzoz Sosn Lip Wierzb Grab Jawor Klon Buk Dęb Kalin Malin Jagod Jarzęb Olsz Świerk Jesion Topol "
    "Leszcz Trzcin Wrzos Róż Kwiat Mak Żyt Owies Jęczm Prosn Żarn Młyn Stawsk Rzeczn Źródl Brod Mostow "
    "Zdroj Potok Rybn Rak Szczup Karp Lin Okon Sokoł Orł Kruk Wron Gołęb Skowron Żuraw Bocian Łabęd Kacz "
    "Jastrzęb Słow Kos Dzięciol Puchał Niedźw Wilcz Lisow Zaj Sarn Jelen Łos Żubr Tur Bobr Wydr Borsuk "
    "Kun Jeż Kret Myszk Wiewiór Pszczol Os Trutn Mrów Chrząszcz Żuk Ćm Motyl Świerszcz Komar Gór Dolin "
    "Wzgórz Skał Kamien Piask Glin Żwir Wapien Węgl Żelaz Miedz Srebr Złot Kow Ciesiel Bednar Koł Szew "
    "Kraw Tkacz Garncz Rymar Ślus Murar Piekar Młynar Rybak Łowcz Pastern Woźn Stolar Bartn Smol Łąk "
    "Pol Sad Ogrod Zagrod Dwor Zamk Wieżow Grodz Miast Wiec Kościel Klasztor Cerkw Krzyż Dzwon Wójt Sołt "
    "Stań Mierz Radz Witk Bog Dobk Stos Mięt Przem Świet Zbig Jaroń Kaźm Wład Wac Boles Ziem Chwal Gniew "
    "Lub Mił Żyr Sulim Drog Skarb Czesł Wiar Bronisz Racib Tomil Sędz Strzeż Krasz Zawisz Mroz Śnież"
)
_PREFIXES = (
    "",
    *("Pod", "Za", "Nad", "Przy", "Staro", "Nowo", "Wielo", "Miro", "Rado", "Dobro", "Biało"),
    *("Czarno", "Zielono", "Sucho", "Mokro", "Krzywo", "Prosto", "Złoto", "Żółto", "Łysko"),
)
_ENDINGS = (
    "owski",
    "iński",
    "ewicz",
    "owicz",
    "icki",
    "owiak",
    "ewski",
    "yński",
    "ecki",
    "ański",
    "iak",
    "owczyk",
)
_ZIPF_SLOTS = 4_096


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname in both forms, and both folded."""

    male: str
    female: str
    male_key: str
    female_key: str


def feminine(surname: str) -> str:
    """Return the form a woman bears: `Kowalska` for `Kowalski`, `Nowak` for `Nowak`."""
    return f"{surname[:-1]}a" if surname.endswith(("ski", "cki", "dzki")) else surname


def surname(male: str) -> Surname:
    """Return `male` with its feminine and folded forms."""
    female = feminine(male)
    return Surname(male, female, fold(male), fold(female))


def common_surnames() -> tuple[Surname, ...]:
    """Return slots to draw from evenly: the n-th common surname fills 1/n as many as the first."""
    forms = [surname(name) for name in COMMON]
    scale = _ZIPF_SLOTS / sum(1 / place for place in range(3, len(forms) + 3))
    return tuple(form for place, form in enumerate(forms, 3) for _ in range(max(1, round(scale / place))))


def built_surnames() -> tuple[str, ...]:
    """Return more than 40,000 built surnames in the masculine form, the plain ones first."""
    found: dict[str, None] = {}
    for prefix in _PREFIXES:
        pairs = [(stem, ending) for ending in _ENDINGS for stem in _STEMS]
        # a stride without a common divisor mixes stems and endings
        for place in range(len(pairs)):
            stem, ending = pairs[(place * 997) % len(pairs)]
            found[f"{prefix}{stem.lower()}{ending}" if prefix else f"{stem}{ending}"] = None
    return tuple(found)
