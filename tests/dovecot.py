"""Debian's dovecot on loopback, where it is installed: what most utilities' mail lies on."""

from __future__ import annotations

import getpass
import grp
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.mail_settings import Security
from tests.imap_server import PASSWORD, USER, ImapServer
from tests.mail_server import PATIENCE, TLS

PROGRAM = "/usr/sbin/dovecot"
INSTALLED = Path(PROGRAM).exists()
NOBODY = 65534
_ALONE = """
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {me}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
"""Who is not root runs all of it as themselves."""
_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
auth_mechanisms = plain
mail_location = maildir:{folder}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@contextmanager
def dovecot() -> Iterator[ImapServer]:
    """Run a server until the block ends; its mail is the user's of `tests.imap_server`."""
    folder = Path(tempfile.mkdtemp(prefix="bok-dovecot-"))
    try:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        file = _configure(folder, port)
        server = subprocess.Popen([PROGRAM, "-F", "-c", str(file)], stderr=subprocess.PIPE)
        try:
            _wait(server, port, folder)
            yield ImapServer(port, Security.TLS)
        finally:
            server.terminate()
            server.communicate(timeout=PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path, port: int) -> Path:
    root = os.geteuid() == 0
    uid, gid = (NOBODY, NOBODY) if root else (os.getuid(), os.getgid())
    folder.chmod(0o755)
    for name in ("run", "state", "mail"):
        (folder / name).mkdir(mode=0o755)
    os.chown(folder / "mail", uid, gid)
    certificate = folder / "localhost.pem"
    shutil.copy(TLS / "localhost.pem", certificate)
    certificate.chmod(0o600)
    values = {"folder": folder, "certificate": certificate, "uid": uid, "gid": gid, "port": port}
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}::::::\n", encoding="utf-8")
    text = _CONFIGURATION.format(**values)
    if not root:
        text += _ALONE.format(me=getpass.getuser(), group=grp.getgrgid(os.getgid()).gr_name)
    file = folder / "dovecot.conf"
    file.write_text(text, encoding="utf-8")
    return file


def _wait(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
    log = folder / "log"
    raise AssertionError(f"dovecot does not start: {log.read_text() if log.exists() else server.poll()}")
