"""The words of the calendar in bare small letters, and the numbers that they stand for."""

from __future__ import annotations

_MONTHS = (
    "styczen stycznia styczniu stycz sty",
    "luty lutego lutym lut",
    "marzec marca marcu marz mar",
    "kwiecien kwietnia kwietniu kwiet kwie kw",
    "maj maja maju",
    "czerwiec czerwca czerwcu czerw cze",
    "lipiec lipca lipcu lip",
    "sierpien sierpnia sierpniu sierp sie",
    "wrzesien wrzesnia wrzesniu wrzes wrz",
    "pazdziernik pazdziernika pazdzierniku pazdz paz",
    "listopad listopada listopadzie listop list lis",
    "grudzien grudnia grudniu grudz gru",
)
MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
ENGLISH = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
"""As programs write them above a letter: `Mon, 16 Nov 2026`."""
ROMAN = {
    roman: number
    for number, roman in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1
    )
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "poniedzialek poniedzialku poniedzialkowy poniedzialkowego pn pon",
            "wtorek wtorku wtorkowy wtorkowego wt",
            "sroda srode srody srodowy srodowego sr",
            "czwartek czwartku czwartkowy czwartkowego czw",
            "piatek piatku piatkowy piatkowego pt",
            "sobota sobote soboty sobotni sobotniego sob",
            "niedziela niedziele niedzieli niedzielny niedzielnego niedz",
        )
    )
    for name in names.split()
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "pierwszego",
            "drugiego",
            "trzeciego",
            "czwartego",
            "piatego",
            "szostego",
            "siodmego",
            "osmego",
            "dziewiatego",
            "dziesiatego",
            "jedenastego",
            "dwunastego",
            "trzynastego",
            "czternastego",
            "pietnastego",
            "szesnastego",
            "siedemnastego",
            "osiemnastego",
            "dziewietnastego",
            "dwudziestego",
        ],
        1,
    )
} | {"trzydziestego": 30}
SMALL = {"dwa": 2, "dwie": 2, "trzy": 3, "cztery": 4, "piec": 5, "szesc": 6, "siedem": 7}
FEASTS = {"sylwestra": (12, 31), "wigilie": (12, 24), "nowy rok": (1, 1), "trzech kroli": (1, 6)}
