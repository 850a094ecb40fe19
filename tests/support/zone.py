"""A DNS zone in memory, and mail signed by the keys in it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from caseconsultant.authentication.resolver import DnsTroubleError

SELECTOR = "s1"


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem() -> bytes:
    return key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )


def public_record() -> bytes:
    public = (
        key().public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


@dataclass
class Zone:
    """Answers from a table; `silent` names give no answer at all. `asked` remembers what was looked up."""

    records: dict[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, name: str, kind: str) -> tuple[Any, ...]:
        self.asked.append((name, kind))
        if name in self.silent:
            raise DnsTroubleError(f"{kind} {name}: Timeout")
        return self.records.get((name.lower(), kind), ())

    def text(self, name: str, *values: bytes) -> Zone:
        self.records[name, "TXT"] = values
        return self

    def signs_for(self, domain: str) -> Zone:
        return self.text(f"{SELECTOR}._domainkey.{domain}", public_record())


def signed(raw: bytes, domain: str, **how: Any) -> bytes:
    """The mail with a DKIM signature of the domain on top."""
    signature: bytes = dkim.sign(
        raw, SELECTOR.encode(), domain.encode(), private_pem(), include_headers=[b"from", b"subject"], **how
    )
    return signature + raw


def sealed(raw: bytes, domain: str, *, authserv_id: str) -> bytes:
    """The mail with an ARC set of the domain on top, over the results that `authserv_id` stated."""
    fields = dkim.arc_sign(
        raw,
        SELECTOR.encode(),
        domain.encode(),
        private_pem(),
        authserv_id.encode(),
        include_headers=[b"from", b"subject"],
    )
    return b"".join(fields) + raw
