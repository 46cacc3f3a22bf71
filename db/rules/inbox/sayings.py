"""Phrases around a number, as patterns of bare words: of bills, of others, of suppositions, of the dial."""

from __future__ import annotations

import re

from db.rules.inbox.page import words as words_of

ON_BILL = re.compile(
    r"(?<!uwzglednienie )(?<!uwzglednic )\b(?:na|w|z|ze|wg|wedlug|podlug|od)\s(?!potrzeb|cel|poczet"
    r"|najblizsz|nastepn|kolejn"
    r"|now)(?:\w+\s){0,2}?(?:faktur\w{0,3}|fv|rachun\w{0,4}|rozliczeni\w{0,2}|blankie\w{0,4}|wydruku|pismie"
    r"|zawiadomieniu|liscie|wezwaniu|nocie|upomnieniu|prognozie)\b"
    r"|\b(?:faktur[aey]|rachunek) (?:na|do|przy|ze) (?:\w{1,10} )?(?:stan|wskazani|odczyt)\w{0,3}\b"
)
THEIRS = re.compile(
    r"\b(?:u was|u panstwa|(?:wg|wedlug|zdaniem|przez) (?:was|panstwa)|macie (?:wpisan|zapisan|podan"
    r"|zaznaczon)\w{1,2}|dzieku\w{1,3} za (?:\w+ ){0,2}?(?:potwierdzeni|przyjeci|zaksiegowani)\w{1,2}"
    r"|na podstawie (?:odczyt|stan|wskaza)\w{1,4}|nie zgadza\w{0,2}"
    r"|panstwo (?:\w{1,12} )?(?:podaj|zaloz|zaklad|przyj(?!ac\b)|polic|nalic)\w{1,6}"
    r"|(?:przyje|nalicz|policz|rozlicz|wystaw)\w{1,6} panstwo|w systemie"
    r"|w ebok\w{0,1}|w (?:waszej |panstwa )?(?:aplikacji|apce|portalu) (?:mam (?:wpisan|zapisan"
    r"|podan)\w{1,2}|widnieje)|na (?:stronie|koncie|przelewie|pasku|wyciagu|paragonie) (?:\w{1,12} ){0,2}?"
    r"(?:widz\w{1,3}|widnieje|jest|mam|stoi|wisi))\b"
)
DENIED = re.compile(
    r"\bnie (?:jest|bylo|wynosi|ma|mam|mial\w{0,3}|to|tyle|pokazuje|wskazuje|moze byc)?\s?$|\bzaden\b"
    r"|\bnigdy\b|\bskad\b"
    r"|\b(?:liczb|ilosc)\w{0,2} (?!m3\b|m\b|metr|kub|wskaz|jest$|to$|w okienk"
    r"|na (?:\w{1,8} )?(?:licz|wod|beb|zeg|tar|cyf|bla)"
    r"|z (?:licz|wod))"
)
UNSEEN = (
    r"(?! (?:\w{1,12} ){0,5}?(?:widac|widocz|wyrazn|niewyrazn|czyteln|nieczyteln|zdjec|fot[koy]"
    r"|zalacznik|plik|otwier|otworz|odczytac|potrzeb|przyda|rozmaz|zamaz|doszl|dotar))"
)
"""What follows a condition that is of a picture or a need, not of the state: `gdyby zdjęcie nie doszło`."""
SUPPOSED = re.compile(
    r"\bczy (?:przy|po|od|powyzej) (?:stanie|stanu|osiagnieciu|przekroczeniu)\b"
    r"|\b(?:jesli|jezeli|gdyby|gdy|jak (?:juz )?(?:dojdzie|dobij\w{1,3}|bedzie|stuknie|osiagn\w{1,3}"
    r"|przekrocz\w{1,3}|nabij\w{1,3})|dopiero jak|zanim)\b(?! (?:tymczasem|tak|mozna|trzeba|wolno|moge|to"
    r"|juz|potrzeb\w{0,3}|chodzi)\b)"
    rf"{UNSEEN}"
)
NOT_TAKE = re.compile(
    r"\bnie (?:\w+ ){0,1}?(?:uwzgledni\w{1,4}|brac|bierzcie|przyjmow\w{1,4}|przyjmuj\w{1,4}"
    r"|zapisyw\w{1,4}|wpisyw\w{1,4}|liczyc|ksiegow\w{1,4})\b"
    r"|\b(?:anulow\w{1,4}|anuluj\w{0,4}|wycofuj\w{1,3}|wycofac|uniewazni\w{1,3}|odwoluj\w{1,2}|usunac|usunieci\w{1,2}|wycofani\w|skasowani\w"
    r"|skasowac|wykresl\w{1,3})\b"
)
OTHERS_METER = re.compile(
    r"\b(?:sasiad\w{0,3}|znajom\w{1,2}|koleg\w|kolezank\w|szwag\w{2,4}|kuzyn\w{0,2}|ciotk\w"
    r"|wspollokator\w{0,2})"
    r" (?:\w{1,12} ){0,3}?(?:ma|maja|mial\w{0,2}|mowi\w{0,3}|placi|twierdzi)\b"
    r"|\b(?:lokator|najemc|dzierzawc|podnajemc|wspollokator)\w{0,3}\b(?: \w{1,14}){0,6}? podlicznik"
    r"|\bpodlicznik\w{0,3} (?:\w{1,12} ){0,2}?(?:lokator|najemc|dzierzawc|sasiad)"
)
"""A meter of somebody else's."""
BILL_SAYS = re.compile(
    r"\b(?:faktura|rachunek|prognoza|wezwanie|pismo|sms|aplikacja|apka|system|portal|wydruk|rozliczenie"
    r"|blankiet|infografika)\b(?: \w{1,12}){0,3}? (?:pokazuje|mowi|ma|wskazuje|twierdzi|widnieje"
    r"|stoi|opiewa|wykazuje|obejmuje|przewiduje|zaklada)\b"
)
_MONTHS = (
    "styczniu|lutym|marcu|kwietniu|maju|czerwcu|lipcu|sierpniu|wrzesniu|pazdzierniku|listopadzie|grudniu"
)
ONCE = re.compile(rf"\bwe? (?:{_MONTHS})\b|\b(?:wiosna|latem|zima|jesienia)\b")
LONG_AGO = re.compile(
    r"\b(?:zeszl|ubiegl|minion|poprzedni|tamt)\w{1,3} (?:rok|sezon|kwarta|polrocz|miesi|zim|wiosn|lat|jesien)"
)
"""A time whose state is no present one."""
WAS_LONG_AGO = re.compile(
    rf"{LONG_AGO.pattern}.{{0,60}} (?:mial|byl|stal|pokaz(?:ywa)?l|pokazal|wskaz(?:ywa)?l|wskazal)[aoy]?$"
)
PAPERS = words_of(
    "faktura fakture faktury fv rachunek pismo wezwanie umowa umowe umowy reklamacja decyzja wniosek"
    " zgloszenie"
    " zlecenie protokol zawiadomienie"
)
SLIP = re.compile(r"\b(?:blad|pomylka|literowka|przeklamanie) (?:jest|ma byc|powinno byc)$")
WITH_YOU = re.compile(r"(?:\w+ ){0,2}u was\b|(?:wg|wedlug|zdaniem|od) (?:was|panstwa)\b")
ON_DIAL = re.compile(
    r"(?:(?:stoi|widnieje|jest|pokazuje|pokazal|wskazuje|widac|mam|mamy|wybija|wybil|ma|swieci|wyskoczylo) )?"
    r"(?:(?:nasz|moj|ten|u mnie|u nas|juz|teraz|dzis) )?"
    r"na (?:\w{1,8} )?(?:licznik|wodomierz|zegar|tarcz|liczydl|cyferblat|blac|bebn|bebenk|wyswietlacz|ekran)"
    r"|(?:pokazuje|wskazuje|wybija|nabil|wybil|wykazuje|podaje|mowi)(?: \w{1,8})? (?:licznik|wodomierz|zegar)"
    r"|w (?:okienku|szybce|studzience)\b|tyle (?:stoi|jest|ma|pokazuje|wskazuje|widze|widac)\b"
)
"""`719 na liczniku`."""
OWN_SLIP = re.compile(
    r"\b(?:pomyl|przestaw|przejezycz|zle (?:wpis|pod|przepis|odczyt|spojrz|spis)|blednie (?:wpis|pod|spis)"
    r"|krzywo spojrz)\w{0,5}l[ae]m(?: sie)?$"
)
"""The writer's own slip."""
APOLOGY = re.compile(
    r"\b(?:przestaw|pomyl)il[ae]m\b(?: (?:sie|cyfr\w|liczb\w|poprzedni\w|wczesniej)){0,3}"
    r"(?:$| (?:przepraszam|sorry|sorki|wybacz\w{2,4}|wczesniej|poprzednio|wczoraj|ostatnio))"
    r"|\b(?:przepraszam|sorry|sorki|wybacz\w{2,4})(?: \w{1,8}){0,2} (?:za|bo) (?:\w{1,14} ){0,3}?"
    r"(?:pomyl|przestaw|blad|literowk|zamieszani|skresl)"
    r"|^(?:pomylka|blad|literowka) (?:byla? )?(?:wczesniej|poprzednio|wczoraj|w poprzedn\w{2,4})"
)
"""What asks pardon behind a number for one before it: `592 (przestawiłam cyfry, przepraszam)`."""
LEFT_OUT = re.compile(
    r"\b(?:nie|bez|pomij\w{1,4}|omij\w{1,4}|ignoruj\w{0,2}|zbedn\w{1,2}|niewazn\w{1,2})\b"
    r"|^czerwon\w{1,4} (?:\w{1,8} )?\w{3,12}(?:lam|lem|lismy|lysmy)\b"
)
"""What leaves the red digits out: `czerwone pominęłam`."""
MINE = re.compile(r"^(?:a |ale |tymczasem )?(?:ja |u mnie )")
OWN = re.compile(
    r"(?:(?:a|ale|i|za to|natomiast) )?(?:ja|my|u mnie|u nas|moj|moje|nasz|nasze)"
    r"(?: (?:natomiast|zas|to|z kolei|za to|mam|mamy|jest|ma|juz|widze|teraz)){0,3}"
)
FORESEEN = re.compile(
    r"\b(?:wg|wedlug|podlug|zdaniem|zgodnie z|z) (?:\w{1,12} ){0,3}?(?:prognoz|szacun|wylicz|oblicz|was\b"
    r"|panstwa|system|harmonogram|faktur|rachun)\w{0,4}(?: \w{1,12}){0,3}? (?:powin|mial|ma|bedzie|wychodzi"
    r"|jest)"
)
SAME = re.compile(
    r"(?<!nie )(?<!nie jest )\b(?:ten sam|taki sam|to samo|tyle samo|tyle co|ten co|identyczn\w{1,3}"
    r"|bez zmian"
    r"|nie zmienil\w? sie|(?:stan|licznik|wodomierz|tyle) (?:\w{1,8} )?(?:co|jak) (?:ostatnio"
    r"|poprzednio)|jak (?:na|w|z) (?:\w{1,10} )?(?:ostatni|poprzedni)\w{1,3})\b"
)
"""The dial shows what a bill says: the writer takes it over."""
THERE = ("tam", "tu", "tutaj", "rowno", "dokladnie", "tylko", "juz", "nim", "na", "ladnie", "rowne")
"""What may stand between `jest` and a number."""
WAS = re.compile(rf"(?:to )?byl[oay]? we? (?:{_MONTHS})")
STILL = re.compile(
    r"\b(?:jest|pozostaje) (?:nadal|wciaz|dalej|ciagle) (?:aktualn|prawidlow|tak|dobr|bez)\w{0,4}\b"
)
LIMITED = re.compile(r"\b(?:od|po|niz|wzgledem|porownaniu (?:z|do)|stosunku do|do|przed)$")
