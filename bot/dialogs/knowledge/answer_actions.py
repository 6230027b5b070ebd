"""One answer of an entry: its text, dates, link, a picture or a file; every change ends it and adds
another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, Document, Message, PhotoSize
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.imports.incoming import DownloadFailed, Incoming
from bot.dialogs.knowledge.editing import ANSWER, ENTRY, changed, editor, looked_at
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.listening import delete_message
from bot.dialogs.refusing import refusal_text, say_bad_value
from bot.dialogs.widgets import hint
from bot.views.questions import page_of
from core import words
from core.domain.knowledge import (
    MESSENGER_FILE,
    AnswerTerms,
    AnswerText,
    UnknownVariable,
    Variant,
    read_answer_text,
)
from core.domain.links import read_link
from core.domain.refusals import BadValue, NotFound
from core.domain.written_dates import NoSuchDay, Period, find_period
from core.files.attached import has_honest_name, is_what_it_is_called

CLEARING = frozenset({"-", "\N{EN DASH}", "\N{EM DASH}"})
"""Typed instead of dates or a link: there are none."""
FILES = (".pdf", ".docx", ".xlsx", ".jpg", ".jpeg", ".png")
"""Kinds that parents open on any telephone and that run nothing."""
GREATEST_FILE = 20 * 1024 * 1024
"""Bytes."""


async def choose_answer(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, answer_id: int
) -> None:
    manager.dialog_data[ANSWER] = answer_id
    await manager.switch_to(StaffKnowledge.answer)


async def add_own_answer(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """An answer that holds in the editor's municipality only."""
    manager.dialog_data[ANSWER] = 0
    await manager.switch_to(StaffKnowledge.text)


async def take_text(manager: DialogManager, text: str) -> None:
    """The text of the answer looked at, or of a new one for the own municipality."""
    held = await _held(manager)
    if held is None:
        terms = AnswerTerms(municipality_id=editor(manager).municipality_id)
        await _set(manager, terms, lambda: read_answer_text(text), None, typed=text)
        return
    said = held.text

    def read() -> AnswerText:
        return replace(said, text=read_answer_text(text).text)

    await _set(manager, held.terms, read, held.id, typed=text)


async def text_too(manager: DialogManager, text: str) -> bool:
    await take_text(manager, text)
    return True


async def take_dates(manager: DialogManager, text: str) -> None:
    """«с 01.09.2026 по 31.05.2027», one of the two, or a dash for always."""
    held = await _get_held(manager)
    try:
        period = _period(text)
        terms = replace(held.terms, valid_from=period.first, valid_until=period.last)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _set(manager, terms, lambda: held.text, held.id, typed=text)


async def take_link(manager: DialogManager, text: str) -> None:
    held = await _get_held(manager)

    def read() -> AnswerText:
        return replace(held.text, link=None if text.strip() in CLEARING else read_link(text))

    await _set(manager, held.terms, read, held.id, typed=text)


async def take_picture(manager: DialogManager, picture: PhotoSize) -> None:
    """A photo sent while an answer is on the screen becomes its picture."""
    held = await _get_held(manager)
    text = replace(
        held.text,
        picture=f"{MESSENGER_FILE}{picture.file_id}",
        file=page_of(held.text.file) or None,
    )
    await _set(manager, held.terms, lambda: text, held.id)


async def take_file(manager: DialogManager, file: Document) -> None:
    """So does a file; a message carries one of the two, so it takes the place of a sent picture."""
    speech = given(manager).speech
    if not has_honest_name(file.file_name or ""):
        await _send_back(manager, speech.say("knowledge-file-kind"))
        return
    if (file.file_size or 0) > GREATEST_FILE:
        await _send_back(manager, speech.say("knowledge-file-big"))
        return
    try:
        honest = await _is_honest(manager, file)
    except DownloadFailed:
        hint(manager, speech.say("imports-not-given"))
        return
    if not honest:
        await _send_back(manager, speech.say("knowledge-file-other"))
        return
    held = await _get_held(manager)
    text = replace(
        held.text,
        file=f"{MESSENGER_FILE}{file.file_id}",
        picture=page_of(held.text.picture) or None,
    )
    await _set(manager, held.terms, lambda: text, held.id)


async def _is_honest(manager: DialogManager, file: Document) -> bool:
    """Whether the content is what the name says. Raises DownloadFailed."""
    incoming: Incoming = manager.middleware_data["incoming"]
    bot: Bot = manager.middleware_data["bot"]
    async with incoming.file(bot, file.file_id) as path:
        return await asyncio.to_thread(is_what_it_is_called, path, file.file_name or "")


async def _send_back(manager: DialogManager, why: str) -> None:
    """A file nobody takes does not stay in the chat."""
    if isinstance(manager.event, Message):
        await delete_message(manager.event)
    hint(manager, why)


async def drop_picture(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    held = await _get_held(manager)
    text = replace(held.text, picture=None, file=None)
    await _set(manager, held.terms, lambda: text, held.id)


async def end_answer(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    change = given(manager).services.knowledge_editing.end_answer(
        editor(manager),
        int(manager.dialog_data[ENTRY]),
        version=looked_at(manager),
        answer_id=int(manager.dialog_data[ANSWER]),
    )
    await changed(manager, change, StaffKnowledge.answers)


def _period(text: str) -> Period:
    if text.strip() in CLEARING:
        return Period(first=None, last=None)
    try:
        found = find_period(text.strip(), words.date_words())
    except NoSuchDay:
        found = None
    if found is None:
        raise BadValue(field="valid_from", reason="unreadable")
    return found.period


async def _held(manager: DialogManager) -> Variant | None:
    """The answer looked at; None while a new one is being made, or when it has ended."""
    chosen = int(manager.dialog_data.get(ANSWER, 0))
    entry = await given(manager).services.knowledge_editing.get(
        editor(manager), int(manager.dialog_data[ENTRY])
    )
    return next((answer for answer in entry.answers if answer.id == chosen), None)


async def _get_held(manager: DialogManager) -> Variant:
    """Raises NotFound."""
    held = await _held(manager)
    if held is None:
        raise NotFound(what="knowledge-answer")
    return held


async def _set(
    manager: DialogManager,
    terms: AnswerTerms,
    read: Callable[[], AnswerText],
    instead_of: int | None,
    *,
    typed: str = "",
) -> None:
    try:
        text = read()
    except BadValue as refusal:
        say_bad_value(manager, refusal, typed)
        return
    except UnknownVariable as refusal:
        hint(manager, refusal_text(refusal, given(manager).speech))
        return
    change = given(manager).services.knowledge_editing.set_answer(
        editor(manager),
        int(manager.dialog_data[ENTRY]),
        version=looked_at(manager),
        terms=terms,
        text=text,
        instead_of=instead_of,
    )
    await changed(manager, change, StaffKnowledge.answers)
