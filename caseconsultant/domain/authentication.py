"""How far a mail's sender is believed, and what is known of the way it came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AuthenticationResult(StrEnum):
    """`pass`: SPF or DKIM speaks for the From domain (DMARC alignment). `trusted`: submitted from a named network.

    Everything else is held for staff. `unchecked`: not looked at yet; `temperror`: the DNS did not say, try again.
    """

    PASS = "pass"  # noqa: S105  RFC 8601's word
    TRUSTED = "trusted"
    NONE = "none"
    FAIL = "fail"
    TEMPERROR = "temperror"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Authentication:
    """The result and, in words for staff, why."""

    result: AuthenticationResult
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """How a mail reached us. `mail_from` of "" is the null sender; None where there was no envelope."""

    source: str
    client_address: str | None
    helo: str | None
    mail_from: str | None
