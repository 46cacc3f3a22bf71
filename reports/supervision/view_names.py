"""What people call the views of reports: the tabs of the screen."""

from __future__ import annotations

from collections.abc import Mapping

from db.words import N_
from reports.columns import Translate
from reports.supervision.definition import View

VIEW_NAMES: Mapping[str, str] = {
    "daily": N_("morning"),
    "bucket": N_("delay"),
    "group": N_("groups"),
    "client": N_("clients"),
    "overpaid": N_("overpayments"),
    "channel": N_("channels"),
    "agent": N_("staff"),
    "day": N_("days"),
    "week": N_("weeks"),
    "month": N_("months"),
    "source": N_("sources"),
    "unmatched": N_("not matched"),
    "cash": N_("tills"),
    "period": N_("periods"),
    "service": N_("services"),
    "rate": N_("VAT rates"),
    "register": N_("VAT register"),
    "purpose": N_("purposes"),
    "hour": N_("hours"),
    "weekday": N_("weekdays"),
    "suspicious": N_("to be asked about"),
    "street": N_("streets"),
    "meter": N_("meters"),
    "verification": N_("verification"),
    "list": N_("list"),
    "voided": N_("voided readings"),
    "mails": N_("accepted e-mails"),
    "bounced": N_("returned mail"),
    "exchange": N_("exchanges"),
    "age": N_("age"),
    "open": N_("open ones"),
    "kind": N_("kinds"),
    "clock": N_("deadlines"),
    "measure": N_("figures"),
    "town": N_("towns"),
    "losses": N_("losses"),
    "change": N_("changes of use"),
    "unusual": N_("unusual use"),
}
"""What people call a view, by its key."""


def name_of(view: View, translate: Translate) -> str:
    """Return what people call a view, in a word or two."""
    return translate(VIEW_NAMES[view.key])
