"""Messages as the page shows them: who, when, what, with which buttons.

Neighbours of one sender stand together, messages of one album are one bubble.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.page.rich_text import Piece, leads_to_bot, rich_text, safe_address
from bot.sandbox.rendering import ANONYMOUS
from bot.sandbox.world import Chat, Fields, Message, World

HUES = 8
TOGETHER_S = 300
# Order matters: an animation also carries ``document``, a venue ``location``.
KINDS = (
    "photo",
    "animation",
    "video",
    "video_note",
    "voice",
    "audio",
    "document",
    "sticker",
    "contact",
    "venue",
    "location",
    "poll",
    "dice",
)
BEARERS = ("text", "caption", "entities", "caption_entities", "media_group_id")
PREVIEW = 80


@dataclass(frozen=True, kw_only=True)
class Author:
    """``hue`` (0…7) picks the colour of a name and an avatar, ``letters`` stand in the avatar."""

    id: int
    name: str
    hue: int
    letters: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something besides text; ``kind`` as in ``KINDS`` or "other" for what no client knows."""

    message_id: int
    kind: str
    fields: Any
    spoiler: bool = False


@dataclass(frozen=True, kw_only=True)
class Button:
    """``kind``: callback (``value`` is its data), deep or link (its address), copy, dead."""

    text: str
    kind: str
    value: str = ""
    busy: bool = False


@dataclass(frozen=True, kw_only=True)
class Gist:
    """A message in a few words: what of the kind, and the beginning of its text."""

    message_id: int
    author: str
    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Bubble:
    id: int
    author: Author
    mine: bool
    at: datetime
    new_day: bool
    edited: bool
    pieces: tuple[Piece, ...]
    plain: str
    parts: tuple[Part, ...]
    rows: tuple[tuple[Button, ...], ...]
    replied: Gist | None
    forwarded: str
    service: Fields | None
    album: str
    sent: int
    first: bool = True
    last: bool = True


class Bubbles:
    """Draws the messages of one chat for one person."""

    def __init__(
        self, world: World, chat: Chat, person_id: int, busy: frozenset[tuple[int, str]]
    ) -> None:
        self.world = world
        self.chat = chat
        self.person_id = person_id
        self.busy = busy

    def of(self, messages: Iterable[Message]) -> list[Bubble]:
        bubbles: list[Bubble] = []
        for message in messages:
            bubble = self._bubble(message)
            before = bubbles[-1] if bubbles else None
            if before is not None and bubble.album and before.album == bubble.album:
                bubbles[-1] = _joined(before, bubble)
                continue
            new_day = before is None or before.at.date() != bubble.at.date()
            bubble = replace(bubble, new_day=new_day)
            if before is not None and not new_day and _together(before, bubble):
                bubbles[-1] = replace(before, last=False)
                bubble = replace(bubble, first=False)
            bubbles.append(bubble)
        return bubbles

    def _bubble(self, message: Message) -> Bubble:
        content = message.content
        plain = _text(content)
        entities = content.get("entities") or content.get("caption_entities") or []
        replied = self.chat.messages.get(message.reply_to or 0)
        return Bubble(
            id=message.id,
            author=author_of(self.world, self.chat, message),
            mine=message.sender_id == self.person_id and not message.service,
            at=datetime.fromtimestamp(message.date, tz=UTC).astimezone(),
            new_day=False,
            edited=message.edit_date is not None,
            pieces=rich_text(plain, entities, self.world.bot.username or ""),
            plain=plain,
            parts=() if message.service else parts_of(message),
            rows=tuple(self._row(message, row) for row in _rows(message)),
            replied=gist(self.world, self.chat, replied) if replied else None,
            forwarded=_origin(message.forward_origin),
            service=content if message.service else None,
            album=str(content.get("media_group_id", "")),
            sent=message.date,
        )

    def _row(self, message: Message, row: Sequence[Fields]) -> tuple[Button, ...]:
        return tuple(self._button(message, button) for button in row)

    def _button(self, message: Message, button: Fields) -> Button:
        text = str(button["text"])
        if "callback_data" in button:
            data = str(button["callback_data"])
            busy = (message.id, data) in self.busy
            return Button(text=text, kind="callback", value=data, busy=busy)
        address = str(button.get("url") or (button.get("web_app") or {}).get("url") or "")
        if leads_to_bot(address, self.world.bot.username or ""):
            return Button(text=text, kind="deep", value=address)
        if safe_address(address):
            return Button(text=text, kind="link", value=address)
        if "copy_text" in button:
            return Button(text=text, kind="copy", value=str(button["copy_text"].get("text", "")))
        return Button(text=text, kind="dead")


def author_of(world: World, chat: Chat, message: Message) -> Author:
    if message.sender_chat_id is not None or message.sender_id is None:
        speaker = world.chats.get(message.sender_chat_id or chat.id, chat)
        return author(speaker.id, speaker.title or ANONYMOUS.first_name)
    return author(message.sender_id, name_of(world, message.sender_id))


def author(number: int, name: str) -> Author:
    words = [word for word in name.split() if word[0].isalnum()]
    letters = "".join(word[0] for word in words[:2]).upper()
    return Author(id=number, name=name, hue=abs(number) % HUES, letters=letters or "·")


def name_of(world: World, user_id: int) -> str:
    user = world.bot if user_id == world.bot.id else world.users[user_id]
    if user is world.bot:
        given = world.profile.get("name||ru") or world.profile.get("name||")
        return str(given or user.first_name)
    return " ".join(filter(None, (user.first_name, user.last_name)))


def parts_of(message: Message) -> tuple[Part, ...]:
    content = message.content
    for kind in KINDS:
        if kind in content:
            spoiler = bool(content.get("has_media_spoiler"))
            fields = content[kind]
            return (Part(message_id=message.id, kind=kind, fields=fields, spoiler=spoiler),)
    if _text(content):
        return ()
    names = sorted(name for name in content if name not in BEARERS)
    return (Part(message_id=message.id, kind="other", fields=", ".join(names)),)


def gist(world: World, chat: Chat, message: Message) -> Gist:
    parts = parts_of(message)
    kind = parts[0].kind if parts else "text"
    if message.service:
        kind = "service"
    return Gist(
        message_id=message.id,
        author=author_of(world, chat, message).name,
        kind=kind,
        text=" ".join(_text(message.content).split())[:PREVIEW],
    )


def _text(content: Fields) -> str:
    return str(content.get("text") or content.get("caption") or "")


def _rows(message: Message) -> list[list[Fields]]:
    if message.keyboard != "inline":
        return []
    rows: list[list[Fields]] = (message.markup or {}).get("inline_keyboard", [])
    return rows


def _origin(origin: Fields | None) -> str:
    if not origin:
        return ""
    known = origin.get("sender_user") or origin.get("sender_chat") or origin.get("chat") or {}
    name = known.get("title") or known.get("first_name") or origin.get("sender_user_name")
    return str(name or "…")


def _together(before: Bubble, after: Bubble) -> bool:
    return (
        before.author == after.author
        and before.service is None
        and after.service is None
        and after.sent - before.sent <= TOGETHER_S
    )


def _joined(album: Bubble, more: Bubble) -> Bubble:
    captioned = album if album.plain else more
    return replace(
        album,
        parts=album.parts + more.parts,
        pieces=captioned.pieces,
        plain=captioned.plain,
        edited=album.edited or more.edited,
    )
