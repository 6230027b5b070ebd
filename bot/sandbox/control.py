"""People's side over HTTP: /sandbox/… speaks JSON and is no part of Telegram.

``POST /sandbox/do/<verb>`` does what a public method of ``People`` does, with its arguments as a
JSON object; answers {"ok": true, "result": …} or 400 {"ok": false, "error": "…"}.
"""

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.journal import Entry
from bot.sandbox.presence import Impossible
from bot.sandbox.rendering import chat_json, message_json, user_json
from bot.sandbox.updates import Redelivery
from bot.sandbox.world import Chat, Fields

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

LONGEST_WAIT = 60.0
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_control(app: web.Application, sandbox: "Sandbox") -> None:
    control = Control(sandbox)
    routes: dict[str, tuple[str, Route]] = {
        "do/{verb}": ("POST", control.do),
        "state": ("GET", control.state),
        "chats/{chat_id}": ("GET", control.chat),
        "changes": ("GET", control.changes),
        "events": ("GET", control.events),
        "journal": ("GET", control.journal),
        "journal/clear": ("POST", control.clear_journal),
        "faults": ("POST", control.set_faults),
        "limits": ("POST", control.set_limits),
        "redelivery": ("POST", control.set_redelivery),
        "clock": ("POST", control.set_clock),
        "snapshot": ("GET", control.snapshot),
        "restore": ("POST", control.restore),
        "files/{file_id}": ("GET", control.file),
    }
    for path, (method, route) in routes.items():
        app.router.add_route(method, f"/sandbox/{path}", route)


def entry_json(entry: Entry) -> Fields:
    return dataclasses.asdict(entry)


class Control:
    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.telegram = sandbox.telegram

    async def do(self, request: web.Request) -> web.StreamResponse:
        verb = request.match_info["verb"]
        deed = None if verb.startswith("_") else getattr(self.sandbox.people, verb, None)
        if not callable(deed):
            return _error(f"people cannot {verb}", 404)
        try:
            result = deed(**await _document(request))
        except (Impossible, LookupError, TypeError, ValueError) as error:
            return _error(str(error))
        return _ok(result)

    async def state(self, _: web.Request) -> web.StreamResponse:
        world, telegram = self.telegram.world, self.telegram
        return _ok(
            {
                "number": telegram.changes.number,
                "bot": user_json(world.bot),
                "now": telegram.now(),
                "users": [user_json(user) for user in world.users.values()],
                "chats": [chat_json(world, chat) for chat in world.chats.values()],
                "pending_updates": len(world.updates) + len(world.again),
                "profile": world.profile,
                "webhook": dataclasses.asdict(world.webhook),
                "allowed_updates": world.allowed_updates,
                "seed": telegram.seed,
                "faults": self.sandbox.faults.json(),
                "limits": dataclasses.asdict(telegram.limits),
                "most_in_flight": self.sandbox.webhook.most_in_flight,
            }
        )

    async def chat(self, request: web.Request) -> web.StreamResponse:
        chat = self.telegram.world.find_chat(request.match_info["chat_id"])
        if chat is None:
            return _error("no such chat", 404)
        return _ok(self.chat_document(chat, int(request.query.get("last", "0"))))

    def chat_document(self, chat: Chat, last: int = 0) -> Fields:
        """A chat as people see it, its ``last`` messages (0: all); ``number`` is the present one.

        Each message has ``revisions`` (older contents), ``reactions`` and ``by_bot``.
        """
        world = self.telegram.world
        answers = [
            {"callback_id": c.id, "user_id": c.user_id, "message_id": c.message_id, **answer}
            for c in world.callbacks.values()
            if c.chat_id == chat.id
            for answer in c.answers
        ]
        return {
            "number": self.telegram.changes.number,
            "chat": chat_json(world, chat),
            "messages": [
                {
                    **message_json(world, message),
                    "revisions": message.revisions,
                    "reactions": message.reactions,
                    "by_bot": message.sender_id == world.bot.id and not message.service,
                }
                for message in list(chat.messages.values())[-last:]
            ],
            "topics": [dataclasses.asdict(topic) for topic in chat.topics.values()],
            "members": [dataclasses.asdict(member) for member in chat.members.values()],
            "pinned": chat.pinned,
            "reply_keyboard": chat.reply_keyboard,
            "action": chat.action,
            "blocked": chat.blocked,
            "started": chat.started,
            "answers": answers,
        }

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """Wait for a change after ``after`` (of ``chat_id``): ?after=N&seconds=20&chat_id=…"""
        after = int(request.query.get("after", "0"))
        seconds = min(float(request.query.get("seconds", "20")), LONGEST_WAIT)
        chat_id = request.query.get("chat_id")
        changes = self.telegram.changes
        number = await changes.wait(after, seconds, int(chat_id) if chat_id else None)
        chats = [int(chat_id)] if chat_id else changes.since(after)
        return _ok({"number": number, "chats": chats})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: data is {"number", "chats": [ids that changed]}; 0 = the journal."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        number = self.telegram.changes.number
        await response.write(_event({"number": number, "chats": []}))
        while request.transport is not None and not request.transport.is_closing():
            now = await self.telegram.changes.wait(number, 15.0)
            chats, number = self.telegram.changes.since(number), now
            try:
                await response.write(_event({"number": number, "chats": chats}))
            except ConnectionError:
                break
            # Many changes in a moment make one event.
            await asyncio.sleep(0.05)
        return response

    async def journal(self, request: web.Request) -> web.StreamResponse:
        """?method=&outcome=&chat_id=&after=&limit= : entries, counters, violations."""
        query, journal = request.query, self.telegram.journal
        entries = journal.find(
            method=query.get("method"),
            outcome=query.get("outcome"),
            chat_id=int(query["chat_id"]) if "chat_id" in query else None,
            after=int(query.get("after", "0")),
        )
        limit = int(query.get("limit", "1000"))
        return _ok(
            {
                "entries": [entry_json(entry) for entry in entries[-limit:]] if limit else [],
                "found": len(entries),
                "counts": dict(journal.counts),
                "violations": journal.violations,
                "unsupported": journal.unsupported,
                "seed": self.sandbox.faults.seed,
            }
        )

    async def clear_journal(self, _: web.Request) -> web.StreamResponse:
        self.telegram.journal.clear()
        return _ok(True)

    async def set_faults(self, request: web.Request) -> web.StreamResponse:
        try:
            self.sandbox.faults.set_json(await _document(request))
        except TypeError as error:
            return _error(str(error))
        return _ok(self.sandbox.faults.json())

    async def set_limits(self, request: web.Request) -> web.StreamResponse:
        """Replace the given limits, keep the others; budgets start afresh."""
        try:
            current = self.telegram.limits
            self.telegram.limiter.limits = dataclasses.replace(current, **await _document(request))
        except TypeError as error:
            return _error(str(error))
        self.telegram.limiter.forget()
        return _ok(dataclasses.asdict(self.telegram.limits))

    async def set_redelivery(self, request: web.Request) -> web.StreamResponse:
        try:
            self.telegram.updates.repeat(Redelivery(**await _document(request)))
        except TypeError as error:
            return _error(str(error))
        return _ok(dataclasses.asdict(self.telegram.updates.redelivery))

    async def set_clock(self, request: web.Request) -> web.StreamResponse:
        """{"advance": seconds} and/or {"freeze": true}; gives the time."""
        document = await _document(request)
        if document.get("freeze"):
            self.telegram.clock.freeze()
        return _ok(self.telegram.clock.advance(float(document.get("advance", 0))))

    async def snapshot(self, _: web.Request) -> web.StreamResponse:
        return web.Response(body=self.sandbox.snapshot(), content_type="application/octet-stream")

    async def restore(self, request: web.Request) -> web.StreamResponse:
        self.sandbox.restore(await request.read())
        return _ok(True)

    async def file(self, request: web.Request) -> web.StreamResponse:
        file = self.telegram.world.files.get(request.match_info["file_id"])
        if file is None:
            return _error("no such file", 404)
        return web.Response(body=file.content, content_type=file.mime)


async def _document(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    document = json.loads(body) if body else {}
    if not isinstance(document, dict):
        raise TypeError("a JSON object is expected")
    return document


def _event(document: Fields) -> bytes:
    return f"data: {json.dumps(document)}\n\n".encode()


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(message: str, status: int = 400) -> web.Response:
    return web.json_response({"ok": False, "error": message}, status=status)
