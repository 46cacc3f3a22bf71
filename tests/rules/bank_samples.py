"""Bank files as Polish banks write them, made for tests: fictitious accounts, real forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.rules.bank_account import check_digits, virtual_account

ROUTING, PREFIX = "10901014", "7788"
OWN_ACCOUNT = check_digits("102010550000910200000001") + "102010550000910200000001"
PAYER_ACCOUNT = "61109010140000071219812874"


class Bank(StrEnum):
    """Whose dialect."""

    PKO = "pko"
    ING = "ing"
    MILLENNIUM = "millennium"
    PEKAO = "pekao"
    NORDEA = "nordea"
    MBANK = "mbank"


ENCODINGS = {
    Bank.PKO: "cp1250",
    Bank.ING: "cp852",
    Bank.MILLENNIUM: "cp852",
    Bank.PEKAO: "cp852",
    Bank.NORDEA: "utf-8",
    Bank.MBANK: "cp1250",
}


@dataclass(frozen=True)
class Sent:
    """A movement as it was meant."""

    amount: str
    title: str = "Opłata za wodę"
    name: str = "ŻÓŁĆ JAŹWA UL. POLNA 5/3 43-400 CIESZYN"
    mark: str = "C"
    day: date = date(2026, 11, 20)
    account: str = PAYER_ACCOUNT
    client: str = ""
    """Paid to this client's virtual account."""


TYPICAL = (
    Sent("123.45", "FAK/202610/0000123/102481/20261105"),
    Sent("80.00", "woda klient 4410, dziękujemy bardzo za wszystko", "FIRMA ĄĘ SP. Z O.O."),
    Sent("15.00", "Prowizja", "", "D"),
    Sent("348.71", "Faktura za październik", client="102481"),
)


def mt940(
    movements: Sequence[Sent] = TYPICAL,
    *,
    bank: Bank = Bank.PKO,
    opening: str = "1000.00",
    closing: str | None = None,
    number: str = "00231/00001",
    account: str = OWN_ACCOUNT,
    currency: str = "PLN",
    paged: tuple[str, str] = ("F", "F"),
    newline: str = "\r\n",
) -> str:
    """Return one statement; the closing balance is right unless it is given."""
    total = Decimal(opening) + sum(Decimal(sent.amount) * _sign(sent.mark) for sent in movements)
    day = max((sent.day for sent in movements), default=date(2026, 11, 20))
    lines = [":20:MT940", f":25:/PL{account}", f":28C:{number}"]
    lines.append(f":60{paged[0]}:{_balance(day, currency, Decimal(opening))}")
    for place, sent in enumerate(movements, start=1):
        lines.append(_movement(bank, sent, place))
        lines.extend(_details(bank, sent))
    end = Decimal(closing) if closing is not None else total
    lines.append(f":62{paged[1]}:{_balance(day, currency, end)}")
    if bank is Bank.MBANK:
        lines[0] = f"\x01{lines[0]}"
    lines += [f":64:{_balance(day, currency, end)}", "-"]
    return newline.join(lines) + newline


def encoded(bank: Bank, movements: Sequence[Sent] = TYPICAL, encoding: str = "") -> bytes:
    """Return a statement in the bank's own encoding; PKO's fillers are the byte 255."""
    text = mt940(movements, bank=bank)
    return b"\xff".join(part.encode(encoding or ENCODINGS[bank]) for part in text.split("\0"))


def _sign(mark: str) -> int:
    return 1 if mark in ("C", "RD") else -1


def _balance(day: date, currency: str, amount: Decimal) -> str:
    return f"{'C' if amount >= 0 else 'D'}{day:%y%m%d}{currency}{_figures(abs(amount))}"


def _figures(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _movement(bank: Bank, sent: Sent, place: int) -> str:
    figures = _figures(Decimal(sent.amount))
    head = f":61:{sent.day:%y%m%d}{sent.day:%m%d}{sent.mark}"
    if bank is Bank.PEKAO:
        return f"{head}N{figures:0>15}N723NONREF//CEN{place:013d}"
    if bank is Bank.MBANK:
        return f"{head}N{figures}NTRFNONREF//EL{place:06d}-019543\r\n770-PRZELEW PRZYCHODZACY - ELIXIR"
    if bank is Bank.PKO:
        return f"{head}{figures}N152NONREF//64605005{place:08d}\r\n152 0"
    return f"{head}{figures}NTRFNONREF//{place}"


def _details(bank: Bank, sent: Sent) -> list[str]:
    own = virtual_account(ROUTING, PREFIX, sent.client) if sent.client else ""
    if bank is Bank.MBANK:
        return _labels(sent, own)
    sign, width = {Bank.PKO: ("~", 27), Bank.PEKAO: ("^", 27), Bank.NORDEA: ("+", 35)}.get(bank, ("<", 35))
    title = [f"{sign}2{place}{piece}" for place, piece in enumerate(_pieces(sent.title, width))]
    names = _pieces(sent.name, width)
    if bank is Bank.PKO:
        title += [f"~2{place}\0" for place in range(len(title), 6)]
        name = [f"~32{names[0]}", f"~33{names[1] if len(names) > 1 else chr(0)}"]
        parts = [*title, f"~30{sent.account[2:10]}", f"~31{sent.account[10:]}", *name]
        return [":86:020~00152", *parts, f"~38PL{sent.account}", f"~60{own or chr(0)}", "~63\0"]
    if bank is Bank.PEKAO:
        named = "".join(f"^3{place}{piece:<{width}}" for place, piece in enumerate(names, start=2))
        account = f"^30{sent.account[2:10]}{'':10}^38PL{sent.account}"
        return [f":86:723^00{'PRZELEW OTRZYMANY':<25}^34000", account, "".join(title), named, f"^62{own}"]
    if bank is Bank.MILLENNIUM:
        named = "".join(f"<2{place}{piece}" for place, piece in enumerate(names, start=7))
        return [
            ":86:0200<00Przelewy przychodzace<10123456",
            "".join(title),
            named,
            f"<38{sent.account}<63{own}",
        ]
    named_lines = [f"{sign}3{place}{piece}" for place, piece in enumerate(names, start=2)]
    first, *rest = title
    return [f":86:020{sign}00VE02", first, *rest, f"{sign}29{sent.account}", *named_lines, f"{sign}63{own}"]


def _labels(sent: Sent, own: str) -> list[str]:
    payer = f" ID IPH: XX{own[-12:]};" if own else ""
    text = (
        f"911 TRANSAKCJA COLLECT;{payer} Z RACH.: {sent.account}; OD: {sent.name}; "
        f"TYT.: {sent.title}; TNR: 154961063737599.110001"
    )
    lines, line = [], ":86:"
    for word in text.split(" "):
        if len(line) + len(word) > 65:
            lines.append(line)
            line = ""
        line += f"{word} "
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)] or [""]


def mass_list(
    rows: Sequence[tuple[str, str, str, str, str]],
    *,
    header: str = "Data;Kwota;Rachunek wirtualny;Nadawca;Tytuł",
    separator: str = ";",
) -> str:
    """Return a CSV list: day, amount, account, payer, title in each row."""
    return "\n".join([header, *(separator.join(row) for row in rows), ""])
