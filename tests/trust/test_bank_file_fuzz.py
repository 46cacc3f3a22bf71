"""Damaged and hostile bank files: each is taken with every grosz in its place, or refused in words."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest
from mt940.models import Transactions

from db.errors import BokError
from db.records.bank_file import BankFile, Movement
from db.rules.bank_files.reading import read_bank_file
from db.rules.text_encoding import decode
from tests.rules.bank_samples import OWN_ACCOUNT, PREFIX, ROUTING, TYPICAL, Bank, encoded, mass_list, mt940
from tests.rules.test_mass_payments import ROWS
from tests.trust.bombs import BOMBS
from tests.trust.mutants import mutants, substitute
from tests.trust.scale import SCALE

SEED = 20261122
SECONDS = 5.0
"""A file that takes longer to refuse holds up a desk."""

STATEMENTS = [encoded(bank) for bank in Bank]
STATEMENTS.append(
    (mt940(bank=Bank.ING, number="1/1", paged=("F", "M")) + mt940(
        bank=Bank.ING, number="1/2", paged=("M", "F"), opening="1537.16")).encode("cp852")
)  # fmt: skip
LISTS = [mass_list(ROWS).encode(encoding) for encoding in ("utf-8", "cp1250", "cp852")]
LISTS.append((mass_list(ROWS) + "Razem;1123,45;;;\n").encode())

INWARD = {Movement.CREDIT, Movement.DEBIT_REVERSED}


def taken(data: bytes) -> BankFile | None:
    """Return the file, or None when it is refused in words; anything else fails the test."""
    try:
        return read_bank_file(data, accounts=[OWN_ACCOUNT])
    except BokError as refused:
        words = str(refused)
    assert words
    assert "%(" not in words
    return None


def money(file: BankFile) -> Counter[tuple[str, str, Decimal]]:
    """Return what moved in a file, whatever its words."""
    return Counter(
        (statement.account, line.movement, line.amount)
        for statement in file.statements
        for line in (*statement.lines, *statement.others)
    )


def test_a_damaged_statement_reconciles_or_is_refused() -> None:
    kept = Counter[str]()
    for data, original, damage in mutants(STATEMENTS, SCALE.mutants, SEED):
        file = taken(data)
        kept["taken" if file else "refused"] += 1
        if file is None:
            continue
        keys = [line.key for one in file.statements for line in (*one.lines, *one.others)]
        assert len(set(keys)) == len(keys)
        for statement in file.statements:
            assert statement.opening is not None
            moved = sum(
                line.amount if line.movement in INWARD else -line.amount
                for line in (*statement.lines, *statement.others)
            )
            assert statement.opening + moved == statement.closing
            assert all(line.amount > 0 for line in statement.lines)
        if damage is substitute:  # one wrong byte never changes what is booked
            assert money(file) == money(read_bank_file(original))
    assert min(kept.values()) > SCALE.mutants // 20


def test_a_damaged_list_is_read_or_refused() -> None:
    for data, _, _ in mutants(LISTS, SCALE.mutants, SEED + 1):
        file = taken(data)
        if file:
            assert all(line.amount > 0 and line.virtual_account for line in file.lines)
            assert len({line.key for line in file.lines}) == len(list(file.lines))


def test_without_our_control_sum_damaged_statements_would_pass() -> None:
    """The control: the bare library takes statements whose balances and movements disagree."""
    disagree = 0
    for data, _, _ in mutants(STATEMENTS, SCALE.mutants, SEED):
        library = Transactions()
        try:
            library.parse(decode(data).text)
            opening, closing = (
                library.data[f"final_{side}_balance"].amount.amount for side in ("opening", "closing")
            )
            moved = sum(one.data["amount"].amount for one in library)
        except Exception:
            continue
        if opening + moved != closing and len(library) > 0:
            disagree += 1
    assert disagree > SCALE.mutants // 50


def test_a_file_cut_anywhere_is_never_taken_in_part() -> None:
    whole = encoded(Bank.ING)
    everything = money(read_bank_file(whole))
    for end in range(len(whole)):
        file = taken(whole[:end])
        assert file is None or money(file) == everything


def test_the_same_file_again_has_the_same_keys() -> None:
    for data in (*STATEMENTS, *LISTS):
        first, again = (read_bank_file(data) for _ in range(2))
        assert first == again
    assert len({read_bank_file(data).digest for data in STATEMENTS}) == len(STATEMENTS)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_little_memory_and_soon(bomb: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.bombs", bomb],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split(" s: ")[0]) < SECONDS


def test_a_reader_that_takes_everything_in_dies_of_a_bomb() -> None:
    """The control: the child really has little memory; forty copies of a bomb are too much."""
    code = (
        "import resource; from tests.trust.bombs import BOMBS, MEMORY;"
        "resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY));"
        "[BOMBS['cells without end']().decode() for _ in range(40)]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert "MemoryError" in done.stderr


def test_titles_of_samples_name_what_they_mean() -> None:
    """The samples that are damaged here are real enough to be matched."""
    file = read_bank_file(encoded(Bank.PKO))
    assert [line.title for line in file.lines] == [sent.title for sent in TYPICAL if sent.mark == "C"]
    assert any(ROUTING + PREFIX in line.virtual_account for line in file.lines)
