"""The keyring of encrypted fields.

Format of a sealed value: version (1 byte), length of the key id (1 byte), key id,
nonce (12 bytes), ciphertext with its tag. AES-256-GCM (NIST SP 800-38D); the
associated data bind a value to its table, field and row, so that a value copied
into another row does not open.
"""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = 1


class CannotOpen(Exception):
    """A sealed value does not belong to this field and row, or its key is gone."""


@dataclass(frozen=True)
class Keyring:
    """Keys by id; the last one seals, every one opens."""

    keys: dict[str, bytes]

    @property
    def newest(self) -> str:
        return list(self.keys)[-1]

    def seal(self, text: str, bound_to: str) -> bytes:
        """Encrypt ``text`` for the place ``bound_to`` (``model.field:reference``)."""
        key_id, nonce = self.newest.encode(), os.urandom(12)
        sealed = AESGCM(self.keys[self.newest]).encrypt(
            nonce, text.encode(), bound_to.encode()
        )
        return bytes([VERSION, len(key_id)]) + key_id + nonce + sealed

    def open(self, sealed: bytes, bound_to: str) -> str:
        """The text of a value sealed for ``bound_to``."""
        if len(sealed) < 2 or sealed[0] != VERSION:
            raise CannotOpen("This is not a value that was sealed here.")
        key = self.keys.get(key_id(sealed))
        if key is None:
            raise CannotOpen(f"The key {key_id(sealed)!r} is not in the keyring.")
        start = 2 + sealed[1]
        try:
            nonce, rest = sealed[start : start + 12], sealed[start + 12 :]
            return AESGCM(key).decrypt(nonce, rest, bound_to.encode()).decode()
        except InvalidTag as error:
            raise CannotOpen(f"This value was not sealed for {bound_to}.") from error

    def blind_index(self, text: str, field: str) -> bytes:
        """16 bytes that are equal for equal texts of one field, and tell nothing else.

        Made from the oldest key, so that rotation does not change it.
        """
        oldest = next(iter(self.keys.values()))
        key = hmac.digest(oldest, f"blind index of {field}".encode(), hashlib.sha256)
        return hmac.digest(key, text.encode(), hashlib.sha256)[:16]


def key_id(sealed: bytes) -> str:
    """Which key sealed this value."""
    return sealed[2 : 2 + sealed[1]].decode()


@lru_cache(maxsize=4)
def _parsed(text: str) -> Keyring:
    try:
        keys = {
            name: base64.b64decode(key, validate=True)
            for name, key in json.loads(text).items()
        }
    except (ValueError, AttributeError, TypeError) as error:
        raise ImproperlyConfigured(
            'GISHE_FIELD_KEYS must read {"id": "32 bytes in base64", …}.'
        ) from error
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("Every key in GISHE_FIELD_KEYS must have 32 bytes.")
    return Keyring(keys)


def new_key() -> str:
    """A fresh key in base64."""
    return base64.b64encode(os.urandom(32)).decode()


def keyring() -> Keyring:
    """The keys of this city: from the setting, else from a file made once."""
    if settings.FIELD_KEYS:
        return _parsed(settings.FIELD_KEYS)
    path: Path = settings.HOME / "field-keys.json"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(json.dumps({"1": new_key()}), encoding="ascii")
    return _parsed(path.read_text(encoding="ascii"))
