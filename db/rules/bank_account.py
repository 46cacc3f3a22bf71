"""Polish bank account numbers (NRB), and the number of its own that each client pays to.

A mass-payment account: 2 check digits, 8 digits of the bank's branch, 4 digits by which the bank
knows the utility, 12 digits of the payer. The payer is the count of the digits of the client's
number and that number padded with zeros, so that client 0123 and client 000123 never share one.
"""

from __future__ import annotations

from db.errors import WrongInput
from db.words import N_

NRB_DIGITS = 26
ROUTING_DIGITS = 8
PREFIX_DIGITS = 4
PAYER_DIGITS = 12

_MODULUS = 97
_COUNTRY = "2521"
"""`PL` as ISO 13616 writes letters in digits."""
_CHECKED = 98
_BANK_DIGITS = 8


def check_digits(rest: str) -> str:
    """Return the 2 digits that make `rest`, the other 24 of an NRB, valid (ISO 7064, mod 97)."""
    _need_digits(rest, NRB_DIGITS - 2)
    return f"{_CHECKED - int(rest + _COUNTRY + '00') % _MODULUS:02d}"


def is_nrb(text: str) -> bool:
    """Tell whether `text` is 26 digits with valid check digits, nothing else."""
    return (
        len(text) == NRB_DIGITS
        and _is_plain(text)
        and int(text[2:] + _COUNTRY + text[:2]) % _MODULUS == 1
        and 2 <= int(text[:2]) <= _CHECKED
    )


def format_nrb(nrb: str) -> str:
    """Return the 26 digits in the groups that banks print: `12 3456 7890 ...`."""
    return " ".join((nrb[:2], *(nrb[at : at + 4] for at in range(2, len(nrb), 4))))


def bare_account(text: str) -> str:
    """Return the account in `text` without blanks, a leading `/` and the country of a Polish one.

    26 digits for a Polish account, an IBAN as it stands for another; what is neither comes back
    cleaned of blanks only.
    """
    bare = "".join(text.split()).replace("-", "").upper().lstrip("/")
    polish = bare.removeprefix("PL")
    return polish if len(polish) == NRB_DIGITS and _is_plain(polish) else bare


def payer_id(client_number: str) -> str:
    """Return the 12 digits by which the bank tells the client's payments apart.

    Raises WrongInput for a number that is not 1 to 9 digits.
    """
    if not (_is_plain(client_number) and 1 <= len(client_number) <= 9):
        raise WrongInput(N_("A client number is made of digits only, at most 9."))
    return f"{len(client_number)}{client_number:0>{PAYER_DIGITS - 1}}"


def virtual_account(routing: str, prefix: str, client_number: str) -> str:
    """Return the 26 digits of the account that only this client pays to.

    `routing` is the bank's 8 digits, `prefix` the 4 by which it knows the utility. Two client
    numbers never give one account. Raises WrongInput.
    """
    _need_digits(routing, ROUTING_DIGITS)
    _need_digits(prefix, PREFIX_DIGITS)
    rest = routing + prefix + payer_id(client_number)
    return check_digits(rest) + rest


def client_of_account(account: str, routing: str, prefix: str) -> str | None:
    """Return the client number behind a virtual account; None when it is no account of ours.

    `account` is the whole NRB, or the 12 digits of the payer alone, as some banks print them.
    A wrong check digit, another bank or utility and a payer nobody was given are all None.
    """
    digits = bare_account(account)
    if len(digits) == NRB_DIGITS:
        if not is_nrb(digits) or digits[2:-PAYER_DIGITS] != routing + prefix:
            return None
        digits = digits[-PAYER_DIGITS:]
    if len(digits) != PAYER_DIGITS or not _is_plain(digits):
        return None
    length = int(digits[0])
    padding, number = digits[1 : PAYER_DIGITS - length], digits[PAYER_DIGITS - length :]
    return number if length and padding.strip("0") == "" else None


def account_of_bank(bank: str, account: str) -> str:
    """Return the NRB made of a bank's 8 digits and its 16 of an account; "" when they are none."""
    if len(bank) != _BANK_DIGITS or len(bank + account) != NRB_DIGITS - 2 or not _is_plain(bank + account):
        return ""
    return check_digits(bank + account) + bank + account


def _need_digits(text: str, count: int) -> None:
    if len(text) != count or not _is_plain(text):
        raise WrongInput(N_("%(count)s digits are needed here, nothing else."), count=count)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isdigit()
