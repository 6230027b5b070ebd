"""What people do: write, tap, send things, block, come and go.

Every public method is also a verb of the control routes (``POST /sandbox/do/<verb>``), so it takes
and gives JSON values only. ``chat_id`` left out means the private chat with the bot.
"""

import base64
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.formatting.detect import find_entities
from bot.sandbox.gatherings import Gatherings
from bot.sandbox.inline_typing import InlineTyping
from bot.sandbox.methods.editing import origin_of
from bot.sandbox.methods.media import MIME, file_fields, store
from bot.sandbox.pictures import placeholder
from bot.sandbox.presence import Impossible
from bot.sandbox.rendering import message_json, user_json
from bot.sandbox.taps import Taps
from bot.sandbox.wire import Upload
from bot.sandbox.world import Chat, Fields, User

START = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
OTHER_KINDS = ("sticker", "voice", "video_note")


class People(Taps, InlineTyping, Gatherings):
    def create_user(
        self,
        first_name: str = "Anna",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "ru",
        phone: str | None = None,
        user_id: int | None = None,
        is_bot: bool = False,
    ) -> Fields:
        """A person with an empty private chat the bot cannot write to yet."""
        world = self.world
        number = user_id or world.next_user_id
        world.next_user_id = max(world.next_user_id, number) + 1
        user = User(
            id=number,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            phone=phone or f"7900{number % 10_000_000:07d}",
            is_bot=is_bot,
        )
        world.users[number] = user
        world.chats[number] = Chat(id=number, type="private")
        return {**user_json(user), "phone": user.phone}

    def start(self, user_id: int, payload: str = "") -> Fields:
        """«Start» in the private chat; an invalid payload is dropped, as clients do."""
        valid = bool(START.match(payload))
        return self.send_text(user_id, f"/start {payload}" if valid else "/start")

    def send_text(
        self,
        user_id: int,
        text: str,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        entities: list[Fields] | None = None,
        as_chat_id: int | None = None,
    ) -> Fields:
        """``as_chat_id``: in the name of one's channel, as groups allow."""
        found = [entity.json() for entity in find_entities(text, [])]
        content: Fields = {"text": text}
        if entities or found:
            content["entities"] = entities or found
        return self.send_content(
            user_id, content, chat_id, thread_id, reply_to, anonymous, as_chat_id
        )

    def send_content(
        self,
        user_id: int,
        content: Fields,
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
        as_chat_id: int | None = None,
    ) -> Fields:
        """A message with any fields: location, venue, poll, dice, story, what no client knows.

        ``as_chat_id``: in the name of one's channel, as groups allow.
        """
        chat = self._enter(user_id, chat_id)
        member = chat.members.get(user_id)
        hidden = anonymous or (member is not None and member.anonymous)
        message = self.telegram.new_message(
            chat,
            content=content,
            sender_id=user_id,
            sender_chat_id=chat.id if hidden else as_chat_id,
            thread_id=thread_id,
            reply_to=reply_to,
        )
        return self._tell(message)

    def edit_text(
        self, user_id: int, message_id: int, text: str, chat_id: int | None = None
    ) -> Fields:
        chat = self._enter(user_id, chat_id)
        message = self._message(chat, message_id)
        message.revisions.append({"content": message.content})
        found = [entity.json() for entity in find_entities(text, [])]
        message.content = {"text": text, **({"entities": found} if found else {})}
        message.edit_date = int(self.telegram.now())
        self.telegram.changes.touch(chat.id)
        return self._tell(message, "edited_message")

    def send_media(
        self,
        user_id: int,
        kind: str,
        content_base64: str | None = None,
        name: str | None = None,
        mime: str | None = None,
        caption: str = "",
        chat_id: int | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        media_group_id: str | None = None,
    ) -> Fields:
        """photo, document, voice, video, video_note, audio, animation or sticker."""
        given = base64.b64decode(content_base64) if content_base64 else None
        content = placeholder(kind) if given is None else given
        upload = Upload(
            name=name or f"{kind}.bin",
            mime=mime or MIME.get(kind, "application/octet-stream"),
            content=content,
        )
        fields = file_fields(store(self.telegram, kind, upload), kind)
        if caption and kind not in OTHER_KINDS:
            fields["caption"] = caption
        if media_group_id:
            fields["media_group_id"] = media_group_id
        return self.send_content(user_id, fields, chat_id, thread_id, reply_to)

    def send_album(
        self, user_id: int, items: list[Fields], chat_id: int | None = None
    ) -> list[Fields]:
        """Several photos or documents as one album: one update each."""
        album = str(self.world.serial() + 14_000_000_000_000_000)
        return [
            self.send_media(user_id, chat_id=chat_id, media_group_id=album, **item)
            for item in items
        ]

    def send_contact(
        self,
        user_id: int,
        phone: str | None = None,
        first_name: str | None = None,
        contact_user_id: int | None = None,
        own: bool = True,
        chat_id: int | None = None,
    ) -> Fields:
        """One's own contact (with one's number), or another person's card."""
        user = self._user(user_id)
        contact: Fields = {
            "phone_number": phone or (user.phone if own else "79991234567"),
            "first_name": first_name or (user.first_name if own else "Peter"),
        }
        if own:
            contact["user_id"] = user_id
        elif contact_user_id is not None:
            contact["user_id"] = contact_user_id
        return self.send_content(user_id, {"contact": contact}, chat_id)

    def forward(
        self, user_id: int, message_id: int, from_chat_id: int, chat_id: int | None = None
    ) -> Fields:
        """Forward a message of any chat the sandbox knows."""
        source = self._message(self._chat(from_chat_id), message_id)
        chat = self._enter(user_id, chat_id)
        message = self.telegram.new_message(
            chat,
            content=dict(source.content),
            sender_id=user_id,
            forward_origin=origin_of(self.world, source),
        )
        return self._tell(message)

    def press_key(self, user_id: int, text: str, chat_id: int | None = None) -> Fields:
        """Tap a button of the keyboard below the input field."""
        chat = self._chat(user_id if chat_id is None else chat_id)
        rows = (chat.reply_keyboard or {}).get("keyboard", [])
        for key in (key for row in rows for key in row):
            label = key if isinstance(key, str) else key["text"]
            if label != text:
                continue
            if not isinstance(key, str) and key.get("request_contact"):
                return self.send_contact(user_id)
            if (chat.reply_keyboard or {}).get("one_time_keyboard"):
                chat.reply_keyboard = None
            return self.send_text(user_id, text, chat_id)
        raise Impossible(f"no key {text!r} on the keyboard of chat {chat.id}")

    def click(self, user_id: int, url: str) -> Fields:
        """Open a link: one to the bot with ``start`` presses «Start» with its payload."""
        parts = urlsplit(url)
        name = parts.path.strip("/").lower()
        if (
            parts.hostname not in ("t.me", "telegram.me")
            or name != (self.world.bot.username or "").lower()
        ):
            return {"opened": url}
        payload = parse_qs(parts.query).get("start", [""])[0]
        return self.start(user_id, payload)

    def delete_message(self, chat_id: int, message_id: int) -> bool:
        """A person deletes a message; bots are not told."""
        del self._chat(chat_id).messages[message_id]
        self.telegram.changes.touch(chat_id)
        return True

    def inject(self, update: Fields, chat_id: int = 0) -> Fields:
        """Any JSON object as an update (poison); ``update_id`` is given by the queue if absent."""
        expires_at = self.telegram.now() + self.telegram.limits.update_in_queue
        queued = self.telegram.updates.push_raw(update, chat_id, expires_at)
        return {"update_id": queued.id}

    def redeliver(self, update_id: int, times: int = 1) -> int:
        return self.telegram.updates.redeliver(update_id, times)

    def pin(self, user_id: int, message_id: int, chat_id: int | None = None) -> Fields:
        """Pin a message: a service message tells the chat."""
        chat = self._enter(user_id, chat_id)
        pinned = self._message(chat, message_id)
        chat.pinned.append(message_id)
        content: dict[str, Any] = {"pinned_message": message_json(self.world, pinned, deep=False)}
        message = self.telegram.service_message(chat, user_id, content)
        return message_json(self.world, message)
