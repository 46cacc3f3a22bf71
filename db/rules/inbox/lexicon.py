"""What single Polish words say about the numbers beside them; forgiving one typing error in long words."""

from __future__ import annotations

from functools import lru_cache

from db.rules.inbox.page import words

LONG = 6
"""Letters from which on a typing error is forgiven."""


class Tag:
    """What a word says: bits of an int, which are much faster to ask than those of an enumeration."""

    NONE = 0
    METER = 1 << 0
    STATE = 1 << 1
    """A state, a reading, what a dial shows."""
    GIVE = 1 << 2
    """I give, I send."""
    NUMBER = 1 << 3
    CLIENT = 1 << 4
    SERIAL = 1 << 5
    """Factory number, serial number."""
    OLD = 1 << 6
    """Former, last, earlier, it was."""
    PAST = 1 << 7
    """It was, it showed: old only beside a present one."""
    NOW = 1 << 8
    GAVE = 1 << 9
    """I gave, I wrote: something that was said before."""
    USE = 1 << 10
    """Consumption, difference, sum, mean."""
    GUESS = 1 << 11
    """Estimate, forecast."""
    ABOUT = 1 << 12
    DOUBT = 1 << 13
    INVOICE = 1 << 14
    THEIRS = 1 << 15
    """What the company says: charged, in your system."""
    FOREIGN = 1 << 16
    """Electricity, gas, heat, hot water."""
    WATER = 1 << 17
    MAIN = 1 << 18
    HOME = 1 << 19
    """In the house: the main meter only beside a garden one."""
    GARDEN = 1 << 20
    MONEY = 1 << 21
    PHONE = 1 << 22
    SEAL = 1 << 23
    PAPER = 1 << 24
    """A letter, a notice, a contract, a mail."""
    NOT = 1 << 25
    RIGHT = 1 << 26
    """Should be, correct."""
    WRONG = 1 << 27
    """Mistake, by mistake."""
    THATIS = 1 << 28
    """That is to say, sorry."""
    KEEP = 1 << 29
    """Unchanged, I uphold, please take."""
    LATER = 1 << 30
    """Tomorrow, I will."""
    LIMIT = 1 << 31
    """Since, after, than: what follows is what something is compared with."""
    COPULA = 1 << 32
    """Is, amounts to."""
    READER = 1 << 33
    """The company's reader."""
    TANK = 1 << 34
    """Something else that holds or uses cubic metres."""
    COUNTED = 1 << 35
    """A thing that is counted: days, persons, percent."""
    PLACE = 1 << 36
    """What stands before a number that names a place, a page or a point."""
    TOOK = 1 << 37
    """I read it, I wrote it down."""
    ALSO = 1 << 38
    """And, or: what holds for one number holds for the next."""
    IF = 1 << 39
    GAUGE = 1 << 40
    """Pressure, temperature and other things that are measured, but no water."""


_WORDS: tuple[tuple[int, str], ...] = (
    (
        Tag.METER,
        "meter counter licznik* nrlicz nrwod nrlicznika wodomierz* podlicznik* licz lcz wod wodom"
        " wodomirz* zegar"
        " zegara zegarze"
        " zegary zegarku licznk* licznnik* wodomiar*",
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
        " dostarcz* posyl*"
        " sle nadsyl* donosz* oto wpisuj* komunik*",
    ),
    (Tag.NUMBER, "nr numer numeru numery numerem numerze numerow num nru nry no n-r nrem"),
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
    (Tag.PAST, "wtedy wowczas bylo byl byla byly wynosil* wskazywal* pokazywal* mialem mialam widnial*"),
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
        " niecalych ponad prawie blisko kolo gdzies szacunkowo",
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
        " powiadom* protokol* awiz* karteczk* kartk* notatk* ulotk* monit* upomn*",
    ),
    (Tag.NOT, "nie"),
    (
        Tag.RIGHT,
        "powinno powinien powinny powinna prawidlow* wlasciw* poprawn* popraw* korekt* koryg* sprostow*"
        " errata przyjecie przyjac tymczasem",
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
        " uczniow gosci pracownik* cyfrow* stron strony dni osobow* domownik* mm cm km kg",
    ),
    (
        Tag.PLACE,
        "kod kodem kodzie pin haslo haslem szafk* szafce skrzynk* skrzynce furtk* furtce bram* brama domofon*"
        " subkont* miejsce miejscu miejscem boks* stanowisk* biurk* wagon* autobus* tramwaj* pociag*"
        " lini* tras* parking* hydrant* slup* latarni* ujeci* zasuw* etap* lot* peron* blad bledem trasie"
        " err error"
        " ul ulic* al alej* os osiedl* plac pl m lok lokal* mieszk klatk* pietro dzialka blok pkt punkt art"
        " par paragraf poz pozycj* str strona rozdz zal dom domu budynk* wejscie kod pok pokoj pokoju skrytk*"
        " skr wewnetrzn* sali sala sale gabinet* lozk* wew wewn typ model wersj* klas* srednic* obreb ust"
        " godz"
        " godzinie okres",
    ),
    (
        Tag.TOOK,
        "odczyta* spisal* spisan* spis sprawdzi* zapisal* zanotowal* zrobilem zrobilam zrobiony zrobione"
        " sprawdzal* obejrzal*",
    ),
    (Tag.ALSO, "i oraz a zas natomiast ale plus drugi drugiego drugim drugie druga"),
    (
        Tag.GAUGE,
        "cisnieni* cisneni* manometr* barometr* termometr* temperatur* twardosc* twarda glebokosc* odleglosc*"
        " srednic* przekroj* stezeni* ph bar bara bary barow wilgotnosc* przeplyw*",
    ),
    (Tag.IF, "jesli jezeli gdyby gdy jak kiedy czy"),
)

_NEVER = words(
    "licznie staram starac starczy starosta starosty ostatecznie gazeta gazety gazecie star"
    " starannie nowak glownie zimno poprzez"
    " wskazane wskazany zegarek przekazu gazetka informacja odbior odbiorze"
    " waznosc dzwonek domownicy rzeczy zuzel podajnik ogrodowa ogrodowej glowna glownej domowych"
    " poprzedza uprzedzam poprosze poprosilam starania"
)
"""Words that begin or look like one of the above and say nothing of the kind."""


def _table() -> tuple[dict[str, int], dict[str, int]]:
    whole: dict[str, int] = {}
    stems: dict[str, int] = {}
    for tag, text in _WORDS:
        for word in text.split():
            into, key = (stems, word[:-1]) if word.endswith("*") else (whole, word)
            into[key] = into.get(key, Tag.NONE) | tag
    return whole, stems


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _sound(word: str) -> str:
    """Return letters that sound alike as one: `rz` and `z`, `ch` and `h`, `u` and `ó`."""
    return word.replace("prz", "psz").replace("rz", "z").replace("ch", "h").replace("u", "o")


_WHOLE, _STEMS = _table()
_SOUNDS = {_sound(word): tag for word, tag in _WHOLE.items() if len(word) >= LONG - 1}
_STEM_SOUNDS = {_sound(stem): tag for stem, tag in _STEMS.items() if len(stem) >= LONG - 1}
_LONG_STEMS = {stem: tag for stem, tag in _STEMS.items() if len(stem) >= LONG}
_SHORTENED: dict[str, str] = {short: stem for stem in _LONG_STEMS for short in (*_without_one(stem), stem)}
_LENGTHS = sorted({len(stem) for stem in _STEMS}, reverse=True)
_FUZZY = sorted({len(stem) + more for stem in _LONG_STEMS for more in (-1, 0, 1)}, reverse=True)


_NEVER_BEGIN = (
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
)


@lru_cache(maxsize=8192)
def tags_of(word: str) -> int:
    """Return what `word`, in bare small letters, says.

    A word counts by its whole form or its stem; one of six letters and more also with one letter
    missing, too many, wrong or swapped with its neighbour, never the first.
    """
    if word in _NEVER or len(word) > 40 or word.startswith(_NEVER_BEGIN):
        return Tag.NONE
    found = _WHOLE.get(word, Tag.NONE)
    for length in _LENGTHS:
        if length <= len(word):
            found |= _STEMS.get(word[:length], Tag.NONE)
    return found or _mended(word) or _sounding(word)


def _sounding(word: str) -> int:
    """Return what a word says that is spelt as it sounds: `pszesyłam`, `wodomież`, `głuwny`, `pokazóje`."""
    if len(word) < LONG - 1:
        return Tag.NONE
    sound = _sound(word)
    found = _SOUNDS.get(sound, Tag.NONE)
    for length in range(len(sound), LONG - 2, -1):
        found = found or _STEM_SOUNDS.get(sound[:length], Tag.NONE)
    return found


def _mended(word: str) -> int:
    if len(word) < LONG - 1:
        return Tag.NONE
    for length in _FUZZY:
        if length > len(word):
            continue
        head = word[:length]
        for spelling in (head, *_without_one(head)):
            stem = _SHORTENED.get(spelling)
            if stem is not None and stem[0] == word[0] and abs(len(stem) - length) <= 1:
                return _LONG_STEMS[stem]
    return Tag.NONE
