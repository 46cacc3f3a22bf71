"""`bok mail inbox`, `source` and `auto-accept`: what came in, as it came, and what is accepted by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bok_tui.commands.mail_inbox_rows import INBOX, SHOWN, inbox_row
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.errors import WrongInput
from db.records.incoming import InboxFilter, IncomingState, MailIntent
from db.words import N_
from reports.output import STDOUT, Form, write_rows

INBOX_HELP = N_(
    "List incoming messages with what was understood of them: those that wait, the oldest first; with --state"
    " or --auto others, the newest first."
)
SOURCE_HELP = N_("Write a message to a file as it came, byte for byte. For supervisors; it leaves an entry.")
AUTO_HELP = N_(
    "Let the program accept readings by itself, or not: on, off, or show. It accepts what a client's own"
    " confirmed address sent about the client's one meter, with a notice open and every check passed;"
    " bok jobs run does it. For supervisors; see bok mail inbox --auto."
)
STATES = N_("new, accepted, request, answered, closed, spam, or all.")
INTENTS = N_("reading, data_change, einvoice, complaint, invoice_copy, question or other.")
_ALL = "all"


def inbox(
    state: Annotated[str, typer.Option(metavar="STATE", help=STATES)] = "",
    intent: Annotated[str, typer.Option(metavar="INTENT", help=INTENTS)] = "",
    client: Annotated[str, typer.Option(metavar="NUMBER", help=N_("Only this client's."))] = "",
    assigned: Annotated[str, typer.Option(metavar="LOGIN", help=N_("Only what this colleague has."))] = "",
    doubtful: Annotated[
        bool | None,
        typer.Option("--doubtful/--sure", help=N_("Only those to be looked at; or only the others.")),
    ] = None,
    auto: Annotated[bool, typer.Option("--auto", help=N_("Only what the program accepted."))] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help=N_("Messages at most."))] = 50,
    after: Annotated[
        int, typer.Option(min=0, metavar="MESSAGE", help=N_("Go on behind this message of the list."))
    ] = 0,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List messages."""
    wanted = InboxFilter(
        states=_states(state, auto=auto),
        intents=frozenset({_intent(intent)}) if intent else frozenset(MailIntent),
        assigned_to=assigned or None,
        client_number=client,
        doubtful=doubtful,
        auto=auto,
    )
    office = signed_in_office(open_shell())
    from db.queries.inbox import inbox_page

    page = office.read(inbox_page, wanted, after=after or None, limit=limit)
    columns = SHOWN if form is Form.TABLE else INBOX
    rows = [inbox_row(line) for line in page.lines]
    write_rows(columns, rows, form=form, output=output, force=force, translate=_)
    if page.more:
        say(N_("There is more: --after %(mail)s"), mail=str(page.next_after))


def _states(text: str, *, auto: bool) -> frozenset[IncomingState]:
    if text.lower() == _ALL:
        return frozenset(IncomingState)
    if not text:
        return frozenset({IncomingState.ACCEPTED if auto else IncomingState.NEW})
    try:
        return frozenset({IncomingState(text.strip().lower())})
    except ValueError:
        raise WrongInput(
            N_("There is no state %(state)s. Choose one of: %(known)s."),
            state=text[:20],
            known=", ".join((*IncomingState, _ALL)),
        ) from None


def _intent(text: str) -> MailIntent:
    try:
        return MailIntent(text.strip().lower())
    except ValueError:
        raise WrongInput(
            N_("There is no intent %(intent)s. Choose one of: %(known)s."),
            intent=text[:20],
            known=", ".join(MailIntent),
        ) from None


def source(
    message: Annotated[int, typer.Argument(metavar="MESSAGE", help=N_("The message's id, as listed."))],
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Hand out the source of a message."""
    if output == STDOUT and sys.stdout.isatty():
        raise WrongInput(N_("A message may hold what commands a terminal. Name a file: --output FILE"))
    office = signed_in_office(open_shell())
    from db.queries.inbox import mail_source
    from db.whole_files import require_place, save

    if output != STDOUT:
        require_place(Path(output))
    raw = office.read(mail_source, message)
    if output == STDOUT:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    save(Path(output), raw, force=force)
    say(N_("Written: %(file)s"), file=output)


def auto_accept(
    what: Annotated[str, typer.Argument(metavar="on|off|show", help=N_("on, off or show."))] = "show",
) -> None:
    """Switch accepting by itself on or off, or show how it stands."""
    word = what.strip().lower()
    if word not in ("on", "off", "show"):
        raise WrongInput(N_("Say on, off or show."))
    office = signed_in_office(open_shell())
    from db.operations.inbox_auto import set_auto_accept
    from db.queries.inbox import auto_accept_state

    if word != "show":
        office.do(set_auto_accept, word == "on")
    on = office.read(auto_accept_state)
    typer.echo("on" if on else "off")
    say(
        N_("The program accepts sure readings by itself.")
        if on
        else N_("Nothing is recorded without an agent's key.")
    )
