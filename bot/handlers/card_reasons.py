"""The buttons «write the reason» and «write what is needed» in the private chat: each opens its
form.

It stands under a question that may be days old, so the card is looked at anew.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.halting.states import StaffHalt
from bot.dialogs.missing_data.states import StaffNeed
from bot.dialogs.stack import go_to
from bot.dialogs.staff_reason.states import StaffReason
from bot.handlers.cards import read_card
from bot.services import Services
from bot.views.cards import WriteNeed, WriteReason, waits
from bot.views.details import HaltPress
from core.domain.actors import Actor
from core.domain.refusals import NotFound

router = Router(name="card_reasons")


@router.callback_query(WriteReason.filter(), F.message.chat.type == ChatType.PRIVATE)
async def on_write_reason(
    _callback: CallbackQuery,
    callback_data: WriteReason,
    services: Services,
    actor: Actor,
    dialog_manager: DialogManager,
) -> None:
    """Ask for the words, or say that the decision is taken."""
    subject = callback_data.subject.subject
    data = {
        "subject": subject.value,
        "id": callback_data.id,
        "version": callback_data.version,
    }
    try:
        await services.cards.check_right(actor, subject, callback_data.id)
        card = await read_card(services, subject, callback_data.id)
    except NotFound:
        await go_to(dialog_manager, StaffReason.nothing, data)
        return
    stands = card.version == callback_data.version and waits(card)
    await go_to(dialog_manager, StaffReason.typing if stands else StaffReason.late, data)


@router.callback_query(HaltPress.filter(), F.message.chat.type == ChatType.PRIVATE)
async def on_halt(
    _callback: CallbackQuery, callback_data: HaltPress, dialog_manager: DialogManager
) -> None:
    """Ask why; whether it may be done is looked at when it is."""
    data = {
        "id": callback_data.id,
        "version": callback_data.version,
        "deed": callback_data.deed.value,
    }
    await go_to(dialog_manager, StaffHalt.reason, data)


@router.callback_query(WriteNeed.filter(), F.message.chat.type == ChatType.PRIVATE)
async def on_write_need(
    _callback: CallbackQuery, callback_data: WriteNeed, dialog_manager: DialogManager
) -> None:
    """Ask for the words; whether they may still be sent is looked at when they are."""
    data = {"id": callback_data.id, "version": callback_data.version}
    await go_to(dialog_manager, StaffNeed.typing, data)
