"""The hash chain over the audit and access logs.

Each entry's MAC is HMAC-SHA256 over its own canonical JSON and the MAC before it, made in
the transaction of the change itself. An edited, removed or reordered entry breaks the
chain; a cut tail is found by the head that is kept outside the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.errors import Refused
from db.models import AccessEntry, AuditEntry, ChainHead, metadata
from db.words import N_, Words

AUDIT = "audit"
ACCESS = "access"
LOGS: dict[str, type[AuditEntry] | type[AccessEntry]] = {ACCESS: AccessEntry, AUDIT: AuditEntry}
"""Each log and its table, in the order in which their heads are locked."""
START = "0" * 64
AT_ONCE = 5_000
"""Entries written by one statement: a file of readings leaves one for each of its lines."""
NAMES = {ACCESS: N_("access"), AUDIT: N_("audit")}
"""What people call the logs: `the access log`."""
_MISSING = N_("The %(log)s log is not whole: entry %(seq)s is missing.")
_CHANGED = N_("The %(log)s log is not whole: entry %(seq)s was changed or moved.")
_OTHER = N_("The %(log)s log is not whole: entry %(seq)s is not the one noted outside the database.")
_NO_HEAD = N_("The %(log)s log is not whole: it ends at entry %(last)s, its head says otherwise.")
_CUT_OFF = N_("The %(log)s log is not whole: the entries %(first)s to %(last)s were cut off.")

_HEADS = metadata.tables["chain_head"]
_HEAD = sa.select(_HEADS.c.seq, _HEADS.c.mac).where(_HEADS.c.log == sa.bindparam("of")).with_for_update()
_NEW_HEAD = sa.update(_HEADS).where(_HEADS.c.log == sa.bindparam("of"))
_INSERTS = {log: sa.insert(metadata.tables[str(table.__tablename__)]) for log, table in LOGS.items()}

Head = tuple[int, str]
"""Sequence number and MAC of the newest entry."""


def entry_mac(key: bytes, before: str, fields: dict[str, Any]) -> str:
    """Return the MAC of an entry whose predecessor's MAC is `before`."""
    plain = {name: _plain(value) for name, value in fields.items() if name != "mac"}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, (before + text).encode(), hashlib.sha256).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def append(session: Session, log: str, entries: Sequence[dict[str, Any]], key: bytes) -> Head | None:
    """Write `entries` at the end of `log` within the session's transaction; return the new head."""
    if not entries:
        return None
    head = session.execute(_HEAD, {"of": log}).one()
    seq, mac = int(head.seq), str(head.mac)
    for start in range(0, len(entries), AT_ONCE):
        rows = []
        for entry in entries[start : start + AT_ONCE]:
            seq += 1
            fields = {"seq": seq, **entry}
            mac = entry_mac(key, mac, fields)
            rows.append({**fields, "mac": mac})
        session.execute(_INSERTS[log], rows)
    session.execute(_NEW_HEAD, {"of": log, "seq": seq, "mac": mac})
    return seq, mac


def broken_entry(session: Session, log: str, key: bytes, outside: Head | None) -> Refused | None:
    """Walk `log` from its start; return what to say of its first fault, or None when it is whole.

    `outside` is a head noted earlier outside the database: its entry must still stand.
    """
    expected, mac = 0, START
    with closing(_entries(session, log)) as entries:
        for fields in entries:
            expected += 1
            seq = fields["seq"]
            if seq != expected:
                return _broken(log, _MISSING, seq=expected)
            mac_now = entry_mac(key, mac, fields)
            if not hmac.compare_digest(mac_now, fields["mac"]):
                return _broken(log, _CHANGED, seq=seq)
            mac = mac_now
            if outside is not None and seq == outside[0] and mac != outside[1]:
                return _broken(log, _OTHER, seq=seq)
    head = session.get(ChainHead, log)
    if head is None or (head.seq, head.mac) != (expected, mac):
        return _broken(log, _NO_HEAD, last=expected)
    if outside is not None and outside[0] > expected:
        return _broken(log, _CUT_OFF, first=expected + 1, last=outside[0])
    return None


def _broken(log: str, message: str, **places: int) -> Refused:
    """Return what to say; the places are names of entries, not amounts."""
    return Refused(message, log=Words(NAMES[log]), **{name: str(place) for name, place in places.items()})


def _entries(session: Session, log: str) -> Generator[dict[str, Any], None, None]:
    table = metadata.tables[str(LOGS[log].__tablename__)]
    statement = sa.select(table).order_by(table.c.seq).execution_options(yield_per=2000)
    with session.execute(statement) as result:
        for row in result.mappings():
            yield dict(row)
