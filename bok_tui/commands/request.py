"""`bok request`: the queue of requests from the shell, and the portal's batch."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bok_tui.commands.request_import import IMPORT_HELP, import_file
from bok_tui.commands.request_rows import QUEUE, queue_row, request_object
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, read_input, say, say_plainly, signed_in_office
from db.errors import WrongInput
from db.records.request_views import RequestFilter
from db.records.requests import RejectReason, RequestKind, RequestState
from db.refusals import ChangedMeanwhile
from db.words import N_
from reports.columns import Column
from reports.output import STDOUT, Form, write_bytes, write_record, write_rows, write_text

if TYPE_CHECKING:
    from enum import StrEnum

    from db.office import Office
    from db.records.request_views import RequestView

E = TypeVar("E", bound="StrEnum")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("The queue of requests: list, show, take, decide, apply; take in the portal's batch."),
    epilog=N_("Example: bok request list --overdue"),
)

LIST_HELP = N_(
    "List requests: without a state the open ones, the nearest deadline first. Every look is logged."
)
APPROVE_HELP = N_(
    "Approve a request; it is applied on its day. Name, PESEL, NIP, account for refunds and the addresses"
    " for e-invoices and of e-BOK are decided by a supervisor who did not take them in."
)
ASSIGN_HELP = N_(
    "Give a request to somebody, who then has it until its deadline; without a login take it away from"
    " whoever has it. For supervisors."
)
APPLY_HELP = N_("Apply the approved requests whose day has come, as bok jobs run does. For supervisors.")
WIDTH = 78
"""Columns of a request shown as text."""
SHORT = 7
"""Digits of a request's count at most."""

Number = Annotated[
    str, typer.Argument(metavar="REQUEST", help=N_("Its number, such as W/2026/00418; 418 is this year's."))
]
Note = Annotated[str, typer.Option(metavar="TEXT", help=N_("A note for its history."))]

app.command("import", help=IMPORT_HELP, epilog=N_("Example: bok request import portal.json"))(import_file)


@app.command("list", help=LIST_HELP, epilog=N_("Example: bok request list --kind pesel --format csv"))
def list_command(
    kind: Annotated[str, typer.Option(metavar="KIND", help=N_("Such as mailing_address or complaint."))] = "",
    state: Annotated[str, typer.Option(metavar="STATE", help=N_("Such as submitted or applied."))] = "",
    client: Annotated[str, typer.Option(metavar="NUMBER", help=N_("Of one client."))] = "",
    mine: Annotated[bool, typer.Option("--mine", help=N_("Only those that I have taken."))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=N_("Only those past their deadline."))] = False,
    older_than: Annotated[
        int, typer.Option(min=0, metavar="DAYS", help=N_("Only those older than so many working days."))
    ] = 0,
    after: Annotated[str, typer.Option(metavar="REQUEST", help=N_("Go on behind this request."))] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help=N_("Requests at most."))] = 50,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List requests."""
    wanted = RequestFilter(
        kinds=frozenset({_one(RequestKind, kind)} if kind else ()),
        states=frozenset({_one(RequestState, state)} if state else ()),
        mine=mine,
        overdue=overdue,
        client_number=client or None,
        older_than=older_than or None,
    )
    office = signed_in_office(open_shell())
    from db.queries.requests import request_page

    behind = _find(office, after).line.id if after else None
    page = office.read(request_page, wanted, after=behind, limit=limit)
    rows = [queue_row(line) for line in page.lines]
    write_rows(QUEUE, rows, form=form, output=output, force=force, translate=_)
    if page.more:
        say(N_("There are more: --after %(request)s"), request=page.lines[-1].number)


@app.command(
    help=N_("Show a request: its fields side by side, what happened to it. The look is logged."),
    epilog=N_("Example: bok request show W/2026/00418 --format json"),
)
def show(
    number: Number, form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False
) -> None:
    """Show one request."""
    view = _find(signed_in_office(open_shell()), number)
    if form is Form.TABLE:
        from bok_tui.wording.request_detail import detail_lines

        lines = detail_lines(view, WIDTH, steps=len(view.steps))
        text = "\n".join(fill(line, WIDTH, subsequent_indent="  ") for line in lines)
        write_text(text + "\n", output=output, force=force)
        return
    row = request_object(view)
    columns = tuple(Column(key, key) for key in row) if form is Form.JSON else QUEUE
    write_record(columns, row, form=form, output=output, force=force, translate=_)


@app.command(help=N_("Take a request for review."), epilog=N_("Example: bok request take W/2026/00418"))
def take(number: Number) -> None:
    """Take a request."""
    office = signed_in_office(open_shell())
    from db.operations.requests import take_request

    _tell(office.do(take_request, _find(office, number).line.id))


@app.command(help=ASSIGN_HELP, epilog=N_("Example: bok request assign W/2026/00418 anna"))
def assign(
    number: Number,
    login: Annotated[
        str, typer.Argument(metavar="[LOGIN]", help=N_("Who is to decide; nobody without."))
    ] = "",
) -> None:
    """Give a request to somebody, or take it away."""
    office = signed_in_office(open_shell())
    from db.operations.request_assign import assign_request, take_request_away

    key = _find(office, number).line.id
    _tell(office.do(assign_request, key, login) if login else office.do(take_request_away, key))


@app.command(help=APPROVE_HELP, epilog=N_("Example: bok request approve W/2026/00418"))
def approve(
    number: Number,
    note: Note = "",
    over_changes: Annotated[
        bool, typer.Option("--over-changes", help=N_("Apply it though the card was changed meanwhile."))
    ] = False,
) -> None:
    """Approve a request."""
    office = signed_in_office(open_shell())
    from db.operations.request_decisions import decide_request

    found = _find(office, number)
    try:
        _tell(
            office.do(
                decide_request,
                found.line.id,
                approve=True,
                note=note,
                version=found.version,
                over_changes=over_changes,
            )
        )
    except ChangedMeanwhile as changed:
        from bok_tui.wording.request_detail import changed_lines

        for line in changed_lines(changed.items):
            say_plainly(line)
        raise


@app.command(
    help=N_("Reject a request with a reason."),
    epilog=N_("Example: bok request reject W/2026/00418 --reason not_proved"),
)
def reject(
    number: Number,
    reason: Annotated[
        str,
        typer.Option(
            metavar="REASON",
            help=N_("not_entitled, not_proved, no_answer, wrong_data, duplicate, unfounded or other."),
        ),
    ],
    note: Note = "",
) -> None:
    """Reject a request."""
    why = _one(RejectReason, reason)
    office = signed_in_office(open_shell())
    from db.operations.request_decisions import decide_request

    found = _find(office, number)
    _tell(
        office.do(decide_request, found.line.id, approve=False, reason=why, note=note, version=found.version)
    )


@app.command(
    help=N_("Keep a file with a request, such as a deed; bok request show lists its id."),
    epilog=N_("Example: bok request attach W/2026/00418 deed.pdf"),
)
def attach(
    number: Number,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The file; - is standard input."))],
) -> None:
    """Keep a file."""
    from mimetypes import guess_type

    settings = open_shell()
    office = signed_in_office(settings)
    from db.operations.requests import attach_file
    from db.records.requests import Attachment

    most = office.house.policy.attachment_megabytes * 1_000_000
    content = read_input(file, most + 1)
    media_type = guess_type(file)[0] or "application/octet-stream"
    found = _find(office, number)
    view = office.do(attach_file, found.line.id, Attachment(file, media_type, content))
    key, name, size, _digest = view.attachments[-1]
    say(N_("File %(file)s: %(name)s, %(size)s bytes."), file=str(key), name=name, size=size)


@app.command(
    help=N_("Write a file that was kept with a request. The look is logged."),
    epilog=N_("Example: bok request file 17 --output deed.pdf"),
)
def file(
    key: Annotated[int, typer.Argument(metavar="FILE", help=N_("The file's id."))],
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Write one file."""
    office = signed_in_office(open_shell())
    from db.queries.requests import attachment

    write_bytes(office.read(attachment, key).content, output=output, force=force)


@app.command(help=APPLY_HELP, epilog=N_("Example: bok request apply"))
def apply() -> None:
    """Apply what is due."""
    office = signed_in_office(open_shell())
    from db.operations.request_decisions import apply_due

    total = 0
    while done := office.do(apply_due):
        total += done
    say(N_("Applied: %(count)s."), count=total)


def _find(office: Office, number: str) -> RequestView:
    """Return a request by its number; the count alone is one of this year, as `w 418` on the screen."""
    from db.clock import office_day
    from db.queries.requests import request_view

    typed = number.strip().upper()
    if typed.isascii() and typed.isdecimal() and len(typed) <= SHORT:
        typed = f"W/{office_day(office.house.clock()).year}/{int(typed):05d}"
    return office.read(request_view, typed)


def _tell(view: RequestView) -> None:
    from bok_tui.wording.request_detail import decided_words

    say_plainly(decided_words(view))


def _one(kind: type[E], typed: str) -> E:
    try:
        return kind(typed.strip().casefold())
    except ValueError:
        known = ", ".join(known.value for known in kind)
        raise WrongInput(N_("%(typed)s is none of: %(known)s."), typed=typed[:40], known=known) from None
