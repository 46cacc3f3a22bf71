"""T31 in a first form: what breaks under an operation is told in a sentence, and nothing is half-done."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.backup import back_up
from db.doors import DESK, operation
from db.engine import open_database
from db.errors import DatabaseUnavailable
from db.office import Office
from db.operations.readings import record_reading
from db.queries.readings import list_readings
from db.queries.worklists import work_counts
from db.records.readings import ReadingInput
from db.work import Work
from tests.trust.breaking import (
    NOBODY,
    at_statement,
    become_nobody,
    break_statement,
    disconnect,
    full_disk,
    in_child,
    limit_files,
    locked_out,
    record_broken,
)
from tests.trust.town import Town
from tests.trust.workers import Place

STATEMENTS = 40
"""More than an operation has; each test finds out how many there are."""


@pytest.fixture
def office(town: Town) -> Office:
    """An agent's door in this process."""
    return town.house.office(town.agents[0])


def refuse(office: Office, entry: ReadingInput) -> DatabaseUnavailable:
    """Record a reading while something is broken; return what the agent is told."""
    with pytest.raises(DatabaseUnavailable) as told:
        office.do(record_reading, entry)
    assert str(told.value).endswith((".", "URL.", "FILE."))
    return told.value


def is_there(town: Town, entry: ReadingInput) -> bool:
    """Tell whether the reading stands; whatever stands must be whole."""
    evidence = town.evidence(checked=False)
    evidence.require_whole()
    return evidence.submissions[entry.submission] == 1


# -- whatever fails, at every statement


def test_a_fault_at_any_statement_leaves_the_old_state(town: Town, office: Office) -> None:
    """T31: the driver fails at each statement in turn; then the same form saves once."""
    for statement, entry in enumerate(town.entries("io", STATEMENTS)):
        with at_statement(town.house, statement, break_statement(town.house)) as struck:
            try:
                office.do(record_reading, entry)
            except DatabaseUnavailable as error:
                told = str(error)
            else:
                assert not struck
                break
        assert "nothing was saved" in told or "cannot be reached" in told
        assert not is_there(town, entry)
        assert not office.do(record_reading, entry).repeated
    else:
        pytest.fail("the operation has more statements than this test tries")
    assert statement > 8
    town.evidence().require_whole()


def test_a_lost_connection_at_any_statement_leaves_old_or_new(town: Town, office: Office) -> None:
    """T31: the server ends the session under each statement, COMMIT included; the next work reconnects."""
    told = ""
    if town.house.database.dialect != "postgresql":
        return
    for statement, entry in enumerate(town.entries("lost", STATEMENTS)):
        with at_statement(town.house, statement, disconnect(town.house)) as struck:
            try:
                office.do(record_reading, entry)
            except DatabaseUnavailable as error:
                told = str(error)
            else:
                assert not struck
                break
        assert "cannot be reached" in told
        stands = is_there(town, entry)
        assert office.do(record_reading, entry).repeated is stands
    else:
        pytest.fail("the operation has more statements than this test tries")
    assert statement > 8
    town.evidence().require_whole()


@operation(roles=DESK)
def record_in_two_halves(work: Work, entry: ReadingInput) -> None:
    """The mutant of T31: it commits before the journal is written."""
    record_reading(work, entry)
    work.session.commit()


def test_an_operation_that_commits_half_way_is_found_out(town: Town, office: Office) -> None:
    """The control of T31: the evidence shows a reading without its audit entry."""
    (entry,) = town.entries("half", 1)
    with pytest.raises(sa.exc.InvalidRequestError):
        office.do(record_in_two_halves, entry)
    evidence = town.evidence()
    assert evidence.submissions[entry.submission] == 1
    assert evidence.half_done
    with pytest.raises(AssertionError):
        evidence.require_whole()


# -- the disk


def test_a_full_disk_is_told_and_leaves_whole_operations(town: Town, office: Office) -> None:
    """T31: writes go on until the disk is full; once there is room, the same form saves."""
    if town.house.database.dialect != "sqlite":
        return
    entries = town.entries("full", 100)
    with full_disk(town.house):
        saved = 0
        while is_saved(office, entries[saved]):
            saved += 1
        assert "disk with the database is full" in str(refuse(office, entries[saved]))
        assert not is_there(town, entries[saved])
        assert len(office.read(list_readings, entries[0].meter)) == min(saved, 20)
    assert not office.do(record_reading, entries[saved]).repeated
    town.evidence().require_whole()


def is_saved(office: Office, entry: ReadingInput) -> bool:
    try:
        office.do(record_reading, entry)
    except DatabaseUnavailable:
        return False
    return True


def test_files_that_may_not_grow_are_told_and_leave_whole_operations(town: Town) -> None:
    """T31: the operating system refuses to let any file of the desk grow (as a quota does)."""
    if town.house.database.dialect != "sqlite":
        return
    entries = town.entries("quota", 100)
    told = in_child(record_broken, town.place, town.agents[0], entries, limit_files)
    saved = [entry for entry, answer in zip(entries, told, strict=False) if answer == "saved"]
    refusals = {answer for answer in told if answer != "saved"}
    assert 0 < len(saved) < len(entries)
    assert all("nothing was saved" in answer for answer in refusals), refusals
    evidence = town.evidence()
    evidence.require_whole()
    assert set(evidence.submissions) == {entry.submission for entry in saved}


def test_a_head_that_cannot_be_noted_does_not_unsay_what_was_saved(town: Town) -> None:
    """T31: the journal's outside head is on a disk that fails: the reading is saved, and said to be."""
    entry, later = town.entries("heads", 2)
    folder = Path(town.place.state) / "heads"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    office = town.place.house().office(town.agents[0])
    assert not office.do(record_reading, entry).repeated
    assert is_there(town, entry)
    folder.unlink()
    office.do(record_reading, later)
    assert office.house.heads is not None
    assert office.house.heads.read()["audit"][0] == 3, "the next one makes up for it"
    office.house.database.close()


# -- permissions, locks, servers


@pytest.fixture
def elsewhere(town: Town) -> Iterator[Path]:
    """A copy of an SQLite installation where an unprivileged user gets at it."""
    place = Path(tempfile.mkdtemp(prefix="bok-elsewhere-"))
    if town.house.database.dialect == "sqlite":
        back_up(town.house.database, place / "bok.sqlite3")
    yield place
    place.chmod(0o700)
    shutil.rmtree(place)


@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o600), (0o755, 0o400), (0o555, 0o400)])
def test_a_file_or_folder_that_may_not_be_written_is_told(
    town: Town, elsewhere: Path, folder: int, file: int
) -> None:
    """T31: read-only file, read-only folder, both: one sentence, and not a byte changed."""
    if town.house.database.dialect != "sqlite":
        return
    entries = town.entries("ro", 2)
    path = elsewhere / "bok.sqlite3"
    back_up(town.house.database, path, force=True)
    before = path.read_bytes()
    for target, mode in ((path, file), (elsewhere, folder)):
        if os.geteuid() == 0:
            os.chown(target, NOBODY, NOBODY)
        target.chmod(mode)
    place = Place(f"sqlite:///{path}", str(elsewhere / "state"), town.place.now)
    told = in_child(record_broken, place, town.agents[0], entries, become_nobody)
    assert len(told) == 2
    assert all("may not be written to" in answer or "cannot be opened" in answer for answer in told), told
    assert path.read_bytes() == before


def test_whoever_waits_too_long_for_a_lock_is_told(town: Town, office: Office) -> None:
    """T31: another session holds on to what writers need; afterwards the same form saves."""
    (entry,) = town.entries("lock", 1)
    with locked_out(town.house):
        assert "busy for too long; nothing was saved" in str(refuse(office, entry))
    assert not office.do(record_reading, entry).repeated
    town.evidence().require_whole()


def test_a_server_that_is_not_there_is_told(town: Town) -> None:
    """T31: no server at that address, no database of that name, a wrong password."""
    if town.house.database.dialect != "postgresql":
        return
    url = town.house.database.url
    wrong = {
        "cannot be reached": url.set(query={"host": "/nowhere"}),
        "cannot be reached;": url.set(host="127.0.0.1", port=1, query={}),
        "no database of that name": url.set(database="nowhere"),
        "refused the user name": url.set(username="nobody_of_that_name"),
    }
    for sentence, address in wrong.items():
        database = open_database(address.render_as_string(hide_password=False))
        office = dataclasses.replace(town.house, database=database).office(town.agents[0])
        with pytest.raises(DatabaseUnavailable, match=sentence):
            office.do(record_reading, town.entries(f"gone-{sentence}", 1)[0])
        with pytest.raises(DatabaseUnavailable, match=sentence):
            office.read(work_counts)
        database.close()
