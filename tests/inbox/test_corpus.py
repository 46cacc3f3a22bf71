"""The corpus of mail is well formed, wide, and understood as well as the inbox promises."""

from __future__ import annotations

import json
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from db.records.incoming import MailIntent
from tests.inbox.corpus import (
    CorpusMessage,
    ExpectedReading,
    MalformedCorpus,
    messages,
    mime_bytes,
    read_expectation,
)
from tests.inbox.scores import Scores, score

KINDS = {
    "abbreviations": 3, "account": 2, "all-caps": 2, "amount": 4, "automatic": 4, "business": 8,
    "charset": 5, "complaint": 6, "contradiction": 2, "correction": 5, "data-change": 6, "date": 5,
    "decimals": 3, "dialect": 2, "doubt": 4, "einvoice": 4, "elderly": 3, "electricity": 1, "estimate": 2,
    "exotic": 25, "foreigner": 3, "formal": 3, "forwarded": 4, "furious": 4, "gmail": 2, "house-number": 3,
    "html": 8, "interia": 1, "invoice-copy": 3, "iphone": 2, "leading-zeros": 3, "main-garden": 8,
    "many-meters": 3, "newsletter": 2, "no-diacritics": 4, "no-punctuation": 2, "notice": 2, "old-state": 4,
    "old-thread": 2, "one-word": 3, "onet": 1, "outlook": 2, "pesel": 1, "photo-only": 3, "polite": 3,
    "postal-code": 2, "promise": 2, "property-manager": 4, "question": 6, "red-digits": 3,
    "refers-to-quote": 3, "relative-day": 6, "reply": 15, "sale": 2, "samsung": 1, "signature": 3,
    "spaces": 4, "spam": 2, "subject-only": 4, "teenager": 3, "telegraphic": 5, "thanks": 1, "two-days": 2,
    "two-meters": 8, "two-people": 4, "typos": 2, "voice-dictation": 2, "words": 5, "wp": 1,
    "wrong-charset": 2, "wrong-diacritics": 1, "year": 2,
}  # fmt: skip
"""How many messages show what, at least."""


@pytest.fixture(scope="module")
def corpus() -> tuple[CorpusMessage, ...]:
    return tuple(messages())


@pytest.fixture(scope="module")
def scores(corpus: tuple[CorpusMessage, ...]) -> Scores:
    return score(corpus)


def test_there_are_enough_messages_of_every_kind(corpus: tuple[CorpusMessage, ...]) -> None:
    seen = Counter(trait for message in corpus for trait in message.traits)
    assert len(corpus) >= 160
    assert {trait: seen[trait] for trait, least in KINDS.items() if seen[trait] < least} == {}
    assert {message.expected.intent for message in corpus} == set(MailIntent)
    assert sum(message.name.startswith("raw-") for message in corpus) >= 25


def test_no_two_messages_are_the_same(corpus: tuple[CorpusMessage, ...]) -> None:
    seen: set[bytes] = set()
    for message in corpus:
        parsed = message_from_bytes(message.raw, policy=policy.compat32)
        del parsed["Message-ID"], parsed["Date"]
        seen.add(parsed.as_bytes())
    assert len(seen) == len(corpus)


def test_charsets_encodings_and_parts_vary(corpus: tuple[CorpusMessage, ...]) -> None:
    seen: Counter[str] = Counter()
    for message in corpus:
        for part in message_from_bytes(message.raw, policy=policy.compat32).walk():
            seen[part.get_content_type()] += 1
            seen[part.get_content_charset() or "none"] += 1
            seen[str(part.get("Content-Transfer-Encoding", "none")).lower()] += 1
            seen[str(part.get_param("format") or "fixed")] += 1
    least = {
        "iso-8859-2": 20, "windows-1250": 15, "utf-8": 80, "quoted-printable": 60, "base64": 25, "8bit": 25,
        "text/html": 40, "multipart/alternative": 25, "multipart/mixed": 8, "image/jpeg": 6, "flowed": 8,
    }  # fmt: skip
    assert {what: seen[what] for what, count in least.items() if seen[what] < count} == {}


def test_addresses_are_of_domains_that_nobody_has(corpus: tuple[CorpusMessage, ...]) -> None:
    for message in corpus:
        sender = str(message_from_bytes(message.raw)["From"])
        assert sender.rstrip(">").endswith("example.com"), message.name


def test_a_message_is_made_to_the_bytes_that_it_describes() -> None:
    raw = mime_bytes(
        "x",
        "form: alternative iso-8859-2 base64\nfiles: a.jpg\nFrom: Ździsław <z@example.com>\n"
        "Date: 2026-11-22 18:05 +0100\nSubject: żółw\n\npodaję 487\n",
    )
    parsed = message_from_bytes(raw, policy=policy.default)
    body = parsed.get_body(("plain",))
    assert body is not None
    assert body.get_content() == "podaję 487\r\n"
    assert parsed["Subject"] == "żółw"
    assert parsed["Date"].datetime.isoformat() == "2026-11-22T18:05:00+01:00"
    assert [part.get_content_type() for part in parsed.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/jpeg",
    ]
    assert not parsed.defects


GOOD = {
    "traits": ["polite"],
    "intent": "reading",
    "client_number": "123456",
    "invoice_number": None,
    "phone": "600123456",
    "readings": [{"meter": "81234567", "role": "main", "state": "487.35"}],
    "taken_on": "2026-11-22",
    "sufficient": True,
}


def test_an_expectation_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(GOOD))
    expected, traits, why = read_expectation(path)
    assert expected.proposals == {("123456", "81234567", "487.35")}
    assert traits == {"polite"}
    assert why == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"intent": "odczyt"},
        {"client_number": "12345"},
        {"phone": "600 123 456"},
        {"readings": [{"meter": None, "role": None, "state": "00487"}]},
        {"readings": [{"meter": None, "role": None, "state": "487,35"}]},
        {"readings": [{"meter": None, "role": "attic", "state": "487"}]},
        {"readings": []},
        {"taken_on": "22.11.2026"},
        {"sufficient": 1},
        {"traits": []},
        {"words": "487"},
    ],
)
def test_a_wrong_expectation_is_refused(wrong: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(GOOD | wrong))
    with pytest.raises(MalformedCorpus, match=r"x\.json"):
        read_expectation(path)


def test_a_message_without_an_expectation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("From: a@example.com\n\nstan 487\n")
    with pytest.raises(MalformedCorpus, match="of its own"):
        list(messages(tmp_path))


def test_every_expectation_that_is_hard_to_see_says_why(corpus: tuple[CorpusMessage, ...]) -> None:
    for message in corpus:
        if message.expected.readings and not message.expected.sufficient:
            assert message.why or message.traits & {"contradiction", "doubt", "question"}, message.name
        for reading in message.expected.readings:
            assert isinstance(reading, ExpectedReading)


def test_what_is_proposed_is_right(scores: Scores) -> None:
    assert scores.proposals.precision >= 0.99, scores.misses


def test_a_proposal_is_made_where_a_message_holds_enough(scores: Scores) -> None:
    assert scores.coverage >= 0.90, scores.misses


@pytest.mark.parametrize("name", ["client_number", "invoice_number", "phone"])
def test_no_number_is_taken_for_another(name: str, scores: Scores) -> None:
    assert scores.fields[name].precision >= 0.99, scores.misses
    assert scores.fields[name].recall >= 0.90, scores.misses
