"""DMARC identifier alignment (RFC 7489 3.1): who may speak for a From domain, by the public suffix list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from publicsuffixlist import PublicSuffixList

from caseconsultant.authentication.resolver import Resolver

_TAG = re.compile(rb"\s*([A-Za-z]+)\s*=\s*([^;\s]+)\s*")


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """What the From domain publishes: the policy (p=), and whether alignment must be exact."""

    policy: str = ""
    strict_spf: bool = False
    strict_dkim: bool = False


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def organizational_domain(domain: str) -> str:
    """Returns `example.co.uk` for `mail.example.co.uk`; the domain itself where it is no longer than a suffix."""
    bare = domain.lower().rstrip(".")
    return _suffixes().privatesuffix(bare) or bare


def aligned(domain: str, from_domain: str, *, strict: bool) -> bool:
    """Whether what was authenticated for `domain` speaks for `from_domain`."""
    if not domain or not from_domain:
        return False
    if strict:
        return domain.lower().rstrip(".") == from_domain.lower().rstrip(".")
    return organizational_domain(domain) == organizational_domain(from_domain)


def record(from_domain: str, *, resolver: Resolver) -> DmarcRecord:
    """Returns the record of the domain, else of its organizational domain (RFC 7489 6.6.3); an empty one if none.

    Raises DnsTroubleError.
    """
    for domain in dict.fromkeys((from_domain, organizational_domain(from_domain))):
        found = [text for text in resolver(f"_dmarc.{domain}", "TXT") if text.lower().startswith(b"v=dmarc1")]
        if len(found) == 1:  # two records are none
            return _read(found[0])
    return DmarcRecord()


def _read(text: bytes) -> DmarcRecord:
    tags = {match[1].lower(): match[2].lower() for match in _TAG.finditer(text)}
    return DmarcRecord(
        policy=tags.get(b"p", b"none").decode("ascii", "replace"),
        strict_spf=tags.get(b"aspf") == b"s",
        strict_dkim=tags.get(b"adkim") == b"s",
    )
