"""`/audit`: who looked and changed, for the head of a centre."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs import show_present
from bot.dialogs.audit.states import StaffAudit
from bot.dialogs.stack import go_to
from bot.dialogs.widgets import hint
from bot.services import Services
from core.domain.actors import Actor
from core.domain.staff import headed
from core.i18n import Speech

router = Router(name="staff_audit")


@router.message(Command("audit"), F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))
async def on_audit(
    _message: Message,
    services: Services,
    actor: Actor,
    speech: Speech,
    dialog_manager: DialogManager,
) -> None:
    """The municipality is the chosen one where the person heads it, else the first."""
    here = sorted(headed(await services.staff.rights(actor)))
    if not here:
        hint(dialog_manager, speech.say("refusal-not-allowed"))
        await show_present(dialog_manager)
        return
    chosen = actor.municipality_id if actor.municipality_id in here else here[0]
    await go_to(dialog_manager, StaffAudit.ask, {"municipality_id": chosen})
