"""Taps on buttons under messages, honest and forged, and reactions."""

from bot.sandbox.access import ADMINS
from bot.sandbox.keyboards import buttons_of
from bot.sandbox.presence import Impossible, Presence
from bot.sandbox.rendering import chat_json, message_json, user_json
from bot.sandbox.telegram import CALLBACKS, REACTIONS
from bot.sandbox.world import Callback, Chat, Fields, Message

KEPT_TAPS = 20_000


class Taps(Presence):
    """The part of people's doings that is done with one finger."""

    def press(
        self,
        user_id: int,
        message_id: int,
        text: str | None = None,
        data: str | None = None,
        chat_id: int | None = None,
        forged: bool = False,
        inaccessible: bool = False,
    ) -> Fields:
        """Tap the inline button with this text or data.

        ``forged`` sends the data though no such button stands there (or the message is gone);
        ``inaccessible`` hides the message, as Telegram does with old ones. Of a button with a link
        the answer is {"url"}: the caller may ``click`` it.
        """
        chat = self._enter(user_id, chat_id)
        if not forged:
            button = self._button(self._message(chat, message_id), text, data)
            if "url" in button:
                return {"url": button["url"]}
            data = button.get("callback_data")
        if data is None:
            raise Impossible("the button has no callback_data")
        return self._tap(user_id, chat, message_id, data, inaccessible)

    def _button(self, message: Message, text: str | None, data: str | None) -> Fields:
        buttons = buttons_of(message.markup)
        for button in buttons:
            if (text is not None and button["text"] == text) or (
                data is not None and button.get("callback_data") == data
            ):
                return button
        for button in buttons:
            if text is not None and text in button["text"]:
                return button
        labels = [button["text"] for button in buttons]
        raise Impossible(f"no button {text or data!r} under message {message.id}: {labels}")

    def _tap(
        self, user_id: int, chat: Chat, message_id: int, data: str, inaccessible: bool
    ) -> Fields:
        now = self.telegram.now()
        callback = Callback(
            id=str(4_000_000_000_000_000_000 + self.world.serial()),
            user_id=user_id,
            chat_id=chat.id,
            message_id=message_id,
            data=data,
            asked_at=now,
        )
        self.world.callbacks[callback.id] = callback
        if len(self.world.callbacks) > KEPT_TAPS:
            del self.world.callbacks[next(iter(self.world.callbacks))]
        message = None if inaccessible else chat.messages.get(message_id)
        if message is not None:
            shown = message_json(self.world, message)
        else:
            shown = {"message_id": message_id, "chat": chat_json(self.world, chat), "date": 0}
        body: Fields = {
            "id": callback.id,
            "from": user_json(self._user(user_id)),
            "message": shown,
            "chat_instance": str(abs(chat.id) * 31),
            "data": data,
        }
        expires_at = now + self.telegram.limits.callback_in_queue
        queue = user_id + CALLBACKS
        update = self.telegram.updates.push("callback_query", body, queue, expires_at)
        self.telegram.changes.touch(chat.id)
        return {"callback_id": callback.id, "update_id": update.id if update else None}

    def press_again(self, callback_id: str) -> Fields:
        """The same tap once more, as a client that lost its connection does: new update_id."""
        callback = self.world.callbacks[callback_id]
        chat = self._chat(callback.chat_id)
        return self._tap(callback.user_id, chat, callback.message_id, callback.data, False)

    def react(
        self, user_id: int, message_id: int, emoji: str, chat_id: int | None = None
    ) -> Fields:
        """Put a reaction; bots hear of it only if they are administrators and asked for it."""
        chat = self._enter(user_id, chat_id)
        message = self._message(chat, message_id)
        before, after = list(message.reactions), [{"type": "emoji", "emoji": emoji}]
        message.reactions = [dict(reaction) for reaction in after]
        body: Fields = {
            "chat": chat_json(self.world, chat),
            "message_id": message_id,
            "user": user_json(self._user(user_id)),
            "date": int(self.telegram.now()),
            "old_reaction": before,
            "new_reaction": after,
        }
        me = chat.members.get(self.world.bot.id)
        update = None
        if chat.type == "private" or (me is not None and me.status in ADMINS):
            update = self.telegram.tell("message_reaction", body, chat.id + REACTIONS)
        self.telegram.changes.touch(chat.id)
        return {"update_id": update.id if update else None}
