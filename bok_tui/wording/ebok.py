"""E-BOK, e-invoices and identifiers in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bok_tui.i18n import _, ngettext, translate_template
from bok_tui.wording.figures import day_text, moment_text
from db.records.clients import ClientCard
from db.records.ebok import (
    CheckResult,
    EInvoiceState,
    EInvoiceView,
    PortalAccountView,
    PortalState,
    RegistrationCheck,
)
from db.words import N_

if TYPE_CHECKING:
    from db.records.identity import IdentityCheck

_CHECKS: Mapping[RegistrationCheck, str] = {
    RegistrationCheck.KIND: N_("kind of client"),
    RegistrationCheck.IDENTITY: N_("PESEL or NIP"),
    RegistrationCheck.CLIENT_NUMBER: N_("client number"),
    RegistrationCheck.INVOICE: N_("last invoice"),
    RegistrationCheck.EMAIL: N_("e-mail"),
}
_RESULTS: Mapping[CheckResult, str] = {
    CheckResult.OK: N_("right"),
    CheckResult.WRONG: N_("does not fit"),
    CheckResult.MALFORMED: N_("no such number or address can be"),
    CheckResult.MISSING_ON_FILE: N_("nothing on file: complete it first (F5)"),
    CheckResult.SECOND_PARTY: N_("of another party, not the first"),
    CheckResult.NOT_THE_LAST: N_("valid number, but not the last one"),
    CheckResult.NO_INVOICE: N_("this client has no invoice yet"),
    CheckResult.LOWER_CASE: N_("right, but type it in capitals"),
    CheckResult.WRONG_LENGTH: N_("length of the other kind of client"),
}
_STATES: Mapping[PortalState, str] = {
    PortalState.PENDING: N_("waits for the link to be opened"),
    PortalState.ACTIVE: N_("active"),
    PortalState.LOCKED: N_("locked"),
}


def check_label(check: RegistrationCheck) -> str:
    """Return what is checked."""
    return _(_CHECKS[check])


def result_words(result: CheckResult) -> str:
    """Return how a check came out, as sign and words."""
    return ("✓ " if result is CheckResult.OK else "✗ ") + _(_RESULTS[result])


def portal_state_words(state: PortalState) -> str:
    """Return where an account stands."""
    return _(_STATES[state])


def electronic_words(card: ClientCard) -> str:
    """Return e-invoices and the account in e-BOK for the head of the card; empty without either."""
    parts = []
    if card.einvoice is not None:
        parts.append(einvoice_words(card.einvoice))
    if card.portal is not None:
        parts.append(_("e-BOK %(state)s") % {"state": portal_state_words(card.portal.state)})
    return " · ".join(filter(None, parts))


def einvoice_words(view: EInvoiceView) -> str:
    """Return where a client's e-invoices stand."""
    match view.state:
        case EInvoiceState.REQUESTED:
            return _("e-invoice waits for the link")
        case EInvoiceState.CONFIRMED | EInvoiceState.ACTIVE if view.active_from is not None:
            return _("e-invoice from %(day)s") % {"day": day_text(view.active_from)}
        case EInvoiceState.WITHDRAWN if view.withdrawn_from is not None:
            return _("e-invoice until %(day)s") % {"day": day_text(view.withdrawn_from)}
    return _("e-invoice")


def account_lines(account: PortalAccountView) -> tuple[str, ...]:
    """Return what is to be known about an account in e-BOK."""

    def at(template: str, moment: object) -> str:
        return template % {"at": moment} if moment else ""

    lines = [
        _("login %(login)s, %(state)s")
        % {"login": account.login, "state": portal_state_words(account.state)},
        _("e-mail %(email)s") % {"email": account.email},
        at(_("registered %(at)s"), moment_text(account.registered_at)),
        at(_("address confirmed %(at)s"), account.confirmed_at and moment_text(account.confirmed_at)),
        at(_("last login %(at)s"), account.last_login_at and moment_text(account.last_login_at)),
    ]
    if account.state is PortalState.PENDING and account.link_sent_at is not None:
        lines.append(at(_("link sent %(at)s"), moment_text(account.link_sent_at)))
        if account.link_expires_at is not None:
            lines.append(at(_("link good until %(at)s"), moment_text(account.link_expires_at)))
    if account.last_login_at and account.email_checked_at is None:
        lines.append("! " + _("the address was not checked at the first login: read it back"))
    return tuple(filter(None, lines))


def identity_words(check: IdentityCheck | None) -> tuple[str, list[tuple[str, str]]]:
    """Return the day of birth in large figures, and lines (words, style) about an identifier."""
    if check is None:
        return "", []
    lines: list[tuple[str, str]] = []
    if check.birth_date is not None:
        lines.append((_("Born on this day: read it back."), "bold"))
    if check.duplicates:
        told = ngettext(
            "! %(count)s other client has the same number: do not save, ask a supervisor.",
            "! %(count)s other clients have the same number: do not save, ask a supervisor.",
            check.duplicates,
        )
        lines.append((told % {"count": check.duplicates}, "bold $text-error"))
    if check.own_second_party:
        lines.append((_("! That of a further party of this contract, not of the first."), "bold $text-error"))
    if check.second_parties:
        told = ngettext(
            "! A further party of %(count)s contract has the same number.",
            "! A further party of %(count)s contracts has the same number.",
            check.second_parties,
        )
        lines.append((told % {"count": check.second_parties}, "bold $text-warning"))
    if check.on_file:
        lines.append((_("! Another number is on file for this client already."), "bold $text-warning"))
    if check.error is not None:
        lines.append((translate_template(check.error, check.params), "$text-error"))
    return f"{check.birth_date:%d.%m.%Y}" if check.birth_date else "", lines
