"""A floor of desks over one database: agents, a supervisor, and clients made by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bok_tui.app import BokApp
from bok_tui.workplace import Workplace
from db.engine import Database
from db.office import House
from db.records.clients import MeterRole
from db.records.people import Role, StaffMember
from db.settings import Settings, load_settings
from tests.db.builders import TODAY, Builder, BuiltClient, rows
from tests.tui.pilot import shown

GAP = "\u00a0"
PASSWORD = "zielona-kaczka-7"
NUMBER = "123456"
LEFT, DEADLINE = date(2026, 11, 18), date(2026, 11, 25)


@dataclass
class Floor:
    """What the tests of the screen stand on."""

    house: House
    folder: Path

    @property
    def database(self) -> Database:
        return self.house.database

    @cached_property
    def builder(self) -> Builder:
        return Builder(self.database)

    @cached_property
    def anna(self) -> StaffMember:
        return self.builder.staff(login="anna", name="Anna Nowak")

    @cached_property
    def chief(self) -> StaffMember:
        """A supervisor who can sign, with `PASSWORD`."""
        from db.passwords import hash_password

        staff = self.builder.staff(Role.SUPERVISOR, login="szef", name="Kazimierz Wzorcowy")
        self.set_password(staff, hash_password(PASSWORD))
        return staff

    def set_password(self, staff: StaffMember, password_hash: str) -> None:
        from sqlalchemy import text

        with self.database.writer.connect() as connection, connection.begin():
            connection.execute(
                text("UPDATE staff SET password_hash = :hash WHERE id = :id"),
                {"hash": password_hash, "id": staff.id},
            )

    def client(self, number: str = NUMBER, *, notice: bool = True, **values: Any) -> BuiltClient:
        """Add a household: 4 m³ a month, last read on 31 August at 487, with an open notice."""
        built = self.builder.household(number, **values)
        self.builder.contact_point(built.id, "phone", "+48600123456", TODAY)
        self.builder.contact_point(built.id, "email", "zaneta@example.com")
        if notice:
            self.builder.notice(built.meter_id, LEFT, DEADLINE)
        return built

    def garden(self, built: BuiltClient, number: str = "70000001") -> int:
        """Add a garden meter, last read on 31 August at 120."""
        meter = self.builder.meter(built.point_id, number, role=MeterRole.GARDEN)
        self.builder.reading(meter, date(2026, 8, 31), 120, 120)
        return meter

    @cached_property
    def settings(self) -> Settings:
        return load_settings({"BOK_HOME": str(self.folder)})

    def app(self, staff: StaffMember | None = None, **place: Any) -> BokApp:
        """Return a desk at which `staff` (Anna) sits."""
        workplace = Workplace(
            self.settings, lambda: self.house, clock=self.house.clock, staff=staff or self.anna, **place
        )
        return BokApp(workplace)

    def at_sign_in(self) -> BokApp:
        """Return a desk at which nobody sits yet."""
        return BokApp(Workplace(self.settings, lambda: self.house, clock=self.house.clock))

    def set(self, table: str, values: str) -> None:
        """Change every row of a table behind everybody's back."""
        from sqlalchemy import text

        with self.database.writer.connect() as connection, connection.begin():
            connection.execute(text(f"UPDATE {table} SET {values}"))

    def rows(self, table: str, *conditions: str) -> list[dict[str, Any]]:
        return rows(self.database, table, *conditions)

    def saved(self) -> list[tuple[int, date, str, str | None]]:
        """Return what the agents recorded: state in m³, day, channel, reason."""
        return [
            (row["state"], row["day"], row["channel"].value, row["reason"])
            for row in self.rows("reading", "submission IS NOT NULL")
        ]

    def seen(self, action: str) -> list[str]:
        """Return the scopes of the access entries of one action."""
        return [row["scope"] for row in self.rows("access_entry") if row["action"] == action]

    def again(self, folder: Path) -> Floor:
        """Return the same floor with documents in another folder."""
        return replace(self, folder=folder)


def seen(app: BokApp) -> str:
    """Return what is on the screen, its no-break spaces as spaces."""
    return shown(app).replace(GAP, " ")


def flat(app: BokApp) -> str:
    """Return what is on the screen as running text: no frames, no line breaks."""
    return " ".join(re.sub("[│┌┐└┘─]", " ", seen(app)).split())
