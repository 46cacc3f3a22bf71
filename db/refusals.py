"""Refusals that carry more than a sentence. Light: screens and the shell import it."""

from __future__ import annotations

from enum import StrEnum

from db.errors import Refused, Stale, WrongInput
from db.records.request_views import RequestItemView
from db.records.requests import RequestField
from db.rules.levels import Finding, Level, worst
from db.words import N_


class Need(StrEnum):
    """What a refused reading needs before it can be saved."""

    REASON = "reason"
    """The code of a reason."""
    SIGN_OFF = "sign_off"
    """A supervisor's signature at this desk, or to be held for one."""
    CORRECTION = "correction"
    """Another state, day or meter, or an earlier record set right: nobody may override."""


_NEEDS = {Level.WARN: Need.REASON, Level.BLOCK: Need.SIGN_OFF}


class ReadingRefused(Refused):
    """The checks do not let a reading be saved as it is; `findings` say why.

    Its own sentence is that of the hardest finding, or `message` where nobody may override.
    """

    def __init__(self, findings: tuple[Finding, ...], message: str = "", **params: object) -> None:
        self.findings = findings
        self.level = worst(findings)
        self.need = Need.CORRECTION if message else _NEEDS.get(self.level, Need.CORRECTION)
        if not message:
            hardest = max(findings, key=lambda finding: finding.level.rank)
            message, params = hardest.message, dict(hardest.params)
        super().__init__(message, **params)


class ReadingTaken(ReadingRefused, Stale):
    """Another reading of that meter and day came first; the sentence says whose."""


class ChargeRefused(Refused):
    """A bill cannot be computed from what is given; `field` says where, as a path into it.

    The template names the place: `%(field)s: ...`.
    """

    def __init__(self, field: str, message: str, **params: object) -> None:
        self.field = field
        super().__init__(message, field=field, **params)


class WrongField(WrongInput):
    """What was typed into one field of a request cannot be read; `field` says which one."""

    def __init__(self, field: RequestField, message: str, **params: object) -> None:
        self.field = field
        super().__init__(message, **params)


class ChangedMeanwhile(Refused):
    """The card no longer holds what it held when the request came; `items` show the differences.

    A person decides: the request is applied over the change, or not.
    """

    def __init__(self, number: str, items: tuple[RequestItemView, ...]) -> None:
        self.items = items
        super().__init__(
            N_(
                "The card was changed since the request %(request)s came. Look at the differences and decide"
                " whether it is to be applied over them."
            ),
            request=number,
        )
