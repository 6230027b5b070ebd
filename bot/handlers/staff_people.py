"""`/staff`: who holds what, inviting, handing over, chats. Clubs and officers come by it too."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs import show_present
from bot.dialogs.stack import go_to
from bot.dialogs.staff_people.states import StaffPeople
from bot.dialogs.widgets import hint
from bot.services import Services
from core.domain.actors import Actor
from core.i18n import Speech

router = Router(name="staff_people")


@router.message(Command("staff"), F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))
async def on_staff(
    _message: Message,
    services: Services,
    actor: Actor,
    speech: Speech,
    dialog_manager: DialogManager,
) -> None:
    """For everybody who holds a right now."""
    if not await services.staff.rights(actor):
        hint(dialog_manager, speech.say("refusal-not-allowed"))
        await show_present(dialog_manager)
        return
    await go_to(dialog_manager, StaffPeople.overview, {})
