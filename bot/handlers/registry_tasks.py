"""The ways to a task: a card of a staff chat sends it to the private chat, a button opens it.

Who may not enter it, what is no task any more and what does not exist get one and the same alert.
"""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.consents.gate import carries_personal_data
from bot.dialogs.registry_tasks.states import StaffTasks
from bot.dialogs.stack import go_to
from bot.services import Services
from bot.settings import Settings
from bot.views.cards import TaskPress
from bot.views.registry_tasks import OpenTask
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed, NotFound
from core.i18n import Speech
from core.services.chats.cards import PrivateChatClosed

router = Router(name="registry_tasks")


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
    """Send the way to the fields to the private chat of whoever pressed."""
    if not carries_personal_data(settings):
        await callback.answer(speech.say_plain("card-alert-personal-off"), show_alert=True)
        return
    try:
        await services.registry_tasks.send_to(
            actor, callback_data.subject.subject, callback_data.id, tap=callback.id
        )
    except (NotFound, NotAllowed):
        await callback.answer(speech.say_plain("card-alert-none"), show_alert=True)
    except PrivateChatClosed:
        link = f"t.me/{(await bot.me()).username}"
        text = speech.say_plain("card-alert-private-closed", link=link)
        await callback.answer(text, show_alert=True)
    else:
        await callback.answer(speech.say_plain("card-toast-details"))


@router.callback_query(OpenTask.filter(), F.message.chat.type == ChatType.PRIVATE)
async def on_open(
    _callback: CallbackQuery, callback_data: OpenTask, dialog_manager: DialogManager
) -> None:
    """The fields, if they may still be seen."""
    await go_to(dialog_manager, StaffTasks.task, {"task_id": callback_data.task_id})
