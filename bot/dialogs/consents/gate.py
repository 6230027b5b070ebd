"""Personal conversations open only where the operator is named and has switched them on.

Otherwise the bot is a reference book: search, contacts, nothing about anybody. A conversation is
personal unless it is named here as open to all, so a new one is closed until somebody decides.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.entities import Stack
from aiogram_dialog.api.exceptions import UnknownIntent, UnknownState
from aiogram_dialog.api.internal import STACK_KEY, STORAGE_KEY
from aiogram_dialog.context.storage import StorageProxy

from bot.dialogs.advice.states import Advice
from bot.dialogs.audit.states import StaffAudit
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.given import Given, given
from bot.dialogs.halting.states import StaffHalt
from bot.dialogs.imports.states import StaffImport
from bot.dialogs.knowledge.states import StaffKnowledge, StaffNewEntry, StaffUnanswered
from bot.dialogs.menu.states import Menu
from bot.dialogs.missing_data.states import StaffNeed
from bot.dialogs.office.states import StaffOffice
from bot.dialogs.programmes.states import ProgrammePage, Programmes
from bot.dialogs.questions.states import Questions
from bot.dialogs.registry_differences.states import StaffDifferences
from bot.dialogs.registry_tasks.states import StaffTasks
from bot.dialogs.search.states import Search
from bot.dialogs.stack import put_reply_keyboard_away
from bot.dialogs.staff_people.states import StaffPeople
from bot.dialogs.staff_reason.states import StaffReason
from bot.dialogs.synonyms.states import StaffWords
from bot.settings import Settings

OnStart = Callable[[Any, DialogManager], Awaitable[None]]

OPEN_TO_ALL = (
    Menu,
    Search,
    Advice,
    Programmes,
    ProgrammePage,
    Questions,
    StaffWords,
    StaffKnowledge,
    StaffUnanswered,
    StaffNewEntry,
    StaffOffice,
    StaffAudit,
)
"""Conversations that show and ask nothing about anybody."""


def flows_open(surroundings: Given) -> bool:
    """Whether personal data may be shown and asked for here."""
    return surroundings.settings.operator_known and carries_personal_data(surroundings.settings)


_STAFFS_PERSONAL = frozenset({StaffReason, StaffNeed, StaffHalt, StaffTasks, StaffDifferences})


def carries_personal_data(settings: Settings) -> bool:
    """Whether this transport may carry personal data at all, to families and to staff."""
    return settings.personal_flows == "on"


def may_stay(state: State, surroundings: Given) -> bool:
    """Whether a window may be shown now."""
    if state.group in OPEN_TO_ALL or state == ConsentAct.unavailable:
        return True
    if state.group is StaffImport:  # it looks at each file: registries hold nothing personal
        return True
    if state.group is StaffPeople:  # names staff, never families; a right is revoked at any time
        return True
    if state.group in _STAFFS_PERSONAL:  # consents of families are no matter of staff
        return carries_personal_data(surroundings.settings)
    return flows_open(surroundings)


def personal(begin: OnStart | None = None) -> OnStart:
    """What a personal conversation does when it opens: give way where it may not, else `begin`."""

    async def on_start(start: Any, manager: DialogManager) -> None:
        if not may_stay(manager.current_context().state, given(manager)):
            await manager.mark_closed()
            await manager.start(ConsentAct.unavailable, data={"kind": "processing"})
        elif begin is not None:
            await begin(start, manager)

    return on_start


async def close_what_may_not_stay(manager: DialogManager) -> bool:
    """End the personal conversations that were open when personal data was switched off.

    Those beneath the present one go without a word, so that no way back leads into them. True when
    the present one had to go too: then nothing is open any more.
    """
    stack: Stack | None = manager.middleware_data.get(STACK_KEY)
    if stack is None or not stack.intents:
        return False
    surroundings = given(manager)
    storage: StorageProxy = manager.middleware_data[STORAGE_KEY]
    for intent in stack.intents[:-1]:
        if not await _beneath_may_stay(storage, intent, surroundings):
            await storage.remove_context(intent)
            stack.intents.remove(intent)
    if not manager.has_context() or may_stay(manager.current_context().state, surroundings):
        return False
    await put_reply_keyboard_away(manager)
    await manager.reset_stack(remove_keyboard=False)
    return True


async def say_unavailable(manager: DialogManager) -> None:
    """A new message: nothing personal here, where to call, the way to the menu."""
    await manager.start(
        ConsentAct.unavailable, data={"kind": "processing"}, show_mode=ShowMode.SEND
    )


async def _beneath_may_stay(storage: StorageProxy, intent: str, surroundings: Given) -> bool:
    try:
        context = await storage.load_context(intent)
    except (UnknownIntent, UnknownState):
        return False
    return may_stay(context.state, surroundings)
