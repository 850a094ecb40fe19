from __future__ import annotations

import traceback

import pytest
from house import RememberingQueue

from caseconsultant.workers.steps import StepFailedError, StepQueue, unquoting


def test_what_falls_due_is_done_next_by_the_same_task():
    queue, done = StepQueue(later=RememberingQueue()), []

    def open_case(number: int) -> None:
        done.append(("open", number))
        queue.send("draft", number + 1)

    queue.work_off({"open": open_case, "draft": lambda number: done.append(("draft", number))}, "open", 1)
    assert done == [("open", 1), ("draft", 2)]


def test_what_is_due_later_goes_to_the_broker():
    later = RememberingQueue()
    queue = StepQueue(later=later)
    queue.work_off({"approve": lambda number: queue.send("send", number, delay=15)}, "approve", 7)
    assert later.sent == [("send", 7)]


def test_after_an_error_the_rest_is_left_to_the_broker_and_the_next_task_starts_clean():
    later, done = RememberingQueue(), []
    queue = StepQueue(later=later)

    def fail(number: int) -> None:
        queue.send("draft", number)
        raise RuntimeError

    steps = {"open": fail, "draft": done.append}
    with pytest.raises(RuntimeError):
        queue.work_off(steps, "open", 1)
    assert later.sent == [("draft", 1)]
    queue.work_off(steps, "draft", 2)
    assert done == [2]


def test_a_step_that_fails_on_a_text_does_not_quote_it():
    def fail(_record_id: int) -> None:
        raise ValueError("patient John Smith, MRN 4471234")

    with pytest.raises(StepFailedError) as raised:
        unquoting(fail)(1)

    assert "4471234" not in "".join(traceback.format_exception(raised.value))
    assert "test_steps.py:" in str(raised.value)
