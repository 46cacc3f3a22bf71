"""T24 and the form of a mail: nothing typed becomes a header, text and HTML say the same."""

from __future__ import annotations

import email
import email.policy
import random
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from reports.mailing.html import html_of
from reports.mailing.message import Attachment, Letter, is_message_id, mail_bytes
from tests.conftest import START

ID = "<0123456789abcdef0123456789abcdef@example.org>"
PDF = b"%PDF-1.4 paper\n"
PAYLOADS = 1_000
SEPARATORS = (
    *("\r\n", "\n", "\r", "\r\n ", "\n\t", "\0", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"),
    *("\r\n\r\n", "\n\n", "\r\r\n", "\x00\r\n", "=0D=0A", "=?utf-8?q?=0D=0A?=", "=?utf-8?b?DQo=?=", "%0d%0a"),
)
INJECTED = (
    *("Bcc: thief@example.net", "X-Evil: 1", "To: other@example.net", "Content-Type: text/html"),
    *(
        "From: boss@example.org",
        "\r\n<script>alert(1)</script>",
        "Subject: other",
        ".",
        "DATA",
        "RCPT TO:<x@y.pl>",
    ),
)
EXPECTED = [
    *("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References"),
    *("Auto-Submitted", "MIME-Version", "Content-Type"),
]


def letter(**values: object) -> Letter:
    plain: dict[str, object] = {
        "sender": "biuro@example.org", "sender_name": "Wody Próbne", "reply_to": "bok@example.org",
        "to": "klient@example.com", "subject": "Wniosek W/1", "body": "Dzień dobry", "message_id": ID,
        "written_at": START, "in_reply_to": "<1@example.com>", "attachment": Attachment("P/2026/1", PDF),
    }  # fmt: skip
    return Letter(**(plain | values))  # type: ignore[arg-type]  # values of a test's own


def headers(data: bytes) -> list[str]:
    """Return the names of the headers as the next program will see them: by the lines alone."""
    head = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").partition(b"\n\n")[0]
    lines = [line for line in head.split(b"\n") if line[:1] not in (b" ", b"\t")]
    return [line.partition(b":")[0].decode("latin-1") for line in lines]


def payloads() -> list[str]:
    draw = random.Random(24)
    return [
        draw.choice(("", "Jan ", "żółw ", "x" * 70 + " ", "a@b.pl"))
        + draw.choice(SEPARATORS)
        + draw.choice(INJECTED)
        + draw.choice(("", draw.choice(SEPARATORS)))
        + draw.choice(("", "koniec", "ą" * 60))
        for _ in range(PAYLOADS)
    ]


def read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def test_nothing_typed_becomes_a_header() -> None:
    """T24: in subject, names, file name, text, addresses and the mail that is answered."""
    for turn, payload in enumerate(payloads()):
        data = mail_bytes(
            letter(
                subject=payload,
                sender_name=payload,
                body=payload,
                in_reply_to=payload,
                attachment=Attachment(payload, PDF),
            )
        )
        without_answer = [name for name in EXPECTED if name not in ("In-Reply-To", "References")]
        assert headers(data) == without_answer, repr(payload)
        assert b"\0" not in data
        if turn % 20 == 0:  # a whole reading takes longer than a writing
            mail = read(data)
            assert (mail.defects, str(mail["To"])) == ([], "klient@example.com")
            assert len(list(mail.iter_attachments())) == 1
        for address in (payload, f"jan{payload}@example.com", f"jan@example.com{payload}"):
            try:
                data = mail_bytes(letter(to=address, sender=address, reply_to=address, attachment=None))
            except WrongInput:
                continue
            # a made-up name before the @ that is one, such as `=0D=0A`
            assert headers(data) == [name for name in EXPECTED if name != "Reply-To"], repr(payload)
            assert not set(address.strip()) & set("\r\n\0 ")


def test_a_builder_that_puts_headers_together_is_found_out() -> None:
    """The control of T24: the same payloads through plain formatting give headers that nobody set."""

    def naive(subject: str) -> bytes:
        return f"From: biuro@example.org\r\nTo: a@example.com\r\nSubject: {subject}\r\n\r\nx".encode()

    caught = sum(headers(naive(payload)) != ["From", "To", "Subject"] for payload in payloads())
    assert caught > PAYLOADS / 4


def test_the_last_look_finds_a_header_that_slipped_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the product's own check: with the cleaning gone, nothing is written at all."""
    monkeypatch.setattr("reports.mailing.message.is_message_id", lambda text: True)
    for end in ("\r\nBcc: thief@example.net", "\nBcc: x", "\rBcc: x", "\0", "\r\n\r\nx", "\r\n ", "x" * 999):
        with pytest.raises(ValueError, match="nobody set"):
            mail_bytes(letter(message_id=f"<1@x>{end}"))


@given(st.text(max_size=200), st.text(max_size=60))
def test_whatever_is_typed_the_headers_are_ours(subject: str, name: str) -> None:
    data = mail_bytes(letter(subject=f"x{subject}", sender_name=name))
    assert headers(data) == EXPECTED
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.isascii()


def test_a_mail_has_text_html_and_paper_that_agree() -> None:
    body = "Szanowni Państwo,\n\nżółta <b>karta</b> & klucz\nw drugim wierszu\n\n.kropka na początku\n"
    mail = read(mail_bytes(letter(body=body, automatic=False)))
    assert mail.get_content_type() == "multipart/mixed"
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == body
    assert said(page.get_content()) == body.split()
    assert "<b>" not in page.get_content()
    (paper,) = mail.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == ("P-2026-1.pdf", "application/pdf")
    assert paper.get_content() == PDF
    assert str(mail["From"]) == "Wody Próbne <biuro@example.org>"
    assert (mail["Message-ID"], mail["In-Reply-To"], mail["References"]) == (
        ID,
        "<1@example.com>",
        "<1@example.com>",
    )
    assert mail["Date"] == "Sun, 22 Nov 2026 10:00:00 +0100"
    assert mail["Reply-To"] == "Wody Próbne <bok@example.org>"
    assert mail["Auto-Submitted"] is None
    assert read(mail_bytes(letter()))["Auto-Submitted"] == "auto-generated"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.within = tag

    def handle_data(self, data: str) -> None:
        if self.within != "title":
            self.words += data.split()


def said(page: str) -> list[str]:
    """Return the words that a page shows."""
    reader = _Words()
    reader.feed(page)
    return reader.words


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=300))
def test_html_shows_every_word_of_the_text_and_no_markup_of_its_own(text: str) -> None:
    page = html_of("x", text)
    assert said(page) == text.split()
    body = page.partition("<body")[2]
    assert set(_tags(body)) <= {"p", "/p", "br", "/body", "/html", "a", "/a"}


def _tags(page: str) -> list[str]:
    return [part.split(">")[0].split(" ")[0] for part in page.split("<")[1:]]


def test_only_a_link_that_stands_alone_is_one() -> None:
    page = html_of("x", 'https://example.org/k/a-b?c=1&d\n\nPan https://evil.example\n\nhttps://x.pl/"><b>')
    assert page.count("<a ") == 1
    assert 'href="https://example.org/k/a-b?c=1&amp;d"' in page


@pytest.mark.parametrize("length", [20, 80, 116, 240])
def test_long_identifiers_stay_whole(length: int) -> None:
    known = f"<{'a' * length}@example.org>"
    data = mail_bytes(letter(in_reply_to=known))
    assert f"In-Reply-To: {known}\r\n".encode() in data or length > 200
    assert is_message_id(known) is (length <= 200)


@pytest.mark.parametrize(
    "text",
    ["", "x", "<a@b", "a@b", "<a b@c>", "<a@b@c>", "<a@b>\n", "<ą@b>", "<a@b><c@d>", "<@b>", "<a@>"],
)
def test_what_is_no_message_id(text: str) -> None:
    assert not is_message_id(text)


def test_a_message_without_words_is_refused() -> None:
    for values in ({"body": " \n "}, {"subject": "\0"}):
        with pytest.raises(WrongInput, match="neither a text"):
            mail_bytes(letter(**values))
