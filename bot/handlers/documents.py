"""Documents that no window may hear first.

A table or a knowledge base that a member of the municipal centre sends opens the conversation that
loads it; from anybody else it goes the way of every document: deleted, not stored.

A command with the number of a document in it: the number goes first, the command is not obeyed.
Windows look into every message they hear; commands never reach a window, so they are looked into
here, before whoever follows them.
"""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import Context

from bot.dialogs import show_present
from bot.dialogs.documents import Document, document_in
from bot.dialogs.imports.states import StaffImport
from bot.dialogs.knowledge.answer_actions import FILES
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.listening import delete_message
from bot.dialogs.stack import go_to
from bot.dialogs.widgets import hint
from bot.services import Services
from core.domain.actors import Actor
from core.domain.municipality import MunicipalityView
from core.i18n import Speech

router = Router(name="documents")

_LINK = re.compile(r"/start [a-z]_[A-Za-z0-9_-]*")
"""A link's payload is no number of a document, however many digits it has."""


_TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".ods", ".jsonl", ".json")
"""Names of what may be loaded; what a file really is says its content."""


async def table_from_staff(
    message: Message,
    actor: Actor | None,
    services: Services,
    aiogd_context: Context | None = None,
) -> dict[str, MunicipalityView] | bool:
    """A filter: where the sender may load tables, if this is one and he may at all."""
    if message.document is None or actor is None:
        return False
    name = (message.document.file_name or "").lower()
    if not name.endswith(_TABLES):
        return False
    if (
        aiogd_context is not None
        and aiogd_context.state == StaffKnowledge.answer
        and name.endswith(FILES)
    ):
        return False  # it goes with the answer on the screen
    place = await services.sent_files.find_place(actor)
    return {"place": place} if place is not None else False


@router.message(F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None), table_from_staff)
async def on_table(
    message: Message, place: MunicipalityView, dialog_manager: DialogManager
) -> None:
    """Ask what is in it."""
    if message.document is None:
        return
    data = {
        "file_id": message.document.file_id,
        "size": message.document.file_size or 0,
        "message_id": message.message_id,
        "municipality_code": place.code,
        "municipality": place.name,
    }
    await go_to(dialog_manager, StaffImport.kind, data)


def told_by_command(message: Message) -> dict[str, Document] | bool:
    """A filter: the document whose number stands in a command."""
    text = message.text or ""
    if not text.startswith("/") or _LINK.fullmatch(text):
        return False
    document = document_in(text)
    return {"document": document} if document is not None else False


@router.message(F.chat.type == ChatType.PRIVATE, told_by_command)
async def on_document(
    message: Message, document: Document, dialog_manager: DialogManager, speech: Speech
) -> None:
    """Delete it, say so above the present window."""
    await delete_message(message)
    hint(dialog_manager, speech.say(f"unexpected-{document.value}-deleted"))
    await show_present(dialog_manager)
