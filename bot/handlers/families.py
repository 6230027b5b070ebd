"""`/start f_CODE`, an invitation into a family, and `/family_code`, against a lost account."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs.family_account.states import FamilyAccount
from bot.dialogs.family_joining.states import FamilyJoining
from bot.dialogs.stack import go_to

router = Router(name="families")
router.message.filter(F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))

PREFIX = "f_"


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)))
async def on_invitation(
    _message: Message, command: CommandObject, dialog_manager: DialogManager
) -> None:
    """The link itself gives nothing yet: the offer is shown first."""
    code = (command.args or "").removeprefix(PREFIX)
    await go_to(dialog_manager, FamilyJoining.offer, {"code": code})


@router.message(Command("family_code"))
async def on_family_code(_message: Message, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, FamilyAccount.code, {})
