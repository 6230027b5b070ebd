from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffFamilies(StatesGroup):
    """Start data: `municipality_id`, one where the person is a moderator."""

    overview = State()
    changes = State()
    change = State()
    doubles = State()
    double = State()
    undoable = State()
