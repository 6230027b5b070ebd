"""What a form on the page does: each deed becomes one verb of ``People``.

Every form names who acts (``as``), where (``chat``) and in which topic (``topic``). A deed gives
the look to show next. What a person cannot do raises ``Impossible``, LookupError or ValueError.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from bot.sandbox.methods.media import image_size
from bot.sandbox.page.scene import Look
from bot.sandbox.people import People
from bot.sandbox.presence import Impossible
from bot.sandbox.world import Fields

ALBUMS = ("photo", "document")
OPTIONS_NEEDED = 2
DIE_SIDES = 6
DIE = "\N{GAME DIE}"


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Form:
    look: Look
    fields: Mapping[str, str]
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    files: tuple[File, ...] = ()

    @property
    def person(self) -> int:
        if self.look.person_id is None:
            raise Impossible("nobody acts")
        return self.look.person_id

    @property
    def chat(self) -> int:
        if self.look.chat_id is None:
            raise Impossible("no chat is open")
        return self.look.chat_id

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def number(self, name: str) -> int | None:
        value = self.text(name)
        return int(value) if value else None


class Deeds:
    """``named`` holds what the page's forms may ask for."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.named: dict[str, Callable[[Form], Look]] = {
            "start": self.start,
            "write": self.write,
            "press": self.press,
            "open": self.open,
            "key": self.key,
            "delete": self.delete,
            "block": self.block,
            "unblock": self.unblock,
            "person": self.person,
            "files": self.files,
            "contact": self.contact,
            "location": self.location,
            "poll": self.poll,
            "dice": self.dice,
            "thing": self.thing,
        }

    def do(self, name: str, form: Form) -> Look:
        deed = self.named.get(name)
        if deed is None:
            raise LookupError(f"the page has no deed {name!r}")
        return deed(form)

    def start(self, form: Form) -> Look:
        self.people.start(form.person)
        return form.look

    def write(self, form: Form) -> Look:
        """A new message, an answer to one (``reply_to``) or a new text of an own one (``edit``)."""
        text = form.text("text")
        if not text:
            raise Impossible("an empty message")
        edited = form.number("edit")
        if edited is not None:
            self.people.edit_text(form.person, edited, text, form.chat)
        else:
            self.people.send_text(
                form.person,
                text,
                chat_id=form.chat,
                thread_id=form.look.topic,
                reply_to=form.number("reply_to"),
            )
        return form.look

    def press(self, form: Form) -> Look:
        """``tap`` is «message number|data», as the button was when the person saw it."""
        number, _, data = form.fields.get("tap", "").partition("|")
        self.people.press(form.person, int(number), data=data, chat_id=form.chat)
        return form.look

    def open(self, form: Form) -> Look:
        """A link to the bot: «Start» in the person's private chat with its payload."""
        self.people.click(form.person, form.text("url"))
        return Look(person_id=form.person, chat_id=form.person)

    def key(self, form: Form) -> Look:
        text = form.fields.get("key", "")
        if text in self._location_keys(form):
            return self.location(form)
        self.people.press_key(form.person, text, form.chat)
        return form.look

    def _location_keys(self, form: Form) -> list[str]:
        keyboard = self.people.world.chats[form.chat].reply_keyboard or {}
        keys = [key for row in keyboard.get("keyboard", []) for key in row]
        return [k["text"] for k in keys if isinstance(k, dict) and k.get("request_location")]

    def delete(self, form: Form) -> Look:
        self.people.delete_message(form.chat, int(form.text("message")))
        return form.look

    def block(self, form: Form) -> Look:
        self.people.block(form.person)
        return form.look

    def unblock(self, form: Form) -> Look:
        self.people.unblock(form.person)
        return form.look

    def person(self, form: Form) -> Look:
        """A new person, whose chat with the bot is shown next."""
        if not form.text("first_name"):
            raise Impossible("a person without a name")
        made = self.people.create_user(
            form.text("first_name"),
            last_name=form.text("last_name") or None,
            username=form.text("username").lstrip("@") or None,
            phone=form.text("phone").lstrip("+") or None,
        )
        self.people.telegram.changes.touch(made["id"])
        return Look(person_id=made["id"], chat_id=made["id"])

    def files(self, form: Form) -> Look:
        """One or several files; ``text`` is the caption, several photos make an album."""
        if not form.files:
            raise Impossible("no file was chosen")
        wanted = form.text("kind") or "document"
        items = [self._item(form, wanted, file) for file in form.files]
        items[0]["caption"] = form.text("text")
        if len(items) == 1 or wanted not in ALBUMS:
            for item in items:
                self.people.send_media(form.person, chat_id=form.chat, **item)
        else:
            self.people.send_album(form.person, items, chat_id=form.chat)
        return form.look

    def _item(self, form: Form, wanted: str, file: File) -> Fields:
        # What is no picture cannot go as a photo: clients send it as a file.
        a_picture = image_size(file.content) is not None
        return {
            "kind": "document" if wanted == "photo" and not a_picture else wanted,
            "content_base64": base64.b64encode(file.content).decode(),
            "name": PurePosixPath(file.name).name or "file",
            "mime": file.mime,
            "thread_id": form.look.topic,
        }

    def thing(self, form: Form) -> Look:
        """A voice, a sticker, a video note …: a placeholder of that kind."""
        self.people.send_media(
            form.person, form.text("kind"), chat_id=form.chat, thread_id=form.look.topic
        )
        return form.look

    def contact(self, form: Form) -> Look:
        """``phone`` and ``name`` of somebody else; without them the own contact."""
        user = self.people.world.users[form.person]
        if form.text("phone"):
            contact: Fields = {"phone_number": form.text("phone"), "first_name": form.text("name")}
        else:
            contact = {"phone_number": user.phone, "first_name": user.first_name}
            contact["user_id"] = form.person
        return self._send(form, {"contact": contact})

    def location(self, form: Form) -> Look:
        place = {name: float(form.text(name)) for name in ("latitude", "longitude")}
        return self._send(form, {"location": place})

    def dice(self, form: Form) -> Look:
        value = self.people.telegram.chance.randint(1, DIE_SIDES)
        return self._send(form, {"dice": {"emoji": DIE, "value": value}})

    def poll(self, form: Form) -> Look:
        options = [option.strip() for option in form.lists.get("option", []) if option.strip()]
        if not form.text("question") or len(options) < OPTIONS_NEEDED:
            raise Impossible("a poll needs a question and two answers")
        poll = {
            "id": str(self.people.world.serial()),
            "question": form.text("question"),
            "options": [
                {"persistent_id": str(number), "text": option, "voter_count": 0}
                for number, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._send(form, {"poll": poll})

    def _send(self, form: Form, content: Fields) -> Look:
        self.people.send_content(form.person, content, chat_id=form.chat, thread_id=form.look.topic)
        return replace(form.look)
