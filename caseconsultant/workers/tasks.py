"""The tasks: each takes an id, calls one use-case, and may run twice."""

from __future__ import annotations

from caseconsultant.queue import DRAFT_CASE, OPEN_CASE, SEND_OUTBOX, SWEEP
from caseconsultant.services import answering, dispatching, opening, sweeping
from caseconsultant.workers.celery import celery, house, post, steps
from caseconsultant.workers.steps import unquoting


def _open_case(inbound_id: int) -> None:
    opening.open_case(
        inbound_id,
        database=house().database,
        vault=house().vault,
        post=post(),
        authenticate=house().authenticator,
    )


def _draft_case(case_id: int) -> None:
    answering.draft_case(case_id, database=house().database, library=house().library, post=post())


def _send_outbox(outbox_id: int) -> None:
    dispatching.send_outbox(outbox_id, database=house().database, relay=house().relay, post=post())


_STEPS = {
    OPEN_CASE: unquoting(_open_case),
    DRAFT_CASE: unquoting(_draft_case),
    SEND_OUTBOX: unquoting(_send_outbox),
}


@celery.task(name=OPEN_CASE)
def open_case(inbound_id: int) -> None:
    """Read a stored mail; open or join its case."""
    steps().work_off(_STEPS, OPEN_CASE, inbound_id)


@celery.task(name=DRAFT_CASE)
def draft_case(case_id: int) -> None:
    """Draft the answer to a case's newest question."""
    steps().work_off(_STEPS, DRAFT_CASE, case_id)


@celery.task(name=SEND_OUTBOX)
def send_outbox(outbox_id: int) -> None:
    """Hand an outbox message to the relay."""
    steps().work_off(_STEPS, SEND_OUTBOX, outbox_id)


@celery.task(name=SWEEP)
def sweep() -> None:
    """Enqueue again what is due and nobody is doing."""
    sweeping.sweep(database=house().database, post=house().post)
