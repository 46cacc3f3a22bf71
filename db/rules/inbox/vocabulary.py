"""The Polish words of meter readings, with what each says; a star ends a stem."""

from __future__ import annotations

from db.rules.inbox.page import words
from db.rules.inbox.tags import Tag

WORDS: tuple[tuple[int, str], ...] = (
    (
        Tag.METER,
        "meter counter licznik* nrlicz nrwod nrlicznika wodomierz* podlicznik* licz lcz wod wodom wdm"
        " wodomirz* zegar"
        " zegara zegarze"
        " zegary zegarku zygar* licznk* licznnik* wodomiar*",
    ),
    (
        Tag.STATE,
        "dokrec* nakrec* dobil* stan stanu stanem stanie stany stanow stanom st sta odczyt* odcz odczty*"
        " wskaza* wskazuj*"
        " pokazuj* widniej* wyswietl* nabil* nabit* wybil* cyferk* wskazn* pokaza* widac cyfry czarn*"
        " wykazal* wykazuj* wybija* widze widzimy koncow* liczydl* tarcz* beben* bebenk* bembenk*"
        " cyferblat* ekranik* blacie szybce"
        " okienku slownie dobil* nakrec* stuknel* nastuk* dokrec* dobrn* doczlapal* reading",
    ),
    (
        Tag.GIVE,
        "podaj* podaje wpisz* zapisz* odnotuj* zanotuj* notuj przyjmij* wpisanie wpisania zapisanie"
        " wklep* wstuk* wprowadzic zaksieg* przesyl* wysyl* zglasz* przekaz* melduj* informuj* zawiadamia*"
        " przepisuje dostarcz* posyl*"
        " sle nadsyl* donosz* oto wpisuj* komunik*",
    ),
    (Tag.NUMBER, "nr numer numerek numerku numeru numery numerem numerze numerow num nru nry no n-r nrem"),
    (
        Tag.CLIENT,
        "klient* kl odbiorc* nabywc* platnik* abonent* nrkl nrklienta ewidencyjn* kontrahent* id ident"
        " identyfikator*"
        " ewid klijent* nabyw odb kontr",
    ),
    (Tag.SERIAL, "fabr fabryczn* seryjn* ser fab sn"),
    (
        Tag.OLD,
        "poprzed* przedtem kiedys niegdys dawniej drzewiej onegdaj ostatni ostatnio ostatniego ostatnim"
        " ostatnia ostatniej ostatnie ostatniemu"
        " wczesniej*"
        " dawn* stary starego starym stara starej stare starszy zeszly zeszlego zeszlym zeszlej zeszla"
        " ubiegl* uprzedni*"
        " minion* historyczn* zdemontowan* wymontowan* popr zaszl* poprz pop ost tamten tamta tamtej tamtego",
    ),
    (
        Tag.PAST,
        "wtedy wowczas bylo byl byla byly wynosil* wskazywal* pokazywal* mialem mialam widnial*"
        " starcie poczatkow* startow* montazu zamontowaniu zalozeniu zakladaniu uruchomieniu",
    ),
    (
        Tag.NOW,
        "teraz obecn* aktualn* biezac* dzis dzisiaj dzisiejsz* nowy nowe nowego nowa terazniejsz* akt"
        " obec aktual wlasnie faktyczn* rzeczywist* realn*",
    ),
    (
        Tag.GAVE,
        "podal podala podali podalem podalam podalismy podalysmy podawalem podawalam podawalismy podawal"
        " podano podany"
        " podana podane podala zglosil* zglaszalem zglaszalam zgloszony wpisalem wpisalam"
        " przeslalem przeslalam wyslalem wyslalam napisalem napisalam pisalem pisalam przekazalem"
        " przekazalam wysylalem wysylalam",
    ),
    (
        Tag.USE,
        "zuzy* roznic* pobor poboru pobralem pobralam pobralismy przybylo ubylo sredni* razem lacznie"
        " lacznego suma sumie sumarycz* przyrost* zuzci* zuz zuzuci* wyszlo zeszlo poszlo"
        " przekroczen* nadwyzk*"
        " daje daloby dziennie miesiecznie rocznie tygodniowo kwartalnie polew* wylal* wylan*"
        " wylew* zuzyl* uciekl* wycieklo",
    ),
    (
        Tag.GUESS,
        "oblicze* szacun* szacow* oszacow* teoretyczn* prognoz* ryczalt* przewidy* przewidyw* planowan* cel"
        " celem plan planem budzet* rekord*"
        " norma normy",
    ),
    (
        Tag.ABOUT,
        "okolo obstawiam obstawiamy strzelam powiedzmy miedzy pomiedzy ok circa ca jakies jakichs niecale"
        " niecalych najwyzej najwyzsz* maksymalnie minimum ledwie zaledwie"
        " ponad prawie blisko kolo gdzies szacunkowo",
    ),
    (
        Tag.DOUBT,
        "chyba prawdopodobnie pewnie bodajze zdaje wydaje moze przypuszcza* pewnosci niewyraz*"
        " nieczyteln* zaparowan* domysla*",
    ),
    (
        Tag.INVOICE,
        "faktur* fv fak f-ra fra fvat rachunek rachunku rachunkiem rachunki blankie* rozliczeni* rozliczono"
        " zafaktur* wezwaniu nocie faktrur*",
    ),
    (
        Tag.THEIRS,
        "naliczyliscie naliczono naliczyli naliczon* policzyliscie policzono policzyli podaliscie"
        " wpisaliscie"
        " przyjeliscie przyjeto przyjely wyliczyliscie wyliczono wystawiliscie wykazano wykazaliscie"
        " wykazan*"
        " zaliczyliscie oszacowaliscie systemie ebok eboku macie wasz wasza waszej wasze waszych waszym"
        " waszego"
        " rozliczyliscie kwestion* nierealn* odliczon* doliczon* potracon* odliczyl* doliczyl*"
        " rozliczyli rozliczyl rozliczyla rozliczylo rozliczaja wystawili wystawil wystawiono obciazyli"
        " obciaz* absurd* zaksiegowali* zaksiegowaliscie zaksiegowano wydrukow* napisaliscie"
        " ujeto ujety obciazono obciazyliscie rzekom* wpisano zapisano zanotowano",
    ),
    (
        Tag.FOREIGN,
        "prad pradu pradzie pradem energi* elektrycz* gaz gazu gazie gazem gazow* gazomierz* kwh mwh gj"
        " ciepl*"
        " cieplomierz* ogrzewa* tauron pgnig enea energa cwu cw ccw podzielnik* goraca goracej fotowolta*"
        " pompy",
    ),
    (Tag.WATER, "woda wody wode wodzie wodny wodna wodne wodnego zimn* zw wodomierz* wodociag*"),
    (Tag.MAIN, "glown* gl glw"),
    (Tag.HOME, "dom domu domow* domek budynek budynku mieszkani* bytow*"),
    (Tag.GARDEN, "ogrod* ogr podlewa* podlicznik* ogrud* trawnik* zraszacz*"),
    (
        Tag.MONEY,
        "zl zlote zlotych zloty pln gr grosz* kwot* zaplac* oplat* przelew* nadplat* niedoplat* naleznos*",
    ),
    (
        Tag.PHONE,
        "tel telefon* kom komork* gsm dzwon* zadzwon* dodzwon* telefonowa*"
        " kontakt kontaktow* fax faks mob komorkow* mobile",
    ),
    (Tag.SEAL, "plomb* legaliz* cech* produkcj* prod homologac* rocznik* wazn*"),
    (
        Tag.PAPER,
        "pismo pisma pismem pismie mail maila mailu mailem e-mail wiadomosc* list listu liscie zawiadomi*"
        " wezwani* umow* sprawa sprawy sprawie sprawe spraw zgloszeni* wniosek wniosku reklamac*"
        " decyzj* sms smsa smsem korespondencj*"
        " powiadom* protokol* awiz* karteczk* karteczce kartk* kartce notatk* ulotk* monit* upomn*",
    ),
    (Tag.NOT, "nie"),
    (
        Tag.RIGHT,
        "powinno powinien powinny powinna prawidlow* wlasciw* poprawn* popraw* korekt* koryg* sprostow*"
        " errata przyjecie przyjac tymczasem prawdziwy prawdziwa prawdziwe",
    ),
    (
        Tag.WRONG,
        "blad bledn* bledem omylk* pomylk* pomylil* mylnie zle niepoprawn* nieprawidlow* zamiast literowk*"
        " zawyzon* zanizon* mylny mylnego mylna mylnej przestaw* bledu przejezycz* nieaktualn* zly"
        " skresl* przekresl* zlego zlym zla zlej nieprawdziw* falszyw* zmyslon* nierzetelny*"
        " niewazn* sporny sporna sporne"
        " niewiarygod*",
    ),
    (
        Tag.THATIS,
        "czekaj czekajcie stop edit ups oj ojej moment chwila jednak tzn tj czyli konkretnie"
        " scislej znaczy sorry sorki przepraszam wroc pardon wybaczcie sory",
    ),
    (
        Tag.KEEP,
        "podtrzymuj* nadal wciaz niezmien* ponawiam powtarzam potwierdzam potwierdzamy",
    ),
    (
        Tag.LATER,
        "jutro pojutrze bedzie podam wysle przesle spisze odczytam sprawdze wykonam dokonam zrobie przyjde"
        " zejde pojde podamy niebawem wkrotce",
    ),
    (
        Tag.LIMIT,
        "od po niz wzgledem porownaniu stosunku odkad ponizej powyzej",
    ),
    (Tag.COPULA, "jest to wynosi wynosza rowna mam mamy ma wyniosl sa wychodzi stoi"),
    (
        Tag.READER,
        "inkasent* odczytywacz* kontroler* odczytujac* pracownik* monter* hydraulik* wodociagi inkaset*",
    ),
    (
        Tag.TANK,
        "oczko oczka sadzawk* jacuzzi akwari* szambo szamba basen basenu basenie zbiornik* beczk* cystern*"
        " sasiad*",
    ),
    (
        Tag.COUNTED,
        "dni osob osoby osobe miesiac* miesiecy mies lat lata rok roku roki godz godzin*"
        " szt sztuk* razy min domow liczniki licznikow wodomierze wodomierzy m2 tygodn* minut*"
        " faktury faktur stopni*"
        " litr* l setn* tysieczn* dzieci pietr* bar cyfr cyfry cyferki pokoj* pokoi wejsc odslon klikniec"
        " uzytkownik*"
        " odwiedzin lokali lokale mieszkan mieszkania budynki"
        " domy pokoje procent* proc rat raty kwartal*"
        " fotki fotek zdjecia zdjec zalaczniki plikow"
        " g dag dkg gram* deko ml kw ha arow gb mb x uczniow gosci pracownik* cyfrow* stron strony dni"
        " osobow* domownik* mm cm km kg",
    ),
    (
        Tag.PLACE,
        "kod kodem kodzie pin haslo haslem szafk* szafce skrzynk* skrzynce furtk* furtce bram* brama domofon*"
        " subkont* miejsce miejscu miejscem boks* stanowisk* biurk* wagon* autobus* tramwaj* pociag*"
        " lini* tras* parking* hydrant* slup* latarni* ujeci* zasuw* etap* lot* peron* blad bledem trasie"
        " err error"
        " ul ulic* al alej* os osiedl* plac pl m lok lokal* mieszk klatk* pietro dzialka blok bl pkt"
        " punkt art par paragraf poz pozycj* str strona rozdz zal dom domu budynk* wejscie kod pok pokoj"
        " pokoju skrytk* skr wewnetrzn* sali sala sale gabinet* lozk* wew wewn typ model wersj* klas*"
        " srednic* obreb bud ust godz godzinie okres",
    ),
    (
        Tag.TOOK,
        "odczyta* wyczytal* spisal* spisywal* spisan* spis sprawdzi* zapisal* zanotowal* zrobilem zrobilam"
        " zrobiony zrobione"
        " sprawdzal* obejrzal* zajrzal* zerkn*",
    ),
    (Tag.ALSO, "i oraz a zas natomiast ale plus drugi drugiego drugim drugie druga"),
    (
        Tag.GAUGE,
        "cisnieni* cisneni* manometr* barometr* termometr* temperatur* twardosc* twarda glebokosc* odleglosc*"
        " srednic* przekroj* stezeni* ph bar bara bary barow wilgotnosc* przeplyw*",
    ),
    (Tag.IF, "jesli jezeli gdyby gdy jak kiedy czy"),
)

NEVER = words(
    "licznie staram starac starczy starosta starosty ostatecznie gazeta gazety gazecie star"
    " starannie nowak glownie zimno poprzez"
    " wskazane wskazany zegarek przekazu gazetka informacja odbior odbiorze"
    " waznosc dzwonek domownicy rzeczy zuzel podajnik ogrodowa ogrodowej glowna glownej domowych"
    " pracownia pracowni pracownie poprzedza uprzedzam poprosze poprosilam starania"
)
"""Words that begin or look like one of the above and say nothing of the kind."""

NEVER_BEGIN = (
    "zacisz",
    "klonow",
    "osiemdzies",
    "odliczyc",
    "odliczeni",
    "telefoniczn",
    "przedstaw",
    "poprzeczn",
    "pietrzak",
    "wlascic",
    "ogrodze",
    "ogrodzo",
    "ogrodnicz",
    "gazet",
    "glowni",
    "faktycznych",
    "przekroczy",
)
"""Beginnings of words that say nothing of the kind."""
