"""The local Bot API as an HTTP server on 127.0.0.1.

``/bot<token>/<method>`` and ``/file/bot<token>/<path>`` are Telegram's; ``/sandbox/…`` is people's
side (see ``control``). ``url`` is what goes into TELEGRAM_API_URL.
"""

import asyncio
import logging
import re
from typing import Any

from aiohttp import web

from bot.sandbox.clock import Clock
from bot.sandbox.control import add_control
from bot.sandbox.faults import Faults, Verdict, delay
from bot.sandbox.journal import Entry
from bot.sandbox.limits import Flood, Limits, UploadLimiter
from bot.sandbox.methods import (
    account,
    callbacks,
    chats,
    editing,
    inline,
    media,
    polling,
    sending,
    topics,
)
from bot.sandbox.methods.registry import HANDLERS, NAMES, TELEGRAM_HAS
from bot.sandbox.page.routes import add_page
from bot.sandbox.people import People
from bot.sandbox.refusals import Missing, Refusal
from bot.sandbox.snapshot import load, save
from bot.sandbox.telegram import Call, Telegram
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.wire import Params, read_params
from bot.sandbox.world import User

AREAS = (account, callbacks, chats, editing, inline, media, polling, sending, topics)
TOKEN = "7000000001:AAsandbox-of-the-project-not-a-secret0"
LOG = logging.getLogger(__name__)
TOKEN_FORM = re.compile(r"^\d+:[A-Za-z0-9_-]{1,80}$")
# Longer than any upload limit: the refusal is ours to word, not aiohttp's.
BODY_LIMIT = 64 * 1024 * 1024


class Sandbox:
    """Start it, point a bot at ``url``, act through ``people`` (or ``client`` over HTTP)."""

    def __init__(
        self,
        token: str = TOKEN,
        seed: int = 0,
        limits: Limits | None = None,
        clock: Clock | None = None,
        username: str = "kruzhok_demo_bot",
        webhook_retry_scale: float = 1.0,
    ) -> None:
        number = int(token.partition(":")[0])
        bot = User(
            id=number, first_name="Sandbox", username=username, is_bot=True, language_code=None
        )
        self.token = token
        self.telegram = Telegram(
            bot=bot, clock=clock or Clock(), limits=limits or Limits(), seed=seed
        )
        self.people = People(self.telegram)
        self.faults = Faults(seed)
        self.uploads = UploadLimiter()
        self.webhook = WebhookSender(self.telegram, self.run_json, webhook_retry_scale)
        self.url = ""
        self._runner: web.AppRunner | None = None

    @property
    def unsupported(self) -> list[str]:
        """Methods the bot called that Telegram has and the sandbox lacks."""
        return self.telegram.journal.unsupported

    @property
    def broken(self) -> list[str]:
        """Methods on which the sandbox itself failed."""
        return [entry.method for entry in self.telegram.journal.find(outcome="broken")]

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen (on a free port by default) and give ``url``."""
        app = self.application()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        address = self._runner.addresses[0]
        self.url = f"http://{address[0]}:{address[1]}"
        self.webhook.start()
        return self.url

    async def stop(self) -> None:
        await self.webhook.stop()
        self.telegram.polling.end_waiting(Refusal(500, "Internal Server Error: restart"))
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def application(self) -> web.Application:
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._file)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._method)
        add_page(app, self)
        add_control(app, self)
        app.router.add_route("*", "/{rest:.*}", _not_found)
        return app

    def snapshot(self) -> bytes:
        """The whole world (without the journal) for ``restore``."""
        return save(self.telegram.world)

    def restore(self, snapshot: bytes) -> None:
        self.telegram.world = load(snapshot)
        self.telegram.limiter.forget()
        for chat_id in self.telegram.world.chats:
            self.telegram.changes.touch(chat_id)
        self.telegram.updates.wake()

    async def run_json(self, method: str, params: Params) -> dict[str, Any]:
        """Do a method outside of HTTP, as for a webhook's answer; gives the JSON document."""
        entry = self.telegram.journal.open(
            NAMES.get(method.lower(), method), params.readable(), self.telegram.now()
        )
        return await self._work(method, params, entry)

    def _check_token(self, token: str) -> None:
        if not TOKEN_FORM.match(token):
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise Refusal(401, "Unauthorized")

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            self._check_token(request.match_info["token"])
            if request.method not in ("GET", "POST"):
                raise Refusal(404, "Not Found")
            if name.lower() not in HANDLERS and name.lower() not in TELEGRAM_HAS:
                raise Refusal(404, "Not Found: method not found")
        except Refusal as refusal:
            return _response(refusal.body())
        entry = self.telegram.journal.open(NAMES.get(name.lower(), name), {}, self.telegram.now())
        try:
            params = await read_params(request, self.telegram.limits.upload_bytes)
        except Refusal as refusal:
            self._close(entry, refusal.body(), "refusal")
            response = _response(refusal.body())
            if refusal.code == 413:
                response.force_close()
            return response
        entry.params = params.readable()
        verdict = self.faults.judge(name)
        await delay(verdict)
        return await self._with_fault(request, name, params, entry, verdict)

    async def _with_fault(
        self, request: web.Request, name: str, params: Params, entry: Entry, verdict: Verdict
    ) -> web.StreamResponse:
        entry.fault = verdict.kind
        match verdict.kind:
            case "error":
                body = Refusal(502, "Bad Gateway").body()
                self._close(entry, body, "fault")
                return _response(body)
            case "drop_before":
                self._close(entry, {}, "fault")
                return _cut(request)
            case "flood":
                now = self.telegram.now()
                chat = self.telegram.world.find_chat(params.text("chat_id") or "0")
                flood = self.telegram.limiter.close(
                    chat.id if chat else 0, verdict.flood_seconds, now
                )
                self._close(entry, flood.body(), "fault")
                return _response(flood.body())
        body = await self._work(name, params, entry)
        if verdict.kind == "drop_after":
            return _cut(request)
        if verdict.kind == "hang_after":
            await _until_gone(request)
            return _cut(request)
        return _response(body)

    async def _work(self, name: str, params: Params, entry: Entry) -> dict[str, Any]:
        """Do the method, write the journal, give the answer's document."""
        call = Call(telegram=self.telegram, params=params, entry=entry)
        try:
            handler = HANDLERS.get(name.lower())
            if handler is None:
                raise Missing(TELEGRAM_HAS.get(name.lower(), name))
            await self._queue_upload(params)
            result = await handler(call)
        except Refusal as refusal:
            if isinstance(refusal, Flood):
                entry.violation = refusal.inside
            missing = isinstance(refusal, Missing)
            body = refusal.body()
            self._close(entry, body, "unsupported" if missing else "refusal")
            return body
        except Exception as error:
            # Our own mistake, not a refusal of Telegram's: the journal says so, tests fail on it.
            LOG.exception("%s broke", name)
            body = Refusal(500, f"Internal Server Error: {type(error).__name__}").body()
            self._close(entry, body, "broken")
            return body
        body = {"ok": True, "result": result}
        entry.done = True
        self._close(entry, body, "fault" if entry.fault else "ok")
        return body

    async def _queue_upload(self, params: Params) -> None:
        size = sum(len(upload.content) for upload in params.files.values())
        limits = self.telegram.limits
        if limits.on and size > limits.same_upload_bytes:
            await asyncio.sleep(self.uploads.delay(size, self.telegram.now()))

    def _close(self, entry: Entry, body: dict[str, Any], outcome: str) -> None:
        entry.outcome = outcome
        entry.code = int(body.get("error_code", 0))
        entry.description = str(body.get("description", ""))
        self.telegram.journal.close(entry, self.telegram.now())
        self.telegram.changes.touch(entry.chat_id or 0)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except Refusal as refusal:
            return _response(refusal.body())
        file = media.file_at(self.telegram, request.match_info["path"])
        if file is None:
            return _response(Refusal(404, "Not Found").body())
        return web.Response(body=file.content, content_type="application/octet-stream")


def _response(body: dict[str, Any]) -> web.Response:
    response = web.json_response(body, status=int(body.get("error_code", 200)))
    wait = body.get("parameters", {}).get("retry_after")
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response


async def _not_found(_: web.Request) -> web.StreamResponse:
    return _response(Refusal(404, "Not Found").body())


def _cut(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _until_gone(request: web.Request) -> None:
    """Wait until the client has given up (or ten minutes)."""
    for _ in range(12_000):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(0.05)
