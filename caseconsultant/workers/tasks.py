"""The tasks: each takes an id, calls one use-case, and may run twice."""

from __future__ import annotations

from caseconsultant.queue import DRAFT_CASE, OPEN_CASE, SEND_OUTBOX, SWEEP
from caseconsultant.services import answering, dispatching, opening, sweeping
from caseconsultant.workers.celery import celery, house


@celery.task(name=OPEN_CASE)
def open_case(inbound_id: int) -> None:
    """Read a stored mail, open or join its case, and draft: a step is a function, not a queue hop."""
    app = house()
    case_id = opening.open_case(inbound_id, database=app.database, vault=app.vault, post=app.post)
    if case_id is not None:
        answering.draft_case(case_id, database=app.database, library=app.library, post=app.post)


@celery.task(name=DRAFT_CASE)
def draft_case(case_id: int) -> None:
    """Draft the answer to a case's newest question."""
    app = house()
    answering.draft_case(case_id, database=app.database, library=app.library, post=app.post)


@celery.task(name=SEND_OUTBOX)
def send_outbox(outbox_id: int) -> None:
    """Hand an outbox message to the relay."""
    app = house()
    dispatching.send_outbox(outbox_id, database=app.database, relay=app.relay, post=app.post)


@celery.task(name=SWEEP)
def sweep() -> None:
    """Enqueue again what is due and nobody is doing."""
    app = house()
    sweeping.sweep(database=app.database, post=app.post)
