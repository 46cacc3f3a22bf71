"""How outgoing mail reaches its server: what may be set, and what is made of it.

Light: nothing is opened or read before `route_of` is called.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from db.errors import Refused, WrongInput
from db.words import N_

LONGEST_DOMAIN = 80
"""A stored Message-ID has 120 characters, 34 of them before its `@`."""
_LONGEST_PASSWORD = 1024
_DOMAIN = re.compile(r"(?=.{1,80}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_NOT_SET = N_(
    "No mail server is set, so nothing is sent; what is queued waits. Set smtp_host and mail_from:"
    " in bok.toml, or as BOK_SMTP_HOST and BOK_MAIL_FROM."
)
_IN_CLEAR = N_(
    "smtp_security is none, and %(host)s is not this machine: mail would cross the network in clear."
    " Choose starttls or tls, or allow it with smtp_plain_allowed."
)


class Security(StrEnum):
    """How the line to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """What may be set about outgoing mail; see the README's table."""

    smtp_host: str = ""
    """The mail server; without it nothing is sent."""
    smtp_port: int = 587
    smtp_security: str = Security.STARTTLS.value
    """starttls, tls, or none: in clear, to this machine only."""
    smtp_plain_allowed: bool = False
    """Let `none` reach another machine, without a password."""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    """From the environment alone."""
    smtp_password_file: str = ""
    """A file that only its owner may read; its first line is the password."""
    smtp_ca_file: str = ""
    """Certificates to trust; empty trusts the system's."""
    smtp_timeout: int = 30
    """Seconds that the server has for one answer."""
    mail_from: str = ""
    """The address that mail comes from."""
    mail_name: str = ""
    """The name beside it; empty is the utility's short name."""
    mail_domain: str = ""
    """Domain of the Message-IDs; empty is that of `mail_from`."""


@dataclass(frozen=True, slots=True)
class MailRoute:
    """The way to the mail server, ready to be gone."""

    host: str
    port: int
    security: Security
    sender: str
    name: str
    """Beside the sender's address; empty takes the utility's."""
    domain: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    timeout: float = 30.0
    """Seconds for one answer."""
    patience: float = 300.0
    """Seconds for taking a message in, and for saying so: too short, and delivered mail is in doubt."""


def route_of(settings: MailSettings) -> MailRoute:
    """Return the way to the mail server.

    Raises Refused when none is set or what is set would give secrets away, WrongInput for a value
    that cannot be used, NotFound for a file that is not there.
    """
    from db.rules.identifiers import parse_email

    if not settings.smtp_host or not settings.mail_from:
        raise Refused(_NOT_SET)
    sender = parse_email(settings.mail_from)
    security = Security(settings.smtp_security)
    if security is Security.NONE:
        _require_safe_in_clear(settings)
    if settings.smtp_ca_file:
        from db.system_words import require_readable

        require_readable(Path(settings.smtp_ca_file))
    password = kept_password(settings.smtp_password, settings.smtp_password_file)
    if bool(password) != bool(settings.smtp_user):
        raise Refused(N_("smtp_user and its password go together: set both or neither."))
    return MailRoute(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=security,
        sender=sender,
        name=settings.mail_name,
        domain=_domain(settings.mail_domain or sender.rpartition("@")[2]),
        user=settings.smtp_user,
        password=password,
        ca_file=settings.smtp_ca_file,
        timeout=float(settings.smtp_timeout),
        patience=10.0 * settings.smtp_timeout,
    )


def shown_route(settings: MailSettings) -> str:
    """Return where mail goes for people to see, without user or password; empty when nothing is set."""
    if not settings.smtp_host:
        return ""
    return f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"


def _require_safe_in_clear(settings: MailSettings) -> None:
    if is_this_machine(settings.smtp_host):
        return
    if not settings.smtp_plain_allowed:
        raise Refused(_IN_CLEAR, host=settings.smtp_host)
    if settings.smtp_user:
        raise Refused(N_("A password never crosses the network in clear: choose starttls or tls."))


def is_this_machine(host: str) -> bool:
    """Tell whether what is sent to `host` stays on this machine."""
    if host == "localhost":
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text.lower()):
        raise WrongInput(
            N_("mail_domain cannot be %(value)s; it looks like example.com, of %(most)s characters at most."),
            value=text[:LONGEST_DOMAIN],
            most=LONGEST_DOMAIN,
        )
    return text.lower()


def kept_password(password: str, file_name: str) -> str:
    """Return the password that is set, else the first line of a file that only its owner may read.

    Raises NotFound, WrongInput for a file that cannot be read, Refused when others may read it.
    """
    if password or not file_name:
        return password
    path = Path(file_name)
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            first = file.read(_LONGEST_PASSWORD).split(b"\n", 1)[0].strip(b"\r")
    except OSError as error:
        from db.system_words import cannot_read

        raise cannot_read(path, error) from error
    if os.name == "posix" and mode & 0o077:
        raise Refused(
            N_("Others may read %(file)s, which holds a password. Type: chmod 600 %(file)s"), file=path
        )
    try:
        return first.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongInput(N_("%(file)s is not UTF-8. Save it as UTF-8."), file=path) from error
