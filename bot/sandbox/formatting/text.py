"""A text as it will stand in the chat: parsed, cleaned, trimmed, measured."""

import re
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.formatting.detect import find_entities
from bot.sandbox.formatting.entities import Entity, ParseError, in_order, utf16
from bot.sandbox.formatting.html import parse_html
from bot.sandbox.formatting.markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.refusals import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 1 << 15
ENTITIES_LIMIT = 100
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\t]")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u2800\u3164"
PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}


@dataclass(frozen=True, kw_only=True)
class Formatted:
    text: str
    entities: list[Entity]

    def fields(self, text_name: str, entities_name: str) -> dict[str, Any]:
        """The two fields of a message; no entities, no field."""
        fields: dict[str, Any] = {}
        if self.text:
            fields[text_name] = self.text
            if self.entities:
                fields[entities_name] = [entity.json() for entity in self.entities]
        return fields


def parse(source: str, parse_mode: str, given: list[dict[str, Any]] | None) -> Formatted:
    """Read ``source`` by its mode, or with the entities given beside it.

    Refuses what does not parse and what is longer than 32 KiB before parsing.
    """
    if not is_utf8(source):
        raise bad_request("strings must be encoded in UTF-8")
    if len(source.encode("utf-8", "surrogatepass")) > RAW_LIMIT:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if source and mode and mode != "none":
        if mode not in PARSERS:
            raise bad_request("unsupported parse_mode")
        try:
            text, entities = PARSERS[mode](source)
        except ParseError as error:
            raise bad_request(f"can't parse entities: {error}") from None
        return Formatted(text=text, entities=entities)
    return Formatted(text=source, entities=_given(given or [], utf16(source)))


def _given(listed: list[dict[str, Any]], units: int) -> list[Entity]:
    entities = []
    for item in listed:
        if "type" not in item:
            raise bad_request("can't parse MessageEntity: Can't find field \"type\"")
        offset, length = int(item.get("offset", 0)), int(item.get("length", 0))
        if length <= 0 or offset < 0:
            continue
        if offset + length > units:
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
                f"at UTF-16 offset {offset + length}"
            )
        known = ("type", "offset", "length")
        extra = tuple((key, value) for key, value in item.items() if key not in known)
        entities.append(Entity(type=item["type"], offset=offset, length=length, extra=extra))
    return in_order(entities)


def finish(formatted: Formatted) -> Formatted:
    """Clean and trim, find what nobody marked, drop entities beyond the hundredth."""
    cleaned = CONTROL.sub(" ", formatted.text.replace("\r", ""))
    if "\r" in formatted.text:
        formatted = _without_returns(formatted)
    text, entities = cleaned, formatted.entities
    kept = text.rstrip(" \n")
    end = utf16(kept)
    entities = [
        replace(entity, length=min(entity.length, end - entity.offset))
        for entity in entities
        if entity.offset < end
    ]
    first = min((entity.offset for entity in entities), default=end)
    lead = 0
    while lead < len(kept) and lead < first and kept[lead] in " \n":
        lead += 1
    moved = [entity.moved(-lead) for entity in entities if entity.length > 0]
    unique = list(dict.fromkeys(moved))
    found = find_entities(kept[lead:], unique)
    return Formatted(text=kept[lead:], entities=found[:ENTITIES_LIMIT])


def _without_returns(formatted: Formatted) -> Formatted:
    """Entities of the text whose carriage returns are gone."""
    places = []
    units = 0
    for char in formatted.text:
        if char == "\r":
            places.append(units)
        units += utf16(char)

    def moved(offset: int) -> int:
        return offset - sum(1 for place in places if place < offset)

    entities = [
        replace(
            entity, offset=moved(entity.offset), length=moved(entity.end) - moved(entity.offset)
        )
        for entity in formatted.entities
    ]
    return Formatted(text=formatted.text.replace("\r", ""), entities=entities)


def is_utf8(text: str) -> bool:
    """No halves of surrogate pairs: a title cut in the middle of an emoji has one."""
    return not any(0xD800 <= ord(char) <= 0xDFFF for char in text)


def is_blank(text: str) -> bool:
    """Nothing a person would see."""
    return not text.strip().strip(INVISIBLE).strip()


def message_text(formatted: Formatted) -> Formatted:
    """The text of a message; refuses a blank one and one over 4096 characters."""
    finished = finish(formatted)
    if is_blank(finished.text):
        raise bad_request("text must be non-empty")
    if len(finished.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return finished


def caption_text(formatted: Formatted) -> Formatted:
    """A caption, which may be empty; refuses one over 1024 characters."""
    finished = finish(formatted)
    if len(finished.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return finished if not is_blank(finished.text) else Formatted(text="", entities=[])
