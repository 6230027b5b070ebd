"""Entities that nobody marks: commands, mentions, links, addresses, hashtags, phone numbers."""

import re

from bot.sandbox.formatting.entities import Entity, checked_link, in_order, utf16

PATTERNS = {
    "url": re.compile(
        r"(?:https?://|(?<![\w@.]))(?:[\w-]+\.)+[a-zA-Z\u0430-\u044f\u0451]{2,}(?:[/?#][^\s]*)?"
    ),
    "email": re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "bot_command": re.compile(
        r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])"
    ),
    "mention": re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}"),
    "phone_number": re.compile(r"(?<![\w+])\+\d[\d\s()-]{8,17}\d(?!\w)"),
}
TOP = re.compile(r"\.(?:com|org|net|ru|\u0440\u0444|me|info|io|dev|su|app|gov|edu|pro|online)\b")


def find_entities(text: str, known: list[Entity]) -> list[Entity]:
    """``known`` and what is found outside of code and links, in order."""
    closed = [e for e in known if e.type in ("code", "pre", "text_link", "text_mention")]
    found: list[Entity] = []
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            if kind == "url" and not _looks_like_link(match.group()):
                continue
            entity = Entity(
                type=kind, offset=utf16(text[: match.start()]), length=utf16(match.group())
            )
            if not any(
                entity.offset < other.end and other.offset < entity.end
                for other in [*closed, *found]
            ):
                found.append(entity)
    return in_order([*known, *found])


def _looks_like_link(text: str) -> bool:
    return checked_link(text) is not None and (
        text.startswith(("http://", "https://")) or bool(TOP.search(text.lower()))
    )
