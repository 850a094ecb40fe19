"""Raw mail at rest: compressed, then sealed with AES-256-GCM under the key of this installation."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import InboundMessage
from caseconsultant.domain.errors import OperatorError
from caseconsultant.settings import Settings

_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_FILE = "raw-mail.key"


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens raw mail. `fingerprint` tells keys apart without telling the key.

    `former` keys open what they sealed, until it is sealed anew; nothing is sealed with them.
    """

    key: bytes = field(repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stand beside every row sealed with this key."""
        return fingerprint_of(self.key)

    @property
    def known(self) -> frozenset[str]:
        """The fingerprints of every key that can be opened with."""
        return frozenset(fingerprint_of(key) for key in (self.key, *self.former))

    def derived(self, purpose: str) -> tuple[bytes, ...]:
        """Keys for another purpose, the one in force first; the vault's own cannot be worked out from them."""
        named = f"caseconsultant {purpose}".encode()
        return tuple(hmac.digest(key, named, hashlib.sha256) for key in (self.key, *self.former))

    def seal(self, raw: bytes, *, digest: str) -> bytes:
        """The sealed bytes; `digest` is bound to them, so rows cannot be swapped."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, zstandard.compress(raw), digest.encode())

    def unseal(self, sealed: bytes, *, digest: str) -> bytes:
        """The raw bytes. Raises OperatorError if no key of ours sealed them or the row was altered."""
        for key in (self.key, *self.former):
            with contextlib.suppress(InvalidTag):
                packed = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], digest.encode())
                return zstandard.decompress(packed)
        raise OperatorError(
            f"raw mail {digest[:12]} does not open with key {self.fingerprint}: restore the key it was sealed with"
        )


def fingerprint_of(key: bytes) -> str:
    """Sixteen hex digits for the key."""
    return hashlib.sha256(b"caseconsultant raw mail" + key).hexdigest()[:16]


def open_vault(settings: Settings) -> Vault:
    """The vault with the key of the settings, or of the key file, which is made once; and with the former keys."""
    former = tuple(
        _decode(key.get_secret_value(), "CASECONSULTANT_FORMER_ENCRYPTION_KEYS")
        for key in settings.former_encryption_keys
    )
    if settings.encryption_key is not None:
        return Vault(_decode(settings.encryption_key.get_secret_value(), "CASECONSULTANT_ENCRYPTION_KEY"), former)
    path = settings.state_dir / _KEY_FILE
    return Vault(_decode(_read_or_create(path), str(path)), former)


def refuse_foreign_key(session: Session, vault: Vault) -> None:
    """Raise OperatorError if stored mail was sealed with another key than those we have."""
    kept = InboundMessage.key_fingerprint.not_in(("", *vault.known))
    foreign = session.scalar(select(InboundMessage.key_fingerprint).where(kept).limit(1))
    if foreign:
        raise OperatorError(
            f"stored mail is sealed with key {foreign}, but the key in force is {vault.fingerprint}: restore "
            f"{_KEY_FILE} in the state directory, or name the other key in CASECONSULTANT_FORMER_ENCRYPTION_KEYS"
        )


def _decode(text: str, where: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise OperatorError(f"{where}: the key must be {_KEY_BYTES} bytes in URL-safe base64")
    return key


def _read_or_create(path: Path) -> str:
    """The key in the file. Written to a file of our own and linked into place: a reader never sees half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        ours = path.with_name(f".{_KEY_FILE}.{secrets.token_hex(8)}")
        descriptor = os.open(ours, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode())
            file.flush()
            os.fsync(file.fileno())
        _link_once(ours, path)
    return path.read_text()


def _link_once(ours: Path, path: Path) -> None:
    try:
        os.link(ours, path)  # fails if another process was first: then its key is the key
    except FileExistsError:
        pass
    finally:
        ours.unlink()
