"""States beside what somebody else says, beside slips, rows and codes; what is charged, rated or measured.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

SPOKEN: tuple[tuple[str, str, str], ...] = (
    # what names the meter of a state takes nothing back
    (
        "",
        "spisałam wczoraj 712. To jest z licznika nr 20087641. U sąsiada jest 333.",
        "-|20087641::712|2026-11-21|1",
    ),
    ("", "512, oj to nie ten licznik, 498. klient 204518", "204518|::498|-|1"),
    ("", "512, to jest gaz, woda 498. klient 204518", "204518|::498|-|1"),
    ("", "klient 204518, 7712, nie, to numer szafki. Stan 512", "204518|::512|-|1"),
    # somebody else's number between the writer's own
    (
        "",
        "mój stan 430, teściowa twierdzi że 403, ale ja widzę 430. klient 204518",
        "204518|::430|-|1",
    ),
    ("", "430, mąż mówi 403, jednak 430! klient 204518", "204518|::430|-|1"),
    # pardon for a slip that was before
    ("", "stan 592 (sorry za pomyłkę wcześniej). klient 204518", "204518|::592|-|1"),
    ("", "592 m3 (poprzednio przestawiłem cyfry). klient 204518", "204518|::592|-|1"),
    ("", "stan 592 - przepraszam za błąd w poprzednim mailu. klient 204518", "204518|::592|-|1"),
    ("", "592 to pomyłka. klient 204518", "204518||-|0"),
    ("", "592 wpisałem błędnie. klient 204518", "204518||-|0"),
    # red digits left out
    ("", "czarne 221 czerwone zignorowałem. klient 204518", "204518|::221|-|1"),
    ("", "czarne cyfry: 00221, czerwone mnie nie interesują. klient 204518", "204518|::221|-|1"),
    ("", "221 czerwone. klient 204518", "204518||-|0"),
    # lists and rows of meters
    (
        "",
        "Kuchnia 88, łazienka 140. Liczniki: 4412200 (k.), 4412207 (ł.), klient 204518",
        "204518|4412200::88;4412207::140|-|1",
    ),
    (
        "",
        "domowy, 4412200, 512\nogrodowy, 4412207, 90\nklient 204518",
        "204518|4412200:main:512;4412207:garden:90|-|1",
    ),
    ("", "ogród - 5012345 - telefon 12", "-||-|0"),
    # who writes no capitals
    ("", "tu kowalska z polnej 4 woda 512", "-|::512|-|1"),
    ("", "tu kowalska z drugiej 22 podaje wode 512", "-|::512|-|0"),
    ("", "na wodomierzu 512, na drugim 22. klient 204518", "204518|::512;::22|-|0"),
    # what went through the meter, what is charged, seen elsewhere, rated or measured
    ("", "klient 204518, przez licznik przepłynęło już 512", "204518||-|0"),
    ("", "klient 204518, ciśnienie na manometrze 4, a powinno być 6", "204518||-|0"),
    ("", "klient 204518, ciśnienie niskie, a stan licznika 512", "204518|::512|-|1"),
    ("", "klient 204518, ścieki liczycie mi 30 zamiast 22", "204518||-|0"),
    ("", "klient 204518, na koncie widzę 214", "204518||-|0"),
    ("", "klient 204518, na liczniku widzę 512", "204518|::512|-|1"),
    ("", "klient 204518, rachunek opiewa na 591", "204518||-|0"),
    ("", "klient 204518, dom ma 120 metrów, woda w piwnicy", "204518||-|0"),
    ("", "klient 204518, licznik ma 512 metrów", "204518|::512|-|1"),
    ("", "klient 204518, przypomnienie o odczycie na 25 każdego miesiąca", "204518||-|0"),
    ("", "klient 204518, oceniam was na 3 na 10, a stan to 512", "204518|::512|-|1"),
    ("", "klient 204518, pismo nr 4471/ODC/26 - odpowiadam: 925", "204518|::925|-|1"),
    # given in vain elsewhere
    (
        "",
        "klient 204518, próbowałam wpisać na stronie 512, wyskoczył error, dlatego piszę tutaj",
        "204518|::512|-|1",
    ),
    ("", "klient 204518, wpisałam na stronie 512, proszę potwierdzić", "204518||-|0"),
    ("", "klient 204518, wartość: 512", "204518|::512|-|1"),
    ("", "klient 204518, wartość faktury 512", "204518||-|0"),
    ("", "klient 204518, liczba na liczydle 591", "204518|::591|-|1"),
    # a dial that goes wrong
    ("", "klient 204518, wodomierz cofa się, pokazuje 512", "204518|::512|-|0"),
    ("", "klient 204518, licznik stanął na 0, zacięty", "204518|::0|-|0"),
    ("", "klient 204518, nowy licznik stoi na 0", "204518|::0|-|1"),
    ("", "1) 204518 (klient)\n2) 729 (stan)\n3) 18 XI 2026 (data)", "204518|::729|2026-11-18|1"),
    # found by who went to look
    ("", "Kl. nr 310022, dałem radę zejść na dół, tam 702.", "310022|::702|-|1"),
    ("", "Zajrzałam do studzienki przed pracą, 702 i ani kropli więcej. kl. 310022", "310022|::702|-|1"),
    ("", "702 to liczba, o którą Państwo pytają. Klient 310022", "310022|::702|-|1"),
    ("", "Klient 310022. Sprawdziłem rachunek, 702 do zapłaty.", "310022||-|0"),
    ("", "Klient 310022. Sprawdziłam konto w banku, 702 złotych nadpłaty.", "310022||-|0"),
    ("", "Klient 310022. Oczekuję zwrotu 702.", "310022||-|0"),
    # a state of a day before the one given
    ("", "Klient 310022. 699 było w sobotę, dzisiaj mam 702", "310022|::702|2026-11-22|1"),
    ("", "Klient 310022: początek okresu 680, koniec okresu 702.", "310022|::702|-|1"),
    ("", "klient 310022 odczyt 702 m3, temp. wody 8 st.", "310022|::702|-|1"),
    # what the writer wonders at
    ("", "Klient 310022. Odczyt zdalny wysłał mi 702, czy to możliwe?", "310022|::702|-|0"),
    ("", "Klient 310022. Pan z wodociągów powiedział, że mam 702, ale nie sprawdzał.", "310022|::702|-|0"),
)
