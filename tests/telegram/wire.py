"""Raw requests to the Bot API, nothing of aiogram between."""

from typing import Any

import aiohttp

from bot.sandbox.server import Sandbox


class Wire:
    """Raw requests to the Bot API: what went over the line, nothing of aiogram between."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.base = f"{sandbox.url}/bot{sandbox.token}"
        self.session = session

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.base}/{method}", json=params) as response:
            document: dict[str, Any] = await response.json()
            assert response.status == document.get("error_code", 200)
            return document

    async def result(self, method: str, **params: Any) -> Any:
        document = await self.call(method, **params)
        assert document["ok"], document
        return document["result"]
