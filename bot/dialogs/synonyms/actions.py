from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery, Location
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.refusing import say_bad_value
from bot.dialogs.synonyms.states import StaffWords
from bot.dialogs.widgets import hint
from core.domain.refusals import BadValue
from core.domain.wishes import Point

SYNONYM = "synonym_id"
PHRASE = "phrase"
MISS = "miss_id"
PLACE = "organisation_id"
MOST_MISSES = 40


def municipality_of(manager: DialogManager) -> int:
    """The one these words belong to."""
    start = manager.start_data
    return int(start["municipality_id"]) if isinstance(start, dict) else 0


async def choose_synonym(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, synonym_id: int
) -> None:
    manager.dialog_data[SYNONYM] = synonym_id
    await manager.switch_to(StaffWords.synonym)


async def add_synonym(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(MISS, None)
    await manager.switch_to(StaffWords.phrase)


async def take_phrase(manager: DialogManager, text: str) -> None:
    manager.dialog_data[PHRASE] = " ".join(text.split())
    await manager.switch_to(StaffWords.meaning)


async def take_meaning(manager: DialogManager, text: str) -> None:
    """Both words are there: from now on the search knows; a miss it came from is settled."""
    surroundings = given(manager)
    try:
        made = await surroundings.services.synonyms.add(
            surroundings.actor, municipality_of(manager), manager.dialog_data[PHRASE], text
        )
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        if refusal.params.get("field") == PHRASE:
            await manager.switch_to(StaffWords.phrase)
        return
    words = surroundings.speech.say(
        "synonyms-added" if made.replaced in (None, made.stands_for) else "synonyms-replaced",
        phrase=made.phrase,
        stands_for=made.stands_for,
        replaced=made.replaced or "",
    )
    hint(manager, words)
    if MISS in manager.dialog_data:
        await _settle(manager)
        await manager.switch_to(StaffWords.misses)
    else:
        await manager.switch_to(StaffWords.listing)


async def remove_synonym(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await surroundings.services.synonyms.remove(
        surroundings.actor, int(manager.dialog_data[SYNONYM])
    )
    hint(manager, surroundings.speech.say("synonyms-removed"))
    await manager.switch_to(StaffWords.listing)


async def choose_miss(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, miss_id: int
) -> None:
    manager.dialog_data[MISS] = miss_id
    await manager.switch_to(StaffWords.miss)


async def teach_miss(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The words are there already: only what they mean is asked."""
    surroundings = given(manager)
    misses = await surroundings.services.synonyms.list_misses(
        surroundings.actor, municipality_of(manager), MOST_MISSES
    )
    words = [one.words for one in misses if one.id == manager.dialog_data[MISS]]
    if not words:
        await manager.switch_to(StaffWords.misses)
        return
    manager.dialog_data[PHRASE] = words[0]
    await manager.switch_to(StaffWords.meaning)


async def close_miss(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _settle(manager)
    hint(manager, given(manager).speech.say("synonyms-miss-closed"))
    await manager.switch_to(StaffWords.misses)


async def back_from_meaning(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await manager.switch_to(StaffWords.miss if MISS in manager.dialog_data else StaffWords.phrase)


async def choose_place(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, organisation_id: int
) -> None:
    manager.dialog_data[PLACE] = organisation_id
    await manager.switch_to(StaffWords.place)


async def take_point(manager: DialogManager, location: Location) -> None:
    surroundings = given(manager)
    place = await surroundings.services.organisation_points.set_point(
        surroundings.actor,
        int(manager.dialog_data[PLACE]),
        Point(latitude=location.latitude, longitude=location.longitude),
    )
    hint(manager, surroundings.speech.say("places-set", organisation=place.name))
    await manager.switch_to(StaffWords.places)


async def _settle(manager: DialogManager) -> None:
    surroundings = given(manager)
    miss_id = int(manager.dialog_data.pop(MISS))
    await surroundings.services.synonyms.settle(surroundings.actor, miss_id)
