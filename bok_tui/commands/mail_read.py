"""`bok mail read`: what would be understood of messages. Nothing is kept, no database is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.mail_read_rows import READ, SHOWN, read_row, tell_passed_over
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import STDIN, open_shell, read_input, say
from db.words import N_
from reports.columns import Row
from reports.output import STDOUT, Form, write_rows

if TYPE_CHECKING:
    from db.inbox_wire import ReadMessage
    from db.mail_files import MailFile

READ_HELP = N_(
    "Show what would be understood of messages: a file (.eml), a folder of files, an mbox, a Maildir, or -"
    " for standard input. Nothing is imported, and neither a database nor a sign-in is needed. A message that"
    " cannot be read is listed with the reason. Of a folder, files named .eml are read and others that begin"
    " like a message."
)


def read(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help=N_("A message, a folder, an mbox or a Maildir; or -."))
    ],
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Show what messages say."""
    open_shell()
    rows: list[Row] = []
    unread = 0
    others: list[str] = []
    for name, message in _read(path, others):
        rows.append(read_row(name, message))
        unread += message.text is None
    columns = SHOWN if form is Form.TABLE else READ
    write_rows(columns, rows, form=form, output=output, force=force, translate=_)
    tell_passed_over(others)
    if unread:
        say(N_("Messages that could not be read: %(count)s."), count=unread)


def _read(path: str, others: list[str]) -> Iterator[tuple[str, ReadMessage]]:
    """Yield each message's name with what was understood of it; one message is in memory at a time."""
    from db.inbox_reading import ReadMessage, read_safely

    files, sent = tee(_files(path, others))
    for file, answer in zip(files, read_safely(file.raw for file in sent), strict=True):
        yield file.name, ReadMessage(None, None, file.trouble) if file.trouble else answer


def _files(path: str, others: list[str]) -> Iterator[MailFile]:
    from db.mail_files import mail_files, messages_in
    from db.rules.inbox.limits import MOST_BYTES

    most = MOST_BYTES + 1
    if path != STDIN:
        yield from mail_files(Path(path), most=most, passed_over=others)
        return
    read_input(STDIN, 0)  # refuses a closed one
    yield from messages_in(sys.stdin.buffer, STDIN, most=most)
