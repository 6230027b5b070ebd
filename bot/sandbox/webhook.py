"""Updates to the bot's webhook: in order within a queue, queues side by side, until a 2xx.

A failed update is tried again after 1 s, then 2, 4 … up to a minute or two (or what the bot's
Retry-After says, an hour at most), while the rest of its queue waits. The bot's answer may be a
method call; its result goes nowhere.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.telegram import Telegram
from bot.sandbox.wire import Params, from_json
from bot.sandbox.world import Update

Runner = Callable[[str, Params], Awaitable[dict[str, Any]]]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_WITHIN = 60.0
LONGEST_RETRY_AFTER = 3600


@dataclass(kw_only=True)
class _Line:
    """One webhook queue: busy with a request, or waiting until ``retry_at`` (loop time)."""

    busy: bool = False
    retry_at: float = 0.0
    pause: float = 1.0
    copies: list[Update] = field(default_factory=list)


class WebhookSender:
    def __init__(self, telegram: Telegram, run: Runner, retry_scale: float) -> None:
        self._telegram = telegram
        self._run = run
        self.retry_scale = retry_scale
        self._lines: dict[int, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._pump: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._moved = asyncio.Event()
        self.in_flight = 0
        self.most_in_flight = 0

    def start(self) -> None:
        self._pump = asyncio.create_task(self._forever())

    async def stop(self) -> None:
        tasks = [*self._tasks, *([self._pump] if self._pump else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _forever(self) -> None:
        while True:
            self._moved.clear()
            wait = self._start_ready()
            came = asyncio.ensure_future(self._telegram.updates.came.wait())
            moved = asyncio.ensure_future(self._moved.wait())
            try:
                await asyncio.wait((came, moved), timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            finally:
                came.cancel()
                moved.cancel()

    def _start_ready(self) -> float | None:
        """Start what may go out now; gives the seconds until the next retry, if one waits."""
        world = self._telegram.world
        if not world.webhook.url:
            return None
        self._telegram.updates.expire(self._telegram.now())
        loop_now = asyncio.get_running_loop().time()
        waits: list[float] = []
        for update in self._heads():
            line = self._lines.setdefault(update.queue, _Line())
            if line.busy:
                continue
            if line.retry_at > loop_now:
                waits.append(line.retry_at - loop_now)
            elif self.in_flight < world.webhook.max_connections:
                self._launch(line, update)
        return min(waits, default=None)

    def _heads(self) -> list[Update]:
        """The first waiting update of every queue, asked-for copies before the rest."""
        world = self._telegram.world
        heads: dict[int, Update] = {}
        for update in [*world.again, *world.updates]:
            heads.setdefault(update.queue, update)
        return list(heads.values())

    def _launch(self, line: _Line, update: Update) -> None:
        line.busy = True
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        task = asyncio.create_task(self._deliver(line, update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, line: _Line, update: Update) -> None:
        try:
            error, retry_after = await self._post(update)
        finally:
            line.busy = False
            self.in_flight -= 1
            self._moved.set()
        if error:
            webhook = self._telegram.world.webhook
            webhook.last_error_date = int(self._telegram.now())
            webhook.last_error_message = error
            pause = retry_after if retry_after is not None else line.pause
            line.pause = min(line.pause * 2, 60 + self._telegram.chance.random() * 60)
            now = asyncio.get_running_loop().time()
            line.retry_at = now + pause * self.retry_scale
        else:
            line.pause = 1.0
            self._settle(update)
        self._telegram.changes.touch()

    def _settle(self, update: Update) -> None:
        """Delivered: take it off, or queue the copies redelivery asks for."""
        world = self._telegram.world
        if update in world.again:
            world.again.remove(update)
            return
        world.updates = [queued for queued in world.updates if queued is not update]
        world.again.extend([update] * (self._telegram.updates.copies(update) - 1))

    async def _post(self, update: Update) -> tuple[str, float | None]:
        """One try: an empty string when done, else the error and the bot's Retry-After."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), trust_env=False
            )
        webhook = self._telegram.world.webhook
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with self._session.post(
                webhook.url,
                json=update.json(),
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
                allow_redirects=False,
            ) as response:
                body = await response.read()
                if 200 <= response.status < 300:
                    await self._answer(body)
                    return "", None
                told = response.headers.get("Retry-After", "")
                wait = float(min(int(told), LONGEST_RETRY_AFTER)) if told.isdigit() else None
                reason = f"{response.status} {response.reason}"
                return f"Wrong response from the webhook: {reason}", wait
        except TimeoutError:
            return "Read timeout expired", None
        except aiohttp.ClientConnectorError:
            return "Connection refused", None
        except aiohttp.ClientError:
            return "Connection closed", None

    async def _answer(self, body: bytes) -> None:
        """Do the method call the bot put into its answer, if it is one."""
        try:
            document = json.loads(body) if body else None
        except ValueError:
            return
        if isinstance(document, dict) and isinstance(document.get("method"), str):
            method = document.pop("method")
            await self._run(method, from_json(document))
