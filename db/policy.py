"""The house rules that an administrator may set; defaults are what most utilities use."""

from __future__ import annotations

from dataclasses import dataclass

EXAMPLE_PORTAL_LINK = "https://ebok.example.com/potwierdz/"
"""Nobody's page: no link to it leaves a real office."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits and periods used by the rules."""

    max_client_readings: int = 3
    """Readings given by the client in a row after which a control reading is due."""
    verification_failures: int = 3
    """Wrong answers about one client in one day that lock disclosure until the next."""
    agent_failures: int = 10
    """Wrong answers taken by one agent in one hour that call a supervisor."""
    sign_in_failures: int = 5
    """Wrong passwords in a row before the waiting time starts to grow."""
    idle_lock_minutes: int = 10
    """Minutes without a key after which the screen locks."""
    session_hours: int = 8
    """Hours a shell sign-in stays good."""
    notice_warning_days: int = 3
    """Days before its deadline at which an open reading notice is called urgent."""
    notice_overdue_days: int = 30
    """Days past its deadline after which an unanswered reading notice is let go."""
    payment_days: int = 14
    """Days from issue to due date of an invoice; the regulation of 27 Feb 2018 asks for 14 at least."""
    request_days: int = 10
    """Working days from the day it came in which a request is decided: the promise of the office."""
    complaint_days: int = 14
    """Calendar days from the day it came in which a complaint is answered (Art. 7a consumer rights act)."""
    complaint_warning_days: int = 3
    """Days before its deadline at which an open complaint is called urgent."""
    request_lease_minutes: int = 30
    """Minutes for which a request that somebody took is kept for them."""
    attachment_megabytes: int = 5
    """Largest file that is kept with a request."""
    portal_link: str = EXAMPLE_PORTAL_LINK
    """What stands before the code in the links that confirm an e-mail address; the portal's own page."""
    link_hours: int = 48
    """Hours for which such a link is good."""
    link_guesses: int = 20
    """Wrong codes in one minute after which no code is looked at for the rest of it."""
    spam_mail_days: int = 30
    """Days for which incoming mail is kept that was put aside as spam."""
    stranger_mail_days: int = 365
    """Days for which incoming mail of no client is kept once it was closed or answered."""
