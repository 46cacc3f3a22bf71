"""A sample town in which everything that reports count has happened, drawn from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import sqlalchemy as sa

from db.models import metadata
from db.office import House
from db.records.people import Role, StaffMember
from db.rules.text import polish_key
from db.sample.town import make_town
from tests.conftest import START
from tests.db.builders import TODAY, Builder

CLIENTS = 40
BILLED = 7
"""Months: on either day of DAYS six of them are whole periods of every contract."""
PAST = date(2026, 10, 7)
"""The day inside the past for which every report is asked as well."""
DAYS = (TODAY, PAST)

PATHS: tuple[list[tuple[str, str]], ...] = (
    [],
    [],
    [("take", "in_review")],
    [("take", "in_review"), ("ask_info", "needs_info")],
    [("approve", "approved"), ("apply", "applied")],
    [("approve", "approved"), ("give_back", "submitted"), ("approve", "approved"), ("apply", "applied")],
    [("approve", "approved"), ("give_back", "submitted")],
    [("take", "in_review"), ("give_back", "submitted"), ("reject", "rejected")],
    [("withdraw", "withdrawn")],
)
"""Ways of a request after it was submitted."""

Row = Mapping[str, Any]
Tables = dict[str, list[Row]]
"""Every row of every table that a recount walks through, by the table's name."""


@dataclass(frozen=True)
class Town:
    """The town and who works in it."""

    house: House
    supervisor: StaffMember
    agents: tuple[StaffMember, ...]

    def tables(self) -> Tables:
        """Read everything, for loops to walk through."""
        found: Tables = {}
        with self.house.database.reader.connect() as connection:
            for name, table in metadata.tables.items():
                keys = list(table.primary_key)
                rows = connection.execute(sa.select(table).order_by(*keys)).mappings()
                found[name] = [dict(row) for row in rows]
        return found


def build_town(house: House, seed: int) -> Town:
    """Make a town of 40 clients with staff, and have happen in it what the sample leaves out."""
    build = Builder(house.database)
    agents = (build.staff(Role.AGENT, "adam", "Adam Nowak"), build.staff(Role.AGENT, "beata", "Beata Lis"))
    supervisor = build.staff(Role.SUPERVISOR, "ewa", "Ewa Kowalska")
    make_town(house, clients=CLIENTS, years=1, seed=seed, billed=BILLED)
    town = Town(house, supervisor, agents)
    events = _Events(build, town.tables(), Random(seed), [*agents, supervisor])
    events.money()
    events.bank()
    events.decisions()
    events.contacts()
    events.looks()
    events.disorder()
    events.requests()
    events.einvoices()
    events.unusual_use()
    events.tills()
    events.water()
    events.corrections()
    events.interest()
    events.mails()
    return town


@dataclass
class _Events:
    build: Builder
    tables: Tables
    chance: Random
    staff: list[StaffMember]

    def money(self) -> None:
        """Take a few payments back, send some money back, and demand what is overdue."""
        chance, build = self.chance, self.build
        for payment in chance.sample(self.tables["payment"], 6):
            day = min(payment["day"] + timedelta(days=chance.randrange(0, 60)), TODAY)
            values = {"client_id": payment["client_id"], "day": day, "method": payment["method"],
                      "title": "", "payer": "", "note": "", "recorded_at": _at(day)}  # fmt: skip
            key = build.add("payment", amount=-payment["amount"], reverses_id=payment["id"],
                            staff_id=self.staff[0].id, **values)  # fmt: skip
            self.entry(payment["client_id"], "reversal", day, payment["amount"], payment_id=key)
        for client in chance.sample(self.tables["client"], 4):
            day = TODAY - timedelta(days=chance.randrange(0, 90))
            values = {"client_id": client["id"], "day": day, "title": "", "payer": "", "note": "",
                      "recorded_at": _at(day), "staff_id": self.staff[1].id}  # fmt: skip
            key = build.add("payment", amount=Decimal("1000.00"), method="cash", **values)
            self.entry(client["id"], "payment", day, Decimal("-1000.00"), payment_id=key)
            key = build.add("payment", amount=Decimal("-12.50"), method="transfer", **values)
            self.entry(client["id"], "refund", day, Decimal("12.50"), payment_id=key)
        for place, client in enumerate(chance.sample(self.tables["client"], 20), 1):
            build.add(
                "issued_document", kind="demand", serial=place, number=f"W/{place}", client_id=client["id"],
                snapshot="{}", snapshot_sha256="0" * 64, staff_id=self.staff[2].id,
                issued_at=_at(TODAY - timedelta(days=chance.randrange(60, 200))),
            )  # fmt: skip

    def bank(self) -> None:
        """Take in two files of the bank: some lines are matched, some dismissed, and some wait."""
        build = self.build
        for file in range(2):
            imported = TODAY - timedelta(days=(80, 5)[file])
            key = build.add("bank_file", name=f"w{file}.sta", sha256=f"{file:064}", kind="mt940", account="",
                            lines=8, imported_at=_at(imported), staff_id=self.staff[2].id)  # fmt: skip
            for line in range(8):
                self.bank_line(key, f"{file} {line}", imported)

    def bank_line(self, file: int, key: str, imported: date) -> None:
        chance, build = self.chance, self.build
        day, amount = imported - timedelta(days=1), Decimal(chance.randrange(100, 90000)).scaleb(-2)
        line = build.add("bank_line", file_id=file, key=key, day=day, amount=amount, title="woda",
                         name=f"Jan Płatnik {key}", account="", virtual_account="")  # fmt: skip
        at = _at(min(imported + timedelta(days=chance.randrange(0, 60)), TODAY))
        fate = chance.choice(["booked", "booked", "dismissed", "waits"])
        if fate == "dismissed":
            build.add("bank_line_decision", line_id=line, kind=fate, how="", reason="x", decided_at=at)
        if fate == "booked":
            client = chance.choice(self.tables["client"])["id"]
            paid = build.add("payment", client_id=client, day=day, amount=amount, method="transfer", title="",
                             payer="", note="", bank_line_id=line, recorded_at=at)  # fmt: skip
            self.entry(client, "payment", day, -amount, payment_id=paid)
            build.add("bank_line_decision", line_id=line, kind=fate, payment_id=paid, reason="",
                      how=chance.choice(["person", "invoice"]), decided_at=at)  # fmt: skip

    def contacts(self) -> None:
        """Have clients come again for the same purpose, and some answer wrongly; a contact may still run."""
        chance, build = self.chance, self.build
        for contact in chance.sample(self.tables["contact"], 15):
            again = contact["started_at"] + timedelta(days=chance.choice([0, 6, 7, 8, 13, 14]), minutes=20)
            ended = again + timedelta(seconds=chance.randrange(20, 900))
            build.add(
                "contact", client_id=contact["client_id"], staff_id=chance.choice(self.staff).id, note="",
                channel=contact["channel"], purpose=contact["purpose"], started_at=min(again, START),
                ended_at=ended if ended < START and chance.random() < 0.9 else None,
                outcome=chance.choice([None, "solved", "passed_on"]),
            )  # fmt: skip
        for contact in chance.sample(self.tables["contact"], 15):
            for question in ("pesel", "meter"):
                build.add(
                    "verification_answer", contact_id=contact["id"], client_id=contact["client_id"],
                    staff_id=contact["staff_id"], question=question, correct=chance.random() < 0.5,
                    at=contact["started_at"],
                )  # fmt: skip

    def looks(self) -> None:
        """Write an access log: looks of every kind, at namesakes, and at nearly everybody on one day."""
        chance = self.chance
        contacts = self.tables["contact"]
        log = []
        for _ in range(200):
            contact = chance.choice(contacts) if chance.random() < 0.5 else None
            client = contact["client_id"] if contact else chance.choice(self.tables["client"])["id"]
            at = START - timedelta(minutes=chance.randrange(0, 90 * 1440))
            log.append((at, chance.choice(self.staff), client, contact and contact["id"]))
        persons = [row for row in self.tables["client"] if row["last_name"]]
        for person, member in zip(chance.sample(persons, 3), self.staff, strict=True):
            first, _, last = member.name.rpartition(" ")
            name = {"last_name": last, "first_name": chance.choice([first, "Anna"])}
            name["name_key"] = polish_key(f"{last} {name['first_name']}")
            table = metadata.tables["client"]
            with self.build.database.writer.begin() as connection:
                connection.execute(table.update().where(table.c.id == person["id"]).values(**name))
            at = START - timedelta(days=chance.randrange(0, 60))
            log += [(at, member, person["id"], None), (at, self.staff[0], person["id"], None)]
        noon = START - timedelta(days=50)
        log += [(noon, self.staff[1], row["id"], None) for row in self.tables["client"][:35]]
        for seq, (at, member, client, contact_id) in enumerate(sorted(log, key=lambda entry: entry[0]), 1):
            self.build.add(
                "access_entry", seq=seq, at=at, staff_id=member.id, staff_login=member.login,
                client_id=client if chance.random() < 0.95 else None, contact_id=contact_id, mac="0" * 64,
                action=chance.choice(["VIEW", "VIEW", "REVEAL", "PRINT", "EXPORT", "SEARCH"]), scope="card",
            )  # fmt: skip

    def disorder(self) -> None:
        """File a few clients twice, let contracts end under their meters, and exchange and estimate."""
        chance, build = self.chance, self.build
        with build.database.writer.begin() as connection:
            table = metadata.tables["client"]
            persons = [row for row in self.tables["client"] if row["last_name"]]
            first, second, third, fourth = chance.sample(persons, 4)
            connection.execute(
                table.update().where(table.c.id == second["id"]).values(pesel=first["pesel"], nip=None)
            )
            names = {key: third[key] for key in ("last_name", "first_name", "name_key")}
            connection.execute(table.update().where(table.c.id == fourth["id"]).values(**names))
            firms = [row for row in self.tables["client"] if row["company_name"]]
            connection.execute(table.update().where(table.c.id == firms[0]["id"]).values(nip=firms[1]["nip"]))
            connection.execute(table.update().where(table.c.id == firms[2]["id"]).values(nip="1234567890"))
            table = metadata.tables["contract"]
            for contract in chance.sample(self.tables["contract"], 3):
                ended = TODAY - timedelta(days=chance.randrange(20, 70))
                connection.execute(table.update().where(table.c.id == contract["id"]).values(ends_on=ended))
        place = next(row for row in self.tables["address"] if row["client_id"] == third["id"])
        values = {key: value for key, value in place.items() if key not in ("id", "client_id")}
        build.add("address", client_id=fourth["id"], **values)
        for client in chance.sample(self.tables["contract"], 2):
            build.point(client["client_id"], client["id"])
        now = [row for row in self.tables["meter"] if row["removed_on"] is None]
        for meter in chance.sample(now, 8):
            for back in range(chance.randrange(1, 4)):
                build.reading(meter["id"], TODAY - timedelta(days=10 + 25 * back), 9000, 1, estimated=True)
        for place_, meter in enumerate(chance.sample(now, 6)):
            verified = date(2026, 9, 15) + timedelta(days=40 * place_)
            exchanged = TODAY - timedelta(days=60 * place_)
            new = build.meter(meter["supply_point_id"], f"77{place_:06d}", replaces_id=meter["id"],
                              installed_on=exchanged, verified_until=verified)  # fmt: skip
            invoice = chance.choice([row for row in self.tables["invoice"] if row["period"] == "202610"])
            build.add(
                "invoice_meter", invoice_id=invoice["id"], meter_id=new, role="main", from_day=exchanged,
                from_state=0, to_day=exchanged, to_state=0, consumption=0, estimated=False,
            )  # fmt: skip

    def requests(self) -> None:
        """Take requests in, complaints among them, and move them on step by step, some of them back."""
        chance, build = self.chance, self.build
        kinds = ("phone", "email", "mailing_address", "name", "complaint", "complaint")
        for place in range(40):
            at = START - timedelta(days=chance.randrange(0, 100), minutes=chance.randrange(0, 300))
            client = chance.choice(self.tables["client"])["id"]
            kind = chance.choice(kinds)
            received = at.date()
            deadline = received + timedelta(days=14)
            steps: list[tuple[str, str, int | None]] = [("submit", "submitted", None)]
            path = chance.choice(PATHS)
            steps += [(event, state, chance.choice(self.staff).id) for event, state in path]
            key = build.add(
                "request", number=f"W/2026/9{place:04d}", kind=kind, state=steps[-1][1], client_id=client,
                channel="phone", submitted_at=at, submitted_by=chance.choice(self.staff).id, verified_level=2,
                received_on=received, deadline=deadline, note="", version=1,
            )  # fmt: skip
            for event, state, staff in steps:
                build.add("request_step", request_id=key, at=at, event=event, state=state, staff_id=staff,
                          note="")  # fmt: skip
                at = min(at + timedelta(days=chance.randrange(0, 12), minutes=7), START)
            if kind == "complaint":
                answered = received + timedelta(days=chance.randrange(5, 25))
                done = steps[-1][1] in ("applied", "rejected") and answered <= TODAY
                deemed = deadline + timedelta(days=1)
                build.add(
                    "complaint", request_id=key, subject=chance.choice(["bill", "service"]),
                    answered_on=answered if done else None,
                    deemed_on=deemed if deemed <= TODAY and not done else None,
                )  # fmt: skip

    def einvoices(self) -> None:
        """Switch e-invoices on and off, with addresses that are confirmed, are not, or send mail back."""
        chance, build = self.chance, self.build
        with_one = {row["client_id"] for row in self.tables["einvoice"]}
        clients = [row for row in self.tables["client"] if row["id"] not in with_one]
        for place, client in enumerate(chance.sample(clients, 14)):
            bounced = TODAY - timedelta(days=chance.randrange(1, 100)) if chance.random() < 0.3 else None
            point = build.add("contact_point", client_id=client["id"], kind="email", bounced_on=bounced,
                              value=f"poczta{place}@example.org")  # fmt: skip
            asked = START - timedelta(days=chance.randrange(3, 120))
            confirmed = asked + timedelta(days=1) if chance.random() < 0.7 else None
            starts = (asked + timedelta(days=2)).date() if confirmed else None
            ends = (
                starts + timedelta(days=chance.randrange(1, 60)) if starts and chance.random() < 0.4 else None
            )
            state = "withdrawn" if ends else "active" if starts else "requested"
            build.add(
                "einvoice", client_id=client["id"], state=state, point_id=point, requested_at=asked,
                confirmed_at=confirmed, active_from=starts, withdrawn_from=ends, version=1,
            )  # fmt: skip
        with_account = {row["client_id"] for row in self.tables["portal_account"]}
        clients = [row for row in self.tables["client"] if row["id"] not in with_account]
        for place, client in enumerate(chance.sample(clients, 10)):
            point = build.add("contact_point", client_id=client["id"], kind="email",
                              value=f"konto{place}@example.org")  # fmt: skip
            at = START - timedelta(days=chance.randrange(3, 120))
            confirmed = at + timedelta(days=1) if chance.random() < 0.6 else None
            build.add(
                "portal_account", client_id=client["id"], login=f"zuzia{place}", login_key=f"zuzia{place}",
                point_id=point, state="active" if confirmed else "pending", channel="ebok", registered_at=at,
                confirmed_at=confirmed, wants_einvoice=False, version=1,
            )  # fmt: skip

    def unusual_use(self) -> None:
        """Settle meters in the last month that had no invoice then: below zero, much, little, not at all."""
        build = self.build
        invoices = [row for row in self.tables["invoice"] if row["period"] == "202610"]
        settled = {row["meter_id"] for row in self.tables["invoice_meter"]
                   if row["invoice_id"] in {invoice["id"] for invoice in invoices}}  # fmt: skip
        past: dict[int, Row] = {}
        for row in self.tables["invoice_meter"]:
            if row["role"].value == "main" and row["meter_id"] not in settled:
                past[row["meter_id"]] = row
        uses = [(-5, None), (900, None), (1, None), (0, None), (7, "leak"), (900, "leak")]
        for (used, reason), row in zip(uses * 2, past.values(), strict=False):
            until = row["to_day"] + timedelta(days=61)
            key = (
                build.reading(row["meter_id"], until, row["to_state"] + used, 1, reason=reason)
                if reason
                else None
            )
            build.add(
                "invoice_meter", invoice_id=self.chance.choice(invoices)["id"], meter_id=row["meter_id"],
                role="main", from_day=row["to_day"], from_state=row["to_state"], to_day=until,
                to_state=max(row["to_state"] + used, 0), consumption=used, estimated=False, reading_id=key,
            )  # fmt: skip

    def tills(self) -> None:
        """Take cash at the desk; some of it is counted, signed for, opened again, found later."""
        chance, build = self.chance, self.build
        taken: dict[tuple[int, date], dict[str, Decimal]] = {}
        for _ in range(24):
            day = TODAY - timedelta(days=chance.choice([0, 0, 1, 2, 40, 46, 47, 50]))
            client, member = chance.choice(self.tables["client"])["id"], chance.choice(self.staff).id
            method, amount = chance.choice(["cash", "card"]), Decimal(chance.randrange(100, 90000)).scaleb(-2)
            late = timedelta(days=chance.choice([0, 0, 0, 3]))
            key = build.add(
                "payment", client_id=client, day=day, amount=amount, method=method, title="", payer="",
                note="", staff_id=member, recorded_at=_at(min(day + late, TODAY)),
            )  # fmt: skip
            self.entry(client, "payment", day, -amount, payment_id=key)
            sums = taken.setdefault((member, day), {"cash": Decimal(0), "card": Decimal(0)})
            sums[method] += amount
        for (member, day), sums in taken.items():
            if chance.random() < 0.7:
                self.sign(member, day, sums["cash"] + chance.choice([0, 0, 0, 7]), sums["card"])

    def sign(self, member: int, day: date, cash: Decimal, card: Decimal) -> None:
        """Have a till counted, perhaps signed for, perhaps opened again."""
        other, third = (one.id for one in self.staff if one.id != member)
        away = self.chance.random() < 0.3  # another counts, and the third signs
        who = {"closed": other if away else member, "signed": third, "reopened": other}
        kinds = self.chance.choice([["closed"], ["closed", "signed"], ["closed", "signed", "reopened"]])
        for version, kind in enumerate(kinds, 1):
            self.build.add(
                "cash_day", staff_id=member, day=day, version=version, kind=kind,
                reason="chory" if away else "", by_id=who[kind], at=_at(min(day + timedelta(days=1), TODAY)),
                cash_expected=cash, cash_counted=cash + 2, card_expected=card, card_counted=card,
            )  # fmt: skip

    def water(self) -> None:
        """Enter some of the figures of water put in again, on either side of the day inside the past."""
        for row in self.chance.sample(self.tables["water_input"], 12):
            day = self.chance.choice([PAST, PAST + timedelta(days=20)])
            self.build.add("water_input", town=row["town"], month=row["month"], note="poprawka",
                           volume=row["volume"] + self.chance.randrange(-3, 9), entered_at=_at(day),
                           staff_id=self.staff[2].id)  # fmt: skip

    def corrections(self) -> None:
        """Correct invoices, open ones and paid ones: most of them to less, some to more of one service."""
        for place, invoice in enumerate(self.chance.sample(self.tables["invoice"], 14)):
            lines = [line for line in self.tables["invoice_line"] if line["invoice_id"] == invoice["id"]]
            parts = [(line, -line["net"] / self.chance.choice([1, 2, 3])) for line in lines]
            if place % 4 == 0:
                parts = [(lines[0], Decimal("61.37")), *((line, Decimal("-1.11")) for line in lines[1:])]
            self.correct(place, invoice, [(line, net.quantize(Decimal("0.01"))) for line, net in parts])

    def correct(self, place: int, invoice: Row, parts: list[tuple[Row, Decimal]]) -> None:
        """Write a correction that changes lines by these net amounts."""
        day = min(invoice["issued_on"] + timedelta(days=self.chance.choice([0, 9, 40])), TODAY)
        net = sum((part for _, part in parts), Decimal(0))
        vat = (net * parts[0][0]["vat_rate"] / 100).quantize(Decimal("0.01"))
        due = day + timedelta(days=14) if net > 0 else day
        client, build = invoice["client_id"], self.build
        paper = self.paper("correction", place, client, day)
        same = {key: invoice[key] for key in ("period", "client_id", "contract_id", "starts_on", "ends_on")}
        key = build.add(
            "invoice", number=f"KOR/{place}", kind="correction", serial=9000 + place, issued_on=day,
            due_on=due, corrects_id=invoice["id"], net=net, vat=vat, gross=net + vat, document_id=paper,
            round=1, estimated=False, voids=False, **same,
        )  # fmt: skip
        for position, (line, part) in enumerate(parts, 1):
            kept = {name: value for name, value in line.items() if name != "id"}
            kept |= {"invoice_id": key, "position": position, "net": part, "quantity": Decimal(0)}
            build.add("invoice_line", **kept)
        build.add(
            "ledger_entry", client_id=client, kind="correction", day=day, due_on=due if net > 0 else None,
            amount=net + vat, recorded_at=_at(day), invoice_id=key,
        )  # fmt: skip

    def interest(self) -> None:
        """Charge interest: some of it is paid by what comes later, some stays open."""
        for place, client in enumerate(self.chance.sample(self.tables["client"], 12)):
            day = TODAY - timedelta(days=self.chance.choice([3, 20, 47, 120]))
            self.build.add(
                "ledger_entry", client_id=client["id"], kind="interest", day=day, due_on=day,
                amount=Decimal("7.35"), recorded_at=_at(day),
                document_id=self.paper("interest_note", place, client["id"], day),
            )  # fmt: skip

    def mails(self) -> None:
        """Accept e-mails, some by the program itself, with one or two readings each; one is still new."""
        meters = self.chance.sample(self.tables["meter"], 9)
        clients = {row["id"]: row["client_id"] for row in self.tables["contract"]}
        points = {row["id"]: clients[row["contract_id"]] for row in self.tables["supply_point"]}
        for place, meter in enumerate(meters):
            day = TODAY - timedelta(days=self.chance.choice([0, 1, 1, 2, 30, 90]))
            auto, waits = place % 3 > 0, place == 8
            values = {"client_id": points[meter["supply_point_id"]], "auto": auto and not waits}
            mail = self.build.add(
                "incoming_message", content_sha256=f"{place:064}", thread=f"{place:064}", source="imap",
                received_at=_at(day), taken_at=_at(day), written_on=day, intent="reading",
                state="new" if waits else "accepted", decided_at=None if waits else _at(day, 10), **values,
            )  # fmt: skip
            for number in range(0 if waits else 1 + place % 2):
                key = self.build.reading(
                    meter["id"], day, 9500 + number, 10, channel="email", recorded_at=_at(day, 10)
                )
                self.build.add("incoming_reading", reading_id=key, message_id=mail)

    def paper(self, kind: str, place: int, client: int, day: date) -> int:
        return self.build.add(
            "issued_document", kind=kind, serial=9000 + place, number=f"{kind}/{place}", client_id=client,
            snapshot="{}", snapshot_sha256="0" * 64, staff_id=self.staff[2].id, issued_at=_at(day),
        )  # fmt: skip

    def decisions(self) -> None:
        """Void and decide about readings, at once or a while later, by whoever."""
        chance, build = self.chance, self.build
        meters = [row["id"] for row in self.tables["meter"]]
        for _ in range(30):
            day = TODAY - timedelta(days=chance.randrange(0, 120))
            key = build.reading(
                chance.choice(meters), day, 9000, 100, channel=chance.choice(["phone", "ebok", "email"]),
                needs_approval=True, reason=chance.choice([None, "rechecked"]), recorded_at=_at(day, 8),
                staff_id=chance.choice(self.staff).id,
            )  # fmt: skip
            if (kind := chance.choice(["approved", "rejected", ""])) != "":
                self.decide(key, kind, day)
        for reading in chance.sample(self.tables["reading"], 40):
            self.decide(reading["id"], "voided", reading["day"], reading["staff_id"])

    def decide(self, reading: int, kind: str, day: date, staff: int | None = None) -> None:
        chance = self.chance
        at = min(_at(day + timedelta(days=chance.randrange(0, 40)), 12), START)
        by = staff if staff and chance.random() < 0.6 else chance.choice(self.staff).id
        self.build.add(
            "reading_decision", reading_id=reading, kind=kind, reason="x", staff_id=by, decided_at=at
        )

    def entry(self, client: int, kind: str, day: date, amount: Decimal, **source: int) -> None:
        self.build.add(
            "ledger_entry",
            client_id=client,
            kind=kind,
            day=day,
            amount=amount,
            recorded_at=_at(day),
            **source,
        )


def _at(day: date, hour: int = 9) -> datetime:
    from db.clock import day_begins

    return day_begins(day) + timedelta(hours=hour)
