from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Search(StatesGroup):
    """Start data: `text`, where the wish was typed elsewhere."""

    ask = State()
    results = State()
    wishes = State()
    order = State()
    near = State()
