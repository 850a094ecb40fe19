"""S/MIME: the content of a message that is signed but not encrypted (RFC 8551 3.5.2)."""

from __future__ import annotations

_KINDS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_OCTETS = 0x04
_MAX_PLACES = 20


def is_sealed(kind: str) -> bool:
    """Whether a part is a signed or encrypted envelope."""
    return kind in _KINDS


def signed_content(raw: bytes) -> bytes | None:
    """Returns the mail inside a signed envelope: an octet string that begins like a mail; None for anything else."""
    position = -1
    for _ in range(_MAX_PLACES):
        position = raw.find(b"Content-", position + 1)
        if position < 0:
            return None
        length = _length_before(raw, position)
        if length:
            return raw[position : position + length]
    return None


def _length_before(raw: bytes, position: int) -> int:
    """The length that DER writes before an octet string: one byte, or 0x81 to 0x83 and as many bytes."""
    for count in (1, 2, 3):
        start = position - count - 2
        if start >= 0 and raw[start] == _OCTETS and raw[start + 1] == 0x80 + count:
            return int.from_bytes(raw[start + 2 : position], "big")
    return raw[position - 1] if position > 1 and raw[position - 2] == _OCTETS else 0
