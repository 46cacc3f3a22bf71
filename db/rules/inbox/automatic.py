"""Mail that a program sent: nobody waits for an answer to it, and none may be sent (RFC 3834)."""

from __future__ import annotations

import re

from db.rules.inbox.headers import Fields, address_of, header_text
from db.rules.text import without_marks

_BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_SIGNS = (
    "list-id",
    "list-unsubscribe",
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-failed-recipients",
)
_SUBJECT = re.compile(
    r"(?:(?:re|odp|fwd?|pd)\s*:\s*)*(?:automatyczna odpowiedz|autoodpowiedz"
    r"|odpowiedz automatyczna|autoresponder"
    r"|out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?reply"
    r"|nieobecnosc(?: w (?:biurze|pracy))?(?!\s*-)|(?:jestem )?poza biurem"
    r"|undeliver\w+|undelivered mail|delivery status notification|mail delivery (?:failed|failure"
    r"|subsystem)"
    r"|returned mail|failure notice|niedostarczon\w+|wiadomosc niedostarczona|zwrot wiadomosci"
    r"|potwierdzenie przeczytania|przeczytano|read receipt|read)\s*(?:[:\[(.!-]|$|mail|notification|\()"
)
_PROGRAMS = re.compile(r"(?:mailer-daemon|postmaster|double-bounce)@")


def is_automatic(fields: Fields, media_type: str) -> bool:
    """Tell whether a program sent a message: by its headers, its subject, or its being a report."""
    submitted = fields.first("auto-submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    if fields.first("precedence").strip().lower() in _BULK or media_type == "multipart/report":
        return True
    if any(name in fields.values for name in _SIGNS):
        return True
    if fields.first("return-path").strip() == "<>":
        return True
    subject = without_marks(header_text(fields.first("subject"), 300)).casefold()
    return bool(_SUBJECT.match(subject) or _PROGRAMS.match(address_of(fields.all("from"))[0]))
