"""Raw messages taken apart: letters, headers, parts, files."""

from __future__ import annotations

import base64
import quopri
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.records.incoming import AttachedFile
from db.rules.inbox import parts, source
from db.rules.inbox.source import read_source
from db.rules.text import clean
from tests.rules.inbox.raw_mail import HEAD, attachment, mail, multipart, part

WORDS = "Dzień dobry, podaję stan wodomierza: 487 m³. Żółć, Łąka – „świeżo”"
POLISH = "Dzień dobry, podaję stan wodomierza: 487. Zażółć gęślą jaźń, ŚWIĘTA ŁÓDŹ"
SUMMER = timezone(timedelta(hours=2))


def test_a_plain_message() -> None:
    read = read_source(mail("Stan 487\n"))
    assert (read.sender, read.sender_name) == ("jan@example.pl", "Jan Kowalski")
    assert (read.message_id, read.subject) == ("<1@example.pl>", "Stan licznika")
    assert read.sent_at == datetime(2026, 11, 16, 8, 14, tzinfo=timezone(timedelta(hours=1)))
    assert (read.text, read.quoted, read.files, read.troubles) == ("Stan 487", "", (), ())
    assert not read.automatic


@pytest.mark.parametrize("sent", ["utf-8", "cp1250", "iso-8859-2"])
@pytest.mark.parametrize(
    "declared",
    ["utf-8", "UTF8", '"windows-1250"', "cp1250", "ISO-8859-2", "latin2", "iso-8859-1", "us-ascii",
     "x-unknown", "unicode_escape", "idna", "rot13", "", None],
)  # fmt: skip
def test_letters_whatever_charset_is_declared(sent: str, declared: str | None) -> None:
    typed = "text/plain" if declared is None else f"text/plain; charset={declared}"
    read = read_source(mail(POLISH.encode(sent), typed))
    assert (read.text, read.troubles) == (POLISH, ())


@pytest.mark.parametrize("charset", ["utf-8", "cp1250", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "BASE64 ", "8bit", "binary", "x-own"])
def test_letters_in_every_transfer_encoding(charset: str, encoding: str) -> None:
    data = (WORDS.replace("³", "3") if charset == "cp1250" else WORDS).encode(charset)
    if encoding.strip().lower() == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    elif charset.startswith("utf-16"):
        return  # its zeros do not survive a line of mail
    read = read_source(
        mail(data, f"text/plain; charset={charset}", more=f"Content-Transfer-Encoding: {encoding}")
    )
    assert read.text.replace("3.", "³.", charset == "cp1250") == WORDS
    assert bool(read.troubles) is (encoding == "x-own")


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "windows-1252", "iso-8859-2", "windows-1250", "us-ascii", ""]
)
def test_cubic_metres_of_a_western_charset(declared: str) -> None:
    read = read_source(mail("Stan 487 m³.".encode("latin-1"), f"text/plain; charset={declared}"))
    assert (read.text, read.troubles) == ("Stan 487 m³.", ())


def test_letters_of_other_languages_are_left_alone() -> None:
    for text, charset in (
        ("Müller, Straße 5", "iso-8859-1"),
        ("Привіт, 487", "koi8-u"),
        ("中文 487", "gb2312"),
    ):
        assert read_source(mail(text.encode(charset), f"text/plain; charset={charset}")).text == text


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("g³ówny: 1188\n£ukasz Ziêtek, Wi¶niowa 3", "główny: 1188\nŁukasz Ziętek, Wiśniowa 3"),
        ("Stan 487 m³, Müller", "Stan 487 m³, Müller"),
        ("żółty licznik, x³y", "żółty licznik, x³y"),
    ],
)
def test_polish_letters_that_a_program_sent_on_as_western_ones(sent: str, read: str) -> None:
    assert read_source(mail(sent.encode(), "text/plain; charset=utf-8")).text == read


def test_a_damaged_letter_costs_only_itself() -> None:
    read = read_source(mail("Podaję stan żółty 487".encode() + b"\xff i tyle"))
    assert read.text.startswith("Podaję stan żółty 487")
    assert read.troubles == (parts.STRANGE_LETTERS,)


ENCODED = base64.b64encode(b"Stan wodomierza 487 m3, numer 12345678. Pozdrawiam")


@pytest.mark.parametrize(
    ("data", "text", "sound"),
    [
        (ENCODED, "Stan wodomierza 487 m3, numer 12345678. Pozdrawiam", True),
        (ENCODED.rstrip(b"="), "Stan wodomierza 487 m3, numer 12345678. Pozdrawiam", True),
        (ENCODED[:-1], "Stan wodomierza 487 m3, numer 12345678. Pozdrawiam", True),
        (ENCODED[:41], "Stan wodomierza 487 m3, numer", False),
        (b"\r\n".join(ENCODED[at : at + 7] for at in range(0, 68, 7)), "Stan wodomierza 487 m3", True),
        (ENCODED + b"\r\n--\r\nSprawdzone przez Skaner", "Stan wodomierza 487 m3", False),
        (b"Stan wodomierza 487 m3", "Stan wodomierza 487 m3", False),
        (base64.b64encode(b"Stan ") + b"\r\n" + base64.b64encode(b"487"), "Stan 487", True),
        (b"", "", True),
        (b"====", "", True),
    ],
)
def test_base64_whole_and_broken(data: bytes, text: str, sound: bool) -> None:
    read = read_source(mail(data, more="Content-Transfer-Encoding: base64"))
    assert read.text.startswith(text)
    assert (read.troubles == ()) is sound


def test_quoted_printable_that_is_broken() -> None:
    read = read_source(
        mail(b"Stan =3D 487=\r\n m3 =ZZ =C5=82=", more="Content-Transfer-Encoding: quoted-printable")
    )
    assert read.text == "Stan = 487 m3 =ZZ ł"


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"Stan licznika", "Stan licznika"),
        (b"=?utf-8?B?" + base64.b64encode("Podaję stan – 487".encode()) + b"?=", "Podaję stan – 487"),
        (b"=?ISO-8859-2?Q?Podaj=EA_stan?= =?ISO-8859-2?Q?_licznika?=", "Podaję stan licznika"),
        (b"=?windows-1250?q?=9Cwieci?= 487", "świeci 487"),
        (b"=?utf-8*pl?Q?=C5=BC?=", "ż"),
        (b"=?UTF-8?Q?Odczyt_=C5?=\r\n =?UTF-8?Q?=82azienka?=", "Odczyt łazienka"),
        (b"=?utf-8?B?xbw=?= =?utf-8?B?w7M?=", "żó"),
        (b"Odp: =?utf-8?Q?=C5=BC?=: x", "Odp: ż: x"),
        (b"=?utf-8?Q?stan 487?=", "stan 487"),
        (b"=?utf-8?Q?Podaj=C4=99_st", "Podaję st"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?nonsense?Q?Podaj=C4=99?=", "Podaję"),
        (b"=?utf-8?B?!!!?= x", "x"),
        ("Podaję stan".encode(), "Podaję stan"),
        ("Podaję stan".encode("cp1250"), "Podaję stan"),
        ("Podaję stan".encode("iso-8859-2"), "Podaję stan"),
        (b"Stan\r\n licznika\r\n\t487", "Stan licznika 487"),
        (b"a\x1b[2Jb \xe2\x80\xaec [/x] \x00 d", "a[2Jb c [/x] d"),
        (b"=?utf-8?B?" + base64.b64encode(b"a\r\nBcc: x@y.pl\x1b]0;t\x07") + b"?=", "a Bcc: x@y.pl]0;t"),
        (b"=HYPERLINK(1)", "=HYPERLINK(1)"),
        (b"", ""),
    ],
)
def test_subjects(raw: bytes, subject: str) -> None:
    assert read_source(HEAD.replace(b"Stan licznika", raw) + b"\r\nx").subject == subject


@pytest.mark.parametrize(
    ("raw", "address", "name"),
    [
        (b"jan@example.pl", "jan@example.pl", ""),
        (b"<Jan.Kowalski@Example.PL>", "jan.kowalski@example.pl", ""),
        (b'"Kowalski, Jan" <jan@example.pl>', "jan@example.pl", "Kowalski, Jan"),
        (b"jan@example.pl (Jan Kowalski)", "jan@example.pl", "Jan Kowalski"),
        (b"=?utf-8?Q?=C5=BBaneta?= <z@example.pl>", "z@example.pl", "Żaneta"),
        (b'"=?iso-8859-2?Q?=AFaneta?=" <z@example.pl>', "z@example.pl", "Żaneta"),
        ("Żaneta <z@example.pl>".encode("cp1250"), "z@example.pl", "Żaneta"),
        (b'"inny@example.com" <z@example.pl>', "z@example.pl", "inny@example.com"),
        (b"=?utf-8?Q?<inny@example.com>?= <z@example.pl>", "", None),
        (b"=?utf-8?B?" + base64.b64encode(b"<inny@example.com>") + b"?= <z@example.pl>", "z@example.pl",
         "<inny@example.com>"),
        (b"a@example.pl, b@example.pl", "", ""),
        (b"A <a@example.pl>\r\nFrom: B <b@example.pl>", "", "A"),
        (b"A <a@example.pl>\r\nFrom: A <A@example.pl>", "a@example.pl", "A"),
        (b"undisclosed", "", ""),
        (b"", "", ""),
        (b'"\\"Jan\\" <x@y.pl>" <z@example.pl>', "z@example.pl", None),
    ],
)  # fmt: skip
def test_senders(raw: bytes, address: str, name: str | None) -> None:
    read = read_source(HEAD.replace(b"Jan Kowalski <jan@example.pl>", raw) + b"\r\nx")
    assert read.sender == address
    assert name is None or read.sender_name == name
    assert (source.NO_SENDER in read.troubles) is not bool(address)


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        (b"Mon, 16 Nov 2026 23:50:00 +0200", datetime(2026, 11, 16, 23, 50, tzinfo=SUMMER)),
        (b"16 Nov 2026 23:50 +0200 (CEST)", datetime(2026, 11, 16, 23, 50, tzinfo=SUMMER)),
        (b"Mon, 16 Nov 2026 23:50:00", datetime(2026, 11, 16, 23, 50, tzinfo=timezone.utc)),  # noqa: UP017 - as SUMMER is made
        (b"yesterday", None),
        (b"", None),
        (b"Mon, 99 Nov 2026 23:50:00 +0200", None),
        (b"Mon, 16 Nov 2026 23:50:00 +9999999999", None),
        (b"Mon, 16 Nov 999999 23:50:00 +0200", None),
        (b"(" * 500, None),
    ],
)
def test_dates(raw: bytes, instant: datetime | None) -> None:
    read = read_source(HEAD.replace(b"Mon, 16 Nov 2026 08:14:00 +0100", raw) + b"\r\nx")
    assert read.sent_at == instant
    if instant and read.sent_at:
        assert read.sent_at.utcoffset() == instant.utcoffset()
    assert (source.NO_DATE in read.troubles) is (instant is None)


def test_the_thread() -> None:
    read = read_source(
        mail("x", more="In-Reply-To: <2@x> sent on Monday\nReferences: <1@x> junk <2@x>\n <3@x> <1@x>")
    )
    assert read.in_reply_to == "<2@x>"
    assert read.references == ("<1@x>", "<2@x>", "<3@x>")
    many = " ".join(f"<{n}@x>" for n in range(500))
    assert len(read_source(mail("x", more=f"References: {many}")).references) == 50
    forged = HEAD.replace(b"<1@example.pl>", b"<1@ex\x1b[2J ample>\r\n <a@b>")
    assert read_source(forged + b"\r\nx").message_id == "<a@b>"


def test_plain_words_are_preferred_to_html_unless_they_say_nothing() -> None:
    rich = part("<p>z HTML 2</p>", "text/html; charset=utf-8")
    for plain, text in (
        ("czysty 1", "czysty 1"),
        ("", "z HTML 2"),
        ("  \n\n", "z HTML 2"),
        ("[image: logo.png]\n[cid:abc]\n", "z HTML 2"),
        ("Ta wiadomość jest w formacie HTML.", "z HTML 2"),
    ):
        raw = multipart("alternative", part(plain, "text/plain; charset=utf-8"), rich)
        assert read_source(raw).text == text
    assert read_source(multipart("alternative", rich)).text == "z HTML 2"
    assert read_source(multipart("alternative")).text == ""


def test_html_called_plain_and_plain_words_called_html() -> None:
    assert read_source(mail("<html><body>Stan:<br>487</body></html>")).text == "Stan:\n487"
    assert read_source(mail("Stan:\n487", "text/html")).text == "Stan:\n487"
    assert read_source(mail("<p> to liczba 487")).text == "<p> to liczba 487"
    assert read_source(mail("1 < 2</a>")).text == "1 < 2</a>"


def test_html_with_its_pictures_beside_plain_words() -> None:
    related = multipart(
        "related",
        part("<p>Stan 487<img src=cid:1></p>", "text/html"),
        attachment("logo.png", "image/png", b"x" * 300),
        boundary="inner",
        head=b"",
    )
    read = read_source(multipart("alternative", part("\n", "text/plain"), related))
    assert read.text == "Stan 487"
    assert read.files == (AttachedFile("logo.png", "image/png", 300),)


def test_files_are_listed_and_never_words() -> None:
    raw = multipart(
        "mixed",
        part("Stan 487", "text/plain"),
        attachment("licznik.jpg", "image/jpeg", b"\xff\xd8" * 1000),
        attachment("dane.txt", "text/plain", b"Stan 999"),
        part("dalej", 'text/plain; name="text_0.txt"', more="Content-Disposition: inline"),
        part("%PDF", "application/pdf", more="Content-Disposition: inline; filename*=utf-8''za%C5%BC.pdf"),
        part("x", 'image/png; name="=?utf-8?Q?zdj=C4=99cie.png?="'),
        part("BEGIN:VCALENDAR", "text/calendar"),
        part("x", "application/octet-stream; name*0=../..; name*1=/etc/pass; name*2=wd"),
    )
    read = read_source(raw)
    assert read.text == "Stan 487\n\ndalej"
    assert [(file.name, file.media_type, file.size) for file in read.files] == [
        ("licznik.jpg", "image/jpeg", 2000),
        ("dane.txt", "text/plain", 8),
        ("zaż.pdf", "application/pdf", 4),
        ("zdjęcie.png", "image/png", 1),
        ("", "text/calendar", 15),
        ("../../etc/passwd", "application/octet-stream", 1),
    ]


def test_a_message_passed_on_is_quoted() -> None:
    inner = mail("Stan 999", head=HEAD.replace(b"Stan licznika", b"Fwd: stare"))
    read = read_source(multipart("mixed", part("Moje: 487", "text/plain"), part(inner, "message/rfc822")))
    assert read.text == "Moje: 487"
    assert "Stan 999" in read.quoted
    assert "From: Jan Kowalski <jan@example.pl>" in read.quoted
    assert read.files[0].media_type == "message/rfc822"
    alone = read_source(multipart("mixed", part(inner, "message/rfc822")))
    assert (alone.text, "Stan 999" in alone.quoted) == ("", True)
    assert read_source(mail(inner, "message/rfc822")).text == ""


def test_a_picture_alone_has_no_words() -> None:
    read = read_source(multipart("mixed", attachment("IMG_1.jpg", "image/jpeg", b"x" * 99)))
    assert (read.text, len(read.files), read.troubles) == ("", 1, ())
    assert read_source(mail(b"\xff\xd8\xff", "image/jpeg")).files == (AttachedFile("", "image/jpeg", 3),)


@pytest.mark.parametrize(
    "typed",
    [
        "multipart/encrypted; boundary=x",
        "application/ms-tnef",
        "application/pkcs7-mime; smime-type=enveloped-data",
    ],
)
def test_what_is_sealed_is_told(typed: str) -> None:
    found = read_source(mail("--x\n\nabc\n--x--", typed)).troubles
    assert {parts.SEALED, parts.PACKED} & set(found)


def test_what_is_packed_for_outlook_beside_words_is_only_a_file() -> None:
    raw = multipart(
        "mixed", part("Stan 487", "text/plain"), attachment("winmail.dat", "application/ms-tnef", b"x")
    )
    read = read_source(raw)
    assert (read.text, len(read.files), read.troubles) == ("Stan 487", 1, ())


def test_a_signed_message_is_read() -> None:
    raw = multipart("signed", part("Stan 487", "text/plain"), part("sig", "application/pkcs7-signature"))
    assert (read_source(raw).text, read_source(raw).troubles) == ("Stan 487", ())


@pytest.mark.parametrize(
    "typed", ["multipart/mixed", 'multipart/mixed; boundary=""', "multipart/mixed; boundary=other"]
)
def test_parts_without_their_boundary_are_shown_as_text(typed: str) -> None:
    read = read_source(mail("--x\nContent-Type: text/plain\n\nStan 487\n--x--", typed))
    assert "Stan 487" in read.text
    assert read.troubles == (parts.NO_BOUNDARY,)


def test_a_multipart_cut_off_keeps_what_there_is() -> None:
    raw = multipart("mixed", part("Stan 487", "text/plain"), attachment("a.jpg", "image/jpeg", b"x" * 3000))
    assert read_source(raw[:-2500]).text == "Stan 487"


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("Podaję stan \nlicznika: 487", "Podaję stan licznika: 487"),
        ("Stan \n\n487", "Stan\n\n487"),
        ("487\n-- \nJan", "487\nJan"),
        ("> stare \n> dalej\n487", "487"),
    ],
)
def test_flowed_text(sent: str, text: str) -> None:
    read = read_source(mail(sent, "text/plain; charset=utf-8; format=flowed"))
    assert read.text == text
    split = mail("123 \n456", "text/plain; format=Flowed; delsp=yes")
    assert read_source(split).text == "123456"


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "precedence: LIST",
        "List-Id: <news.example.com>",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "X-Failed-Recipients: a@b.pl",
    ],
)
def test_what_a_program_sent(more: str) -> None:
    assert read_source(mail("x", more=more)).automatic


@pytest.mark.parametrize(
    ("subject", "automatic"),
    [
        ("Automatyczna odpowiedź: Stan licznika", True),
        ("Out of Office: x", True),
        ("Undelivered Mail Returned to Sender", True),
        ("Nieobecność", True),
        ("Nieobecność w pracy: Odczyt", True),
        ("Nieobecność w domu inkasenta", False),
        ("Nieobecność - stan licznika", False),
        ("Read the meter", False),
        ("Odp: Stan", False),
    ],
)
def test_subjects_of_programs(subject: str, automatic: bool) -> None:
    raw = HEAD.replace(b"Stan licznika", subject.encode()) + b"\r\nx"
    assert read_source(raw).automatic is automatic
    assert not read_source(mail("x", more="Auto-Submitted: no")).automatic


def test_a_delivery_report() -> None:
    raw = multipart(
        "report",
        part("Delivery failed", "text/plain"),
        part("Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n", "message/delivery-status"),
        part(mail("Stan 999"), "message/rfc822"),
    )
    read = read_source(raw)
    assert read.automatic
    assert (read.text, "Stan 999" in read.quoted) == ("Delivery failed", True)
    assert [file.media_type for file in read.files] == ["message/delivery-status", "message/rfc822"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", source.EMPTY),
        (b"\n \r\n\0", source.EMPTY),
        (b"Stan licznika 487\n", source.NO_MAIL),
        (b"%PDF-1.7\n\n", source.NO_MAIL),
        (b"PK\x03\x04", source.NO_MAIL),
        (b"\xd0\xcf\x11\xe0rest", source.OUTLOOK),
        (b"X: " + b"a" * 70_000, source.LONG_HEAD),
        (b"X: a\r\n" * 12_000, source.LONG_HEAD),
        (HEAD + b"\r\n" + b"\n" * 400_001, source.TOO_MANY_PARTS),
    ],
)
def test_what_is_no_mail_or_too_much_is_refused(raw: bytes, words: str) -> None:
    with pytest.raises(WrongInput) as refused:
        read_source(raw)
    assert refused.value.message == words


def test_what_stands_before_the_headers_is_overlooked() -> None:
    for before in (b"\xef\xbb\xbf", b"\r\n\r\n", b"From jan Mon Nov 16 08:14:22 2026\n", b">From x\n"):
        assert read_source(before + mail("Stan 487")).text == "Stan 487"


def test_of_a_message_over_ten_megabytes_the_beginning_is_read() -> None:
    raw = multipart(
        "mixed", part("Stan 487", "text/plain"), attachment("a.jpg", "image/jpeg", b"x" * 8_000_000)
    )
    read = read_source(raw)
    assert (read.text, read.troubles) == ("Stan 487", (source.TOO_LARGE,))


def test_long_words_are_cut_and_it_is_told() -> None:
    read = read_source(mail("słowo " * 30_000))
    assert 99_000 < len(read.text) <= 100_000
    assert read.troubles == (parts.CUT_SHORT,)


@given(
    st.binary(max_size=300), st.sampled_from([b"", HEAD, HEAD + b"\r\n", HEAD + b"Content-Type: ", HEAD[:-2]])
)
def test_whatever_comes_is_read_or_refused_and_clean(junk: bytes, head: bytes) -> None:
    try:
        read = read_source(head + junk)
    except WrongInput:
        return
    for text in (read.text, read.quoted, read.subject, read.sender_name, read.sender, read.message_id):
        assert clean(text, 10**6) == text.strip()
    assert replace(read) == read_source(head + junk)
