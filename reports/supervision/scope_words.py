"""What the access log notes of a look, in a reader's words: the log itself keeps one fixed spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping

from db.words import N_

_LINES = r", (?P<count>\d+) lines"
_KNOWN: tuple[tuple[str, str], ...] = (
    (r"(?P<count>\d+\+?) hits(?:: .*)?", N_("search, hits: %(count)s")),
    (r"client card, level (?P<level>\d)", N_("client card, level %(level)s")),
    (r"pesel", N_("PESEL")),
    (r"phone \d+", N_("phone")),
    (r"email \d+", N_("e-mail")),
    (
        rf"report (?P<name>\w+) (?P<view>\w+){_LINES}, masked",
        N_("report %(name)s %(view)s, masked, rows: %(count)s"),
    ),
    (r"report (?P<name>[\w ]+) to (?P<address>\S+)", N_("report %(name)s sent to %(address)s")),
    (r"report (?P<name>\w+) (?P<view>\w+)", N_("report %(name)s %(view)s")),
    (r"document (?P<number>.+)", N_("document %(number)s")),
    (r"documents", N_("documents")),
    (r"preview \w+", N_("preview of a letter")),
    (r"papers of (?P<period>[\d-]+): \w+", N_("papers of %(period)s")),
    (r"account", N_("account")),
    (r"balance", N_("balance")),
    (r"e-BOK account", N_("e-BOK account")),
    (r"e-invoice", N_("e-Faktura")),
    (r"erasure plan", N_("plan of an erasure")),
    (r"personal data", N_("copy of the personal data")),
    (r"look-ups", N_("list of the look-ups")),
    (r"reading form of meter (?P<meter>.+)", N_("reading form of meter %(meter)s")),
    (r"readings of meter (?P<meter>.+)", N_("readings of meter %(meter)s")),
    (r"who else has this \w+", N_("who else has the same data")),
    (r"requests", N_("requests")),
    (rf"requests{_LINES}", N_("requests, rows: %(count)s")),
    (r"request (?P<number>\S+)", N_("request %(number)s")),
    (r"file \d+ of request (?P<number>.+)", N_("file of request %(number)s")),
    (rf"inbox{_LINES}", N_("incoming mail, rows: %(count)s")),
    (r"incoming mail (?P<key>\d+)", N_("incoming message %(key)s")),
    (r"source of incoming mail (?P<key>\d+)", N_("source of incoming message %(key)s")),
    (r"outgoing mail: \w+", N_("outgoing mail")),
    (rf"work list \w+{_LINES}", N_("work list, rows: %(count)s")),
    (rf"unmatched payments{_LINES}", N_("unmatched payments, rows: %(count)s")),
    (
        r"till (?P<login>\S+) (?P<day>[\d-]+), (?P<count>\d+) payments",
        N_("till %(login)s of %(day)s, payments: %(count)s"),
    ),
    (rf"trial of bank file \w+{_LINES}", N_("trial of a bank file, rows: %(count)s")),
    (r"file of readings \w+: (?P<count>\d+) lines, \d+ bad", N_("file of readings, rows: %(count)s")),
    (
        r"batch of readings (?P<key>\d+): (?:protocol of )?(?P<count>\d+) rows.*",
        N_("batch of readings %(key)s, rows: %(count)s"),
    ),
)
_TOLD = tuple((re.compile(pattern), words) for pattern, words in _KNOWN)


def scope_words(scope: str) -> tuple[str, Mapping[str, str]] | None:
    """Return how people are told a scope, `N_`-marked, with its values; None for one that is not known."""
    for pattern, words in _TOLD:
        if found := pattern.fullmatch(scope):
            return words, found.groupdict()
    return None
