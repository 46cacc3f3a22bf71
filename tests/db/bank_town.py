"""A few clients with invoices and accounts of their own, and bank files that pay them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from db.billing_run import run_billing
from db.engine import Database
from db.models import metadata
from db.office import House, Office
from db.records.bank_file import BankFile
from db.records.people import Role
from db.rules.bank_files.reading import read_bank_file
from tests.db.builders import Builder, BuiltClient, rows
from tests.rules.bank_samples import OWN_ACCOUNT, PREFIX, ROUTING, Bank, Sent, mt940

GROSS = "146.45"
"""A month of 10 m3: net 51.20 + 78.00 + 6.40 = 135.60, VAT 10.85."""
ISSUED = "20261122"
STRANGER = Sent("77.00", "za coś", "OBCY CZŁOWIEK UL. DALEKA 1")


@dataclass
class BankTown:
    """Three people and a firm, each with one open invoice of 146.45."""

    house: House
    build: Builder
    supervisor: Office
    agent: Office
    clients: dict[str, BuiltClient]

    @property
    def database(self) -> Database:
        return self.house.database

    def invoice(self, client: str) -> str:
        """Return the number of the client's invoice."""
        (row,) = rows(self.database, "invoice", f"client_id = {self.clients[client].id}")
        return str(row["number"])

    def owed(self) -> Decimal:
        """Return the sum of the ledger."""
        return sum((row["amount"] for row in rows(self.database, "ledger_entry")), Decimal("0.00"))

    def paid(self) -> dict[str, Decimal]:
        """Return what came in by client."""
        by_id = {client.id: number for number, client in self.clients.items()}
        found: dict[str, Decimal] = {}
        for row in rows(self.database, "payment"):
            number = by_id[row["client_id"]]
            found[number] = found.get(number, Decimal("0.00")) + row["amount"]
        return found


def bank_town(house: House) -> BankTown:
    """Build the town, give the company its bank account and bill October."""
    build = Builder(house.database)
    supervisor = house.office(build.staff(Role.SUPERVISOR, name="Ewa Skarbnik"))
    agent = house.office(build.staff(Role.AGENT, name="Jan Okienko"))
    build.staff(Role.ADMIN)
    own_accounts(house.database)
    tariff = build.tariff()
    named = {
        "100001": {"last_name": "Kowalska", "first_name": "Żaneta"},
        "100002": {"last_name": "Nowak", "first_name": "Adam"},
        "100003": {"last_name": "Wójcik", "first_name": "Piotr"},
        "4410": {"company_name": "Piekarnia Złoty Kłos sp. z o.o."},
    }
    clients = {}
    for number, names in named.items():
        clients[number] = build.client(number, tariff_group_id=tariff, **names)
        states = {date(2026, 9, 30): 100, date(2026, 10, 31): 110}
        build.history(clients[number].meter_id, states)
    run_billing(supervisor, date(2026, 10, 1))
    return BankTown(house, build, supervisor, agent, clients)


def own_accounts(database: Database, **values: str | None) -> None:
    """Give the company the accounts of the samples, or others."""
    given = {"bank_account": OWN_ACCOUNT, "routing_number": ROUTING, "account_prefix": PREFIX, **values}
    with database.writer.connect() as connection, connection.begin():
        connection.execute(sa.update(metadata.tables["utility"]).values(**given))


def statement(sent: Sequence[Sent], **options: str) -> bytes:
    """Return a statement of our account as a file."""
    return mt940(sent, bank=Bank.ING, **options).encode("cp852")  # type: ignore[arg-type]  # texts only


def file_of(sent: Sequence[Sent], **options: str) -> BankFile:
    """Return a statement of our account as it is read."""
    return read_bank_file(statement(sent, **options))


def typical(town: BankTown) -> list[Sent]:
    """Return three payments that are sure, two that are not, and what is no payment."""
    return [
        Sent(GROSS, "woda", client="100001"),
        Sent(GROSS, town.invoice("100002"), "NOWAK ADAM UL. POLNA 5"),
        Sent("100.00", "za wodę", "PIEKARNIA", client="4410"),
        Sent(GROSS, "za wodę", "WÓJCIK PIOTR UL. POLNA 7"),
        STRANGER,
        Sent("15.00", "Prowizja", "", "D"),
    ]
