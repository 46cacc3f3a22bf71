"""Findings as the text in which a reading keeps them, with the types of their parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from db.records.reading_import import LineFinding
from db.rules.levels import Finding, FindingCode, Level, Param


def dump_findings(findings: Iterable[Finding | LineFinding]) -> str:
    """Return `findings` as JSON; days and decimals are tagged with their kind."""
    return json.dumps(
        [
            {
                "code": str(finding.code),
                "level": finding.level.value,
                "message": finding.message,
                "params": {name: _plain(value) for name, value in finding.params.items()},
            }
            for finding in findings
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def load_findings(text: str) -> tuple[Finding, ...]:
    """Return the findings that `dump_findings` wrote; a code that no longer exists is left out."""
    known = {code.value for code in FindingCode}
    return tuple(
        Finding(
            FindingCode(stored["code"]),
            Level(stored["level"]),
            stored.get("message", ""),
            {name: _typed(value) for name, value in stored.get("params", {}).items()},
        )
        for stored in json.loads(text)
        if stored["code"] in known
    )


def load_line_findings(text: str, *, line: int, meter: str) -> tuple[LineFinding, ...]:
    """Return what stood against a row of a batch or a line of a file, as `dump_findings` wrote it."""
    return tuple(
        LineFinding(
            line,
            meter,
            stored["code"],
            Level(stored["level"]),
            stored["message"],
            {name: _typed(value) for name, value in stored["params"].items()},
        )
        for stored in json.loads(text)
    )


def _plain(value: Param) -> int | str | Mapping[str, str]:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value


def _typed(value: Any) -> Param:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else Decimal(value["decimal"])
    return value if isinstance(value, int) else str(value)
