"""Two hundred ways to rewrite the journal, each of them found (T14)."""

from __future__ import annotations

from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import journal
from db.chain_key import HeadFile
from db.doors import SYSTEM_ONLY, operation
from db.engine import Database
from db.models import metadata
from db.office import SYSTEM, House
from db.work import Work
from tests.conftest import KEY

ENTRIES = 40
TRIES = 200
LOG_TABLES = {journal.AUDIT: "audit_entry", journal.ACCESS: "access_entry"}


@operation(roles=SYSTEM_ONLY)
def tampering_example(work: Work, number: int) -> None:
    """Leave an entry in each log."""
    work.changed("example.changed", f"example {number}", client_id=number, after={"state": number})
    work.looked("VIEW", f"card {number}", client_id=number)


@pytest.fixture
def filled(house: House) -> House:
    for number in range(ENTRIES):
        house.office(SYSTEM).do(tampering_example, number)
    return house


def _heads(session: Session) -> dict[str, journal.Head]:
    rows = session.execute(sa.select(metadata.tables["chain_head"]))
    return {row.log: (row.seq, row.mac) for row in rows}


def _without_guards(session: Session, table: str) -> None:
    """Do what the owner of a database can always do."""
    if session.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            session.execute(sa.text(f"DROP TRIGGER {table}_no_{event}"))
    else:
        session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def _edit(session: Session, table: sa.Table, last: int, random: Random) -> None:
    names = [name for name in table.c.keys() if name not in ("seq", "mac", "before")]  # noqa: SIM118 - a column collection
    name = random.choice(names)
    row = session.execute(sa.select(table).where(table.c.seq == random.randint(1, last))).one()
    old = getattr(row, name)
    new = 77 if isinstance(old, int) or old is None else old.replace(year=2020) if name == "at" else f"{old}."
    session.execute(sa.update(table).where(table.c.seq == row.seq).values({name: new}))


def _edit_and_sign_with_another_key(session: Session, table: sa.Table, last: int, random: Random) -> None:
    seq = random.randint(1, last)
    row = dict(session.execute(sa.select(table).where(table.c.seq == seq)).mappings().one())
    before = session.scalar(sa.select(table.c.mac).where(table.c.seq == seq - 1)) or journal.START
    row["staff_login"] = "somebody"
    row["mac"] = journal.entry_mac(b"a guessed key", before, row)
    session.execute(sa.update(table).where(table.c.seq == seq).values(row))


def _delete(session: Session, table: sa.Table, last: int, random: Random) -> None:
    session.execute(sa.delete(table).where(table.c.seq == random.randint(1, last - 1)))


def _delete_and_close_the_gap(session: Session, table: sa.Table, last: int, random: Random) -> None:
    seq = random.randint(1, last - 1)
    session.execute(sa.delete(table).where(table.c.seq == seq))
    for later in range(seq + 1, last + 1):
        session.execute(sa.update(table).where(table.c.seq == later).values(seq=later - 1))
    _set_head(session, table, last - 1)


def _insert(session: Session, table: sa.Table, last: int, random: Random) -> None:
    row = dict(
        session.execute(sa.select(table).where(table.c.seq == random.randint(1, last))).mappings().one()
    )
    session.execute(sa.insert(table).values(row | {"seq": last + 1}))
    _set_head(session, table, last + 1)


def _swap(session: Session, table: sa.Table, last: int, random: Random) -> None:
    one, other = random.sample(range(1, last + 1), 2)
    for seq, new in ((one, last + 100), (other, one), (last + 100, other)):
        session.execute(sa.update(table).where(table.c.seq == seq).values(seq=new))


def _cut_the_tail(session: Session, table: sa.Table, last: int, random: Random) -> None:
    """The clever one: nothing inside the database contradicts it."""
    keep = random.randint(0, last - 1)
    session.execute(sa.delete(table).where(table.c.seq > keep))
    _set_head(session, table, keep)


def _set_head(session: Session, table: sa.Table, seq: int) -> None:
    mac = session.scalar(sa.select(table.c.mac).where(table.c.seq == seq)) or journal.START
    heads = metadata.tables["chain_head"]
    log = next(log for log, name in LOG_TABLES.items() if name == table.name)
    session.execute(sa.update(heads).where(heads.c.log == log).values(seq=seq, mac=mac))


TAMPERINGS = (
    _edit,
    _edit_and_sign_with_another_key,
    _delete,
    _delete_and_close_the_gap,
    _insert,
    _swap,
    _cut_the_tail,
)


def test_two_hundred_ways_to_rewrite_the_journal_are_all_found(filled: House, database: Database) -> None:
    random = Random(14)
    found = 0
    with Session(database.writer) as session:
        outside = _heads(session)
    for number in range(TRIES):
        log = random.choice(list(LOG_TABLES))
        table = metadata.tables[LOG_TABLES[log]]
        tampering = TAMPERINGS[number % len(TAMPERINGS)]
        with Session(database.writer) as session:
            assert journal.broken_entry(session, log, KEY, outside[log]) is None
            _without_guards(session, table.name)
            tampering(session, table, outside[log][0], random)
            session.expire_all()
            what = journal.broken_entry(session, log, KEY, outside[log])
            assert what, f"{tampering.__name__} was not found"
            found += 1
            session.rollback()
    assert found == TRIES


def test_without_the_outside_head_a_cut_tail_is_not_found(filled: House, database: Database) -> None:
    """The control: it is the head kept outside that finds it."""
    table = metadata.tables["audit_entry"]
    with Session(database.writer) as session:
        outside = _heads(session)[journal.AUDIT]
        _without_guards(session, table.name)
        _cut_the_tail(session, table, outside[0], Random(1))
        session.expire_all()
        assert journal.broken_entry(session, journal.AUDIT, KEY, None) is None
        assert journal.broken_entry(session, journal.AUDIT, KEY, outside) is not None
        session.rollback()


def test_who_has_the_key_could_rewrite_all_but_what_was_noted_outside(
    filled: House, database: Database
) -> None:
    table = metadata.tables["audit_entry"]
    with Session(database.writer) as session:
        outside = _heads(session)[journal.AUDIT]
        _without_guards(session, table.name)
        mac = journal.START
        for row in session.execute(sa.select(table).order_by(table.c.seq)).mappings().all():
            forged = dict(row) | {"staff_login": "somebody"}
            mac = forged["mac"] = journal.entry_mac(KEY, mac, forged)
            session.execute(sa.update(table).where(table.c.seq == row["seq"]).values(forged))
        _set_head(session, table, outside[0])
        session.expire_all()
        assert journal.broken_entry(session, journal.AUDIT, KEY, None) is None
        assert journal.broken_entry(session, journal.AUDIT, KEY, outside) is not None
        session.rollback()


def test_the_outside_head_follows_every_commit(
    database: Database, house: House, tmp_path_factory: pytest.TempPathFactory
) -> None:
    heads = HeadFile(tmp_path_factory.mktemp("heads"), database.place)
    noting = House(database=database, clock=house.clock, policy=house.policy, key=KEY, heads=heads)
    for number in range(3):
        noting.office(SYSTEM).do(tampering_example, number)
        with Session(database.reader) as session:
            assert heads.read() == _heads(session)
