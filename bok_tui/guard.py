"""Looks at the terminal before Textual is imported: Textual reads its settings at import.

A terminal that cannot show the screen is refused with one sentence; one that would garble it
(Polish capitals swallowed, sixteen colours for no reason) is set right.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

from db.errors import WrongInput
from db.settings import Settings
from db.words import N_


def check_terminal(
    environment: MutableMapping[str, str],
    *,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
) -> None:
    """Raise WrongInput, saying what to do, when the agents' screen cannot be shown here."""
    stdin, stdout, stderr = stdin or sys.stdin, stdout or sys.stdout, stderr or sys.stderr
    if not (is_terminal(stdin) and is_terminal(stdout)):
        raise WrongInput(
            N_("The agents' screen needs a terminal; for scripts there are the commands in bok --help.")
        )
    if not is_terminal(stderr):  # where Textual draws, except on Windows
        raise WrongInput(
            N_("The agents' screen is drawn on standard error, which goes elsewhere: start it without 2>.")
        )
    if environment.get("TERM", "" if sys.platform != "win32" else "windows") in ("", "dumb", "unknown"):
        raise WrongInput(
            N_("This terminal (TERM=%(term)s) cannot show a screen; use another one, or set TERM."),
            term=environment.get("TERM", ""),
        )
    # Textual draws in standard error's encoding, which the locale decides
    encoding = (getattr(stderr, "encoding", None) or "ascii").lower().replace("-", "").replace("_", "")
    if encoding != "utf8":
        raise WrongInput(
            N_("This terminal's encoding is %(encoding)s; type: export LANG=C.UTF-8   and start again."),
            encoding=encoding,
        )


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether `stream` is a terminal; one that the caller closed is none."""
    return stream is not None and stream.isatty()


def prepare_environment(environment: MutableMapping[str, str], settings: Settings) -> None:
    """Set what Textual reads at import; what the user set already stays."""
    if settings.kitty_keys:
        environment.pop("TEXTUAL_DISABLE_KITTY_KEY", None)
    else:
        # the Kitty protocol with all keys reported loses AltGr+Shift letters: Ł, Ż, Ć
        environment.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    environment.setdefault("TEXTUAL_FPS", str(settings.fps))
    environment.setdefault("TEXTUAL_ANIMATIONS", "none")
    environment.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    over_ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    if environment.get("TERM") == "xterm" and over_ssh and not environment.get("COLORTERM"):
        # PuTTY calls itself xterm, which stands for 16 colours, and shows 256
        environment.setdefault("TEXTUAL_COLOR_SYSTEM", "256")


def driver_options() -> dict[str, Any]:
    """Return what the application needs to be told about this platform's driver.

    Textual's Windows driver turns the Kitty protocol on whatever the environment says, and its
    parser, told that it is off, would then type `[97;3u` into the fields.
    """
    if sys.platform != "win32":
        return {}
    from textual.drivers.windows_driver import WindowsDriver

    class PlainKeysDriver(WindowsDriver):
        """Never asks the terminal for the Kitty protocol."""

        def write(self, data: str) -> None:
            super().write(data.replace("\x1b[>1u", ""))

    return {"driver_class": PlainKeysDriver}
