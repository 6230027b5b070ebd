"""Moving between conversations without losing what was answered.

A form's answers lie in its dialogue state under `answers`; while there are any, it is a draft.
Going home never throws a draft away: the menu opens on top of it and offers to go on. A draft
ends when its form is sent or the person drops it.
"""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.fsm.state import State
from aiogram.types import ReplyKeyboardRemove
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.entities import Context
from aiogram_dialog.api.exceptions import UnknownIntent, UnknownState
from aiogram_dialog.api.internal import STORAGE_KEY
from aiogram_dialog.context.storage import StorageProxy

from bot.dialogs.given import given
from bot.dialogs.menu.states import Menu

ANSWERS = "answers"
REPLY_KEYBOARD = "reply_keyboard"
"""Set while a keyboard under the input field belongs to the present form."""


def answers(manager: DialogManager) -> dict[str, Any]:
    """What has been answered in the present form."""
    found: dict[str, Any] = manager.dialog_data.setdefault(ANSWERS, {})
    return found


def forget_answers(manager: DialogManager) -> None:
    """The form is sent or dropped: it is no draft any more."""
    manager.dialog_data.pop(ANSWERS, None)


def is_draft(context: Context) -> bool:
    return bool(context.dialog_data.get(ANSWERS))


async def go_home(
    manager: DialogManager, *, show_mode: ShowMode | None = None, welcome: bool = False
) -> None:
    """The menu; a draft stays beneath it and is offered."""
    await put_reply_keyboard_away(manager)
    draft = await _unwind(manager)
    await manager.start(
        Menu.main,
        data={"draft": _form_of(draft), "welcome": welcome},
        show_mode=show_mode,
    )


async def go_to(manager: DialogManager, state: State, data: dict[str, Any]) -> None:
    """Open a conversation from outside all others (a link, a notice, a command): a new message.

    A draft stays beneath it.
    """
    await put_reply_keyboard_away(manager)
    await _unwind(manager)
    await manager.start(state, data=data, show_mode=ShowMode.SEND)


async def go_on_with_draft(manager: DialogManager) -> None:
    """Back to the form where it was left; home when it is gone."""
    if await _unwind(manager) is None:
        await go_home(manager)
    else:
        await manager.show()


async def drop_draft(manager: DialogManager) -> None:
    """The person does not want the form any more."""
    await put_reply_keyboard_away(manager)
    if await _unwind(manager) is not None:
        await manager.mark_closed()
    await go_home(manager)


async def go_back(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """To whatever opened the present conversation; home when nothing did."""
    if len(manager.current_stack().intents) > 1:
        await manager.done(show_mode=show_mode)
    else:
        await go_home(manager, show_mode=show_mode)


async def open_form(manager: DialogManager, state: State, data: dict[str, Any]) -> None:
    """Open a form, or go on with the one that was begun for the same purpose."""
    if await _has_draft_of(manager, state, data):
        while not _same_form(manager.current_context(), state, data):
            await manager.mark_closed()
        await manager.show()
        return
    await manager.start(state, data=data)


async def put_reply_keyboard_away(manager: DialogManager) -> None:
    """A keyboard under the input field goes only with a message; the next screen comes below it."""
    if not manager.has_context() or not manager.dialog_data.pop(REPLY_KEYBOARD, False):
        return
    bot: Bot = manager.middleware_data["bot"]
    await bot.send_message(
        manager.middleware_data["event_chat"].id,
        given(manager).speech.say("phone-keyboard-away"),
        reply_markup=ReplyKeyboardRemove(),
    )
    manager.show_mode = ShowMode.SEND


async def _unwind(manager: DialogManager) -> Context | None:
    """Close everything above the topmost draft; all, when there is none."""
    try:
        while manager.has_context():
            context = manager.current_context()
            if is_draft(context):
                return context
            await manager.mark_closed()
    except (UnknownIntent, UnknownState):
        await manager.reset_stack(remove_keyboard=False)
    return None


async def _has_draft_of(manager: DialogManager, state: State, data: dict[str, Any]) -> bool:
    try:
        storage: StorageProxy = manager.middleware_data[STORAGE_KEY]
        for intent in reversed(manager.current_stack().intents[:-1]):
            if _same_form(await storage.load_context(intent), state, data):
                return True
    except (UnknownIntent, UnknownState):
        return False
    return False


def _same_form(context: Context, state: State, data: dict[str, Any]) -> bool:
    return is_draft(context) and context.state.group is state.group and context.start_data == data


def _form_of(context: Context | None) -> str:
    """The code of the form for words: the name of its group of states."""
    if context is None or context.state.group is None:
        return ""
    return context.state.group.__name__.lower()
