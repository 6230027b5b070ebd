"""Lists longer than a screen: some of the list at a time, with the way to earlier and later parts.

A screen has at most eight buttons, the ways out included. A list that fits is shown whole; a
longer one is dealt out in pages, each a little shorter, for the two buttons that turn them. What
is turned to belongs to the window, is counted in pages and lives as long as the conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button, Row
from aiogram_dialog.widgets.kbd.button import OnClick

from bot.dialogs.screens import button

Item = TypeVar("Item")

_PAGES = "pages"


@dataclass(frozen=True, kw_only=True)
class Part(Generic[Item]):
    """What of a list stands on the screen; `offset` items of `total` come before it."""

    items: list[Item]
    offset: int
    total: int

    @property
    def has_earlier(self) -> bool:
        return self.offset > 0

    @property
    def has_later(self) -> bool:
        return self.offset + len(self.items) < self.total

    @property
    def whole(self) -> bool:
        """Whether this is the whole list: nothing to turn."""
        return not self.has_earlier and not self.has_later

    def turns(self) -> dict[str, bool]:
        """What a getter hands to `page_turns` and to buttons that give way to them."""
        return {
            "has_earlier": self.has_earlier,
            "has_later": self.has_later,
            "whole": self.whole,
        }


def part_of(
    items: Sequence[Item], manager: DialogManager, state: State, *, whole: int, page: int
) -> Part[Item]:
    """The part turned to: all of at most `whole` items, otherwise `page` of them at a time.

    A list that has become shorter shows its last page.
    """
    if len(items) <= whole:
        return Part(items=list(items), offset=0, total=len(items))
    offset = min(page_number(manager, state), (len(items) - 1) // page) * page
    _turn_to(manager, state, offset // page)
    return Part(items=list(items[offset : offset + page]), offset=offset, total=len(items))


def page_number(manager: DialogManager, state: State) -> int:
    """The page this window is turned to, from 0."""
    pages: dict[str, int] = manager.dialog_data.get(_PAGES, {})
    return pages.get(state.state or "", 0)


def turn_to_first(manager: DialogManager, state: State) -> None:
    """The window is opened for another list."""
    _turn_to(manager, state, 0)


def page_turns(state: State) -> Row:
    """The buttons, each where there is something to turn to (`Part.turns`)."""
    return Row(
        button("earlier", state, _turning(state, -1), when="has_earlier"),
        button("later", state, _turning(state, 1), when="has_later"),
    )


def _turning(state: State, by: int) -> OnClick:
    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        _turn_to(manager, state, max(0, page_number(manager, state) + by))

    return on_click


def _turn_to(manager: DialogManager, state: State, page: int) -> None:
    pages: dict[str, Any] = manager.dialog_data.setdefault(_PAGES, {})
    pages[state.state or ""] = page
