"""What every window of the knowledge base shares: the editor, the entry looked at, refusals.

The version an editor looked at is kept when the window is shown; a change made meanwhile by
somebody else is told, and the entry is shown as it is now.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from bot.dialogs.given import Given, given
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.refusing import refusal_text, say_bad_value
from bot.dialogs.widgets import hint
from core.domain.actors import Actor
from core.domain.knowledge import CommonEntry, EntryEnded, KnowledgeChanged
from core.domain.refusals import BadValue
from core.services.questions.views import EntryView

ENTRY = "entry_id"
VERSION = "version"
ANSWER = "answer_id"
TOPIC = "topic"
TYPED = "typed"
NUMBER = "number"


def editor(manager: DialogManager, surroundings: Given | None = None) -> Actor:
    """The person at work for the municipality this was opened for."""
    start = manager.start_data
    place = start.get("municipality_id") if isinstance(start, dict) else None
    actor = (surroundings or given(manager)).actor
    return replace(actor, municipality_id=int(place) if place is not None else None)


def opened_for(manager: DialogManager) -> dict[str, Any]:
    """The start data of a conversation opened from this one."""
    return {"municipality_id": editor(manager).municipality_id}


async def entry_of(manager: DialogManager, surroundings: Given) -> EntryView:
    """The entry looked at, as it is now; its version is what a change from here begins with."""
    entry = await surroundings.services.knowledge_editing.get(
        editor(manager, surroundings), int(manager.dialog_data[ENTRY])
    )
    manager.dialog_data[VERSION] = entry.version
    return entry


def looked_at(manager: DialogManager) -> int:
    """The version of the entry that was on the screen."""
    return int(manager.dialog_data[VERSION])


async def changed(
    manager: DialogManager, change: Awaitable[EntryView], then: State, *, typed: str = ""
) -> None:
    """Make a change and show `then`; what cannot be taken is typed again."""
    try:
        entry = await change
    except BadValue as refusal:
        say_bad_value(manager, refusal, typed)
    except (KnowledgeChanged, CommonEntry, EntryEnded) as refusal:
        hint(manager, refusal_text(refusal, given(manager).speech))
        await manager.switch_to(StaffKnowledge.entry)
    else:
        manager.dialog_data[ENTRY] = entry.id
        hint(manager, given(manager).speech.say("knowledge-saved", version=str(entry.version)))
        await manager.switch_to(then)
