"""`bok client anonymise`: told before, done with --yes, refused with its reason, once."""

from __future__ import annotations

from tests.cli.shell_desk import ShellDesk
from tests.db.builders import rows
from tests.db.privacy_client import MARKS, NUMBER, departed


def test_without_yes_it_tells_what_it_would_erase(desk: ShellDesk) -> None:
    departed(desk.house, desk.build, rendered=False)
    desk.sign_in("ewa")
    answer = desk.run("client", "anonymise", NUMBER, "--format", "json")
    assert answer.code == 0, answer.err
    assert "add --yes" in answer.err
    assert "contact_point: 3" in answer.json["erased"]
    assert any("2031-12-31" in part for part in answer.json["kept"])
    assert rows(desk.database, "client")[0]["anonymised_on"] is None


def test_with_yes_it_is_done_and_told_once(desk: ShellDesk) -> None:
    departed(desk.house, desk.build, rendered=False)
    desk.sign_in("ewa")
    answer = desk.run("client", "anonymise", NUMBER, "--yes", "--format", "json")
    assert answer.code == 0, answer.err
    assert (answer.json["document"], answer.json["kept_until"]) == ("RODO17/2026/0000001", "2032-12-31")
    assert "Backups made before" in answer.err
    assert not [mark for mark in MARKS.values() if mark in answer.out + answer.err]
    again = desk.run("client", "anonymise", NUMBER, "--yes")
    assert again.code != 0
    assert "The data of client 102481 was erased on" in again.err
    assert desk.run("db", "scrub").code == 0


def test_a_client_who_is_served_is_refused_and_an_agent_may_not(desk: ShellDesk) -> None:
    desk.build.household("102499")
    refused = desk.run("client", "anonymise", "102499", "--yes")
    assert refused.code != 0
    assert "Your role" in refused.err
    desk.sign_in("ewa")
    runs = desk.run("client", "anonymise", "102499", "--yes")
    assert runs.code != 0
    assert "runs: nothing is erased before it ends" in runs.err
    later = desk.run("client", "anonymise", "102499", "--yes", "--as-of", "2026-11-25")
    assert "judged as of today" in later.err
