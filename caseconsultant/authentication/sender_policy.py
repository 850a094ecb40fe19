"""SPF (RFC 7208): whether the client may speak for the envelope's domain. pyspf decides; our resolver asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import spf

from caseconsultant.authentication.resolver import DnsTroubleError, Resolver
from caseconsultant.domain.authentication import Passage

_SECONDS = 20
"""RFC 7208 4.6.4: a check should take no longer than twenty seconds in all."""


@dataclass(frozen=True, slots=True)
class SpfResult:
    """The result as RFC 7208 names it, and the domain it speaks for ("" where none was asked)."""

    result: str
    domain: str


class _Query(spf.query):  # type: ignore[misc]  # pyspf carries no types
    """pyspf's evaluation on our resolver."""

    def __init__(self, resolver: Resolver, **asked: Any) -> None:  # noqa: ANN401  pyspf's own arguments
        super().__init__(**asked)
        self._resolver = resolver

    def dns(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[Any]:  # noqa: FBT001, FBT002  pyspf's signature
        """The records; those that are missing count as void look-ups (RFC 7208 4.6.4)."""
        del cnames
        try:
            found = list(self._resolver(str(name).rstrip(".").lower(), qtype))
        except DnsTroubleError as error:
            raise spf.TempError(str(error)) from error
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("too many void look-ups")
        return [(item,) for item in found] if qtype == "TXT" else found


def check(passage: Passage, *, resolver: Resolver) -> SpfResult:
    """Returns what SPF says of the passage; for the null sender it is the HELO name that is asked."""
    if passage.client_address is None or passage.mail_from is None:
        return SpfResult("none", "")
    helo = passage.helo or ""
    domain = passage.mail_from.rpartition("@")[2].lower() or helo.lower()
    if "." not in domain:
        return SpfResult("none", domain)
    try:
        query = _Query(resolver, i=passage.client_address, s=passage.mail_from, h=helo, querytime=_SECONDS)
        result, _code, _words = query.check()
    except Exception:  # noqa: BLE001  an address or a record that pyspf does not survive is no pass
        return SpfResult("permerror", domain)
    return SpfResult(str(result), domain)
