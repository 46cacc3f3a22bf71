"""What people write who want something, as patterns of bare words: complaints, copies, changes, questions."""

from __future__ import annotations

import re

BILL = r"(?:faktur\w{0,3}|fv|fra|rachun\w{1,4})"
COMPLAINT = (
    r"(?<!nie )(?<!to nie jest )\breklam\w{2,10}|\bskarg\w{1,3}|\bskarze\b|\bnie zgadzam sie\b"
    r"|\bkwestionuj\w{1,3}|\bodwolan\w{1,3}|\bodwoluj\w{1,3}"
    r"|\bniemozliw\w{1,3}\b(?! do)(?![^.\n]{0,30} pomyl)"
    r"|\b(?:prosze|wnosze|zadam|domagam|wystaw\w{0,3})\b[^.!?\n]{0,40}\bkorekt\w{1,2}\b(?! (?:odczytu"
    r"|stanu|wskaza|licznik"
    r"|mojego|moich|danych|adresu))"
    rf"|\b(?:poprawieni|skorygowani|sprawdzeni|anulowani|wyjasnieni)\w{{1,2}}(?! (?:nip|nazw|adres|dan"
    rf"|imi|pesel)) (?:\w{{1,14}} ){{0,3}}?{BILL}"
    r"|\bnie (?:bede|bedziemy|zamierzam|mam zamiaru) (?:\w{1,10} ){0,2}?placi\w{1,2}\b"
    rf"|\b(?:2|dwie|dwa|podwojn\w{{1,2}}|druga|dwukrotnie) (?:\w{{1,10}} )?{BILL} za (?:ten sam|to samo"
    rf"|jeden|tyle samo)"
    r"|\bsprzeciw\w{0,3}|\bniezgodn\w{1,5}|\bzawyzon\w{1,4}|\bnie zaplace\b|\bodmawiam zaplaty\b"
    r"|\b(?:blednie|zle|niesluszn\w{1,3}) (?:nalicz|wystaw|policz)\w{1,8}"
    r"|\bskandal\w{0,3}|\bdomagam sie (?:korekt|zwrot|wyjasn)\w{0,4}|\b(?:prosze o|zadam"
    r"|wnosze o) (?:korekt|zwrot|obnizk|anulowan)\w{1,4}"
    rf"|\b(?:bledn|zl|absurdaln|kosmiczn|horrendaln)\w{{1,3}} {BILL}|\b{BILL} (?:jest )?(?:bledn"
    rf"|zawyzon|za wysok|absurdaln|kosmiczn|nieprawidlow)\w{{1,3}}"
    r"|\b(?:brudna|brazowa|brunatna|ruda|czarna|mulista|zolta|rdzawa|smierdzaca|metna) woda"
    r"|\bwod[ay] (?:jest )?(?:koloru|brudna|brazowa|brunatna|ruda|czarna|zolta"
    r"|rdzawa|metna|smierdzi)"
    r"|^cisnieni\w{1,2}\b|\bcisnieni\w{1,2} (?:\S{1,12} ){0,3}zamiast\b"
    r"|\bcisnieni\w{1,2} (?:\w{1,10} )?(?:zadn|slab|nisk|marn|spad)\w{1,4}"
    r"|\b(?:niskie|slabe|brak) cisnieni\w{1,2}|\bbrak wody\b|\bnie ma wody\b|\b(?:licznik"
    r"|wodomierz) (?:sie )?(?:stoi(?! na)|nie dziala|zacial sie|zacial|nie kreci)"
    r"|\bbledn\w{1,3} odczyt\w{0,2} (?:inkasent|panstwa|pracownik)\w{0,3}"
    r"|\binkasent\w{0,3} (?:\w{1,10} )?(?:zle|blednie|pomylil|wpisal|zapisal|przestawil)\w{0,3}"
    r"|\b(?:inkasent|pracownik|kontroler|odczytywacz|monter)\w{0,3} (?:\S{1,12} ){0,3}?(?:zle|blednie"
    r"|pomyl|wpisal)\w{0,4}"
    r"|\b(?:zadam|domagam sie) (?:\w{1,14} ){0,2}(?:wyjasnie|rachunk|faktur|popraw|rozlicz|reakcj|naprawy"
    r"|interwencj|usuniec"
    r"|odszkodowani)\w{0,4}"
    r"|\b(?:podwojnie|dwa razy|dwukrotnie) (?:zaplac|naliczo|policzo|obciazo)\w{1,4}"
    r"|\bcofn\w{1,4} odset\w{2,4}"
    r"|\b(?:zglasza\w{1,2}|dzwonie|interweniuje) (?:\w{1,6} ){0,2}(?:drugi|trzeci|czwarty|kolejny"
    r"|ktorys|enty) raz(?![^.\n]{0,20}\b(?:stan|odczyt|wskazan|licznik))|\bbez (?:echa|odzewu)\b"
    r"|\bbezpodstawn\w{1,3}|\bbezzasadn\w{1,3}|\b(?:zaplacil|oplacil|uregulowal)\w{1,4}[^.\n]{0,40} wezwani"
    r"|\bniesprawiedliw\w{1,3}|\boszust\w{1,4}|\bzlodziej\w{0,4}|\bpomylk\w{1,3} (?:w|na) (?:fakturze"
    r"|rachunku)"
    rf"|\b{BILL}[^.?!\n]{{0,40}} to (?:jakas |jakis |chyba |czysta |oczywista )?(?:pomylka|blad|kpina"
    rf"|zart|nieporozumienie)"
)
EINVOICE = (
    rf"\be ?-? ?faktur\w{{0,4}}|\befaktur\w{{0,3}}"
    rf"|\bfaktur\w{{0,4}} (?:\w{{1,14}} ){{0,3}}?(?:elektroniczn\w{{1,4}}|mailow\w{{1,3}}|mailem"
    rf"|e-?mailem|droga mailowa|na (?:\w{{1,8}} )?(?:adres )?(?:e-?)?mail\w{{0,2}}|w pdf\w{{0,3}})\b"
    rf"|\belektroniczn\w{{1,4}} (?:wersj\w{{1,3}} )?{BILL}|\b(?:mailem|na (?:e-?)?mail\w{{0,2}}) {BILL}"
    r"|\b(?:rezygnuj\w{1,3}|rezygnacj\w{1,3}) z (?:e-?)?faktur\w{0,2} (?:na komputer|elektroniczn"
    r"|mailow)\w{0,3}"
    r"|\brachunki (?:(?!za\b|z\b|ze\b|nr\b)\w{1,12} ){0,3}?(?:na (?:\w{1,8} )?"
    r"(?:adres )?(?:e-?)?m(?:ai|ej)l\w{0,2}|(?:e-?)?m(?:ai|ej)lem|elektroniczn\w{1,3}|droga mailowa)\b"
    r"|\bfaktur\w{0,2} (?:(?!za\b|z\b|ze\b|nr\b)\w{1,12} ){0,3}?(?:na )?(?:e-?)?mejl\w{0,2}\b"
    r"|\b(?:rezygnuj\w{1,3}|rezygnacj\w{1,3}) (?:\w{1,8} )?(?:papierow\w{1,4}|z papieru)"
    r"|\bnie (?:\w{1,12} ){0,4}papierow\w{1,4} faktur|\bwystarcz\w{1,3} elektroniczn\w{1,4}"
)
COPY = (
    rf"\bduplikat\w{{0,3}}|\b(?:kopi|odpis|skan)\w{{0,3}} (?:\w{{1,12}} ){{0,3}}?{BILL}|\b(?:ponown\w{{1,3}}"
    rf"|jeszcze raz|raz jeszcze)(?! (?:sprawdz|przelicz|wylicz|rozlicz|analiz"
    rf"|weryfik)) (?:\w{{1,12}} ){{0,4}}{BILL}"
    rf"|\bnie (?:dostal|otrzymal|doszl|dotarl|przyszl)\w{{0,5}} (?:\w{{1,12}} ){{0,2}}{BILL}|\b(?:zgubil"
    rf"|zagubil|zniszczyl|wyrzucil|zalal)\w{{0,4}} (?:\w{{1,12}} ){{0,2}}{BILL}"
    rf"|\b{BILL} (?:\S{{1,40}} ){{0,3}}?(?:zaginel\w|zginel\w|nie dotarl\w|nie przyszl\w|nie doszl\w"
    rf"|przepadl\w)|\b(?:przesl|wysl|przysl|dosl)\w{{2,5}} (?:\w{{1,12}} ){{0,3}}?(?:fak ?/"
    rf"|kopi\w{{1,3}}(?! (?:umow|protokol|decyzj|regulamin))|{BILL} (?:za"
    rf"|z|nr|numer|fak))"
    rf"|\b{BILL}[^?!]{{0,60}}\b(?:nie doszl\w|nie dotarl\w|nie przyszl\w)"
    rf"|\b{BILL}[^!]{{0,60}}\bdostac jeszcze raz"
    r"|\bkopi\w{1,2} fak\b"
    rf"|\b(?:potrzebuj\w{{1,3}}|potrzebn\w{{1,3}}(?: jest| sa)?|brakuje(?: mi| nam)?|nie moge znalezc"
    rf"|nie mam|nie znalazl\w{{1,2}}) (?:\w{{1,12}} ){{0,2}}?{BILL} (?:za|z|ze|nr|numer|fak)\b(?! num)"
    r"|\b(?:podes|pode ?s|przes|przys|dos|wys|nades)l\w{1,5} (?:\w{1,12} ){0,3}?(?:skan|kopi|odpis)\w{0,3}\b"
    r"(?! (?:umow|protokol|decyzj|regulamin))"
    r"|\b(?:skan|kopi|odpis)\w{0,3} (?:ostatni|poprzedni|zeszl|tej|tamtej|jej|za|w pdf)\w{0,8}\b"
    rf"|\b{BILL}[^.!?\n]{{0,40}} nie (?:chce sie|da sie|moge|mozna|udalo sie|moglam|moglem) otworzyc"
    rf"|\b{BILL}[^.!?\n]{{0,40}} nie (?:\w{{1,4}} )?otwiera\b"
    rf"|\b(?:prosze|prosi|prosimy|poprosze) o (?:wszystkie )?{BILL} (?:za|z) (?:stycz|lut|mar[cz]|kwie"
    rf"|maj|czerw|lip|sierp|wrze|pazdz|listop|grud|rok|caly|zeszl|ubiegl|ostatni|poprzedni|okres|[12]\d{{3}})"
    rf"|\bnie moge otworzyc (?:\w{{1,8}} )?{BILL}|\bprosze o (?:przeslanie|wyslanie|dosylanie"
    rf"|ponowienie) (?:\w{{1,12}} )?{BILL} (?:za|z|nr|numer|fak)"
)
DATA = (
    r"\bnowy (?:nr|numer) tel\b|\b(?:dopisa|zmian)\w{1,4} (?:nowego )?(?:wodomierz"
    r"|licznik)\w{0,3} (?:do umowy"
    r"|w systemie)|\bzmian\w{0,2} w systemie|\bzmian\w{0,3} (?:\w{1,14} ){0,3}?(?:danych|adresu"
    r"|adres|nazwiska|nazwisko|numeru|telefonu|konta"
    r"|wlasciciel\w{1,3}|e-?mail\w{0,3}|odbiorcy|najemcy|platnika|korespondencyjn\w{1,4}|nazwy|siedziby)\b"
    r"|\b(?:zmienil|zmieni|zmienia|zmieniam|zmienic)\w{0,4} (?:\w{1,12} ){0,3}?(?:adres|numer|nr|nazwisk"
    r"|telefon|e-?mail|kont|wlascic|dan|siedzib|nazw)\w{0,5}"
    r"|\bnow(?:y|e|ego|ym|a) (?!ma |to |jest )(?:\w{1,18} ){0,2}?"
    r"(?:adres|nr telefonu|(?<!o )numer(?! (?:licznik"
    r"|wodomierz"
    r"|klient))|telefon|nazwisko|e-?mail|wlasciciel|siedziba|najemca)\w{0,3}|\bprzepisa(?:c"
    r"|ni\w{1,2})\b (?!odczyt|stan|cyfr)(?:\w{1,12} ){0,3}?(?:na|umow\w|licznik\w{0,2}"
    r"|wodomierz\w{0,2}|dom\w?|mieszkani\w|lokal\w?)\b"
    r"|(?<!na )(?<!pod )\b(?:zl|bledn|niepopraw|niepraw|nieaktualn|literowk|pomylk|blad"
    r"|przekrecon)\w{0,8} (?:jest |w |we )?"
    r"(?:\w{1,12} ){0,2}?(?:kod|nazwisk|imi|adres|nazw|ulic|numer domu|pesel|nip|dan(?:e|ych)\b)\w{0,6}"
    r"|\b(?:star|nieaktualn|zl|bledn)\w{1,3} (?:nip|regon|nazwisk|numer konta|adres (?:korespond|e-?mail))"
    r"|\bpopraw\w{1,5} (?:\w{1,10} ){0,2}?(?:w kartotece|w ewidencji|danych)"
    r"|\bzmian\w{1,2} (?:formy|sposobu) (?:platnosci|zaplaty|rozlicz)\w{0,6}"
    r"|\b(?:dopisa|doda)\w{1,3} (?:\w{1,12} ){0,5}?(?:numer|nr|telefon|adres"
    r"|mail)\w{0,3}\b(?! (?:klienta|odbiorcy))"
    r"|\b(?:dopisa|wpisa|dolacz)\w{1,3} (?:\w{1,12} ){0,3}do umowy\b"
    r"|\baktualizacj\w{1,3} (?:danych|(?:numeru |nr )?(?:\w{1,8} )?(?:rachunku|konta|telefonu"
    r"|adresu))|\bzaktualizowa\w{1,4}"
    r"|\b(?:sprzeda\w{1,5}|kupil\w{1,4}|nabyl\w{1,4}) (?:\w{1,12} )?(?:dom|mieszkani|nieruchomosc|lokal"
    r"|dzialk)\w{0,3}|\bpopraw\w{1,6} (?:\w{1,10} ){0,2}?(?:nazwisk|imi|adres|dan|nazw|pesel|nip)\w{0,4}"
    r"|\b(?:[uz]marl\w{0,2}|zgon\w{0,2}|odszedl|nie zyje)\b|\b(?:wyprowadz|przeprowadz)\w{2,8}"
    r"|\b(?:wysylac|kierowac|przesylac|adresowac) (?:\w{1,10} ){0,2}?(?:poczt|list|korespondencj"
    r"|faktur|rachunk)\w{0,4} na (?!e?-?mail)"
    r"|\bzmian\w{1,2} (?:liczby|ilosci) (?:osob|mieszkanc|domownik|lokator)\w{0,3}"
    r"|\b(?:zmienil\w{0,2}|zmienia|popraw\w{1,3}|zmienic) (?:\w{1,8} )?(?:liczb|ilosc)\w{0,2} "
    r"(?:osob|mieszkanc|domownik|lokator)\w{0,3}"
    r"|\bzmiana nazwiska|\b(?:listy|korespondencj\w{1,2}|faktury) prosze (?:kierowac|wysylac|przesylac)"
    r"|\b(?:zamkn|rozwiaz|zakoncz)\w{1,4} (?:\w{1,8} )?umow\w{1,2}|\b(?:wypowiad|wypowiedz|rozwiaz|zawar"
    r"|zawrz)\w{1,6} (?:\w{1,12} )?umow\w{1,2}|\bwypowiedzenie\b|\bpo slubie\b"
)
GIVE = (
    r"\b(?:stan|odczyt)\w{0,2} (?:(?!z\b|ze\b|nie\b)\w{1,10} ){0,3}?(?:na|w) (?:\w{1,10} )?"
    r"(?:fotc|fotk|zdjeci|zalacz|fotografi)\w{1,4}|"
    r"\b(?:podaj\w{1,3}|przesyl\w{1,4}|zglasz\w{1,4}|przekazuj\w{1,2}|wysyl\w{1,3}|melduj\w{1,3}"
    r"|donosz\w{1,2}|informuj\w{1,3}|spisal\w{0,4}|odczytal\w{0,4}) (?:\S{1,14} ){0,6}?(?:stan\w{0,2}"
    r"|odczyt\w{0,2}|wskazan\w{1,3}|licznik\w{0,3}|wodomierz\w{0,3})\b"
)
QUESTION = (
    r"\b(?:czy|kiedy|dlaczego|czemu|ile(?! razy)|jak|gdzie|jaki|jaka|jakie|kto|do kiedy"
    r"|co) [^.?!\n]{2,200}\?(?!\d)"
    r"|\b(?:prosze|prosilbym|prosilabym)(?: \w{4,11}ie)? o (?:\w{1,8} )?(?:informacj\w{1,3}"
    r"|wyjasnien\w{1,3}|podanie|wskazanie)|\bprosze o (?:ponown\w{1,2} )?(?:wizyt|kontakt|spotkani"
    r"|przyjazd(?! (?:woz|samochod|beczk|szambiar|szambowoz))|przyjsci)\w{0,3}\b"
    r"|\bprosze o (?:przeslanie|wyslanie|przekazanie) (?:\w{1,12} )?(?:listy|wykazu|numer\w{1,2}"
    r"|informacj\w|cennika|taryfy|wzoru"
    r"|formularza|regulaminu)\b|\bmam pytanie"
    r"|\bprosze (?:mi |nam |o )?(?:wytlumacz\w{1,6}|objasni\w{1,5})\b|(?<!na )\bpytani[ea]\b|\bzapytani[ea]\b"
    r"|\b(?:chcial|chcialbym|chcialabym|chce)\w{0,5} (?:sie )?(?:zapytac|dowiedziec|spytac)"
    r"|[a-z][^!?\n]{0,200}\?(?!\d)"
)
DEMANDS = re.compile(
    r"\b(?:zglaszam|skladam|wnosze|prosze o przyjecie)(?: \w{1,12}){0,2} reklamacj"
    r"|\bkorekt\w{1,2} (?:faktur|rachun)|\breklamuje\b"
)
"""What counts before any state given beside it."""
INSULTS = re.compile(r"\b(?:zlodziej|oszust|skandal|kombinator|darmozjad)\w{0,5}")
MOVES = re.compile(r"(?:wyprowadz|przeprowadz)")
"""What only tells why a state is given."""
WITHDRAWS = re.compile(
    r"\b(?:anulow|wycof|uniewazn|skasow|nie uwzgledn)\w{0,5} (?:\w{1,14} ){0,3}?(?:odczyt|stan)\w{0,2}\b"
    r"|\bprosze (?:to |go |ten )?(?:anulowac|skasowac|wycofac|usunac)\b"
)
BESIDES = re.compile(
    r"\b(?:przy okazji|dodatkowo|ponadto|a tak w ogole|przy tym|p\.? ?s\.?|jednoczesnie|tez|rowniez|takze"
    r"|oprocz tego|poza tym|po drugie|i drugie|druga (?:sprawa|rzecz)|drugie pytanie|od razu"
    r"|skoro (?:juz )?pisze"
    r"|zeby nie pisac|a propos|przy tej okazji|prosze tez|prosze rowniez|prosze takze)\b"
)
IN_CASE = re.compile(
    r"\b(?:gdyby|jakby|jesli|jezeli)\w{0,2} (?:\w{1,8} )?(?:potrzebn|przyda|trzeba|co\b)\w{0,5}"
    r"|\bw razie (?:potrzeby|czego)\b|\bna wszelki wypadek\b|\bjakby co\b"
)
"""A state that is only given in case somebody wants it."""
FAILURE = re.compile(
    r"(?<!malo )(?<!bez )(?<!brak )\bawari\w{1,3}(?!\?)|\b(?:leje|wylewa) sie\b|\bpek\w{2,5} (?:rur"
    r"|zaw)\w{1,3}"
    r"|(?<!nie bylo )(?<!nie ma )(?<!bez )(?<!brak )(?<!zadnych )\bwyciek\w{0,3}"
    r"|(?<!nie )\b(?:cieknie|przecieka|kapie)\b|\b(?:wybi\w{1,3}|bije|wali|tryska|sika|leci|leje) woda\b"
    r"|\bwoda (?:\w{1,10} )?(?:wybija|wybila|bije|wali|tryska|sika|leje sie|leci|stoi na)\b|\bzala(?:lo"
    r"|na|ne|ny|wa)\b(?<!studzienka zalana)(?<!studzienka jest zalana)(?! (?:\w{1,6} )?studzien)"
)
"""Water that runs where it should not: somebody must come; it is no complaint."""
SERVICE = re.compile(
    r"\b(?:prosze|prosimy|prosilbym|prosilabym|wnosze|wniosek|zglaszam) (?:o )?(?:\w{1,12} )?(?:montaz"
    r"|zamontow"
    r"|wymian|zalozeni|zaplombow|legalizacj|przeglad|plombow|demontaz|sprawdzeni)\w{0,5} (?:\w{1,14} ){0,3}?"
    r"(?:wodomierz|licznik|i wymian)"
    r"|\bpotwierdzam\W{1,3}(?:ze )?(?:\w{1,10} ){0,2}?(?:bede|bedziemy|ktos bedzie|obecnosc|termin|wizyte"
    r"|gotowosc|przyjazd)\b"
    r"|\b(?:woz\w{0,2} asenizacyjn\w{1,4}|szambiark\w|szambowoz\w{0,3}"
    r"|wywoz\w{0,2} (?:szamb|nieczyst)\w{1,4})\b"
    r"|\bprosze (?:mi |o |jednak )?(?:wybra|wyznacz|ustal|umowi|przelozy|znalez|zaproponow|poda)\w{1,5}"
    r" (?:\w{1,4} )?inn\w{1,3} (?:dzien|dnia|termin)"
    r"|\bprosze o (?:inny|zmian[ey]|przelozenie|wyznaczenie) (?:\w{1,10} )?termin"
)
"""Somebody is to come for the meter; no state is given."""
THEFT = re.compile(
    r"\b(?:magnes\w{0,3}|kradn(?!e\b)\w{1,3}|kradziez\w{0,2}|nielegaln\w{1,3}|na lewo|donosu?"
    r"|zyczliwie donosz\w|z obejsci\w|obejsci\w za (?:wodomierz|licznik)\w{1,3})\b"
)
"""A letter about somebody else's meter."""
CONNECTS = re.compile(
    r"\bprzylacz\w{0,3}\b|\bpodlaczyc\b|\bwarunk\w{1,3} (?:techniczn|przylacz)\w{1,6}"
    r"|\bpozwoleni\w{1,2} na budow"
)
"""Who bought a plot and asks how to be connected is no client yet."""
ANGERS = re.compile(r"\bskarg\w{1,2}|\bskandal\w{0,3}|\breklamacj\w{1,2}|\bzadam\b|\bkpin\w\b|\bwstyd\b")
OUTAGE = re.compile(r"\b(?:brak|nie ma) wody\b|\bcisnieni\w{1,2}")
GRIEVES = re.compile(
    r"\bi nic\b(?! nie (?:widac|widze|moge|da sie))"
    r"|\bbez (?:reakcji|odzewu|skutku)\b|\bile (?:mozna|jeszcze)\b|\bnikt (?:nie )?przyje\w{2,6}"
    r"|\bodszkodowan\w{1,3}|\bod (?:tygodni|miesi)\w{1,4}\b|\bktorys raz\b|\bkolejny raz\b"
)
PRAISES = re.compile(r"^\W*(?:podziekowani\w|pochwal\w)\b")
"""A subject that only thanks."""
THANKS = re.compile(
    r"^\W*(?:(?:dzien dobry|witam|ok|okej|super|tak|dobrze)\W+)?(?:(?:bardzo|serdecznie"
    r"|pieknie) )?(?:dzieku?[jw]\w{1,3}|dzieki|dziekuje)\b"
)
APPLIES = re.compile(
    r"\b(?:swoje |moje )?cv\b|\blist motywacyjny|\b(?:aplikuje|aplikacj\w) na stanowisk"
    r"|\bofert\w (?:pracy|zatrudnieni)"
    r"|\bogloszeni\w{1,2} o (?:prac|nabor)"
)
"""Somebody who wants to work there."""
ADVERT = re.compile(
    r"\b(?:nasza )?firm\w{1,2} oferuje\b|\boferujemy\b|\boferta wspolpracy\b|\bsprzedam\b"
    r"|\bsprzedaje\b(?! (?:dom|mieszk|lokal|dzial))"
    r"|\bw cenie \d|\brocznik \d{4}|\d ?(?:tys\.? )?km\b|\bzaprezentuj\w{1,3}|\bprzy zamowieniu\b"
    r"|-\s?\d{1,2} ?%|\brabat\w{0,3}|\bpromocj\w{1,3}|\bnewsletter\w{0,3}|\bwypisz\b|\bunsubscribe\b"
    r"|\bzamow\b|\bmagazynow\w{1,2}|\bsklep\w{0,3}"
    r"|\bpozyczk\w{1,3}|\bkredyt\w{0,3}|\bpozycjonowan\w{1,3}|\bwygral\w{0,4}|\bgratulacj\w{1,2}"
    r"|\bszczesliw\w{1,4}|\bloteri\w{1,3}|\bdan\w{1,3} kart\w|\bbitcoin\w{0,2}"
    r"|\bkryptowalut\w{1,3}|\binwest(?:uj|ycj)\w{0,3}"
    r"|\bod \d{1,4},\d\d zl|\boferta handlowa|\bkup teraz|\bgratis\w{0,2}|\bkliknij\w{0,3}"
    r"|\btarg(?:i|ach|ow)\b|\bwystawc\w{1,3}|\bzarejestruj\b|\bkonferencj\w{1,3}|\bwydarzeni\w{1,2}\b"
    r"|\bzaproszeni\w{1,2} na\b"
    r"|\bkampani\w{1,3}|\bodwiedzin\b|\bnagrod\w{1,2}|\bszkoleni\w{1,2}|\bwebinar\w{0,2}|\bdarmow\w{1,3}"
    r"|\bprzesylk\w{1,3}|\bpaczk\w{1,3}"
)
