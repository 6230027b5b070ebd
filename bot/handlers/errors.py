"""Taps that meet nothing any more, and refusals nobody has put into words: never silence."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, MaybeInaccessibleMessageUnion
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.exceptions import (
    InvalidStackIdError,
    OutdatedIntent,
    UnknownIntent,
    UnknownState,
)

from bot.dialogs.refusing import refusal_text
from bot.dialogs.stack import go_home
from core.domain.refusals import NotAllowed, Refusal
from core.i18n import Speech

router = Router(name="errors")

NOTHING_THERE = (
    UnknownIntent,
    OutdatedIntent,
    UnknownState,
    InvalidStackIdError,
)


@router.error(ExceptionTypeFilter(*NOTHING_THERE))
async def outdated(event: ErrorEvent, dialog_manager: DialogManager, speech: Speech) -> None:
    """A button of an older release, a cut or foreign one, or a dialogue that was tidied away."""
    if not _in_private(event):
        return
    callback = event.update.callback_query
    await _say(event, speech.say("button-outdated" if callback else "dialogue-gone"))
    await _show_present(dialog_manager)


@router.error(ExceptionTypeFilter(Refusal))
async def refused(event: ErrorEvent, dialog_manager: DialogManager, speech: Speech) -> None:
    """A refusal that no window has answered itself."""
    if not _in_private(event):
        return
    if isinstance(event.exception, Refusal):
        await _say(event, refusal_text(event.exception, speech))
    if isinstance(event.exception, NotAllowed):
        # the window itself may be what is not allowed (any more): it would refuse again
        await go_home(dialog_manager, show_mode=ShowMode.SEND)
        return
    await _show_present(dialog_manager)


async def say_stale(callback: CallbackQuery, data: dict[str, Any]) -> None:
    """A tap on a message that is not the present screen."""
    speech: Speech = data["speech"]
    manager: DialogManager = data["dialog_manager"]
    if callback.message is None or callback.bot is None or callback.message.chat.type != "private":
        return  # no dialogue lives in a group: a tap there is forged
    await callback.bot.send_message(callback.message.chat.id, speech.say("button-outdated"))
    await _show_present(manager)


async def _show_present(manager: DialogManager) -> None:
    if manager.has_context():
        await manager.show(ShowMode.SEND)
    else:
        await go_home(manager, show_mode=ShowMode.SEND)


def _message(event: ErrorEvent) -> MaybeInaccessibleMessageUnion | None:
    callback = event.update.callback_query
    return event.update.message or (callback.message if callback else None)


def _in_private(event: ErrorEvent) -> bool:
    message = _message(event)
    return message is not None and message.chat.type == "private"


async def _say(event: ErrorEvent, text: str) -> None:
    message = _message(event)
    if message is not None and event.update.bot is not None:
        await event.update.bot.send_message(message.chat.id, text)
