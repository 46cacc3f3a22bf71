"""Searching a small town: every spelling, every identifier, and whatever else may be typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.office import House
from db.records.clients import ClientKind, MatchKind
from db.records.people import Role, StaffMember
from db.search import note_search, search_clients
from db.search.plan import MOST_CHARACTERS
from tests.db.search_town import Town, find, first, found, work_on

SURNAMES = [
    *("Żółw", "Kowalski", "Wiśniewska", "Źdźbło", "Gżegżółka", "Dąbrowska", "Szczęsny", "Łęcka", "Zając"),
    *("Nowakowski", "Wójcik", "Śliwiński", "Ćwikła", "Brzęczyszczykiewicz", "Grabowska", "Kaczmarek"),
    *("Olszewski", "Malinowska", "Jabłoński", "Stępień"),
]


@pytest.fixture(scope="module")
def town(lasting_house: Callable[[], House]) -> House:
    house = lasting_house()
    people = Town(on_server=house.database.dialect == "postgresql")
    people.add(
        "Kowalska, Żaneta", "ul. Lipowa 4/12, Przykładowo", number="102481", pesel="44051401359",
        phones=["+48600123456", "+48338123456"], emails=["zaneta.kowalska@example.com"], meters=["81234567"],
        spouse="Kowalski, Łukasz",
    )  # fmt: skip
    people.add(
        "Kowalski, Wiesław", "ul. Lipowa 2/1, Przykładowo", number="100215", meters=["81230001", "81230002"]
    )
    people.add("Kowalski, Jan", "ul. Lipowska 40, Łódź", number="117733", pesel="02070803628")
    people.add("Żółw, Łukasz", "ul. Łódzka 7a, Łódź", number="004410", phones=["+48501502503"])
    people.add("Nowak-Kowalczyk, Anna Maria", "al. Jana Pawła II 15, Łódź", number="200001")
    people.add("Łęcka, Zdzisława", "Żabieniec 21, Żabieniec", number="200002", emails=["lecka@example.org"])
    people.add("Lipowski, Adam", "ul. 3 Maja 5/3, Przykładowo", number="200003")
    people.add("Anna, Maria", "ul. Polna 3, Przykładowo", number="200004", meters=["ITR-8800X"])
    people.add(
        "KOWAL-BUD Zakład Usługowy sp. z o.o.", "ul. Lipowska 88, Łódź", number="4410", nip="5260250274",
        phones=["+48223334455"], emails=["biuro@kowal-bud.example.com"],
    )  # fmt: skip
    people.add("=1+1, [/x]", "ul. Polna 4, Przykładowo", number="200005")
    people.build(house.database)
    return house


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zolw", "Żółw Łukasz"),
        ("ŻÓŁW", "Żółw Łukasz"),
        ("lukasz zol", "Żółw Łukasz"),
        ("zolw luk", "Żółw Łukasz"),
        ("lecka", "Łęcka Zdzisława"),
        ("zdzislawa", "Łęcka Zdzisława"),
        ("zaneta kow", "Kowalska Żaneta"),
        ("kow zan", "Kowalska Żaneta"),
        ("nowak kowalczyk", "Nowak-Kowalczyk Anna Maria"),
        ("kowalczyk anna", "Nowak-Kowalczyk Anna Maria"),
        ("maria kowalczyk", "Nowak-Kowalczyk Anna Maria"),
        ("nowak maria", "Nowak-Kowalczyk Anna Maria"),
        ("kowal bud", "KOWAL-BUD Zakład Usługowy sp. z o.o."),
        ("zaklad usl", "KOWAL-BUD Zakład Usługowy sp. z o.o."),
        ("uslugowy kowal", "KOWAL-BUD Zakład Usługowy sp. z o.o."),
    ],
)
def test_names_in_any_order_without_diacritics_or_case(town: House, typed: str, name: str) -> None:
    assert first(town, typed) == (name, MatchKind.NAME)


@pytest.mark.parametrize(
    ("typed", "name", "match"),
    [
        ("102481", "Kowalska Żaneta", MatchKind.NUMBER),
        ("102 481", "Kowalska Żaneta", MatchKind.NUMBER),
        ("004410", "Żółw Łukasz", MatchKind.NUMBER),
        ("4410", "KOWAL-BUD Zakład Usługowy sp. z o.o.", MatchKind.NUMBER),
        ("1024", "Kowalska Żaneta", MatchKind.NUMBER),
        ("44051401359", "Kowalska Żaneta", MatchKind.PESEL),
        ("PESEL 440514 01359", "Kowalska Żaneta", MatchKind.PESEL),
        ("4405140", "Kowalska Żaneta", MatchKind.PESEL),
        ("5260250274", "KOWAL-BUD Zakład Usługowy sp. z o.o.", MatchKind.NIP),
        ("526-025-02-74", "KOWAL-BUD Zakład Usługowy sp. z o.o.", MatchKind.NIP),
        ("PL 526 025 02 74", "KOWAL-BUD Zakład Usługowy sp. z o.o.", MatchKind.NIP),
        ("81234567", "Kowalska Żaneta", MatchKind.METER),
        ("812345", "Kowalska Żaneta", MatchKind.METER),
        ("81230002", "Kowalski Wiesław", MatchKind.METER),
        ("itr-88", "Anna Maria", MatchKind.METER),
        ("600123456", "Kowalska Żaneta", MatchKind.PHONE),
        ("600 123 456", "Kowalska Żaneta", MatchKind.PHONE),
        ("600-123-4", "Kowalska Żaneta", MatchKind.PHONE),
        ("+48 600 123 456", "Kowalska Żaneta", MatchKind.PHONE),
        ("0048600123456", "Kowalska Żaneta", MatchKind.PHONE),
        ("48600123456", "Kowalska Żaneta", MatchKind.PHONE),
        ("(33) 812-34-56", "Kowalska Żaneta", MatchKind.PHONE),
        ("033 812 34 56", "Kowalska Żaneta", MatchKind.PHONE),
        ("2503", "Żółw Łukasz", MatchKind.PHONE),
        ("tel 502503", "Żółw Łukasz", MatchKind.PHONE),
        ("zaneta.kowalska@example.com", "Kowalska Żaneta", MatchKind.EMAIL),
        ("Zaneta.Kow", "Kowalska Żaneta", MatchKind.EMAIL),
        ("lecka@", "Łęcka Zdzisława", MatchKind.EMAIL),
        ("biuro@kowal-b", "KOWAL-BUD Zakład Usługowy sp. z o.o.", MatchKind.EMAIL),
    ],
)
def test_identifiers_in_any_spelling(town: House, typed: str, name: str, match: MatchKind) -> None:
    assert first(town, typed) == (name, match)


@pytest.mark.parametrize(
    ("typed", "name", "match"),
    [
        ("lipowa 4", "Kowalska Żaneta", MatchKind.ADDRESS),
        ("ul. Lipowa 4/12, 43-400 Przykładowo", "Kowalska Żaneta", MatchKind.ADDRESS),
        ("lipowa 4 m. 12", "Kowalska Żaneta", MatchKind.ADDRESS),
        ("przykladowo lipowa 4", "Kowalska Żaneta", MatchKind.ADDRESS),
        ("lip 2", "Kowalski Wiesław", MatchKind.ADDRESS),
        ("lipowska 40 lodz", "Kowalski Jan", MatchKind.ADDRESS),
        ("ul lodz 7", "Żółw Łukasz", MatchKind.ADDRESS),
        ("lodz", "Żółw Łukasz", MatchKind.ADDRESS),
        ("lodzka 7a", "Żółw Łukasz", MatchKind.ADDRESS),
        ("jana pawla ii 15", "Nowak-Kowalczyk Anna Maria", MatchKind.ADDRESS),
        ("al. Jana Pawła II 15 Łódź", "Nowak-Kowalczyk Anna Maria", MatchKind.ADDRESS),
        ("pawla 15", "Nowak-Kowalczyk Anna Maria", MatchKind.ADDRESS),
        ("zabieniec 21", "Łęcka Zdzisława", MatchKind.ADDRESS),
        ("3 maja 5", "Lipowski Adam", MatchKind.ADDRESS),
        ("3 maja 5/3", "Lipowski Adam", MatchKind.ADDRESS),
        ("maja 5", "Lipowski Adam", MatchKind.ADDRESS),
        ("kowalsk zan lip", "Kowalska Żaneta", MatchKind.NAME_AND_ADDRESS),
        ("zaneta lipow", "Kowalska Żaneta", MatchKind.NAME_AND_ADDRESS),
        ("kowalska lipowa 4", "Kowalska Żaneta", MatchKind.NAME_AND_ADDRESS),
        ("kowalski lodz", "Kowalski Jan", MatchKind.NAME_AND_ADDRESS),
        ("lodz kowalski", "Kowalski Jan", MatchKind.NAME_AND_ADDRESS),
        ("lecka zabieniec", "Łęcka Zdzisława", MatchKind.NAME_AND_ADDRESS),
    ],
)
def test_addresses_and_names_with_them(town: House, typed: str, name: str, match: MatchKind) -> None:
    assert first(town, typed) == (name, match)


def test_a_name_and_a_street_together_find_everybody_there(town: House) -> None:
    names = found(town, "kowalsk lip")
    assert sorted(names) == ["Kowalska Żaneta", "Kowalski Jan", "Kowalski Wiesław"]


def test_a_second_party_of_the_contract_leads_to_the_client(town: House) -> None:
    assert found(town, "kowalski lukasz") == ["Kowalska Żaneta"]


def test_exact_comes_before_prefix_and_typing_errors_last(town: House) -> None:
    best, *others = find(town, "lipowski").hits
    assert (best.name, best.match) == ("Lipowski Adam", MatchKind.NAME)
    assert {hit.match for hit in others} == {MatchKind.TYPO}


def test_a_hit_says_all_that_a_line_needs(town: House) -> None:
    hit = find(town, "100215").hits[0]
    assert (hit.number, hit.kind, hit.name) == ("100215", ClientKind.PERSON, "Kowalski Wiesław")
    assert hit.address == "ul. Lipowa 2/1, 43-400 Przykładowo"
    assert hit.meters == ("81230001", "81230002")


@pytest.mark.parametrize(
    "typed", ["kowlaski", "kowalsi", "kowallski", "kowalzki", "kpwalski wies", "jan kowaslki"]
)
def test_a_typing_error_is_forgiven(town: House, typed: str) -> None:
    hits = find(town, typed).hits
    assert any(hit.name.startswith("Kowalski") and hit.match is MatchKind.TYPO for hit in hits)


@pytest.fixture(scope="module")
def namesakes(lasting_house: Callable[[], House]) -> House:
    house = lasting_house()
    people = Town(on_server=house.database.dialect == "postgresql")
    for name in ("Wróbel, Helena", "Wróblewska, Helena", "Wróblewska, Helena Anna", "Wróbel, Jan"):
        people.add(name)
    people.build(house.database)
    return house


def test_a_finished_word_that_only_begins_names_may_be_mistyped(namesakes: House) -> None:
    """It begins Wróblewska, but whoever goes on with a first name may have swapped two letters."""
    typed = find(namesakes, "wroble helena").hits
    assert [(hit.name, hit.match) for hit in typed] == [
        ("Wróblewska Helena", MatchKind.NAME),
        ("Wróblewska Helena Anna", MatchKind.NAME),
        ("Wróbel Helena", MatchKind.TYPO),
    ]


@pytest.mark.parametrize("typed", ["wrobel helena", "helena wroble", "wroblewska helena", "wrob helena"])
def test_words_that_are_whole_last_or_short_are_taken_as_typed(namesakes: House, typed: str) -> None:
    assert {hit.match for hit in find(namesakes, typed).hits} == {MatchKind.NAME}


@pytest.fixture(scope="module")
def partners(lasting_house: Callable[[], House]) -> House:
    """A common surname, another party's first name that leads to nobody, and streets that begin with both."""
    house = lasting_house()
    people = Town(on_server=house.database.dialect == "postgresql")
    for at in range(600):
        people.add(f"Nowak, {'ABCDEFGHIJ'[at % 10]}{'aeiou'[at % 5]}n", f"ul. Polna {at + 1}, Przykładowo")
    people.add("Lis, Anna", "ul. Nowa 1, Przykładowo")
    people.add("Wilk, Ewa", "ul. Annabergska 2, Przykładowo")
    people.add("Kowalski, Jan", "ul. Polna 700, Przykładowo", spouse="Nowak, Anna")
    people.build(house.database)
    return house


@pytest.mark.parametrize(
    "typed", ["anna n", "anna now", "anna nowa", "anna nowak", "nowa anna", "nowak anna"]
)
def test_another_party_is_found_while_the_surname_is_typed(partners: House, typed: str) -> None:
    assert "Kowalski Jan" in found(partners, typed)


@pytest.mark.parametrize(
    "typed", ["lipwoa 4", "liipowa 4/12", "lopowa 4", "kowalska lipwoa 4", "lipowa 4 przykladwo"]
)
def test_a_typing_error_in_an_address_is_forgiven(town: House, typed: str) -> None:
    assert "Kowalska Żaneta" in found(town, typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "\t\n", "\0", "%", "_", "*", "'", '"', "()", "-- ;", "\ud800", "🙂", "..."]
)
def test_nothing_to_look_up_finds_nobody(town: House, typed: str) -> None:
    assert find(town, typed).hits == ()


@pytest.mark.parametrize(
    "typed",
    [
        *("kowalski' OR 1=1 --", 'kowalski" OR "', "kow*", "kow%", "k_walski", "kowalski AND NEAR(lip"),
        *("a" * 10_000, "kow " * 3_000, "1" * 10_000, "ŻÓŁĆ" * 500, "x@" + "y" * 9_000, "a a a", "anna anna"),
        *("kowalski\0", "\0a@b\0", "a\ud800b@c", "\u202ekowalski", "\x1b[2Jkow", "ITR\0-88", "+", "+48"),
        *("😀 kowalski 😀", "٣", "¹²³", "' 4/'12", "%s %(x)s ? :a {c} {in}"),
    ],
)
def test_whatever_is_pasted_gets_an_answer(town: House, typed: str) -> None:
    answer = find(town, typed)
    assert answer.text == typed
    assert len(answer.hits) <= 50


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=MOST_CHARACTERS + 5))
def test_any_text_gets_an_answer(town: House, typed: str) -> None:
    find(town, typed, limit=5)


def test_a_hostile_name_is_found_and_given_back_as_it_is(town: House) -> None:
    assert "=1+1 [/x]" in found(town, "1 x")


def test_only_the_desk_searches(town: House) -> None:
    admin = StaffMember(id=9, login="a", name="A", role=Role.ADMIN)
    with pytest.raises(NotAllowed):
        town.office(admin).read(search_clients, "kow")


def test_a_seen_list_is_noted_without_what_was_typed(town: House) -> None:
    with Session(town.database.reader) as session:
        work = work_on(town, session)
        note_search(work, list(range(100_001, 100_051)), more=True)
        note_search(work, [])
    noted = [entry["scope"] for entry in work.access]
    assert noted[0].startswith("50+ hits: 100001 100002 ")
    assert len(noted[0]) <= 160
    assert all(len(word) == 6 for word in noted[0].split()[2:])
    assert noted[1] == "0 hits"


@pytest.fixture(scope="module")
def crowd(lasting_house: Callable[[], House]) -> House:
    house = lasting_house()
    people = Town(on_server=house.database.dialect == "postgresql")
    for at in range(120):
        people.add(f"Nowak, {'ABCDEFGHIJ'[at % 10]}{'aeiou'[at % 5]}n", f"ul. Polna {at + 1}, Przykładowo")
    people.build(house.database)
    return house


@pytest.mark.parametrize(
    "typed", ["n", "nowak", "nowak aa", "polna", "po", "5", "7000", "przyk", "nowak pol", "nowka"]
)
def test_long_answers_are_bounded_stable_and_say_so(crowd: House, typed: str) -> None:
    answer = find(crowd, typed)
    again = find(crowd, typed)
    assert [hit.id for hit in answer.hits] == [hit.id for hit in again.hits]
    assert len({hit.id for hit in answer.hits}) == len(answer.hits) <= 50
    fewer = find(crowd, typed, limit=5)
    assert [hit.id for hit in fewer.hits] == [hit.id for hit in answer.hits][:5]
    assert fewer.more
    assert answer.more or len(answer.hits) < 50


def test_the_order_is_that_of_names(crowd: House) -> None:
    names = found(crowd, "nowak")
    assert names == sorted(names)


def test_names_of_equal_rank_come_in_the_order_of_the_alphabet(house: House) -> None:
    people = Town(on_server=house.database.dialect == "postgresql")
    for name in ("Łoś", "Lecka", "Lis", "Ławski", "Łęcka", "Leckanowska"):
        people.add(f"{name}, Ewa")
    people.build(house.database)
    shown = [name.removesuffix(" Ewa") for name in found(house, "l")]
    assert shown == ["Lecka", "Leckanowska", "Lis", "Ławski", "Łęcka", "Łoś"]
    assert found(house, "lecka")[:3] == ["Lecka Ewa", "Łęcka Ewa", "Leckanowska Ewa"]
    assert found(house, "lecka e")[:2] == ["Lecka Ewa", "Łęcka Ewa"]


def test_just_as_many_as_asked_for_is_not_more(crowd: House) -> None:
    assert not find(crowd, "polna 17", limit=1).more
    assert len(find(crowd, "polna 17").hits) == 1


@pytest.fixture(scope="module")
def strangers(lasting_house: Callable[[], House]) -> House:
    house = lasting_house()
    people = Town(on_server=house.database.dialect == "postgresql")
    for surname in SURNAMES:
        people.add(f"{surname}, Ewa")
    people.build(house.database)
    return house


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_one_error_in_a_surname_of_five_letters_finds_it(strangers: House, data: st.DataObject) -> None:
    surname = data.draw(st.sampled_from([name for name in SURNAMES if len(name) >= 5]))
    typed = data.draw(one_error(surname))
    assert f"{surname} Ewa" in found(strangers, typed)
    assert f"{surname} Ewa" in found(strangers, f"{typed} ewa")


def one_error(word: str) -> st.SearchStrategy[str]:
    """Words one typing error away: a letter dropped, doubled, wrong or added, or two swapped."""
    letters, places = st.sampled_from("abcdefghijklmnoprstuwyz"), st.integers(0, len(word) - 1)
    dropped = places.map(lambda at: word[:at] + word[at + 1 :])
    wrong = st.builds(lambda at, letter: word[:at] + letter + word[at + 1 :], places, letters)
    added = st.builds(lambda at, letter: word[:at] + letter + word[at:], places, letters)
    swapped = st.integers(0, len(word) - 2).map(
        lambda at: word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    )
    return st.one_of(dropped, wrong, added, swapped)
