"""Who is behind the update, and in which language to speak: one door for identity."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import TelegramObject, Update, User

from bot.services import Services
from core.domain.actors import Actor, Messenger
from core.i18n import Speech, Texts

MESSENGER: Messenger = "telegram"


class Identity(BaseMiddleware):
    """Puts `actor` (None for bots, channels, anonymous admins) and `speech` beside the event."""

    def __init__(self, services: Services, texts: Texts, default_locale: str) -> None:
        self._services = services
        self._texts = texts
        self._default_locale = default_locale
        self._zones: dict[int, str] = {}

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User | None = data.get("event_from_user")
        actor = None
        if user is not None and not user.is_bot and not _speaks_for_a_chat(event):
            known = self._texts.known(user.language_code or self._default_locale)
            if _asks_from_anywhere(event):
                actor = await self._services.people.find(MESSENGER, user.id)
            else:
                actor = await self._services.people.meet(MESSENGER, user.id, known)
            if actor is not None and not actor.reachable and _writes_in_private(event):
                await self._services.people.mark_reachable(MESSENGER, user.id)
        data["actor"] = actor
        data["speech"] = await self._speech(actor)
        return await handler(event, data)

    async def _speech(self, actor: Actor | None) -> Speech:
        if actor is None:
            return self._texts.speak(self._default_locale)
        if actor.municipality_id is None:
            return self._texts.speak(actor.locale)
        zone = self._zones.get(actor.municipality_id)
        if zone is None:
            municipality = await self._services.municipalities.get(actor.municipality_id)
            zone = self._zones[actor.municipality_id] = municipality.timezone
        return self._texts.speak(actor.locale, zone)


def _speaks_for_a_chat(event: TelegramObject) -> bool:
    message = event.message if isinstance(event, Update) else None
    return message is not None and message.sender_chat is not None


def _asks_from_anywhere(event: TelegramObject) -> bool:
    """Whoever types after the bot's name in another chat has not come to it: nobody is noted."""
    return isinstance(event, Update) and event.inline_query is not None


def _writes_in_private(event: TelegramObject) -> bool:
    """Whoever writes to the bot has not blocked it; a tap in a group says nothing of that."""
    message = event.message if isinstance(event, Update) else None
    return message is not None and message.chat.type == ChatType.PRIVATE
