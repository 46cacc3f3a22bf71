"""The way to the mail server: what is set, what is refused, and what is never shown."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from db.errors import BokError, NotFound, Refused, WrongInput
from db.mail_settings import MailRoute, MailSettings, Security, route_of, shown_route
from db.settings import load_settings

SET = MailSettings(smtp_host="mail.example.org", mail_from="biuro@Example.org")
SECRET = "zupa z brukwi 3"


def test_the_usual_way_is_private_and_names_itself_after_the_sender() -> None:
    assert route_of(SET) == MailRoute(
        host="mail.example.org",
        port=587,
        security=Security.STARTTLS,
        sender="biuro@example.org",
        name="",
        domain="example.org",
        timeout=30.0,
        patience=300.0,
    )


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"smtp_host": ""}, Refused, "No mail server is set"),
        ({"mail_from": ""}, Refused, "No mail server is set"),
        ({"mail_from": "biuro"}, WrongInput, "looks like name@example.com"),
        ({"mail_from": "biuro@example.org\r\nBcc: x@y.pl"}, WrongInput, "looks like name@example.com"),
        ({"mail_domain": "x y"}, WrongInput, "mail_domain"),
        ({"mail_domain": "a" * 90 + ".pl"}, WrongInput, "mail_domain"),
        ({"smtp_security": "none"}, Refused, "in clear"),
        ({"smtp_security": "none", "smtp_host": "10.0.0.1"}, Refused, "in clear"),
        (
            {"smtp_security": "none", "smtp_plain_allowed": True, "smtp_user": "u", "smtp_password": SECRET},
            Refused,
            "password never crosses",
        ),
        ({"smtp_user": "u"}, Refused, "go together"),
        ({"smtp_password": SECRET}, Refused, "go together"),
        ({"smtp_ca_file": "/nowhere/ca.pem"}, NotFound, "ca.pem"),
        ({"smtp_user": "u", "smtp_password_file": "/nowhere/secret"}, NotFound, "secret"),
    ],
)
def test_what_cannot_be_used_or_gives_secrets_away_is_refused(
    values: dict[str, object], error: type[BokError], words: str
) -> None:
    with pytest.raises(error, match=words) as told:
        route_of(dataclasses.replace(SET, **values))  # type: ignore[arg-type]  # a test's own
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.3.2.1", "::1"])
def test_in_clear_to_this_machine(host: str) -> None:
    route = route_of(dataclasses.replace(SET, smtp_security="none", smtp_host=host))
    assert (route.security, route.host) == (Security.NONE, host)


def test_a_password_comes_from_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "smtp"
    file.write_text(f"{SECRET}\r\nnot this\n", encoding="utf-8")
    file.chmod(0o640)
    settings = dataclasses.replace(SET, smtp_user="u", smtp_password_file=str(file))
    with pytest.raises(Refused, match="chmod 600"):
        route_of(settings)
    file.chmod(0o600)
    route = route_of(settings)
    assert route.password == SECRET
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(WrongInput, match="UTF-8"):
        route_of(settings)


def test_a_password_is_shown_nowhere(tmp_path: Path) -> None:
    settings = load_settings({"BOK_HOME": str(tmp_path), "BOK_SMTP_PASSWORD": SECRET, "BOK_SMTP_USER": "u"})
    assert settings.mail.smtp_password == SECRET
    mail = dataclasses.replace(settings.mail, smtp_host="mail.example.org", mail_from="a@example.org")
    for shown in (repr(settings), repr(mail), repr(route_of(mail)), shown_route(mail)):
        assert SECRET not in shown
    assert shown_route(mail) == "mail.example.org:587 (starttls)"
    assert shown_route(MailSettings()) == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('smtp_password = "x"', "no password belongs here"),
        ('smtp_security = "ssl"', "starttls, tls, none"),
        ("smtp_port = 70000", "1 to 65535"),
        ("smtp_timeout = 0", "whole number"),
        ("smtp_timeout = 601", "1 to 600"),
    ],
)
def test_the_settings_file(tmp_path: Path, line: str, words: str) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "bok.toml").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(WrongInput, match=words):
        load_settings({"BOK_HOME": str(tmp_path)})
