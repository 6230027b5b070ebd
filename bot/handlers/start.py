"""Commands of a private chat, and links into it: `p_<programme>`, `g_<group>`, `find`.

Staff invitations (`i_…`) are followed in `invitations.py`, which comes first.
"""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs import show_menu
from bot.dialogs.menu.states import Menu
from bot.dialogs.my_data.states import MyDataPage
from bot.dialogs.programmes.states import ProgrammePage
from bot.dialogs.search.states import Search
from bot.dialogs.stack import go_to
from bot.dialogs.widgets import hint
from bot.services import Services
from bot.views.inline import START_FINDING
from core.domain.actors import Actor
from core.i18n import Speech

router = Router(name="start")
router.message.filter(F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))

_LINK = re.compile(r"(?P<kind>[pg])_(?P<id>[0-9]{1,18})")


@router.message(CommandStart())
async def on_start(
    _message: Message,
    command: CommandObject,
    dialog_manager: DialogManager,
    speech: Speech,
    services: Services,
    actor: Actor | None,
) -> None:
    """Greet, or open what the link names; a link that says nothing is told so."""
    payload = command.args or ""
    if payload == START_FINDING:
        await _open_search(dialog_manager, actor)
        return
    link = _LINK.fullmatch(payload)
    if link is None:
        if payload:
            hint(dialog_manager, speech.say("link-unknown"))
        await show_menu(dialog_manager, welcome=not payload)
        return
    programme_id = int(link["id"])
    if link["kind"] == "g":
        programme_id = await services.programmes.programme_of(int(link["id"]))
    await go_to(dialog_manager, ProgrammePage.card, {"programme_id": programme_id})


async def _open_search(manager: DialogManager, actor: Actor | None) -> None:
    """Where there are several municipalities, the menu asks which first."""
    if actor is None or actor.municipality_id is None:
        await show_menu(manager, welcome=True)
    else:
        await go_to(manager, Search.ask, {})


@router.message(Command("menu"))
async def on_menu(_message: Message, dialog_manager: DialogManager) -> None:
    await show_menu(dialog_manager)


@router.message(Command("help"))
async def on_help(_message: Message, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Menu.help, {})


@router.message(Command("settings"))
async def on_settings(_message: Message, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Menu.settings, {})


@router.message(Command("mydata", "delete"))
async def on_my_data(_message: Message, dialog_manager: DialogManager) -> None:
    """What is held, and how to have it erased."""
    await go_to(dialog_manager, MyDataPage.whole, {})
