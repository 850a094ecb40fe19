"""DKIM (RFC 6376) and ARC (RFC 8617): dkimpy verifies; our resolver fetches the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import authres
import dkim

from caseconsultant.authentication.resolver import DnsTroubleError, Resolver

_MOST_SIGNATURES = 6
"""A mail with more is a load on the DNS, not a letter."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One DKIM-Signature: `pass`, `fail` or `temperror`, and the domain (d=) that signed."""

    result: str
    domain: str


def check(raw: bytes, *, resolver: Resolver) -> tuple[Signature, ...]:
    """Returns the result of each of the mail's first signatures, the topmost first."""
    try:
        message = dkim.DKIM(raw, logger=_Silent())
        count = sum(name.lower() == b"dkim-signature" for name, _ in message.headers)
    except Exception:  # noqa: BLE001  bytes without a header that dkimpy can take apart
        return ()
    return tuple(_verified(raw, index, resolver=resolver) for index in range(min(count, _MOST_SIGNATURES)))


def _verified(raw: bytes, index: int, *, resolver: Resolver) -> Signature:
    message = dkim.DKIM(raw, logger=_Silent())
    try:
        passed = message.verify(idx=index, dnsfunc=_key_lookup(resolver))
    except DnsTroubleError:
        return Signature("temperror", _domain(message))
    except Exception:  # noqa: BLE001  a signature that dkimpy does not survive is none
        return Signature("fail", _domain(message))
    if passed and b"l" in message.signature_fields:
        # RFC 6376 8.2: with a body length anybody may add text of their own below what was signed.
        return Signature("fail", _domain(message))
    return Signature("pass" if passed else "fail", _domain(message))


def _domain(message: dkim.DKIM) -> str:
    named: bytes = getattr(message, "signature_fields", {}).get(b"d", b"")
    return named.decode("ascii", "replace").lower()


def _key_lookup(resolver: Resolver) -> Callable[..., bytes | None]:
    def find(name: bytes | str, timeout: int = 0) -> bytes | None:
        del timeout  # the resolver has its own
        asked = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        return next(iter(resolver(asked.rstrip("."), "TXT")), None)

    return find


def sealed_results(
    raw: bytes, *, sealers: frozenset[str], resolver: Resolver
) -> authres.AuthenticationResultsHeader | None:
    """Returns what the newest sealer of an unbroken ARC chain saw, if it is one of the named; else None."""
    try:
        chain = dkim.ARC(raw, logger=_Silent())
        state, results, _words = chain.verify(dnsfunc=_key_lookup(resolver))
    except Exception:  # noqa: BLE001  a chain that cannot be verified proves nothing
        return None
    if state != dkim.CV_Pass or not results:
        return None
    newest = results[0]
    if newest.get("as-domain", b"").decode("ascii", "replace").lower() not in sealers:
        return None
    return _results_of(raw, newest["instance"])


def _results_of(raw: bytes, instance: int) -> authres.AuthenticationResultsHeader | None:
    headers, _body = dkim.rfc822_parse(raw)
    for name, value in headers:
        tag, _, rest = value.decode("utf-8", "replace").strip().partition(";")
        if name.lower() == b"arc-authentication-results" and tag.replace(" ", "") == f"i={instance}":
            return authres.AuthenticationResultsHeader.parse_value(" ".join(rest.split()))
    return None


def headers_of(raw: bytes) -> list[tuple[str, str]]:
    """Returns the mail's header fields in their order, names and values as text; empty where there are none."""
    try:
        found, _body = dkim.rfc822_parse(raw)
    except dkim.DKIMException:
        return []
    return [(name.decode("latin-1"), value.decode("utf-8", "replace")) for name, value in found]


class _Silent:
    """dkimpy's logger: its words name domains and belong in no log of ours."""

    def debug(self, *_: object) -> None: ...

    info = warning = error = exception = debug
