"""Bank files that are made to exhaust a reader, and a child process with little memory to read them.

    python -m tests.trust.bombs NAME

prints what the reader said; the memory is limited to 512 MB beforehand.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

from db.errors import BokError
from db.rules.bank_files.limits import MOST_BYTES, MOST_TEXT_LINES
from db.rules.bank_files.reading import read_bank_file
from tests.rules.bank_samples import ROUTING, Bank, mass_list, mt940

MEMORY = 512 * 2**20
SIZE = MOST_BYTES - 10_000

_STATEMENT = mt940(bank=Bank.ING, newline="\n")
_BEGINNING, _END = _STATEMENT.split(":61:", 1)[0], _STATEMENT[_STATEMENT.index(":62F:") :]
_LINE = ":61:2611201120C1,00NTRF\n:86:<20woda\n"

BOMBS: dict[str, Callable[[], bytes]] = {
    "too large": lambda: b"x" * (MOST_BYTES + 1),
    "one endless line": lambda: b"x" * SIZE,
    "newlines only, then a field": lambda: b"\n" * SIZE + b":20:x\n",
    "as many newlines as may be": lambda: b"\n" * (MOST_TEXT_LINES - 1) + b":20:x\n",
    "blanks before a field": lambda: b"\n" + b" " * SIZE + b":20:x\n",
    "one endless field": lambda: (_BEGINNING + ":86:" + "x" * SIZE).encode(),
    "a field of endless lines": lambda: (_BEGINNING + _LINE + "x\n" * (MOST_TEXT_LINES - 99)).encode(),
    "a statement in every line": lambda: b":20:x\n" * (SIZE // 6),
    "a movement in every line": lambda: (_BEGINNING + _LINE * (SIZE // len(_LINE)) + _END).encode(),
    "emoji": lambda: ("👩" * (SIZE // 4)).encode(),
    "Polish letters of no encoding": lambda: b"\xb9\xea\x81\x90" * (SIZE // 4),
    "a cell without end": lambda: mass_list([]).encode() + b'"' + b"x" * (SIZE - 1000),
    "cells without end": lambda: mass_list([]).encode() + b";" * (SIZE - 1000),
    "a header without end": lambda: b"Data;Kwota;Rachunek" + b";" * (SIZE - 1000),
    "digits": lambda: (_BEGINNING + ":61:261120C" + "9" * (SIZE - 1000)).encode(),
    "fields in the middle of lines": lambda: b"x:61:" * (SIZE // 5),
    "account numbers": lambda: (f"{_BEGINNING}:61:2611201120C1,00NTRF\n:86:" + f"{ROUTING} " * 400).encode(),
}  # fmt: skip


def main() -> None:
    """Read one bomb in little memory; exit 0 when it is refused in words."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = BOMBS[sys.argv[1]]()
    start = time.process_time()  # a busy machine is not the bomb's doing
    try:
        read_bank_file(data)
    except BokError as refused:
        print(f"{time.process_time() - start:.2f} s: {refused}")
        return
    raise SystemExit(f"{sys.argv[1]} was taken")


if __name__ == "__main__":
    main()
