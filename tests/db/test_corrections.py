"""Corrections of invoices: wrong readings, prices, buyers, and invoices that are taken back whole."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from db.billing_run import run_billing
from db.engine import Database
from db.errors import NotFound, Refused, WrongInput
from db.models import metadata
from db.office import House, Office
from db.operations.corrections import correct_invoice
from db.operations.reading_decisions import void_reading
from db.queries.invoices import invoice_number, invoices_to_correct
from db.queries.ledger import balance
from db.records.corrections import CorrectionKind, CorrectionOrder, IssuedCorrection
from db.records.documents import DocumentKind, from_json
from db.records.invoices import Correction
from db.records.people import Role
from tests.db.builders import Builder, BuiltClient, rows
from tests.db.conftest import faults
from tests.together import barrier

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
FIRST = "FAK/202609/0000001/100001/20261122"
SECOND = "FAK/202610/0000001/100001/20261122"


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


@pytest.fixture
def client(build: Builder, office: Office) -> BuiltClient:
    """Two months of 10 m³: net 51.20 + 78.00 + 6.40 = 135.60, VAT 10.85, gross 146.45 each."""
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    run_billing(office, SEPTEMBER)
    run_billing(office, OCTOBER)
    return client


def _correct(
    office: Office, number: str, kind: CorrectionKind, why: str = "z wniosku klienta", group: str = ""
) -> tuple[IssuedCorrection, ...]:
    return office.do(correct_invoice, number, CorrectionOrder(kind, why, group))


def _reread(build: Builder, office: Office, client: BuiltClient, day: date, state: int) -> str | None:
    """Void the reading of a day that counts, record another, and return the invoice that is told of."""
    voided = {row["reading_id"] for row in rows(build.database, "reading_decision")}
    (wrong,) = [
        row["id"] for row in rows(build.database, "reading") if row["day"] == day and row["id"] not in voided
    ]
    told = office.do(void_reading, wrong, "źle spisany").settled_by
    build.reading(client.meter_id, day, state)
    return told


def _said(database: Database, number: str) -> Correction:
    (row,) = [row for row in rows(database, "issued_document") if row["number"] == number]
    said = from_json(DocumentKind.CORRECTION, row["snapshot"])
    assert isinstance(said, Correction)
    return said


def _owed(office: Office) -> Decimal:
    return office.read(balance, "100001").total


def test_a_wrong_reading_is_corrected_to_the_grosz(
    build: Builder, office: Office, client: BuiltClient, database: Database
) -> None:
    assert _reread(build, office, client, date(2026, 10, 31), 117) == SECOND
    (listed,) = office.read(invoices_to_correct)
    assert (listed.number, listed.client_number, listed.state) == (SECOND, "100001", 120)
    assert listed.gross == Decimal("146.45")
    (done,) = _correct(office, SECOND, CorrectionKind.READING)
    # 7 m3: 35.84 + 54.60 + 6.40 = 96.84, VAT 7.7472 -> 7.75: 104.59; 104.59 - 146.45 = -41.86
    assert done.number == "KOR/202610/0000001/100001/20261122"
    assert (done.before, done.after, done.difference) == (
        Decimal("146.45"),
        Decimal("104.59"),
        Decimal("-41.86"),
    )
    assert _owed(office) == Decimal("251.04")
    assert office.read(invoices_to_correct) == ()
    said = _said(database, done.number)
    assert (said.corrected_number, said.reason) == (SECOND, "błędny odczyt wodomierza: z wniosku klienta")
    assert (said.before.gross, said.after.gross) == (Decimal("146.45"), Decimal("104.59"))
    assert [(line.service.value, line.quantity) for line in said.difference.lines] == [
        *(("water", Decimal(-10)), ("sewage", Decimal(-10)), ("standing", Decimal(-1))),
        *(("water", Decimal(7)), ("sewage", Decimal(7)), ("standing", Decimal(1))),
    ]
    assert said.in_words.startswith("czterdzieści jeden złotych")
    (meter,) = said.meters
    assert (meter.from_state, meter.to_state) == (110, 117)
    row = rows(database, "invoice")[-1]
    document = {line["number"]: line for line in rows(database, "issued_document")}
    assert document[done.number]["about_id"] == document[SECOND]["id"]
    assert row["corrects_id"] == rows(database, "invoice")[1]["id"]


def test_later_invoices_that_went_on_from_it_are_corrected_too(
    build: Builder, office: Office, client: BuiltClient
) -> None:
    _reread(build, office, client, date(2026, 9, 30), 107)
    done = _correct(office, FIRST, CorrectionKind.READING)
    assert [correction.corrects for correction in done] == [FIRST, SECOND]
    # 7 m3 are 104.59; 13 m3: 66.56 + 101.40 + 6.40 = 174.36, VAT 13.9488 -> 13.95: 188.31
    assert [correction.after for correction in done] == [Decimal("104.59"), Decimal("188.31")]
    assert _owed(office) == Decimal("292.90")


def test_a_correction_of_a_correction_nets_out(
    build: Builder, office: Office, client: BuiltClient, database: Database
) -> None:
    _reread(build, office, client, date(2026, 10, 31), 117)
    (first,) = _correct(office, SECOND, CorrectionKind.READING)
    _reread(build, office, client, date(2026, 10, 31), 120)
    (second,) = _correct(office, first.number, CorrectionKind.READING)
    assert (second.before, second.after) == (first.after, Decimal("146.45"))
    assert second.corrects == SECOND
    assert _owed(office) == Decimal("292.90")
    assert _said(database, second.number).before == _said(database, first.number).after
    documents = {row["number"]: row for row in rows(database, "issued_document")}
    assert documents[second.number]["about_id"] == documents[first.number]["id"]


def test_a_wrong_group_and_a_wrong_buyer(
    build: Builder, office: Office, client: BuiltClient, database: Database
) -> None:
    build.tariff("G2", (date(2020, 1, 1), "5.12", "7.80", "4.40"))
    (done,) = _correct(office, SECOND, CorrectionKind.PRICE, group="g2")
    # two zlotys less a month: 133.60, VAT 10.688 -> 10.69
    assert (done.after, done.difference) == (Decimal("144.29"), Decimal("-2.16"))
    assert _said(database, done.number).tariff == "G2 – gospodarstwa domowe"
    with database.writer.connect() as connection, connection.begin():
        connection.execute(metadata.tables["client"].update().values(last_name="Żółw"))
    (buyer,) = _correct(office, SECOND, CorrectionKind.BUYER)
    said = _said(database, buyer.number)
    assert said.buyer_before is not None
    assert (said.buyer_before.name, said.buyer.name) == ("Żaneta Kowalska", "Żaneta Żółw")
    assert (buyer.before, buyer.after, buyer.difference) == (Decimal("144.29"), Decimal("144.29"), Decimal(0))
    (again,) = _correct(office, SECOND, CorrectionKind.PRICE, group="G1")
    assert again.difference == Decimal("2.16")
    assert _said(database, again.number).buyer.name == "Żaneta Żółw"


def test_what_is_taken_back_whole_can_be_billed_anew(
    build: Builder, office: Office, client: BuiltClient, database: Database
) -> None:
    issued = {row["number"]: row["snapshot_sha256"] for row in rows(database, "issued_document")}
    with pytest.raises(Refused, match=f"later invoice {SECOND}"):
        _correct(office, FIRST, CorrectionKind.VOID)
    (back,) = _correct(office, SECOND, CorrectionKind.VOID)
    assert (back.after, back.difference) == (Decimal("0.00"), Decimal("-146.45"))
    said = _said(database, back.number)
    assert [(line.quantity, line.net) for line in said.after.lines] == [(Decimal(0), Decimal(0))] * 3
    assert [(total.rate, total.gross) for total in said.after.vat_totals] == [(Decimal(8), Decimal(0))]
    assert _owed(office) == Decimal("146.45")
    with pytest.raises(Refused, match="taken back whole"):
        _correct(office, SECOND, CorrectionKind.READING)
    build.tariff("G9", (date(2020, 1, 1), "1", "1", "1"))
    assert run_billing(office, OCTOBER).billed == 1
    anew = rows(database, "invoice")[-1]
    assert (anew["number"], anew["round"]) == ("FAK/202610/0000002/100001/20261122", 2)
    assert _owed(office) == Decimal("292.90")
    now = {row["number"]: row["snapshot_sha256"] for row in rows(database, "issued_document")}
    assert issued.items() <= now.items()


def test_an_estimate_that_was_corrected_is_settled_once(
    build: Builder, office: Office, client: BuiltClient, house: House, database: Database
) -> None:
    """The lines of an estimate and of its corrections are taken off together."""
    estimated = build.client("100002", tariff_group_id=1)
    build.history(estimated.meter_id, {date(2026, 7, 31): 0, date(2026, 8, 31): 31})
    run_billing(office, date(2026, 8, 1))
    run_billing(office, SEPTEMBER, estimate=True)
    build.tariff("G2", (date(2020, 1, 1), "6.00", "7.80", "6.40"))
    number = office.read(invoice_number, "202609/2/100002/20261122")
    _correct(office, number, CorrectionKind.PRICE, group="G2")
    with database.writer.connect() as connection, connection.begin():
        connection.execute(metadata.tables["contract"].update().values(tariff_group_id=2))
    build.reading(estimated.meter_id, date(2026, 10, 31), 95)
    run_billing(office, OCTOBER)
    water = [
        (row["quantity"], row["price"])
        for row in rows(database, "invoice_line", "service = 'water'")
        if row["invoice_id"] == rows(database, "invoice")[-1]["id"]
    ]
    # 64 m3 since 31 August, 30 of them estimated; all at the price of the second group
    assert water == [(34, 6)]


def test_what_cannot_be_corrected_is_refused(
    build: Builder, office: Office, client: BuiltClient, database: Database
) -> None:
    before = len(rows(database, "invoice"))
    with pytest.raises(NotFound, match="no invoice FAK/1"):
        _correct(office, "FAK/1", CorrectionKind.READING)
    for kind in (CorrectionKind.READING, CorrectionKind.PRICE, CorrectionKind.BUYER):
        with pytest.raises(Refused, match="already what it would say"):
            _correct(office, SECOND, kind)
    with pytest.raises(WrongInput, match="Say why"):
        _correct(office, SECOND, CorrectionKind.VOID, " ")
    with pytest.raises(NotFound, match="group G7"):
        _correct(office, SECOND, CorrectionKind.PRICE, group="G7")
    (wrong,) = [row["id"] for row in rows(database, "reading") if row["state"] == 120]
    office.do(void_reading, wrong, "x")
    with pytest.raises(Refused, match=f"no reading of the meter {client.meter} closes"):
        _correct(office, SECOND, CorrectionKind.READING)
    assert len(rows(database, "invoice")) == before


def test_of_two_who_correct_at_once_one_is_told_that_it_is_done(
    build: Builder, office: Office, client: BuiltClient, house: House, database: Database
) -> None:
    build.tariff("G2", (date(2020, 1, 1), "5.12", "7.80", "4.40"))
    meet = barrier(2)

    def work(_: int) -> str:
        meet.wait()
        try:
            return _correct(office, SECOND, CorrectionKind.PRICE, group="G2")[0].number
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(work, range(2)))
    assert told[0] == "KOR/202610/0000001/100001/20261122"
    assert "already what it would say" in told[1]
    assert len(rows(database, "invoice")) == 3


def test_an_invoice_is_named_by_its_last_segments(office: Office, client: BuiltClient) -> None:
    assert office.read(invoice_number, f" {SECOND.lower()} ") == SECOND
    assert office.read(invoice_number, "202610/0000001/100001/20261122") == SECOND
    with pytest.raises(Refused, match="2 invoices end in 100001/20261122"):
        office.read(invoice_number, "100001/20261122")
    for wrong in ("20261122", "", "100001/20261121", "FAK/202610/0000009/100001/20261122"):
        with pytest.raises(NotFound, match="no invoice"):
            office.read(invoice_number, wrong)


@pytest.mark.parametrize("seed", range(3))
def test_any_history_of_corrections_adds_up(
    seed: int, build: Builder, office: Office, client: BuiltClient, house: House, database: Database
) -> None:
    """The ledger is the sum of the last bills, no m³ is lost, what was issued never changes."""
    build.staff(Role.ADMIN)
    build.tariff("G2", (date(2020, 1, 1), "6.01", "7.13", "4.44"))
    chance = random.Random(seed)
    stands = {FIRST: Decimal("146.45"), SECOND: Decimal("146.45")}
    for _ in range(15):
        issued = {row["number"]: row["snapshot"] for row in rows(database, "issued_document")}
        target = chance.choice([number for number, gross in stands.items() if gross])
        try:
            for done in _anything(chance, build, office, client, target):
                assert stands[done.corrects] == done.before
                stands[done.corrects] = done.after
        except Refused:
            pass
        for row in rows(database, "invoice", "kind = 'invoice'"):
            stands.setdefault(row["number"], row["gross"])
        now = {row["number"]: row["snapshot"] for row in rows(database, "issued_document")}
        assert issued.items() <= now.items()
        entries = rows(database, "ledger_entry")
        assert sum(row["amount"] for row in entries) == sum(stands.values())
        settled = _settled(database)
        assert all(before[1] == after[0] for before, after in pairwise(settled)), settled
    assert faults(house) == []


def _settled(database: Database) -> list[tuple[tuple[date, int], tuple[date, int]]]:
    """Return from where to where the invoices that stand settled the meter, by days."""
    newest: dict[int, int] = {}
    for row in rows(database, "invoice"):
        newest[row["corrects_id"] or row["id"]] = row["id"]
    found = [row for row in rows(database, "invoice_meter") if row["invoice_id"] in newest.values()]
    return sorted(((row["from_day"], row["from_state"]), (row["to_day"], row["to_state"])) for row in found)


def _anything(
    chance: random.Random, build: Builder, office: Office, client: BuiltClient, target: str
) -> tuple[IssuedCorrection, ...]:
    match chance.randrange(5):
        case 0:
            done = _correct(office, target, CorrectionKind.VOID)
            run_billing(office, date.fromisoformat(f"{target[4:8]}-{target[8:10]}-01"))
            return done
        case 1:
            return _correct(office, target, CorrectionKind.PRICE, group=chance.choice(["G1", "G2"]))
        case _:
            day = chance.choice([date(2026, 9, 30), date(2026, 10, 31)])
            _reread(build, office, client, day, (105 if day.month == 9 else 118) + chance.randrange(8))
            wrong = [line.number for line in office.read(invoices_to_correct)]
            return _correct(office, chance.choice([*wrong, target]), CorrectionKind.READING)
