from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffOffice(StatesGroup):
    """Opened from the menu, which offers it to consultants and heads only."""

    doors = State()
    library = State()
    head = State()
    file = State()
