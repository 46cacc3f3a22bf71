"""Files that leave the office: safe names, private, whole or not at all, never over another one."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import CannotWrite, Refused
from db.whole_files import save
from reports.documents.files import write_document
from tests.reports.hostile import HOSTILE
from tests.together import barrier, see_off, threads_of

RESERVED = (
    "CON",
    "nul",
    "com1.txt",
    "LPT9",
    "-rf",
    ".bashrc",
    "..",
    "/",
    "/etc/passwd",
    "a/../../b",
    "C:\\x",
    "~",
    "",
)


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(code: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.fixture
def umask() -> Any:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_a_document_is_private_and_its_folder_too(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "documents"
    path = write_document(folder, "P/2026/000118 Łukasz Żółw", b"%PDF")
    assert path.parent == folder
    assert path.name == "P-2026-000118-Lukasz-Zolw.pdf"
    assert path.read_bytes() == b"%PDF"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert entries(folder) == [path.name]


def test_the_same_bytes_keep_their_file_and_others_get_a_number(tmp_path: Path) -> None:
    first = write_document(tmp_path, "P-1", b"one")
    second = write_document(tmp_path, "P-1", b"two")
    assert write_document(tmp_path, "P-1", b"one") == first
    assert write_document(tmp_path, "P-1", b"two") == second
    assert write_document(tmp_path, "P-1", b"three").name == "P-1-3.pdf"
    assert first.read_bytes() == b"one"
    assert second.name == "P-1-2.pdf"


def test_links_and_folders_of_that_name_are_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"secret")
    (tmp_path / "a.pdf").symlink_to(elsewhere)
    (tmp_path / "a-2.pdf").mkdir()
    os.mkfifo(tmp_path / "a-3.pdf")
    assert write_document(tmp_path, "a", b"secret").name == "a-4.pdf"
    assert elsewhere.read_bytes() == b"secret"


def test_many_at_once_never_share_a_name(tmp_path: Path) -> None:
    paths: list[Path] = []
    meet = barrier(8)

    def write(number: int) -> None:
        meet.wait()
        paths.append(write_document(tmp_path, "same", b"%d" % number))

    threads = threads_of(*(partial(write, number) for number in range(8)))
    for thread in threads:
        thread.start()
    see_off(threads)
    assert len(set(paths)) == 8
    assert sorted(path.read_bytes() for path in paths) == [b"%d" % number for number in range(8)]


@given(name=st.one_of(st.text(max_size=300), st.sampled_from(HOSTILE + RESERVED)))
def test_every_name_stays_inside_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("names")
    for content in (b"1", b"2"):
        path = write_document(folder, name, content)
        assert path.parent.resolve() == folder.resolve()
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*\.pdf", path.name)
        assert len(path.name) <= 100
        assert path.name.split(".")[0].casefold() not in {"con", "nul", "com1", "lpt9"}
    assert len(entries(folder)) == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "share of the disk is full"),
        (errno.EIO, "could not be written"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_disk_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str, step: str
) -> None:
    monkeypatch.setattr(os, step, failing(code))
    with pytest.raises(CannotWrite, match=said):
        write_document(tmp_path, "a", b"1")
    assert entries(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "said"), [(errno.EACCES, "may not write to the folder"), (errno.EROFS, "read-only")]
)
def test_a_folder_that_takes_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    monkeypatch.setattr("tempfile.mkstemp", failing(code))
    with pytest.raises(CannotWrite, match=said) as refusal:
        write_document(tmp_path, "a", b"1")
    assert str(tmp_path) in str(refusal.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_real_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite, match="may not write"):
        write_document(tmp_path, "a", b"1")
    tmp_path.chmod(0o700)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CannotWrite, match="is not a folder"):
            write_document(folder, "a", b"1")


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_a_disk_without_hard_links_still_keeps_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(os, "link", failing(code))
    assert write_document(tmp_path, "a", b"1").name == "a.pdf"
    assert write_document(tmp_path, "a", b"2").name == "a-2.pdf"
    assert entries(tmp_path) == ["a-2.pdf", "a.pdf"]


@pytest.mark.usefixtures("umask")
def test_save_replaces_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    save(path, b"1")
    with pytest.raises(Refused, match="exists already"):
        save(path, b"2")
    assert path.read_bytes() == b"1"
    save(path, b"2", force=True)
    assert path.read_bytes() == b"2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert entries(tmp_path) == ["list.csv"]


def test_save_says_what_is_wrong_with_the_path(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "none" / "a.csv", "no folder"),
        (tmp_path / ("a" * 300), "too long"),
    ):
        with pytest.raises(CannotWrite, match=said):
            save(path, b"1")
    with pytest.raises(Refused, match="is a folder"):
        save(tmp_path, b"1", force=True)
    assert entries(tmp_path) == []
