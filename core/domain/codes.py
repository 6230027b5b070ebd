"""One-time codes that people carry: shown once, and only their hash is kept."""

from __future__ import annotations

from hashlib import sha256

CODE_LENGTH = 24
"""6 bits a character: 144 bits; with the `i_` of a link well under Telegram's 64 characters."""


def code_hash(code: str) -> str:
    """64 hexadecimal digits. No salt: a code is random itself."""
    return sha256(code.encode("utf-8")).hexdigest()
