"""MarkdownV2 and the old Markdown.

In V2 every mark must be paired or escaped; inside code only the backtick and the backslash mean
something. The old Markdown cannot nest and is kept because Telegram keeps it.
"""

from dataclasses import dataclass

from bot.sandbox.formatting.entities import Entity, ParseError, in_order, link_entity, utf16

RESERVED = b"_*[]()~`>#+-=|{}.!\n"
SPACE = b" \t\r\n\v\0"
KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
}
CODES = ("Code", "Pre", "PreCode")


@dataclass(kw_only=True)
class _Open:
    kind: str
    argument: str
    offset: int
    byte: int
    begin: int


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
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
        self.line_start = True

    def at(self, pos: int) -> int:
        return self.bytes[pos] if 0 <= pos < len(self.bytes) else 0

    def two(self, pair: bytes) -> bool:
        return self.bytes[self.pos : self.pos + len(pair)] == pair

    def put(self, text: str) -> None:
        self.out.append(text)
        self.units += utf16(text)

    def read(self) -> tuple[str, list[Entity]]:
        while self.pos < len(self.bytes):
            byte = self.at(self.pos)
            if byte == ord("\\") and 0 < self.at(self.pos + 1) <= 126:
                self.put(chr(self.at(self.pos + 1)))
                self.pos += 2
                self.line_start = False
                continue
            coded = bool(self.open) and self.open[-1].kind in CODES
            if byte not in (b"`" if coded else RESERVED):
                self.plain()
            elif byte == ord("\n"):
                self.new_line()
            elif self.ends():
                self.close()
                self.line_start = False
            else:
                self.start(byte)
        self.end_quote()
        if self.open:
            last = self.open[-1]
            raise ParseError(f"Can't find end of {last.kind} entity at byte offset {last.byte}")
        return "".join(self.out), in_order(self.entities)

    def plain(self) -> None:
        end = self.pos + 1
        while end < len(self.bytes) and 0x80 <= self.bytes[end] < 0xC0:
            end += 1
        self.put(self.bytes[self.pos : end].decode("utf-8", "replace"))
        self.pos = end
        self.line_start = False

    def new_line(self) -> None:
        quoted = bool(self.open) and self.open[-1].kind == "BlockQuote"
        if quoted and self.at(self.pos + 1) != ord(">"):
            self.end_quote()
        self.put("\n")
        self.pos += 1
        self.line_start = True
        if quoted and self.at(self.pos) == ord(">"):
            self.pos += 1
            self.line_start = False

    def end_quote(self) -> None:
        if not self.open or self.open[-1].kind not in ("BlockQuote", "ExpandableBlockQuote"):
            return
        self.finish(self.open.pop())

    def ends(self) -> bool:
        """Whether the mark here closes the innermost entity."""
        if not self.open:
            return False
        kind, byte, after = self.open[-1].kind, self.at(self.pos), self.at(self.pos + 1)
        match kind:
            case "Bold":
                return byte == ord("*")
            case "Italic":
                return byte == ord("_") and after != ord("_")
            case "Underline":
                return self.two(b"__")
            case "Strikethrough":
                return byte == ord("~")
            case "Spoiler":
                return self.two(b"||")
            case "Code":
                return byte == ord("`")
            case "Pre" | "PreCode":
                return self.two(b"```")
            case "TextUrl" | "CustomEmoji":
                return byte == ord("]")
            case "BlockQuote":
                return self.two(b"||") and self.at(self.pos + 2) in b"\n\0"
        return False

    def start(self, byte: int) -> None:
        begin, argument = self.pos, ""
        kind = {ord("*"): "Bold", ord("~"): "Strikethrough", ord("["): "TextUrl"}.get(byte, "")
        width = 1
        if byte == ord("_"):
            kind, width = ("Underline", 2) if self.two(b"__") else ("Italic", 1)
        elif self.two(b"||"):
            kind, width = "Spoiler", 2
        elif self.two(b"!["):
            kind, width = "CustomEmoji", 2
        elif byte == ord(">") and self.line_start and not self.open:
            kind = "BlockQuote"
        elif byte == ord("`"):
            kind, width, argument = self.code()
        if not kind:
            raise ParseError(
                f"Character '{chr(byte)}' is reserved and must be escaped with the preceding '\\'"
            )
        self.pos += width
        self.line_start = False
        self.open.append(
            _Open(
                kind=kind,
                argument=argument,
                offset=self.units,
                byte=begin,
                begin=len(self.out),
            )
        )

    def code(self) -> tuple[str, int, str]:
        """Kind, width and language of a code mark; one line break after the fence is skipped."""
        if not self.two(b"```"):
            return "Code", 1, ""
        end = begin = self.pos + 3
        while self.at(end) not in SPACE and self.at(end) != ord("`"):
            end += 1
        kind, language = "Pre", ""
        if begin != end and end < len(self.bytes) and self.at(end) != ord("`"):
            kind, language = "PreCode", self.bytes[begin:end].decode("utf-8", "replace")
            begin = end
        if self.at(begin) and self.at(begin) in b"\r\n":
            pair = self.at(begin + 1) in (10, 13) and self.at(begin) != self.at(begin + 1)
            begin += 2 if pair else 1
        return kind, begin - self.pos, language

    def close(self) -> None:
        opened = self.open.pop()
        width = {"Underline": 2, "Spoiler": 2, "Pre": 3, "PreCode": 3, "BlockQuote": 2}
        if opened.kind == "BlockQuote":
            opened.kind = "ExpandableBlockQuote"
            self.pos += 2
        else:
            self.pos += width.get(opened.kind, 1)
        if opened.kind in ("TextUrl", "CustomEmoji"):
            self.close_link(opened)
        else:
            self.finish(opened)

    def close_link(self, opened: _Open) -> None:
        url = "".join(self.out[opened.begin :])
        if self.at(self.pos) == ord("("):
            url = self.address()
        elif opened.kind == "CustomEmoji":
            raise ParseError("Custom emoji entity must contain a tg://emoji URL")
        length = self.units - opened.offset
        if opened.kind == "CustomEmoji":
            number = url.partition("?id=")[2]
            if not url.startswith("tg://emoji?id=") or not number.isdigit():
                raise ParseError("Custom emoji entity must contain a tg://emoji URL")
            if length:
                self.add("custom_emoji", opened.offset, length, custom_emoji_id=number)
            return
        link = link_entity(url, opened.offset, length) if length else None
        if link is not None:
            self.entities.append(link)

    def address(self) -> str:
        self.pos += 1
        begin, url = self.pos, bytearray()
        while self.pos < len(self.bytes) and self.at(self.pos) != ord(")"):
            if self.at(self.pos) == ord("\\") and 0 < self.at(self.pos + 1) <= 126:
                self.pos += 1
            url.append(self.at(self.pos))
            self.pos += 1
        if self.at(self.pos) != ord(")"):
            raise ParseError(f"Can't find end of a URL at byte offset {begin}")
        self.pos += 1
        return url.decode("utf-8", "replace")

    def finish(self, opened: _Open) -> None:
        length = self.units - opened.offset
        if length > 0:
            extra = {"language": opened.argument} if opened.argument else {}
            self.add(KINDS[opened.kind], opened.offset, length, **extra)

    def add(self, kind: str, offset: int, length: int, **extra: str) -> None:
        self.entities.append(
            Entity(type=kind, offset=offset, length=length, extra=tuple(extra.items()))
        )


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The old Markdown: no nesting, marks escaped only outside entities."""
    out: list[str] = []
    entities: list[Entity] = []
    units, pos = 0, 0
    while pos < len(source):
        char = source[pos]
        if char == "\\" and source[pos + 1 : pos + 2] in ("_", "*", "`", "["):
            out.append(source[pos + 1])
            units += 1
            pos += 2
            continue
        if char not in "_*`[":
            out.append(char)
            units += utf16(char)
            pos += 1
            continue
        pre = source.startswith("```", pos)
        mark = "```" if pre else "]" if char == "[" else char
        end = source.find(mark, pos + (3 if pre else 1))
        if end < 0:
            at = len(source[:pos].encode("utf-8", "surrogatepass"))
            raise ParseError(f"Can't find end of the entity starting at byte offset {at}")
        inner = source[pos + (3 if pre else 1) : end]
        pos = end + len(mark)
        out.append(inner)
        length = utf16(inner)
        kind = {"_": "italic", "*": "bold", "`": "pre" if pre else "code"}.get(char)
        if kind and length:
            entities.append(Entity(type=kind, offset=units, length=length))
        elif char == "[" and source.startswith("(", pos):
            close = source.find(")", pos)
            url = source[pos + 1 : close] if close >= 0 else ""
            pos = close + 1 if close >= 0 else pos
            link = link_entity(url, units, length) if length else None
            if link is not None:
                entities.append(link)
        units += length
    return "".join(out), in_order(entities)
