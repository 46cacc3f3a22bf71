"""What happens with money in the sample town, and what the water that is paid for came to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tests.db.builders import TODAY
from tests.reports.supervision.happening import PAST, Happening, time_on
from tests.reports.supervision.tables import Row


class MoneyEvents(Happening):
    """Money that came, was counted, went back, and is owed more or less of."""

    def money(self) -> None:
        """Take a few payments back, send some money back, and demand what is overdue."""
        chance, build = self.chance, self.build
        for payment in chance.sample(self.tables["payment"], 6):
            day = min(payment["day"] + timedelta(days=chance.randrange(0, 60)), TODAY)
            values = {"client_id": payment["client_id"], "day": day, "method": payment["method"],
                      "title": "", "payer": "", "note": "", "recorded_at": time_on(day)}  # fmt: skip
            key = build.add("payment", amount=-payment["amount"], reverses_id=payment["id"],
                            staff_id=self.staff[0].id, **values)  # fmt: skip
            self.entry(payment["client_id"], "reversal", day, payment["amount"], payment_id=key)
        for client in chance.sample(self.tables["client"], 4):
            day = TODAY - timedelta(days=chance.randrange(0, 90))
            values = {"client_id": client["id"], "day": day, "title": "", "payer": "", "note": "",
                      "recorded_at": time_on(day), "staff_id": self.staff[1].id}  # fmt: skip
            key = build.add("payment", amount=Decimal("1000.00"), method="cash", **values)
            self.entry(client["id"], "payment", day, Decimal("-1000.00"), payment_id=key)
            key = build.add("payment", amount=Decimal("-12.50"), method="transfer", **values)
            self.entry(client["id"], "refund", day, Decimal("12.50"), payment_id=key)
        for place, client in enumerate(chance.sample(self.tables["client"], 20), 1):
            build.add(
                "issued_document", kind="demand", serial=place, number=f"W/{place}", client_id=client["id"],
                snapshot="{}", snapshot_sha256="0" * 64, staff_id=self.staff[2].id,
                issued_at=time_on(TODAY - timedelta(days=chance.randrange(60, 200))),
            )  # fmt: skip

    def bank(self) -> None:
        """Take in two files of the bank: some lines are matched, some dismissed, and some wait."""
        build = self.build
        for file in range(2):
            imported = TODAY - timedelta(days=(80, 5)[file])
            key = build.add("bank_file", name=f"w{file}.sta", sha256=f"{file:064}", kind="mt940", account="",
                            lines=8, imported_at=time_on(imported), staff_id=self.staff[2].id)  # fmt: skip
            for line in range(8):
                self.bank_line(key, f"{file} {line}", imported)

    def bank_line(self, file: int, key: str, imported: date) -> None:
        chance, build = self.chance, self.build
        day, amount = imported - timedelta(days=1), Decimal(chance.randrange(100, 90000)).scaleb(-2)
        line = build.add("bank_line", file_id=file, key=key, day=day, amount=amount, title="woda",
                         name=f"Jan Płatnik {key}", account="", virtual_account="")  # fmt: skip
        at = time_on(min(imported + timedelta(days=chance.randrange(0, 60)), TODAY))
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
                note="", staff_id=member, recorded_at=time_on(min(day + late, TODAY)),
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
                reason="chory" if away else "", by_id=who[kind],
                at=time_on(min(day + timedelta(days=1), TODAY)),
                cash_expected=cash, cash_counted=cash + 2, card_expected=card, card_counted=card,
            )  # fmt: skip

    def water(self) -> None:
        """Enter some of the figures of water put in again, on either side of the day inside the past."""
        for row in self.chance.sample(self.tables["water_input"], 12):
            day = self.chance.choice([PAST, PAST + timedelta(days=20)])
            self.build.add("water_input", town=row["town"], month=row["month"], note="poprawka",
                           volume=row["volume"] + self.chance.randrange(-3, 9), entered_at=time_on(day),
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
            amount=net + vat, recorded_at=time_on(day), invoice_id=key,
        )  # fmt: skip

    def interest(self) -> None:
        """Charge interest: some of it is paid by what comes later, some stays open."""
        for place, client in enumerate(self.chance.sample(self.tables["client"], 12)):
            day = TODAY - timedelta(days=self.chance.choice([3, 20, 47, 120]))
            self.build.add(
                "ledger_entry", client_id=client["id"], kind="interest", day=day, due_on=day,
                amount=Decimal("7.35"), recorded_at=time_on(day),
                document_id=self.paper("interest_note", place, client["id"], day),
            )  # fmt: skip
