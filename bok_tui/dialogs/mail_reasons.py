"""What stands against readings of a message: a reason for a warning, waiting for what is blocked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from textual.app import App

from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _
from bok_tui.wording.mail_reading import Judged
from db.records.incoming import AcceptedState
from db.rules.levels import Level
from db.rules.reading_checks import REASON_LABELS, ReasonCode

HOLD, CORRECT = "hold", "correct"
NOTE_LENGTH = 500


def settle_findings(
    app: App[Any],
    judged: Sequence[Judged],
    then: Callable[[tuple[AcceptedState, ...]], object],
    *,
    correct: Callable[[], object],
    note: str = "",
) -> None:
    """Ask for what the readings need, and give them to `then`; nothing is asked where all is in order.

    One answer serves all readings of the message. `correct` is called when the agent wants to correct
    what is blocked; Esc does nothing.
    """
    blocked = [one for one in judged if one.level is Level.BLOCK]
    if not blocked:
        _ask_reason(app, judged, then, note)
        return

    def picked(key: str | None) -> None:
        if key == CORRECT:
            correct()
        elif key == HOLD:
            held = [
                replace(one, state=replace(one.state, hold=True)) if one.level is Level.BLOCK else one
                for one in judged
            ]
            _ask_reason(app, held, then, note)

    below = any(one.below for one in blocked)
    hold = _("hold it for a supervisor (work list F8)")
    title = _("Only a supervisor may let this pass")
    if below:
        hold = _("hold it until the earlier reading is corrected (work list F8)")
        title = _("Below the previous state: nobody may sign for that")
    options = [(HOLD, hold), (CORRECT, _("go back and correct the state or the meter"))]
    lines = [line for one in blocked for line in one.sentences]
    app.push_screen(PickDialog(title, options, lines=lines), picked)


def _ask_reason(
    app: App[Any],
    judged: Sequence[Judged],
    then: Callable[[tuple[AcceptedState, ...]], object],
    note: str,
) -> None:
    warned = [one for one in judged if one.level is Level.WARN]
    if not warned:
        then(tuple(one.state for one in judged))
        return

    def picked(key: str | None) -> None:
        if key is None:
            return
        if ReasonCode(key) is ReasonCode.OTHER and not note:
            dialog = TextDialog(
                _("Why is it saved all the same?"), label=_("Reason"), lines=lines, limit=NOTE_LENGTH
            )
            app.push_screen(dialog, lambda typed: send(key, typed) if typed else None)
        else:
            send(key, note)

    def send(reason: str, words: str) -> None:
        then(
            tuple(
                replace(one.state, reason=reason, note=words) if one.level is Level.WARN else one.state
                for one in judged
            )
        )

    lines = [line for one in warned for line in one.sentences]
    options = [(reason.value, _(label)) for reason, label in REASON_LABELS.items()]
    app.push_screen(PickDialog(_("Why is it saved all the same?"), options, lines=lines), picked)
