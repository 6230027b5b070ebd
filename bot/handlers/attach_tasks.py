"""Presses on the card of a certificate the bot did not find. Who may not decide, and what does not
exist, get one and the same alert."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery

from bot.dialogs.consents.gate import carries_personal_data
from bot.services import Services
from bot.settings import Settings
from bot.views.attaching import TASK_PREFIX, TaskAction, TaskPress, task_keyboard, task_text
from core.domain.actors import Actor
from core.domain.refusals import AlreadyDecided, NotFound
from core.i18n import Speech
from core.services.chats.cards import PrivateChatClosed

router = Router(name="attach_tasks")


@router.callback_query(TaskPress.filter())
async def on_press(
    callback: CallbackQuery,
    callback_data: TaskPress,
    bot: Bot,
    services: Services,
    actor: Actor,
    speech: Speech,
    settings: Settings,
) -> None:
    """One press of one person."""
    if not carries_personal_data(settings):
        await callback.answer(speech.say_plain("card-alert-personal-off"), show_alert=True)
        return
    tasks = services.attach_tasks
    try:
        if callback_data.action is TaskAction.OPEN:
            await tasks.look(actor, callback_data.id, tap=callback.id)
            await callback.answer(speech.say_plain("card-toast-details"))
            return
        await tasks.settle(actor, callback_data.id, callback_data.action.outcome)
    except NotFound:
        await callback.answer(speech.say_plain("card-alert-none"), show_alert=True)
        return
    except PrivateChatClosed:
        link = f"t.me/{(await bot.me()).username}"
        text = speech.say_plain("card-alert-private-closed", link=link)
        await callback.answer(text, show_alert=True)
        return
    except AlreadyDecided:
        await callback.answer(speech.say_plain("card-alert-changed"), show_alert=True)
    else:
        await callback.answer()
    await _show(callback, bot, services, callback_data.id, speech)


@router.callback_query(F.data.startswith(f"{TASK_PREFIX}:"))
async def on_unreadable(callback: CallbackQuery, speech: Speech) -> None:
    """Cut, forged, or from a release whose buttons are no more."""
    await callback.answer(speech.say_plain("card-alert-outdated"), show_alert=True)


async def _show(
    callback: CallbackQuery, bot: Bot, services: Services, task_id: int, speech: Speech
) -> None:
    """Edit the pressed message; one that shows this already, or is gone, is no fault."""
    message = callback.message
    if message is None:
        return
    card = await services.attach_tasks.card(task_id)
    try:
        await bot.edit_message_text(
            task_text(card, speech),
            chat_id=message.chat.id,
            message_id=message.message_id,
            reply_markup=task_keyboard(card, speech),
        )
    except TelegramBadRequest:
        return
