"""An entity, its order, and the links that Telegram takes for links."""

import re
from dataclasses import dataclass, replace
from typing import Any

# The order of entities that cover the same text, outermost first.
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
    "date_time": 98,
}
HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}\.?$")
LINK = re.compile(r"^(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?([^/?#]*)(.*)$", re.DOTALL)
OWN_SCHEMES = ("tg", "ton", "tonsite")


class ParseError(Exception):
    """The sentence that follows «can't parse entities: »."""


@dataclass(frozen=True, kw_only=True)
class Entity:
    """``offset`` and ``length`` in UTF-16 units; ``extra`` is url, language, user …"""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
            **dict(self.extra),
        }

    def moved(self, by: int) -> "Entity":
        return replace(self, offset=self.offset + by)


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda e: (e.offset, -e.length, PRIORITY.get(e.type, 50)))


def utf16(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def mentioned_user(url: str) -> int | None:
    """The number in tg://user?id=N."""
    found = re.match(r"^(?i:tg):(?://)?user\?(?:.*&)?id=(\d+)", url)
    return int(found.group(1)) if found else None


def checked_link(url: str) -> str | None:
    """The link as Telegram keeps it, or None when it would drop it."""
    found = LINK.match(url)
    if not url or found is None or any(char.isspace() for char in url):
        return None
    scheme, authority, rest = found.group(1), found.group(2), found.group(3)
    if re.match(r"^(?i:tg|ton):[^/]", url):
        return url
    if scheme and scheme.lower() in OWN_SCHEMES:
        return url if authority or rest else None
    if scheme and scheme.lower() not in ("http", "https"):
        return None
    host = authority.rpartition("@")[2].split(":")[0]
    if not HOST.match(host) or host.endswith(".."):
        return None
    if not rest:
        rest = "/"
    elif not rest.startswith("/"):
        rest = "/" + rest
    return f"{(scheme or 'http').lower()}://{authority.lower()}{rest}"


def link_entity(url: str, offset: int, length: int) -> Entity | None:
    """A mention, a link, or nothing when the address is no address."""
    user_id = mentioned_user(url)
    if user_id is not None:
        extra: tuple[tuple[str, Any], ...] = (("user_id", user_id),)
        return Entity(type="text_mention", offset=offset, length=length, extra=extra)
    checked = checked_link(url)
    if checked is None:
        return None
    return Entity(type="text_link", offset=offset, length=length, extra=(("url", checked),))
