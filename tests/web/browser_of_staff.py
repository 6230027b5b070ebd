"""A member of staff at a browser, over real HTTP: cookies, forms, no redirects unless followed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    text: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def csrf(self) -> str:
        found = _CSRF.search(self.text)
        assert found is not None, self.text
        return found[1]


class Browser:
    """One browser with its own cookies."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self.base = base
        self.csrf = ""

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path)

    async def post(
        self,
        path: str,
        fields: Sequence[tuple[str, str]] = (),
        *,
        csrf: str | None = None,
        **headers: str,
    ) -> Answer:
        """`csrf`: another token than that of the session."""
        form = aiohttp.FormData([("csrf", self.csrf if csrf is None else csrf), *fields])
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._ask("POST", path, data=form, headers=names)

    async def enter(self, code: str) -> Answer:
        """Press the button on the page of the link."""
        answer = await self.post("/desk/enter", [("c", code)])
        if answer.status == 303:
            self.csrf = (await self.get("/desk/sessions")).csrf
        return answer

    def carry(self, token: str) -> None:
        """Take a cookie of one's own making."""
        self._session.cookie_jar.update_cookies({"desk": token}, URL(self.base))

    def cookie(self) -> str:
        return self._session.cookie_jar.filter_cookies(URL(self.base + "/desk"))["desk"].value

    async def _ask(self, method: str, path: str, **rest: object) -> Answer:
        async with self._session.request(
            method,
            self.base + path,
            allow_redirects=False,
            **rest,  # type: ignore[arg-type]
        ) as answer:
            body = await answer.read()
            return Answer(
                status=answer.status,
                text=body.decode(errors="replace"),
                body=body,
                headers=dict(answer.headers),
            )


@asynccontextmanager
async def open_browser(base: str) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)  # the server is an address of this machine
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Browser(session, base)
