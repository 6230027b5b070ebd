"""Everything Telegram knows, as plain data: people, chats, messages, queues, counters.

No HTTP and no behaviour beyond looking up and counting, so that a snapshot is the whole truth and
a crash test can rewind it. A message's content is kept in the Bot API's own fields.
"""

from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]
DAY = 86400.0


@dataclass(kw_only=True)
class User:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "ru"
    phone: str | None = None
    is_bot: bool = False
    deactivated: bool = False


@dataclass(kw_only=True)
class Member:
    """``status`` as in ChatMember; ``rights`` are the ``can_*`` fields (given or, if restricted,
    left); an anonymous administrator writes in the name of the chat."""

    user_id: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False


@dataclass(kw_only=True)
class Topic:
    id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str | None = None
    closed: bool = False


@dataclass(kw_only=True)
class Message:
    """``keyboard`` is what the message was sent with: none, inline, reply, remove or force."""

    id: int
    chat_id: int
    date: int
    sender_id: int | None = None
    sender_chat_id: int | None = None
    thread_id: int | None = None
    content: Fields = field(default_factory=dict)
    markup: Fields | None = None
    keyboard: str = "none"
    edit_date: int | None = None
    reply_to: int | None = None
    forward_origin: Fields | None = None
    service: bool = False
    via_bot: bool = False
    revisions: list[Fields] = field(default_factory=list)
    reactions: list[Fields] = field(default_factory=list)


@dataclass(kw_only=True)
class Chat:
    """``heard_at`` is when a person last did something here: bulk limits spare living chats.

    ``started`` and ``blocked`` matter in private chats only.
    """

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    started: bool = False
    blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    next_message_id: int = 1
    migrated_to: int | None = None
    migrated_from: int | None = None
    heard_at: float = 0.0
    reply_keyboard: Fields | None = None
    action: str | None = None

    @property
    def kind(self) -> str:
        """The word Telegram uses in refusals."""
        return self.type


@dataclass(kw_only=True)
class Update:
    """``queue`` is the webhook queue: one request in flight a queue."""

    id: int
    kind: str
    body: Any
    queue: int
    expires_at: float

    def json(self) -> Fields:
        return {"update_id": self.id, self.kind: self.body} if self.kind else dict(self.body)


@dataclass(kw_only=True)
class Callback:
    """A tap waiting for its answer; ``answers`` are what the person saw."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: float
    answers: list[Fields] = field(default_factory=list)


@dataclass(kw_only=True)
class InlineQuery:
    """What a person typed after the bot's name; ``results`` is the bot's answer, once."""

    id: str
    user_id: int
    query: str
    asked_at: float
    results: list[Fields] | None = None
    next_offset: str = ""
    button: Fields | None = None


@dataclass(kw_only=True)
class StoredFile:
    """``kind`` is the field it was sent in: photo, document, voice …"""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    size: int
    width: int = 0
    height: int = 0


@dataclass(kw_only=True)
class Webhook:
    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_date: int | None = None
    last_error_message: str | None = None
    set_at: float = 0.0


@dataclass(kw_only=True)
class World:
    """``profile`` holds commands, names and menu buttons by «what|scope|language»."""

    bot: User
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    again: list[Update] = field(default_factory=list)
    history: list[Update] = field(default_factory=list)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    profile: Fields = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    allowed_updates: list[str] = field(default_factory=list)
    next_update_id: int = 100_000_001
    next_message_id: int = 1
    next_user_id: int = 700_000_001
    next_group_id: int = 5_000_001
    next_supergroup_id: int = 1_500_000_001
    next_serial: int = 1

    def serial(self) -> int:
        """The next number for whatever needs one: callbacks, files, albums."""
        self.next_serial += 1
        return self.next_serial - 1

    def message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share one numbering, a supergroup has its own."""
        owner: Chat | World = chat if chat.type in ("supergroup", "channel") else self
        owner.next_message_id += 1
        return owner.next_message_id - 1

    def member(self, chat: Chat, user_id: int) -> Member | None:
        return chat.members.get(user_id)

    def find_chat(self, reference: str) -> Chat | None:
        """By number or by @name."""
        if reference.startswith("@"):
            name = reference[1:].lower()
            found = (c for c in self.chats.values() if (c.username or "").lower() == name)
            return next(found, None)
        try:
            return self.chats.get(int(reference))
        except ValueError:
            return None
