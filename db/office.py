"""The one door to the data: who is signed in and which database.

`Office` opens the transaction, checks the role, runs the function, writes the journal
entries, commits, and repeats the whole when PostgreSQL asks for it. Nobody else commits.
"""

from __future__ import annotations

import dataclasses
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import col

from db import journal
from db.chain_key import HeadFile
from db.clock import Clock, office_day
from db.doors import DOORS, Door
from db.engine import Database
from db.errors import NotAllowed
from db.faults import is_transient, sentence_for, told_plainly
from db.models import Staff
from db.policy import Policy
from db.records.people import Approval, Role, StaffMember
from db.words import N_
from db.work import Work

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("bok.office")

ATTEMPTS = 6
SYSTEM = StaffMember(id=0, login="system", name="system", role=Role.SYSTEM)
"""The program itself: installation, sample town, scheduled jobs."""


@dataclass(frozen=True, slots=True)
class House:
    """An opened installation: what every office in it shares."""

    database: Database
    clock: Clock
    policy: Policy
    key: bytes
    heads: HeadFile | None = None
    sign_offs: dict[str, StaffMember] = field(default_factory=dict)
    """Supervisors' sign-offs given at this desk and not yet used."""

    def grant(self, supervisor: StaffMember) -> Approval:
        """Keep a sign-off until it is used; `db.sign_in.sign_off` calls it, having checked the password."""
        approval = Approval(supervisor, secrets.token_hex(16))
        self.sign_offs[approval.nonce] = supervisor
        return approval

    def redeem(self, approval: Approval) -> StaffMember:
        """Use a sign-off up and return who gave it; raises NotAllowed when it was never given."""
        supervisor = self.sign_offs.pop(approval.nonce, None)
        if supervisor is None or supervisor.role is not Role.SUPERVISOR:
            raise NotAllowed(N_("This needs a supervisor's sign-off."))
        return supervisor

    def office(self, actor: StaffMember) -> Office:
        """Return the door for `actor`."""
        return Office(self, actor)


@dataclass(frozen=True, slots=True)
class Office:
    """The one door: `read` a query, `do` an operation."""

    house: House
    actor: StaffMember
    contact_id: int | None = None

    def for_contact(self, contact_id: int | None) -> Office:
        """Return the same door with everything tied to this contact."""
        return dataclasses.replace(self, contact_id=contact_id)

    def read(self, query: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query and return its records; a look at client data leaves its access entry.

        Raises NotAllowed for the wrong role, DatabaseUnavailable when it cannot be reached.
        """
        door = self._door(query, operation=False)
        if door.writes:
            return self._in_transaction(query, None, *args, **kwargs)
        with told_plainly(), Session(self.house.database.reader) as session:
            return query(self._work(session), *args, **kwargs)

    def do(self, operation: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an operation in one transaction with its journal entries; all of it or nothing.

        Raises what the operation raises, NotAllowed for the wrong role, DatabaseUnavailable.
        """
        self._door(operation, operation=True)
        return self._in_transaction(operation, None, *args, **kwargs)

    def do_approved(
        self,
        approval: Approval,
        operation: Callable[Concatenate[Work, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run an operation that a supervisor signed for at this desk; a sign-off serves once."""
        self._door(operation, operation=True)
        approver = self.house.redeem(approval)
        return self._in_transaction(operation, approver, *args, **kwargs)

    def _door(self, function: Callable[..., object], *, operation: bool) -> Door:
        door = DOORS.get(function)
        if door is None or door.operation is not operation:
            raise TypeError(f"{function!r} is no registered {'operation' if operation else 'query'}")
        if self.actor.role not in door.roles:
            raise NotAllowed(N_("Your role (%(role)s) may not do this."), role=self.actor.role.value)
        return door

    def _work(self, session: Session, approver: StaffMember | None = None) -> Work:
        now = self.house.clock()
        return Work(
            session=session,
            now=now,
            today=office_day(now),
            actor=self.actor,
            policy=self.house.policy,
            contact_id=self.contact_id,
            approver=approver,
        )

    def _in_transaction(
        self,
        function: Callable[Concatenate[Work, P], T],
        approver: StaffMember | None,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with Session(self.house.database.writer) as session, session.begin():
                    self._still_welcome(session)
                    work = self._work(session, approver)
                    result = function(work, *args, **kwargs)
                    session.flush()
                    heads = self._write_journal(work)
            except DBAPIError as error:
                if is_transient(error) and attempt < ATTEMPTS:
                    time.sleep(0.01 * 2**attempt)
                    continue
                if (plain := sentence_for(error)) is not None:
                    raise plain from error
                raise
            self._note_outside(heads)
            return result
        raise AssertionError("the last attempt returns or raises")

    def _note_outside(self, heads: dict[str, journal.Head]) -> None:
        """Note the newest heads outside the database; the next ones make up for what could not be noted."""
        if not heads or self.house.heads is None:
            return
        try:
            self.house.heads.note(heads)
        except OSError:
            # what was committed is saved: an error here would tell the agent that it was not
            log.warning("the journal's heads could not be noted", exc_info=True)

    def _still_welcome(self, session: Session) -> None:
        """Refuse work of a person who was disabled while signed in."""
        if self.actor.role is Role.SYSTEM:
            return
        statement = sa.select(col(Staff.active), col(Staff.role)).where(col(Staff.id) == self.actor.id)
        row = session.execute(statement).one_or_none()
        if row is None or not row.active or row.role is not self.actor.role:
            raise NotAllowed(N_("Your account was disabled or changed; sign in again."))

    def _write_journal(self, work: Work) -> dict[str, journal.Head]:
        noted = {journal.ACCESS: work.access, journal.AUDIT: work.audit}
        heads = {}
        for log in journal.LOGS:
            if head := journal.append(work.session, log, noted[log], self.house.key):
                heads[log] = head
        return heads
