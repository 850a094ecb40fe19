"""A worker's queue: what falls due while a task runs is done next by the same task, a step being a function, not a hop.

What is due later goes to the broker. If the task dies in between, the sweeper finds what was left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from caseconsultant.queue import Queue
from caseconsultant.services import troubles

Step = Callable[[int], None]


class StepFailedError(Exception):
    """A step failed; its message is redacted, for Celery logs it with all that led to it."""


def unquoting(step: Step) -> Step:
    """The step, whose errors do not carry what a mail said."""

    def run(record_id: int) -> None:
        try:
            step(record_id)
        except Exception as error:  # noqa: BLE001  every kind of it may quote the text it was raised on
            raise StepFailedError(f"{troubles.told(error)} at {troubles.where(error)}") from None

    return run


@dataclass
class StepQueue:
    """Takes what services send; `work_off` runs it. One of these per worker process, whose tasks run one at a time."""

    later: Queue
    due: deque[tuple[str, int]] = field(default_factory=deque)

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        """Keep what is due now; hand on what is due later."""
        if delay > 0:
            self.later.send(task, record_id, delay=delay)
        else:
            self.due.append((task, record_id))

    def work_off(self, steps: Mapping[str, Step], task: str, record_id: int) -> None:
        """Run the task and every step that falls due from it. After an error the rest is left to the broker."""
        self.due.append((task, record_id))
        try:
            while self.due:
                task, record_id = self.due.popleft()
                steps[task](record_id)
        finally:
            while self.due:
                task, record_id = self.due.popleft()
                self.later.send(task, record_id)
