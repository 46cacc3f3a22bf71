"""`bok mail import` and `bok mail fetch`: incoming mail is brought in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.mail_read_rows import tell_passed_over
from bok_tui.commands.progress import progress_bar
from bok_tui.exit_codes import ExitCode, exit_code_of
from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, program_office, say, say_error
from db.records.incoming import MailSource, TakenMail
from db.words import N_
from reports.columns import Column, Kind
from reports.output import Form, write_record

if TYPE_CHECKING:
    from db.mail_intake import Arriving

IMPORT_HELP = N_(
    "Take messages into the inbox: a file (.eml), a folder of files, an mbox or a Maildir. Needs no sign-in."
    " The files stay as they are; a message that is there already is not taken twice. One that cannot be read"
    " is kept and listed. Of a folder, files named .eml are taken and others that begin like a message."
    " Exit code 1 when a file could not be opened."
)
FETCH_HELP = N_(
    "Fetch new messages from the mailbox that is set (imap_host) into the inbox. Needs no sign-in: it is for"
    " cron or a systemd timer. Nothing is deleted or marked on the server; it may be stopped, killed, or run"
    " twice at once. Exit code 5 when the mail server cannot be used: what came in whole is kept."
)
TAKEN = (
    Column("new", N_("New"), Kind.COUNT),
    Column("known", N_("There already"), Kind.COUNT),
    Column("unreadable", N_("Not or not wholly read"), Kind.COUNT),
)


def import_mail(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help=N_("A message, a folder, an mbox or a Maildir."))
    ],
    form: FormOption = Form.TABLE,
) -> None:
    """Take files in."""
    from db.mail_intake import AT_ONCE, bring_in

    office = program_office(open_shell())
    unopened: list[str] = []
    empty: list[str] = []
    others: list[str] = []
    with progress_bar(_("Messages")) as bar:
        tell = (
            None if bar is None else lambda done: bar(done, done + AT_ONCE)
        )  # how many there are comes last
        taken, _trouble = bring_in(
            office, _arriving(Path(path), unopened, empty, others), MailSource.IMPORT, tell=tell
        )
    _write(taken, form)
    tell_passed_over(others)
    for name in empty:
        say(N_("The file %(file)s is empty; there is no message in it."), file=name)
    for name in unopened:
        say(N_("The file %(file)s cannot be read; nothing of it was taken in."), file=name)
    if unopened:
        raise typer.Exit(ExitCode.REFUSED)


def _arriving(path: Path, unopened: list[str], empty: list[str], others: list[str]) -> Iterator[Arriving]:
    """Yield the messages of files; the lists name what could not be opened, is empty or no mail."""
    from db.mail_files import mail_files
    from db.mail_intake import Arriving
    from db.mailbox import KEPT_BYTES

    for file in mail_files(path, most=KEPT_BYTES + 1, passed_over=others):
        if file.trouble:
            unopened.append(file.name)
        elif not file.raw.strip():
            empty.append(file.name)
        else:
            yield Arriving(file.raw[:KEPT_BYTES], cut=len(file.raw) > KEPT_BYTES)


def fetch(
    limit: Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help=N_("Messages at most."))] = 1000,
    form: FormOption = Form.TABLE,
) -> None:
    """Fetch what is new."""
    from db.mail_intake import bring_in, new_mail
    from db.mailbox import open_mailbox
    from db.mailbox_settings import mailbox_of

    settings = open_shell()
    mailbox = mailbox_of(settings.mailbox)
    office = program_office(settings)
    from db.queries.inbox import mailbox_mark

    known = office.read(mailbox_mark, mailbox.name)
    with open_mailbox(mailbox) as box:
        coming = new_mail(box, mailbox.name, known, limit)
        taken, trouble = bring_in(office, coming, MailSource.IMAP)
    _write(taken, form)
    if trouble is not None:
        say_error(trouble)
        raise typer.Exit(exit_code_of(trouble))


def _write(taken: TakenMail, form: Form) -> None:
    row = {"new": taken.new, "known": taken.known, "unreadable": taken.unreadable}
    write_record(TAKEN, row, form=form, translate=_)
