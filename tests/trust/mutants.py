"""Damaged copies of a file, by a seed: what a bad disk, a cut download or a curious person makes of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Damage = Callable[[bytearray, random.Random], None]


def substitute(data: bytearray, chance: random.Random) -> None:
    """Put another byte in the place of one."""
    data[chance.randrange(len(data))] = chance.randrange(256)


def another_digit(data: bytearray, chance: random.Random) -> None:
    """Put another digit in the place of one."""
    places = [place for place, byte in enumerate(data) if chr(byte).isdigit()]
    if places:
        data[chance.choice(places)] = ord(chance.choice("0123456789,.-"))


def cut_end(data: bytearray, chance: random.Random) -> None:
    """Lose the end."""
    del data[chance.randrange(len(data)) :]


def lose(data: bytearray, chance: random.Random) -> None:
    """Lose a part of the middle."""
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 60)]


def repeat(data: bytearray, chance: random.Random) -> None:
    """Have a part twice."""
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randrange(1, 200)]


def insert(data: bytearray, chance: random.Random) -> None:
    """Have junk, or something that means something, in the middle."""
    start = chance.randrange(len(data))
    junk = chance.choice(
        [chance.randbytes(8), b":61:", b"\r\n:86:", b"\r\n", b"~20", b";", b'"', b"\0", b"C"]
    )
    data[start:start] = junk


def swap_lines(data: bytearray, chance: random.Random) -> None:
    """Have two lines in each other's place."""
    lines = bytes(data).split(b"\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


DAMAGES: tuple[Damage, ...] = (substitute, another_digit, cut_end, lose, repeat, insert, swap_lines)


def mutants(originals: list[bytes], count: int, seed: int) -> Iterator[tuple[bytes, bytes, Damage]]:
    """Return `count` damaged files, each with its original and the first thing done to it."""
    chance = random.Random(seed)
    for number in range(count):
        original = originals[number % len(originals)]
        data = bytearray(original)
        first = chance.choice(DAMAGES)
        first(data, chance)
        if first is not substitute:
            for _ in range(chance.randrange(3)):
                if data:
                    chance.choice(DAMAGES[:2])(data, chance)
        yield bytes(data), original, first
