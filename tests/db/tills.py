"""Tills at two desks: fixtures and steps of the tests of the day's cash."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.office import House, Office
from db.operations.cash_day import close_cash_day, sign_cash_day
from db.operations.payments import take_payment
from db.records.cash_day import CashCount, CashState
from db.records.ledger import DeskPayment, PaymentTaken
from db.records.money import PaymentMethod
from db.records.people import Role
from tests.db.builders import TODAY, Builder, desk

CASH, CARD, TRANSFER = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.TRANSFER
YESTERDAY = TODAY - timedelta(days=1)
OPEN, CLOSED, SIGNED = CashState.OPEN, CashState.CLOSED, CashState.SIGNED


@pytest.fixture
def anna(house: House, builder: Builder) -> Office:
    """An agent with a till, and a client who pays."""
    builder.client("100001")
    return desk(house, builder)


@pytest.fixture
def chief(house: House, builder: Builder) -> Office:
    return desk(house, builder, Role.SUPERVISOR)


def pay(office: Office, amount: str, method: PaymentMethod = CASH, day: date | None = None) -> PaymentTaken:
    """Take money at the desk, each time with a submission of its own."""
    return office.do(take_payment, DeskPayment("100001", Decimal(amount), method, uuid.uuid4().hex, day=day))


def count(cash: str, card: str = "0.00", day: date = TODAY, reason: str = "", apart: str = "") -> CashCount:
    return CashCount(day, Decimal(cash), Decimal(card), reason, apart)


def signed(anna: Office, chief: Office, day: date = TODAY, **amounts: str) -> None:
    """Have a day counted and signed."""
    closed = anna.do(close_cash_day, count(day=day, **amounts))
    chief.do(sign_cash_day, anna.actor.login, day, closed.version)
