"""Settings: the environment first, then one TOML file, then the defaults written here.

The file is `bok.toml` in the configuration folder; every field below may stand in it by its
own name, or in the environment as `BOK_` and the name in capitals. `BOK_HOME` moves data,
state, configuration and log together.
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.errors import WrongInput
from db.mail_settings import MailSettings, Security
from db.mailbox_settings import MailboxSettings
from db.policy import Policy
from db.words import N_, Words

LANGUAGES = ("pl", "en")
THEMES = ("dark", "light", "contrast")
PREFIX = "BOK_"
HOME = "BOK_HOME"
_FOR_TESTS = "BOK_TEST_"
"""Names that belong to the tests of the program; nothing here reads them."""
FILE_NAME = "bok.toml"
_BOUNDS = {
    "payment_days": (14, 365),
    "complaint_days": (1, 14),
    "attachment_megabytes": (1, 50),
    "spam_mail_days": (1, 3650),
    "stranger_mail_days": (1, 3650),
    "smtp_port": (1, 65535),
    "smtp_timeout": (1, 600),
    "imap_port": (1, 65535),
    "imap_timeout": (1, 600),
}
"""Least and most; the regulation of 27 Feb 2018 gives 14 days to pay at least, Art. 7a of the consumer
rights act 14 days to answer a complaint at most."""
_SECRETS = ("smtp_password", "imap_password")
"""Never in the settings file, which more people read than they should."""
_GROUPS: dict[str, type[Policy] | type[MailSettings] | type[MailboxSettings]] = {
    "policy": Policy,
    "mail": MailSettings,
    "mailbox": MailboxSettings,
}
"""Fields of `Settings` whose own fields are settings, too."""
_KINDS = {bool: N_("true or false"), int: N_("a whole number from 1"), str: N_("text")}


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are kept."""

    data: Path
    """The embedded database and issued documents."""
    state: Path
    """The journal's key and heads, sign-in token, log."""
    config: Path
    """`bok.toml`."""

    @property
    def database(self) -> Path:
        """The embedded database."""
        return self.data / "bok.sqlite3"

    @property
    def log(self) -> Path:
        """The program's log."""
        return self.state / "bok.log"

    @property
    def token(self) -> Path:
        """The shell's sign-in token."""
        return self.state / "session.token"


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set; see the README's table."""

    folders: Folders
    database_url: str = ""
    """Address of the database; empty is the embedded file."""
    reports_database_url: str = ""
    """Address of a copy that reports are read from, such as a replica; empty is the database itself."""
    lang: str = "pl"
    """Language of the screen: pl or en."""
    theme: str = "dark"
    """dark, light or contrast."""
    documents_folder: str = ""
    """Where PDFs are written; empty is `documents` in the data folder."""
    chain_key_file: str = ""
    """Key that signs the journal; all desks of one database share it. Empty: `chain.key`."""
    fps: int = 250
    """Upper bound of screen refreshes a second: a key waits for the next one."""
    mouse: bool = True
    """Take the mouse; false leaves selecting text to the terminal."""
    kitty_keys: bool = False
    """Let the terminal speak the Kitty keyboard protocol (it may swallow Polish capitals)."""
    keys: str = ""
    """Other keys for actions of the screen: `record-reading=f12, sign-out=ctrl+b`."""
    policy: Policy = field(default_factory=Policy)
    mail: MailSettings = field(default_factory=MailSettings)
    mailbox: MailboxSettings = field(default_factory=MailboxSettings)

    @property
    def address(self) -> str:
        """The database's address, the embedded file's if none was set."""
        return self.database_url or f"sqlite:///{self.folders.database}"

    @property
    def documents(self) -> Path:
        """The folder for PDFs."""
        return Path(self.documents_folder) if self.documents_folder else self.folders.data / "documents"

    @property
    def chain_key(self) -> Path:
        """The journal's key file."""
        return Path(self.chain_key_file) if self.chain_key_file else self.folders.state / "chain.key"


def find_folders(environment: Mapping[str, str]) -> Folders:
    """Return the folders under `BOK_HOME`, else where the platform keeps such things."""
    if home := environment.get(HOME):
        root = Path(home).expanduser()
        return Folders(root / "data", root / "state", root / "config")
    if sys.platform == "linux":  # three look-ups instead of an import that `bok --help` would feel
        home_folder = Path(environment.get("HOME") or Path.home())
        data, state, config = (
            Path(environment.get(f"XDG_{kind}_HOME", "").strip() or home_folder / default) / "bok"
            for kind, default in (("DATA", ".local/share"), ("STATE", ".local/state"), ("CONFIG", ".config"))
        )
        return Folders(data, state, config)
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("bok", appauthor=False)
    return Folders(dirs.user_data_path, dirs.user_state_path, dirs.user_config_path)


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises WrongInput that names an unknown key or an unusable value.

    `BOK_` names of the environment that set nothing are refused as well.
    """
    environment = os.environ if environment is None else environment
    folders = find_folders(environment)
    path = folders.config / FILE_NAME
    values: dict[str, Any] = _read_file(path) if path.exists() else {}
    kinds = setting_names()
    for name in values:
        if name not in kinds:
            raise WrongInput(
                N_("%(file)s: there is no setting %(name)s. Nearest: %(near)s. The README lists them all."),
                file=path,
                name=name,
                near=_nearest(name, kinds),
            )
        if name in _SECRETS:
            raise WrongInput(
                N_(
                    "%(file)s: no password belongs here. Put it into a file of its own and set %(name)s_file."
                ),
                file=path,
                name=name,
            )
    _refuse_unknown(environment, kinds)
    for name in kinds:
        if (text := environment.get(PREFIX + name.upper())) is not None:
            values[name] = text
    return _build(folders, {name: _convert(name, raw, kinds[name]) for name, raw in values.items()})


def _refuse_unknown(environment: Mapping[str, str], known: Mapping[str, type]) -> None:
    """Raise WrongInput for a `BOK_` name that sets nothing: mistyped, it would be obeyed by nobody."""
    names = [PREFIX + name.upper() for name in known]
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in (HOME, *names) and not name.startswith(_FOR_TESTS):
            raise WrongInput(
                N_(
                    "The environment sets %(name)s, which is no setting: mend or unset it. "
                    "Nearest: %(near)s. The README lists them all."
                ),
                name=name,
                near=_nearest(name, (HOME, *names)),
            )


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the three names most like a mistyped one: all fifty would bury what is wrong."""
    import difflib

    return ", ".join(difflib.get_close_matches(name, known, n=3, cutoff=0))


def setting_names() -> dict[str, type]:
    """Return every setting's name and type (bool, int or str), in the order of the README."""
    found = {f.name: f.default for f in dataclasses.fields(Settings) if f.name not in ("folders", *_GROUPS)}
    for group in _GROUPS.values():
        found |= {f.name: f.default for f in dataclasses.fields(group)}
    return {name: type(default) for name, default in found.items()}


def _read_file(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, str(error)) from error
    except UnicodeDecodeError as error:
        raise WrongInput(N_("%(file)s is not UTF-8. Save it as UTF-8."), file=path) from error
    except OSError as error:
        from db.system_words import cannot_read

        raise cannot_read(path, error) from error


def _not_toml(path: Path, why: str) -> WrongInput:
    """Return what to tell of a file whose fault the parser names in English."""
    where = re.search(r" *\(at line ([0-9]+), column ([0-9]+)\)", why)
    if where is None:
        return WrongInput(N_("%(file)s is not valid TOML: it ends too early."), file=path).with_details(why)
    return WrongInput(
        N_("%(file)s is not valid TOML: look at line %(line)s, column %(column)s."),
        file=path,
        line=where[1],
        column=where[2],
    ).with_details(why.replace(where[0], ""))


def _convert(name: str, raw: object, kind: type) -> object:
    choices = {
        "lang": LANGUAGES,
        "theme": THEMES,
        "smtp_security": tuple(Security),
        "imap_security": tuple(Security),
    }.get(name)
    if choices and raw not in choices:
        raise WrongInput(
            N_("The setting %(name)s is %(value)s; it may be: %(choices)s."),
            name=name,
            value=raw,
            choices=", ".join(choices),
        )
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if kind is bool and isinstance(raw, str) and raw.lower() in words:
        return words[raw.lower()]
    if kind is int and isinstance(raw, str) and raw.isascii() and raw.isdigit():
        raw = int(raw)
    if type(raw) is not kind or (kind is int and isinstance(raw, int) and raw < 1):
        raise WrongInput(
            N_("The setting %(name)s cannot be %(value)s; it needs %(kind)s."),
            name=name,
            value=raw,
            kind=Words(_KINDS[kind]),
        )
    if name in _BOUNDS and isinstance(raw, int):
        least, most = _BOUNDS[name]
        if not least <= raw <= most:
            raise WrongInput(
                N_("The setting %(name)s is %(value)s; it may be %(least)s to %(most)s."),
                name=name,
                value=raw,
                least=least,
                most=most,
            )
    return raw


def _build(folders: Folders, values: dict[str, Any]) -> Settings:
    groups: dict[str, Any] = {}
    for place, group in _GROUPS.items():
        names = [f.name for f in dataclasses.fields(group) if f.name in values]
        groups[place] = group(**{name: values.pop(name) for name in names})
    return Settings(folders=folders, **groups, **values)
