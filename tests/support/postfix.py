"""A real Postfix on a free port, with queue and settings of its own, as the operator's guide has them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dovecot import free_port
from shown_settings import shown

_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
tlsmgr unix - - n 1000? 1 tlsmgr
"""
_MAIN = """
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.desk.example.com
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {home}/log/maillog
maillog_file_prefixes = {home}
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
lmtp_destination_concurrency_failed_cohort_limit = 1000
"""


def present() -> bool:
    return Path("/usr/sbin/postfix").exists() and os.getuid() == 0


@dataclass
class Postfix:
    """One instance; `home` holds everything of it."""

    home: Path
    port: int

    def call(self, word: str) -> None:
        done = subprocess.run(
            ["/usr/sbin/postfix", "-c", str(self.home / "conf"), word], check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, f"postfix {word}: {done.stdout}{done.stderr}"

    def waiting(self) -> int:
        """How many messages are in the queue."""
        queues = [self.home / "spool" / name for name in ("incoming", "active", "deferred")]
        return sum(1 for queue in queues for entry in queue.rglob("*") if entry.is_file())

    def log(self) -> str:
        return (self.home / "log" / "maillog").read_text(errors="replace")


@contextmanager
def in_front_of(lmtp_port: int) -> Iterator[Postfix]:
    """Running, and handing the mail of desk.example.com to the port."""
    home = Path(tempfile.mkdtemp(prefix="caseconsultant-postfix-"))
    home.chmod(0o755)
    postfix = Postfix(home, free_port())
    for name in ("conf", "spool", "data", "log"):
        (home / name).mkdir()
    owner = pwd.getpwnam("postfix")
    os.chown(home / "data", owner.pw_uid, owner.pw_gid)
    ours = shown("postfix").replace(":2424", f":{lmtp_port}")
    (home / "conf" / "main.cf").write_text(_MAIN.format(home=home) + ours)
    (home / "conf" / "master.cf").write_text(_MASTER.format(port=postfix.port))
    postfix.call("start")
    try:
        yield postfix
    finally:
        postfix.call("abort")
        _wait_until_gone(home)
        shutil.rmtree(home, ignore_errors=True)


def _wait_until_gone(home: Path) -> None:
    deadline = time.monotonic() + 10
    pid = home / "spool" / "pid" / "master.pid"
    while pid.exists() and time.monotonic() < deadline:
        try:
            os.kill(int(pid.read_text()), 0)
        except (OSError, ValueError):
            return
        time.sleep(0.05)
