"""Parts of cubic metres, sums, decisions, legends below rows, places and days that only look like states.

Subject, text, and what is expected, written as in `understanding_cases`.
"""

from __future__ import annotations

from db.records.incoming import MailIntent

PARTS: tuple[tuple[str, str, str], ...] = (
    ("", "Licznik pokazuje 512 i czerwone 094. Klient 102481", "102481|::512.094|-|1"),
    ("", "Na liczniku 00312, czerwone cyferki 478. Klient 102481", "102481|::312.478|-|1"),
    ("", "Czarne 00512, czerwone cyferki 094. Klient 102481", "102481|::512|-|1"),
    ("", "Stan 512 (czerwone 094 pomijam). Klient 102481", "102481|::512|-|1"),
    ("", "Stan 512, a czerwona wskazówka stoi na 3. Klient 102481", "102481|::512|-|1"),
    ("", "Jest 645 kubików i pół, klient 102481", "102481|::645.5|-|1"),
    ("", "Licznik stoi na 143 i pół kubika, czyli 143,5. Klient 102481", "102481|::143.5|-|1"),
    ("", "Stan 512, mieszkam tu 2 i pół roku. Klient 102481", "102481|::512|-|1"),
    ("", "Cyferki: 0 0 7 1 8 | 406. Klient 102481", "102481|::718.406|-|1"),
    ("", "Licznik 0 0 7 1 8, 4 0 6. Klient 102481", "102481|::718.406|-|1"),
    ("", "Wodomierz 81234567 | 302. Klient 102481", "102481|81234567::302|-|1"),
)

SUMMED: tuple[tuple[str, str, str], ...] = (
    ("", "Ostatni stan 480, przybyło 32, czyli licznik pokazuje 512. Klient 102481", "102481|::512|-|1"),
    ("", "Poprzednio było 910, zużyłam 26, więc teraz stan to 936. Klient 102481", "102481|::936|-|1"),
    ("", "Stan 512, poprzednio 480, przybyło 32. Klient 102481", "102481|::512|-|1"),
    ("", "Główny 100, ogród 26, razem 126. Klient 102481", "102481|:main:100;:garden:26|-|1"),
    (
        "",
        "Główny 1811, ogrodowy 246\nOstatni odczyt: główny 1760, ogrodowy 201\nKlient 102481",
        "102481|:main:1811;:garden:246|-|1",
    ),
    ("", "Poprzednio: główny 450, teraz główny 487. Klient 102481", "102481|:main:487|-|1"),
    ("", "W zeszłym roku o tej porze licznik miał 512. Klient 102481", "102481||-|0"),
    ("", "W zeszłym roku licznik miał 450, teraz ma 512. Klient 102481", "102481|::512|-|1"),
    ("", "Widzę 5120 albo 512. Więc wpiszcie 512. Klient 102481", "102481|::512|-|1"),
    ("", "Proszę wpisać stan, który podałem wczoraj: 623. Klient 102481", "102481|::623|2026-11-21|1"),
    ("", "Jak mus to mus, skoro trzeba, to macie >> 926 << klient 102481", "102481|::926|-|1"),
    ("", "W systemie to macie 296, a u mnie 312. Klient 102481", "102481|::312|-|1"),
    (
        "",
        "Prąd 45210 kWh (to już poszło do energetyki), a woda 612 i tyle. Klient 102481",
        "102481|::612|-|1",
    ),
)

LOOKALIKES: tuple[tuple[str, str, str], ...] = (
    ("", "Klient 7421, na liczniku 7 4 2 1, taki zbieg!", "7421|::7421|-|1"),
    ("", "Klientka 7421, stan licznika 7421", "7421|::7421|-|1"),
    ("", "klient nr 102481, licznik 102481", "102481||-|0"),
    ("odczyt 7421", "klient 7421, stan 512", "7421|::512|-|1"),
    (
        "",
        "Garaż 3: 26 (wodomierz 66118023)\nGaraż 4: 31 (wodomierz 66118024), kl. 7702",
        "7702|66118023::26;66118024::31|-|1",
    ),
    ("", "Na dworze minus piętnaście, a na liczniku 561. Klient 102481", "102481|::561|-|1"),
    ("", "Auto ma 95 000 km, a wodomierz 512. Klient 102481", "102481|::512|-|1"),
    ("odczyt 1.09", "Data odczytu: 1.09\nStan 58,7, klient 102481", "102481|::58.7|2026-09-01|1"),
    ("", "ROD Malwa, działka 15, stan wodomierza 27 m3", "-|::27|-|1"),
    ("", "kowalski jan lipowa 12 m 3 stan 455", "-|::455|-|1"),
    ("", "Kwiatowa 3 m4 licznik 455", "-|::455|-|1"),
    ("", "Stan ogrodowy 14 m 3, klient 102481", "102481|:garden:14|-|1"),
    ("", "Ogródkowy 65, główny 1320. Klient 102481", "102481|:garden:65;:main:1320|-|1"),
    ("", "Licznik nr 2019/554120 pokazuje 512. Klient 102481", "102481|2019554120::512|-|1"),
    ("", "Zgodnie z RODO 2016/679, stan 512. Klient 102481", "102481|::512|-|1"),
    ("", "Stan licznika wody 00561\nNr licznika 447120", "-|447120::561|-|1"),
    ("", "Mój wodomierz :7719 0254 ,stan:00 038", "-|77190254::38|-|1"),
    ("", "Główny 6617204 - 905, ogrodowy 6617211 - 77", "-|6617204:main:905;6617211:garden:77|-|1"),
    ("", "Zostawiłem licznik na 211. To było w sobotę. Klient 102481", "102481|::211|2026-11-21|1"),
    ("", "Spisane dziś jak wróciłam z dyżuru, stoi na 164. Klient 102481", "102481|::164|2026-11-22|1"),
    ("", "Co dziś stoi na wodomierzu:\ncyfry 939,\nKlient 102481", "102481|::939|2026-11-22|1"),
    (
        "",
        "7421 / 90511234 / 1477\n\n(nr klienta / nr wodomierza / stan)",
        "7421|90511234::1477|-|1",
    ),
    (
        "Odczyt",
        "Klient 7421\nLp / obiekt / nr wodomierza / stan\n1. / hala / 6609112 / 312\n2. / dom / 6609118 / 87",
        "7421|6609112::312;6609118::87|-|1",
    ),
)

WANTED: tuple[tuple[str, MailIntent], ...] = (
    (
        "Ponieważ zmieniliśmy formę, na fakturach jest stary NIP, prawidłowy 8641122339",
        MailIntent.DATA_CHANGE,
    ),
    ("Proszę wpisać do umowy męża, klient 204417", MailIntent.DATA_CHANGE),
    ("Kanalizacja śmierdzi, zgłaszam już trzeci raz i nic!", MailIntent.COMPLAINT),
    ("SKARGA! Brak wody od rana, kiedy to naprawicie?", MailIntent.COMPLAINT),
    ("Kiedy będzie woda, bo od rana nie ma wody na Polnej?", MailIntent.QUESTION),
    ("To nie reklamacja, pytam tylko, dlaczego przyszła korekta?", MailIntent.QUESTION),
    ("Proszę uprzejmie o informację, kiedy ktoś przyjdzie odczytać licznik", MailIntent.QUESTION),
    ("Kupiłem działkę, jak załatwić przyłącze i warunki techniczne?", MailIntent.QUESTION),
    ("Kupiliśmy dom na Polnej 5, jak zawrzeć umowę?", MailIntent.DATA_CHANGE),
    ("Proszę o przyjazd wozu asenizacyjnego na Letnią 12", MailIntent.OTHER),
    ("W odpowiedzi na ogłoszenie przesyłam CV. Proszę o kontakt pod 721300488", MailIntent.OTHER),
    ("Monter miał wymienić licznik w czwartek, proszę wybrać inny dzień", MailIntent.OTHER),
    ("Sprzedam busa, rocznik 2015, stan licznika 187 000 km", MailIntent.OTHER),
    ("Nasza firma oferuje wodomierze w cenie 312,50 zł netto", MailIntent.OTHER),
    ("Nowy wodomierz o numerze 26450018 wskazuje dziś 4 m3, proszę zapisać", MailIntent.READING),
)
