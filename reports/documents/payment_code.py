"""The payment code of a document, or none."""

from __future__ import annotations

from decimal import Decimal

from db.errors import WrongInput
from db.records.paper import Letterhead
from db.rules.payment_qr import payment_payload


def payload(head: Letterhead, account: str, amount: Decimal, title: str) -> str | None:
    """Return the text of the code; None where the standard forbids one, or no bank could read it.

    A paper whose account or NIP is wrong still comes out, without a code that would mislead.
    """
    try:
        return payment_payload(account=account, amount=amount, recipient=head.name, title=title, nip=head.nip)
    except (WrongInput, ValueError):  # ValueError: a part of a grosz
        return None
