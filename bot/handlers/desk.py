"""`/desk`: a one-time link to the web desk, for who decides requests, in the private chat only."""

from __future__ import annotations

from collections.abc import Callable

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import LinkPreviewOptions, Message
from aiogram_dialog import DialogManager

from bot.dialogs import show_present
from bot.dialogs.consents.gate import carries_personal_data
from bot.dialogs.widgets import hint
from bot.services import Services
from bot.settings import Settings
from bot.views.desk import entry_address
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed
from core.i18n import Speech

router = Router(name="desk")


@router.message(Command("desk"), F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))
async def on_desk(
    message: Message,
    services: Services,
    settings: Settings,
    desk_address: Callable[[], str],
    actor: Actor,
    speech: Speech,
    dialog_manager: DialogManager,
) -> None:
    """The link lives five minutes; the newest one only opens."""
    try:
        entry = await services.desk.entrances.invite(actor)
    except NotAllowed:
        hint(dialog_manager, speech.say("refusal-not-allowed"))
        await show_present(dialog_manager)
        return
    if not carries_personal_data(settings):
        await message.answer(speech.say("desk-link-off"))
        return
    link = entry_address(desk_address(), entry.code)
    await message.answer(
        speech.say("desk-link", link=link),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
