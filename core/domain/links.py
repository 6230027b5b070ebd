"""Addresses of pages that parents are sent to.

Only such as anybody may open without harm: encrypted, on the open internet, without somebody's name
and password in them.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from core.domain.refusals import BadValue

LONGEST_LINK: Final = 500
_LINK = re.compile(r"(?P<scheme>https?)://(?P<rest>[^\s<>\"\\]+)", re.IGNORECASE)
_INSIDE: Final = ("localhost", "local", "internal", "lan", "home", "corp", "intranet", "test")
"""How names of computers end that are nobody else's."""
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+")


def read_link(text: str | None) -> str | None:
    """None: nothing is said. Raises BadValue: unreadable, insecure (params: `offered`, the same by
    https), password, inside (an address of an office or of the machine itself)."""
    link = (text or "").strip()
    if not link:
        return None
    found = _LINK.fullmatch(link)
    if len(link) > LONGEST_LINK or found is None or not link.isprintable():
        raise BadValue(field="link", reason="unreadable")
    parts = _split(link)
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc:
        raise BadValue(field="link", reason="password")
    if _is_inside(host):
        raise BadValue(field="link", reason="inside")
    if "." not in host and ":" not in host:
        raise BadValue(field="link", reason="unreadable")
    if found["scheme"].lower() != "https":
        raise BadValue(field="link", reason="insecure", offered=f"https://{found['rest']}")
    return link


def _split(link: str) -> SplitResult:
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018 - a port that is no number is told here
    except ValueError as error:
        raise BadValue(field="link", reason="unreadable") from error
    return parts


def _is_inside(host: str) -> bool:
    labels = host.split(".")
    if labels[-1] in _INSIDE:
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return _NUMBER.fullmatch(labels[-1]) is not None  # 127.1, 2130706433: another spelling
