"""What stands on the page for one look: the list on the left, one conversation on the right.

A look is (person, chat, topic), all three in the address of the page, so that going back and
sharing a look between two windows work by themselves. In a private chat the person is its owner.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from bot.sandbox.access import ABSENT, ADMINS
from bot.sandbox.page.bubbles import Author, Bubble, Bubbles, Gist, author, gist, name_of
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, Fields, Message, World

SHOWN = 300
TAP_WAITS_S = 15
ACTION_LASTS_S = 5
RECENT_REQUESTS = 300
ANSWERS = 20
# Whose list of commands is shown, the nearest first.
SCOPES = {"private": "all_private_chats", "group": "all_group_chats"}


@dataclass(frozen=True, kw_only=True)
class Look:
    """``topic`` None is General, or a chat without topics."""

    person_id: int | None = None
    chat_id: int | None = None
    topic: int | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the list; ``last_id`` lets the browser tell what is unread."""

    chat_id: int
    person_id: int | None
    face: Author
    gist: Gist | None
    at: datetime | None
    last_id: int
    chosen: bool
    silent: bool


@dataclass(frozen=True, kw_only=True)
class Tab:
    topic: int | None
    name: str
    closed: bool
    chosen: bool
    last_id: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the bot answered to a tap of this person."""

    id: str
    text: str
    alert: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """``gate`` says why nothing can be written: start, blocked, outside, deactivated, or empty."""

    chat: Chat
    face: Author
    person: Author
    members: tuple[Author, ...]
    topic: int | None
    tabs: tuple[Tab, ...]
    bubbles: tuple[Bubble, ...]
    hidden: int
    last_id: int
    pinned: Gist | None
    typing: bool
    gate: str
    keyboard: tuple[tuple[Fields, ...], ...]
    placeholder: str
    commands: tuple[Fields, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Scene:
    bot: Author
    bot_username: str
    people: tuple[Row, ...]
    groups: tuple[Row, ...]
    talk: Conversation | None


def scene_of(telegram: Telegram, look: Look) -> Scene:
    """Everything the page shows; a look at what is gone shows the list alone."""
    world = telegram.world
    chat = world.chats.get(look.chat_id or 0)
    person_id = person_in(world, chat, look.person_id) if chat else look.person_id
    chats = [c for c in world.chats.values() if c.migrated_to is None]
    people = [c for c in chats if c.type == "private" and not world.users[c.id].is_bot]
    groups = [c for c in chats if c.type != "private"]
    return Scene(
        bot=author(world.bot.id, name_of(world, world.bot.id)),
        bot_username=world.bot.username or "",
        people=tuple(_row(world, c, c.id, look.chat_id) for c in people),
        groups=tuple(_row(world, c, person_in(world, c, person_id), look.chat_id) for c in groups),
        talk=_conversation(telegram, chat, person_id, look.topic) if chat else None,
    )


def person_in(world: World, chat: Chat, wanted: int | None) -> int | None:
    """Who acts in the chat: its owner, the wanted person if inside, or the first one inside."""
    if chat.type == "private":
        return chat.id
    inside = [member.id for member in _members(world, chat)]
    if wanted in inside:
        return wanted
    owner = next((m.user_id for m in chat.members.values() if m.status == "creator"), None)
    return owner if owner in inside else next(iter(inside), wanted)


def _members(world: World, chat: Chat) -> tuple[Author, ...]:
    present = (m.user_id for m in chat.members.values() if m.status not in ABSENT)
    people = (i for i in present if i in world.users and not world.users[i].is_bot)
    return tuple(author(number, name_of(world, number)) for number in people)


def face_of(world: World, chat: Chat) -> Author:
    if chat.type == "private":
        return author(chat.id, name_of(world, chat.id))
    return author(chat.id, chat.title or str(chat.id))


def _row(world: World, chat: Chat, person_id: int | None, chosen: int | None) -> Row:
    last = _last(chat.messages.values())
    return Row(
        chat_id=chat.id,
        person_id=person_id,
        face=face_of(world, chat),
        gist=gist(world, chat, last) if last else None,
        at=datetime.fromtimestamp(last.date, tz=UTC).astimezone() if last else None,
        last_id=last.id if last else 0,
        chosen=chat.id == chosen,
        silent=chat.blocked or (chat.type == "private" and world.users[chat.id].deactivated),
    )


def _last(messages: Iterable[Message]) -> Message | None:
    return max(messages, key=lambda m: m.id, default=None)


def _conversation(
    telegram: Telegram, chat: Chat, person_id: int | None, topic: int | None
) -> Conversation:
    world = telegram.world
    topic = topic if chat.is_forum and topic in chat.topics else None
    messages = [m for m in chat.messages.values() if not chat.is_forum or m.thread_id == topic]
    messages.sort(key=lambda m: m.id)
    pinned = [m for m in messages if m.id in chat.pinned]
    person = person_id or 0
    known = person in world.users
    drawn = Bubbles(world, chat, person, _busy(telegram, chat, person))
    keyboard = chat.reply_keyboard or {}
    last = _last(messages)
    return Conversation(
        chat=chat,
        face=face_of(world, chat),
        person=author(person, name_of(world, person) if known else ""),
        members=_members(world, chat),
        topic=topic,
        tabs=_tabs(chat, topic),
        bubbles=tuple(drawn.of(messages[-SHOWN:])),
        hidden=max(0, len(messages) - SHOWN),
        last_id=last.id if last else 0,
        pinned=gist(world, chat, pinned[-1]) if pinned else None,
        typing=_typing(telegram, chat),
        gate=_gate(world, chat, person, topic),
        keyboard=tuple(
            tuple({"text": key} if isinstance(key, str) else key for key in row)
            for row in keyboard.get("keyboard", [])
        ),
        placeholder=str(keyboard.get("input_field_placeholder", "")),
        commands=tuple(_commands(world.profile, chat)),
        answers=_answers(world, chat, person),
    )


def _tabs(chat: Chat, chosen: int | None) -> tuple[Tab, ...]:
    if not chat.is_forum:
        return ()
    newest: dict[int | None, int] = {}
    for message in chat.messages.values():
        newest[message.thread_id] = max(newest.get(message.thread_id, 0), message.id)
    general = Tab(
        topic=None,
        name="",
        closed=chat.general_closed,
        chosen=chosen is None,
        last_id=newest.get(None, 0),
    )
    topics = (
        Tab(
            topic=topic.id,
            name=topic.name,
            closed=topic.closed,
            chosen=topic.id == chosen,
            last_id=newest.get(topic.id, 0),
        )
        for topic in chat.topics.values()
    )
    return (general, *topics)


def _gate(world: World, chat: Chat, person_id: int, topic: int | None) -> str:
    if person_id in world.users and world.users[person_id].deactivated:
        return "deactivated"
    if chat.type == "private":
        if chat.blocked:
            return "blocked"
        return "" if chat.started else "start"
    member = chat.members.get(person_id)
    if member is None or member.status in ABSENT:
        return "outside"
    if member.status in ADMINS:
        return ""
    if chat.type == "channel":
        return "readers"
    closed = chat.topics[topic].closed if topic else chat.is_forum and chat.general_closed
    return "closed" if closed else ""


def _typing(telegram: Telegram, chat: Chat) -> bool:
    """Whether the bot said so a moment ago and has not written since."""
    if chat.action is None:
        return False
    since = telegram.now() - ACTION_LASTS_S
    recent = islice(reversed(telegram.journal.entries), RECENT_REQUESTS)
    return any(
        entry.method == "sendChatAction"
        and str(entry.params.get("chat_id")) == str(chat.id)
        and entry.time > since
        for entry in recent
    )


def _busy(telegram: Telegram, chat: Chat, person_id: int) -> frozenset[tuple[int, str]]:
    """Buttons whose tap waits for its answer; a client gives up after a while, and so do we."""
    since = telegram.now() - TAP_WAITS_S
    return frozenset(
        (tap.message_id, tap.data)
        for tap in telegram.world.callbacks.values()
        if tap.chat_id == chat.id
        and tap.user_id == person_id
        and not tap.answers
        and tap.asked_at > since
    )


def _answers(world: World, chat: Chat, person_id: int) -> tuple[Answer, ...]:
    found = [
        Answer(
            id=f"{tap.id}-{number}",
            text=str(answer["text"]),
            alert=bool(answer["show_alert"]),
            url=str(answer["url"]),
        )
        for tap in world.callbacks.values()
        if tap.chat_id == chat.id and tap.user_id == person_id
        for number, answer in enumerate(tap.answers)
        if answer["text"] or answer["url"]
    ]
    return tuple(found[-ANSWERS:])


def _commands(profile: Mapping[str, object], chat: Chat) -> list[Fields]:
    """The bot's commands for this chat, of the narrowest scope and in Russian if there are any."""
    kind = SCOPES.get("private" if chat.type == "private" else "group", "")
    own = f'"chat_id": {chat.id}, "type": "chat"'
    for scope in (f"{{{own}}}", f'{{"type": "{kind}"}}', '{"type": "default"}'):
        for language in ("ru", ""):
            found = profile.get(f"commands|{scope}|{language}")
            if isinstance(found, list) and found:
                return found
    return []
