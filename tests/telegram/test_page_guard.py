"""A web page of somebody else, open in the same browser, must not act in the sandbox."""

import aiohttp
import pytest

from bot.sandbox.server import Sandbox

A_LINK = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}
FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "evil.example:8081"},
    {"Host": "127.0.0.1.evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["page/do/person", "sandbox/do/create_user", "bot{}/getMe"])
async def test_other_sites_and_names_are_refused(
    sandbox: Sandbox, headers: dict[str, str], path: str
) -> None:
    url = f"{sandbox.url}/{path.format(sandbox.token)}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data={"first_name": "Чужой"}, headers=headers) as response,
    ):
        assert response.status == 403
    assert sandbox.telegram.world.users == {}


async def test_a_picture_on_a_foreign_page_reaches_no_method(sandbox: Sandbox) -> None:
    headers = {**A_LINK, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/bot{sandbox.token}/getMe", headers=headers) as response,
    ):
        assert response.status == 403


async def test_the_page_itself_and_programs_are_served(sandbox: Sandbox) -> None:
    own = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    for headers in (own, {}):
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                f"{sandbox.url}/page/do/person",
                data={"first_name": "Анна"},
                headers=headers,
                allow_redirects=False,
            ) as response,
        ):
            assert response.status == 303
    assert len(sandbox.telegram.world.users) == 2


async def test_a_link_from_elsewhere_opens_the_page_but_no_frame_does(sandbox: Sandbox) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(sandbox.url, headers=A_LINK) as response,
    ):
        assert response.status == 200
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Frame-Options"] == "DENY"
    framed = {**A_LINK, "Sec-Fetch-Dest": "iframe"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(sandbox.url, headers=framed) as response,
    ):
        assert response.status == 403
