"""Which codes are visits: those that take 24, 25, 57 and never 59."""

from __future__ import annotations

_EYE_VISITS = frozenset({"92002", "92004", "92012", "92014"})
_HCPCS_VISITS = frozenset({"G0463", "G0402", "G0438", "G0439", "G0316", "G0317", "G0318", "G2212"})
_FIRST, _LAST = 99202, 99499


def is_visit(code: str) -> bool:
    """Whether the code is one of evaluation and management, an eye visit, or Medicare's code of one."""
    return code in _EYE_VISITS or code in _HCPCS_VISITS or (code.isdigit() and _FIRST <= int(code) <= _LAST)
