from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.advice.answered import WEEKEND, WORKDAYS, choose, turn_days, turn_free, turn_theme
from bot.dialogs.advice.getters import children_of
from bot.dialogs.advice.states import Advice
from bot.dialogs.given import given
from bot.dialogs.stack import go_back
from bot.dialogs.widgets import hint
from bot.views.typed import said_back
from core.domain.ages import ADULT_YEARS, MONTHS_IN_YEAR
from core.domain.programmes import Direction
from core.domain.wishes import WishKind

YOUNGEST_YEARS = 1


async def begin(start: Any, manager: DialogManager) -> None:
    """The only child is chosen for the person, and so is the one a notice was about."""
    children = [child.id for child in await children_of(given(manager))]
    named = start.get("child_id") if isinstance(start, dict) else None
    if named in children or len(children) == 1:
        choose(manager, child_id=named if named in children else children[0], years=None)
        await manager.switch_to(Advice.likes)


async def choose_child(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, child_id: int
) -> None:
    choose(manager, child_id=child_id, years=None)
    await manager.switch_to(Advice.likes)


async def take_age(manager: DialogManager, text: str) -> None:
    """«7», «7 лет», «первоклассник»: whatever the search reads as an age."""
    years = await _years_in(manager, text)
    if years is None or not YOUNGEST_YEARS <= years < ADULT_YEARS:
        speech = given(manager).speech
        hint(manager, speech.say("advice-age-unknown", typed=said_back(text)))
        return
    choose(manager, child_id=None, years=years)
    await manager.switch_to(Advice.likes)


async def choose_theme(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, direction: str
) -> None:
    if direction in list(Direction):
        turn_theme(manager, Direction(direction))


async def take_theme(manager: DialogManager, text: str) -> None:
    """A theme named in words."""
    surroundings = given(manager)
    said = await surroundings.services.search.understand(text, surroundings.actor.municipality_id)
    named = said.of(WishKind.DIRECTION)
    if not named:
        words = surroundings.speech.say("unexpected-text", typed=said_back(text))
        hint(manager, f"{words} {surroundings.speech.say('expects-themes')}")
        return
    for wish in named:
        turn_theme(manager, Direction(wish.value))


async def change_free(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    turn_free(manager)


async def change_workdays(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    turn_days(manager, WORKDAYS)


async def change_weekend(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    turn_days(manager, WEEKEND)


async def show(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await show_by_word(manager)


async def show_by_word(manager: DialogManager) -> None:
    await manager.switch_to(Advice.result)


async def back_from_likes(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """To the question before, where there was one."""
    await back_from_likes_by_word(manager)


async def back_from_likes_by_word(manager: DialogManager) -> None:
    if len(await children_of(given(manager))) == 1:
        await go_back(manager)
    else:
        await manager.switch_to(Advice.who)


async def back_to_likes(manager: DialogManager) -> None:
    await manager.switch_to(Advice.likes)


async def back_to_how(manager: DialogManager) -> None:
    await manager.switch_to(Advice.how)


async def _years_in(manager: DialogManager, text: str) -> int | None:
    bare = text.strip()
    if bare.isascii() and bare.isdecimal() and len(bare) <= 2:
        return int(bare)
    surroundings = given(manager)
    said = await surroundings.services.search.understand(text, surroundings.actor.municipality_id)
    ages = said.of(WishKind.AGE)
    return ages[0].months[0] // MONTHS_IN_YEAR if ages else None
