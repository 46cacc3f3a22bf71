"""Staff: adding, disabling, passwords, the channel a contact starts with.

Hashes are made by the caller, outside the transaction: `db.passwords.hash_password` takes a
tenth of a second, and on SQLite everybody else would wait for it.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlmodel import col

from db.doors import ADMINS, ANYONE, operation
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.models import Staff, StaffSession
from db.queries.staff import COLUMNS, as_member
from db.records.people import Channel, NewStaff, Role, StaffMember
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
RESERVED = frozenset({"system"})


def clean_login(login: str) -> str:
    """Return the login in lower case; raises WrongInput when it cannot be one."""
    plain = login.strip().lower()
    if not LOGIN.fullmatch(plain) or plain in RESERVED:
        raise WrongInput(
            N_("A login has 2 to 40 letters a-z, digits, dots, dashes; %(login)s cannot be one."), login=login
        )
    return plain


@operation(roles=ADMINS)
def add_staff(work: Work, new: NewStaff, password_hash: str, *, must_change: bool = False) -> StaffMember:
    """Add a member of staff; raises Refused when the login is taken, WrongInput."""
    login, name = clean_login(new.login), clean_line(new.name, 120)
    if not name:
        raise WrongInput(N_("A member of staff needs a name."))
    if new.role is Role.SYSTEM:
        raise WrongInput(N_("The role system is the program's own; choose agent, supervisor or admin."))
    if work.session.scalar(sa.select(col(Staff.id)).where(col(Staff.login) == login)) is not None:
        raise Refused(N_("The login %(login)s is taken."), login=login)
    row = Staff(
        login=login,
        name=name,
        role=new.role,
        password_hash=password_hash,
        must_change_password=must_change,
        created_at=work.now,
    )
    work.session.add(row)
    try:
        work.session.flush()
    except sa.exc.IntegrityError as error:  # somebody else took it a moment ago
        raise Refused(N_("The login %(login)s is taken."), login=login) from error
    work.changed("staff.added", f"staff {login}", after={"role": new.role.value})
    return as_member(row)


@operation(roles=ADMINS)
def disable_staff(work: Work, login: str) -> StaffMember:
    """Let somebody in no more, at once; raises NotFound, Refused for the last administrator."""
    admins = _lock_admins(work)
    member = _locked(work, login)
    if admins == {member.id}:
        raise Refused(N_("%(login)s is the last administrator; add another one first."), login=member.login)
    if member.active:
        _set(work, member, active=False)
        end_sessions(work, member.id)
        work.changed("staff.disabled", f"staff {member.login}", before={"active": True})
    return _locked(work, login)


@operation(roles=ADMINS)
def enable_staff(work: Work, login: str) -> StaffMember:
    """Let somebody in again; raises NotFound."""
    member = _locked(work, login)
    if not member.active:
        _set(work, member, active=True)
        work.changed("staff.enabled", f"staff {member.login}", before={"active": False})
    return _locked(work, login)


@operation(roles=ADMINS)
def set_password(work: Work, login: str, password_hash: str, *, must_change: bool) -> StaffMember:
    """Give somebody another password and end their sessions; raises NotFound."""
    member = _locked(work, login)
    _set(
        work,
        member,
        password_hash=password_hash,
        must_change_password=must_change,
        failures=0,
        wait_until=None,
    )
    end_sessions(work, member.id)
    work.changed("staff.password_reset", f"staff {member.login}", after={"must_change": must_change})
    return _locked(work, login)


@operation(roles=ANYONE, with_due_password=True)
def replace_own_password(work: Work, verified_hash: str, password_hash: str) -> StaffMember:
    """Replace one's own password, whose old hash was just verified; ends one's shell sessions.

    `db.sign_in.change_own_password` is the way here. Raises NotAllowed when it was replaced meanwhile.
    """
    member = _locked(work, work.actor.login)
    still = work.session.scalar(sa.select(col(Staff.password_hash)).where(col(Staff.id) == member.id))
    if still != verified_hash:
        raise NotAllowed(N_("The password was changed elsewhere meanwhile; sign in again."))
    _set(work, member, password_hash=password_hash, must_change_password=False)
    end_sessions(work, member.id)
    work.changed("staff.password_changed", f"staff {member.login}")
    return _locked(work, work.actor.login)


@operation(roles=ANYONE)
def set_channel(work: Work, channel: Channel) -> StaffMember:
    """Set the channel that one's own contacts start with."""
    member = _locked(work, work.actor.login)
    _set(work, member, channel=channel)
    work.changed(
        "staff.channel",
        f"staff {member.login}",
        before={"channel": member.channel.value},
        after={"channel": channel.value},
    )
    return _locked(work, work.actor.login)


def end_sessions(work: Work, staff_id: int) -> None:
    """End every shell session of somebody."""
    work.session.execute(
        sa.update(StaffSession)
        .where(col(StaffSession.staff_id) == staff_id, col(StaffSession.ended_at).is_(None))
        .values(ended_at=work.now)
    )


def _locked(work: Work, login: str) -> StaffMember:
    statement = sa.select(*COLUMNS).where(col(Staff.login) == login.strip().lower()).with_for_update()
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no staff login %(login)s."), login=login)
    return as_member(row)


def _lock_admins(work: Work) -> set[int]:
    """Return the active administrators and keep them from being disabled meanwhile."""
    statement = (
        sa.select(col(Staff.id))
        .where(col(Staff.role) == Role.ADMIN, col(Staff.active).is_(True))
        .order_by(col(Staff.id))
        .with_for_update()
    )
    return {staff_id for staff_id in work.session.scalars(statement) if staff_id is not None}


def _set(work: Work, member: StaffMember, **values: object) -> None:
    statement = sa.update(Staff).where(col(Staff.id) == member.id)
    work.session.execute(statement.values(version=col(Staff.version) + 1, **values))
