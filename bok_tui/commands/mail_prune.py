"""`bok mail prune`: incoming mail past its term is erased."""

from __future__ import annotations

from typing import Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, program_office, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind
from reports.output import Form, write_record

PRUNE_HELP = N_(
    "Erase what old mail of nobody's said. Spam after spam_mail_days; mail of no client that was closed or"
    " answered, and spam in a client's name, after stranger_mail_days: source, texts, names and addresses go,"
    " and the message is not taken in again. What waits stays. For supervisors; a timer has no"
    " sign-in: --unattended. On PostgreSQL with the role that owns the tables."
)
PRUNED = (
    Column("spam", N_("Spam"), Kind.COUNT),
    Column("strangers", N_("Of no client"), Kind.COUNT),
    Column("waiting", N_("Of no client, waiting as long"), Kind.COUNT),
    Column("erased", N_("Erased"), Kind.COUNT),
)


def prune(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say how much would be erased."))
    ] = False,
    unattended: Annotated[
        bool, typer.Option("--unattended", help=N_("For a timer: without a sign-in."))
    ] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Erase what is past its term."""
    settings = open_shell()
    office = program_office(settings) if unattended else signed_in_office(settings)
    from db.operations.mail_retention import old_mail, prune_mail

    old = office.read(old_mail)
    erased = 0
    while not dry_run and (part := office.do(prune_mail)):
        erased += part
    row = {"spam": old.spam, "strangers": old.strangers, "waiting": old.waiting, "erased": erased}
    write_record(PRUNED, row, form=form, translate=_)
    if dry_run:
        say(N_("This was a trial; nothing was erased."))
    elif erased:
        say(N_("Its bytes may stand in the database's files until they are written anew: bok db scrub."))
    if old.waiting:
        say(N_("Mail that waits is never erased: decide about it in the inbox (F6)."))
