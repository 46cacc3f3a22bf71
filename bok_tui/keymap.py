"""Other keys for the actions, as the setting `keys` asks: `record-reading=f12, sign-out=ctrl+b`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bok_tui.keys import ACTIONS, Action
from db.errors import WrongInput
from db.words import N_

ANYWHERE = re.compile(r"f[1-9]|f12|ctrl\+[bglnopqrsty]")
"""No Alt, F10, F11, nor what a terminal or a field takes for itself (Ctrl+M is Enter, Ctrl+V pastes)."""
LETTER = re.compile(r"[a-zA-Z]")
"""Only for actions that have a letter from the start: those work where no field is."""


def read_keymap(setting: str) -> dict[str, str]:
    """Return the key of each action named in `setting`; raises WrongInput that names what is wrong."""
    keymap: dict[str, str] = {}
    for part in filter(None, map(str.strip, setting.split(","))):
        name, _sign, key = (piece.strip() for piece in part.partition("="))
        action = ACTIONS.get(name)
        if action is None or not _may_change(action):
            raise WrongInput(
                N_(
                    "The setting keys: there is no action %(name)s with a key of its own. Actions: %(known)s."
                ),
                name=name,
                known=", ".join(known.id for known in ACTIONS.values() if _may_change(known)),
            )
        if not (ANYWHERE.fullmatch(key) or (LETTER.fullmatch(key) and LETTER.fullmatch(action.keys))):
            raise WrongInput(
                N_("The setting keys: %(name)s cannot have the key %(key)s; take f1 to f9, f12 or ctrl+b."),
                name=name,
                key=key,
            )
        keymap[name] = key
    _refuse_shared(keymap)
    return keymap


def _may_change(action: Action) -> bool:
    """Enter, Esc, arrows and digits stay what they are."""
    return bool(ANYWHERE.fullmatch(action.keys) or LETTER.fullmatch(action.keys))


def _refuse_shared(keymap: Mapping[str, str]) -> None:
    for name, key in keymap.items():
        for other in ACTIONS.values():
            if other.id != name and key in keymap.get(other.id, other.keys).split(","):
                raise WrongInput(
                    N_("The setting keys: %(key)s would be both %(name)s and %(other)s."),
                    key=key,
                    name=name,
                    other=other.id,
                )
