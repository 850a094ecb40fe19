"""Status codes of delivery reports (RFC 3463) and what they mean for the next mail."""

from __future__ import annotations

import re

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_SMTP_CODE = re.compile(r"(?<![\d.:-])([45])\d\d(?=[ \-#:;,]|$)")
_ACTIONS = {"failed", "delayed", "delivered", "relayed", "expanded"}


def status_of(stated: str, diagnostic: str) -> str:
    """Returns the status such as 5.1.1; empty where nothing names one."""
    match = _STATUS.search(stated)
    # 5.0.0 says nothing more than the action; the diagnostic often knows the reason.
    found = _STATUS.search(diagnostic) if match is None or match[0] in {"5.0.0", "4.0.0"} else match
    if found or match:
        return (found or match or [""])[0]
    code = _SMTP_CODE.search(diagnostic)
    return f"{code[1]}.0.0" if code else ""


def action_of(stated: str, status: str) -> str:
    """Returns the action, by the status where the field says nothing known."""
    action = stated.split(" ", maxsplit=1)[0].strip(";,").lower()
    return action if action in _ACTIONS else ("delayed" if status.startswith("4") else "failed")


def is_permanent(action: str, status: str) -> bool:
    """Hard: failed, and not for a passing reason (RFC 3463 class 4, such as 4.4.7 delivery time expired)."""
    return action == "failed" and not status.startswith(("4", "2"))
