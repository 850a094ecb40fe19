"""Signed tags in our own addresses: `consult+c2n-kzf-...@` is a case's Reply-To, `consult+b7-...@` a return path.

A tag names a row, says until when it holds, and carries an HMAC, so that nobody else can make one. It is written in
lower case only, for mail programs fold the case of addresses.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from caseconsultant.settings import Settings

_MAC_CHARACTERS = 20  # 100 bits, in base32
_TAG = re.compile(r"([cb])([0-9a-z]{1,9})-([0-9a-z]{1,5})-([a-z2-7]{20})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class TagKind(StrEnum):
    """What a tag names."""

    CASE = "c"
    OUTBOX = "b"


_HOLDS = {TagKind.CASE: timedelta(days=180), TagKind.OUTBOX: timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class Tags:
    """Makes tags and knows its own. The keys are derived from the installation's, for this purpose only.

    Tags are made with the first key; those of former keys are still known.
    """

    keys: tuple[bytes, ...] = field(repr=False)

    def address(self, kind: TagKind, row_id: int, *, at: datetime, settings: Settings) -> str:
        """Our address with a tag for the row; the bare one where the operator's server knows no plus-tags."""
        if not settings.tagged_addresses:
            return settings.address
        local, _, domain = settings.address.rpartition("@")
        return f"{local}+{self.make(kind, row_id, at=at)}@{domain}"

    def make(self, kind: TagKind, row_id: int, *, at: datetime) -> str:
        """A tag for the row that holds from now for as long as its kind does."""
        last_day = _day(at + _HOLDS[kind])
        named = f"{kind.value}{_written(row_id)}-{_written(last_day)}"
        return f"{named}-{_mac(self.keys[0], named)}"

    def row_of(self, kind: TagKind, addresses: Iterable[str], *, at: datetime) -> int | None:
        """The row that a tag in one of the addresses names; None without a tag of ours that still holds."""
        for address in addresses:
            tag = address.lower().rpartition("@")[0].partition("+")[2]
            match = _TAG.fullmatch(tag)
            if match and match[1] == kind.value and self._is_ours(tag) and int(match[3], 36) >= _day(at):
                return int(match[2], 36)
        return None

    def _is_ours(self, tag: str) -> bool:
        named, _, mac = tag.rpartition("-")
        return any(hmac.compare_digest(mac, _mac(key, named)) for key in self.keys)


def _mac(key: bytes, named: str) -> str:
    digest = hmac.digest(key, named.encode(), hashlib.sha256)
    return base64.b32encode(digest).decode().lower()[:_MAC_CHARACTERS]


def _day(at: datetime) -> int:
    return (at - _EPOCH).days


def _written(number: int) -> str:
    written = ""
    while number or not written:
        number, digit = divmod(number, 36)
        written = _DIGITS[digit] + written
    return written
