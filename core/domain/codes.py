"""One-time codes that people carry: shown once, and only their hash is kept."""

from __future__ import annotations

import re
from hashlib import sha256

CODE_LENGTH = 24
"""6 bits a character: 144 bits; with the `i_` of a link well under Telegram's 64 characters."""


_CODE = re.compile(r"[A-Za-z0-9_-]{22,62}")


def may_be_code(text: str) -> bool:
    """Whether it is written as codes are: what is not need not be looked for."""
    return _CODE.fullmatch(text) is not None


def code_hash(code: str) -> str:
    """64 hexadecimal digits. No salt: a code is random itself."""
    return sha256(code.encode("utf-8")).hexdigest()
