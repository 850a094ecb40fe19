"""`Authentication-Results` (RFC 8601) of a server the operator names; anybody else's is a claim, not a result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import authres

_UNNAMED = "unnamed"
_METHOD_FIRST = re.compile(r"\s*(?:spf|dkim|dmarc|arc|auth|iprev)\s*=", re.IGNORECASE)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Stated:
    """One method's result, and the domain it was found for."""

    method: str
    result: str
    domain: str


def stated(headers: list[tuple[str, str]], *, authserv_ids: frozenset[str]) -> tuple[Stated, ...]:
    """Returns what the named servers found, the topmost first.

    Only the topmost of their headers and those right below it count, up to the next `Received`: what stands further
    down came with the mail. The operator's server must take forged ones out itself (RFC 8601 section 5).
    `unnamed` among the ids takes headers without an authserv-id, which Exchange Online writes.
    """
    return tuple(
        Stated(result.method.lower(), (result.result or "").lower(), _domain(result))
        for value in _topmost(headers, authserv_ids)
        for result in _parsed(value)
    )


def _topmost(headers: list[tuple[str, str]], authserv_ids: frozenset[str]) -> Iterator[str]:
    begun = False
    for name, value in headers:
        if name.lower() == "authentication-results" and authserv_id(value) in authserv_ids:
            begun = True
            yield value
        elif begun and name.lower() == "received":
            return


def authserv_id(value: str) -> str:
    """Returns who states the results, lower-case; `unnamed` where the header begins with a method."""
    if _METHOD_FIRST.match(value):
        return _UNNAMED
    return re.split(r"[;\s]", value.strip(), maxsplit=1)[0].lower()


def _parsed(value: str) -> list[authres.AuthenticationResult]:
    named = f"{_UNNAMED}; {value}" if authserv_id(value) == _UNNAMED else value
    try:
        found = authres.AuthenticationResultsHeader.parse_value(" ".join(named.split()))
    except authres.AuthResError:
        return []
    except SyntaxError:
        return []
    return list(found.results)[:_MOST]


def of_header(found: authres.AuthenticationResultsHeader) -> tuple[Stated, ...]:
    """The results of a header that is parsed already (an ARC set's)."""
    return tuple(Stated(item.method.lower(), (item.result or "").lower(), _domain(item)) for item in found.results)


_NAMED_BY = {
    "dmarc": (("header", "from"),),
    "spf": (("smtp", "mailfrom"), ("smtp", "helo")),
    "dkim": (("header", "d"), ("header", "i")),
}


def _domain(result: authres.AuthenticationResult) -> str:
    properties = {(item.type.lower(), item.name.lower()): item.value for item in result.properties}
    for wanted in _NAMED_BY.get(result.method.lower(), ()):
        if value := properties.get(wanted):
            return str(value).strip('"').rpartition("@")[2].lower().rstrip(".")
    return ""
