"""Coming in, the browsers that are in, leaving.

A look at the link spends nothing: messengers and guards of mail look at links by themselves. The
button on its page does.
"""

from __future__ import annotations

from aiohttp import web

from bot.services import Services
from bot.settings import Settings
from bot.web.desk.door import COOKIE, HOME, Asked, Form, see
from bot.web.desk.pages import Pages
from core.domain.desk import DeskLinkInvalid


class Entrance:
    def __init__(self, services: Services, settings: Settings, pages: Pages) -> None:
        self._services = services
        self._settings = settings
        self._pages = pages

    async def ask(self, request: web.Request, _form: Form) -> web.StreamResponse:
        """The page behind the link, whatever its code is worth."""
        speech = self._pages.speech(self._settings.locale, "UTC")
        return self._pages.show("enter.j2", speech, code=request.query.get("c", ""))

    async def enter(self, request: web.Request, form: Form) -> web.StreamResponse:
        """Raises DeskLinkInvalid, DeskTriesSpent."""
        address = request.remote or ""
        desk = self._services.desk
        desk.tries.check(address)
        try:
            token = await desk.entrances.enter(form.one("c"))
        except DeskLinkInvalid:
            desk.tries.note(address)
            raise
        response = see(HOME)
        response.set_cookie(
            COOKIE,
            token,
            path=HOME,
            httponly=True,
            samesite="Strict",
            secure=self._settings.desk_url.startswith("https:"),
        )
        return response

    async def list(self, asked: Asked) -> web.StreamResponse:
        sessions = await self._services.desk.entrances.list_sessions(asked.visit.actor)
        return self._pages.show(
            "sessions.j2", asked.speech, asked=asked, tab="sessions", sessions=sessions
        )

    async def leave(self, asked: Asked) -> web.StreamResponse:
        await self._services.desk.entrances.leave(asked.visit)
        return self._left()

    async def leave_everywhere(self, asked: Asked) -> web.StreamResponse:
        await self._services.desk.entrances.leave_everywhere(asked.visit.actor)
        return self._left()

    def _left(self) -> web.Response:
        response = self._pages.told("desk-told-left", status=200)
        response.del_cookie(COOKIE, path=HOME)
        return response
