from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Advice(StatesGroup):
    """Start data: `child_id`, where it is for a child somebody spoke of already."""

    who = State()
    likes = State()
    how = State()
    result = State()
