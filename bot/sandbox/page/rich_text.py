"""A text and its entities as a tree, which the template turns into markup.

Nothing here writes HTML: the template escapes every leaf, so no text can become markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.formatting.entities import PRIORITY
from bot.sandbox.world import Fields

BOT_HOSTS = ("t.me", "telegram.me")
UNIT = 2  # bytes of a UTF-16 unit
LINE_END = "\n".encode("utf-16-le")
# These stand on lines of their own: the line end after them is theirs.
BLOCKS = ("pre", "blockquote", "expandable_blockquote")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """``kind`` is "text" (a leaf, with ``text``) or an entity's type (with ``inside``).

    ``href`` is where an outside link leads, ``deep`` a link to the bot itself, ``plain`` the whole
    text of the piece.
    """

    kind: str
    text: str = ""
    inside: tuple["Piece", ...] = ()
    href: str = ""
    deep: str = ""
    plain: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    kind: str
    start: int
    end: int
    fields: Fields


def rich_text(text: str, entities: Sequence[Fields], bot_name: str) -> tuple[Piece, ...]:
    """The pieces of ``text``; entities that cross another's end are cut there."""
    units = text.encode("utf-16-le", "surrogatepass")
    size = len(units) // UNIT
    spans = []
    for entity in entities:
        start = max(0, min(int(entity["offset"]), size))
        end = max(start, min(start + int(entity["length"]), size))
        if end > start:
            spans.append(Span(kind=str(entity["type"]), start=start, end=end, fields=entity))
    spans.sort(key=lambda s: (s.start, -s.end, PRIORITY.get(s.kind, 50)))
    return _pieces(units, 0, size, spans, bot_name)


def _pieces(
    units: bytes, start: int, end: int, spans: list[Span], bot_name: str
) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    while spans:
        span = spans.pop(0)
        if span.start < at:
            continue
        last = min(span.end, end)
        within = [s for s in spans if s.start < last]
        spans = [s for s in spans if s.start >= last]
        if span.start > at:
            pieces.append(Piece(kind="text", text=_slice(units, at, span.start)))
        inside = _pieces(units, span.start, last, within, bot_name)
        pieces.append(_entity(span, _slice(units, span.start, last), inside, bot_name))
        at = last
        if span.kind in BLOCKS and units[at * UNIT : (at + 1) * UNIT] == LINE_END and at < end:
            at += 1
    if at < end:
        pieces.append(Piece(kind="text", text=_slice(units, at, end)))
    return tuple(pieces)


def _slice(units: bytes, start: int, end: int) -> str:
    return units[start * UNIT : end * UNIT].decode("utf-16-le", "replace")


def _entity(span: Span, plain: str, inside: tuple[Piece, ...], bot_name: str) -> Piece:
    address = {
        "url": plain if "://" in plain else f"https://{plain}",
        "text_link": str(span.fields.get("url", "")),
        "email": f"mailto:{plain}",
        "phone_number": f"tel:{plain}",
    }.get(span.kind, "")
    if leads_to_bot(address, bot_name):
        return Piece(kind=span.kind, inside=inside, deep=address, plain=plain)
    return Piece(kind=span.kind, inside=inside, href=safe_address(address), plain=plain)


def leads_to_bot(address: str, bot_name: str) -> bool:
    """Whether a tap on the address opens the chat with the bot."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return host in BOT_HOSTS and parts.path.strip("/").lower() == bot_name.lower() != ""


def safe_address(address: str) -> str:
    """The address, if a browser may open it; never a script."""
    scheme = address.partition(":")[0].lower()
    return address if scheme in ("http", "https", "mailto", "tel") else ""
