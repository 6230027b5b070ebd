"""Updates to a webhook: the secret, order within a queue, retries, answers that are calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.server import Sandbox
from tests.telegram.wire import Wire

Reply = Callable[[dict[str, Any]], Awaitable[web.Response]]


class Receiver:
    """A bot's side of the webhook; ``reply`` decides each answer."""

    def __init__(self, reply: Reply | None = None) -> None:
        self.reply = reply
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.url = ""
        self.came = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        async with self.came:
            self.updates.append(update)
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.came.notify_all()
        return await self.reply(update) if self.reply else web.Response()

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(10), self.came:
            await self.came.wait_for(lambda: len(self.updates) >= count)
        return self.updates

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates if "message" in update]


@asynccontextmanager
async def receiving(reply: Reply | None = None) -> AsyncIterator[Receiver]:
    receiver = Receiver(reply)
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_the_secret_comes_with_each_update(wire: Wire, anna: Person) -> None:
    async with receiving() as receiver:
        await wire.result("setWebhook", url=receiver.url, secret_token="Secret_1")
        await anna.say("раз")
        await receiver.wait_for(2)
        assert receiver.texts() == ["/start", "раз"]
        assert receiver.secrets == ["Secret_1", "Secret_1"]


async def test_a_failed_update_is_tried_again_and_holds_its_chat_back(
    wire: Wire, client: SandboxClient, anna: Person
) -> None:
    failures = iter([500, 502])

    async def reply(update: dict[str, Any]) -> web.Response:
        if update["message"]["text"] == "/start" and update["message"]["chat"]["id"] == anna.id:
            return web.Response(status=next(failures, 200))
        return web.Response()

    async with receiving(reply) as receiver:
        await anna.say("после")
        boris = await client.user("Борис")
        await boris.start()
        await wire.result("setWebhook", url=receiver.url)
        updates = await receiver.wait_for(5)
        own = [u["message"]["text"] for u in updates if u["message"]["chat"]["id"] == anna.id]
        assert own == ["/start", "/start", "/start", "после"]
        info = await wire.result("getWebhookInfo")
        assert info["last_error_message"] == "Wrong response from the webhook: 502 Bad Gateway"


async def test_retry_after_is_obeyed(sandbox: Sandbox, wire: Wire, anna: Person) -> None:
    sandbox.webhook.retry_scale = 1.0
    answers = iter([web.Response(status=503, headers={"Retry-After": "0"})])

    async def reply(_: dict[str, Any]) -> web.Response:
        return next(answers, web.Response())

    async with receiving(reply) as receiver:
        await wire.result("setWebhook", url=receiver.url)
        await receiver.wait_for(2)
        assert receiver.texts() == ["/start", "/start"]


async def test_a_tap_and_a_message_of_one_person_run_side_by_side(
    wire: Wire, anna: Person, sandbox: Sandbox
) -> None:
    both = asyncio.Barrier(2)

    async def reply(_: dict[str, Any]) -> web.Response:
        await both.wait()
        return web.Response()

    async with receiving(reply) as receiver:
        await anna.press_on(1, data="x", forged=True)
        await wire.result("setWebhook", url=receiver.url)
        await receiver.wait_for(2)
        assert {"message", "callback_query"} <= {key for u in receiver.updates for key in u}
    assert sandbox.webhook.most_in_flight == 2


async def test_no_more_connections_than_allowed(
    wire: Wire, client: SandboxClient, sandbox: Sandbox
) -> None:
    async with receiving() as receiver:
        for number in range(6):
            await (await client.user(f"Гость {number}")).start()
        await wire.result("setWebhook", url=receiver.url, max_connections=2)
        await receiver.wait_for(6)
    assert sandbox.webhook.most_in_flight == 2


async def test_an_answer_may_be_a_method_call(wire: Wire, anna: Person) -> None:
    async def reply(update: dict[str, Any]) -> web.Response:
        chat_id = update["message"]["chat"]["id"]
        call = {"method": "sendMessage", "chat_id": chat_id, "text": "в ответе"}
        return web.json_response(call)

    async with receiving(reply) as receiver:
        await wire.result("setWebhook", url=receiver.url)
        assert (await anna.wait_text("в ответе"))["from"]["is_bot"]


async def test_deleting_the_webhook_may_drop_what_waits(wire: Wire, anna: Person) -> None:
    await wire.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await wire.result("getWebhookInfo"))["pending_update_count"] == 1
    await wire.result("deleteWebhook", drop_pending_updates=True)
    assert (await wire.result("getWebhookInfo"))["pending_update_count"] == 0
    assert await wire.result("getUpdates") == []
    await anna.say("новое")
