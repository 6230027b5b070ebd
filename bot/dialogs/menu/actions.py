from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.menu.getters import SHOWN_MUNICIPALITIES
from bot.dialogs.menu.states import Menu
from bot.dialogs.stack import drop_draft, go_home, go_on_with_draft
from bot.dialogs.widgets import hint
from bot.views.typed import said_back
from core.i18n import Texts


async def settle_municipality(_start: Any, manager: DialogManager) -> None:
    """On opening the menu: the only municipality is chosen for the person, else they choose."""
    surroundings = given(manager)
    if surroundings.actor.municipality_id is not None:
        return
    everything = await surroundings.services.municipalities.list_all()
    if len(everything) == 1:
        await _choose(manager, everything[0].id)
    else:
        await manager.switch_to(Menu.municipality)


async def choose_municipality(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, chosen: int
) -> None:
    await _choose(manager, chosen)
    await go_home(manager)


async def more_municipalities(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    everything = await given(manager).services.municipalities.list_all()
    offset = int(manager.dialog_data.get("offset", 0)) + SHOWN_MUNICIPALITIES
    manager.dialog_data["offset"] = offset if offset < len(everything) else 0


async def choose_language(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, chosen: str
) -> None:
    """The next screen speaks it already. A language nobody wrote changes nothing."""
    surroundings = given(manager)
    texts: Texts = manager.middleware_data["texts"]
    if chosen in texts.locales:
        manager.middleware_data["actor"] = await surroundings.services.people.choose_language(
            surroundings.actor, chosen
        )
        zone = surroundings.speech.zone.key
        manager.middleware_data["speech"] = texts.speak(chosen, zone)
    await manager.switch_to(Menu.settings)


async def resume(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_on_with_draft(manager)


async def drop(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await drop_draft(manager)


async def resume_by_word(manager: DialogManager) -> None:
    await go_on_with_draft(manager)


async def find_municipality(manager: DialogManager, text: str) -> None:
    """A typed name of a municipality; an unknown one shows the list again."""
    wanted = text.strip().casefold()
    everything = await given(manager).services.municipalities.list_all()
    found = [place for place in everything if wanted and wanted in place.name.casefold()]
    if len(found) != 1:
        speech = given(manager).speech
        hint(manager, speech.say("menu-municipality-unknown", typed=said_back(text)))
        return
    await _choose(manager, found[0].id)
    await go_home(manager, show_mode=ShowMode.SEND)


async def _choose(manager: DialogManager, municipality_id: int) -> None:
    surroundings = given(manager)
    manager.middleware_data["actor"] = await surroundings.services.people.choose_municipality(
        surroundings.actor, municipality_id
    )
