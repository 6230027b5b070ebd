from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.knowledge.editing import (
    ENTRY,
    NUMBER,
    TOPIC,
    TYPED,
    changed,
    editor,
    entry_of,
    looked_at,
    opened_for,
)
from bot.dialogs.knowledge.states import StaffKnowledge, StaffNewEntry, StaffUnanswered
from bot.dialogs.paging import turn_to_first
from bot.views.knowledge import topics_of
from bot.views.typed import said_back


async def open_misses(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(StaffUnanswered.misses, data=opened_for(manager))


async def open_new(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(StaffNewEntry.question, data=opened_for(manager))


async def find(manager: DialogManager, text: str) -> None:
    manager.dialog_data[TYPED] = said_back(text)
    await manager.switch_to(StaffKnowledge.found)


async def choose_topic(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: int
) -> None:
    surroundings = given(manager)
    lines = await surroundings.services.knowledge_editing.list_lines(editor(manager))
    topics = topics_of(lines)
    if number < len(topics):
        manager.dialog_data[TOPIC] = topics[number][0]
        turn_to_first(manager, StaffKnowledge.entries)
        await manager.switch_to(StaffKnowledge.entries)


async def choose_entry(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, entry_id: int
) -> None:
    manager.dialog_data[ENTRY] = entry_id
    for state in (StaffKnowledge.examples, StaffKnowledge.answers, StaffKnowledge.versions):
        turn_to_first(manager, state)
    await manager.switch_to(StaffKnowledge.entry)


async def take_question(manager: DialogManager, text: str) -> None:
    change = given(manager).services.knowledge_editing.change_question(
        editor(manager), int(manager.dialog_data[ENTRY]), version=looked_at(manager), question=text
    )
    await changed(manager, change, StaffKnowledge.entry, typed=text)


async def question_too(manager: DialogManager, text: str) -> bool:
    """A wording of a question may well end with a question mark."""
    await take_question(manager, text)
    return True


async def take_example(manager: DialogManager, text: str) -> None:
    change = given(manager).services.knowledge_editing.add_examples(
        editor(manager), int(manager.dialog_data[ENTRY]), text.splitlines()
    )
    await changed(manager, change, StaffKnowledge.examples, typed=text)


async def example_too(manager: DialogManager, text: str) -> bool:
    await take_example(manager, text)
    return True


async def remove_example(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: int
) -> None:
    """The one that stood at this place when it was pressed; the version tells whether it still
    does."""
    surroundings = given(manager)
    version = looked_at(manager)
    entry = await entry_of(manager, surroundings)
    if number >= len(entry.examples):
        return
    change = surroundings.services.knowledge_editing.remove_example(
        editor(manager), entry.id, version=version, example=entry.examples[number]
    )
    await changed(manager, change, StaffKnowledge.examples)


async def end_entry(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await end_entry_by_word(manager)


async def end_entry_by_word(manager: DialogManager) -> None:
    change = given(manager).services.knowledge_editing.end(
        editor(manager), int(manager.dialog_data[ENTRY]), version=looked_at(manager)
    )
    await changed(manager, change, StaffKnowledge.entry)


async def back_to_entry(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await back_to_entry_by_word(manager)


async def back_to_entry_by_word(manager: DialogManager) -> None:
    await manager.switch_to(StaffKnowledge.entry)


async def choose_version(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: int
) -> None:
    manager.dialog_data[NUMBER] = number
    await manager.switch_to(StaffKnowledge.version)


async def restore(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    change = given(manager).services.knowledge_editing.restore(
        editor(manager),
        int(manager.dialog_data[ENTRY]),
        version=looked_at(manager),
        number=int(manager.dialog_data[NUMBER]),
    )
    await changed(manager, change, StaffKnowledge.entry)
