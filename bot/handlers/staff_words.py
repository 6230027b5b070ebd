"""`/search_words`: what the search understands, for consultants and the head of a centre."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs import show_present
from bot.dialogs.stack import go_to
from bot.dialogs.synonyms.states import StaffWords
from bot.dialogs.widgets import hint
from bot.services import Services
from core.domain.actors import Actor
from core.domain.staff import MODERATORS
from core.i18n import Speech

router = Router(name="staff_words")


@router.message(Command("search_words"), F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))
async def on_search_words(
    _message: Message,
    services: Services,
    actor: Actor,
    speech: Speech,
    dialog_manager: DialogManager,
) -> None:
    """The municipality is the chosen one where the person moderates it, else the first."""
    rights = await services.staff.rights(actor)
    moderated = [right.municipality_id for right in rights if right.role in MODERATORS]
    if not moderated:
        hint(dialog_manager, speech.say("refusal-not-allowed"))
        await show_present(dialog_manager)
        return
    chosen = actor.municipality_id if actor.municipality_id in moderated else moderated[0]
    await go_to(dialog_manager, StaffWords.overview, {"municipality_id": chosen})
