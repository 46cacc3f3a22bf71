"""The last words of a program that must stop: one sentence and a code; details go to the log."""

from __future__ import annotations

import logging

from rich.text import Text

from bok_tui.asking import new_code
from bok_tui.i18n import _

log = logging.getLogger(__name__)


def last_words(error: BaseException | None) -> Text:
    """Log `error` under a new code, and return what the terminal shows: no locals, no data."""
    code = new_code()
    log.critical("the screen stopped, code %s", code, exc_info=error)
    sentence = _(
        "bok had to stop because of a fault in the program (%(kind)s). What was saved is safe. "
        "Start it again; if it happens again, report the code %(code)s, which is in the log."
    )
    return Text(sentence % {"kind": type(error).__name__, "code": code})
