"""What happens at the desk of the sample town, and on paper."""

from __future__ import annotations

from datetime import date, timedelta

from db.models import metadata
from db.rules.text import polish_key
from tests.conftest import START
from tests.db.builders import TODAY
from tests.reports.supervision.happening import Happening, time_on
from tests.reports.supervision.tables import Row

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


class DeskEvents(Happening):
    """Clients who come, write and ask, and what is done and looked at for them."""

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
                received_at=time_on(day), taken_at=time_on(day), written_on=day, intent="reading",
                state="new" if waits else "accepted", **values,
                decided_at=None if waits else time_on(day, 10),
            )  # fmt: skip
            for number in range(0 if waits else 1 + place % 2):
                key = self.build.reading(
                    meter["id"], day, 9500 + number, 10, channel="email", recorded_at=time_on(day, 10)
                )
                self.build.add("incoming_reading", reading_id=key, message_id=mail)

    def decisions(self) -> None:
        """Void and decide about readings, at once or a while later, by whoever."""
        chance, build = self.chance, self.build
        meters = [row["id"] for row in self.tables["meter"]]
        for _ in range(30):
            day = TODAY - timedelta(days=chance.randrange(0, 120))
            key = build.reading(
                chance.choice(meters), day, 9000, 100, channel=chance.choice(["phone", "ebok", "email"]),
                needs_approval=True, reason=chance.choice([None, "rechecked"]), recorded_at=time_on(day, 8),
                staff_id=chance.choice(self.staff).id,
            )  # fmt: skip
            if (kind := chance.choice(["approved", "rejected", ""])) != "":
                self.decide(key, kind, day)
        for reading in chance.sample(self.tables["reading"], 40):
            self.decide(reading["id"], "voided", reading["day"], reading["staff_id"])

    def decide(self, reading: int, kind: str, day: date, staff: int | None = None) -> None:
        chance = self.chance
        at = min(time_on(day + timedelta(days=chance.randrange(0, 40)), 12), START)
        by = staff if staff and chance.random() < 0.6 else chance.choice(self.staff).id
        self.build.add(
            "reading_decision",
            reading_id=reading,
            kind=kind,
            reason=f"={reading}",
            staff_id=by,
            decided_at=at,
        )
