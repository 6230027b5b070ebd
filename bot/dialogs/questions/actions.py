"""A question is looked up once, when it is typed; what was found lies in the state as ids.

Of the question itself only the masked words are kept. A form the question interrupted stays beneath
and is what «back» leads to.
"""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.questions.states import Questions
from bot.dialogs.stack import go_back, go_home
from bot.dialogs.widgets import hint
from core.search.likeness.verdict import Verdict
from core.services.questions.views import Asked

KEPT = "kept"
ENTRY = "entry_id"
CANDIDATES = "candidates"


def asked_of(manager: DialogManager) -> str:
    """The question this conversation was opened with."""
    start = manager.start_data
    return str(start.get("text", "")) if isinstance(start, dict) else ""


async def begin(_start: Any, manager: DialogManager) -> None:
    """A question typed in another window is answered at once; a link has named its answer."""
    start = manager.start_data
    if isinstance(start, dict) and ENTRY in start:
        manager.dialog_data[ENTRY] = start[ENTRY]
    if asked_of(manager) and manager.current_context().state == Questions.ask:
        await take_question(manager, asked_of(manager))


async def take_question(manager: DialogManager, text: str) -> None:
    """Answer, ask back, or name a person; a greeting gets a word and the menu, a cry for help the
    phones."""
    surroundings = given(manager)
    asked = await surroundings.services.knowledge.ask(surroundings.actor, text)
    manager.dialog_data[KEPT] = asked.kept
    manager.dialog_data[CANDIDATES] = [one.entry_id for one in asked.candidates]
    if asked.danger:
        await manager.switch_to(Questions.danger, show_mode=ShowMode.SEND)
    elif asked.verdict is Verdict.PERSON and (asked.courtesy or asked.foreign):
        await _leave(manager, aside(asked))
    elif asked.verdict is Verdict.PERSON or not asked.candidates:
        await manager.switch_to(Questions.person, show_mode=ShowMode.SEND)
    elif asked.told is not None:
        await _tell(manager, asked.told.entry_id)
    else:
        await manager.switch_to(Questions.clarify, show_mode=ShowMode.SEND)


def aside(asked: Asked) -> str:
    """The key of the short word for what is no question of ours."""
    return "questions-courtesy" if asked.courtesy else "questions-foreign"


async def choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, entry_id: int
) -> None:
    await _tell(manager, entry_id)


async def none_fits(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await none_fits_by_word(manager)


async def none_fits_by_word(manager: DialogManager) -> None:
    candidates = manager.dialog_data.get(CANDIDATES, [])
    await _note(manager, candidates[0] if candidates else None)
    await manager.switch_to(Questions.person, show_mode=ShowMode.SEND)


async def helped(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await helped_by_word(manager)


async def helped_by_word(manager: DialogManager) -> None:
    await _leave(manager, "questions-helped")


async def not_helped(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await not_helped_by_word(manager)


async def not_helped_by_word(manager: DialogManager) -> None:
    """The answer was no help: staff see what was asked and what it was answered with."""
    await _note(manager, int(manager.dialog_data[ENTRY]))
    await manager.switch_to(Questions.person, show_mode=ShowMode.SEND)


async def ask_this(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await ask_this_by_word(manager)


async def ask_this_by_word(manager: DialogManager) -> None:
    await take_question(manager, asked_of(manager))


async def go_on(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_back(manager)


async def back_to_form(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """To what the question interrupted; the answer stays in the chat."""
    await go_back(manager, show_mode=ShowMode.SEND)


def interrupts(manager: DialogManager) -> bool:
    """Whether a form lies beneath this question."""
    start = manager.start_data
    return isinstance(start, dict) and bool(start.get("over_form"))


async def _tell(manager: DialogManager, entry_id: int) -> None:
    manager.dialog_data[ENTRY] = entry_id
    await manager.switch_to(Questions.answered, show_mode=ShowMode.SEND)


async def _note(manager: DialogManager, nearest_id: int | None) -> None:
    surroundings = given(manager)
    await surroundings.services.knowledge.note(
        surroundings.actor, str(manager.dialog_data.get(KEPT, "")), nearest_id=nearest_id
    )


async def _leave(manager: DialogManager, key: str) -> None:
    """A short word, and the form the question interrupted, or the menu."""
    hint(manager, given(manager).speech.say(key))
    if interrupts(manager):
        await go_back(manager, show_mode=ShowMode.SEND)
    else:
        await go_home(manager, show_mode=ShowMode.SEND)
