"""The steps a case and an outbox message may take; any other raises."""

from __future__ import annotations

from caseconsultant.db.models import Case, CaseStatus, OutboxMessage, OutboxState
from caseconsultant.domain.errors import ForbiddenStepError

_CASE: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.RECEIVED: frozenset({CaseStatus.DRAFTING, CaseStatus.CLOSED}),
    CaseStatus.DRAFTING: frozenset({CaseStatus.IN_REVIEW}),
    CaseStatus.IN_REVIEW: frozenset(
        {CaseStatus.APPROVED, CaseStatus.AWAITING_SENDER, CaseStatus.DECLINED, CaseStatus.CLOSED}
    ),
    CaseStatus.AWAITING_SENDER: frozenset({CaseStatus.DRAFTING, CaseStatus.CLOSED}),
    CaseStatus.APPROVED: frozenset({CaseStatus.SENT, CaseStatus.IN_REVIEW}),
    CaseStatus.SENT: frozenset({CaseStatus.IN_REVIEW}),
    CaseStatus.HELD: frozenset({CaseStatus.RECEIVED, CaseStatus.CLOSED}),
    CaseStatus.DECLINED: frozenset(),
    CaseStatus.CLOSED: frozenset(),
}

_OUTBOX: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.QUEUED: frozenset({OutboxState.HANDING_OVER, OutboxState.FAILED, OutboxState.WITHDRAWN}),
    OutboxState.HANDING_OVER: frozenset(
        {OutboxState.SENT, OutboxState.QUEUED, OutboxState.FAILED, OutboxState.UNCERTAIN}
    ),
    OutboxState.UNCERTAIN: frozenset({OutboxState.SENT, OutboxState.QUEUED, OutboxState.FAILED}),
    OutboxState.FAILED: frozenset({OutboxState.SENT, OutboxState.QUEUED, OutboxState.WITHDRAWN}),
    OutboxState.SENT: frozenset(),
    OutboxState.WITHDRAWN: frozenset(),
}


def move_case(case: Case, status: CaseStatus) -> None:
    """Take the case one step on. Raises ForbiddenStepError if the table does not know the step."""
    if status not in _CASE[case.status]:
        raise ForbiddenStepError(f"{case.number} is {case.status.value}; it cannot become {status.value}")
    case.status = status


def move_outbox(message: OutboxMessage, state: OutboxState) -> None:
    """Take the outbox message one step on. Raises ForbiddenStepError if the table does not know the step."""
    if state not in _OUTBOX[message.state]:
        raise ForbiddenStepError(
            f"outbox message {message.id} is {message.state.value}; it cannot become {state.value}"
        )
    message.state = state
