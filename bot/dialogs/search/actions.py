from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, KeyboardButton, Location, ReplyKeyboardMarkup
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.paging import turn_to_first
from bot.dialogs.search.states import Search
from bot.dialogs.search.wished import (
    keep_place,
    keep_typed,
    make_fresh,
    place,
    put_in_order,
    wish,
    wished,
)
from bot.dialogs.stack import REPLY_KEYBOARD, put_reply_keyboard_away
from bot.dialogs.typed_wishes import Typed, route, take_typed
from bot.dialogs.widgets import hint
from bot.views.search import wish_of
from bot.views.typed import said_back
from core.domain.nearness import roughly
from core.domain.refining import is_refinement, refined, without
from core.domain.wishes import Point, Sort, Understood

LONGEST_QUERY = 300
"""What is typed beyond this is a letter, not a wish."""


async def begin(start: Any, manager: DialogManager) -> None:
    """A wish typed in another window is looked for at once."""
    if isinstance(start, dict) and start.get("text"):
        await take_wish(manager, str(start["text"]))


async def take_wish(manager: DialogManager, text: str) -> None:
    """Other words begin anew, a wish without words narrows what is there."""
    said = await _understood(manager, text)
    keep_typed(manager, "" if said.wishes else said_back(text))
    await _show(manager, refined(wished(manager), said))


async def take_text(manager: DialogManager, text: str) -> None:
    """A wish; a question and a greeting go where they go from everywhere."""
    if await _is_wish(manager, text):
        await take_wish(manager, text)
    else:
        await take_typed(manager, text)


async def take_question(manager: DialogManager, text: str) -> bool:
    """«А бесплатно?» and «есть шахматы?» are wishes too."""
    await take_text(manager, text)
    return True


async def back_to_asking(manager: DialogManager) -> None:
    await manager.switch_to(Search.ask)


async def back_to_results(manager: DialogManager) -> None:
    await manager.switch_to(Search.results)


async def open_wishes(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    turn_to_first(manager, Search.wishes)
    await manager.switch_to(Search.wishes)


async def drop_wish(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, chip: str
) -> None:
    present = wished(manager)
    gone = wish_of(present, chip)
    if gone is None:
        return
    rest = without(present, gone)
    turn_to_first(manager, Search.results)
    wish(manager, rest)
    await manager.switch_to(Search.results if rest.wishes else Search.ask)


async def fitting_first(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _sort(manager, Sort.FIT)


async def seats_first(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _sort(manager, Sort.SEATS)


async def nearest_first(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Asks for the place once; then it is only another order."""
    if place(manager) is None:
        await _ask_place(manager)
    else:
        await _sort(manager, Sort.NEARNESS)


async def take_place(manager: DialogManager, location: Location) -> None:
    """Known to 500 metres from here on; the exact place is forgotten with the update."""
    point = Point(latitude=location.latitude, longitude=location.longitude)
    keep_place(manager, roughly(point))
    await put_reply_keyboard_away(manager)
    hint(manager, given(manager).speech.say("search-near-taken"))
    await _sort(manager, Sort.NEARNESS)


async def take_instead_of_place(manager: DialogManager, text: str) -> None:
    """Some programs on computers send the words of the key instead of the place."""
    speech = given(manager).speech
    if text.strip() == speech.say_plain("button-send-place"):
        hint(manager, speech.say("search-near-no-place"))
        return
    await take_text(manager, text)


async def no_place(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await no_place_by_word(manager)


async def no_place_by_word(manager: DialogManager) -> None:
    await put_reply_keyboard_away(manager)
    await manager.switch_to(Search.results)


async def _is_wish(manager: DialogManager, text: str) -> bool:
    surroundings = given(manager)
    if wished(manager).wishes and is_refinement(await _understood(manager, text)):
        return True
    asked = await surroundings.services.knowledge.look(surroundings.actor, text)
    return not asked.courtesy and await route(surroundings, text, asked) is Typed.SEARCH


async def _understood(manager: DialogManager, text: str) -> Understood:
    surroundings = given(manager)
    return await surroundings.services.search.understand(
        text[:LONGEST_QUERY], surroundings.actor.municipality_id
    )


async def _show(manager: DialogManager, understood: Understood) -> None:
    wish(manager, understood)
    make_fresh(manager)
    turn_to_first(manager, Search.results)
    await put_reply_keyboard_away(manager)
    await manager.switch_to(Search.results)


async def _sort(manager: DialogManager, sort: Sort) -> None:
    put_in_order(manager, sort)
    turn_to_first(manager, Search.results)
    await manager.switch_to(Search.results)


async def _ask_place(manager: DialogManager) -> None:
    """A message with such a keyboard cannot be edited, so it is one of its own."""
    await manager.switch_to(Search.near)
    bot: Bot = manager.middleware_data["bot"]
    speech = given(manager).speech
    await bot.send_message(
        manager.middleware_data["event_chat"].id,
        speech.say("search-near-keyboard"),
        reply_markup=ReplyKeyboardMarkup(
            keyboard=[
                [KeyboardButton(text=speech.say_plain("button-send-place"), request_location=True)]
            ],
            resize_keyboard=True,
            one_time_keyboard=True,
        ),
    )
    manager.dialog_data[REPLY_KEYBOARD] = True
    manager.show_mode = ShowMode.SEND
