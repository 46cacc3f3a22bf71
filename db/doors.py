"""Which functions `Office` lets through, and for whom. One not registered is not let through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from db.records.people import Role

ANYONE = frozenset(Role)
STAFF = frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMIN, Role.SYSTEM})
DESK = frozenset({Role.AGENT, Role.SUPERVISOR, Role.SYSTEM})
"""Those who serve clients; an administrator looks after the program, not at clients."""
CLERKS = frozenset({Role.AGENT, Role.SUPERVISOR})
"""People at a desk: what carries a name, a contact or a signature, the program does not do by itself."""
ADMINS = frozenset({Role.ADMIN, Role.SYSTEM})
SUPERVISORS = frozenset({Role.SUPERVISOR, Role.SYSTEM})
"""Those who bill and look after money; the program itself for the sample town and scheduled jobs."""
OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMIN, Role.SYSTEM})
"""Those who read reports; personal data in them is masked until it is asked for."""
SUPERVISOR_ONLY = frozenset({Role.SUPERVISOR})
SYSTEM_ONLY = frozenset({Role.SYSTEM})

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """How a function may be called."""

    name: str
    writes: bool
    """True for operations, and for queries that leave an access entry."""
    operation: bool
    roles: frozenset[Role]
    with_due_password: bool = False
    """Open to somebody whose password has to be changed first: it belongs to the changing."""
    at_one_moment: bool = False
    """A report: all its statements see the data of one moment, and the copy for reports may serve."""


DOORS: dict[Callable[..., Any], Door] = {}


def query(*, roles: frozenset[Role], discloses: bool = False) -> Callable[[F], F]:
    """Register a read. One that `discloses` client data writes its access entry with it."""

    def register(function: F) -> F:
        DOORS[function] = Door(_name(function), discloses, False, roles)
        return function

    return register


def report(*, roles: frozenset[Role]) -> Callable[[F], F]:
    """Register a read for a report: read-only, all of it at one moment."""

    def register(function: F) -> F:
        DOORS[function] = Door(_name(function), False, False, roles, at_one_moment=True)
        return function

    return register


def operation(*, roles: frozenset[Role], with_due_password: bool = False) -> Callable[[F], F]:
    """Register a write: one call is one business transaction."""

    def register(function: F) -> F:
        DOORS[function] = Door(_name(function), True, True, roles, with_due_password)
        return function

    return register


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('db.')}.{function.__name__}"
