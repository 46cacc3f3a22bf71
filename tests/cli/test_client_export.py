"""`bok client export`: everything that is kept, nothing of others, and nobody who looked."""

from __future__ import annotations

import hashlib
import io
import json
import stat
from pathlib import Path

from pypdf import PdfReader

from db.office import House
from db.queries.clients import client_card
from db.rules.masking import mask_pesel
from db.settings import load_settings
from tests.cli.shell_desk import ShellDesk
from tests.db.builders import last_access, rows
from tests.db.privacy_client import MARKS, NUMBER, PARTY_PESEL, departed
from tests.reports.pdfs import text_of

ABSENT = {
    *("token", "mail_body", "attachment", "last_name", "paragraph"),
    *("incoming_raw", "incoming_words"),
}
"""Secrets of a link, and contents of files and letters, which are listed but not copied."""


def exported(desk: ShellDesk, folder: Path) -> tuple[dict[str, object], bytes]:
    desk.sign_in("ewa")
    answer = desk.run("client", "export", NUMBER, "--output", str(folder), "--format", "json")
    assert answer.code == 0, answer.err
    pdf, data = Path(answer.json["pdf"]), Path(answer.json["json"])
    assert hashlib.sha256(data.read_bytes()).hexdigest() == answer.json["sha256"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (pdf, data)} == {0o600}
    return json.loads(data.read_text()), pdf.read_bytes()


def test_everything_of_the_client_is_there_and_nothing_of_others(desk: ShellDesk, tmp_path: Path) -> None:
    made = departed(desk.house, desk.build)
    desk.build.household("102499", last_name="Sąsiadka")
    desk.build.add(
        "address",
        client_id=made.client.id,
        street="Dawna",
        house="3",
        postal_code="43-400",
        town="Cieszyn",
        street_key="dawna",
        number_key="3",
        town_key="cieszyn",
    )
    copy, pdf = exported(desk, tmp_path / "out")
    whole = json.dumps(copy, ensure_ascii=False)
    for what, mark in MARKS.items():
        assert (mark in whole) is (what not in ABSENT), what
    for other in (PARTY_PESEL, "Sąsiadka", "102499"):
        assert other not in whole
    assert mask_pesel(PARTY_PESEL) in whole
    parts = copy["parts"]
    assert isinstance(parts, dict)
    assert {key: len(parts[key]) for key in ("readings", "invoices", "payments", "parties", "documents")} == {
        "readings": 4, "invoices": 2, "payments": 1, "parties": 2, "documents": 5,
    }  # fmt: skip
    assert [row["sender"] for row in parts["incoming_mails"]] == [
        "o***@example.com",
        MARKS["email"],
    ]
    assert [row["typed"] for row in parts["reading_drafts"]] == ["x", "102 481", made.client.meter]
    assert [row["state"] for row in parts["dropped_readings"]] == ["132"]
    uses = {row["street"]: row["use"] for row in parts["addresses"]}
    assert (uses.pop(MARKS["mailing_street"]), uses.pop("Dawna")) == ("mailing", "former")
    assert set(uses.values()) == {"supply"}
    assert parts["invoices"][0]["gross"] == "146.45"
    assert parts["readings"][0] == {
        "meter": made.client.meter, "day": "2026-08-31", "state": "100", "consumption": "100",
        "channel": "field", "estimated": False, "note": "",
    }  # fmt: skip
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    said = text_of(pdf)
    for shown in (
        "RODO15/2026/0000001",
        "Cele i podstawy prawne",
        MARKS["email"],
        "Wglądy w dane",
        "dawny adres",
    ):
        assert shown in said, shown
    assert PARTY_PESEL not in said


def test_every_look_is_there_with_its_purpose_and_without_a_name(
    desk: ShellDesk, house: House, tmp_path: Path
) -> None:
    made = departed(desk.house, desk.build)
    looks = 0
    for entry in rows(desk.database, "access_entry"):
        looks += entry["client_id"] == made.client.id
    for _ in range(3):
        made.office.read(client_card, NUMBER)
    contact = rows(desk.database, "contact")[0]["id"]
    entry = {key: value for key, value in last_access(desk.database).items() if key != "mac"}
    assert entry["staff_login"] not in ("", None)
    copy, _pdf = exported(desk, tmp_path)
    found = copy["look_ups"]
    assert isinstance(found, list)
    assert len(found) == looks + 3
    assert found[-1] == {
        "at": "2026-11-22T09:00:00+00:00", "action": "VIEW", "scope": entry["scope"], "purpose": None,
        "channel": None,
    }  # fmt: skip
    names = {row["name"] for row in rows(desk.database, "staff")}
    names |= {row["login"] for row in rows(desk.database, "staff")}
    whole = json.dumps(copy, ensure_ascii=False)
    assert not [name for name in names if name in whole.split('"')]
    assert contact
    last = [row["scope"] for row in rows(desk.database, "access_entry")[-3:]]
    assert last == ["personal data", "look-ups", "document RODO15/2026/0000001"]


def test_an_agent_may_not_and_a_file_is_not_written_over(desk: ShellDesk, tmp_path: Path) -> None:
    departed(desk.house, desk.build, rendered=False)
    refused = desk.run("client", "export", NUMBER, "--output", str(tmp_path))
    assert refused.code != 0
    assert "Your role" in refused.err
    assert list(tmp_path.glob("rodo15*")) == []
    desk.sign_in("ewa")
    target = tmp_path / "kopia.pdf"
    target.write_text("mine")
    again = desk.run("client", "export", NUMBER, "--output", str(target))
    assert again.code != 0
    assert target.read_text() == "mine"
    assert [row for row in rows(desk.database, "issued_document") if row["kind"] == "data_export"] == []
    forced = desk.run("client", "export", NUMBER, "--output", str(target), "--force")
    assert forced.code == 0, forced.err
    assert target.read_bytes().startswith(b"%PDF")
    assert target.with_suffix(".json").exists()
    assert desk.run("client", "export", "999999", "--output", str(tmp_path)).code == 3


def test_without_a_folder_it_goes_to_the_documents(desk: ShellDesk) -> None:
    departed(desk.house, desk.build, rendered=False)
    desk.sign_in("ewa")
    answer = desk.run("client", "export", NUMBER, "--format", "json")
    assert answer.code == 0, answer.err
    pdf = Path(answer.json["pdf"])
    assert pdf.parent == load_settings().documents
    assert (pdf.is_file(), pdf.with_suffix(".json").is_file()) == (True, True)
