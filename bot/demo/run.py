"""Runs the bot in the sandbox: a strict local Telegram with a chat page in the browser."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.engine import make_url

from bot.app import App, build_app
from bot.demo.story import (
    Story,
    bring_knowledge,
    found_municipality,
    gather_people,
    read_story,
)
from bot.logs import log
from bot.sandbox.server import TOKEN, Sandbox
from bot.settings import Settings
from core.db import migrate
from core.db.engine import Database
from core.services.questions.importing import KnowledgeImport
from core.services.registry_import import ProgrammeImport

SAVE_EVERY_S = 2.0


class Demo:
    """The sandbox and the bot in one process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._story = read_story()
        self._database_url = settings.database(demo=True)
        self.sandbox = Sandbox()
        self._app: App | None = None
        self._saver: asyncio.Task[None] | None = None
        self._saved = b""

    async def start(self) -> str:
        """Gives the address of the chat page."""
        self._load_world()
        url = await self.sandbox.start(port=self._settings.sandbox_port)
        settings = demo_settings(self._settings, self._story, api_url=url)
        await upgrade(self._database_url)
        self._app = build_app(settings, database_url=self._database_url)
        registry = ProgrammeImport(self._app.database, self._app.clock, self._app.chance)
        today = self._app.clock.now().date()
        await found_municipality(self._story, self._app.services, registry, today)
        await bring_knowledge(KnowledgeImport(self._app.database, self._app.clock))
        await self._app.start()
        await self._app.bot.set_my_name(self._story.bot["name"])
        await gather_people(self._story, self.sandbox, self._app.services)
        self._saver = asyncio.create_task(self._keep_saving())
        return url

    async def stop(self) -> None:
        if self._saver is not None:
            self._saver.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._saver
        if self._app is not None:
            await self._app.stop()
        self._save_world()
        await self.sandbox.stop()

    async def _keep_saving(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY_S)
            self._save_world()

    @property
    def _world_file(self) -> Path | None:
        url = make_url(self._database_url)
        if url.get_backend_name() != "sqlite" or not url.database:
            return None
        return Path(url.database).with_suffix(".world")

    def _load_world(self) -> None:
        place = self._world_file
        if place is not None and place.exists():
            try:
                self.sandbox.restore(place.read_bytes())
            except Exception as error:
                log.warning("the chats of the last demo cannot be read", exc_info=error)

    def _save_world(self) -> None:
        place = self._world_file
        snapshot = self.sandbox.snapshot()
        if place is None or snapshot == self._saved:
            return
        fresh = place.with_suffix(".world-new")
        fresh.write_bytes(snapshot)
        fresh.replace(place)
        self._saved = snapshot


def demo_settings(settings: Settings, story: Story, *, api_url: str) -> Settings:
    """The settings of the demo's bot: the sandbox's token, an operator of its own, no silence."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "telegram_api_url": api_url,
            "webhook_url": "",
            "operator_name": story.operator["name"],
            "operator_address": story.operator["address"],
            "operator_phone": story.operator["phone"],
            "quiet_hours": "off",
        }
    )


async def upgrade(database_url: str) -> None:
    """Bring the schema to the newest migration."""
    database = Database(database_url)
    try:
        await migrate.upgrade(database)
    finally:
        await database.close()
