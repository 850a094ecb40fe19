"""The worker's Celery application and the collaborators its tasks are handed."""

from __future__ import annotations

from functools import cache

from celery import Celery
from celery.signals import worker_process_init

from caseconsultant.app import App
from caseconsultant.queue import make_celery
from caseconsultant.settings import load


@cache
def house() -> App:
    """One App a process."""
    return App(load())


celery: Celery = make_celery(load())


@worker_process_init.connect
def _start_fresh(**_: object) -> None:
    """A forked worker makes its own connections: none may be shared with its parent."""
    house.cache_clear()
