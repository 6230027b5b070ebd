"""The slip of a family on paper followed: `/start j_CODE` in the private chat.

Junk, expired, used and somebody else's slips get one and the same answer.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs.confirmation.joining import CODE
from bot.dialogs.confirmation.states import SlipJoining
from bot.dialogs.stack import go_to
from bot.views.links import SLIP_PREFIX
from core.domain.actors import Actor

router = Router(name="slips")


@router.message(
    CommandStart(deep_link=True, magic=F.args.startswith(SLIP_PREFIX)),
    F.chat.type == ChatType.PRIVATE,
    F.edit_date.is_(None),
)
async def on_slip(
    _message: Message, command: CommandObject, actor: Actor | None, dialog_manager: DialogManager
) -> None:
    """Say what it is before anything is asked."""
    if actor is None:
        return
    code = (command.args or "").removeprefix(SLIP_PREFIX)
    await go_to(dialog_manager, SlipJoining.offer, {CODE: code})
