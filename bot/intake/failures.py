"""What a person hears when an update could not be handled, or a screen could not be shown."""

from __future__ import annotations

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.intake.inbox import Claimed
from bot.logs import log
from bot.middlewares.identity import MESSENGER
from bot.services import Services
from bot.views.buttons import MENU
from core.domain.actors import Actor
from core.domain.outgoing import Notice
from core.i18n import Speech, Texts


class Failures:
    """The last words; they must not fail themselves."""

    def __init__(self, bot: Bot, services: Services, texts: Texts) -> None:
        self._bot = bot
        self._services = services
        self._texts = texts

    async def say(self, claimed: Claimed) -> None:
        """«Не получилось, № …» and the way to the menu, in private chats only."""
        chat_id = claimed.update.chat_id
        if not claimed.update.is_private or chat_id is None:
            return
        try:
            actor = await self._actor(claimed)
            speech = self._texts.speak(actor.locale if actor else "")
            await self._bot.send_message(
                chat_id,
                speech.say("failure", number=str(claimed.row_id)),
                reply_markup=_one_button(speech, "button-home", MENU),
            )
        except (AiogramError, Exception) as error:
            log.warning("failure not told", row=claimed.row_id, why=type(error).__name__)

    async def resume_notice(self, claimed: Claimed) -> Notice | None:
        """The notice «Продолжим?» for the person behind the update."""
        actor = await self._actor(claimed)
        if actor is None or not claimed.update.is_private:
            return None
        return Notice(
            kind="resume",
            entity="inbox",
            entity_id=claimed.row_id,
            version=0,
            person_id=actor.person_id,
        )

    async def _actor(self, claimed: Claimed) -> Actor | None:
        user_id = claimed.update.user_id
        if user_id is None:
            return None
        return await self._services.people.meet(MESSENGER, user_id, "ru")


def _one_button(speech: Speech, text: str, data: str) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=speech.say_plain(text), callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
