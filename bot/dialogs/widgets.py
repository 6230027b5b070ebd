"""Text widgets that speak Fluent.

`T` is a line of a message (HTML), `Label` the plain text of a button. Both take the parameters they
name from what the getter returned, or from the item when they stand in a list. `Ready` shows a text
that a view has laid out already. `Hint` is the answer to what the person just did, above the
window's own text; it lives for one update only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.text import Text

from core.i18n import Speech

HINT = "parent_hint"

Key = str | Callable[[dict[str, Any]], str]


class T(Text):
    """`T("child-check", "name", "born")`: the Fluent message with these parameters, as HTML."""

    def __init__(self, key: Key, *names: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self._key = key
        self._names = names

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        speech: Speech = manager.middleware_data["speech"]
        return speech.say(self._named(data), **self._params(data))

    def _named(self, data: dict[str, Any]) -> str:
        return self._key(data) if callable(self._key) else self._key

    def _params(self, data: dict[str, Any]) -> dict[str, Any]:
        return {name: data[name] for name in self._names}


class Label(T):
    """The same without HTML, for buttons."""

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        speech: Speech = manager.middleware_data["speech"]
        return speech.say_plain(self._named(data), **self._params(data))


class Ready(Text):
    """A text made by a view: HTML in a message, plain on a button of a list (`item.field`)."""

    def __init__(self, name: str, when: WhenCondition = None) -> None:
        super().__init__(when=when)
        self._name = name

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        place, _, field = self._name.partition(".")
        value = data[place]
        return str(getattr(value, field) if field else value)


class Hint(Text):
    """What was wrong or unexpected in the update being answered."""

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        text = manager.middleware_data.get(HINT, "")
        return f"{text}\n" if text else ""


def hint(manager: DialogManager, text: str) -> None:
    """Say `text` (HTML) above the window that answers this update."""
    manager.middleware_data[HINT] = text
