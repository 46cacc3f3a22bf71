"""Who is at the keyboard: signing in, a supervisor's sign-off, the shell's sessions.

Every try is charged to the account before its password is looked at, in a transaction of its
own: however many processes try at once, after `Policy.sign_in_failures` wrong ones only one
try passes in each waiting time (1, 2, 4 ... 60 seconds, never for good). An unknown login and
a disabled one cost the same hash and get the same sentence. The hash is computed between the
transactions, never inside one.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import sqlalchemy as sa
from sqlmodel import col

from db import passwords
from db.doors import ANYONE, SYSTEM_ONLY, operation, query
from db.errors import NotAllowed
from db.models import Staff, StaffSession
from db.office import SYSTEM, House
from db.operations.staff import replace_own_password
from db.queries.staff import COLUMNS, as_member
from db.records.people import Approval, Role, StaffMember
from db.words import N_
from db.work import Work

LONGEST_WAIT = timedelta(seconds=60)
TOKEN_BYTES = 32
KEPT_SESSIONS = timedelta(days=30)
"""How long an expired session stays on record beside its audit entries."""
WRONG = N_("The login or the password is wrong.")
NO_NAME = "unknown"
"""Stands in the journal for a login that does not exist: it may be a password typed too early."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A try that was charged: against which hash, or how long to wait instead."""

    member: StaffMember | None
    stored: str
    wait: timedelta = timedelta(0)


def sign_in(house: House, login: str, password: str) -> StaffMember:
    """Return who signed in; must_change_password asks for another password first.

    Raises NotAllowed for a wrong login or password, a disabled account, or while the account
    waits after wrong tries (the sentence says how many seconds).
    """
    return _verified(house, login, password, action="sign_in")[0]


def sign_off(house: House, login: str, password: str) -> Approval:
    """Return a supervisor's approval of one operation at the agent's desk; raises NotAllowed."""
    supervisor, _ = _verified(house, login, password, action="sign_off")
    if supervisor.role is not Role.SUPERVISOR:
        raise NotAllowed(N_("%(login)s is no supervisor."), login=supervisor.login)
    if supervisor.must_change_password:
        raise NotAllowed(N_("%(login)s has to choose a password of their own first."), login=supervisor.login)
    return house.grant(supervisor)


def change_own_password(house: House, staff: StaffMember, old: str, new: str) -> StaffMember:
    """Replace one's own password and end one's shell sessions.

    Raises NotAllowed when the old one is wrong (charged like a sign-in), WrongInput when the
    new one may not be used.
    """
    passwords.require_acceptable(new, (staff.login, staff.name))
    _, stored = _verified(house, staff.login, old, action="password_change")
    return house.office(staff).do(replace_own_password, stored, passwords.hash_password(new))


def open_session(house: House, staff: StaffMember) -> str:
    """Return the token of a new shell session; only its hash is kept here."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    house.office(staff).do(start_session, _token_hash(token))
    return token


def resume_session(house: House, token: str) -> StaffMember:
    """Return whose session this is; raises NotAllowed when it is over or its owner was disabled."""
    member = house.office(SYSTEM).read(session_owner, _token_hash(token))
    if member is None:
        raise NotAllowed(N_("Your sign-in is over. Type: bok sign-in LOGIN"))
    return member


def end_session(house: House, token: str) -> None:
    """End a shell session; one that is over stays over."""
    house.office(SYSTEM).do(finish_session, _token_hash(token))


def _verified(house: House, login: str, password: str, *, action: str) -> tuple[StaffMember, str]:
    """Return who this is and their stored hash; raises NotAllowed."""
    system = house.office(SYSTEM)
    charged = system.do(charge_try, login.strip().lower(), action)
    if charged.wait:
        raise NotAllowed(
            N_("Too many wrong passwords: wait %(seconds)s s and try again."),
            seconds=ceil(charged.wait.total_seconds()),
        )
    fits = passwords.verify_password(password, charged.stored)
    if not fits or charged.member is None or not charged.member.active:
        system.do(note_failure, charged.member.login if charged.member else NO_NAME, action)
        raise NotAllowed(WRONG)
    renewed = passwords.hash_password(password) if passwords.is_outdated(charged.stored) else None
    member = house.office(charged.member).do(note_success, charged.stored, renewed, action)
    return member, renewed or charged.stored


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@operation(roles=SYSTEM_ONLY)
def charge_try(work: Work, login: str, action: str) -> _Try:
    """Count a try against the account before its password is looked at."""
    statement = (
        sa.select(*COLUMNS, col(Staff.password_hash), col(Staff.failures), col(Staff.wait_until))
        .where(col(Staff.login) == login)
        .with_for_update()
    )
    row = work.session.execute(statement).one_or_none()
    if row is None:
        return _Try(None, passwords.nobodys_hash())
    member = as_member(row)
    wait = row.wait_until - work.now if row.wait_until else timedelta(0)
    if timedelta(0) < wait <= LONGEST_WAIT:  # more than that only when the clock was set back
        work.changed(f"{action}.told_to_wait", f"staff {member.login}")
        return _Try(member, row.password_hash, wait)
    failures = row.failures + 1
    beyond = failures - work.policy.sign_in_failures
    pause = min(LONGEST_WAIT, timedelta(seconds=2 ** min(beyond, 6))) if beyond >= 0 else None
    work.session.execute(
        sa.update(Staff)
        .where(col(Staff.id) == member.id)
        .values(failures=failures, wait_until=work.now + pause if pause else None)
    )
    return _Try(member, row.password_hash)


@operation(roles=ANYONE, with_due_password=True)
def note_success(work: Work, verified_hash: str, renewed_hash: str | None, action: str) -> StaffMember:
    """Forget one's own wrong tries; raises NotAllowed when the password was changed meanwhile."""
    values: dict[str, object] = {"failures": 0, "wait_until": None}
    if action == "sign_in":
        values["last_sign_in"] = work.now
    if renewed_hash is not None:
        values["password_hash"] = renewed_hash
    own = sa.update(Staff).where(
        col(Staff.id) == work.actor.id, col(Staff.password_hash) == verified_hash, col(Staff.active).is_(True)
    )
    if work.session.execute(own.values(**values)).rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE has one
        raise NotAllowed(WRONG)
    work.changed(f"{action}.done", f"staff {work.actor.login}")
    return as_member(work.session.execute(sa.select(*COLUMNS).where(col(Staff.id) == work.actor.id)).one())


@operation(roles=SYSTEM_ONLY)
def note_failure(work: Work, login: str, action: str) -> None:
    """Write a wrong try down."""
    work.changed(f"{action}.failed", f"staff {login}")


@operation(roles=ANYONE)
def start_session(work: Work, token_hash: str) -> None:
    """Start a shell session of one's own for `Policy.session_hours`."""
    own = col(StaffSession.staff_id) == work.actor.id
    work.session.execute(
        sa.delete(StaffSession).where(own, col(StaffSession.expires_at) < work.now - KEPT_SESSIONS)
    )
    work.session.add(
        StaffSession(
            staff_id=work.actor.id,
            token_hash=token_hash,
            created_at=work.now,
            expires_at=work.now + timedelta(hours=work.policy.session_hours),
        )
    )
    work.changed("session.started", f"staff {work.actor.login}")


@operation(roles=SYSTEM_ONLY)
def finish_session(work: Work, token_hash: str) -> None:
    """End the session that has this token."""
    statement = (
        sa.select(col(StaffSession.id), col(Staff.login))
        .join(Staff, col(Staff.id) == col(StaffSession.staff_id))
        .where(col(StaffSession.token_hash) == token_hash, col(StaffSession.ended_at).is_(None))
    )
    if (row := work.session.execute(statement).one_or_none()) is not None:
        work.session.execute(
            sa.update(StaffSession).where(col(StaffSession.id) == row.id).values(ended_at=work.now)
        )
        work.changed("session.ended", f"staff {row.login}")


@query(roles=SYSTEM_ONLY)
def session_owner(work: Work, token_hash: str) -> StaffMember | None:
    """Return whose running session has this token."""
    statement = (
        sa.select(*COLUMNS)
        .join(StaffSession, col(StaffSession.staff_id) == col(Staff.id))
        .where(
            col(StaffSession.token_hash) == token_hash,
            col(StaffSession.ended_at).is_(None),
            col(StaffSession.expires_at) > work.now,
            col(Staff.active).is_(True),
        )
    )
    row = work.session.execute(statement).one_or_none()
    return None if row is None else as_member(row)
