"""A person in a chat: may they act there, does the bot see it, are they still reachable."""

import re

from bot.sandbox.access import ABSENT, ADMINS
from bot.sandbox.methods.chats import tell_own_membership
from bot.sandbox.rendering import message_json
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, Fields, Member, Message, User, World


class Impossible(Exception):
    """A person cannot do that here (no such chat, no such button): a mistake of the test."""


class Presence:
    """What all doings of people rest on."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    @property
    def world(self) -> World:
        return self.telegram.world

    def _chat(self, chat_id: int) -> Chat:
        try:
            return self.world.chats[chat_id]
        except KeyError:
            raise LookupError(f"no chat {chat_id}") from None

    def _user(self, user_id: int) -> User:
        if user_id == self.world.bot.id:
            return self.world.bot
        try:
            return self.world.users[user_id]
        except KeyError:
            raise LookupError(f"no user {user_id}") from None

    def _message(self, chat: Chat, message_id: int) -> Message:
        try:
            return chat.messages[message_id]
        except KeyError:
            raise LookupError(f"no message {message_id} in chat {chat.id}") from None

    def _enter(self, user_id: int, chat_id: int | None) -> Chat:
        """The chat a person acts in: writing to the bot starts and unblocks it."""
        chat = self._chat(user_id if chat_id is None else chat_id)
        absent = Member(user_id=user_id, status="left")
        if self._user(user_id).deactivated:
            raise Impossible(f"user {user_id} is deactivated")
        if chat.type == "private":
            if chat.blocked:
                self.unblock(user_id)
            chat.started = True
        elif chat.members.get(user_id, absent).status in ABSENT:
            raise Impossible(f"user {user_id} is not in chat {chat.id}")
        chat.heard_at = self.telegram.now()
        return chat

    def _tell(self, message: Message, kind: str = "message") -> Fields:
        """Give the message to the bot, if it may see it; the answer is the message."""
        update = None
        if self.world.chats[message.chat_id].type == "channel":
            kind = "channel_post" if kind == "message" else "edited_channel_post"
        if self._bot_sees(message):
            update = self.telegram.tell_message(kind, message)
        shown = message_json(self.world, message)
        return {**shown, "update_id": update.id if update else None}

    def _bot_sees(self, message: Message) -> bool:
        """Privacy: a bot that is no administrator sees what is meant for it."""
        chat, me = self.world.chats[message.chat_id], self.world.bot
        if chat.type == "private":
            return True
        member = chat.members.get(me.id)
        if member is None or member.status in ABSENT:
            return False
        if member.status in ADMINS or message.service or message.via_bot:
            return True
        replied = chat.messages.get(message.reply_to or 0)
        text = str(message.content.get("text") or message.content.get("caption") or "")
        command = re.match(r"^/\w+(?:@(\w+))?", text)
        name = (me.username or "").lower()
        if command and (command.group(1) or name).lower() == name:
            return True
        return f"@{name}" in text.lower() or (replied is not None and replied.sender_id == me.id)

    def block(self, user_id: int) -> bool:
        return self._set_blocked(user_id, True)

    def unblock(self, user_id: int) -> bool:
        return self._set_blocked(user_id, False)

    def _set_blocked(self, user_id: int, blocked: bool) -> bool:
        chat = self._chat(user_id)
        if chat.blocked == blocked:
            return False
        chat.blocked = blocked
        me = self.world.bot.id
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        before, after = (Member(user_id=me, status=status) for status in statuses)
        tell_own_membership(self.telegram, chat, user_id, before, after)
        self.telegram.changes.touch(chat.id)
        return True

    def deactivate(self, user_id: int) -> bool:
        """The person deletes the account."""
        self._user(user_id).deactivated = True
        self.telegram.changes.touch(user_id)
        return True
