"""What can go wrong, by who can mend it. Every message says what, where and what to do."""

from __future__ import annotations


class CaseConsultantError(Exception):
    """The root of every error that is raised on purpose."""


class OperatorError(CaseConsultantError):
    """Settings, files or servers that the operator can mend."""


class KnowledgeError(OperatorError):
    """A knowledge file is wrong; the message names file, line and rule."""


class InputError(CaseConsultantError):
    """What a caller handed in cannot be served; the caller can mend it."""


class ForbiddenStepError(CaseConsultantError):
    """A case or outbox message cannot go from its state to the one asked for."""


class StaleDraftError(CaseConsultantError):
    """The draft was changed or superseded since it was looked at: look again."""


class ClaimedError(CaseConsultantError):
    """A colleague holds the case."""
