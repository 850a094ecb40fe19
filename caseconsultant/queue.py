"""The Celery instance, and sending a task by name without ever waiting for the broker."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

import structlog
from celery import Celery
from celery.exceptions import CeleryError
from kombu.exceptions import OperationalError

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
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        """Put the order on the thread's list; started at first use, so that it survives a fork before that."""
        self._orders.put(_Order(task, record_id, delay))
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._publish, name="enqueue", daemon=True)
                self._thread.start()

    def close(self, *, timeout: float = 2 * _BROKER_SECONDS) -> None:
        """Publish what is on the list, for at most `timeout` seconds."""
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join(timeout)
            self._thread = None

    def _publish(self) -> None:
        while (order := self._orders.get()) is not None:
            try:
                self._celery.send_task(order.task, args=[order.record_id], countdown=order.delay or None, retry=False)
            except (OperationalError, CeleryError, OSError) as error:
                log.warning("enqueue_failed", task=order.task, record=order.record_id, error=str(error))
                self._drop_pending()

    def _drop_pending(self) -> None:
        """A broker that is away would cost a second for each: the sweeper will enqueue them instead."""
        while True:
            try:
                order = self._orders.get_nowait()
            except Empty:
                return
            if order is None:
                self._orders.put(None)
                return
