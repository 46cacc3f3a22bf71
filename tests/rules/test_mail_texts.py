"""Mails and letters: every text fills, none with a place left empty, and data stays data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from db.records.documents import DocumentKind
from db.records.people import Channel
from db.records.requests import ComplaintSubject, RejectReason, RequestField, RequestKind
from db.rules import letter_words
from db.rules.mail_texts import (
    COMMON,
    INFORMATION_TEMPLATES,
    MailTemplate,
    Value,
    filled,
    mail_text,
    placeholders,
    with_own_words,
)

OFFICE = {"utility": "Wodociągi Przykładowa sp. z o.o.", "phone": "+48 33 555 01 00"}
SAMPLES: dict[str, Value] = {
    "number": "W/2026/00418",
    "matter": RequestKind.NAME,
    "client": "123456",
    "received": date(2026, 11, 3),
    "deadline": date(2026, 12, 3),
    "answer_by": date(2026, 11, 17),
    "effective": date(2026, 11, 24),
    "reason": RejectReason.NOT_PROVED,
    "email": "zaneta@example.com",
    "login": "zaneta",
    "link": "https://ebok.example.pl/potwierdz/abc",
    "expires": datetime(2026, 11, 24, 13, 5, tzinfo=UTC),
    "subject": ComplaintSubject.BILL,
    "document": DocumentKind.DEMAND,
    "amount": Decimal("1234.50"),
    "due": date(2026, 12, 6),
    "account": "12 3456",
    "act": "ustawa (Dz.U. 2024 poz. 757)",
}


def values_of(template: MailTemplate) -> dict[str, Value]:
    """Return what a template needs, and nothing else."""
    return {**OFFICE, **{name: SAMPLES[name] for name in placeholders(template)}}


@pytest.mark.parametrize("template", MailTemplate)
def test_every_text_fills(template: MailTemplate) -> None:
    subject, body = mail_text(template, **values_of(template), agent="Anna Nowak")
    assert "\n" not in subject
    assert 5 < len(subject) <= 120
    assert body.startswith("Szanowni Państwo,\n\n")
    assert body.endswith("Wodociągi Przykładowa sp. z o.o.\ntel. +48 33 555 01 00\n")
    assert "Z poważaniem\nAnna Nowak\nBiuro Obsługi Klienta" in body
    assert "%" not in subject + body
    assert ".." not in subject + body
    assert "None" not in body


@pytest.mark.parametrize("template", MailTemplate)
def test_a_missing_or_a_strange_value_is_an_error(template: MailTemplate) -> None:
    for name in placeholders(template) | COMMON:
        values = values_of(template)
        del values[name]
        with pytest.raises(ValueError, match=name):
            mail_text(template, **values)
    with pytest.raises(ValueError, match="no place for salary"):
        mail_text(template, **values_of(template), salary="1")


def test_values_become_polish_words() -> None:
    _subject, body = mail_text(MailTemplate.INVOICE_ISSUED, **values_of(MailTemplate.INVOICE_ISSUED))
    assert "Kwota faktury: 1 234,50 zł. Termin płatności: 6 grudnia 2026 r.\n" in body
    _subject, body = mail_text(MailTemplate.EBOK_ACTIVATION, **values_of(MailTemplate.EBOK_ACTIVATION))
    assert "działa tylko raz i jest ważny do 24 listopada 2026 r., godz. 14:05. Hasło" in body
    assert "\n\nhttps://ebok.example.pl/potwierdz/abc\n\n" in body
    _subject, body = mail_text(MailTemplate.REQUEST_REJECTED, **values_of(MailTemplate.REQUEST_REJECTED))
    assert "powodu: nie przedstawiono dokumentu, który potwierdza zmianę." in body
    assert "rzecznika konsumentów" in body


def test_the_words_of_kinds_that_share_a_value_are_not_mixed() -> None:
    """`duplicate` is a reason and a document."""
    said = {name: SAMPLES[name] for name in ("number", "matter", "client")}
    text = filled(MailTemplate.REQUEST_REJECTED, **OFFICE, **said, reason=RejectReason.DUPLICATE)
    assert "ta sama sprawa" in text.paragraphs[0]
    enclosed = filled(
        MailTemplate.DOCUMENT_ENCLOSED,
        **OFFICE,
        number="DUP/1",
        client="1234",
        document=DocumentKind.DUPLICATE,
    )
    assert enclosed.subject == "Dokument DUP/1 (duplikat)"


def test_every_member_has_polish_words() -> None:
    assert set(letter_words.MATTERS) == set(RequestKind)
    assert set(letter_words.FIELDS) == set(RequestField)
    assert set(letter_words.REASONS) == set(RejectReason)
    assert set(letter_words.SUBJECTS) == set(ComplaintSubject)
    assert set(letter_words.CHANNELS) == set(Channel)
    assert set(letter_words.DOCUMENTS) == set(DocumentKind)


def test_the_agents_own_words_stand_before_the_end_of_a_question() -> None:
    assert INFORMATION_TEMPLATES.keys() == {
        template for template in MailTemplate if "answer_by" in placeholders(template)
    }
    template = MailTemplate.FREE
    _subject, body = mail_text(template, **values_of(template), paragraph="  Prosimy o numer lokalu.  ")
    asked, own, end = body.split("\n\n")[2:5]
    assert asked.endswith(":")
    assert own == "Prosimy o numer lokalu."
    assert end.startswith("Odpowiedź")
    assert with_own_words(MailTemplate.REQUEST_APPLIED, ("a", "b"), " c ") == ("a", "b", "c")
    assert with_own_words(template, ("a", "b"), "") == ("a", "b")


def test_data_is_never_a_place_nor_a_header() -> None:
    values = values_of(MailTemplate.EBOK_ACTIVATION) | {"login": "%(link)s %s %n {0}"}
    assert "loginie %(link)s %s %n {0} dla" in mail_text(MailTemplate.EBOK_ACTIVATION, **values)[1]
    values = values_of(MailTemplate.REQUEST_APPLIED) | {"number": "W/1\r\nBcc: all@example.com"}
    subject, body = mail_text(MailTemplate.REQUEST_APPLIED, **values)
    assert "\r" not in subject + body
    assert "\n" not in subject
    assert "\nBcc" not in body
