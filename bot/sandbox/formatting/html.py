"""Telegram's HTML: a small set of tags, entities by four names or numbers, nothing forgiven.

A bare ``&`` is text, a bare ``<`` is the start of a tag. The reader works on UTF-8 bytes because
refusals name byte offsets, and treats the end of the text as a zero byte, as Telegram does.
"""

from dataclasses import dataclass

from bot.sandbox.formatting.entities import (
    Entity,
    ParseError,
    in_order,
    link_entity,
    utf16,
)

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*SIMPLE, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
SPACE = b" \t\r\n\v\0"
NAMED = {b"lt": 60, b"gt": 62, b"amp": 38, b"quot": 34}
SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


@dataclass(kw_only=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of ``source``; raises ``ParseError``."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.bytes = source.encode("utf-8", "surrogatepass")
        self.pos = 0
        self.out: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.pos < len(self.bytes):
            byte = self.at(self.pos)
            if byte == ord("<"):
                self.tag()
            elif byte != ord("&") or not self.reference():
                self.plain()
        if self.open:
            raise ParseError(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            )
        text = "".join(self.out)
        if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
            raise ParseError(SURROGATES)
        return text, in_order([self._bare(entity) for entity in self.entities])

    @staticmethod
    def _bare(entity: Entity) -> Entity:
        """A language belongs to pre only."""
        if entity.type == "code" and entity.extra:
            return Entity(type="code", offset=entity.offset, length=entity.length)
        return entity

    def at(self, pos: int) -> int:
        return self.bytes[pos] if pos < len(self.bytes) else 0

    def space(self, pos: int) -> bool:
        return self.at(pos) in SPACE

    def put(self, text: str) -> None:
        self.out.append(text)
        self.units += utf16(text)

    def plain(self) -> None:
        end = self.pos + 1
        while end < len(self.bytes) and self.bytes[end] not in b"<&":
            end += 1
        self.put(self.bytes[self.pos : end].decode("utf-8", "surrogatepass"))
        self.pos = end

    def reference(self) -> bool:
        """Read &…; at the present place, if it is one."""
        code, end = self.decode(self.pos)
        if not code:
            return False
        self.put(chr(code))
        self.pos = end
        return True

    def decode(self, pos: int) -> tuple[int, int]:
        """The code of the character reference at ``pos`` (0: it is none) and where it ends."""
        end = pos + 1
        if self.at(end) == ord("#"):
            hexadecimal = self.at(end + 1) == ord("x")
            end += 2 if hexadecimal else 1
            digits = b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789"
            begin = end
            while self.at(end) in digits and self.at(end):
                end += 1
            code = int(self.bytes[begin:end] or b"0", 16 if hexadecimal else 10)
            if code == 0 or code >= 0x10FFFF or end - pos >= 10:
                return 0, pos
        else:
            while chr(self.at(end)).isascii() and chr(self.at(end)).isalpha():
                end += 1
            code = NAMED.get(self.bytes[pos + 1 : end], 0)
            if not code:
                return 0, pos
        return code, end + 1 if self.at(end) == ord(";") else end

    def tag(self) -> None:
        begin = self.pos
        self.pos += 1
        if self.at(self.pos) == ord("/"):
            self.end_tag(begin)
        else:
            self.start_tag(begin)
        self.pos += 1

    def start_tag(self, begin: int) -> None:
        while not self.space(self.pos) and self.at(self.pos) != ord(">"):
            self.pos += 1
        if self.at(self.pos) == 0:
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        tag = self.word(begin + 1, self.pos)
        if tag not in TAGS:
            raise ParseError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self.at(self.pos) != ord(">"):
            while self.at(self.pos) and self.space(self.pos):
                self.pos += 1
            if self.at(self.pos) == ord(">"):
                break
            name, value = self.attribute(tag, begin)
            argument = self.argument(tag, name, value, argument)
        if tag == "span" and argument != "spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag=tag, argument=argument, offset=self.units, begin=len(self.out)))

    def word(self, begin: int, end: int) -> str:
        return self.bytes[begin:end].decode("utf-8", "replace").lower()

    def attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        """Name and value of one attribute; only blockquote has one without a value."""
        start = self.pos
        while not self.space(self.pos) and self.at(self.pos) not in b"=>":
            self.pos += 1
        name = self.bytes[start : self.pos].decode("utf-8", "replace")
        if not name:
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.skip()
        if self.at(self.pos) != ord("="):
            if self.at(self.pos) == 0:
                raise ParseError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if tag == "blockquote":
                return name, None
            raise ParseError(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag}" at byte offset {begin}'
            )
        self.pos += 1
        self.skip()
        if self.at(self.pos) == 0:
            raise ParseError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self.token() if self.at(self.pos) not in b"'\"" else self.quoted()
        if self.at(self.pos) == 0:
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        return name, value

    def skip(self) -> None:
        while self.at(self.pos) and self.space(self.pos):
            self.pos += 1

    def token(self) -> str:
        start = self.pos
        while chr(self.at(self.pos)).isascii() and (
            chr(self.at(self.pos)).isalnum() or self.at(self.pos) in b".-"
        ):
            self.pos += 1
        if not self.space(self.pos) and self.at(self.pos) != ord(">"):
            raise ParseError(f"Unexpected end of name token at byte offset {start}")
        return self.word(start, self.pos)

    def quoted(self) -> str:
        quote = self.at(self.pos)
        self.pos += 1
        value = bytearray()
        while self.at(self.pos) not in (quote, 0):
            if self.at(self.pos) == ord("&"):
                code, end = self.decode(self.pos)
                if code:
                    value += chr(code).encode("utf-8", "surrogatepass")
                    self.pos = end
                    continue
            value.append(self.at(self.pos))
            self.pos += 1
        if self.at(self.pos) == quote:
            self.pos += 1
        return value.decode("utf-8", "replace")

    @staticmethod
    def argument(tag: str, name: str, value: str | None, before: str) -> str:
        """What the attribute means to its tag; unknown attributes mean nothing."""
        if tag == "blockquote" and name == "expandable":
            return "expandable"
        if value is None:
            return before
        if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")}:
            return value
        if (tag, name) == ("code", "class") and value.startswith("language-"):
            return value.removeprefix("language-")
        if (tag, name) == ("span", "class") and value.startswith("tg-"):
            return value.removeprefix("tg-")
        return before

    def end_tag(self, begin: int) -> None:
        if not self.open:
            raise ParseError(f"Unexpected end tag at byte offset {begin}")
        while not self.space(self.pos) and self.at(self.pos) != ord(">"):
            self.pos += 1
        found = self.word(begin + 2, self.pos)
        self.skip()
        if self.at(self.pos) != ord(">"):
            raise ParseError(f"Unclosed end tag at byte offset {begin}")
        opened = self.open.pop()
        if found and found != opened.tag:
            raise ParseError(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.units > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        offset, length = opened.offset, self.units - opened.offset
        if opened.tag in SIMPLE:
            self.add(SIMPLE[opened.tag], offset, length)
        elif opened.tag == "a":
            url = opened.argument or "".join(self.out[opened.begin :])
            link = link_entity(url, offset, length)
            if link is not None:
                self.entities.append(link)
        elif opened.tag == "blockquote":
            kind = "expandable_blockquote" if opened.argument else "blockquote"
            self.add(kind, offset, length)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit() or int(opened.argument) == 0:
                raise ParseError("Invalid custom emoji identifier specified")
            self.add("custom_emoji", offset, length, custom_emoji_id=opened.argument)
        elif opened.tag == "tg-time":
            if not opened.argument.isdigit():
                raise ParseError("Invalid date-time specified")
            self.add("date_time", offset, length, unix_time=int(opened.argument))
        else:
            self.close_code(opened, offset, length)

    def close_code(self, opened: _Open, offset: int, length: int) -> None:
        """pre and code around the same text with a language make one entity."""
        last = self.entities[-1] if self.entities else None
        other = "code" if opened.tag == "pre" else "pre"
        if last and (last.type, last.offset, last.length) == (other, offset, length):
            language = dict(last.extra).get("language") or opened.argument
            if language:
                self.entities.pop()
                self.add("pre", offset, length, language=language)
                return
        extra = {"language": opened.argument} if opened.argument else {}
        self.add(opened.tag, offset, length, **extra)

    def add(self, kind: str, offset: int, length: int, **extra: str | int) -> None:
        self.entities.append(
            Entity(type=kind, offset=offset, length=length, extra=tuple(extra.items()))
        )
