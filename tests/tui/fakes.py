"""A workplace without a database: an office whose answers a test sets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from bok_tui.app import BokApp
from bok_tui.workplace import Workplace
from db.errors import NotFound
from db.records.clients import ClientHit, ClientKind, MatchKind, SearchAnswer
from db.records.incoming import InboxCounts
from db.records.people import Role, StaffMember
from db.records.request_views import RequestCounts
from db.records.utility import UtilityParticulars
from db.records.worklists import WorkCounts
from db.settings import load_settings

ANNA = StaffMember(id=1, login="anna", name="Anna Nowak", role=Role.AGENT)
UTILITY = UtilityParticulars(
    name="Wody Przykładowa sp. z o.o.",
    short_name="Wody Przykładowa",
    street="ul. Źródlana 1",
    postal_code="99-801",
    town="Przykładowo",
    nip="1111111111",
    regon="123456785",
    krs=None,
    phone="+48335550100",
    email="bok@example.pl",
)
COUNTS = WorkCounts(pending_readings=3, open_notices=12, urgent_notices=1, without_pesel=5, limit=1000)
REQUESTS = RequestCounts(to_decide=14, mine=5, overdue=1, complaints_due=2, limit=1000)

MAIL = InboxCounts(new=12, sure=9, doubtful=3, mine=2)


def hit(
    number: str, name: str, address: str = "ul. Lipowa 4/12, 99-801 Przykładowo", **more: Any
) -> ClientHit:
    """Return a hit."""
    values: dict[str, Any] = {
        "meters": ("81234567",),
        "match": MatchKind.NAME,
        "kind": ClientKind.PERSON,
        **more,
    }
    return ClientHit(id=int(number), number=number, name=name, address=address, **values)


TOWN = (
    hit("102481", "Kowalska Żaneta"),
    hit("117733", "Kowalski Łukasz", "ul. Lipowa 19, 99-801 Przykładowo"),
    hit("100215", "Kowalski Wiesław", meters=("81234500", "81234501")),
    hit("4410", "KOWAL-BUD sp. z o.o.", kind=ClientKind.BUSINESS, meters=()),
)


class FakeOffice:
    """Answers queries by their names; `gates` keep an answer back until they are opened."""

    def __init__(self, hits: tuple[ClientHit, ...] = TOWN) -> None:
        self.hits = hits
        self.asked: list[str] = []
        self.noted: list[tuple[int, ...]] = []
        self.gates: dict[str, threading.Event] = {}
        self.answers: Mapping[str, Callable[..., object]] = {
            "search_clients": self._search,
            "note_search": lambda ids, *, more: self.noted.append(tuple(ids)),
            "utility": lambda: UTILITY,
            "work_counts": lambda: COUNTS,
            "request_counts": lambda: REQUESTS,
            "inbox_counts": lambda: MAIL,
            "client_number_of_meter": self._owner,
        }

    def for_contact(self, _contact_id: int | None) -> FakeOffice:
        """Contacts make no difference here."""
        return self

    def read(self, query: Callable[..., object], *args: object, **kwargs: object) -> object:
        """Answer a query."""
        return self.answers[query.__name__](*args, **kwargs)

    def _search(self, text: str) -> SearchAnswer:
        self.asked.append(text)
        if gate := self.gates.get(text):
            assert gate.wait(20)
        wanted = text.casefold().split()
        found = [
            one
            for one in self.hits
            if all(word in f"{one.number} {one.name} {' '.join(one.meters)}".casefold() for word in wanted)
        ]
        return SearchAnswer(text, tuple(found), more=len(found) > 50)

    def _owner(self, meter: str) -> str:
        for one in self.hits:
            if meter in one.meters:
                return one.number
        raise NotFound("There is no meter %(meter)s. Check its number.", meter=meter)

    @contextmanager
    def held_back(self, *texts: str) -> Iterator[None]:
        """Keep the answers to these texts back while the block runs."""
        self.gates |= {text: threading.Event() for text in texts}
        try:
            yield
        finally:
            self.let_go(*texts)

    def let_go(self, *texts: str) -> None:
        """Give the answers."""
        for text in texts:
            self.gates[text].set()


class FakeHouse:
    """Opens no database."""

    def __init__(self, office: FakeOffice) -> None:
        self._office = office

    def office(self, _actor: StaffMember) -> FakeOffice:
        """Return the one office."""
        return self._office


class Ticks:
    """Seconds under the test's hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class DeskApp(BokApp):
    """The agents' screen that writes down which clients it was asked to open."""

    opened: list[tuple[str, str]]

    def open_client(self, number: str, *, state: str = "", invoice: str = "") -> None:
        """Note the client instead of showing the card."""
        self.opened.append((number, state))


def workplace(
    tmp_path: Path, office: FakeOffice, *, staff: StaffMember | None = ANNA, **more: Any
) -> Workplace:
    """Return a workplace over the fake office."""
    settings = load_settings({"BOK_HOME": str(tmp_path)})
    return Workplace(settings, open_house=lambda: cast(Any, FakeHouse(office)), staff=staff, **more)


def desk_app(tmp_path: Path, office: FakeOffice | None = None, **more: Any) -> DeskApp:
    """Return the desk, signed in, over the fake office."""
    app = DeskApp(workplace(tmp_path, office or FakeOffice(), **more))
    app.opened = []
    return app
