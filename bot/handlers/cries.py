"""A cry for help, whatever window is open: the phones of living people, at once.

It stands before the dialogs, since a form would take it for a wrong name and the search for a wish.
What was begun stays beneath. Staff who write reasons and answers of the knowledge base are left in
peace: there such words are their work.
"""

from __future__ import annotations

from typing import Final

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.entities import Context
from aiogram_dialog.api.exceptions import UnknownIntent, UnknownState

from bot.dialogs.knowledge.states import StaffKnowledge, StaffNewEntry, StaffUnanswered
from bot.dialogs.listening import forget_document
from bot.dialogs.questions.states import Questions
from bot.dialogs.stack import go_home, is_draft, put_reply_keyboard_away
from bot.dialogs.staff_reason.states import StaffReason
from bot.dialogs.synonyms.states import StaffWords
from core.services.questions.danger import is_cry_for_help

router = Router(name="cries")

_OF_STAFF: Final = frozenset(
    {StaffKnowledge, StaffNewEntry, StaffUnanswered, StaffReason, StaffWords}
)


def tells_of_danger(message: Message) -> bool:
    """A filter."""
    text = message.text or message.caption or ""
    return not text.startswith("/") and is_cry_for_help(text)


@router.message(F.chat.type == ChatType.PRIVATE, tells_of_danger)
async def on_cry(message: Message, dialog_manager: DialogManager) -> None:
    """Nothing of it is noted; a document in it goes as from everywhere."""
    present = await _present(dialog_manager)
    if present.state.group in _OF_STAFF:
        raise SkipHandler
    await forget_document(message)
    await put_reply_keyboard_away(dialog_manager)
    await dialog_manager.start(
        Questions.danger, data={"over_form": is_draft(present)}, show_mode=ShowMode.SEND
    )


async def _present(manager: DialogManager) -> Context:
    """What the person has before them; the menu where there is nothing, or nothing readable."""
    try:
        if manager.has_context():
            return manager.current_context()
    except (UnknownIntent, UnknownState):
        await manager.reset_stack(remove_keyboard=False)
    await go_home(manager, show_mode=ShowMode.NO_UPDATE)
    return manager.current_context()
