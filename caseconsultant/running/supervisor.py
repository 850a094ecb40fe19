"""`up`: every process of the Procfile on this machine, with the embedded broker where none is configured."""

from __future__ import annotations

import fcntl
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from caseconsultant.domain.errors import OperatorError
from caseconsultant.running.broker import broker_command, wait_for_broker
from caseconsultant.running.children import Child, Children, own_command
from caseconsultant.settings import Settings

PROCESSES = ("smtp", "worker", "beat", "web")
_BROKER = "broker"
_LOOK_SECONDS = 0.5
_QUICK_SECONDS = 5.0
_QUICK_ENDINGS = 5


@dataclass
class _Starts:
    """When a process was last started, and how often it ended quickly since it last ran well."""

    at: float = 0.0
    quick: int = 0


@dataclass
class House:
    """The running processes; those that end are started again."""

    children: Children
    starts: dict[str, _Starts] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The settings that every process runs on."""
        return self.children.settings

    def start(self, processes: Sequence[str] | None = None) -> None:
        """Start the broker (unless one is configured), wait for it, then the processes; by default all there are."""
        if self.settings.broker_url is None:
            self._start(_BROKER)
        for name in wanted(self.settings) if processes is None else processes:
            self._start(name)

    def watch(self, stop: threading.Event) -> None:
        """Start again what ends, until `stop` is set. Raises OperatorError for a process that will not stay up."""
        while not stop.wait(_LOOK_SECONDS):
            if child := self.children.ended():
                self._restart(child)

    def _restart(self, child: Child) -> None:
        self.children.running.remove(child)
        starts = self.starts[child.name]
        starts.quick = starts.quick + 1 if time.monotonic() - starts.at < _QUICK_SECONDS else 0
        code = child.process.returncode
        if starts.quick >= _QUICK_ENDINGS:
            raise OperatorError(
                f"{child.name} ended {starts.quick} times in a row (exit {code}); its words stand above"
            )
        self.children.say(child.name, f"ended with exit {code}; starting it again")
        self._start(child.name)

    def _start(self, name: str) -> None:
        self.starts.setdefault(name, _Starts()).at = time.monotonic()
        if name == _BROKER:
            child = self.children.start(name, broker_command(self.settings))
            wait_for_broker(self.settings, child.process)
        else:
            self.children.start(name, own_command(name))


def wanted(settings: Settings) -> tuple[str, ...]:
    """The processes of the Procfile; mailboxes are read only where some are set."""
    return (*PROCESSES, "imap") if settings.imap else PROCESSES


def run(house: House) -> None:
    """Run until SIGINT or SIGTERM; every child ends with us. Raises OperatorError if the house is running already."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with _alone(house.settings):
        try:
            house.start()
            house.watch(stop)
        finally:
            house.children.stop()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One house for each state directory: a second would take the first one's broker socket."""
    with (settings.state_dir / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            where = settings.state_dir.absolute()
            raise OperatorError(
                f"the house is running already on {where}; end it, or set another state directory"
            ) from error
        yield


def unconfigured(settings: Settings) -> list[str]:
    """What an operator has yet to set, and what it costs until then."""
    gaps = []
    if not settings.relay_host:
        gaps.append("no relay (CASECONSULTANT_RELAY_HOST): approved answers wait in the outbox")
    if not settings.trusted_networks:
        gaps.append(
            "no trusted networks (CASECONSULTANT_TRUSTED_NETWORKS): every question is held for staff to take up"
        )
    if settings.domain == "localhost":
        gaps.append("no address (CASECONSULTANT_ADDRESS): questions are taken at consult@localhost only")
    return gaps
