"""The worker's Celery application and the collaborators its tasks are handed."""

from __future__ import annotations

from functools import cache

from celery import Celery
from celery.signals import worker_process_init

from caseconsultant.app import App
from caseconsultant.queue import make_celery
from caseconsultant.services.posting import PostOffice
from caseconsultant.settings import load
from caseconsultant.workers.steps import StepQueue


@cache
def house() -> App:
    """One App a process."""
    return App(load())


@cache
def steps() -> StepQueue:
    """What falls due while this process runs a task."""
    return StepQueue(later=house().queue)


@cache
def post() -> PostOffice:
    """The post office whose mails this process sends on by itself."""
    return PostOffice(house().settings, house().clock, steps(), house().tags)


celery: Celery = make_celery(load())


@worker_process_init.connect
def _start_fresh(**_: object) -> None:
    """A forked worker makes its own connections: none may be shared with its parent."""
    for made in (house, steps, post):
        made.cache_clear()
