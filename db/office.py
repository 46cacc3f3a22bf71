"""The one door to the data: who is signed in and which database.

`Office` opens the transaction, checks the role, runs the function, writes the journal
entries, commits, and repeats the whole when PostgreSQL asks for it. Nobody else commits.
"""

from __future__ import annotations

import dataclasses
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import col

from db import journal
from db.chain_key import HeadFile
from db.clock import Clock, office_day
from db.collector import without_collector
from db.doors import DOORS, Door
from db.engine import Database
from db.errors import NotAllowed
from db.faults import is_transient, numbers_fit, sentence_for, told_plainly
from db.models import Contact, Staff
from db.policy import Policy
from db.records.people import ROLE_WORDS, Approval, Role, StaffMember
from db.words import N_, Words
from db.work import Work

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("bok.office")

ATTEMPTS = 6
_ACCOUNT = sa.select(col(Staff.active), col(Staff.role), col(Staff.must_change_password)).where(
    col(Staff.id) == sa.bindparam("id")
)
DUE_PASSWORD = N_("Your password has to be changed first: sign in again and choose one of your own.")
SIGN_OFF_LASTS = timedelta(minutes=2)
"""A supervisor signs what is on the screen now, not what comes later."""
WELCOME_LASTS = timedelta(seconds=5)
"""So long may somebody who was just disabled go on searching; work is refused at once."""
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
    reports: Database | None = None
    """A copy that serves reports alone, such as a replica."""
    sign_offs: dict[str, tuple[StaffMember, datetime]] = field(default_factory=dict)
    """Supervisors' sign-offs given at this desk and not yet used, and when they were given."""
    welcomed: dict[int, datetime] = field(default_factory=dict)
    """When each person's account was last seen to be good."""

    def grant(self, supervisor: StaffMember) -> Approval:
        """Keep a sign-off until it is used; `db.sign_in.sign_off` calls it, having checked the password."""
        approval = Approval(supervisor, secrets.token_hex(16))
        self.sign_offs[approval.nonce] = (supervisor, self.clock())
        return approval

    @contextmanager
    def redeemed(self, approval: Approval) -> Iterator[StaffMember]:
        """Lend who signed to one operation; a sign-off is used up when that operation succeeds.

        Raises NotAllowed when it was never given, was used, or is older than SIGN_OFF_LASTS.
        """
        given = self.sign_offs.pop(approval.nonce, None)
        if given is None or given[0].role is not Role.SUPERVISOR:
            raise NotAllowed(N_("This needs a supervisor's sign-off."))
        if self.clock() - given[1] > SIGN_OFF_LASTS:
            raise NotAllowed(N_("The supervisor's sign-off is too old; sign again."))
        try:
            yield given[0]
        except BaseException:
            self.sign_offs[approval.nonce] = given  # nothing was done with it
            raise

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

        Raises NotAllowed for the wrong role and while a new password is due, DatabaseUnavailable
        when it cannot be reached.
        """
        door = self._door(query, operation=False)
        if door.writes:
            return self._in_transaction(query, None, *args, **kwargs)
        if door.at_one_moment:
            return self._at_one_moment(query, *args, **kwargs)
        with told_plainly(), Session(self.house.database.looker) as session:
            self._welcome_again(session)
            return query(self._work(session), *args, **kwargs)

    def do(self, operation: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an operation in one transaction with its journal entries; all of it or nothing.

        Raises what the operation raises, NotAllowed for the wrong role and, but for the change
        itself, while a new password is due, DatabaseUnavailable.
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
        with self.house.redeemed(approval) as approver:
            return self._in_transaction(operation, approver, *args, **kwargs)

    def _at_one_moment(
        self, query: Callable[Concatenate[Work, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a report where reports are read; who may is looked up where people sign in."""
        with told_plainly(), without_collector():
            with Session(self.house.database.reader) as session:
                self._welcome_again(session)
            with Session((self.house.reports or self.house.database).moment) as session:
                return query(self._work(session), *args, **kwargs)

    def _door(self, function: Callable[..., object], *, operation: bool) -> Door:
        door = DOORS.get(function)
        if door is None or door.operation is not operation:
            raise TypeError(f"{function!r} is no registered {'operation' if operation else 'query'}")
        if self.actor.role not in door.roles:
            raise NotAllowed(
                N_("Your role (%(role)s) may not do this."), role=Words(ROLE_WORDS[self.actor.role])
            )
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
                with numbers_fit(), Session(self.house.database.writer) as session, session.begin():
                    _require_welcome(session, self.actor, DOORS[function].with_due_password)
                    if approver is not None:
                        _require_welcome(session, approver)
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
        except (OSError, ValueError):
            # what was committed is saved: an error here would tell the agent that it was not
            log.warning("the journal's heads could not be noted", exc_info=True)

    def _welcome_again(self, session: Session) -> None:
        """Look at the account now and then: a search at every key is no place for one more query."""
        now = self.house.clock()
        seen = self.house.welcomed.get(self.actor.id)
        if seen is None or not timedelta(0) <= now - seen < WELCOME_LASTS:
            _require_welcome(session, self.actor)
            self.house.welcomed[self.actor.id] = now

    def _write_journal(self, work: Work) -> dict[str, journal.Head]:
        _untie_strangers(work)
        noted = {journal.ACCESS: work.access, journal.AUDIT: work.audit}
        heads = {}
        for log in journal.LOGS:
            if head := journal.append(work.session, log, noted[log], self.house.key):
                heads[log] = head
        return heads


def _require_welcome(session: Session, person: StaffMember, with_due_password: bool = False) -> None:
    """Refuse a person who was disabled, or whose role was changed, while signed in.

    And one whose password is somebody else's making, for everything but changing it.
    """
    if person.role is Role.SYSTEM:
        return
    row = session.execute(_ACCOUNT, {"id": person.id}).one_or_none()
    if row is None or not row.active or row.role is not person.role:
        raise NotAllowed(N_("Your account was disabled or changed; sign in again."))
    if row.must_change_password and not with_due_password:
        raise NotAllowed(DUE_PASSWORD)


def _untie_strangers(work: Work) -> None:
    """Tie no entry about one client to a contact with another: it would look as if it served them."""
    if work.contact_id is None:
        return
    served = work.session.scalar(sa.select(col(Contact.client_id)).where(col(Contact.id) == work.contact_id))
    for entry in (*work.access, *work.audit):
        if entry["client_id"] not in (None, served):
            entry["contact_id"] = None
