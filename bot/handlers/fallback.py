"""What nothing else took in a private chat: it is answered all the same.

An edited message goes the way of a new one and is recognised by its date of editing: the window
says that an edit changes nothing and what to do instead.
"""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.utils import CB_SEP

from bot.dialogs.listening import answer_outside
from bot.handlers.errors import say_stale

unknown_taps = Router(name="unknown_taps")
"""Stands before the dialogs: they would answer junk by editing the message it came from."""
router = Router(name="fallback")
"""Stands after the dialogs."""

_PRIVATE = F.chat.type == ChatType.PRIVATE


@unknown_taps.callback_query(
    F.message.chat.type == ChatType.PRIVATE, ~F.data | ~F.data.contains(CB_SEP)
)
async def on_unknown_tap(callback: CallbackQuery, **data: Any) -> None:
    """Buttons of dialogs carry an intent; this one belongs to nothing."""
    await say_stale(callback, data)


@unknown_taps.edited_message(_PRIVATE)
async def on_edited(message: Message, event_router: Router, **data: Any) -> None:
    root = event_router
    while root.parent_router is not None:
        root = root.parent_router
    await root.propagate_event("message", message, **data)


@router.message(_PRIVATE)
async def on_message(message: Message, dialog_manager: DialogManager) -> None:
    """No conversation is open."""
    await answer_outside(message, dialog_manager)
