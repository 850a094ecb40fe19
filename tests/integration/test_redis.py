"""The embedded broker: the real redis-server, our child on a socket of ours, and publishing to it without waiting."""

from __future__ import annotations

import json
import os
import select
import signal
import stat
import subprocess
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from redis import Redis

from caseconsultant.domain.errors import OperatorError
from caseconsultant.queue import DRAFT_CASE, OPEN_CASE, CeleryQueue, make_celery
from caseconsultant.running.broker import broker_command, wait_for_broker
from caseconsultant.running.children import Child, Children
from caseconsultant.settings import Settings

PATIENCE = 20.0


class Broker:
    """An embedded broker that can be started and ended."""

    def __init__(self, state_dir: Path) -> None:
        self.settings = Settings(_env_file=None, state_dir=state_dir)
        self.words: list[str] = []
        self.children = Children(self.settings, lambda _name, line: self.words.append(line))

    def start(self) -> Child:
        child = self.children.start("broker", broker_command(self.settings))
        wait_for_broker(self.settings, child.process)
        return child

    @property
    def client(self) -> Redis:
        return Redis(unix_socket_path=str(self.settings.broker_socket))

    def orders(self) -> list[tuple[str, int]]:
        """What lies in the queue, oldest first."""
        with self.client as client:
            messages = [json.loads(each) for each in reversed(client.lrange("celery", 0, -1))]
        return [(each["headers"]["task"], json.loads(b64decode(each["body"]))[0][0]) for each in messages]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.children.stop()


@pytest.fixture
def queue(broker: Broker) -> Iterator[CeleryQueue]:
    celery = make_celery(broker.settings)
    made = CeleryQueue(celery)
    yield made
    made.close()
    celery.close()


def until(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < deadline, "not within the time"
        threading.Event().wait(0.01)


def ended(pid_file: int) -> bool:
    """Whether the process behind the descriptor ends within the time; it need not be a child of ours."""
    return bool(select.select([pid_file], [], [], PATIENCE)[0])


# --- The child


def test_it_listens_on_a_socket_that_only_we_can_use_and_on_no_port(broker: Broker):
    broker.start()
    socket = broker.settings.broker_socket
    mode = socket.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    with broker.client as client:
        assert client.config_get("port") == {"port": "0"}
        assert client.config_get("save") == {"save": ""}


def test_a_state_directory_too_deep_for_a_socket_gets_a_short_path(tmp_path: Path):
    broker = Broker(tmp_path.joinpath(*["deep" * 10] * 4))
    try:
        broker.start()
        assert len(os.fsencode(broker.settings.broker_socket)) < 108
        assert stat.S_IMODE(broker.settings.broker_socket.parent.stat().st_mode) == 0o700
    finally:
        broker.children.stop()


def test_it_ends_with_its_supervisor_and_can_be_started_again(broker: Broker):
    first = broker.start()
    broker.children.stop()
    assert first.process.returncode == 0
    broker.start()


def test_a_socket_left_by_a_killed_broker_is_no_hindrance(broker: Broker):
    broker.start().process.kill()
    broker.children.stop()
    assert broker.settings.broker_socket.exists()
    broker.start()


def test_a_broker_that_ends_at_once_is_told_with_its_log(broker: Broker):
    child = broker.children.start("broker", [*broker_command(broker.settings), "--nonsense", "yes"])
    with pytest.raises(OperatorError, match="did not start; its reasons stand in"):
        wait_for_broker(broker.settings, child.process)


PARENT = """
import sys
from pathlib import Path
from caseconsultant.running.broker import broker_command, wait_for_broker
from caseconsultant.running.children import Children
from caseconsultant.settings import Settings

settings = Settings(_env_file=None, state_dir=Path(sys.argv[1]))
child = Children(settings, lambda *_: None).start("broker", broker_command(settings))
wait_for_broker(settings, child.process)
print(child.process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux alone ends a child with its parent")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_dies_with_its_parent_however_that_dies(tmp_path: Path, how: signal.Signals):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout
        broker = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.send_signal(how)
            assert parent.wait(PATIENCE) == -how
            assert ended(broker)
        finally:
            os.close(broker)


# --- Publishing


def test_what_is_sent_lies_in_the_queue_as_task_and_id_in_order(broker: Broker, queue: CeleryQueue):
    broker.start()
    for number in range(20):
        queue.send(OPEN_CASE if number % 2 else DRAFT_CASE, number)
    queue.close(timeout=PATIENCE)
    assert broker.orders() == [(OPEN_CASE if number % 2 else DRAFT_CASE, number) for number in range(20)]


def test_a_closed_queue_opens_again(broker: Broker, queue: CeleryQueue):
    broker.start()
    for number in (1, 2):
        queue.send(OPEN_CASE, number)
        queue.close(timeout=PATIENCE)
    assert broker.orders() == [(OPEN_CASE, 1), (OPEN_CASE, 2)]


def test_a_delay_becomes_an_earliest_time(broker: Broker, queue: CeleryQueue):
    broker.start()
    queue.send(OPEN_CASE, 1, delay=15)
    queue.close(timeout=PATIENCE)
    with broker.client as client:
        assert json.loads(client.lrange("celery", 0, -1)[0])["headers"]["eta"]


def test_sending_returns_while_publishing_stands_still():
    reached, go = threading.Event(), threading.Event()
    published: list[int] = []

    def send_task(_name: str, *, args: list[int], **_: object) -> None:
        reached.set()
        assert go.wait(PATIENCE)
        published.append(args[0])

    queue = CeleryQueue(SimpleNamespace(send_task=send_task))
    for number in range(1000):
        queue.send(OPEN_CASE, number)
    assert reached.wait(PATIENCE)
    assert not published, "the first order is still under way, and all were taken"
    go.set()
    queue.close(timeout=PATIENCE)
    assert published == list(range(1000))


def test_closing_waits_no_longer_than_it_is_told():
    reached, go = threading.Event(), threading.Event()

    def send_task(*_: object, **__: object) -> None:
        reached.set()
        go.wait(PATIENCE)

    queue = CeleryQueue(SimpleNamespace(send_task=send_task))
    queue.send(OPEN_CASE, 1)
    assert reached.wait(PATIENCE)
    queue.close(timeout=0.05)
    assert not go.is_set()
    go.set()


def test_a_broker_that_is_away_costs_the_sender_nothing_and_is_found_when_it_comes(broker: Broker, queue: CeleryQueue):
    queue.send(OPEN_CASE, 1)
    queue.close(timeout=PATIENCE)  # the order was tried and dropped; the sweeper would have it
    broker.start()
    queue.send(OPEN_CASE, 2)
    queue.close(timeout=PATIENCE)
    assert broker.orders() == [(OPEN_CASE, 2)]


def test_a_broker_killed_in_between_is_found_again(broker: Broker, queue: CeleryQueue):
    first = broker.start()
    queue.send(OPEN_CASE, 1)
    until(lambda: broker.orders() == [(OPEN_CASE, 1)])
    first.process.kill()
    first.process.wait()
    queue.send(OPEN_CASE, 2)
    broker.start()
    sent = 2

    def arrived() -> bool:
        nonlocal sent
        sent += 1
        queue.send(OPEN_CASE, sent)
        return bool(broker.orders())

    until(arrived)


def test_a_broker_that_refuses_does_not_end_the_publishing(broker: Broker, queue: CeleryQueue):
    broker.start()
    with broker.client as client:
        client.config_set("maxmemory", "1")
        queue.send(OPEN_CASE, 1)
        queue.close(timeout=PATIENCE)
        client.config_set("maxmemory", "0")
    queue.send(OPEN_CASE, 2)
    queue.close(timeout=PATIENCE)
    assert broker.orders() == [(OPEN_CASE, 2)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_unforeseen_error_does_not_end_the_publishing():
    published: list[int] = []

    def send_task(_name: str, *, args: list[int], **_: object) -> None:
        if args[0] == 1:
            raise LookupError("unforeseen")
        published.append(args[0])

    queue = CeleryQueue(SimpleNamespace(send_task=send_task))
    queue.send(OPEN_CASE, 1)
    queue.send(OPEN_CASE, 2)
    queue.close(timeout=PATIENCE)
    queue.send(OPEN_CASE, 3)
    queue.close(timeout=PATIENCE)
    assert published[-1:] == [3]
