"""The HTTP server of the process."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.intake.webhook import LARGEST_BODY
from bot.logs import log


class WebServer:
    """Starts and stops one aiohttp application; `port` 0 takes a free one."""

    def __init__(self, routes: Sequence[web.RouteDef], *, host: str, port: int) -> None:
        self._application = web.Application(client_max_size=LARGEST_BODY)
        self._application.add_routes(routes)
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None
        self.address = ""

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        # no access log: addresses may hold payloads
        runner = web.AppRunner(self._application, access_log=None, shutdown_timeout=3.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError:
            await runner.cleanup()
            raise
        host, port = runner.addresses[0][:2]
        self._runner = runner
        self.address = f"http://{host}:{port}"
        log.info("http server listens", port=port)

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
