"""Processes of ours: started on our very settings, named in the log, ended with us."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO

from caseconsultant.settings import Settings, child_environment

Say = Callable[[str, str], None]
"""Told the child's name and each line that it writes."""

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_GRACE_SECONDS = 10.0


def own_command(*words: str) -> list[str]:
    """Our own command line in a new process of this interpreter."""
    return [sys.executable, "-m", "caseconsultant", *words]


@dataclass
class Child:
    """A running process and the thread that reads what it writes."""

    name: str
    process: subprocess.Popen[bytes]
    reader: threading.Thread

    def stop(self) -> None:
        """SIGTERM; after ten seconds SIGKILL."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join(timeout=1)
        if self.process.stdout:
            self.process.stdout.close()


@dataclass
class Children:
    """The children of one supervisor; they end in the reverse order of their start."""

    settings: Settings
    say: Say
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str], *, settings: Settings | None = None) -> Child:
        """Start a process; what it writes is handed to `say`, line by line."""
        process = subprocess.Popen(  # noqa: S603  our own command
            list(command),
            env=child_environment(settings or self.settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_end_with_parent if _LIBC else None,  # noqa: PLW1509  a plain system call
        )
        reader = threading.Thread(target=self._read, args=(name, process.stdout), daemon=True)
        reader.start()
        child = Child(name, process, reader)
        self.running.append(child)
        return child

    def ended(self) -> Child | None:
        """A child that is no longer running, if any."""
        return next((child for child in self.running if child.process.poll() is not None), None)

    def stop(self) -> None:
        """End them all."""
        while self.running:
            self.running.pop().stop()

    def _read(self, name: str, stream: IO[bytes] | None) -> None:
        if stream is None:
            return
        with contextlib.suppress(ValueError):  # closed while reading: the child has ended
            for line in stream:
                self.say(name, line.decode("utf-8", "replace").rstrip())


def _end_with_parent() -> None:
    """Ask the kernel to end this child when its parent dies, however it dies (Linux)."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
