"""What the commands of billing read from their arguments."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bok_tui.i18n import _, translate_template
from db.errors import WrongInput
from db.words import N_

if TYPE_CHECKING:
    from db.office import Office
    from db.records.billing import Skipped

_PERIOD = re.compile(r"([0-9]{4})-?([0-9]{2})")
_FIGURE = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")


def parse_period(text: str) -> date:
    """Return the first day of the month `2026-10`; raises WrongInput."""
    found = _PERIOD.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), 1) if found else date.fromisoformat("")
    except ValueError as error:
        raise WrongInput(N_("A period is a month such as 2026-10, not %(text)s."), text=text[:40]) from error


def parse_figure(text: str) -> Decimal:
    """Return a price or a rate with at most 4 decimals: `5,12` or `5.12`; raises WrongInput."""
    if not _FIGURE.fullmatch(text.strip()):
        raise WrongInput(N_("%(text)s is no figure with at most 4 decimals, such as 5.12."), text=text[:40])
    return Decimal(text.strip().replace(",", "."))


def trimmed(figure: Decimal, *, places: int = 0) -> Decimal:
    """Return a price or a rate without zeros at its end, with `places` decimals at least."""
    exponent = figure.normalize().as_tuple().exponent
    kept = max(places, -exponent if isinstance(exponent, int) else 0)
    return figure.quantize(Decimal(1).scaleb(-kept))


def parse_known_day(office: Office, text: str) -> date:
    """Return the day that `text` names, seen from today; raises WrongInput."""
    from db.clock import office_day
    from db.rules.day_entry import parse_day

    return parse_day(text, today=office_day(office.house.clock()))


def skip_words(skipped: Skipped) -> tuple[str, str]:
    """Return why a contract was left out, and the meter, the address or the sentence behind it."""
    from db.records.money import SKIP_WORDS

    detail = translate_template(skipped.detail, skipped.params) if skipped.params else skipped.detail
    return _(SKIP_WORDS[skipped.reason]), detail
