"""Raw mail at rest: compressed, then sealed with AES-256-GCM under the key of this installation."""

from __future__ import annotations

import base64
import binascii
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
    """Seals and opens raw mail. `fingerprint` tells keys apart without telling the key."""

    key: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stand beside every row sealed with this key."""
        return hashlib.sha256(b"caseconsultant raw mail" + self.key).hexdigest()[:16]

    def derived(self, purpose: str) -> bytes:
        """A key for another purpose, from which this one cannot be worked out."""
        return hmac.digest(self.key, f"caseconsultant {purpose}".encode(), hashlib.sha256)

    def seal(self, raw: bytes, *, digest: str) -> bytes:
        """The sealed bytes; `digest` is bound to them, so rows cannot be swapped."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, zstandard.compress(raw), digest.encode())

    def unseal(self, sealed: bytes, *, digest: str) -> bytes:
        """The raw bytes. Raises OperatorError if the key is another or the row was altered."""
        try:
            packed = AESGCM(self.key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], digest.encode())
        except InvalidTag as error:
            raise OperatorError(
                f"raw mail {digest[:12]} does not open with key {self.fingerprint}: restore the key it was sealed with"
            ) from error
        return zstandard.decompress(packed)


def open_vault(settings: Settings) -> Vault:
    """The vault with the key of the settings, or of the key file, which is made once."""
    if settings.encryption_key is not None:
        return Vault(_decode(settings.encryption_key.get_secret_value(), "CASECONSULTANT_ENCRYPTION_KEY"))
    path = settings.state_dir / _KEY_FILE
    return Vault(_decode(_read_or_create(path), str(path)))


def refuse_foreign_key(session: Session, vault: Vault) -> None:
    """Raise OperatorError if stored mail was sealed with another key than the one in force."""
    foreign = session.scalar(
        select(InboundMessage.key_fingerprint).where(InboundMessage.key_fingerprint != vault.fingerprint).limit(1)
    )
    if foreign:
        raise OperatorError(
            f"stored mail is sealed with key {foreign}, but the key in force is {vault.fingerprint}: "
            f"restore {_KEY_FILE} in the state directory or set CASECONSULTANT_ENCRYPTION_KEY to the former key"
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
