"""`bok report schedule`: the lines that cron, or a timer of systemd, needs to send a report every morning."""

from __future__ import annotations

import getpass
import os
import re
import shlex
import shutil
import sys
from typing import Annotated

import typer

from bok_tui.i18n import _, current_language
from bok_tui.shell import open_shell, program_office
from db.errors import NotFound, WrongInput
from db.words import N_
from reports.output import write_text
from reports.supervision.registry import REPORTS

SCHEDULE_HELP = N_(
    "Print the line for cron, and the two files for systemd, that send a report on working days and hand over"
    " the mail. They change nothing by themselves: put them where they belong. Send the report once by hand"
    " first, signed in: the timer writes only to whom a supervisor has written. Needs no sign-in."
)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_TAKEN_OVER = ("BOK_HOME",)
_NOT_NEEDED = ("BOK_LANG",)
TEXT = """\
# {cron}
{environment}{minute} {hour} * * 1-5 {send_cron} && {mail_cron}

# systemd: /etc/systemd/system/{unit}.service
[Unit]
Description=bok report {report}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
{set_environment}ExecStart={send_systemd}
ExecStart={mail_systemd}

# systemd: /etc/systemd/system/{unit}.timer
[Unit]
Description=bok report {report}

[Timer]
OnCalendar=Mon..Fri *-*-* {hour:02}:{minute:02}:00
Persistent=true

[Install]
WantedBy=timers.target

# {then}: systemctl enable --now {unit}.timer
"""

app = typer.Typer(add_completion=False)


@app.command(
    help=SCHEDULE_HELP,
    epilog=N_("Example: bok report schedule daily --time 06:00 --to kierownik@example.pl"),
)
def schedule(
    report: Annotated[str, typer.Argument(metavar="REPORT", help=N_("Its name, as listed."))] = "daily",
    time: Annotated[str, typer.Option(metavar="HH:MM", help=N_("When, by this machine's clock."))] = "06:00",
    to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS", help=N_("Whom to write to; may be repeated. The office's own without.")
        ),
    ] = None,
) -> None:
    """Print the lines."""
    if report not in REPORTS:
        raise NotFound(N_("There is no report %(name)s. See: bok report list"), name=report[:40])
    if (at := _TIME.fullmatch(time.strip())) is None:
        raise WrongInput(N_("%(time)s is no time of day, such as 06:00."), time=time[:20])
    write_text(_text(report, int(at[1]), int(at[2]), _addresses(to or [])))


def _addresses(given: list[str]) -> list[str]:
    """Return whom to write to. Raises WrongInput, Refused for who is not of the office."""
    office = program_office(open_shell())
    from db.queries.utility import utility
    from db.rules.report_addresses import office_address

    own = office.read(utility).email
    return [office_address(address, own) for address in given or [own]]


def _text(report: str, hour: int, minute: int, addresses: list[str]) -> str:
    to = [word for address in addresses for word in ("--to", address)]
    send = [*program(), "--lang", current_language(), "report", "send", report, "--unattended", *to]
    mail = [*program(), "mail", "send"]
    kept = {name: os.environ[name] for name in _TAKEN_OVER if os.environ.get(name)}
    for name, value in kept.items():
        if not value.isprintable():
            raise WrongInput(N_("%(name)s holds a character that no timer takes."), name=name)
    return TEXT.format(
        cron=_("cron: crontab -e, as the user who runs bok"),
        then=_("then"),
        environment=_left_out() + "".join(f"{name}={_quoted(value)}\n" for name, value in kept.items()),
        set_environment="".join(
            f"Environment={_quoted(f'{name}={value}'.replace('%', '%%'))}\n" for name, value in kept.items()
        ),
        report=report,
        hour=hour,
        minute=minute,
        unit=f"bok-report-{report}",
        user=getpass.getuser(),
        send_cron=_for_cron(send),
        mail_cron=_for_cron(mail),
        send_systemd=_for_systemd(send),
        mail_systemd=_for_systemd(mail),
    )


def program() -> list[str]:
    """Return how a timer calls this very program: by its whole path."""
    found = shutil.which("bok")
    return [os.path.abspath(found)] if found else [sys.executable, "-m", "bok_tui"]  # noqa: PTH100 - keeps links


def _left_out() -> str:
    """Return a remark on settings of this shell that a timer will not have; their values are not printed."""
    names = sorted(name for name in os.environ if name.startswith("BOK_"))
    left = [name for name in names if name not in (*_TAKEN_OVER, *_NOT_NEEDED)]
    if not left:
        return ""
    remark = _("a timer does not know these settings of your shell; put them into bok.toml: %(names)s")
    return f"# {remark % {'names': ', '.join(left)}}\n"


def _for_cron(words: list[str]) -> str:
    """Return a command for cron: quoted for the shell; an unguarded % would end it."""
    return shlex.join(words).replace("%", "\\%")


def _for_systemd(words: list[str]) -> str:
    """Return a command for ExecStart: words in double quotes where they need them, % and $ doubled."""
    plain = re.compile(r"[A-Za-z0-9@_+=:,./-]+")
    told = (word.replace("%", "%%").replace("$", "$$") for word in words)
    return " ".join(word if plain.fullmatch(word) else _quoted(word) for word in told)


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
