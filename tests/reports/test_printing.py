"""Printing a period: whole files, resumed where it stopped, nothing overwritten, nothing held up."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import CannotWrite, WrongInput
from db.records.documents import Snapshot, to_json
from reports.documents import printing
from reports.documents.printing import Printable, Printed, print_documents
from reports.documents.registry import render
from tests.reports.money_examples import INVOICE, RECEIPT
from tests.reports.pdfs import faults_of, pages_of


def printable(snapshot: Snapshot) -> Printable:
    return Printable(snapshot.number, snapshot.kind, to_json(snapshot))


def period(count: int) -> list[Printable]:
    """Return the invoices of a period."""
    return [
        printable(replace(INVOICE, number=f"FAK/202611/{number:07d}/123456/20261122"))
        for number in range(1, count + 1)
    ]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_document_gets_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "2026-11"
    heard: list[Printed] = []
    documents = [*period(3), printable(RECEIPT)]
    done = print_documents(iter(documents), folder, processes=1, progress=heard.append)
    assert done == Printed(written=4)
    assert heard == [done]
    assert names(folder) == [
        "FAK-202611-0000001-123456-20261122.pdf",
        "FAK-202611-0000002-123456-20261122.pdf",
        "FAK-202611-0000003-123456-20261122.pdf",
        "KP-2026-000233.pdf",
    ]
    for document, name in zip(documents, names(folder), strict=True):
        assert (folder / name).read_bytes() == render(document.kind, document.snapshot)
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_a_second_run_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    documents = period(5)
    print_documents(documents[:2], tmp_path, processes=1)
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in names(tmp_path)}
    assert print_documents(documents, tmp_path, processes=1) == Printed(written=3, kept=2)
    assert all((tmp_path / name).stat().st_mtime_ns == at for name, at in before.items())
    assert print_documents(documents, tmp_path, processes=1) == Printed(kept=5)
    assert len(names(tmp_path)) == 5


def test_a_broken_or_foreign_file_is_left_and_ours_gets_another_name(tmp_path: Path) -> None:
    (document,) = period(1)
    whole = render(document.kind, document.snapshot)
    name = "FAK-202611-0000001-123456-20261122"
    (tmp_path / f"{name}.pdf").write_bytes(whole[:-100])
    assert print_documents([document], tmp_path, processes=1) == Printed(written=1)
    assert (tmp_path / f"{name}.pdf").read_bytes() == whole[:-100]
    assert (tmp_path / f"{name}-2.pdf").read_bytes() == whole
    assert print_documents([document], tmp_path, processes=1) == Printed(kept=1)
    changed = printable(replace(INVOICE, number=document.number, tariff="G2"))
    assert print_documents([changed], tmp_path, processes=1) == Printed(written=1)
    assert names(tmp_path) == [f"{name}-2.pdf", f"{name}-3.pdf", f"{name}.pdf"]


def test_a_stored_paper_comes_out_as_it_is(tmp_path: Path) -> None:
    document = replace(period(1)[0], pdf=b"%PDF-1.7 as it was printed first %%EOF")
    for _ in range(2):
        print_documents([document], tmp_path, processes=1)
    (path,) = tmp_path.iterdir()
    assert path.read_bytes() == document.pdf


def test_one_that_cannot_be_read_does_not_hold_the_others_up(tmp_path: Path) -> None:
    documents = period(3)
    documents[1] = replace(documents[1], snapshot="{}")
    done = print_documents(documents, tmp_path, processes=1, joint_size=3)
    assert (done.written, done.failed) == (2, 1)
    assert [failure.number for failure in done.failures] == [documents[1].number]
    assert isinstance(done.failures[0].error, WrongInput)
    assert len(pages_of((tmp_path / done.joint[0]).read_bytes())) == 2


def test_joint_files_hold_their_documents_in_order(tmp_path: Path) -> None:
    documents = period(5)
    done = print_documents(documents, tmp_path, processes=1, joint_size=2)
    assert done.joint == ("zbiorczy-00001.pdf", "zbiorczy-00002.pdf", "zbiorczy-00003.pdf")
    pages = []
    for name in done.joint:
        pdf = (tmp_path / name).read_bytes()
        assert faults_of(pdf) == []
        pages += pages_of(pdf)
    assert [page.count(document.number) > 0 for page, document in zip(pages, documents, strict=True)] == [
        True
    ] * 5
    assert print_documents(documents, tmp_path, processes=1, joint_size=2) == Printed(
        kept=5, joint=done.joint
    )
    assert len(names(tmp_path)) == 8


@pytest.mark.parametrize("size", [-1, printing.MOST_JOINT + 1])
def test_a_joint_file_of_nonsense_size_is_refused(tmp_path: Path, size: int) -> None:
    with pytest.raises(WrongInput, match="joint file"):
        print_documents([], tmp_path, joint_size=size)


def test_nothing_to_print_prints_nothing(tmp_path: Path) -> None:
    assert print_documents([], tmp_path / "none", processes=2) == Printed()
    assert not (tmp_path / "none").exists()


def test_several_processes_print_the_same_and_hand_out_no_more_than_they_need(tmp_path: Path) -> None:
    documents = period(4)
    taken = 0

    def endless() -> Iterator[Printable]:
        nonlocal taken
        for document in documents * 500:
            taken += 1
            yield document

    class Enough(Exception):
        """Stops the run, as Ctrl+C would."""

    def stop(_: Printed) -> None:
        raise Enough

    with pytest.raises(Enough):
        print_documents(endless(), tmp_path, processes=2, progress=stop)
    assert taken <= printing.BATCH * 7  # 3 for each process, and the one that is being handed out
    assert [render(each.kind, each.snapshot) for each in documents] == [
        (tmp_path / name).read_bytes() for name in names(tmp_path)
    ]


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "may not")]
)
def test_a_folder_that_takes_nothing_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("tempfile.mkstemp", fail)
    with pytest.raises(CannotWrite, match=said):
        print_documents(period(2), tmp_path, processes=1)
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of that kind")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_file_that_the_system_cuts_off_is_taken_away(tmp_path: Path, processes: int) -> None:
    documents = period(3)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))  # a third of a paper; the processes inherit it
    try:
        with pytest.raises(CannotWrite, match="disk is full"):
            print_documents(documents, tmp_path, processes=processes)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path) == []
    assert print_documents(documents, tmp_path, processes=processes) == Printed(written=3)


def test_a_refusal_comes_back_from_another_process_whole(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="is not a folder") as refusal:
        print_documents(period(2), tmp_path / "file", processes=2)
    assert refusal.value.params["folder"]


PROGRAM = """
from pathlib import Path
import sys
from reports.documents.printing import print_documents
from tests.reports.test_printing import period
if __name__ == "__main__":
    said = lambda done: print(done.written, flush=True)
    print_documents(period(5000), Path(sys.argv[1]), processes=1, progress=said)
"""


def test_killed_in_the_middle_it_leaves_whole_files_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == f"{printing.BATCH}\n"
        run.send_signal(signal.SIGKILL)
    written = sorted(folder.glob("FAK*.pdf"))
    assert printing.BATCH <= len(written) < 5000
    documents = period(len(written) + 5)
    for path, document in zip(written, documents, strict=False):
        assert path.read_bytes() == render(document.kind, document.snapshot)
    assert print_documents(documents, folder, processes=1) == Printed(written=5, kept=len(written))
