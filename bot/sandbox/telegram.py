"""The messenger itself: the world, its clock, and what changes it.

Methods of the Bot API and actions of people both work through this class, so a message from the
bot and one from a person become the same kind of thing.
"""

from dataclasses import dataclass, field
from random import Random

from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.journal import Entry, Journal
from bot.sandbox.limits import Limits, RateLimiter
from bot.sandbox.poller import Polling
from bot.sandbox.rendering import message_json
from bot.sandbox.updates import Updates
from bot.sandbox.wire import Params
from bot.sandbox.world import Chat, Fields, Message, Update, User, World

# Queues of the webhook: numbers of people and chats never reach these bits.
INLINE = 1 << 33
CALLBACKS = 3 << 33
MY_MEMBERSHIP = 5 << 33
MEMBERSHIP = 6 << 33
REACTIONS = 8 << 33


class Telegram:
    """One bot's Telegram. ``world`` is replaced as a whole by ``restore``."""

    def __init__(self, *, bot: User, clock: Clock, limits: Limits, seed: int) -> None:
        self.world = World(bot=bot)
        self.clock = clock
        self.seed = seed
        self.chance = Random(seed)
        self.limiter = RateLimiter(limits)
        self.journal = Journal()
        self.changes = Changes()
        self.updates = Updates(lambda: self.world)
        self.polling = Polling()

    @property
    def limits(self) -> Limits:
        return self.limiter.limits

    def now(self) -> float:
        return self.clock.now()

    def add_message(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        self.changes.touch(chat.id)
        return message

    def new_message(
        self,
        chat: Chat,
        *,
        content: Fields,
        sender_id: int | None = None,
        sender_chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        markup: Fields | None = None,
        keyboard: str = "none",
        forward_origin: Fields | None = None,
        service: bool = False,
    ) -> Message:
        """A message with the chat's next number, put into the chat."""
        message = Message(
            id=self.world.message_id(chat),
            chat_id=chat.id,
            date=int(self.now()),
            sender_id=sender_id,
            sender_chat_id=sender_chat_id,
            thread_id=thread_id,
            reply_to=reply_to,
            content=content,
            markup=markup,
            keyboard=keyboard,
            forward_origin=forward_origin,
            service=service,
        )
        return self.add_message(chat, message)

    def tell_message(self, kind: str, message: Message) -> Update | None:
        """Tell the bot about a message (message, edited_message …)."""
        expires_at = self.now() + self.limits.update_in_queue
        body = message_json(self.world, message)
        return self.updates.push(kind, body, message.chat_id, expires_at)

    def tell(self, kind: str, body: Fields, queue: int) -> Update | None:
        expires_at = self.now() + self.limits.update_in_queue
        return self.updates.push(kind, body, queue, expires_at)

    def service_message(self, chat: Chat, sender_id: int | None, content: Fields) -> Message:
        """A message that tells of an event; the bot hears of its own pins and topics too."""
        thread = content.pop("message_thread_id", None)
        message = self.new_message(
            chat, sender_id=sender_id, content=content, thread_id=thread, service=True
        )
        self.tell_message("message", message)
        return message


@dataclass(kw_only=True)
class Call:
    """One request to the Bot API on its way through a method."""

    telegram: Telegram
    params: Params
    entry: Entry
    notes: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.telegram.world

    def spend(self, chat: Chat) -> None:
        """Count a message into the chat's budget; raises ``Flood``."""
        self.entry.chat_id = chat.id
        self.telegram.limiter.spend(chat, self.telegram.now())

    def answer(self, message: Message) -> Fields:
        self.entry.chat_id = message.chat_id
        self.entry.message_ids.append(message.id)
        return message_json(self.world, message)
