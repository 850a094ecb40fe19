"""The Celery instance, and sending a task by name without ever waiting for the broker."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

import structlog
from celery import Celery

from caseconsultant.settings import Settings

log = structlog.get_logger()

OPEN_CASE = "case.open"
DRAFT_CASE = "case.draft"
SEND_OUTBOX = "outbox.send"
SWEEP = "sweep"

_VISIBILITY_SECONDS = 3600  # longer than any task runs; the sweeper is quicker
_BROKER_SECONDS = 1.0


class Queue(Protocol):
    """Where services put the ids of work that is due. Losing one costs seconds: the sweeper finds it again."""

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        """Ask for the task on the record, no sooner than `delay` seconds from now. Never raises, never waits."""


def make_celery(settings: Settings) -> Celery:
    """The Celery application: ids only, acknowledged late, redelivered when a worker dies."""
    celery = Celery("caseconsultant", broker=settings.broker, include=["caseconsultant.workers.tasks"])
    celery.conf.update(
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_publish_retry=False,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=4,
        worker_concurrency=settings.worker_processes,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        broker_connection_timeout=_BROKER_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": _VISIBILITY_SECONDS, "socket_connect_timeout": _BROKER_SECONDS},
        timezone="UTC",
        beat_schedule_filename=str(settings.state_dir / "beat-schedule"),
        beat_schedule={SWEEP: {"task": SWEEP, "schedule": settings.sweep_seconds}},
    )
    return celery


@dataclass(frozen=True, slots=True)
class _Order:
    task: str
    record_id: int
    delay: float


class CeleryQueue:
    """Publishes from a thread of its own, so that a dead broker costs the caller nothing."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery
        self._orders: SimpleQueue[_Order] = SimpleQueue()
        self._publishing: threading.Thread | None = None
        self._changed = threading.Condition()
        self._pending = 0

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        """Put the order on the thread's list; started at first use, so that it survives a fork before that."""
        self._orders.put(_Order(task, record_id, delay))
        with self._changed:
            self._pending += 1
            if self._publishing is None or not self._publishing.is_alive():
                self._publishing = threading.Thread(target=self._publish, name="enqueue", daemon=True)
                self._publishing.start()

    def close(self, *, timeout: float = 2 * _BROKER_SECONDS) -> None:
        """Wait until what is on the list is published, for at most `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._pending == 0, timeout)

    def try_out(self, *, seconds: float) -> None:
        """Connect to the broker once. Raises whatever its driver raises."""
        with self._celery.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=seconds)

    def _publish(self) -> None:
        while True:
            order = self._orders.get()
            try:
                self._celery.send_task(order.task, args=[order.record_id], countdown=order.delay or None, retry=False)
            except Exception as error:  # noqa: BLE001  whatever it is, the sweeper enqueues it again
                log.warning("enqueue_failed", task=order.task, record=order.record_id, error=str(error))
                self._drop_pending()
            self._count_down()

    def _drop_pending(self) -> None:
        """A broker that is away would cost a second for each: the sweeper will enqueue them instead."""
        with contextlib.suppress(Empty):
            while True:
                self._orders.get_nowait()
                self._count_down()

    def _count_down(self) -> None:
        with self._changed:
            self._pending -= 1
            self._changed.notify_all()
