"""A TCP cable between a client and a server on this machine, that tests cut or let go deaf."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Cable:
    """Carries bytes both ways; `deaf` carries none and closes nothing, as a firewall does that forgot a link."""

    to_port: int
    deaf: threading.Event = field(default_factory=threading.Event)
    _ends: list[socket.socket] = field(default_factory=list)
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def cut(self) -> None:
        """Reset every connection."""
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to_port), timeout=5)
            except OSError:
                near.close()
                continue
            self._ends += [near, far]
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, selectors.DefaultSelector() as waiting, contextlib.suppress(OSError, ValueError):
            waiting.register(near, selectors.EVENT_READ, far)
            waiting.register(far, selectors.EVENT_READ, near)
            while True:
                for ready, _ in waiting.select():
                    carried = ready.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not carried:
                        return
                    if not self.deaf.is_set():
                        ready.data.sendall(carried)


@contextmanager
def cable(to_port: int) -> Iterator[Cable]:
    laid = Cable(to_port)
    thread = threading.Thread(target=laid.serve, daemon=True)
    thread.start()
    try:
        yield laid
    finally:
        laid.close()
        thread.join(timeout=5)
