"""Encryption of what must not lie readable in the database.

One `DATA_KEY` (base64 of 32 bytes) is the root; each purpose gets its own sub-key by HKDF, so a
blob of one purpose never opens as another. A sealed blob is nonce (12) + AES-GCM ciphertext and
tag, with the purpose as associated data. A blind index is a keyed hash of the normal form: equal
values meet without being readable.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.clock import Chance, SystemChance

Purpose = Literal[
    "inbox",
    "outbox",
    "dialogue",
    "name",
    "snils",
    "phone",
    "certificate",
    "note",
    "difference",
    "data-key",
    "child",
]

KEY_BYTES = 32
_NONCE = 12


class WrongDataKey(Exception):
    """The blob was sealed with another key, or is damaged."""


class DataKeyMalformed(ValueError):
    """DATA_KEY is not base64 of 32 bytes; nothing of it is in the message."""


class Cipher:
    """Seals and opens blobs; makes blind indexes."""

    def __init__(self, data_key: bytes, chance: Chance | None = None) -> None:
        if len(data_key) != KEY_BYTES:
            raise DataKeyMalformed(f"DATA_KEY must be base64 of {KEY_BYTES} bytes")
        self._data_key = data_key
        self._chance = chance or SystemChance()
        self._aead: dict[str, AESGCM] = {}
        self._index_keys: dict[str, bytes] = {}

    @classmethod
    def from_text(cls, data_key: str, chance: Chance | None = None) -> Cipher:
        """Read the key as it stands in the settings. Raises DataKeyMalformed."""
        try:
            raw = base64.b64decode(data_key, validate=True)
        except ValueError as error:
            raise DataKeyMalformed(f"DATA_KEY must be base64 of {KEY_BYTES} bytes") from error
        return cls(raw, chance)

    def seal(self, purpose: Purpose, plain: bytes) -> bytes:
        nonce = self._chance.octets(_NONCE)
        return nonce + self._box(purpose).encrypt(nonce, plain, purpose.encode())

    def open(self, purpose: Purpose, sealed: bytes) -> bytes:
        """Raises WrongDataKey."""
        try:
            return self._box(purpose).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise WrongDataKey(purpose) from error

    def seal_text(self, purpose: Purpose, plain: str) -> bytes:
        return self.seal(purpose, plain.encode("utf-8"))

    def open_text(self, purpose: Purpose, sealed: bytes) -> str:
        return self.open(purpose, sealed).decode("utf-8")

    def seal_json(self, purpose: Purpose, value: Any) -> bytes:
        # lone surrogates may come from a messenger: ASCII escapes carry them through
        return self.seal(purpose, json.dumps(value, ensure_ascii=True).encode("ascii"))

    def open_json(self, purpose: Purpose, sealed: bytes) -> Any:
        return json.loads(self.open(purpose, sealed))

    def blind_index(self, purpose: Purpose, normal: str) -> bytes:
        """Keyed hash (32 bytes) of a normalised value: for unique columns and look-ups."""
        key = self._index_keys.get(purpose)
        if key is None:
            key = self._index_keys[purpose] = self._derive(f"index:{purpose}")
        return hmac.new(key, normal.encode("utf-8"), hashlib.sha256).digest()

    def _box(self, purpose: str) -> AESGCM:
        box = self._aead.get(purpose)
        if box is None:
            box = self._aead[purpose] = AESGCM(self._derive(f"seal:{purpose}"))
        return box

    def _derive(self, info: str) -> bytes:
        kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"kruzhok:{info}".encode())
        return kdf.derive(self._data_key)
