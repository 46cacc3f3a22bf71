"""Where incoming mail is fetched from: what may be set, and what is made of it.

Light: nothing is opened or read before `mailbox_of` is called.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from db.errors import Refused, WrongInput
from db.mail_settings import Security, is_this_machine, kept_password
from db.words import N_

LONGEST_NAME = 300
_NOT_SET = N_(
    "No mailbox is set, so nothing is fetched. Set imap_host, imap_user and imap_password_file:"
    " in bok.toml, or as BOK_IMAP_HOST, BOK_IMAP_USER and BOK_IMAP_PASSWORD_FILE."
)


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """What may be set about the mailbox; see the README's table."""

    imap_host: str = ""
    """The server; without it nothing is fetched."""
    imap_port: int = 993
    imap_security: str = Security.TLS.value
    """tls, starttls, or none: in clear, to this machine only."""
    imap_user: str = ""
    imap_password: str = field(default="", repr=False)
    """From the environment alone."""
    imap_password_file: str = ""
    """A file that only its owner may read; its first line is the password."""
    imap_folder: str = "INBOX"
    imap_ca_file: str = ""
    """Certificates to trust; empty trusts the system's."""
    imap_timeout: int = 30
    """Seconds that the server has for one answer."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The way to a folder of a mail server, ready to be gone."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    ca_file: str = ""
    timeout: float = 30.0

    @property
    def name(self) -> str:
        """`imap.example.org:993/user/INBOX`: under this it is remembered how far it was fetched."""
        return f"{self.host}:{self.port}/{self.user}/{self.folder}"


def mailbox_of(settings: MailboxSettings) -> Mailbox:
    """Return the way to the mailbox.

    Raises Refused when none is set or what is set would give a password away, WrongInput for a value
    that cannot be used, NotFound for a file that is not there.
    """
    if not settings.imap_host or not settings.imap_user:
        raise Refused(_NOT_SET)
    security = Security(settings.imap_security)
    if security is Security.NONE and not is_this_machine(settings.imap_host):
        raise Refused(
            N_(
                "imap_security is none, and %(host)s is not this machine: the password and the mail would"
                " cross the network in clear. Choose tls or starttls."
            ),
            host=settings.imap_host,
        )
    if settings.imap_ca_file:
        from db.system_words import require_readable

        require_readable(Path(settings.imap_ca_file))
    password = kept_password(settings.imap_password, settings.imap_password_file)
    if not password:
        raise Refused(_NOT_SET)
    mailbox = Mailbox(
        host=settings.imap_host,
        port=settings.imap_port,
        security=security,
        user=settings.imap_user,
        password=password,
        folder=settings.imap_folder or "INBOX",
        ca_file=settings.imap_ca_file,
        timeout=float(settings.imap_timeout),
    )
    if len(mailbox.name) > LONGEST_NAME or not mailbox.name.isprintable():
        raise WrongInput(
            N_("imap_host, imap_user and imap_folder are %(most)s printable characters together at most."),
            most=LONGEST_NAME,
        )
    return mailbox
