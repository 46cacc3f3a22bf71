"""The clock of a complaint (Art. 7a consumer rights act, 14 calendar days)."""

from __future__ import annotations

from datetime import date, timedelta

from db.records.clients import ClientKind


def complaint_deadline(received_on: date, days: int) -> date:
    """Return the last day for the answer: `days` calendar days after it came, weekends counted."""
    return received_on + timedelta(days=days)


def deemed_on(deadline: date) -> date:
    """Return the day on which an unanswered complaint counts as accepted."""
    return deadline + timedelta(days=1)


def is_deemed_accepted(kind: ClientKind, deadline: date, today: date) -> bool:
    """Tell whether an unanswered complaint counts as accepted: a consumer's, the day after its deadline."""
    return kind is ClientKind.PERSON and today >= deemed_on(deadline)


def is_urgent(deadline: date, today: date, warning_days: int) -> bool:
    """Tell whether an unanswered complaint is due within `warning_days`, or late."""
    return (deadline - today).days <= warning_days
