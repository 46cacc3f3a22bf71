"""What a word can say about the numbers beside it."""

from __future__ import annotations


class Tag:
    """What a word says: bits of an int, which are much faster to ask than those of an enumeration."""

    NONE = 0
    METER = 1 << 0
    STATE = 1 << 1
    """A state, a reading, what a dial shows."""
    GIVE = 1 << 2
    """I give, I send."""
    NUMBER = 1 << 3
    CLIENT = 1 << 4
    SERIAL = 1 << 5
    """Factory number, serial number."""
    OLD = 1 << 6
    """Former, last, earlier, it was."""
    PAST = 1 << 7
    """It was, it showed: old only beside a present one."""
    NOW = 1 << 8
    GAVE = 1 << 9
    """I gave, I wrote: something that was said before."""
    USE = 1 << 10
    """Consumption, difference, sum, mean."""
    GUESS = 1 << 11
    """Estimate, forecast."""
    ABOUT = 1 << 12
    DOUBT = 1 << 13
    INVOICE = 1 << 14
    THEIRS = 1 << 15
    """What the company says: charged, in your system."""
    FOREIGN = 1 << 16
    """Electricity, gas, heat, hot water."""
    WATER = 1 << 17
    MAIN = 1 << 18
    HOME = 1 << 19
    """In the house: the main meter only beside a garden one."""
    GARDEN = 1 << 20
    MONEY = 1 << 21
    PHONE = 1 << 22
    SEAL = 1 << 23
    PAPER = 1 << 24
    """A letter, a notice, a contract, a mail."""
    NOT = 1 << 25
    RIGHT = 1 << 26
    """Should be, correct."""
    WRONG = 1 << 27
    """Mistake, by mistake."""
    THATIS = 1 << 28
    """That is to say, sorry."""
    KEEP = 1 << 29
    """Unchanged, I uphold, please take."""
    LATER = 1 << 30
    """Tomorrow, I will."""
    LIMIT = 1 << 31
    """Since, after, than: what follows is what something is compared with."""
    COPULA = 1 << 32
    """Is, amounts to."""
    READER = 1 << 33
    """The company's reader."""
    TANK = 1 << 34
    """Something else that holds or uses cubic metres."""
    COUNTED = 1 << 35
    """A thing that is counted: days, persons, percent."""
    PLACE = 1 << 36
    """What stands before a number that names a place, a page or a point."""
    TOOK = 1 << 37
    """I read it, I wrote it down."""
    ALSO = 1 << 38
    """And, or: what holds for one number holds for the next."""
    IF = 1 << 39
    GAUGE = 1 << 40
    """Pressure, temperature and other things that are measured, but no water."""
