"""Work lists in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from bok_tui.i18n import _, ngettext, translate_template
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text, money_text, number_text, volume_text
from bok_tui.wording.labels import level_label, reason_label
from db.records.worklists import WorkItem, WorkListKind
from db.words import N_

TO_CORRECT: Final = "invoices_to_correct"
"""The list that supervisors alone have."""
ListKind = WorkListKind | Literal["invoices_to_correct"]

TITLES: Mapping[ListKind, str] = {
    WorkListKind.PENDING_READINGS: N_("readings to approve"),
    WorkListKind.OPEN_NOTICES: N_("open notices"),
    WorkListKind.WITHOUT_PESEL: N_("clients without PESEL"),
    WorkListKind.UNMATCHED_PAYMENTS: N_("payments to match"),
    TO_CORRECT: N_("invoices to correct"),
    WorkListKind.FAILING_NIP: N_("businesses without a valid NIP"),
    WorkListKind.UNCONFIRMED_EMAILS: N_("addresses of e-invoices in doubt"),
}
EMPTY: Mapping[ListKind, str] = {
    WorkListKind.PENDING_READINGS: N_("no reading waits for a supervisor"),
    WorkListKind.OPEN_NOTICES: N_("no notice is open"),
    WorkListKind.WITHOUT_PESEL: N_("every person has a PESEL on file"),
    WorkListKind.UNMATCHED_PAYMENTS: N_("every payment is matched"),
    TO_CORRECT: N_("no invoice is to be corrected"),
    WorkListKind.FAILING_NIP: N_("every business has a valid NIP on file"),
    WorkListKind.UNCONFIRMED_EMAILS: N_("every address of e-invoices is confirmed"),
}
SHORT: Mapping[ListKind, str] = {
    WorkListKind.PENDING_READINGS: N_("readings"),
    WorkListKind.OPEN_NOTICES: N_("notices"),
    WorkListKind.WITHOUT_PESEL: N_("no PESEL"),
    WorkListKind.UNMATCHED_PAYMENTS: N_("payments"),
    TO_CORRECT: N_("to correct"),
    WorkListKind.FAILING_NIP: N_("NIP"),
    WorkListKind.UNCONFIRMED_EMAILS: N_("e-mails"),
}
"""Names of the lists that are not shown: all of them have to stand in one line."""


_DOUBTS: Mapping[str, str] = {
    "missing": N_("missing"),
    "failing": N_("fails its check digit"),
    "bounced": N_("! mail came back"),
    "unconfirmed": N_("not confirmed"),
}
"""What is wrong with a NIP or an address."""
NAME, METER, DAY, AMOUNT, PAYER, INVOICE = 28, 10, 11, 13, 19, 34
"""Columns of a line."""


def heading_words(kind: ListKind) -> str:
    """Return the headings above the lines of `item_words`."""
    number, client, meter, day = _("no."), _("client"), _("meter"), _("day")
    amount, payer = _("amount"), _("payer")
    who = f"{fit(number, 6)} {fit(client, NAME)}"
    match kind:
        case WorkListKind.PENDING_READINGS:
            return f"{who} {fit(meter, METER)} {fit(day, DAY)} " + _("state before → now")
        case WorkListKind.OPEN_NOTICES:
            return f"{who} {fit(meter, METER)} " + _("answer by")
        case WorkListKind.WITHOUT_PESEL:
            return who.rstrip()
        case WorkListKind.FAILING_NIP:
            return f"{who} NIP"
        case WorkListKind.UNCONFIRMED_EMAILS:
            return f"{who} " + _("e-mail")
        case WorkListKind.UNMATCHED_PAYMENTS:
            return f"{fit(day, DAY)} {amount:>{AMOUNT}}  {fit(payer, PAYER)} " + _("may be of")
        case "invoices_to_correct":
            invoice = _("invoice")
            return f"{fit(number, 6)} {fit(invoice, INVOICE)} {amount:>{AMOUNT}}  {fit(day, DAY)} {meter}"


def item_words(item: WorkItem, kind: ListKind, *, today: date) -> str:
    """Return one thing to do as a line."""
    who = f"{fit(item.client_number, 6)} {fit(item.client_name, NAME)}"
    match kind:
        case WorkListKind.PENDING_READINGS:
            change = f"{number_text(item.previous_state or 0)} → {number_text(item.state or 0)}"
            return f"{who} {fit(item.meter or '', METER)} {fit(day_text(item.day or today), DAY)} {change}"
        case WorkListKind.OPEN_NOTICES:
            return f"{who} {fit(item.meter or '', METER)} {left_words(item.day or today, today=today)}"
        case WorkListKind.WITHOUT_PESEL:
            return who
        case WorkListKind.FAILING_NIP:
            return f"{who} {item.nip or '–'}  " + _(_DOUBTS.get(item.reason or "", "")).strip()
        case WorkListKind.UNCONFIRMED_EMAILS:
            return f"{who} {item.email or '–'}  " + _(_DOUBTS.get(item.reason or "", "")).strip()
        case WorkListKind.UNMATCHED_PAYMENTS:
            amount, day = money_text(item.amount or Decimal(0)), fit(day_text(item.day or today), DAY)
            whose = f"{item.client_number} {item.client_name}".strip() or "?"
            return f"{day} {amount:>{AMOUNT}}  {fit(item.payer or '–', PAYER)} {whose}"
        case "invoices_to_correct":
            amount = money_text(item.amount or Decimal(0))
            what = f"{fit(item.client_number, 6)} {fit(item.title or '', INVOICE)} {amount:>{AMOUNT}}"
            return f"{what}  {fit(day_text(item.day or today), DAY)} {item.meter or ''}"


def decision_lines(item: WorkItem, *, today: date) -> tuple[str, ...]:
    """Return what is decided about a waiting reading: whose, of what meter, which state, what was found."""
    whose = _("client %(number)s, %(name)s") % {
        "number": item.client_number,
        "name": fit(item.client_name, 50).rstrip(),
    }
    what = _("meter %(meter)s, %(day)s: %(before)s → %(state)s") % {
        "meter": item.meter or "–",
        "day": day_text(item.day or today),
        "before": number_text(item.previous_state or 0),
        "state": number_text(item.state or 0),
    }
    return (whose, what, *detail_words(item, WorkListKind.PENDING_READINGS))


def left_words(deadline: date, *, today: date) -> str:
    """Return how much time a deadline leaves: `25.11.2026, zostały 3 dni`."""
    left = (deadline - today).days
    if left < 0:
        told = ngettext("! %(count)s day late", "! %(count)s days late", -left) % {"count": -left}
    elif left == 0:
        told = "! " + _("today")
    else:
        told = ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return f"{day_text(deadline)}  {told}"


def detail_words(item: WorkItem, kind: ListKind) -> tuple[str, ...]:
    """Return what is to be known about the thing under the cursor, line by line."""
    match kind:
        case WorkListKind.PENDING_READINGS:
            lines = [
                _("use %(use)s, taken by %(agent)s")
                % {"use": volume_text(item.consumption or 0), "agent": item.agent or "–"}
            ]
            if item.reason:
                lines.append(_("reason: %(reason)s") % {"reason": reason_label(item.reason)})
            lines.extend(
                f"{level_label(finding.level)}: {translate_template(finding.message, finding.params)}"
                for finding in item.findings
            )
            return tuple(lines)
        case WorkListKind.OPEN_NOTICES:
            return (_("left by %(reader)s; Enter opens the client") % {"reader": item.agent or "–"},)
        case WorkListKind.WITHOUT_PESEL:
            return (_("to be completed from a verified caller; Enter opens the client, there F5 p"),)
        case WorkListKind.FAILING_NIP:
            return (_("to be completed; Enter opens the client, there F5 i"),)
        case WorkListKind.UNCONFIRMED_EMAILS:
            lines = [_("read the address back to the client; Enter opens the client")]
            if item.day is not None:
                lines.append(_("mail came back on %(day)s") % {"day": day_text(item.day)})
            return tuple(lines)
        case WorkListKind.UNMATCHED_PAYMENTS:
            return (
                _("title: %(title)s") % {"title": item.title or "–"},
                _("Enter shows whose it may be, k another client, d no client's payment"),
            )
        case "invoices_to_correct":
            values = {"state": item.state, "day": day_text(item.day) if item.day else "–"}
            return (
                _("it settled the state %(state)s of %(day)s, which was voided since") % values,
                _("Enter opens the client at it; corrected by: bok billing correct"),
            )
