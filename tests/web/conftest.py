"""The desk served over real HTTP for the town of the services' tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from bot.app import make_services
from bot.settings import Settings
from bot.web.desk.routes import desk_routes
from bot.web.server import WebServer
from core.db.engine import Database
from core.domain.actors import Actor
from core.i18n import Texts
from tests.services.town import Town, found_town
from tests.web.browser_of_staff import Browser, open_browser


@dataclass(kw_only=True)
class DeskTown:
    """The town, the settings of its process and the address of its server."""

    town: Town
    settings: Settings
    address: str
    stack: AsyncExitStack

    async def browser(self) -> Browser:
        return await self.stack.enter_async_context(open_browser(self.address))

    async def code(self, actor: Actor) -> str:
        return (await self.town.desk.entrances.invite(actor)).code

    async def come_in(self, actor: Actor) -> Browser:
        browser = await self.browser()
        answer = await browser.enter(await self.code(actor))
        assert answer.status == 303
        return browser


@pytest.fixture
async def town(database: Database) -> Town:
    return await found_town(database)


@pytest.fixture
async def desk(town: Town) -> AsyncIterator[DeskTown]:
    settings = Settings(
        _env_file=None,
        http_port=0,
        operator_name="МБУДО ДДТ",
        operator_address="ст. Крыловская, ул. Орджоникидзе, 86",
        operator_phone="+7 86161 3-00-00",
    )
    services = make_services(town.database, town.clock, town.chance, town.cipher, town.quiet)
    routes = desk_routes(services, settings, Texts(), town.clock)
    server = WebServer(routes, host="127.0.0.1", port=0)
    await server.start()
    async with AsyncExitStack() as stack:
        yield DeskTown(town=town, settings=settings, address=server.address, stack=stack)
    await server.stop()
