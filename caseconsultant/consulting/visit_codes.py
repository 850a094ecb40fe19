"""Which codes are visits: those that take 24, 25, 57 and never 59."""

from __future__ import annotations

_RANGES = (
    (99202, 99215),
    (99221, 99239),
    (99242, 99255),
    (99281, 99285),
    (99291, 99292),
    (99304, 99316),
    (99341, 99350),
    (99381, 99397),
    (99460, 99463),
    (99468, 99480),
    (99483, 99483),
    (99495, 99496),
    (98000, 98015),
    (92002, 92014),
)
_HCPCS_VISITS = frozenset({"G0463", "G0402", "G0438", "G0439"})


def is_visit(code: str) -> bool:
    """Whether the code is one of evaluation and management, an eye visit, or Medicare's code of one."""
    if code in _HCPCS_VISITS:
        return True
    return code.isdigit() and any(first <= int(code) <= last for first, last in _RANGES)
