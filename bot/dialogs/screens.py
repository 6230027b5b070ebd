"""How every window is built: a hint, the text, the buttons, the way back, the way home, the ear.

Widget ids are made from the state, so no two windows share one: the second tap of a double click
never presses a button of the next window.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from operator import attrgetter
from typing import Any, cast

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.dialog import OnResultEvent
from aiogram_dialog.widgets.kbd import Button, Group, Keyboard, Row, Select
from aiogram_dialog.widgets.kbd.button import OnClick
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.link_preview import LinkPreview
from aiogram_dialog.widgets.media import Media
from aiogram_dialog.widgets.text import Text

from bot.dialogs.listening import Ear, OnAnswer, listening
from bot.dialogs.stack import go_back, go_home
from bot.dialogs.widgets import Hint, Label, Ready

NO_ROW = 0
_LONGEST_ID = 19

Getter = Callable[..., Awaitable[dict[str, Any]]]


def screen(
    *parts: Text | Keyboard | Media,
    state: State,
    ear: Ear,
    getter: Getter | None = None,
    back: OnClick | None = None,
    back_button: bool = True,
    home: bool = True,
    leave: OnClick | None = None,
    result: bool = False,
    on_process_result: OnResultEvent | None = None,
) -> Window:
    """A window of the parent's way.

    `back` does what the way back means here (by default: to whatever opened this conversation).
    `leave` does what the way home means here (by default: the menu).
    A `result` (a receipt) stays in the chat: leaving it sends a new message; there is no way back.
    """
    home_anew = _home_anew if result else _home
    ear = replace(
        ear,
        way_back=_by_word((back or _back) if not result and back_button else home_anew),
        way_home=_by_word(leave or home_anew),
    )
    exits: list[Keyboard] = []
    if not result and back_button:
        exits.append(
            Button(Label("button-back"), id=widget_id("back", state), on_click=back or _back)
        )
    if home:
        exits.append(
            Button(
                Label("button-home"),
                id=widget_id("home", state),
                on_click=leave or home_anew,
            )
        )
    return Window(
        Hint(),
        *parts,
        Row(*exits),
        listening(ear),
        LinkPreview(is_disabled=True),
        state=state,
        getter=getter,
        on_process_result=on_process_result,
    )


def button(
    name: str, state: State, on_click: OnClick, *, text: Text | None = None, when: Any = None
) -> Button:
    """A button whose words are `button-<name>` and whose id belongs to this window only."""
    return Button(
        text or Label(f"button-{name}"), id=widget_id(name, state), on_click=on_click, when=when
    )


def rows(
    name: str,
    state: State,
    items: str,
    on_click: OnItemClick[Any, int],
    *,
    width: int = 1,
    when: Any = None,
) -> Group:
    """A button for each row of `items` (`id`, `label`), one of which is chosen by its id."""
    return Group(
        Select(
            Ready("item.label"),
            id=widget_id(name, state),
            item_id_getter=attrgetter("id"),
            items=items,
            type_factory=row_id,
            on_click=on_click,
        ),
        width=width,
        when=when,
    )


def picks(
    name: str, state: State, items: str, on_click: OnItemClick[Any, str], *, width: int = 1
) -> Group:
    """The same where ids are words: themes, kinds, wishes."""
    return Group(
        Select(
            Ready("item.label"),
            id=widget_id(name, state),
            item_id_getter=attrgetter("id"),
            items=items,
            on_click=on_click,
        ),
        width=width,
    )


def widget_id(name: str, state: State) -> str:
    """`name.Group.state`: unique within all windows."""
    return f"{name.replace('-', '_')}.{(state.state or '').replace(':', '.')}"


def row_id(text: str) -> int:
    """A `type_factory` for lists of rows: what no id can be (forged, cut) becomes the id of
    nothing, so it is answered as a row that is not there."""
    if not text.isascii() or not text.isdecimal():
        return NO_ROW
    number = int(text) if len(text) <= _LONGEST_ID else NO_ROW
    return number if number < 2**63 else NO_ROW


def switch(state: State) -> OnClick:
    """Show another window of the same conversation."""

    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await manager.switch_to(state)

    return on_click


def opening(state: State, *, anew: bool = False) -> OnClick:
    """Open another conversation on top; `anew` leaves the present message as it is."""

    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await manager.start(state, show_mode=ShowMode.SEND if anew else None)

    return on_click


def _by_word(on_click: OnClick) -> OnAnswer:
    """What a button does, for who types its words: no way out looks at the tap itself."""

    async def go(manager: DialogManager) -> None:
        await on_click(cast(CallbackQuery, manager.event), cast(Button, None), manager)

    return go


async def _back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_back(manager)


async def _home(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_home(manager)


async def _home_anew(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_home(manager, show_mode=ShowMode.SEND)
