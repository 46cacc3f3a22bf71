"""A small town for the tests of searching, written in a few statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from db.bulk import Row, count_on, write_rows
from db.engine import Database
from db.office import SYSTEM, House
from db.records.clients import ClientHit, MatchKind, SearchAnswer
from db.rules.text import fold, polish_key
from db.search import rebuild_index, search_clients
from db.work import Work
from tests.conftest import START

TABLES = {
    "address": "id client_id street house flat postal_code town street_key number_key town_key",
    "client": "id number kind last_name first_name company_name pesel nip name_key created_at version",
    "contact_point": "id client_id kind value removed_on",
    "contract": "id number client_id signed_on starts_on ends_on period_months",
    "contract_party": "id contract_id position client_id last_name first_name",
    "supply_point": "id contract_id address_id sewage",
    "meter": "id number supply_point_id role digits verified_until installed_on installed_state version",
}
PREFIXES = ("ul. ", "al. ", "os. ", "pl. ")


@dataclass
class Town:
    """Collects people, then writes them all at once."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(
        self,
        name: str,
        address: str = "ul. Polna 1, Przykładowo",
        *,
        number: str = "",
        pesel: str | None = None,
        nip: str | None = None,
        phones: Iterable[str] = (),
        emails: Iterable[str] = (),
        meters: Iterable[str] = (),
        spouse: str = "",
    ) -> int:
        """Add `Surname, First name` or a company; return the client's id."""
        at = len(self.rows["client"]) + 1
        last, comma, first = name.partition(", ")
        kind = "person" if comma else "business"
        names = (last, first, None) if comma else (None, None, name)
        number = number or (f"{500000 + at}" if comma else f"{5000 + at}")
        key = polish_key(f"{last} {first}" if comma else name)
        self.rows["client"].append((at, number, kind, *names, pesel, nip, key, START.isoformat(), 1))
        self._address(at, address)
        self.rows["contract"].append((at, f"U/{at}", at, "2020-01-01", "2020-01-01", None, 1))
        self.rows["contract_party"].append((2 * at - 1, at, 1, at, None, None))
        if spouse:
            theirs, _, given = spouse.partition(", ")
            self.rows["contract_party"].append((2 * at, at, 2, None, theirs, given))
        self.rows["supply_point"].append((at, at, at, True if self.on_server else 1))
        points = [("phone", value) for value in phones] + [("email", value) for value in emails]
        for kind_of_point, value in points:
            self._append("contact_point", at, kind_of_point, value, None)
        for meter in list(meters) or [f"7{at:07d}"]:
            self._append("meter", meter, at, "main", 5, "2030-12-31", "2020-01-01", 0, 1)
        return at

    on_server: bool = False

    def _append(self, table: str, *values: object) -> None:
        self.rows[table].append((len(self.rows[table]) + 1, *values))

    def _address(self, at: int, text: str) -> None:
        line, _, town = text.partition(", ")
        street, _, number = line.rpartition(" ")
        house, _, flat = number.partition("/")
        has_street = street != town
        key = fold(street)
        for prefix in PREFIXES:
            key = fold(street.removeprefix(prefix)) if street.startswith(prefix) else key
        self.rows["address"].append(
            (
                *(at, at, street if has_street else None, house, flat or None, "43-400", town),
                *(key, fold(number), fold(town)),
            )
        )

    def build(self, database: Database) -> None:
        """Write everybody and make the index."""
        with database.writer.connect() as connection, connection.begin():
            for table, columns in TABLES.items():
                write_rows(connection, table, columns.split(), self.rows[table])
            count_on(connection, TABLES)
        rebuild_index(database)


def find(house: House, text: str, limit: int = 50) -> SearchAnswer:
    """Search as the desk does."""
    return house.office(SYSTEM).read(search_clients, text, limit=limit)


def found(house: House, text: str) -> list[str]:
    """Return the names found, best first."""
    return [hit.name for hit in find(house, text).hits]


def first(house: House, text: str) -> tuple[str, MatchKind]:
    """Return the best hit's name and why it was found."""
    hits: tuple[ClientHit, ...] = find(house, text).hits
    assert hits, text
    return hits[0].name, hits[0].match


def work_on(house: House, session: Session) -> Work:
    """Return a unit of work of the program itself on an open session."""
    now = house.clock()
    return Work(session=session, now=now, today=now.date(), actor=SYSTEM, policy=house.policy)
