"""Addresses of the web desk as staff get them."""

from __future__ import annotations


def entry_address(base: str, code: str) -> str:
    """The page that asks once more before it spends the code."""
    return f"{base.rstrip('/')}/desk/enter?c={code}"
