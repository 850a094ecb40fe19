"""A real Dovecot on a free port, with mail in a folder of its own; restarted, cut and changed by the tests."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient
from shown_settings import shown

USER, PASSWORD = "consult", "correct-horse-battery"

_CONFIG = """
base_dir = {run}
state_dir = {run}
log_path = {log}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{mail}/%u
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {internal}
imap_capability = {capability}
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
{shown}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{more}
"""
_BY_TOKEN = """
auth_mechanisms = $auth_mechanisms xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {file}
}}
"""
_TOKEN_INFO = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def binary() -> str | None:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass
class Dovecot:
    """One server; `home` holds everything of it."""

    home: Path
    port: int = field(default_factory=free_port)
    capability: str = ""
    token_info: str = ""
    _process: subprocess.Popen[bytes] | None = None

    @property
    def maildir(self) -> Path:
        return self.home / "mail" / USER

    def start(self) -> None:
        config = self._write_config()
        command = [binary() or "dovecot", "-F", "-c", str(config)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._wait_until_it_answers()

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=20)
        self._process = None

    def kill(self) -> None:
        """End the server and every connection's process at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=20)
            self._process = None

    def crash(self) -> None:
        """End it all at once, and start it again."""
        self.kill()
        self.start()

    def client(self) -> IMAPClient:
        """A second client, such as staff have."""
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=10)
        client.login(USER, PASSWORD)
        client.select_folder("INBOX")
        return client

    def deliver(self, *mails: bytes) -> None:
        with self.client() as client:
            for raw in mails:
                client.append("INBOX", raw)

    def forget_uids(self) -> None:
        """What a restored backup does: the folder gets a new UIDVALIDITY, and its messages new UIDs."""
        self.stop()
        for index in (*self.maildir.glob("dovecot*"),):
            index.unlink()
        for kept in (*(self.maildir / "cur").iterdir(), *(self.maildir / "new").iterdir()):
            kept.rename(kept.with_name(kept.name.replace("M", "N", 1)))
        self.start()

    def _write_config(self) -> Path:
        owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        internal = "dovecot" if os.getuid() == 0 else getpass.getuser()
        (self.home / "mail").mkdir(exist_ok=True)
        (self.home / "run").mkdir(exist_ok=True)
        if os.getuid() == 0:
            os.chown(self.home / "mail", owner.pw_uid, owner.pw_gid)
        group = pwd.getpwnam(internal).pw_gid
        config = self.home / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                run=self.home / "run",
                log=self.home / "dovecot.log",
                mail=self.home / "mail",
                internal=internal,
                internal_group=grp.getgrgid(group).gr_name,
                capability=self.capability,
                password=PASSWORD,
                uid=owner.pw_uid,
                gid=owner.pw_gid,
                port=self.port,
                shown=shown("dovecot"),
                more=self._by_token(),
            )
        )
        return config

    def _by_token(self) -> str:
        if not self.token_info:
            return ""
        file = self.home / "oauth2.conf"
        file.write_text(_TOKEN_INFO.format(url=self.token_info))
        return _BY_TOKEN.format(file=file)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                    if connection.recv(4).startswith(b"* OK"):
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"dovecot did not answer: {(self.home / 'dovecot.log').read_text()[-2000:]}")


@contextmanager
def server(*, capability: str = "", token_info: str = "") -> Iterator[Dovecot]:
    home = Path(tempfile.mkdtemp(prefix="caseconsultant-dovecot-"))
    home.chmod(0o755)
    dovecot = Dovecot(home, capability=capability, token_info=token_info)
    try:
        dovecot.start()
        yield dovecot
    finally:
        dovecot.kill()
        shutil.rmtree(home, ignore_errors=True)
