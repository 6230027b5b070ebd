"""Drive a sandbox over HTTP, from tests or from another process: people and what they see.

Nothing here sleeps: waiting means waiting for the sandbox's next change and looking again.

    client = SandboxClient(url)
    parent = await client.user("Anna")
    answer = await parent.after(parent.start())          # the bot's next message
    await parent.after(parent.press("Find a club"))      # taps the newest button with that text
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import aiohttp

Fields = dict[str, Any]
WAIT = 20.0
LOOK_BACK = 200


class SandboxError(Exception):
    """The sandbox would not do that: no such chat, no such button, no such verb."""


class NothingCame(AssertionError):
    """Waited in vain; the text tells what stands in the chat."""


@dataclass(frozen=True, kw_only=True)
class View:
    """A chat as it stands: ``messages`` in order, ``answers`` to taps, the keyboard below."""

    number: int
    chat: Fields
    messages: list[Fields]
    answers: list[Fields] = field(default_factory=list)
    topics: list[Fields] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)
    reply_keyboard: Fields | None = None
    action: str | None = None

    @property
    def from_bot(self) -> list[Fields]:
        """Messages of the bot, without service messages."""
        return [message for message in self.messages if message["by_bot"]]

    @property
    def last(self) -> Fields:
        """The newest message of the bot; raises NothingCame when there is none."""
        if not self.from_bot:
            raise NothingCame(f"the bot has written nothing: {self.describe()}")
        return self.from_bot[-1]

    @property
    def text(self) -> str:
        """Text or caption of the bot's newest message."""
        return text_of(self.last)

    @property
    def alerts(self) -> list[str]:
        """Texts of answers to taps, oldest first, empty ones left out."""
        return [answer["text"] for answer in self.answers if answer["text"]]

    def describe(self) -> str:
        lines = [f"{m['message_id']}: {text_of(m)!r} {button_texts(m)}" for m in self.messages[-5:]]
        return "; ".join(lines) or "an empty chat"


def text_of(message: Mapping[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


def buttons(message: Mapping[str, Any]) -> list[Fields]:
    """The inline buttons of a message, row after row."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def button_texts(message: Mapping[str, Any]) -> list[str]:
    return [str(button["text"]) for button in buttons(message)]


class SandboxClient:
    """One sandbox; use as an async context manager or call ``close``."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self._bot: Fields = {}

    async def __aenter__(self) -> "SandboxClient":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=120)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)
        return self._session

    async def get(self, path: str, **query: Any) -> Any:
        params = {name: str(value) for name, value in query.items() if value is not None}
        async with self.session().get(f"{self.url}/sandbox/{path}", params=params) as response:
            return _result(await response.json())

    async def post(self, path: str, document: Mapping[str, Any] | None = None) -> Any:
        url = f"{self.url}/sandbox/{path}"
        async with self.session().post(url, json=dict(document or {})) as response:
            return _result(await response.json())

    async def do(self, verb: str, **arguments: Any) -> Any:
        """Any verb of ``People``; arguments that are None are left out."""
        given = {name: value for name, value in arguments.items() if value is not None}
        return await self.post(f"do/{verb}", given)

    async def user(self, first_name: str = "Anna", **fields: Any) -> "Person":
        """A new person; fields as in ``People.create_user``."""
        made = await self.do("create_user", first_name=first_name, **fields)
        return Person(self, made["id"], made)

    async def group(self, title: str, owner: "Person", **fields: Any) -> "ChatWindow":
        """A new group; fields as in ``People.create_group``, people as ``Person`` or ids."""
        for name in ("members", "administrators"):
            if name in fields:
                fields[name] = [getattr(person, "id", person) for person in fields[name]]
        made = await self.do("create_group", title=title, owner=owner.id, **fields)
        return ChatWindow(self, made["id"])

    async def bot(self) -> Fields:
        if not self._bot:
            self._bot = (await self.get("state"))["bot"]
        return self._bot

    async def state(self) -> Fields:
        found: Fields = await self.get("state")
        return found

    async def journal(self, **query: Any) -> Fields:
        """Entries (``method``, ``outcome``, ``chat_id``, ``after``, ``limit``) and counters."""
        found: Fields = await self.get("journal", **query)
        return found

    async def faults(self, *rules: Mapping[str, Any], seed: int | None = None) -> Fields:
        """Replace the rules of the broken line; none: it is whole again."""
        document = {"rules": [dict(rule) for rule in rules], "seed": seed}
        found: Fields = await self.post("faults", document)
        return found

    async def limits(self, **changed: Any) -> Fields:
        found: Fields = await self.post("limits", changed)
        return found

    async def redelivery(self, **settings: Any) -> Fields:
        found: Fields = await self.post("redelivery", settings)
        return found

    async def advance(self, seconds: float) -> float:
        """Move the sandbox's clock."""
        return float(await self.post("clock", {"advance": seconds}))

    async def snapshot(self) -> bytes:
        async with self.session().get(f"{self.url}/sandbox/snapshot") as response:
            return await response.read()

    async def restore(self, snapshot: bytes) -> None:
        url = f"{self.url}/sandbox/restore"
        async with self.session().post(url, data=snapshot) as response:
            _result(await response.json())

    async def wait_journal(
        self, predicate: Callable[[Fields], bool], seconds: float = WAIT, **query: Any
    ) -> Fields:
        """Wait until the journal (filtered by ``query``) fits ``predicate``."""
        async with _deadline(seconds, lambda: "the journal never fitted"):
            while True:
                number = (await self.state())["number"]
                found = await self.journal(**query)
                if predicate(found):
                    return found
                await self.get("changes", after=number, seconds=min(seconds, WAIT))


class ChatWindow:
    """A chat to look at and to wait in."""

    def __init__(self, client: SandboxClient, chat_id: int) -> None:
        self.client = client
        self.id = chat_id

    async def view(self, last: int = LOOK_BACK) -> View:
        """The chat now, its ``last`` messages (0: all)."""
        found = await self.client.get(f"chats/{self.id}", last=last)
        names = ("number", "chat", "messages", "answers", "topics", "pinned")
        shown = {name: found[name] for name in (*names, "reply_keyboard", "action")}
        return View(**shown)

    async def messages(self) -> list[Fields]:
        return (await self.view(0)).messages

    async def history(self) -> list[str]:
        """Texts of all messages, each edited one followed through its revisions."""
        lines = []
        for message in await self.messages():
            lines += [text_of(revision["content"]) for revision in message["revisions"]]
            lines.append(text_of(message))
        return lines

    async def last(self) -> Fields:
        return (await self.view()).last

    async def wait_until(
        self, predicate: Callable[[View], bool], seconds: float = WAIT, what: str = ""
    ) -> View:
        """Look again at each change of the chat until ``predicate`` holds."""
        view = await self.view()
        async with _deadline(seconds, lambda: f"{what or 'waited in vain'}: {view.describe()}"):
            while not predicate(view):
                await self.client.get(
                    "changes", after=view.number, seconds=min(seconds, WAIT), chat_id=self.id
                )
                view = await self.view()
        return view

    async def wait_text(self, part: str, seconds: float = WAIT) -> Fields:
        """Wait until the bot's newest message contains ``part``; gives the message."""
        view = await self.wait_until(
            lambda v: bool(v.from_bot) and part in text_of(v.last), seconds, f"no {part!r}"
        )
        return view.last

    async def after(self, deed: Awaitable[Any], seconds: float = WAIT) -> Fields:
        """Do ``deed``, wait for what the bot writes or edits because of it; gives that message."""
        before = await self.view()
        seen = _marks(before)
        await deed
        view = await self.wait_until(
            lambda v: _marks(v) != seen and bool(v.from_bot), seconds, "the bot is silent"
        )
        changed = [m for m in view.from_bot if _mark(m) not in seen]
        return changed[-1] if changed else view.last


def _mark(message: Fields) -> tuple[int, int]:
    return message["message_id"], len(message["revisions"])


def _marks(view: View) -> set[tuple[int, int]]:
    return {_mark(message) for message in view.from_bot}


class Person(ChatWindow):
    """A person and their private chat with the bot."""

    def __init__(self, client: SandboxClient, user_id: int, fields: Fields) -> None:
        super().__init__(client, user_id)
        self.fields = fields

    async def do(self, verb: str, **arguments: Any) -> Any:
        return await self.client.do(verb, user_id=self.id, **arguments)

    async def start(self, payload: str = "") -> Fields:
        found: Fields = await self.do("start", payload=payload)
        return found

    async def say(self, text: str, chat: ChatWindow | None = None, **fields: Any) -> Fields:
        """Write a text, here or in a group (``thread_id``, ``reply_to``, ``anonymous``)."""
        chat_id = chat.id if chat else None
        found: Fields = await self.do("send_text", text=text, chat_id=chat_id, **fields)
        return found

    async def send_file(
        self, content: bytes, name: str, kind: str = "document", **fields: Any
    ) -> Fields:
        encoded = base64.b64encode(content).decode()
        found: Fields = await self.do(
            "send_media", kind=kind, content_base64=encoded, name=name, **fields
        )
        return found

    async def press(
        self, text: str | None = None, *, data: str | None = None, chat: ChatWindow | None = None
    ) -> Fields:
        """Tap the newest button with this text (or data); links are opened."""
        window = chat or self
        view = await window.view()
        for message in reversed(view.from_bot):
            if any(_fits(button, text, data) for button in buttons(message)):
                return await self.press_on(message["message_id"], text, data=data, chat=chat)
        raise SandboxError(f"no button {text or data!r}: {view.describe()}")

    async def press_on(
        self,
        message_id: int,
        text: str | None = None,
        *,
        data: str | None = None,
        chat: ChatWindow | None = None,
        **how: Any,
    ) -> Fields:
        """Tap under one message; ``forged`` and ``inaccessible`` as in ``People.press``."""
        pressed: Fields = await self.do(
            "press",
            message_id=message_id,
            text=text,
            data=data,
            chat_id=chat.id if chat else None,
            **how,
        )
        return await self.click(pressed["url"]) if "url" in pressed else pressed

    async def click(self, url: str) -> Fields:
        found: Fields = await self.do("click", url=url)
        return found

    async def key(self, text: str) -> Fields:
        """Tap a button of the keyboard below the input field."""
        found: Fields = await self.do("press_key", text=text)
        return found

    async def alerts(self) -> list[str]:
        return (await self.view()).alerts


def _fits(button: Fields, text: str | None, data: str | None) -> bool:
    if data is not None:
        return button.get("callback_data") == data
    return text is not None and text in button["text"]


def _result(document: Fields) -> Any:
    if not document["ok"]:
        raise SandboxError(document["error"])
    return document["result"]


@asynccontextmanager
async def _deadline(seconds: float, complaint: Callable[[], str]) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise NothingCame(complaint()) from None
