"""The one way to the DNS: a time limit, a cache, and errors told apart from empty answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import dns.exception
import dns.resolver

_CACHED = 5_000


class DnsTroubleError(Exception):
    """The DNS gave no answer, not even an empty one: a later try may."""


class Resolver(Protocol):
    """Looks a name up; what is handed in where the network must not be asked."""

    def __call__(self, name: str, kind: str) -> tuple[Any, ...]:
        """The records of the kind (A, AAAA, MX, PTR, TXT); empty if there are none. Raises DnsTroubleError.

        A and AAAA are addresses as text, MX (preference, host), PTR a host, TXT the joined bytes of each record.
        """


@dataclass
class DnsResolver:
    """The system's resolver. `seconds` bounds one look-up with all its tries."""

    seconds: float = 5.0
    _resolver: dns.resolver.Resolver | None = field(default=None, repr=False)

    def __call__(self, name: str, kind: str) -> tuple[Any, ...]:
        """See `Resolver`."""
        try:
            found = self._asked().resolve(name, kind, lifetime=self.seconds, raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN:
            return ()
        except (dns.exception.Timeout, dns.resolver.NoNameservers, OSError) as error:
            raise DnsTroubleError(f"{kind} {name}: {type(error).__name__}") from error
        except (dns.exception.DNSException, UnicodeError, ValueError):
            return ()  # no name of the DNS at all
        return tuple(_READ[kind](record) for record in found) if found.rrset is not None else ()

    def _asked(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            try:
                self._resolver = dns.resolver.Resolver()
            except dns.resolver.NoResolverConfiguration as error:
                raise DnsTroubleError("no name servers are configured on this machine") from error
            self._resolver.cache = dns.resolver.LRUCache(_CACHED)
        return self._resolver


_READ: dict[str, Callable[[Any], Any]] = {
    "A": lambda record: record.address,
    "AAAA": lambda record: record.address,
    "MX": lambda record: (record.preference, record.exchange.to_text(omit_final_dot=True)),
    "PTR": lambda record: record.target.to_text(omit_final_dot=True),
    "TXT": lambda record: b"".join(record.strings),
}
