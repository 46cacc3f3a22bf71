"""How well the corpus of incoming mail is understood, and how long that takes.

    python -m tests.benchmarks.bench_inbox
    python -m tests.benchmarks.bench_inbox --misses
    python -m tests.benchmarks.bench_inbox --corpus FOLDER

Precision and recall of each field, the share of right ones among the proposals of (client, meter,
state), and the share of the messages holding enough for which one is made. `--misses` lists the
messages of which a field was understood otherwise than expected, with both.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.inbox.corpus import CORPUS, CorpusMessage, messages
from tests.inbox.scores import Scores, score, understood_of, values


def main() -> None:
    """Score a corpus and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of messages")
    parser.add_argument("--misses", action="store_true", help="list what was understood otherwise")
    options = parser.parse_args()
    corpus = list(messages(options.corpus))
    started = time.perf_counter()
    scores = score(corpus)
    spent = time.perf_counter() - started
    _report(scores, len(corpus), spent)
    if options.misses:
        _misses(scores, {message.name: message for message in corpus})


def _report(scores: Scores, count: int, spent: float) -> None:
    print(f"{count} messages, {spent / max(1, count) * 1000:.1f} ms each")
    print(f"{'':16}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>9}")
    for name, field in (*scores.fields.items(), ("proposals", scores.proposals)):
        print(
            f"{name:16}{field.right:>7}{field.wrong:>7}{field.missed:>8}"
            f"{field.precision:>11.1%}{field.recall:>9.1%}"
        )
    print(f"proposals that are right: {scores.proposals.precision:.2%}")
    print(f"messages holding enough: {scores.holding}, proposed: {scores.proposed} ({scores.coverage:.1%})")
    print(f"messages wholly right: {count - len(scores.misses)} of {count}")


def _misses(scores: Scores, corpus: dict[str, CorpusMessage]) -> None:
    for name, fields in scores.misses.items():
        understood, expected = understood_of(corpus[name].raw), corpus[name].expected
        print(f"\n{name}")
        for field in fields:
            print(
                f"  {field}: {_shown(values(understood, field))}, expected {_shown(values(expected, field))}"
            )


def _shown(found: tuple[object, ...]) -> str:
    return ", ".join(str(value) for value in found) or "nothing"


if __name__ == "__main__":
    main()
