"""Tills in words: the days of a list, one day, its payments."""

from __future__ import annotations

from decimal import Decimal

from bok_tui.i18n import _, ngettext
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text, moment_text, money_text
from bok_tui.wording.money import method_label
from db.records.cash_day import STATE_WORDS, CashDay, CashState, TillPayment
from db.records.money import PaymentMethod

DAY, AGENT, MONEY, APART, STATE = 11, 18, 14, 12, 19
NUMBER, NAME, METHOD, RECEIPT = 6, 22, 13, 16
WIDE = 120


def till_heading(width: int) -> str:
    """Return the headings above the lines of `till_words`."""
    ledger, counted, difference = _("ledger"), _("counted"), _("difference")
    cells = [fit(_("day"), DAY), fit(_("till"), _agent(width)), f"{ledger:>{MONEY}}"]
    if width >= WIDE:
        cells.append(f"{counted:>{MONEY}}")
    cells += [f"{difference:>{APART}}", fit(_("state"), STATE)]
    if width >= WIDE:
        cells.append(_("signed by"))
    return " ".join(cells).rstrip()


def till_words(line: CashDay, width: int) -> str:
    """Return one till's day as a line; what presses has its sign."""
    cells = [
        fit(day_text(line.day), DAY),
        fit(line.name, _agent(width)),
        f"{signed_money(line.expected):>{MONEY}}",
    ]
    if width >= WIDE:
        cells.append(f"{_money(line.counted):>{MONEY}}")
    cells += [f"{_money(line.difference):>{APART}}", fit(till_state(line), STATE)]
    if width >= WIDE:
        cells.append(fit(line.signed_by or "–", AGENT))
    return " ".join(cells).rstrip()


def _agent(width: int) -> int:
    return AGENT + 4 if width >= WIDE else AGENT


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else signed_money(amount)


def signed_money(amount: Decimal) -> str:
    """Return an amount with a minus sign, as reports have it: `−45,50 zł`."""
    return money_text(amount).replace("-", "−")


def till_state(line: CashDay) -> str:
    """Return where a day stands; what was counted before something else was booked is said."""
    if line.moved:
        return "! " + _("count again")
    return _(STATE_WORDS[line.state])


def till_lines(line: CashDay) -> tuple[str, ...]:
    """Return what is to be known of a till's day: ledger and count, cash and card, who and why."""
    values = {"name": line.name, "day": day_text(line.day)}
    counted = ngettext("%(count)s payment at the desk", "%(count)s payments at the desk", line.payments)
    lines = [
        _("till of %(name)s, %(day)s") % values + " · " + counted % {"count": line.payments},
        amount_words(_("cash"), line.cash_expected, line.cash_counted),
        amount_words(_("card terminal"), line.card_expected, line.card_counted),
    ]
    if line.reason:
        lines.append(_("reason: %(reason)s") % {"reason": line.reason})
    if line.counted_by and line.counted_by_another:
        values = {"name": line.counted_by, "agent": line.name}
        lines.append(_("counted by %(name)s in place of %(agent)s") % values)
    if line.signed_by:
        lines.append(_("signed by %(name)s") % {"name": line.signed_by})
    if line.moved:
        lines.append("! " + _("something was booked since it was counted; it is to be counted again"))
    return tuple(lines)


def amount_words(what: str, expected: Decimal, counted: Decimal | None) -> str:
    """Return what the ledger says beside what was counted."""
    values = {"what": what, "expected": signed_money(expected)}
    if counted is None:
        return _("%(what)s: the ledger says %(expected)s") % values
    values |= {"counted": signed_money(counted), "apart": signed_money(counted - expected)}
    if counted == expected:
        return _("%(what)s: the ledger says %(expected)s, and so does the count") % values
    return _("%(what)s: the ledger says %(expected)s, counted %(counted)s: ! %(apart)s") % values


def done_words(line: CashDay) -> str:
    """Return what became of a day."""
    values = {"name": line.name, "day": day_text(line.day), "apart": _money(line.difference)}
    match line.state:
        case CashState.SIGNED:
            return _("Signed: till of %(name)s, %(day)s.") % values
        case CashState.CLOSED if line.difference:
            return _("Counted: till of %(name)s, %(day)s, difference %(apart)s.") % values
        case CashState.CLOSED:
            return _("Counted: till of %(name)s, %(day)s; it agrees with the ledger.") % values
    return _("Opened again: till of %(name)s, %(day)s; it is to be counted anew.") % values


def payment_heading() -> str:
    """Return the headings above the lines of `payment_words`."""
    number, client, amount, method = _("no."), _("client"), _("amount"), _("method")
    return f"{fit(number, NUMBER)} {fit(client, NAME)} {amount:>{MONEY}}  {fit(method, METHOD)} " + _(
        "receipt"
    )


def payment_words(payment: TillPayment, *, wide: bool) -> str:
    """Return one desk payment as a line."""
    method = method_label(PaymentMethod(payment.method))
    words = (
        f"{fit(payment.client_number, NUMBER)} {fit(payment.client_name, NAME)} "
        f"{signed_money(payment.amount):>{MONEY}}  {fit(method, METHOD)} "
        f"{fit(payment.receipt or '–', RECEIPT)}"
    )
    return f"{words} {moment_text(payment.recorded_at)}" if wide else words.rstrip()
