"""`bok mail`: what comes in, what goes out, what comes back."""

from __future__ import annotations

from typing import Annotated

import typer

from bok_tui.commands.mail_bounces import BOUNCES_HELP, bounces
from bok_tui.commands.mail_import import FETCH_HELP, IMPORT_HELP, fetch, import_mail
from bok_tui.commands.mail_inbox import (
    AUTO_HELP,
    INBOX_HELP,
    SOURCE_HELP,
    auto_accept,
    inbox,
    source,
)
from bok_tui.commands.mail_prune import PRUNE_HELP, prune
from bok_tui.commands.mail_read import READ_HELP, read
from bok_tui.commands.mail_rows import OUTBOX, SHOWN, mail_row, state_named
from bok_tui.commands.mail_send import SEND_HELP, send
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.words import N_
from reports.output import STDOUT, Form, write_rows

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Bring incoming mail in and list it; send queued mail, look after what could not be sent."),
    epilog=N_("Example: bok mail send"),
)

LIST_HELP = N_("List outgoing messages, newest first. For supervisors.")
RESEND_HELP = N_(
    "Queue a message again that failed, came back or is in doubt. Of one in doubt the recipient may get a"
    " second copy. For supervisors."
)
CANCEL_HELP = N_("Let a message that waits, failed or is in doubt never be sent. For supervisors.")
STATES = N_("queued, sending, sent, doubtful, failed, bounced or cancelled.")

Message = Annotated[int, typer.Argument(metavar="MESSAGE", help=N_("The message's id, as listed."))]

app.command(help=SEND_HELP, epilog=N_("Example: bok mail send --limit 500"))(send)


@app.command("list", help=LIST_HELP, epilog=N_("Example: bok mail list --state doubtful --format csv"))
def list_command(
    state: Annotated[str, typer.Option(metavar="STATE", help=STATES)] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help=N_("Messages at most."))] = 50,
    before: Annotated[
        int, typer.Option(min=0, metavar="MESSAGE", help=N_("Go on behind this message of the list."))
    ] = 0,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List messages."""
    wanted = state_named(state) if state else None
    office = signed_in_office(open_shell())
    from db.queries.mail import outbox

    lines = office.read(outbox, state=wanted, before=before or None, limit=limit)
    rows = [mail_row(line, form) for line in lines]
    write_rows(
        SHOWN if form is Form.TABLE else OUTBOX, rows, form=form, output=output, force=force, translate=_
    )
    if len(lines) == limit:
        say(N_("There may be more: --before %(mail)s"), mail=str(lines[-1].id))


@app.command(help=RESEND_HELP, epilog=N_("Example: bok mail resend 812"))
def resend(message: Message) -> None:
    """Queue a message again."""
    office = signed_in_office(open_shell())
    from db.operations.mail_decisions import resend_mail

    office.do(resend_mail, message)
    say(N_("The message %(mail)s is queued again."), mail=str(message))


@app.command(help=CANCEL_HELP, epilog=N_("Example: bok mail cancel 812"))
def cancel(message: Message) -> None:
    """Cancel a message."""
    office = signed_in_office(open_shell())
    from db.operations.mail_decisions import cancel_mail

    office.do(cancel_mail, message)
    say(N_("The message %(mail)s will not be sent."), mail=str(message))


app.command(help=BOUNCES_HELP, epilog=N_("Example: bok mail bounces returned/"))(bounces)
app.command(help=READ_HELP, epilog=N_("Example: bok mail read morning.mbox --format json"))(read)
app.command("import", help=IMPORT_HELP, epilog=N_("Example: bok mail import ~/Maildir"))(import_mail)
app.command(help=FETCH_HELP, epilog=N_("Example: bok mail fetch --format json"))(fetch)
app.command(help=INBOX_HELP, epilog=N_("Example: bok mail inbox --doubtful"))(inbox)
app.command(help=SOURCE_HELP, epilog=N_("Example: bok mail source 812 --output message.eml"))(source)
app.command("auto-accept", help=AUTO_HELP, epilog=N_("Example: bok mail auto-accept show"))(auto_accept)
app.command(help=PRUNE_HELP, epilog=N_("Example: bok mail prune --dry-run"))(prune)
