"""The bot's username, which links need: asked of Telegram, when there is a token."""

from __future__ import annotations

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.settings import Settings

PATIENCE = ClientTimeout(total=10)


async def find_username(settings: Settings) -> str:
    """'' when there is no token, or Telegram does not answer. Nothing of the answer is printed."""
    if settings.bot_token is None:
        return ""
    address = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    try:
        async with ClientSession(timeout=PATIENCE) as http, http.get(address) as response:
            answer = await response.json()
            return str(answer["result"]["username"])
    except (ClientError, TimeoutError, ValueError, KeyError, TypeError):
        return ""
